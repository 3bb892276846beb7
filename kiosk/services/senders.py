"""Who sends what comes: as the wrapper of a posted parcel names them, or by their ticket.

Whoever writes to a prison by post shows no document, so a sender may be a name and no more.
"""

from __future__ import annotations

from uuid import UUID

from kiosk.codes import Action, MemberRole, SearchKind, Sex
from kiosk.errors import Invalid, NotFound
from kiosk.models import Case, Member, Person, PersonDetail
from kiosk.rules.kinds import GOODS
from kiosk.services import prisoners, same, tickets
from kiosk.services.called import called
from kiosk.services.desk import Desk
from kiosk.services.duty import must_register
from kiosk.services.entry import entry
from kiosk.services.person_card import card_of, detail_of
from kiosk.services.search_words import remember
from kiosk.text import N_, clean
from kiosk.values import Name, Officer, PersonCard

NAME_LENGTH = 60


def from_wrapper(desk: Desk, officer: Officer, written: Name, prisoner_id: UUID) -> PersonCard:
    """The sender whom a wrapper names: a name without a document, birth or sex.

    An officer, inspector or supervisor does this. Whoever sent this prisoner something under
    the same name, and was never seen with a document, is the same sender; nobody else is,
    for names are no proof. Raises Invalid (field "surname") without a name, NotFound for an
    unknown prisoner.
    """
    must_register(officer)
    name = Name(
        clean(written.surname, NAME_LENGTH),
        clean(written.given, NAME_LENGTH),
        clean(written.patronymic, NAME_LENGTH),
    )
    if not name.surname:
        raise Invalid("surname", N_("Who sent it? Type the name as it stands on the wrapper."))
    prisoners.detail_of(prisoner_id)
    with entry(desk, Action.RECORD_PERSON, officer=officer) as e:
        person_id = _sent_before(name, prisoner_id)
        if person_id is None:
            person_id = e.add(Person, at=e.now)
            e.add(
                PersonDetail,
                person_id=person_id,
                surname=name.surname,
                given=name.given,
                patronymic=name.patronymic or None,
                birth="",
                sex=Sex.UNSPECIFIED,
            )
            remember(SearchKind.PERSON, person_id, name.surname, name.given, name.patronymic)
        e.object_id = person_id
        return card_of(desk, person_id)


def ticket_of(desk: Desk, officer: Officer, person_id: UUID) -> UUID | None:
    """The open ticket of today that a sender holds for something they bring, if any."""
    must_register(officer)
    ticket_id = tickets.held_by(desk, (person_id,))
    if ticket_id is None or tickets.line_of(ticket_id).service not in GOODS:
        return None
    return ticket_id


def _sent_before(name: Name, prisoner_id: UUID) -> UUID | None:
    """Who sent this prisoner something as nothing but this name."""
    senders = (
        Member.select(Member.person_id)
        .join(Case, on=(Case.id == Member.case_id))
        .where(
            Case.prisoner_id.in_(list(same.group(prisoner_id))),
            Member.role == MemberRole.SENDER,
            Member.document_id.is_null(),
        )
        .distinct()
    )
    for row in senders:
        try:
            detail = detail_of(row.person_id)
        except NotFound:  # erased: whoever comes under that name is somebody new
            continue
        known = called(detail)
        if not detail.birth and known.full.casefold() == name.full.casefold():
            return same.root(row.person_id)
    return None
