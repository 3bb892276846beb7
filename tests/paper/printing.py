"""Prints the samples of the papers and reads them back: the whole way without a printer."""

from __future__ import annotations

from itertools import product

import msgspec

from devices.printers.codepages import TextMode
from kiosk import printouts
from kiosk.codes import Template
from kiosk.printouts.layout import Printed as Asked
from kiosk.printouts.samples import SAMPLES
from kiosk.roll import Roll, render
from tests.paper.decoder import decode
from tests.paper.sheets import Decoded

ROLLS = [Roll(columns=columns, text_mode=mode) for columns, mode in product((48, 32), TextMode)]


def named(roll: Roll) -> str:
    """For the names of tests: 48-glyphs."""
    return f"{roll.columns}-{roll.text_mode.value}"


def asked(template: Template, roll: Roll) -> tuple[Asked, ...]:
    """What the layout of a sample says."""
    return printouts.lay_out(SAMPLES[template], roll.columns)


def sent(template: Template, roll: Roll) -> bytes:
    """The bytes of a sample."""
    return render(template, msgspec.json.encode(SAMPLES[template]), roll)


def printed(template: Template, roll: Roll) -> Decoded:
    """A sample as the decoder finds it."""
    return decode(sent(template, roll), roll.columns)


def meant(template: Template, roll: Roll) -> str:
    """The letters that should stand on it, row by row."""
    rows = (one for one in asked(template, roll) if isinstance(one, printouts.Row))
    return "\n".join(roll.shown(row.text) for row in rows)
