"""A gate at noon with a whole day's cases in its register: who comes, to whom, and why not.

Each visitor is the beginning of one flow; `furnish` writes what had happened before the
officer sat down: visits of long ago, yesterday's, this morning's, and one booked for tomorrow.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from devices import mrz
from kiosk.clock import FixedClock, SystemClock
from kiosk.codes import (
    BanGround,
    Category,
    Condition,
    JobState,
    Proof,
    Regime,
    Relation,
    RestrictionKind,
    Role,
    RoomKind,
    Service,
    Sex,
    VoidReason,
)
from kiosk.config import load
from kiosk.scans import document_seen
from kiosk.services import (
    bookings,
    departures,
    outcomes,
    people,
    print_queue,
    prisoners,
    restricting,
    rooms,
    staff,
    timetable,
    visits,
)
from kiosk.services.desk import Desk
from kiosk.services.opening import open_register
from kiosk.values import (
    MemberRequest,
    Officer,
    PersonEntry,
    PrisonerEntry,
    Recorded,
    RestrictionEntry,
    Stated,
    VisitRequest,
)
from kiosk.values.waiting import SessionTable
from tests.tty.gate import Gate
from tests.tty.house import DAY, QUICK
from tests.unit.mrz_builder import Holder

MINUTE = 60_000  # ms
HOUR = 60 * MINUTE
SHORT_VISIT_LASTS = 4 * HOUR  # KG-DRAFT, rule V-21

OFFICER, SUPERVISOR = "ismailov", "bekova"
PASSPHRASE = "a long walk home"  # of both; one letter more than the shortest that is taken

SEATS = 6


@dataclass(frozen=True)
class Prisoner:
    """`no` is the file number's beginning."""

    no: int
    surname: str
    category: Category = Category.CONVICT
    regime: Regime = Regime.GENERAL
    condition: Condition = Condition.ORDINARY

    @property
    def file_number(self) -> str:
        return f"{self.no:04d}/20"


@dataclass(frozen=True)
class Caller:
    """A visitor: what their card says, how the register writes them, to whom they come."""

    no: int
    surname: str
    latin: str
    to: Prisoner
    relation: Relation = Relation.SIBLING
    proof: Proof | None = Proof.BIRTH_CERTIFICATE
    card: dict[str, str] = field(default_factory=dict, hash=False)
    language: str = "ky"

    @property
    def holder(self) -> Holder:
        plain = Holder(
            number=f"ID4{self.no:06d}",
            optional=f"112031986{self.no:05d}",
            surname=self.latin,
            given="AIGUL",
        )
        return plain.but(**self.card)

    @property
    def name(self) -> str:
        return f"{self.surname} Айгүл"

    @property
    def lines(self) -> tuple[str, ...]:
        """What the reader sends for their card."""
        return self.holder.td1()


QUEUE = Prisoner(101, "Осмонов")
FAMILY = Prisoner(102, "Токтосунов")
SPENT = Prisoner(103, "Жумабаев", regime=Regime.SPECIAL, condition=Condition.STRICT)
REMAND = Prisoner(104, "Садыков", category=Category.REMAND)
NEPHEW = Prisoner(105, "Бекмуратов")
LONG = Prisoner(106, "Ибраимов")
GLASS = Prisoner(107, "Алиев")
BOOKED = Prisoner(108, "Турдубаев")
LATE = Prisoner(109, "Кадыров")
PRISONERS = (QUEUE, FAMILY, SPENT, REMAND, NEPHEW, LONG, GLASS, BOOKED, LATE)

WAITS = Caller(1, "Асанова", "ASANOVA", QUEUE)
MOTHER = Caller(2, "Өмүралиева", "OMURALIEVA", FAMILY, Relation.SPOUSE)
CHILD = Caller(
    3,
    "Токтосунова",
    "TOKTOSUNOVA",
    FAMILY,
    Relation.CHILD,
    card={"birth": "160517", "optional": "11705201600003"},
)
BANNED = Caller(4, "Кеңешова", "KENGESHOVA", FAMILY, language="en")
THRICE = Caller(5, "Мамытова", "MAMYTOVA", SPENT, card={"expiry": "250520"})
GRIEF = Caller(6, "Үсөнова", "USONOVA", SPENT)
PERMITTED = Caller(7, "Сыдыкова", "SYDYKOVA", REMAND)
AUNT = Caller(8, "Эргешова", "ERGESHOVA", NEPHEW, Relation.OTHER_KIN)
WIFE = Caller(9, "Ибраимова", "IBRAIMOVA", LONG, Relation.SPOUSE, Proof.MARRIAGE_CERTIFICATE)
BEHIND_GLASS = Caller(10, "Алиева", "ALIEVA", GLASS)
CROWDED_OUT = Caller(11, "Исакова", "ISAKOVA", LATE)
TOMORROW = Caller(12, "Турдубаева", "TURDUBAEVA", BOOKED)
SOON_OUT = Caller(13, "Кадырова", "KADYROVA", LATE)
OVERDUE = Caller(14, "Орозова", "OROZOVA", LATE)
NEWCOMER = Caller(15, "Жээнбекова", "ZHEENBEKOVA", QUEUE)

# Who was here forty days ago, and comes again to the same.
_KNOWN = (WAITS, MOTHER, CHILD, BANNED, BEHIND_GLASS, CROWDED_OUT, WIFE)


def at_noon(gate: Gate) -> None:
    """Give the site a zone in which it is between twelve and one now: no midnight comes, and
    sessions of the day run, whenever this is read."""
    east = 12 - datetime.now(UTC).hour
    zone = f"Etc/GMT{-east:+d}" if east else "Etc/GMT"
    told = gate.config.read_text()
    gate.config.write_text(told.replace("[site]\n", f'[site]\ntime_zone = "{zone}"\n'))


@dataclass(frozen=True, slots=True)
class OldBadges:
    """What badges of visits that are over say to a reader."""

    yesterday: str
    void: str


def furnish(gate: Gate) -> OldBadges:
    """Everything up to the moment in which the kiosk is started."""
    now = SystemClock().now()
    clock = FixedClock(now - 40 * DAY)
    register = open_register(load(gate.config), clock=clock)
    try:
        before = register.db.run_write(_Before, register.desk)
        register.db.run_write(before.long_ago)
        clock.at = now - DAY
        old = register.db.run_write(before.yesterday)
        clock.at = now - SHORT_VISIT_LASTS - 10 * MINUTE
        register.db.run_write(before.inside, OVERDUE)
        clock.at = now - SHORT_VISIT_LASTS + 4 * MINUTE + MINUTE // 2
        register.db.run_write(before.inside, SOON_OUT)
        clock.at = now - 10 * MINUTE
        register.db.run_write(before.this_morning)
    finally:
        register.db.close()
    return old


class _Before:
    """Acts as the two who work here, in one transaction each."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        administrator = staff.create_first_administrator(
            desk, "osmonov", "Осмонов Д.", Sex.MALE, PASSPHRASE, cost=QUICK
        )
        self.officer, self.supervisor = (
            staff.add_user(
                desk, administrator, login, name, sex, frozenset({role}), PASSPHRASE, cost=QUICK
            )
            for login, name, sex, role in (
                (OFFICER, "Исмаилов Б.", Sex.MALE, Role.OFFICER),
                (SUPERVISOR, "Бекова М.", Sex.FEMALE, Role.SUPERVISOR),
            )
        )
        self.prisoners = {one: enter(desk, administrator, one) for one in PRISONERS}
        self.people: dict[Caller, UUID] = {}

    def long_ago(self) -> None:
        for one in _KNOWN:
            if one not in (MOTHER, CHILD):
                self.visit(one)
        self.visit(MOTHER, CHILD)
        for one in (THRICE, GRIEF, PERMITTED, AUNT, TOMORROW):
            self.person(one)

    def yesterday(self) -> OldBadges:
        """A visit whose badge nobody took back, and one that was made void."""
        kept, void = self.visit(WAITS), self.visit(BEHIND_GLASS)
        outcomes.void(self.desk, self.supervisor, void.case_id, VoidReason.TWICE)
        return OldBadges(kept.badges[0], void.badges[0])

    def inside(self, one: Caller) -> None:
        """They came in this morning and nobody let them out."""
        self.visit(one, leaves=False)

    def this_morning(self) -> None:
        desk, supervisor, today = self.desk, self.supervisor, self.desk.day()
        for no in (21, 22):  # the two visits of this year
            self.visit(Caller(no, "Жумабаева", "JUMABAEVA", SPENT))
        for kind, one, days in (
            (RestrictionKind.BAN, BANNED, 400),
            (RestrictionKind.BAN, THRICE, 30),
            (RestrictionKind.CLOSED, BEHIND_GLASS, 90),
        ):
            restricting.restrict(
                desk,
                supervisor,
                RestrictionEntry(
                    kind,
                    today,
                    today + timedelta(days),
                    BanGround.FORBIDDEN_THINGS,
                    self.person(one),
                ),
            )
        for code, room_kind, hours in (
            ("1", RoomKind.SHORT, (9 * 60, 18 * 60)),
            ("2", RoomKind.SHORT, (18 * 60, 20 * 60)),
            ("21", RoomKind.LONG, (9 * 60, 18 * 60)),
        ):
            room = rooms.add(desk, supervisor, code, room_kind, SEATS)
            timetable.plan(
                desk,
                supervisor,
                SessionTable(
                    room.room_id,
                    frozenset(range(1, 8)),
                    (hours,),
                    today,
                    today + timedelta(days=3),
                ),
            )
        self.book(TOMORROW)

    # ---- one of them

    def person(self, one: Caller) -> UUID:
        known = self.people.get(one)
        if known is not None:
            return known
        entry = entered(one, self.desk.day())
        stated = Stated(self.prisoners[one.to], one.relation, one.proof)
        card = people.register(self.desk, self.officer, entry, stated)
        self.people[one] = card.person_id
        return card.person_id

    def request(self, *callers: Caller) -> VisitRequest:
        return VisitRequest(
            case_id=visits.new_case_id(self.desk),
            service=Service.SHORT_VISIT,
            prisoner_id=self.prisoners[callers[0].to],
            members=tuple(MemberRequest(self.person(one), one.relation) for one in callers),
        )

    def visit(self, *callers: Caller, leaves: bool = True) -> Recorded:
        desk, officer, request = self.desk, self.officer, self.request(*callers)
        decision = visits.propose(desk, officer, request).decision
        assert decision.passes, decision.reasons
        recorded = visits.admit(desk, officer, request, decision)
        for job_id in recorded.jobs:
            print_queue.mark(desk, job_id, JobState.SENDING)
            print_queue.mark(desk, job_id, JobState.CONFIRMED)
        if leaves:
            departures.leave(desk, officer, request.case_id)
        return recorded

    def book(self, one: Caller) -> None:
        from kiosk.services import sessions

        desk, officer = self.desk, self.officer
        tomorrow = sessions.on_day(desk, officer, desk.day() + timedelta(1), RoomKind.SHORT)
        request = replace(self.request(one), slot_id=tomorrow[0].slot_id)
        decision = bookings.propose(desk, officer, request).decision
        assert decision.passes, decision.reasons
        bookings.book(desk, officer, request, decision)


def enter(desk: Desk, administrator: Officer, one: Prisoner) -> UUID:
    """An administrator enters a prisoner."""
    entry = PrisonerEntry(
        file_number=one.file_number,
        surname=one.surname,
        given="Бакыт",
        patronymic="Темирович",
        birth_year=1983,
        sex=Sex.MALE,
        category=one.category,
        regime=one.regime,
        condition=one.condition,
        unit="3",
    )
    return prisoners.enter_prisoner(desk, administrator, entry).prisoner_id


def entered(one: Caller, day: date) -> PersonEntry:
    """As the form of a new visitor has them, with the card in hand."""
    seen = document_seen(mrz.parse(one.lines, day))
    return PersonEntry(
        surname=one.surname,
        given="Айгүл",
        patronymic="",
        birth=seen.birth,
        sex=Sex.FEMALE,
        personal_number=seen.personal_number,
        phone="",
        language=one.language,
        document=seen,
    )
