"""Whether a scale can bear what lies on it: a site without one knows these words, too."""

from __future__ import annotations

from enum import StrEnum


class Load(StrEnum):
    """Whether the scale can weigh what lies on it."""

    WITHIN = "within"
    OVER = "over"
    """More than it can bear."""
    UNDER = "under"
    """Less than nothing: its pan was lifted off, or it was switched on with a bag on it."""
