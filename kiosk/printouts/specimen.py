"""The sample of a paper, so marked on every part of it that it can pass for no real one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import msgspec

from kiosk.codes import Template
from kiosk.printouts import paper
from kiosk.printouts.layout import BESIDE, Align, Barcode, Cut, Line, Printed, Qr, compose
from kiosk.printouts.samples import SAMPLES
from kiosk.printouts.words import each
from kiosk.text import LANGUAGES, N_

# What its codes hold instead: no reader of a gate takes it for a number.
CODE = "SAMPLE"


def specimen(template: Template, columns: int) -> tuple[Printed, ...]:
    """The sample of `template` as it is printed: marked at its head, its codes and its end."""
    body = msgspec.json.encode(SAMPLES[template])
    return tuple(_marked(paper(template, body, columns), columns))


def _marked(printed: tuple[Printed, ...], columns: int) -> Iterator[Printed]:
    # Read by whoever finds it, so in every language there is.
    words = BESIDE.join(each(N_("SAMPLE"), LANGUAGES))
    mark = compose([Line(words, Align.CENTER, bold=True, tall=True)], columns)
    yield from mark
    for one in printed:
        match one:
            case Qr() | Barcode():
                yield from mark
                # As long as the true one, so that its picture is as large.
                yield replace(one, data=CODE.ljust(len(one.data), "-"))
            case Cut():
                yield from mark
                yield one
            case _:
                yield one
