"""Prisoners: entered by an administrator, followed by their events, shown on a card."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from uuid import UUID

from peewee import JOIN

from kiosk.clock import local_day, milliseconds
from kiosk.codes import (
    Action,
    Category,
    Condition,
    PrisonerEventKind,
    Regime,
    SearchKind,
    Status,
)
from kiosk.errors import Invalid, NotFound
from kiosk.models import Ending, Prisoner, PrisonerDetail, PrisonerEvent
from kiosk.services import same
from kiosk.services.desk import Desk
from kiosk.services.duty import must_administer, must_supervise
from kiosk.services.entry import Entry, entry, moment
from kiosk.services.search_words import remember
from kiosk.text import N_, clean
from kiosk.values import Name, Officer, PrisonerCard, PrisonerEntry

_UNIT = re.compile(r"[A-Za-z0-9_]{1,24}", re.ASCII)
# Whoever is here again comes by a new admission, not by the end of a term.
_WITHOUT_END = frozenset({Status.PRESENT, Status.TRANSFERRED, Status.RELEASED, Status.DEAD})


@dataclass(frozen=True, slots=True)
class Standing:
    """A prisoner's state at one moment, from the events up to then.

    `status` None: not yet admitted here. `free_on`: the local day on which the status
    ends by itself. `medical`: codes of medical conclusions.
    """

    category: Category
    regime: Regime
    condition: Condition
    unit: str
    status: Status | None
    free_on: date | None
    medical: frozenset[str] = field(default_factory=frozenset)


def enter_prisoner(desk: Desk, officer: Officer, entered: PrisonerEntry) -> PrisonerCard:
    """Record a new prisoner. An administrator does this.

    Raises Invalid when a field cannot be recorded, or when the file number belongs to
    somebody already: the two are then compared by a person, never merged by a machine.
    """
    must_administer(officer)
    with entry(desk, Action.RECORD_PRISONER, officer=officer) as e:
        _check(entered, local_day(e.now, desk.zone))
        _check_file_number(clean(entered.file_number, 20))
        prisoner_id = record(desk, e, officer, entered)
        e.object_id = prisoner_id
        return card_at(desk, prisoner_id, e.now)


def record(desk: Desk, e: Entry, officer: Officer, entered: PrisonerEntry) -> UUID:
    """Write the rows of a prisoner inside the transaction `e`; `entered` is checked."""
    entered = _cleaned(entered)
    prisoner = e.add(Prisoner, at=e.now)
    e.add(
        PrisonerDetail,
        prisoner_id=prisoner,
        file_number=entered.file_number,
        prison=desk.prison,
        surname=entered.surname,
        given=entered.given,
        patronymic=entered.patronymic or None,
        birth_year=entered.birth_year,
        sex=entered.sex,
    )
    events = {
        PrisonerEventKind.STATUS: entered.status,
        PrisonerEventKind.CATEGORY: entered.category,
        PrisonerEventKind.REGIME: entered.regime,
        PrisonerEventKind.CONDITION: entered.condition,
        PrisonerEventKind.UNIT: entered.unit,
    }
    for kind, value in events.items():
        if value:
            _event(e, officer, prisoner, kind, value, e.now)
    remember(
        SearchKind.PRISONER,
        prisoner,
        entered.surname,
        entered.given,
        entered.patronymic,
        entered.file_number,
    )
    return prisoner


def set_status(
    desk: Desk, officer: Officer, prisoner_id: UUID, status: Status, until: date | None = None
) -> PrisonerCard:
    """Say where the prisoner is from now on. A supervisor or an administrator does this.

    `until` is the last local day of the isolator, quarantine, hospital or court; the
    prisoner is present again from the next day on. What was planned before is undone.
    Raises NotFound for an unknown prisoner, Invalid for an `until` that cannot be.
    """
    must_supervise(officer)
    with entry(desk, Action.RECORD_PRISONER, officer=officer, object_id=prisoner_id) as e:
        today = local_day(e.now, desk.zone)
        if until is not None and (status in _WITHOUT_END or until < today):
            raise Invalid(
                "until", N_("This status cannot end on {day}."), day=f"{until:%d.%m.%Y}"
            )
        card_at(desk, prisoner_id, e.now)
        for planned in _events(prisoner_id):
            if planned.kind == PrisonerEventKind.STATUS and planned.from_at > e.now:
                e.add(
                    Ending,
                    target_id=planned.id,
                    target="prisoner_event",
                    reason="replaced",
                    on_day=today,
                    staff_id=officer.staff_id,
                )
        _event(e, officer, prisoner_id, PrisonerEventKind.STATUS, status, e.now)
        if until is not None:
            midnight = datetime.combine(until + timedelta(days=1), time(), desk.zone)
            _event(
                e,
                officer,
                prisoner_id,
                PrisonerEventKind.STATUS,
                Status.PRESENT,
                milliseconds(midnight),
            )
        return card_at(desk, prisoner_id, e.now)


def card(desk: Desk, prisoner_id: UUID) -> PrisonerCard:
    """The prisoner as known now. Raises NotFound."""
    return card_at(desk, prisoner_id, moment(desk))


def card_at(desk: Desk, prisoner_id: UUID, at: int) -> PrisonerCard:
    """The prisoner as known at the moment `at` (UTC ms). Raises NotFound."""
    return known_at(desk, prisoner_id, at)[0]


def known_at(desk: Desk, prisoner_id: UUID, at: int) -> tuple[PrisonerCard, Standing]:
    """The card, and the state behind it as the rules need it. Raises NotFound."""
    detail = detail_of(prisoner_id)
    standing = standing_at(desk, prisoner_id, at)
    until = None
    if standing.free_on is not None:
        until = standing.free_on - timedelta(days=1)
    card = PrisonerCard(
        prisoner_id=same.root(prisoner_id),
        detail_id=detail.id,
        file_number=detail.file_number,
        name=name_of(detail),
        birth_year=detail.birth_year,
        sex=detail.sex,
        category=standing.category,
        regime=standing.regime,
        condition=standing.condition,
        unit=standing.unit,
        # A card has no word for "not yet here"; the rules are told apart by `standing_at`.
        status=standing.status or Status.TRANSFERRED,
        status_until=until,
    )
    return card, standing


def detail_of(prisoner_id: UUID) -> PrisonerDetail:
    """The current version of what is known, of all records of them. Raises NotFound."""
    detail: PrisonerDetail | None = (
        PrisonerDetail.select()
        .where(PrisonerDetail.prisoner_id.in_(list(same.group(prisoner_id))))
        .order_by(PrisonerDetail.id.desc())
        .first()
    )
    if detail is None:
        raise NotFound(N_("There is no such prisoner in the register."))
    return detail


def name_of(detail: PrisonerDetail) -> Name:
    return Name(detail.surname, detail.given, detail.patronymic or "")


def standing_at(desk: Desk, prisoner_id: UUID, at: int) -> Standing:
    """The prisoner's state at the moment `at` (UTC ms)."""
    now: dict[str, str] = {}
    free_on: date | None = None
    medical: set[str] = set()
    for event in _events(prisoner_id):
        if event.from_at <= at:
            if event.kind == PrisonerEventKind.MEDICAL:
                medical.add(event.value)
            now[event.kind] = event.value
        elif event.kind == PrisonerEventKind.STATUS and event.value == Status.PRESENT:
            free_on = free_on or local_day(event.from_at, desk.zone)
    status = now.get(PrisonerEventKind.STATUS)
    return Standing(
        category=Category(now.get(PrisonerEventKind.CATEGORY, Category.CONVICT)),
        regime=Regime(now.get(PrisonerEventKind.REGIME, Regime.GENERAL)),
        condition=Condition(now.get(PrisonerEventKind.CONDITION, Condition.ORDINARY)),
        unit=now.get(PrisonerEventKind.UNIT, ""),
        status=Status(status) if status else None,
        free_on=free_on,
        medical=frozenset(medical),
    )


def _events(prisoner_id: UUID) -> Iterable[PrisonerEvent]:
    """All events that were not undone, oldest first; two of one moment by when recorded."""
    # Only the gate that owns a fact ends it, and the index on endings begins with the gate.
    undone = (Ending.gate_id == PrisonerEvent.gate_id) & (Ending.target_id == PrisonerEvent.id)
    query = (
        PrisonerEvent.select()
        .join(Ending, JOIN.LEFT_OUTER, on=undone)
        .where(
            PrisonerEvent.prisoner_id.in_(list(same.group(prisoner_id))), Ending.id.is_null()
        )
        .order_by(PrisonerEvent.from_at, PrisonerEvent.id)
    )
    return list(query)


def _event(
    e: Entry, officer: Officer, prisoner_id: UUID, kind: PrisonerEventKind, value: str, at: int
) -> None:
    e.add(
        PrisonerEvent,
        prisoner_id=prisoner_id,
        kind=kind,
        value=value,
        from_at=at,
        staff_id=officer.staff_id,
    )


def _cleaned(entered: PrisonerEntry) -> PrisonerEntry:
    """Text as it will be recorded, so that its words are those of what is recorded."""
    return replace(
        entered,
        file_number=clean(entered.file_number, 20),
        surname=clean(entered.surname, 60),
        given=clean(entered.given, 60),
        patronymic=clean(entered.patronymic, 60),
    )


def _check(entered: PrisonerEntry, today: date) -> None:
    if not clean(entered.file_number, 20):
        raise Invalid("file_number", N_("The file number is missing."))
    if not clean(entered.surname, 60):
        raise Invalid("surname", N_("The surname is missing."))
    if not clean(entered.given, 60):
        raise Invalid("given", N_("The given name is missing."))
    if not today.year - 110 <= entered.birth_year <= today.year - 14:
        raise Invalid("birth_year", N_("The year of birth cannot be right."))
    if entered.unit and not _UNIT.fullmatch(entered.unit):
        raise Invalid("unit", N_("The unit is written with Latin letters and digits."))


def _check_file_number(file_number: str) -> None:
    """Numbers are used again after years, so it is the current holders that count."""
    for row in PrisonerDetail.select().where(PrisonerDetail.file_number == file_number):
        holder = detail_of(row.prisoner_id)
        if holder.file_number == file_number:
            raise Invalid(
                "file_number",
                N_("File {file} is recorded: {name}, born {year}. Nothing was changed."),
                file=file_number,
                name=name_of(holder).full,
                year=holder.birth_year,
            )


__all__ = [
    "Standing",
    "card",
    "card_at",
    "detail_of",
    "enter_prisoner",
    "known_at",
    "name_of",
    "record",
    "set_status",
    "standing_at",
]
