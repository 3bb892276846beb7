"""What is being done with a picture, for whoever waits for it."""

from __future__ import annotations

from enum import StrEnum


class Stage(StrEnum):
    SCANNING = "scanning"
    """The scanner takes the picture."""
    FINDING = "finding"
    """The zone is looked for."""
    READING = "reading"
    """Its characters are read."""
    SECOND_OPINION = "second_opinion"
    """Another reader is asked, because this one is not sure."""
