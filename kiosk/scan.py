"""What a scan opens: a known person's card, the form for a new one, or a badge's visit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from devices.events import CodeRead, DocumentRead
from devices.mrz.answer import Document, Evidence
from devices.mrz.answer import ReasonCode as Doubt
from devices.mrz.answer import Status as Reading
from kiosk.codes import DocumentCheck, DocumentKind, DocumentSource, Sex
from kiosk.values import DocumentSeen

if TYPE_CHECKING:
    from kiosk.app import KioskApp

# Doubts that an officer settles by looking at the document, and Enter; they are recorded with
# the decision. Everything else that is doubtful goes through the form, field by field.
CONFIRMABLE = (Doubt.COMPOSITE, Doubt.COMPARE_PERSONAL_NUMBER)

_FIELDS = {
    "document_number": "number",
    "birth_date": "birth",
    "expiry_date": "expires",
    "personal_number": "personal_number",
}


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


def to_confirm(document: Document) -> tuple[str, ...]:
    """Codes of the doubts that the officer confirms at a glance."""
    return tuple(code.value for code in CONFIRMABLE if document.has(code))


def to_type(document: Document) -> frozenset[str]:
    """Form fields whose own check digit fails: read again, or typed."""
    return frozenset(
        field
        for name, field in _FIELDS.items()
        if document.evidence.get(name) is Evidence.REFUTED
    )


async def take(app: KioskApp, event: DocumentRead | CodeRead) -> None:
    """Open what was scanned. Raises KioskError with a sentence when nothing can be opened."""
    if isinstance(event, CodeRead):
        await app.go("departure", event.code)
        return
    from kiosk.services import identify

    document = event.document
    seen = document_seen(document)
    doubtful = to_type(document)
    card = await app.write(identify.identify, app.signed_in, seen)
    if card is None or doubtful:
        await app.go("person", seen, doubtful, to_confirm(document))
    elif card.last_prisoner is None:
        await app.go("choose", card, seen, to_confirm(document))
    else:
        await app.go("arrival", card, seen, to_confirm(document))
