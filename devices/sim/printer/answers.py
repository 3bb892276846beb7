"""What an Epson says about itself, as bytes. Pure: faults in, bytes out.

Layouts from Epson's ESC/POS reference (DLE EOT, GS a, GS r, GS I, GS ( H, DLE DC4).
Checked by receiptio 2.1.2 as an independent host: DLE EOT 2, the four automatic bytes (it
takes a pushed head too hot for no error), GS r 1 and GS I 66/67. From the documents only:
DLE EOT 1, 3 and 4, the process id and the answer to clearing.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from enum import StrEnum

from devices.health import DeviceFlag

Faults = AbstractSet[DeviceFlag]

CLEARED = b"\x37\x25\x00"

MAKER, MODEL = "EPSON", "TM-T88V"


class Ability(StrEnum):
    """What the printer knows beyond printing; cheap ones lack some or all of it."""

    DLE_EOT = "dle_eot"
    GS_R = "gs_r"
    ASB = "asb"
    """Automatic status back (GS a): it says each change of its own accord."""
    PROCESS_ID = "process_id"
    """GS ( H function 48: says when a paper is out."""
    CLEAR = "clear"
    """DLE DC4 8: throws away what it has not printed."""


def stopped(faults: Faults) -> bool:
    """Whether it executes nothing more and is off-line."""
    return bool(faults - {DeviceFlag.PAPER_NEAR_END, DeviceFlag.MUTE})


def real_time(question: int, faults: Faults) -> bytes:
    """The answer to DLE EOT `question` (1 printer, 2 off-line cause, 3 error, 4 paper)."""
    error = bool(faults & {DeviceFlag.CUTTER, DeviceFlag.OVERHEATED})
    bits = {
        1: 0x08 * stopped(faults),
        2: 0x04 * (DeviceFlag.COVER_OPEN in faults)
        | 0x08 * (DeviceFlag.OFFLINE in faults)
        | 0x20 * (DeviceFlag.PAPER_OUT in faults)
        | 0x40 * error,
        3: _error_bits(faults),
        4: 0x0C * _little_paper(faults) | 0x60 * (DeviceFlag.PAPER_OUT in faults),
    }
    return bytes((0x12 | bits[question],))


def automatic(faults: Faults) -> bytes:
    """The four bytes of automatic status back."""
    return bytes(
        (
            0x10
            | 0x08 * stopped(faults)
            | 0x20 * (DeviceFlag.COVER_OPEN in faults)
            | 0x40 * (DeviceFlag.OFFLINE in faults),
            _error_bits(faults),
            paper_sensor(faults)[0],
            0x0F,  # reserved bits, which no host may look at
        )
    )


def paper_sensor(faults: Faults) -> bytes:
    """The answer to GS r 1."""
    return bytes((0x03 * _little_paper(faults) | 0x0C * (DeviceFlag.PAPER_OUT in faults),))


def process(identity: bytes) -> bytes:
    """That the paper with this process id (four bytes) is out."""
    return b"\x37\x22" + identity + b"\x00"


def about_itself(question: int) -> bytes:
    """The answer to GS I `question`; b"" where it says nothing."""
    match question:
        case 1 | 49:
            return b"\x20"
        case 2 | 50:
            return b"\x02"  # it has a cutter
        case 66:
            return b"\x5f" + MAKER.encode() + b"\x00"
        case 67:
            return b"\x5f" + MODEL.encode() + b"\x00"
    return b""


def _error_bits(faults: Faults) -> int:
    return 0x08 * (DeviceFlag.CUTTER in faults) | 0x40 * (DeviceFlag.OVERHEATED in faults)


def _little_paper(faults: Faults) -> bool:
    # At the end of the paper the sensor of its near end lies free, too; a printer without
    # one says nothing, and the faults are what the test wants them to be.
    return DeviceFlag.PAPER_NEAR_END in faults
