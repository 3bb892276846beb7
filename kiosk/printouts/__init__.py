"""The papers: what they say and how it stands on a roll. Layouts only, no printer."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from kiosk.codes import Template
from kiosk.papers import (
    BODIES,
    BadgeBody,
    Body,
    ClosingBody,
    ContentsBody,
    ExtractBody,
    InsideBody,
    LabelBody,
    MovementBody,
    ReceiptBody,
    RefusalBody,
    ReportBody,
    TagBody,
    TestBody,
    TicketBody,
)
from kiosk.printouts import (
    badge,
    closing,
    contents,
    extract,
    inside,
    label,
    movement,
    receipt,
    refusal,
    report,
    tag,
    ticket,
    trial,
)
from kiosk.printouts.layout import (
    COLUMNS,
    Barcode,
    Cut,
    Element,
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
    return compose(_elements(body, columns), columns)


def _elements(body: Body, columns: int) -> Iterator[Element]:
    match body:
        case BadgeBody():
            return badge.elements(body)
        case RefusalBody():
            return refusal.elements(body)
        case TicketBody():
            return ticket.elements(body)
        case ReceiptBody():
            return receipt.elements(body)
        case ContentsBody():
            return contents.elements(body)
        case LabelBody():
            return label.elements(body)
        case TagBody():
            return tag.elements(body, columns)
        case MovementBody():
            return movement.elements(body)
        case InsideBody():
            return inside.elements(body)
        case ClosingBody():
            return closing.elements(body)
        case ReportBody():
            return report.elements(body)
        case ExtractBody():
            return extract.elements(body)
        case TestBody():
            return trial.elements(body, columns)
    raise TypeError(f"{type(body).__name__} is no paper")
