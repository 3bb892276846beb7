"""Who people are: visitors, prisoners, and how they belong together."""

from __future__ import annotations

from enum import IntEnum, StrEnum


class Sex(StrEnum):
    MALE = "M"
    FEMALE = "F"
    UNSPECIFIED = "X"


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


class PrisonerEventKind(StrEnum):
    """Which temporal state of a prisoner an event sets; its value is a code of that state."""

    STATUS = "status"
    CATEGORY = "category"
    REGIME = "regime"
    CONDITION = "condition"
    UNIT = "unit"
    MEDICAL = "medical"
    PRISON = "prison"


class SearchKind(IntEnum):
    """Whom a word of `search_key` leads to."""

    PERSON = 1
    PRISONER = 2


class Proof(StrEnum):
    """The paper that shows a relation; seen by an officer."""

    PASSPORT = "passport"
    BIRTH_CERTIFICATE = "birth_certificate"
    MARRIAGE_CERTIFICATE = "marriage_certificate"
    COURT_DECISION = "court_decision"
    OTHER = "other"


class Consent(StrEnum):
    """Whether the prisoner agrees to be visited by somebody."""

    YES = "yes"
    NO = "no"
    UNASKED = "unasked"


class Difference(StrEnum):
    """In what two records contradict one another that are said to be one person."""

    BIRTH = "birth"
    SEX = "sex"
    PERSONAL_NUMBER = "personal_number"


class SameGround(StrEnum):
    """Why two records are one person."""

    DOCUMENT = "document"
    PERSONAL_NUMBER = "personal_number"
    FACE = "face"
    OTHER = "other"
