"""The documents of a visitor: all that were seen, and one more, typed from the paper.

A scanned document of somebody known is recorded when it is scanned (`identify`); what has no
machine-readable zone, as a birth certificate or a driving licence, is typed.
"""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from kiosk.clock import local_day
from kiosk.codes import Action
from kiosk.errors import Invalid
from kiosk.look_alikes import as_latin
from kiosk.models import Document
from kiosk.services import same
from kiosk.services.desk import Desk
from kiosk.services.duty import must_look_up, must_register
from kiosk.services.endings import recorded_at
from kiosk.services.entry import entry
from kiosk.services.identify import add_document, owner_of, record_of
from kiosk.services.people import check_document
from kiosk.services.person_card import detail_of, seen_of
from kiosk.text import N_, clean
from kiosk.values import DocumentLine, DocumentSeen, Officer


def of_person(desk: Desk, officer: Officer, person_id: UUID) -> tuple[DocumentLine, ...]:
    """Every document recorded for somebody, the newest first.

    Everybody who registers, and an administrator, may look. Raises NotFound.
    """
    must_look_up(officer)
    detail = detail_of(person_id)
    rows = Document.select().where(Document.person_id.in_(list(same.group(person_id))))
    return tuple(
        DocumentLine(row.id, seen_of(row, detail), local_day(recorded_at(row.id), desk.zone))
        for row in rows.order_by(Document.id.desc())
    )


def add(desk: Desk, officer: Officer, person_id: UUID, seen: DocumentSeen) -> UUID:
    """Record one more document of somebody known; whoever registers does this.

    Raises Invalid, naming the field, for one that cannot be recorded, that is recorded
    already, or that was recorded for somebody else; NotFound for an unknown person.
    """
    must_register(officer)
    seen = replace(
        seen,
        number=clean(seen.number, 20).upper(),
        country=as_latin(clean(seen.country, 20)),
    )
    check_document(seen)
    with entry(desk, Action.RECORD_PERSON, officer=officer, object_id=person_id) as e:
        detail_of(person_id)
        if record_of(person_id, seen) is not None:
            raise Invalid("number", N_("This document is recorded already."))
        owner = owner_of(seen)
        if owner is not None and owner != same.root(person_id):
            raise Invalid(
                "number",
                N_("Another record bears this document. A supervisor compares and joins them."),
            )
        return add_document(e, person_id, seen)
