"""Words about a visitor or a prisoner, for the next officer; they can be erased."""

from __future__ import annotations

from uuid import UUID

from kiosk.clock import local_day
from kiosk.codes import Action
from kiosk.errors import Invalid
from kiosk.models import Note
from kiosk.services import same
from kiosk.services.desk import Desk
from kiosk.services.duty import must_look_up, must_register
from kiosk.services.endings import recorded_at
from kiosk.services.entry import entry
from kiosk.services.staff import names_of
from kiosk.text import N_, clean
from kiosk.values import NoteLine, Officer

LONGEST = 500


def of(desk: Desk, officer: Officer, subject_id: UUID) -> tuple[NoteLine, ...]:
    """What was written about somebody, the newest first.

    Everybody who registers, and an administrator, may look.
    """
    must_look_up(officer)
    query = Note.select().where(Note.subject_id.in_(list(same.group(subject_id))))
    rows = list(query.order_by(Note.id.desc()))
    staff = names_of({row.staff_id for row in rows})
    return tuple(
        NoteLine(
            row.text, local_day(recorded_at(row.id), desk.zone), staff.get(row.staff_id, "")
        )
        for row in rows
    )


def write(desk: Desk, officer: Officer, subject_id: UUID, text: str) -> None:
    """Add a note about a visitor or prisoner; whoever registers does this.

    Raises Invalid for an empty note.
    """
    must_register(officer)
    text = clean(text, LONGEST)
    if not text:
        raise Invalid("text", N_("The note is empty. Nothing was recorded."))
    with entry(desk, Action.RECORD_PERSON, officer=officer, object_id=subject_id) as e:
        e.add(Note, subject_id=subject_id, text=text, staff_id=officer.staff_id)
