"""The papers: what they say and how it stands on a roll. Layouts only, no printer."""

from __future__ import annotations

import msgspec

from kiosk.codes import Template
from kiosk.papers import BODIES, Body
from kiosk.printouts.layout import (
    COLUMNS,
    Barcode,
    Cut,
    Printed,
    Qr,
    Row,
    columns_of,
    compose,
)
from kiosk.printouts.scrap import scrap

__all__ = [
    "COLUMNS",
    "Barcode",
    "Cut",
    "Printed",
    "Qr",
    "Row",
    "columns_of",
    "lay_out",
    "paper",
    "scrap",
]


def paper(template: Template, body: bytes, columns: int) -> tuple[Printed, ...]:
    """The rows of a stored print job. `body` is the JSON of the template's frozen value.

    Raises msgspec.DecodeError when `body` is not of that shape.
    """
    return lay_out(msgspec.json.decode(body, type=BODIES[template]), columns)


def lay_out(body: Body, columns: int) -> tuple[Printed, ...]:
    """The rows of `body` on a roll of `columns` columns."""
    # The layouts are not in memory before the first paper is printed.
    from kiosk.printouts.layouts import elements

    return compose(elements(body, columns), columns)
