"""A passage through the gate: its states, its steps and what is left by the way."""

from __future__ import annotations

from enum import StrEnum


class Series(StrEnum):
    """The registers' number series; no other exists."""

    VISIT = "V"
    PACKAGE = "P"
    REFUSAL = "R"
    FIND = "F"
    TICKET = "T"


class MemberRole(StrEnum):
    LEAD = "lead"
    ADULT = "adult"
    CHILD = "child"
    SENDER = "sender"


class CaseState(StrEnum):
    """Where a case stands after its last step."""

    BOOKED = "booked"
    ADMITTED = "admitted"
    INSIDE = "inside"
    LEFT = "left"
    INSPECTED = "inspected"
    STORED = "stored"
    HANDED_OVER = "handed_over"
    """Its prisoner has it, and something else of it is not settled yet."""
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
    MOVED = "moved"
    """To another session; the visit stays booked."""
    ADMITTED = "admitted"
    REFUSED = "refused"
    ENTERED = "entered"
    LEFT = "left"
    STOPPED = "stopped"
    CLOSED = "closed"
    CANCELLED = "cancelled"
    VOID = "void"
    HANDED_OVER = "handed_over"
    TURNED_AWAY = "turned_away"
    """One who was admitted does not go in: no consent to a search, or something was found."""
    WEIGHED = "weighed"
    OPENED = "opened"
    """A posted parcel, by a commission."""
    EXTRA_CHECKED = "extra_checked"
    """The lot fell on it, and it was looked through once more."""
    ACCEPTED = "accepted"
    PLACED = "placed"
    PASSED_TO_MEDICAL = "passed_to_medical"
    NOT_TAKEN = "not_taken"
    """Some of what is for the doctor, or all of it; its lines stand beside it."""
    MEDICINE_RETURNED = "medicine_returned"
    """To the sender, who signs: what the doctor did not take."""
    NOT_TO_PRISONER = "not_to_prisoner"
    """A stored parcel goes back: declined, kept too long, or its prisoner is gone."""
    RETURNED = "returned"
    FORWARDED = "forwarded"
    CORRECTED = "corrected"


class LedgerKind(StrEnum):
    USE = "use"
    RESERVE = "reserve"
    REFUND = "refund"
    ADJUST = "adjust"
    CARRY = "carry"
    OPENING = "opening"


class VisitOutcome(StrEnum):
    """How a visit ended; the reason of its last step (HMPPS visit-scheduler's list)."""

    NORMAL = "normal"
    VISITOR_ABSENT = "visitor_absent"
    REFUSED_ENTRY = "refused_entry"
    FAILED_SEARCH = "failed_search"
    PRISONER_REFUSED = "prisoner_refused"
    LEFT_EARLY_PRISONER = "left_early_prisoner"
    LEFT_EARLY_VISITOR = "left_early_visitor"
    STOPPED = "stopped"


class CancelReason(StrEnum):
    """Who called a visit off before anybody entered."""

    VISITOR = "visitor"
    PRISONER = "prisoner"
    PRISON = "prison"
    ERROR = "error"


class DraftKind(StrEnum):
    """A form that may be left half done, and is taken up where it was."""

    PERSON = "person"
    ARRIVAL = "arrival"
    BRINGING = "bringing"
    POSTED = "posted"
    PACKAGE = "package"
    FIND = "find"


class VoidReason(StrEnum):
    """Why a case is made void; the words beside OTHER are a note."""

    WRONG_VISITOR = "wrong_visitor"
    WRONG_PRISONER = "wrong_prisoner"
    TWICE = "twice"
    OTHER = "other"


class DepositEnd(StrEnum):
    """How a thing left at the gate went: the reason of its `ending`."""

    RETURNED = "returned"
    KEPT = "kept"
    """Its owner did not take it; a supervisor closed the tag."""


class Screening(StrEnum):
    """How a visitor was searched; a child never beyond `things`, their things only."""

    THINGS = "things"
    DETECTOR = "detector"
    PAT_DOWN = "pat_down"


class ScreeningConsent(StrEnum):
    """Entry rests on consent to a search, which may be withdrawn (Mandela rule 60)."""

    YES = "yes"
    NO = "no"
    WITHDRAWN = "withdrawn"


class ScreeningResult(StrEnum):
    NOTHING = "nothing"
    FOUND = "found"
    NOT_DONE = "not_done"


class Left(StrEnum):
    """What a visitor leaves at the gate under a tag."""

    PHONE = "phone"
    KEYS = "keys"
    MONEY = "money"
    CARDS = "cards"
    WATCH = "watch"
    KNIFE = "knife"
    MEDICINE = "medicine"
    DOCUMENTS = "documents"
    BAG = "bag"
    OTHER = "other"
