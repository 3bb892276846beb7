"""Visits neither inside nor over: not searched yet, or gone without their things.

So no case and no tag is forgotten at the end of a shift, a tag of one turned away included.
"""

from __future__ import annotations

from collections import defaultdict
from uuid import UUID

from kiosk.codes import CaseState
from kiosk.models import Case, CaseNow, Member, PrisonerDetail
from kiosk.services import deposits, sessions
from kiosk.services.called import called
from kiosk.services.desk import Desk
from kiosk.services.duty import must_look_up
from kiosk.services.person_card import detail_of
from kiosk.services.register_numbers import numbers_of
from kiosk.services.under_way import state_of
from kiosk.values import Name, Officer, UnfinishedLine


def unfinished(desk: Desk, officer: Officer) -> tuple[UnfinishedLine, ...]:
    """The visits of which nobody is inside and that are open, or of which a tag still hangs;
    the oldest first.

    Everybody who registers, and an administrator, may look.
    """
    must_look_up(officer)
    hanging: dict[UUID, list[str]] = defaultdict(list)
    for line in deposits.tags_of(None):
        hanging[line.case_id].append(line.tag)
    is_open = CaseNow.is_open & CaseNow.state.in_((CaseState.ADMITTED, CaseState.LEFT))
    left_something = Case.id.in_(list(hanging)) & (CaseNow.state != CaseState.INSIDE)
    rows = list(
        Case.select()
        .join(CaseNow, on=(CaseNow.case_id == Case.id))
        .where(is_open | left_something)
        .order_by(Case.day, Case.id)
    )
    case_ids = [row.id for row in rows]
    numbers, days = numbers_of(case_ids), sessions.days_of(case_ids)
    return tuple(
        UnfinishedLine(
            case_id=row.id,
            number=next(iter(sorted(numbers[row.id].values(), reverse=True)), ""),
            day=days.get(row.id) or row.day,
            state=state_of(row.id),
            lead=_lead(row.id),
            file_number=_file_number(row.prisoner_detail_id),
            tags=tuple(hanging[row.id]),
        )
        for row in rows
    )


def _lead(case_id: UUID) -> Name:
    """Who of the group stands first; the others come with them."""
    first = Member.select().where(Member.case_id == case_id).order_by(Member.no).first()
    detail = detail_of(first.person_id)
    return called(detail)


def _file_number(prisoner_detail_id: UUID) -> str:
    detail = PrisonerDetail.get_or_none(PrisonerDetail.id == prisoner_detail_id)
    return str(detail.file_number) if detail is not None else ""
