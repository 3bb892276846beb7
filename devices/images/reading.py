"""What was made out in a picture: values only, so that the kiosk may know them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from devices.mrz import Document, ReasonCode
from devices.mrz.parse import parse_picture, rejected


@dataclass(frozen=True, slots=True)
class PictureReading:
    """The lines of the zone, top line first, none when the picture has no zone.

    `doubts` are what only the picture tells: a character hardly legible, one missing, a
    second document. `repaired`: line and column of each character that the check digits
    chose against the look of it. `unsure`: the same of each that is hardly legible or missing.
    """

    lines: tuple[str, ...] = field(default=(), repr=False)
    doubts: tuple[ReasonCode, ...] = ()
    repaired: tuple[tuple[int, int], ...] = ()
    unsure: tuple[tuple[int, int], ...] = ()

    def document(self, today: date) -> Document:
        """As checked fields. Never `ok` with a doubt or a repair."""
        if not self.lines:
            return rejected(self.doubts[0] if self.doubts else ReasonCode.NOT_MRZ)
        return parse_picture(self.lines, today, self.doubts, self.repaired, self.unsure)
