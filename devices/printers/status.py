"""How a printer is, as far as it said, and what its status bytes mean.

Layouts from Epson's ESC/POS reference (DLE EOT, GS r, GS a). What was not said is unknown
(None), never "all right".
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import IntEnum

from devices.health import DeviceFlag, DeviceState
from devices.port import ControlLines


class Ask(IntEnum):
    """The n of DLE EOT n."""

    PRINTER = 1
    OFFLINE_CAUSE = 2
    ERROR_CAUSE = 3
    PAPER = 4

    @property
    def command(self) -> bytes:
        return bytes((0x10, 0x04, self))


@dataclass(frozen=True, slots=True)
class Condition:
    """How the printer is, as far as it said. None: unknown."""

    offline: bool | None = None
    cover_open: bool | None = None
    paper_out: bool | None = None
    paper_near_end: bool | None = None
    cutter_error: bool | None = None
    overheated: bool | None = None
    failed: bool | None = None
    """An error that only switching off and on ends."""

    @property
    def blocked(self) -> bool:
        """Whether it said that it cannot print now."""
        return any(
            (
                self.offline,
                self.cover_open,
                self.paper_out,
                self.cutter_error,
                self.overheated,
                self.failed,
            )
        )

    @property
    def flags(self) -> frozenset[DeviceFlag]:
        said = {
            DeviceFlag.COVER_OPEN: self.cover_open,
            DeviceFlag.PAPER_OUT: self.paper_out,
            DeviceFlag.PAPER_NEAR_END: self.paper_near_end and not self.paper_out,
            DeviceFlag.CUTTER: self.cutter_error,
            DeviceFlag.OVERHEATED: self.overheated,
        }
        flags = frozenset(flag for flag, is_so in said.items() if is_so)
        if self.blocked and flags <= {DeviceFlag.PAPER_NEAR_END}:
            flags |= {DeviceFlag.OFFLINE}
        return flags

    @property
    def state(self) -> DeviceState:
        if self.blocked:
            return DeviceState.BLOCKED
        if self.paper_out is None or self.cover_open is None:
            return DeviceState.UNKNOWN
        return DeviceState.DEGRADED if self.paper_near_end else DeviceState.READY


def after_real_time(before: Condition, question: Ask, byte: int) -> Condition:
    """`before`, and what the answer to DLE EOT `question` says."""
    match question:
        case Ask.PRINTER:
            return replace(before, offline=bool(byte & 0x08))
        case Ask.OFFLINE_CAUSE:
            return replace(
                before,
                cover_open=bool(byte & 0x04),
                # Bit 5: printing stopped at the end of the paper. Clear, it says nothing
                # about a printer that was not printing; DLE EOT 4 does.
                paper_out=True if byte & 0x20 else before.paper_out,
            )
        case Ask.ERROR_CAUSE:
            return replace(
                before,
                cutter_error=bool(byte & 0x08),
                failed=bool(byte & 0x20),
                overheated=bool(byte & 0x40),
            )
        case Ask.PAPER:
            return replace(
                before, paper_near_end=bool(byte & 0x0C), paper_out=bool(byte & 0x60)
            )


def after_paper_sensor(before: Condition, byte: int) -> Condition:
    """`before`, and what the answer to GS r 1 says."""
    # It executes what waits in its buffer, so it is not off-line.
    return replace(
        before,
        offline=False,
        paper_near_end=bool(byte & 0x03),
        paper_out=bool(byte & 0x0C),
    )


def after_automatic(before: Condition, four: bytes) -> Condition:
    """`before`, and what the four bytes of automatic status back say."""
    return replace(
        before,
        offline=bool(four[0] & 0x08),
        cover_open=bool(four[0] & 0x20),
        cutter_error=bool(four[1] & 0x08),
        failed=bool(four[1] & 0x20),
        overheated=bool(four[1] & 0x40),
        paper_near_end=bool(four[2] & 0x03),
        paper_out=bool(four[2] & 0x0C),
    )


def after_control_lines(before: Condition, lines: ControlLines) -> Condition:
    """`before`, and what the port knows of a printer that does not say it. Lines that are in
    order say nothing: most printers set them so, however they are."""
    return replace(
        before,
        paper_out=True if lines.paper_out else None,
        offline=None if lines.selected else True,
        failed=True if lines.error and not lines.paper_out else None,
    )
