"""What a sender brought last: proposed once more, things and quantities without a verdict."""

from __future__ import annotations

from uuid import UUID

from kiosk.codes import CaseState, MemberRole, Verdict
from kiosk.models import Case, CaseNow, Item, Member
from kiosk.rules.bag import WEIGHTLESS
from kiosk.rules.kinds import GOODS
from kiosk.services import same
from kiosk.services.desk import Desk
from kiosk.services.duty import must_register
from kiosk.services.entry import day_now
from kiosk.services.goods import catalogue
from kiosk.values import Officer
from kiosk.values.goods import BroughtLine

_NEVER_CAME_IN = (CaseState.REFUSED, CaseState.VOID)


def last_list(desk: Desk, officer: Officer, sender_id: UUID) -> tuple[BroughtLine, ...]:
    """The things of this sender's last package or parcel that was taken in, as today's
    catalogue knows them; a thing of which a part went back is one line with all of it.

    Left out is what was seized, what the catalogue knows no more, and papers and money, which
    are others each time. An officer, inspector or supervisor asks.
    """
    must_register(officer)
    case_id = _last_case(sender_id)
    if case_id is None:
        return ()
    found: dict[str, tuple[int, int]] = {}
    rows = Item.select().where(
        Item.case_id == case_id, Item.code.is_null(False), Item.replaces.is_null()
    )
    for row in rows.order_by(Item.no):
        if row.verdict != Verdict.SEIZE and row.goods_class not in WEIGHTLESS:
            pieces, grams = found.get(row.code, (0, 0))
            found[row.code] = pieces + row.pieces, grams + row.grams
    today = catalogue.of_codes(desk, found, day_now(desk))
    return tuple(
        # What was weighed besides its number of pieces is weighed anew where it has to be.
        BroughtLine(today[code], pieces=pieces, grams=0 if pieces else grams)
        for code, (pieces, grams) in found.items()
        if code in today
    )


def _last_case(sender_id: UUID) -> UUID | None:
    row = (
        Case.select(Case.id)
        .join(Member, on=(Member.case_id == Case.id))
        .join(CaseNow, on=(CaseNow.case_id == Case.id))
        .where(
            Member.person_id.in_(list(same.group(sender_id))),
            Member.role == MemberRole.SENDER,
            Case.service.in_(sorted(GOODS)),
            CaseNow.state.not_in(_NEVER_CAME_IN),
        )
        .order_by(Case.id.desc())
        .first()
    )
    return None if row is None else row.id
