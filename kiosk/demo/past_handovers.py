"""What became of the demo's past packages: acts, handovers, and what went back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

from kiosk.codes import (
    Action,
    CaseState,
    FindClass,
    GoneReason,
    PassedTo,
    PlaceKind,
    Service,
    StepKind,
)
from kiosk.demo.officer import OFFICER, SECOND
from kiosk.models import FindAct, StepWords
from kiosk.rules.facts import Use
from kiosk.services import ledger
from kiosk.services.desk import Desk
from kiosk.services.entry import Entry, entry
from kiosk.services.under_way import UnderWay
from kiosk.values.goods import PlaceLine

DOCTOR = "Осмонова Таалайкүл"


class Shelves:
    """Which places of the storage are free at the moment at which the past has arrived."""

    def __init__(self, places: Collection[PlaceLine]) -> None:
        self._free: dict[PlaceKind, list[UUID]] = defaultdict(list)
        self._kinds = {one.place_id: one.kind for one in places}
        for one in places:
            self._free[one.kind].append(one.place_id)

    def take(self, *kinds: PlaceKind) -> UUID | None:
        """A place of the first of these kinds that has one free."""
        free = next((self._free[kind] for kind in kinds if self._free[kind]), None)
        return free.pop(0) if free else None

    def give_up(self, place_id: UUID | None) -> None:
        if place_id is not None:
            self._free[self._kinds[place_id]].append(place_id)


@dataclass(frozen=True, slots=True)
class Found:
    """What was found in a package, and the number that its act gets."""

    find_id: UUID
    act_no: str
    kind: FindClass


@dataclass(slots=True)
class Brought:
    """A package once it was recorded: where it stands, what is still to be done, and what it
    took of the entitlement."""

    service: Service
    prisoner_id: UUID
    under_way: UnderWay
    finds: tuple[Found, ...]
    has_medicine: bool
    place_id: UUID | None = None
    use: Use | None = None

    @property
    def is_stored(self) -> bool:
        return self.under_way.state is CaseState.STORED


def write_acts(desk: Desk, brought: Brought) -> None:
    with _goes_on(desk, brought, Action.WRITE_ACT) as e:
        for found in brought.finds:
            is_phone = found.kind is FindClass.PHONE
            e.add(
                FindAct,
                find_id=found.find_id,
                act_no=found.act_no,
                article=desk.article,
                passed_to=PassedTo.POLICE,
                witness_id=SECOND.staff_id,
                fine_tyiyn=(desk.phone_fine_tyiyn if is_phone else desk.fine_tyiyn) or None,
                at=e.now,
                staff_id=OFFICER.staff_id,
            )


def pass_to_medical(desk: Desk, shelves: Shelves, brought: Brought) -> None:
    """The medical unit takes what is for it; of a medical package that is all."""
    with _goes_on(desk, brought, Action.PASS_TO_MEDICAL) as e:
        under_way = brought.under_way
        step_id = under_way.step(
            StepKind.PASSED_TO_MEDICAL, CaseState.STORED, data={"signed": 1}
        )
        e.add(StepWords, step_id=step_id, prisoner_id=brought.prisoner_id, signed_by=DOCTOR)
        if brought.service is Service.MEDICAL_PACKAGE:
            under_way.step(StepKind.CLOSED, CaseState.CLOSED)
            shelves.give_up(brought.place_id)


def hand_over(desk: Desk, shelves: Shelves, brought: Brought) -> None:
    with _goes_on(desk, brought, Action.HAND_OVER):
        brought.under_way.step(StepKind.HANDED_OVER, CaseState.CLOSED, data={"signed": 1})
        shelves.give_up(brought.place_id)


def send_back(desk: Desk, shelves: Shelves, brought: Brought, reason: GoneReason) -> None:
    """It waits for its sender, and what it took of the entitlement is given back."""
    with _goes_on(desk, brought, Action.SEND_BACK) as e:
        shelves.give_up(brought.place_id)
        brought.place_id = shelves.take(PlaceKind.RETURNS)
        data: dict[str, object] | None = None
        if brought.place_id is not None:
            data = {"place": brought.place_id}
        step, state = StepKind.NOT_TO_PRISONER, CaseState.TO_RETURN
        brought.under_way.step(step, state, reason=reason, data=data)
        ledger.give_back(e, OFFICER, brought.under_way.case_id)


def give_to_sender(desk: Desk, shelves: Shelves, brought: Brought) -> None:
    with _goes_on(desk, brought, Action.RETURN_GOODS):
        data: dict[str, object] = {"signed": 1, "proxy": 0}
        brought.under_way.step(StepKind.RETURNED, CaseState.CLOSED, data=data)
        shelves.give_up(brought.place_id)


@contextmanager
def _goes_on(desk: Desk, brought: Brought, action: Action) -> Iterator[Entry]:
    case_id = brought.under_way.case_id
    with entry(desk, action, officer=OFFICER, object_id=case_id) as e:
        brought.under_way.e = e
        yield e
