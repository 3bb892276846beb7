"""The way to a parcel by its label or receipt, scanned, or by its number, typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.errors import NotFound

if TYPE_CHECKING:
    from kiosk.app import KioskApp


async def open_parcel(app: KioskApp, code: str) -> None:
    """What may be handed over now, and at this post, is handed over; of anything else its
    card is shown. Raises KioskError where there is no such parcel."""
    from kiosk.services.goods import by_code

    try:
        found = await app.write(by_code.scanned, app.signed_in, code)
    except NotFound:
        # F2 behind a label that leads nowhere must not hand over what stood there before.
        if app.came_by("handover"):
            await app.home()
        raise
    here = found.ready and "handover" in app.settings.desk.steps
    await app.go("handover" if here else "parcel", found)
