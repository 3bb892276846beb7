"""To whom the demo's visitors belong: most are approved, some wait, some are refused.

Who comes to somebody on remand has an investigator's paper, a few do not.
"""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from kiosk.codes import Category, Consent, Issuer, Proof, Relation
from kiosk.demo.officer import OFFICER
from kiosk.demo.people import MadeUpVisitor
from kiosk.models import Kinship, Permission
from kiosk.rules.facts import PermissionFacts
from kiosk.services.desk import Desk
from kiosk.services.entry import Entry
from kiosk.services.relations import span_of
from kiosk.values import PrisonerEntry

PERMITTED = timedelta(days=60)  # from the day the demo was made on

_PROOFS = {
    Relation.SPOUSE: Proof.MARRIAGE_CERTIFICATE,
    Relation.PARENT: Proof.BIRTH_CERTIFICATE,
    Relation.CHILD: Proof.BIRTH_CERTIFICATE,
    Relation.SIBLING: Proof.PASSPORT,
}


def relate(
    e: Entry, number: int, person_id: UUID, prisoner_id: UUID, visitor: MadeUpVisitor
) -> None:
    """Record the relation of the demo's visitor of that number, by whole rows: no questions."""
    refuses, waits = number % 41 == 7, number % 37 == 5
    if visitor.relation is Relation.NOT_KIN and not refuses:
        return
    e.add(
        Kinship,
        person_id=person_id,
        prisoner_id=prisoner_id,
        kind=Relation.OTHER_KIN if waits else visitor.relation,
        proof=None if waits else _PROOFS.get(visitor.relation),
        consent=Consent.NO if refuses else Consent.YES if number % 3 else Consent.UNASKED,
        approved_by=None if waits else OFFICER.staff_id,
        staff_id=OFFICER.staff_id,
    )


def permit(
    desk: Desk,
    e: Entry,
    number: int,
    person_id: UUID,
    prisoner_id: UUID,
    prisoner: PrisonerEntry,
    today: date,
) -> PermissionFacts | None:
    """Record the paper by which they visit somebody on remand; None where none is needed,
    and for the few who have none."""
    if prisoner.category is not Category.REMAND or number % 5 == 3:
        return None
    paper_no, until = f"{number + 11}-с", today + PERMITTED
    permission_id = e.add(
        Permission,
        prisoner_id=prisoner_id,
        person_id=person_id,
        issuer=Issuer.INVESTIGATOR,
        paper_no=paper_no,
        from_day=e.day,
        to_day=until,
        staff_id=OFFICER.staff_id,
    )
    return PermissionFacts(
        permission=str(permission_id),
        issuer=Issuer.INVESTIGATOR,
        number=paper_no,
        prisoner=prisoner.file_number,
        span=span_of(desk, e.day, until),
    )
