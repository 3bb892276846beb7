"""The closed sets of the gate: every code that a record, a rule or a screen may hold."""

from __future__ import annotations

from enum import IntEnum, StrEnum


class Sex(StrEnum):
    MALE = "M"
    FEMALE = "F"
    UNSPECIFIED = "X"


class Role(StrEnum):
    OFFICER = "officer"
    INSPECTOR = "inspector"
    SUPERVISOR = "supervisor"
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"
    SUPPORT = "support"


class Service(StrEnum):
    """What somebody may ask of the gate."""

    SHORT_VISIT = "short_visit"
    LONG_VISIT = "long_visit"
    LAWYER_VISIT = "lawyer_visit"
    OFFICIAL_VISIT = "official_visit"
    CONSULAR_VISIT = "consular_visit"
    MONITOR_VISIT = "monitor_visit"
    CLERGY_VISIT = "clergy_visit"
    PACKAGE = "package"
    PARCEL = "parcel"
    SMALL_PARCEL = "small_parcel"
    MEDICAL_PACKAGE = "medical_package"


class Relation(StrEnum):
    SPOUSE = "spouse"
    PARENT = "parent"
    CHILD = "child"
    SIBLING = "sibling"
    GRANDPARENT = "grandparent"
    GRANDCHILD = "grandchild"
    OTHER_KIN = "other_kin"
    NOT_KIN = "not_kin"


class Category(StrEnum):
    CONVICT = "convict"
    REMAND = "remand"


class Regime(StrEnum):
    GENERAL = "general"
    STRICT = "strict"
    SPECIAL = "special"


class Condition(StrEnum):
    ORDINARY = "ordinary"
    LIGHT = "light"
    STRICT = "strict"


class Status(StrEnum):
    """Where a prisoner is; the value of a `status` event."""

    PRESENT = "present"
    ISOLATOR = "isolator"
    QUARANTINE = "quarantine"
    HOSPITAL = "hospital"
    COURT = "court"
    TRANSFERRED = "transferred"
    RELEASED = "released"
    DEAD = "dead"


class MemberRole(StrEnum):
    LEAD = "lead"
    ADULT = "adult"
    CHILD = "child"
    SENDER = "sender"


class DocumentKind(StrEnum):
    ID_CARD = "id_card"
    PASSPORT = "passport"
    BIRTH_CERTIFICATE = "birth_certificate"
    DRIVING_LICENCE = "driving_licence"
    MILITARY_ID = "military_id"
    OTHER = "other"


class DocumentSource(StrEnum):
    SCAN = "scan"
    TYPED = "typed"


class DocumentCheck(StrEnum):
    OK = "ok"
    REVIEW = "review"


class Series(StrEnum):
    """The registers' number series; no other exists."""

    VISIT = "V"
    PACKAGE = "P"
    REFUSAL = "R"
    FIND = "F"
    TICKET = "T"


class Outcome(StrEnum):
    """What a decision says; `override` is written when two persons signed against it."""

    ALLOWED = "allow"
    PARTLY = "part"
    REFUSED = "refuse"
    OVERRIDDEN = "override"


class ReasonCode(StrEnum):
    """Why something does not pass."""

    COUNT_EXHAUSTED = "count_exhausted"
    MONTHLY_EXHAUSTED = "monthly_exhausted"
    NO_RULE = "no_rule"
    NOT_IN_PRISON = "not_in_prison"
    PRISONER_AWAY = "prisoner_away"
    ISOLATOR = "isolator"
    QUARANTINE = "quarantine"
    BANNED = "banned"
    DOCUMENT_EXPIRED = "document_expired"
    DOCUMENT_WITHDRAWN = "document_withdrawn"
    NO_ADULT = "no_adult"
    TOO_MANY_ADULTS = "too_many_adults"
    ALREADY_INSIDE = "already_inside"
    DUPLICATE_TODAY = "duplicate_today"


class Verdict(StrEnum):
    """What becomes of a thing brought."""

    ACCEPT = "accept"
    MEDICAL = "medical"
    REFUSE = "refuse"
    SEIZE = "seize"


class ItemReason(StrEnum):
    """Why a thing brought goes back."""

    OVER_LIMIT = "over_limit"
    FORBIDDEN = "forbidden"
    SPOILED = "spoiled"
    PACKING = "packing"


class Unit(StrEnum):
    """In what a thing brought is counted; KILOGRAM is weighed."""

    KILOGRAM = "kilogram"
    PIECE = "piece"
    PACK = "pack"
    LITRE = "litre"


class JobState(StrEnum):
    """A print job on this machine."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    CONFIRMED = "confirmed"
    UNCERTAIN = "uncertain"
    SETTLED = "settled"
    """A person said that it did not come out."""
    CANCELLED = "cancelled"


ON_ITS_WAY = frozenset({JobState.QUEUED, JobState.SENDING})
"""The printer may still bring it out by itself, so a copy would make two."""
TO_BE_ASKED = frozenset({JobState.UNCERTAIN, JobState.SENT})
"""Only a person can say whether it came out."""


class PaperEnding(StrEnum):
    """What a person said of a paper; the reason of its `ending`."""

    CAME_OUT = "came_out"
    NOT_PRINTED = "not_printed"
    CANCELLED = "cancelled"


class Template(StrEnum):
    """The papers of the gate."""

    BADGE = "badge"
    REFUSAL = "refusal"
    TICKET = "ticket"
    RECEIPT = "receipt"
    LABEL = "label"
    CONTENTS = "contents"
    TAG = "tag"
    MOVEMENT = "movement"
    INSIDE = "inside"
    CLOSING = "closing"
    TEST = "test"


class CaseState(StrEnum):
    """Where a case stands after its last step."""

    BOOKED = "booked"
    ADMITTED = "admitted"
    INSIDE = "inside"
    LEFT = "left"
    STORED = "stored"
    TO_RETURN = "to_return"
    CLOSED = "closed"
    REFUSED = "refused"
    CANCELLED = "cancelled"
    FORWARDED = "forwarded"
    VOID = "void"


# Nothing more is to happen, a void apart.
FINAL_STATES = frozenset(
    {
        CaseState.CLOSED,
        CaseState.REFUSED,
        CaseState.CANCELLED,
        CaseState.FORWARDED,
        CaseState.VOID,
    }
)


class StepKind(StrEnum):
    """What happened to a case; `handed_over` stands in a unique index."""

    BOOKED = "booked"
    ADMITTED = "admitted"
    REFUSED = "refused"
    ENTERED = "entered"
    LEFT = "left"
    STOPPED = "stopped"
    CLOSED = "closed"
    CANCELLED = "cancelled"
    VOID = "void"
    HANDED_OVER = "handed_over"


class LedgerKind(StrEnum):
    USE = "use"
    RESERVE = "reserve"
    REFUND = "refund"
    ADJUST = "adjust"
    CARRY = "carry"
    OPENING = "opening"


class PrisonerEventKind(StrEnum):
    """Which temporal state of a prisoner an event sets; its value is a code of that state."""

    STATUS = "status"
    CATEGORY = "category"
    REGIME = "regime"
    CONDITION = "condition"
    UNIT = "unit"
    MEDICAL = "medical"
    PRISON = "prison"


class RestrictionKind(StrEnum):
    BAN = "ban"


class BanGround(StrEnum):
    """On what a ban rests; the papers themselves lie in the prison's files."""

    HEAD = "order_of_the_head"
    COURT = "court"
    INVESTIGATOR = "investigator"
    FORBIDDEN_THINGS = "forbidden_things"
    CONDUCT = "conduct"


class SignInKind(StrEnum):
    IN = "in"
    OUT = "out"
    LOCK = "lock"
    UNLOCK = "unlock"
    FAILED = "failed"
    CONSULT = "consult"


class Action(StrEnum):
    """What an audit entry says was done; at most 24 ASCII characters, part of its mac."""

    FOUND_GATE = "found_gate"
    SIGN_IN = "sign_in"
    SIGN_OUT = "sign_out"
    LOCK = "lock"
    UNLOCK = "unlock"
    SIGN_IN_FAILED = "sign_in_failed"
    CONSULT = "consult"
    RECORD_STAFF = "record_staff"
    RECORD_PERSON = "record_person"
    RECORD_PRISONER = "record_prisoner"
    RECORD_RESTRICTION = "record_restriction"
    END_RESTRICTION = "end_restriction"
    IMPORT_RULES = "import_rules"
    ADMIT = "admit"
    REFUSE = "refuse"
    OVERRIDE = "override"
    ENTER = "enter"
    LEAVE = "leave"
    CANCEL = "cancel"
    VOID = "void"
    REPRINT = "reprint"
    SETTLE_PAPER = "settle_paper"
    CANCEL_PAPER = "cancel_paper"
    ERASE = "erase"


class SearchKind(IntEnum):
    """Whom a word of `search_key` leads to."""

    PERSON = 1
    PRISONER = 2
