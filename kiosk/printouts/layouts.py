"""Which layout each paper's body has."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.papers import (
    ActBody,
    BadgeBody,
    Body,
    ClosingBody,
    ContentsBody,
    ExtractBody,
    FineBody,
    GivenBackBody,
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
    act,
    badge,
    closing,
    contents,
    extract,
    fine,
    given_back,
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
from kiosk.printouts.layout import Element


def elements(body: Body, columns: int) -> Iterator[Element]:
    """The rows of `body`, before they are laid on a roll of `columns` columns."""
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
        case GivenBackBody():
            return given_back.elements(body)
        case LabelBody():
            return label.elements(body)
        case ActBody():
            return act.elements(body)
        case FineBody():
            return fine.elements(body)
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
