"""The words for a device's condition, and how long to wait before it is tried again.

    DISABLED            the site has none
    ABSENT → OPENING → READY ⇄ DEGRADED
       ↑                 ↓ ↑
       └──── LOST ←──── BLOCKED, STUCK

A condition that cannot be known is UNKNOWN, never READY.
"""

from __future__ import annotations

from enum import StrEnum


class DeviceState(StrEnum):
    DISABLED = "disabled"
    ABSENT = "absent"
    """Nothing is plugged in at the configured path."""
    OPENING = "opening"
    READY = "ready"
    DEGRADED = "degraded"
    """Works, but asks for attention soon; the flags say for what."""
    BLOCKED = "blocked"
    """There, but cannot work: the flags say why."""
    STUCK = "stuck"
    """The line takes no bytes and says nothing; it will be opened anew."""
    LOST = "lost"
    """Was there a moment ago."""
    UNKNOWN = "unknown"
    """The line is up and the device has not said how it is."""


class DeviceFlag(StrEnum):
    """Why a device is not simply ready."""

    PAPER_NEAR_END = "paper_near_end"
    PAPER_OUT = "paper_out"
    COVER_OPEN = "cover_open"
    CUTTER = "cutter"
    OVERHEATED = "overheated"
    OFFLINE = "offline"
    """The printer says so and gives no cause, for instance while its feed key is held."""
    MUTE = "mute"
    """Never answers a status request; many cheap printers do not."""
    BUSY = "busy"
    """Another program holds the line."""
    FORBIDDEN = "forbidden"
    """This account may not open the line."""
    TYPES = "types"
    """Types into the terminal, where nobody can know whether it is plugged in."""
    NO_FOLDER = "no_folder"
    """The folder in which pictures appear is not there."""
    PICTURES_LEFT = "pictures_left"
    """Pictures of documents lie in that folder, and nobody will read them."""
    NO_SCANNER = "no_scanner"
    """The scanner does not answer, or its program is not installed."""
    UNREADABLE = "unreadable"
    """What it sends is of no form that its profile knows."""


FIRST_RETRY_S = 0.25
LAST_RETRY_S = 2.0


def retry_after(failures: int) -> float:
    """Seconds to wait after `failures` (1, 2, …) unsuccessful openings: 0.25 doubling to 2."""
    doublings = min(max(failures - 1, 0), 8)
    return min(FIRST_RETRY_S * (1 << doublings), LAST_RETRY_S)
