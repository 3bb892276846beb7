"""The papers of the gate, and where each stands between the register and the paper."""

from __future__ import annotations

from enum import StrEnum


class Template(StrEnum):
    """The papers of the gate."""

    BADGE = "badge"
    REFUSAL = "refusal"
    TICKET = "ticket"
    RECEIPT = "receipt"
    LABEL = "label"
    CONTENTS = "contents"
    GIVEN_BACK = "given_back"
    TAG = "tag"
    ACT = "act"
    FINE = "fine"
    MOVEMENT = "movement"
    INSIDE = "inside"
    CLOSING = "closing"
    EXTRACT = "extract"
    REPORT = "report"
    TEST = "test"


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
