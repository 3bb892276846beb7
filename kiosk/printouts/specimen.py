"""The sample of a paper, so marked on every part of it that it can pass for no real one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import msgspec

from kiosk.codes import Template
from kiosk.papers import TestBody
from kiosk.printouts import paper
from kiosk.printouts.layout import BESIDE, Align, Barcode, Cut, Line, Printed, Qr, compose
from kiosk.printouts.samples import SAMPLES
from kiosk.printouts.words import each
from kiosk.text import LANGUAGES, N_

# What its codes hold instead: no reader of a gate takes it for a number.
CODE = "SAMPLE"


def specimen(template: Template, columns: int, text_mode: str) -> tuple[Printed, ...]:
    """The sample of `template` as it is printed: marked at its head, its codes and its end.

    `text_mode` is the printer's: the test page tells which one it is printed in.
    """
    sample = SAMPLES[template]
    if isinstance(sample, TestBody):
        sample = replace(sample, text_mode=text_mode)
    body = msgspec.json.encode(sample)
    return tuple(_marked(paper(template, body, columns), columns))


def _marked(printed: tuple[Printed, ...], columns: int) -> Iterator[Printed]:
    # Read by whoever finds it, so in every language there is.
    words = BESIDE.join(each(N_("SAMPLE"), LANGUAGES))
    mark = compose([Line(words, Align.CENTER, bold=True, tall=True)], columns)
    yield from mark
    for one in printed:
        match one:
            # As large as the true one. In a CODE128 two of its digits are as wide as a letter.
            case Qr(data):
                yield from mark
                yield replace(one, data=CODE.ljust(len(data), "-"))
            case Barcode(data):
                yield from mark
                yield replace(one, data=CODE.ljust(len(data) * 2 // 3, "-"))
            case Cut():
                yield from mark
                yield one
            case _:
                yield one
