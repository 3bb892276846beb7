"""Looking somebody up leaves a trace: who saw whose card or paper, and when."""

from __future__ import annotations

from uuid import UUID

from kiosk.codes import Action, SignInKind
from kiosk.models import SignIn
from kiosk.services import printing, prisoners
from kiosk.services.desk import Desk
from kiosk.services.duty import must_look_up
from kiosk.services.entry import Entry, entry
from kiosk.values import Officer, PrintJob, PrisonerCard


def prisoner(desk: Desk, officer: Officer, prisoner_id: UUID) -> PrisonerCard:
    """The prisoner's card. Everybody who registers, and an administrator, may look.

    Raises NotFound.
    """
    must_look_up(officer)
    with entry(desk, Action.CONSULT, officer=officer) as e:
        card = prisoners.card_at(desk, prisoner_id, e.now)
        leave_trace(desk, e, officer, prisoner_id)
    return card


def paper(desk: Desk, officer: Officer, job_id: UUID) -> PrintJob:
    """A paper with all that stands on it; who may look is as with a card.

    Raises NotFound when it was erased, or grew too old.
    """
    must_look_up(officer)
    with entry(desk, Action.CONSULT, officer=officer) as e:
        leave_trace(desk, e, officer, job_id)
        return printing.body(desk, job_id)


def leave_trace(desk: Desk, e: Entry, officer: Officer, subject_id: UUID) -> None:
    """Record that `officer` saw what is known of the subject."""
    e.object_id = subject_id
    e.add(
        SignIn,
        staff_id=officer.staff_id,
        kind=SignInKind.CONSULT,
        subject_id=subject_id,
        window=desk.window,
    )
