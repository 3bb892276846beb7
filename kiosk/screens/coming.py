"""Somebody whose coming was known before, from the queue or a booking: their arrival."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import UUID

from kiosk import scans
from kiosk.screens.visiting import as_before

if TYPE_CHECKING:
    from kiosk.app import KioskApp


async def open_arrival(kiosk: KioskApp, person_id: UUID, prisoner_id: UUID | None) -> None:
    """Show the arrival of somebody known, to the prisoner who was named before."""
    from kiosk.services import identify, prisoners

    card = await kiosk.write(identify.card, kiosk.signed_in, person_id)
    visitor = as_before(card)
    if prisoner_id is not None:
        prisoner = await kiosk.read(prisoners.card, prisoner_id)
        if visitor.prisoner is None or visitor.prisoner.prisoner_id != prisoner_id:
            visitor = replace(visitor, prisoner=prisoner, relation=None)
    await scans.show(kiosk, visitor)
