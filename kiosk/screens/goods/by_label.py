"""The way to a parcel by its label or receipt, scanned, or by its number, typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kiosk.app import KioskApp


async def open_parcel(app: KioskApp, code: str) -> None:
    """What may be handed over now, and at this post, is handed over; of anything else its
    card is shown. Raises KioskError where there is no such parcel."""
    from kiosk.services.goods import by_code

    found = await app.write(by_code.scanned, app.signed_in, code)
    if found.ready and "handover" in app.settings.desk.steps:
        await app.go("handover", found)
    else:
        app.misread()  # Esc on its card must not lead to handing over the one before
        await app.go("parcel", found)
