"""Where a prisoner stands at any moment: the events in force, as they were known then."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import groupby
from operator import itemgetter
from uuid import UUID

from peewee import JOIN

from kiosk.clock import local_day
from kiosk.codes import Category, Condition, PrisonerEventKind, Regime, Status
from kiosk.models import Ending, PrisonerEvent
from kiosk.models.engine import RegisterFile
from kiosk.rules.days import start_of
from kiosk.services import same
from kiosk.services.desk import Desk
from kiosk.services.ids import AFTER_ALL, first_after
from kiosk.services.prepared import Prepared

# Who left like this is here again only by a new admission.
GONE = frozenset({Status.TRANSFERRED, Status.RELEASED, Status.DEAD})
# Where a stay may end by itself.
PASSING = frozenset({Status.ISOLATOR, Status.QUARANTINE, Status.HOSPITAL, Status.COURT})


@dataclass(frozen=True, slots=True)
class Event:
    """A recorded event; in force from `from_at` (UTC ms) until `until_at`.

    `undone`: it was a mistake, and never held.
    """

    event_id: UUID
    kind: PrisonerEventKind
    value: str
    from_at: int
    until_at: int | None
    paper: str
    undone: bool

    def holds(self, at: int) -> bool:
        begun = not self.undone and self.from_at <= at
        return begun and (self.until_at is None or at < self.until_at)


@dataclass(frozen=True, slots=True)
class Standing:
    """A prisoner's state at one moment.

    `status` None: not yet admitted here. `since` (UTC ms): the last moment at which it
    changed. `free_on`: the local day from which on it has ended by itself. `admitted`: the
    local day of the last arrival. `medical`: codes of the medical conclusions in force.
    `statuses`: every status event, planned ones included.
    """

    category: Category
    regime: Regime
    condition: Condition
    unit: str
    status: Status | None
    free_on: date | None
    medical: frozenset[str] = field(default_factory=frozenset)
    admitted: date | None = None
    since: int | None = None
    statuses: tuple[Event, ...] = ()


def standing_at(desk: Desk, prisoner_id: UUID, at: int) -> Standing:
    """The prisoner's state at the moment `at` (UTC ms), as it was known then.

    What was recorded or undone after that moment has not happened yet. All records of one
    prisoner count as one.
    """
    return standings_at(desk, (prisoner_id,), at)[prisoner_id]


def standings_at(desk: Desk, prisoner_ids: Collection[UUID], at: int) -> dict[UUID, Standing]:
    """As `standing_at`, of each of several prisoners; the register is asked twice for all."""
    recorded: dict[UUID, list[Event]] = {}
    for group in same.groups(prisoner_ids).values():
        of_one: list[Event] = []
        for prisoner_id in group:
            recorded.setdefault(prisoner_id, of_one)
    for prisoner_id, event in _events(desk, recorded, first_after(at)):
        recorded[prisoner_id].append(event)
    return {one: standing_of(desk, recorded[one], at) for one in prisoner_ids}


def standing_of(desk: Desk, recorded: Sequence[Event], at: int) -> Standing:
    """The state that `recorded` (of one prisoner, as `events` orders them) make at `at`."""
    now: dict[PrisonerEventKind, str] = {}
    medical: set[str] = set()
    statuses: list[Event] = []
    status: Event | None = None
    for event in recorded:
        if event.undone:
            continue
        if event.kind is PrisonerEventKind.STATUS:
            statuses.append(event)
        if event.holds(at):
            now[event.kind] = event.value
            if event.kind is PrisonerEventKind.MEDICAL:
                medical.add(event.value)
            elif event.kind is PrisonerEventKind.STATUS:
                status = event
    return Standing(
        category=Category(now.get(PrisonerEventKind.CATEGORY, Category.CONVICT)),
        regime=Regime(now.get(PrisonerEventKind.REGIME, Regime.GENERAL)),
        condition=Condition(now.get(PrisonerEventKind.CONDITION, Condition.ORDINARY)),
        unit=now.get(PrisonerEventKind.UNIT, ""),
        status=Status(status.value) if status else _status_after(statuses, at),
        free_on=_free_on(desk, status),
        medical=frozenset(medical),
        admitted=_admitted(desk, statuses, at),
        since=_since(statuses, at),
        statuses=tuple(statuses),
    )


def events(
    desk: Desk, prisoner_ids: Collection[UUID], known: int | None = None
) -> tuple[Event, ...]:
    """All events of one prisoner's records, by when they began, then by when recorded.

    `known` (UTC ms): as they were known at that moment.
    """
    # Ids rise with the moment of recording.
    before = AFTER_ALL if known is None else first_after(known)
    return tuple(event for _prisoner_id, event in _events(desk, prisoner_ids, before))


def _events(
    desk: Desk, prisoner_ids: Collection[UUID], before: UUID
) -> Iterator[tuple[UUID, Event]]:
    """Each with its prisoner, by when they began, then by when recorded."""
    rows = _EVENTS(list(prisoner_ids), before) if prisoner_ids else ()
    for prisoner_id, event_id, kind, value, from_at, until_at, paper, on_day in rows:
        yield (
            prisoner_id,
            _event(desk, event_id, kind, value, from_at, until_at, paper or "", on_day),
        )


_EVENTS = Prepared(
    lambda prisoner_ids, before: (
        PrisonerEvent.select(
            PrisonerEvent.prisoner_id,
            PrisonerEvent.id,
            PrisonerEvent.kind,
            PrisonerEvent.value,
            PrisonerEvent.from_at,
            PrisonerEvent.until_at,
            PrisonerEvent.paper,
            Ending.on_day,
        )
        .join(
            Ending,
            JOIN.LEFT_OUTER,
            # Only the gate that owns a fact ends it, and the index on endings begins with it.
            on=(Ending.gate_id == PrisonerEvent.gate_id)
            & (Ending.target_id == PrisonerEvent.id)
            & (Ending.id < before),
        )
        .where(PrisonerEvent.prisoner_id.in_(prisoner_ids), PrisonerEvent.id < before)
        .order_by(PrisonerEvent.from_at, PrisonerEvent.id)
        .tuples()
    )
)


def standings(desk: Desk, at: int) -> Iterator[tuple[UUID, Standing]]:
    """The state at `at` (UTC ms) of everybody ever recorded, one record after the other.

    For lists of all: it reads the table once. Records of one prisoner are not put together.
    """
    file: RegisterFile = PrisonerEvent._meta.database
    rows = file.execute_sql(
        'SELECT p.prisoner_id, p.id, p.kind, p.value, p.from_at, p.until_at, e."on"'
        " FROM prisoner_event p LEFT JOIN ending e"
        " ON e.gate_id = p.gate_id AND e.target_id = p.id"
        " ORDER BY p.prisoner_id, p.from_at, p.id"
    )
    for prisoner_id, of_one in groupby(rows, key=itemgetter(0)):
        recorded = [
            _event(
                desk,
                UUID(bytes=event_id),
                PrisonerEventKind(kind),
                value,
                from_at,
                until_at,
                "",
                None if on_day is None else date.fromisoformat(on_day),
            )
            for _prisoner, event_id, kind, value, from_at, until_at, on_day in of_one
        ]
        yield UUID(bytes=prisoner_id), standing_of(desk, recorded, at)


def _event(
    desk: Desk,
    event_id: UUID,
    kind: PrisonerEventKind,
    value: str,
    from_at: int,
    until_at: int | None,
    paper: str,
    on_day: date | None,
) -> Event:
    if on_day is None:
        return Event(event_id, kind, value, from_at, until_at, paper, undone=False)
    ended_at = start_of(on_day, desk.zone)
    if ended_at <= from_at:
        return Event(event_id, kind, value, from_at, until_at, paper, undone=True)
    until_at = ended_at if until_at is None else min(until_at, ended_at)
    return Event(event_id, kind, value, from_at, until_at, paper, undone=False)


def _status_after(statuses: Sequence[Event], at: int) -> Status | None:
    """Whose stay ended by itself, and who was never said to be here before, is here now."""
    return Status.PRESENT if any(event.from_at <= at for event in statuses) else None


def _since(statuses: Sequence[Event], at: int) -> int | None:
    """The last moment at which something began or ended by itself."""
    moments = [event.from_at for event in statuses]
    moments += [event.until_at for event in statuses if event.until_at is not None]
    return max((moment for moment in moments if moment <= at), default=None)


def _free_on(desk: Desk, status: Event | None) -> date | None:
    if status is None or status.until_at is None:
        return None
    return local_day(status.until_at - 1, desk.zone) + timedelta(days=1)


def _admitted(desk: Desk, statuses: Sequence[Event], at: int) -> date | None:
    """The day of the last arrival: the first status, or the first after one was gone."""
    arrived: int | None = None
    for event in statuses:
        if event.from_at > at:
            break
        if Status(event.value) in GONE:
            arrived = None
        elif arrived is None:
            arrived = event.from_at
    return None if arrived is None else local_day(arrived, desk.zone)
