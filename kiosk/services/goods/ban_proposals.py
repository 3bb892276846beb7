"""Proposed bans: an officer found something, a supervisor decides whether they stay out.

A proposal is a review of its own (`services.reviews`): it is about a person and not about a
case, so it stays on the list when the case is over. It ends with the ban, or by "no change".
"""

from __future__ import annotations

from uuid import UUID

from kiosk.codes import ReviewEnding, ReviewKind
from kiosk.models import Find, FindAct, Review
from kiosk.services import same
from kiosk.services.called import called
from kiosk.services.desk import Desk
from kiosk.services.duty import must_look_up
from kiosk.services.endings import end, lasting
from kiosk.services.entry import Entry
from kiosk.services.goods import find_papers
from kiosk.services.goods.find_cards import things_of
from kiosk.services.register_numbers import number_of
from kiosk.services.staff import names_of
from kiosk.values import Name, Officer
from kiosk.values.finds import BanProposal


def propose(e: Entry, find: Find) -> None:
    """Inside a transaction: whoever brought this find is to be kept out."""
    e.add(
        Review,
        subject_id=same.root(find.person_id),
        kind=ReviewKind.BAN_PROPOSED,
        cause_id=find.id,
        at=e.now,
    )


def banned(e: Entry, officer: Officer, person_id: UUID) -> None:
    """Inside a transaction: the supervisor has kept them out; nothing is proposed any more."""
    everywhere = Review.subject_id.in_(list(same.group(person_id)))
    for row in list(lasting(Review, Review.kind == ReviewKind.BAN_PROPOSED, everywhere)):
        end(e, officer, Review, row.id, ReviewEnding.HANDLED, e.day)


def proposals(desk: Desk, officer: Officer) -> tuple[BanProposal, ...]:
    """What waits for a supervisor, the oldest first; of whom was erased nothing is told.

    Everybody who registers, and an administrator, may look.
    """
    must_look_up(officer)
    rows = list(lasting(Review, Review.kind == ReviewKind.BAN_PROPOSED))
    return tuple(one for row in rows for one in _of(row))


def _of(row: Review) -> tuple[BanProposal, ...]:
    find = Find.get_by_id(row.cause_id)
    act = FindAct.get(FindAct.find_id == find.id)
    detail = find_papers.people_of((row.subject_id,)).get(row.subject_id)
    known = find_papers.prisoners_of((find.prisoner_id,)) if find.prisoner_id else {}
    prisoner = known.get(find.prisoner_id)
    if detail is None:
        return ()
    return (
        BanProposal(
            review_id=row.id,
            since=row.at,
            find_id=find.id,
            number=number_of(find.id),
            act_no=act.act_no,
            person_id=row.subject_id,
            person=called(detail),
            prisoner_id=find.prisoner_id,
            prisoner=Name(prisoner.surname, prisoner.given) if prisoner is not None else None,
            file_number=prisoner.file_number if prisoner is not None else "",
            things=things_of((find.id,))[find.id],
            by=names_of((act.staff_id,)).get(act.staff_id, ""),
        ),
    )
