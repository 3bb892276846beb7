"""What a scan opens: a known person's card, the form for a new one, or a badge's visit."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from devices.events import CodeRead, DocumentRead
from devices.mrz.answer import Document
from devices.mrz.answer import Status as Reading
from kiosk.codes import DocumentCheck, DocumentKind, DocumentSource, Sex
from kiosk.doubts import of as doubts_of
from kiosk.errors import Refused
from kiosk.screens.visiting import Visitor, as_before
from kiosk.text import N_
from kiosk.values import DocumentSeen, PrisonerCard

if TYPE_CHECKING:
    from kiosk.app import KioskApp


def document_seen(document: Document) -> DocumentSeen:
    """The reader's document as the register knows documents."""
    return DocumentSeen(
        kind=DocumentKind.PASSPORT
        if (document.document_code or "").startswith("P")
        else DocumentKind.ID_CARD,
        country=document.issuer or "",
        number=document.document_number or "",
        surname=document.surname or "",
        given=document.given_names or "",
        birth=document.birth_date or "",
        sex=Sex(document.sex.value) if document.sex else None,
        expires=document.expiry_date,
        personal_number=document.personal_number or "",
        source=DocumentSource.SCAN,
        check=DocumentCheck.OK if document.status is Reading.OK else DocumentCheck.REVIEW,
    )


async def take(app: KioskApp, event: DocumentRead | CodeRead) -> None:
    """Open what was scanned. Raises KioskError with a sentence when nothing can be opened."""
    step = "departure" if isinstance(event, CodeRead) else "arrival"
    if step not in app.settings.desk.steps:
        raise Refused(
            N_("This post does not do that step. Nothing was recorded; another post does it.")
        )
    if isinstance(event, CodeRead):
        await app.go("departure", event.code)
        return
    from kiosk.services import identify

    seen = document_seen(event.document)
    doubts = doubts_of(event.document)
    card = await app.write(identify.identify, app.signed_in, seen)
    if card is None or any(doubt.retype for doubt in doubts):
        await app.go("person", seen, doubts, _group(app), card)
    else:
        await show(app, as_before(card, seen, doubts))


async def show(app: KioskApp, visitor: Visitor) -> None:
    """Open the arrival of somebody known: proposed as before, or to whom, to be chosen."""
    joined = _group(app)
    if joined is not None and visitor.prisoner != joined:
        visitor = replace(visitor, prisoner=joined, relation=None)
    await app.go("choose" if visitor.prisoner is None else "arrival", visitor)


def _group(app: KioskApp) -> PrisonerCard | None:
    """Whom the group visits that the next person is to join."""
    from kiosk.screens.arrival import Arrival

    arrival = app.kept("arrival")
    return arrival.adding_to if isinstance(arrival, Arrival) else None
