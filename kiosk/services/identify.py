"""From the document in an officer's hand to the person in the register, or to nobody yet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from uuid import UUID

from kiosk.codes import Action, DocumentCheck, DocumentSource, SearchKind
from kiosk.models import Document, PersonDetail
from kiosk.services import same
from kiosk.services.consult import leave_trace
from kiosk.services.desk import Desk
from kiosk.services.duty import must_look_up
from kiosk.services.entry import Entry, entry
from kiosk.services.person_card import card_of, detail_of
from kiosk.services.prepared import Prepared
from kiosk.services.search_words import remember
from kiosk.text import clean
from kiosk.values import DocumentSeen, Officer, PersonCard


@dataclass(frozen=True, slots=True)
class Match:
    """Whose document this is. `conflict`: the personal number and the document disagree."""

    person_id: UUID
    document_id: UUID | None
    conflict: bool


def identify(
    desk: Desk, officer: Officer, seen: DocumentSeen, *, consult: bool = True
) -> PersonCard | None:
    """The card of the person whose document was seen; None for somebody new.

    By personal number first, since spelling and documents change, else by country and
    number; never by name. Everybody who registers, and an administrator, may look.
    Opening a card leaves a trace (`consult`), and a new document of a known person is
    recorded when it was scanned and its checks agree.
    """
    must_look_up(officer)
    if match_of(seen) is None:
        return None
    trusted = seen.source is DocumentSource.SCAN and seen.check is DocumentCheck.OK
    with entry(desk, Action.CONSULT, officer=officer) as e:
        match = match_of(seen)
        if match is None:
            return None
        document_id = match.document_id
        if document_id is None and trusted and not match.conflict:
            document_id = add_document(e, match.person_id, seen)
        if consult:
            leave_trace(desk, e, officer, match.person_id)
        card = card_of(desk, match.person_id, document_id)
    return replace(card, number_conflict=True) if match.conflict else card


def card(desk: Desk, officer: Officer, person_id: UUID) -> PersonCard:
    """The person as known now; opening the card leaves a trace. Raises NotFound.

    Everybody who registers, and an administrator, may look.
    """
    must_look_up(officer)
    with entry(desk, Action.CONSULT, officer=officer) as e:
        found = card_of(desk, person_id)
        leave_trace(desk, e, officer, person_id)
    return found


def match_of(seen: DocumentSeen) -> Match | None:
    """Whom the document belongs to, without writing anything."""
    personal_number = clean(seen.personal_number, 14)
    by_number = holder_of(personal_number) if personal_number else None
    document = _document(seen)
    by_document = same.root(document.person_id) if document is not None else None
    if by_number is not None:
        agree = by_document == by_number
        conflict = by_document is not None and not agree
        exact = document if agree and document and _is_same(document, seen) else None
        return Match(by_number, exact.id if exact else None, conflict)
    if document is None or by_document is None:
        return None
    known = detail_of(by_document).personal_number
    conflict = bool(personal_number and known and known != personal_number)
    return Match(by_document, document.id if _is_same(document, seen) else None, conflict)


def record_of(person_id: UUID, seen: DocumentSeen) -> Document | None:
    """The person's record of the document seen; None when it would be a new one."""
    everywhere = Document.person_id.in_(list(same.group(person_id)))
    return recorded_as(Document.select().where(everywhere), seen)


def recorded_as(documents: Iterable[Document], seen: DocumentSeen) -> Document | None:
    """The last record of the document seen; None when it would say something new."""
    number, country = clean(seen.number, 20), clean(seen.country, 3)
    alike = (row for row in documents if (row.number, row.country) == (number, country))
    found = max(alike, key=lambda row: row.id, default=None)
    return found if found is not None and _is_same(found, seen) else None


def owner_of(seen: DocumentSeen) -> UUID | None:
    """The person for whom a document with this country and number was recorded last."""
    document = _document(seen)
    return same.root(document.person_id) if document is not None else None


def add_document(e: Entry, person_id: UUID, seen: DocumentSeen) -> UUID:
    """Record a document of the person inside the transaction `e`, and let it be found."""
    document_id = e.add(
        Document,
        person_id=person_id,
        kind=seen.kind,
        country=seen.country,
        number=seen.number,
        surname=seen.surname or None,
        given=seen.given or None,
        birth=seen.birth or None,
        sex=seen.sex,
        expires=seen.expires,
        source=seen.source,
        check=seen.check,
    )
    remember(SearchKind.PERSON, person_id, seen.surname, seen.given, seen.number)
    return document_id


def holder_of(personal_number: str) -> UUID | None:
    """The person who bears this number in any version; of two the one known first."""
    for row in _BEARERS(personal_number):
        return same.root(UUID(bytes=row.person_id.bytes))
    return None


_BEARERS = Prepared(
    lambda number: (
        PersonDetail.select(PersonDetail.person_id)
        .where(PersonDetail.personal_number == number)
        .order_by(PersonDetail.person_id)
        .limit(1)
    )
)


def _document(seen: DocumentSeen) -> Document | None:
    """The last record of a document with this country and number."""
    if not seen.number:
        return None
    for row in _NUMBERED(clean(seen.number, 20), clean(seen.country, 3)):
        found: Document = row
        return found
    return None


_NUMBERED = Prepared(
    lambda number, country: (
        Document.select()
        .where(Document.number == number, Document.country == country)
        .order_by(Document.id.desc())
        .limit(1)
    )
)


def _is_same(document: Document, seen: DocumentSeen) -> bool:
    """Whether nothing new would be recorded; a typed number is no news after a scan."""
    return (
        document.kind == seen.kind
        and (seen.expires is None or document.expires == seen.expires)
        and (seen.source is DocumentSource.TYPED or document.source is DocumentSource.SCAN)
        and (seen.check is DocumentCheck.REVIEW or document.check is DocumentCheck.OK)
    )
