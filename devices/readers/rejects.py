"""Why a reading is neither a document nor a code."""

from __future__ import annotations

from enum import StrEnum


class RejectReason(StrEnum):
    EMPTY = "empty"
    """The reader sent a frame with nothing in it."""
    MISREAD = "misread"
    """The reader marked characters as unread, or sent some that no document holds."""
    TRUNCATED = "truncated"
    """Characters are missing."""
    CHECK_DIGITS = "check_digits"
    """A document whose number and dates all fail, or a code whose check digit is wrong."""
    UNSUPPORTED = "unsupported"
    """A document of a layout that is not read: type it."""
    UNKNOWN = "unknown"
    """Text that is neither a document nor one of our codes."""
    NOISE = "noise"
    """Far more than any document: wrong line settings, or a device that is no reader."""
    INTERRUPTED = "interrupted"
    """The reader was pulled out in the middle."""
