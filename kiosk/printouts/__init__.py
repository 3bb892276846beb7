"""The papers: what they say and how it stands on a roll. Layouts only, no printer."""

from __future__ import annotations

import msgspec

from kiosk.codes import Template
from kiosk.papers import BadgeBody, RefusalBody
from kiosk.printouts import badge, refusal
from kiosk.printouts.layout import COLUMNS, Barcode, Cut, Printed, Qr, Row

__all__ = ["COLUMNS", "Barcode", "Cut", "Printed", "Qr", "Row", "paper"]


def paper(template: Template, body: bytes, columns: int) -> tuple[Printed, ...]:
    """The rows of a stored print job. `body` is the JSON of the template's frozen value.

    Raises msgspec.DecodeError when `body` is not of that shape.
    """
    if template is Template.BADGE:
        return badge.layout(msgspec.json.decode(body, type=BadgeBody), columns)
    return refusal.layout(msgspec.json.decode(body, type=RefusalBody), columns)
