"""Papers that let somebody visit a prisoner: from an investigator, a court or the head."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any, cast
from uuid import UUID

from peewee import JOIN

from kiosk.codes import Action, CaseState, Issuer, StepKind
from kiosk.errors import Invalid, NotFound
from kiosk.models import CaseNow, Member, Permission, Step
from kiosk.rules.facts import PermissionFacts
from kiosk.services import known, person_card, prisoners, same
from kiosk.services.called import called
from kiosk.services.desk import Desk
from kiosk.services.duty import must_look_up, must_register, must_supervise
from kiosk.services.endings import end as end_fact
from kiosk.services.endings import lasting
from kiosk.services.entry import entry
from kiosk.services.prepared import Prepared
from kiosk.services.relations import span_of
from kiosk.services.under_way import MEMBERS
from kiosk.text import N_, clean
from kiosk.values import Officer, PermissionEntry, PermissionLine

USES_AT_MOST = 366

# These took nothing: the paper may be used once more.
_GIVEN_BACK = (CaseState.REFUSED, CaseState.CANCELLED, CaseState.VOID)


# ---- for the rules


def naming(
    desk: Desk,
    prisoner_ids: Collection[UUID],
    person_ids: Collection[UUID],
    besides_case: UUID | None = None,
) -> dict[UUID, tuple[PermissionFacts, ...]]:
    """The papers for each of `person_ids` to the prisoner, oldest first.

    A paper for an office names nobody, so it lets nobody in by itself. What was used is
    counted without `besides_case`: a booking does not stand in its own way.
    """
    groups = same.groups(person_ids)
    everybody = {one for group in groups.values() for one in group}
    rows = _NAMING(list(prisoner_ids), list(everybody))
    used = used_of([row.id for row in rows], besides_case)
    return {
        person_id: tuple(
            _facts(desk, row, used[row.id]) for row in rows if row.person_id in group
        )
        for person_id, group in groups.items()
    }


_NAMING = Prepared(
    lambda prisoner_ids, person_ids: lasting(
        Permission,
        Permission.prisoner_id.in_(prisoner_ids),
        Permission.person_id.in_(person_ids),
    )
)


def to_use(permissions: Iterable[PermissionFacts], at: int) -> UUID | None:
    """Which of the papers a visit at the moment `at` (UTC ms) uses: the one that ends first.

    None when none of them is in force and has a use left.
    """
    good = [
        one
        for one in permissions
        if one.span.holds(at) and (one.uses is None or one.used < one.uses)
    ]
    if not good:
        return None
    first = min(good, key=lambda one: (one.span.until_at is None, one.span.until_at or 0))
    return UUID(first.permission)


def used_of(
    permission_ids: Collection[UUID], besides_case: UUID | None = None
) -> Mapping[UUID, int]:
    """How often each paper was used: by members who name it, of cases not given back.

    Somebody who was booked and does not come in with the others uses nothing.
    """
    used = dict.fromkeys(permission_ids, 0)
    if not used:
        return used
    admitted = (Step.case_id == Member.case_id) & (Step.kind == StepKind.ADMITTED)
    query = (
        Member.select(Member.permission_id, Member.no, Step.data)
        .join(CaseNow, on=(CaseNow.case_id == Member.case_id))
        .join(Step, JOIN.LEFT_OUTER, on=admitted)
        .where(
            Member.permission_id.in_(list(permission_ids)),
            CaseNow.state.not_in(_GIVEN_BACK),
            known.so_far(Member),
        )
    )
    if besides_case is not None:
        query = query.where(Member.case_id != besides_case)
    for permission_id, no, data in cast("Iterable[tuple[UUID, int, Any]]", query.tuples()):
        let_in = (data or {}).get(MEMBERS)
        used[permission_id] += let_in is None or no in let_in
    return used


def _facts(desk: Desk, row: Permission, used: int) -> PermissionFacts:
    return PermissionFacts(
        permission=str(row.id),
        issuer=row.issuer,
        number=row.paper_no,
        prisoner=prisoners.detail_of(row.prisoner_id).file_number,
        span=span_of(desk, row.from_day, row.to_day),
        uses=row.uses,
        used=used,
    )


# ---- what is recorded


def grant(desk: Desk, officer: Officer, entered: PermissionEntry) -> UUID:
    """Record a paper as it lies before the officer; whoever registers does this.

    Raises Invalid, naming the field; NotFound for an unknown prisoner or person.
    """
    must_register(officer)
    number, office = clean(entered.paper_no, 20), clean(entered.office, 60)
    with entry(desk, Action.RECORD_PERMISSION, officer=officer) as e:
        prisoners.detail_of(entered.prisoner_id)
        if entered.person_id is not None:
            person_card.detail_of(entered.person_id)
        elif not office:
            raise Invalid("person", N_("Name the visitor, or the office the paper is for."))
        if not number:
            raise Invalid("paper_no", N_("The number of the paper is missing."))
        if entered.to_day is not None and entered.to_day < entered.from_day:
            raise Invalid("to_day", N_("The paper would end before it begins."))
        if entered.to_day is not None and entered.to_day < e.day:
            raise Invalid("to_day", N_("This paper is over already. Nothing was recorded."))
        if entered.uses is not None and not 1 <= entered.uses <= USES_AT_MOST:
            raise Invalid("uses", N_("A paper is good for 1 to 366 visits."))
        for row in lasting(
            Permission,
            Permission.prisoner_id.in_(list(same.group(entered.prisoner_id))),
            Permission.paper_no == number,
            Permission.issuer == entered.issuer,
        ):
            if row.person_id == entered.person_id and row.from_day == entered.from_day:
                raise Invalid(
                    "paper_no", N_("This paper is recorded already. Nothing was changed.")
                )
        e.object_id = e.add(
            Permission,
            prisoner_id=same.root(entered.prisoner_id),
            person_id=entered.person_id,
            office=office or None,
            issuer=entered.issuer,
            paper_no=number,
            from_day=entered.from_day,
            to_day=entered.to_day,
            uses=entered.uses,
            staff_id=officer.staff_id,
        )
        return e.object_id


def end(desk: Desk, officer: Officer, permission_id: UUID) -> None:
    """Say that a paper counts no more: withdrawn, or entered by mistake.

    A supervisor or an administrator does this. Raises NotFound when it was ended already.
    """
    must_supervise(officer)
    with entry(desk, Action.END_PERMISSION, officer=officer, object_id=permission_id) as e:
        if lasting(Permission, Permission.id == permission_id).first() is None:
            raise NotFound(N_("This paper was ended already. Nothing was changed."))
        end_fact(e, officer, Permission, permission_id, "ended", e.day)


# ---- lists


def of_prisoner(desk: Desk, officer: Officer, prisoner_id: UUID) -> tuple[PermissionLine, ...]:
    """The papers that name a prisoner, the newest first.

    Everybody who registers, and an administrator, may look.
    """
    must_look_up(officer)
    return _lines(Permission.prisoner_id.in_(list(same.group(prisoner_id))))


def of_person(desk: Desk, officer: Officer, person_id: UUID) -> tuple[PermissionLine, ...]:
    """The papers that name a visitor, the newest first; who may look is as above."""
    must_look_up(officer)
    return _lines(Permission.person_id.in_(list(same.group(person_id))))


def _lines(condition: Any) -> tuple[PermissionLine, ...]:
    rows = list(lasting(Permission, condition))
    used = used_of([row.id for row in rows])
    return tuple(_line(row, used[row.id]) for row in reversed(rows))


def _line(row: Permission, used: int) -> PermissionLine:
    prisoner = prisoners.detail_of(row.prisoner_id)
    person = person_card.detail_of(row.person_id) if row.person_id is not None else None
    return PermissionLine(
        permission_id=row.id,
        prisoner_id=row.prisoner_id,
        prisoner=called(prisoner),
        file_number=prisoner.file_number,
        person=called(person) if person else None,
        office=row.office or "",
        issuer=Issuer(row.issuer),
        paper_no=row.paper_no,
        from_day=row.from_day,
        to_day=row.to_day,
        uses=row.uses,
        used=used,
    )
