"""Whom a line of a list means, and in what it differs from what the register knows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from kiosk.clock import local_day, milliseconds
from kiosk.codes import Category, PrisonerEventKind, Sex, Status
from kiosk.lists.faults import Fault
from kiosk.lists.prisoners import PrisonerLine
from kiosk.models import PrisonerDetail
from kiosk.models.engine import RegisterFile
from kiosk.names import keys
from kiosk.services import same
from kiosk.services.desk import Desk
from kiosk.services.standing import (
    GONE,
    Event,
    Standing,
    events,
    standing_of,
    standings,
)
from kiosk.text import N_
from kiosk.values.imports import FieldChange
from kiosk.values.standing import NewEvent

_STATES = {
    "category": PrisonerEventKind.CATEGORY,
    "regime": PrisonerEventKind.REGIME,
    "condition": PrisonerEventKind.CONDITION,
    "unit": PrisonerEventKind.UNIT,
}


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody of the register, as the current version and their events have them."""

    prisoner_id: UUID
    file_number: str = field(repr=False)
    surname: str = field(repr=False)
    given: str = field(repr=False)
    patronymic: str = field(repr=False)
    birth_year: int = field(repr=False)
    sex: Sex
    standing: Standing

    @property
    def is_here(self) -> bool:
        return self.standing.status is not None and self.standing.status not in GONE


@dataclass(frozen=True, slots=True)
class Difference:
    """What a line changes of somebody known. `events` are the states to be recorded."""

    fields: tuple[FieldChange, ...]
    renamed: bool
    events: tuple[NewEvent, ...]


class Register:
    """Everybody recorded, by file number, at the moment `at` (UTC ms); read once, whole."""

    def __init__(self, desk: Desk, at: int) -> None:
        self._desk = desk
        self._at = at
        self._by_number: dict[str, list[Known]] = defaultdict(list)
        roots = {one: same.root(one) for one in same.doubles()}
        state = dict(standings(desk, at))
        for root in set(roots.values()):
            state[root] = standing_of(desk, events(desk, same.group(root)), at)
        nobody = standing_of(desk, (), at)
        for prisoner_id, told in _details(roots).items():
            known = Known(prisoner_id, *told, state.pop(prisoner_id, nobody))
            self._by_number[number_key(known.file_number)].append(known)

    def all(self) -> Iterable[Known]:
        for holders in self._by_number.values():
            yield from holders

    def find(self, line: PrisonerLine) -> Known | None:
        """The one of this number, birth year and surname; None when the number is new.

        Raises Fault when the number is somebody else's: a person compares the two.
        """
        holders = self._by_number.get(number_key(line.file_number), ())
        alike = [one for one in holders if _is(one, line)]
        if len(alike) == 1:
            return alike[0]
        if len(alike) > 1:
            raise Fault(N_("This prisoner is recorded twice. Join the two records first."))
        if holders:
            raise Fault(
                N_("Look at this: the number is recorded for {name}, born {year}."),
                name=f"{holders[0].surname} {holders[0].given}",
                year=holders[0].birth_year,
            )
        return None

    def holder(self, file_number: str) -> UUID:
        """Whose number it is. Raises Fault when it is nobody's, or that of several."""
        holders = self._by_number.get(number_key(file_number), ())
        if len(holders) == 1:
            return holders[0].prisoner_id
        if holders:
            raise Fault(N_("Look at this: several prisoners are recorded with this number."))
        raise Fault(N_("No prisoner is recorded with this number."))

    def difference(self, line: PrisonerLine, known: Known) -> Difference:
        """In what the line differs. Raises Fault when the register knows something later."""
        fields: list[FieldChange] = []
        for column, old, new in (
            ("surname", known.surname, line.surname),
            ("given_names", known.given, line.given),
            ("patronymic", known.patronymic, line.patronymic),
        ):
            if new and _folded(new) != _folded(old):
                fields.append(FieldChange(column, old, new))
        if line.sex is not None and line.sex != known.sex:
            fields.append(FieldChange("sex", known.sex, line.sex))
        renamed = bool(fields)
        happened: list[NewEvent] = []
        for column, kind in _STATES.items():
            old, new = getattr(known.standing, column), getattr(line, column)
            if new and new != old:
                fields.append(FieldChange(column, old, new))
                happened.append(NewEvent(kind, new, self._at))
        moved = self._moved(line, known.standing)
        if moved is not None:
            fields.append(self._shown(known.standing, moved))
            happened.append(moved)
        return Difference(tuple(fields), renamed, tuple(happened))

    def since(self, line: PrisonerLine) -> int:
        """The moment from which the line's status holds; without one, now."""
        if line.since is None:
            return self._at
        return min(milliseconds(line.since.replace(tzinfo=self._desk.zone)), self._at)

    def _moved(self, line: PrisonerLine, standing: Standing) -> NewEvent | None:
        status = line.status or (standing.status if line.since is not None else None)
        if status is None:
            return None
        same_status = status is standing.status
        if line.since is None:
            return None if same_status else NewEvent(_STATUS, status, self._at)
        since, day = self.since(line), line.since.date()
        if any(self._is_of(event, status, day) for event in standing.statuses):
            if same_status:
                return None
            raise self._later(standing)
        if not standing.statuses or (same_status and since < standing.statuses[0].from_at):
            return NewEvent(_STATUS, status, since)
        last = standing.since or 0
        if day < local_day(last, self._desk.zone):
            raise self._later(standing)
        # Of the same day as what is known, and after it.
        return NewEvent(_STATUS, status, max(since, last + 1))

    def _is_of(self, event: Event, status: Status, day: object) -> bool:
        return event.value == status and local_day(event.from_at, self._desk.zone) == day

    def _later(self, standing: Standing) -> Fault:
        assert standing.status is not None
        assert standing.since is not None
        return Fault(
            N_("Look at this: the register has something later, {status} since {day}."),
            status=standing.status,
            day=f"{local_day(standing.since, self._desk.zone):%d.%m.%Y}",
        )

    def _shown(self, standing: Standing, moved: NewEvent) -> FieldChange:
        if standing.status == moved.value:
            day = None if standing.since is None else local_day(standing.since, self._desk.zone)
            return FieldChange("status_since", day, local_day(moved.from_at, self._desk.zone))
        return FieldChange("status", standing.status, Status(moved.value))


_STATUS = PrisonerEventKind.STATUS


def lacking(line: PrisonerLine) -> str | None:
    """The column without which nobody new can be recorded; None when all is there."""
    wanted: tuple[tuple[str, object], ...] = (
        ("given_names", line.given),
        ("sex", line.sex),
        ("category", line.category),
        ("regime", line.regime or line.category is Category.REMAND),
    )
    return next((column for column, told in wanted if not told), None)


def number_key(file_number: str) -> str:
    """File numbers as they are compared: capitals and spaces make no difference."""
    return "".join(file_number.casefold().split())


def _is(known: Known, line: PrisonerLine) -> bool:
    if known.birth_year != line.birth_year:
        return False
    if _folded(known.surname) == _folded(line.surname):
        return True
    return not keys(known.surname).isdisjoint(keys(line.surname))


def _folded(name: str) -> str:
    """Offices write Ё as Е, and whole names in capitals: neither is a change."""
    return name.casefold().replace("ё", "е")


_Told = tuple[str, str, str, str, int, Sex]


def _details(roots: Mapping[UUID, UUID]) -> dict[UUID, _Told]:
    """The current version of everybody; of records that are one prisoner, under the first."""
    file: RegisterFile = PrisonerDetail._meta.database
    rows = file.execute_sql(
        "SELECT prisoner_id, file_number, surname, given, patronymic, birth_year, sex"
        " FROM prisoner_detail ORDER BY id"
    )
    current: dict[UUID, _Told] = {}
    for prisoner, number, surname, given, patronymic, year, sex in rows:
        one = UUID(bytes=prisoner)
        told = (number, surname, given, patronymic or "", year, Sex(sex))
        current[roots.get(one, one)] = told
    return current
