"""Those who wait, where and when there is a place, and what has to be looked at again."""

from __future__ import annotations

from enum import StrEnum


class TicketState(StrEnum):
    """Where a queue ticket stands after its last step."""

    WAITING = "waiting"
    CALLED = "called"
    SERVING = "serving"
    DONE = "done"
    GONE = "gone"


class EarlyAnswer(StrEnum):
    """What was said when the ticket was given out; `ask`: a person or a paper decides."""

    PASS = "pass"
    ASK = "ask"
    NO = "no"
    UNKNOWN = "unknown"


class CallReason(StrEnum):
    """Why a ticket was called before one that waits longer."""

    FRAIL = "frail"
    SMALL_CHILD = "small_child"
    ON_DUTY = "on_duty"
    SESSION_BEGINS = "session_begins"
    OTHER_WINDOW = "other_window"


class RoomKind(StrEnum):
    SHORT = "short"
    LONG = "long"
    OFFICIAL = "official"


class BlockReason(StrEnum):
    """Why a date or a single session is closed."""

    SANITATION = "sanitation"
    QUARANTINE = "quarantine"
    SEARCH = "search"
    STAFF = "staff"
    HOLIDAY = "holiday"
    OTHER = "other"


class ReviewKind(StrEnum):
    """Why a planned visit or an open case has to be looked at again."""

    PRISONER_MOVED = "prisoner_moved"
    PRISONER_ISOLATED = "prisoner_isolated"
    RESTRICTION = "restriction"
    NON_ASSOCIATION = "non_association"
    DATE_BLOCKED = "date_blocked"
    CONSENT = "consent"
    BALANCE = "balance"
    DOUBLE = "double"
    BAN_PROPOSED = "ban_proposed"
    """Something forbidden was found with somebody: is a ban to follow?"""


class ReviewEnding(StrEnum):
    """How a review ended: acted on, looked at and left, or its cause went by itself."""

    HANDLED = "handled"
    NO_CHANGE = "no_change"
    CAUSE_GONE = "cause_gone"
