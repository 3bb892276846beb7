"""A furnished register for tests of screens: who works there, who comes, who sits there.

Every visitor of `COMING` was here forty days ago, each with a prisoner of their own, so that a
scan proposes the same visit again and one Enter admits.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from devices import mrz
from kiosk.clock import FixedClock, SystemClock, local_day
from kiosk.codes import (
    BanGround,
    Category,
    Condition,
    JobState,
    Regime,
    Relation,
    RestrictionKind,
    Role,
    Service,
    Sex,
)
from kiosk.config import load
from kiosk.models.database import Database
from kiosk.scans import document_seen
from kiosk.services import (
    departures,
    people,
    print_queue,
    printing,
    prisoners,
    restricting,
    staff,
    visits,
)
from kiosk.services.desk import Desk
from kiosk.services.opening import open_register
from kiosk.values import (
    MemberRequest,
    Officer,
    PersonEntry,
    PrisonerEntry,
    RestrictionEntry,
    VisitRequest,
)
from tests.tty.gate import PASSPHRASE, Gate
from tests.tty.harness import Glass
from tests.unit.mrz_builder import Holder

DAY = 24 * 3_600_000  # ms
QUICK = staff.Cost(memory_kib=64, passes=1)

OFFICER, ADMINISTRATOR, SUPERVISOR = "ismailov", "osmonov", "bekova"

_SURNAMES = (
    ("Асанова", "ASANOVA"),
    ("Өмүралиева", "OMURALIEVA"),
    ("Жээнбекова", "ZHEENBEKOVA"),
    ("Кеңешова", "KENGESHOVA"),
    ("Мамытова", "MAMYTOVA"),
    ("Үсөнова", "USONOVA"),
    ("Сыдыкова", "SYDYKOVA"),
    ("Эргешова", "ERGESHOVA"),
)


@dataclass(frozen=True)
class Visitor:
    """`holder` is what their card says; `name` how the register writes them."""

    holder: Holder
    surname: str
    given: str
    file_number: str

    @property
    def name(self) -> str:
        return f"{self.surname} {self.given}"


def visitor(no: int, **changes: str) -> Visitor:
    """The visitor with this number; `changes` are made to their card."""
    surname, latin = _SURNAMES[no % len(_SURNAMES)]
    holder = Holder(
        number=f"ID3{no:06d}",
        optional=f"112031986{no:05d}",
        surname=latin,
        given="AIGUL",
    ).but(**changes)
    return Visitor(holder, surname, "Айгүл", f"{no:04d}/20")


COMING = tuple(visitor(number) for number in range(1, 31))
BANNED = visitor(40)
EXPIRED = visitor(41, expiry="250520")
WITHDRAWN = visitor(42, number="AN3000042")
PASSPORT = visitor(43, code="P", number="PE3000043")
NEWCOMERS = tuple(visitor(number) for number in range(50, 70))


def furnish(gate: Gate, coming: Iterable[Visitor] = COMING) -> None:
    """Staff, prisoners, and a past for `coming` and those who will not pass."""
    founded = FixedClock(SystemClock().now() - 40 * DAY)
    register = open_register(load(gate.config), clock=founded)
    try:
        everybody = (*coming, EXPIRED, WITHDRAWN, PASSPORT)
        register.db.run_write(_furnish, register.desk, everybody)
    finally:
        register.db.close()


def _furnish(desk: Desk, everybody: Iterable[Visitor]) -> None:
    administrator = staff.create_first_administrator(
        desk, ADMINISTRATOR, "Осмонов Д.", Sex.MALE, PASSPHRASE, cost=QUICK
    )
    officer, _supervisor = (
        staff.add_user(desk, administrator, login, name, sex, roles, PASSPHRASE, cost=QUICK)
        for login, name, sex, roles in (
            (OFFICER, "Исмаилов Б.", Sex.MALE, frozenset({Role.OFFICER})),
            (
                SUPERVISOR,
                "Бекова М.",
                Sex.FEMALE,
                frozenset({Role.SUPERVISOR, Role.ADMINISTRATOR}),
            ),
        )
    )
    for one in everybody:
        _visit_and_leave(desk, officer, one, _prisoner(desk, administrator, one.file_number))
    banned = _person(desk, officer, BANNED)
    _visit_and_leave(desk, officer, BANNED, _prisoner(desk, administrator, BANNED.file_number))
    restricting.restrict(
        desk,
        administrator,
        RestrictionEntry(
            RestrictionKind.BAN,
            desk.day(),
            desk.day() + timedelta(400),
            BanGround.COURT,
            banned,
        ),
    )


def _prisoner(desk: Desk, administrator: Officer, file_number: str) -> UUID:
    entry = PrisonerEntry(
        file_number=file_number,
        surname="Токтосунов",
        given="Бакыт",
        patronymic="Темирович",
        birth_year=1983,
        sex=Sex.MALE,
        category=Category.CONVICT,
        regime=Regime.GENERAL,
        condition=Condition.ORDINARY,
        unit="3",
    )
    return prisoners.enter_prisoner(desk, administrator, entry).prisoner_id


def _person(desk: Desk, officer: Officer, one: Visitor) -> UUID:
    seen = document_seen(mrz.parse(lines(one.holder), desk.day()))
    entry = PersonEntry(
        surname=one.surname,
        given=one.given,
        patronymic="Маратовна",
        birth=seen.birth,
        sex=Sex.FEMALE,
        personal_number=seen.personal_number,
        phone="0555123456",
        language="",
        document=seen,
    )
    return people.register(desk, officer, entry).person_id


def _visit_and_leave(desk: Desk, officer: Officer, one: Visitor, prisoner_id: UUID) -> None:
    person_id = _person(desk, officer, one)
    # That day they showed another document, which was good.
    shown = one.holder.but(number="ID9" + one.holder.number[3:], expiry="310520")
    seen = document_seen(mrz.parse(lines(shown), desk.day()))
    request = VisitRequest(
        case_id=visits.new_case_id(desk),
        service=Service.SHORT_VISIT,
        prisoner_id=prisoner_id,
        members=(MemberRequest(person_id, Relation.SIBLING, seen=seen),),
    )
    decision = visits.propose(desk, officer, request).decision
    for job_id in visits.admit(desk, officer, request, decision).jobs:
        print_queue.mark(desk, job_id, JobState.SENDING)
        print_queue.mark(desk, job_id, JobState.CONFIRMED)
    departures.leave(desk, officer, request.case_id)


def copy_papers(gate: Gate, count: int, state: JobState = JobState.CONFIRMED) -> None:
    """So many marked copies of the last paper of the past, and what became of them."""
    register = open_register(load(gate.config))
    try:
        register.db.run_write(_copy, register.desk, count, state)
    finally:
        register.db.close()


def _copy(desk: Desk, count: int, state: JobState) -> None:
    officer = next(one for one in staff.users(desk) if one.login == OFFICER)
    first = printing.papers(desk, officer)[0]
    for _ in range(count):
        job_id = printing.copy(desk, officer, first.job_id)
        print_queue.mark(desk, job_id, JobState.SENDING)
        print_queue.mark(desk, job_id, state)


def lines(holder: Holder) -> tuple[str, ...]:
    """What a reader sends for this document."""
    return holder.td3() if holder.code == "P" else holder.td1()


def enter(gate: Gate, glass: Glass, login: str = OFFICER) -> None:
    """Sign in, up to the menu."""
    glass.wait_for(gate.say("SIGN IN"))
    glass.press(login, "enter", PASSPHRASE, "enter")
    glass.wait_for(gate.say("MENU"))


def admit(gate: Gate, glass: Glass, one: Visitor) -> str:
    """One of COMING is scanned and goes in; the number the visit got."""
    gate.swipe(lines(one.holder))
    may_pass = gate.say("MAY PASS")
    glass.wait_for(lambda g: one.name in g.text() and may_pass in g.text())
    glass.press("enter")
    admitted = gate.say("ADMITTED") + "   "
    glass.wait_for(admitted)
    return glass.text().partition(admitted)[2][:11]


def answer(glass: Glass, key: str, said: str) -> None:
    """Answer a question of consequence. A key that is struck in the moment in which the
    question is painted may be dropped, with a bell: then once more."""
    while said not in glass.text():
        bells = glass.bells
        glass.press(key)
        glass.wait_for(lambda g, bells=bells: said in g.text() or g.bells > bells)


def register_of(gate: Gate) -> Database:
    """The register, opened beside the running kiosk; the caller closes it."""
    return open_register(load(gate.config), writer=False).db


def today(gate: Gate) -> date:
    return local_day(SystemClock().now(), load(gate.config).zone)
