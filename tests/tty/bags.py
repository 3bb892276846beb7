"""A gate at which bags are brought: who brings or sends them, for whom, what is stored."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from kiosk.clock import FixedClock, SystemClock
from kiosk.codes import (
    Consent,
    JobState,
    PlaceKind,
    Role,
    Service,
    Sex,
    Status,
)
from kiosk.config import load
from kiosk.services import (
    people,
    print_queue,
    prisoner_events,
    relations,
    staff,
)
from kiosk.services.desk import Desk
from kiosk.services.goods import accepting, asking, catalogue, places
from kiosk.services.opening import open_register
from kiosk.values import (
    MemberRequest,
    Stated,
)
from kiosk.values.goods import BroughtLine, GoodsRecorded, GoodsRequest
from tests.tty import house
from tests.tty.gate import Gate
from tests.tty.household import (
    OFFICER,
    PASSPHRASE,
    SUPERVISOR,
    Caller,
    Prisoner,
    enter,
    entered,
)

HOUR = 3_600_000  # ms
COLLEAGUE = "asanov"

ORDINARY = Prisoner(201, "Осмонов")
SICK = Prisoner(202, "Токтосунов")
POSTED_TO = Prisoner(203, "Жумабаев")
MOVES = Prisoner(204, "Садыков")
LEFT = Prisoner(205, "Бекмуратов")
REFUSES = Prisoner(206, "Ибраимов")
WAITS = Prisoner(207, "Алиев")
PRISONERS = (ORDINARY, SICK, POSTED_TO, MOVES, LEFT, REFUSES, WAITS)

MOTHER = Caller(51, "Осмонова", "OSMONOVA", ORDINARY, language="ru")
DAUGHTER = Caller(52, "Токтосунова", "TOKTOSUNOVA", SICK)
AUNT = Caller(53, "Мамытова", "MAMYTOVA", POSTED_TO)
SISTER = Caller(54, "Садыкова", "SADYKOVA", MOVES)
LATE = Caller(55, "Бекмуратова", "BEKMURATOVA", LEFT)
UNWANTED = Caller(56, "Ибраимова", "IBRAIMOVA", REFUSES)
WIFE = Caller(57, "Алиева", "ALIEVA", WAITS)
SENDERS = (MOTHER, DAUGHTER, AUNT, SISTER, LATE, UNWANTED, WIFE)


def configure(gate: Gate) -> None:
    """A label that is held there again is another scan, however soon."""
    told = gate.config.read_text()
    gate.config.write_text(told.replace("[reader]\n", "[reader]\ndedupe_ms = 0\n"))


def furnish(gate: Gate) -> dict[Caller, GoodsRecorded]:
    """Staff, prisoners, senders, places; and what was brought before: of the wife bread that
    is past its day, of the sister soap for somebody who will be moved."""
    now = SystemClock().now()
    clock = FixedClock(now - 40 * house.DAY)
    register = open_register(load(gate.config), clock=clock)
    try:
        before = register.db.run_write(_Before, register.desk)
        clock.at = now - 26 * HOUR
        bread, soap = before.thing("br"), before.thing("so")
        stored = {
            WIFE: register.db.run_write(before.bring, WIFE, BroughtLine(bread, pieces=2)),
            SISTER: register.db.run_write(before.bring, SISTER, BroughtLine(soap, pieces=3)),
        }
        clock.at = now - HOUR
        register.db.run_write(before.this_morning)
        return stored
    finally:
        register.db.close()


class _Before:
    """Acts as those who work here."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        administrator = staff.create_first_administrator(
            desk, "osmonov", "Осмонов Д.", Sex.MALE, PASSPHRASE, cost=house.QUICK
        )
        self.officer, _colleague, self.supervisor = (
            staff.add_user(
                desk,
                administrator,
                login,
                name,
                sex,
                frozenset({role}),
                PASSPHRASE,
                cost=house.QUICK,
            )
            for login, name, sex, role in (
                (OFFICER, "Исмаилов Б.", Sex.MALE, Role.OFFICER),
                (COLLEAGUE, "Асанов К.", Sex.MALE, Role.OFFICER),
                (SUPERVISOR, "Бекова М.", Sex.FEMALE, Role.SUPERVISOR),
            )
        )
        self.prisoners = {one: enter(desk, administrator, one) for one in PRISONERS}
        self.people = {one: self._person(one) for one in SENDERS}
        for code, kind in (
            ("C-1", PlaceKind.COLD),
            ("A-1", PlaceKind.SHELF),
            ("R-1", PlaceKind.RETURNS),
        ):
            places.record(desk, self.supervisor, code, kind, capacity=9)
        self.entries = {one.code: one for one in catalogue.in_force(desk, desk.day())}

    def thing(self, code: str) -> Any:
        return self.entries[code]

    def bring(self, one: Caller, *lines: BroughtLine) -> GoodsRecorded:
        desk, officer = self.desk, self.officer
        request = GoodsRequest(
            case_id=accepting.new_case_id(desk),
            service=Service.PACKAGE,
            prisoner_id=self.prisoners[one.to],
            sender=MemberRequest(self.people[one], one.relation),
            lines=lines,
            gross_grams=2500,
        )
        seen = asking.propose(desk, officer, request)
        recorded = accepting.accept(desk, officer, request, seen.decision, seen.earlier)
        for job_id in recorded.jobs:
            print_queue.mark(desk, job_id, JobState.SENDING)
            print_queue.mark(desk, job_id, JobState.CONFIRMED)
        return recorded

    def this_morning(self) -> None:
        """One was transferred; one wants nothing from her."""
        desk = self.desk
        prisoner_events.set_status(
            desk, self.supervisor, self.prisoners[LEFT], Status.TRANSFERRED
        )
        relations.answer(
            desk, self.officer, self.people[UNWANTED], self.prisoners[REFUSES], Consent.NO
        )

    def _person(self, one: Caller) -> UUID:
        entry = entered(one, self.desk.day())
        stated = Stated(self.prisoners[one.to], one.relation, one.proof)
        return people.register(self.desk, self.officer, entry, stated).person_id
