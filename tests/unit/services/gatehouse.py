"""A gatehouse to test at: its register, an administrator, an officer, and whom they meet."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from itertools import count
from typing import Any, Concatenate, ParamSpec, TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from kiosk.clock import FixedClock, milliseconds
from kiosk.codes import (
    BanGround,
    Category,
    Condition,
    DocumentKind,
    DocumentSource,
    ReasonCode,
    Regime,
    Relation,
    RestrictionKind,
    Role,
    Service,
    Sex,
)
from kiosk.models.database import Database
from kiosk.services import (
    audit,
    people,
    presence,
    prisoners,
    restricting,
    rule_import,
    site,
    staff,
    visits,
)
from kiosk.services.desk import Desk
from kiosk.values import (
    DocumentSeen,
    Inside,
    MemberRequest,
    Officer,
    PersonCard,
    PersonEntry,
    PrisonerCard,
    PrisonerEntry,
    Proposal,
    Recorded,
    RestrictionEntry,
    VisitRequest,
)

CHEAP = staff.Cost(memory_kib=8, passes=1)
PASSPHRASE = "horse battery staple"
BISHKEK = ZoneInfo("Asia/Bishkek")

P = ParamSpec("P")
T = TypeVar("T")


@dataclass
class Gatehouse:
    """One post with its people. `do` writes, `ask` reads, as the screens do."""

    db: Database
    desk: Desk
    clock: FixedClock
    administrator: Officer
    officer: Officer
    supervisor: Officer
    _serial: Any = field(default_factory=lambda: count(1))

    def do(self, fn: Callable[Concatenate[Desk, P], T], *args: P.args, **kw: P.kwargs) -> T:
        return self.db.run_write(fn, self.desk, *args, **kw)

    def ask(self, fn: Callable[Concatenate[Desk, P], T], *args: P.args, **kw: P.kwargs) -> T:
        return self.db.run_read(fn, self.desk, *args, **kw)

    # ---- whom they meet

    def prisoner(self, surname: str = "Осмонов", **told: Any) -> PrisonerCard:
        """A convict of the general regime, in ordinary conditions: six short visits a year."""
        entered = PrisonerEntry(
            file_number=f"{next(self._serial):04d}/19",
            surname=surname,
            given="Талант",
            patronymic="Акматович",
            birth_year=1980,
            sex=Sex.MALE,
            category=Category.CONVICT,
            regime=Regime.GENERAL,
            condition=Condition.ORDINARY,
            unit="3",
        )
        return self.do(prisoners.enter_prisoner, self.administrator, replace(entered, **told))

    def entered(self, surname: str = "Асанова", **told: Any) -> PersonEntry:
        """What the form says of a visitor; each has a document of their own."""
        serial = next(self._serial)
        document = told.pop("document", None) or id_card(f"ID{serial:07d}")
        return PersonEntry(
            **{
                "surname": surname,
                "given": "Айгүл",
                "patronymic": "",
                "birth": "1985-07-01",
                "sex": Sex.FEMALE,
                "personal_number": "",
                "phone": "",
                "language": "ky",
                "document": document,
                **told,
            }
        )

    def visitor(self, surname: str = "Асанова", **told: Any) -> PersonCard:
        return self.do(people.register, self.officer, self.entered(surname, **told))

    def child(self, surname: str = "Асанов", birth: str = "2015-05-17") -> PersonCard:
        paper = replace(id_card("KP777"), kind=DocumentKind.BIRTH_CERTIFICATE, expires=None)
        number = f"KP{next(self._serial):06d}"
        return self.visitor(surname, birth=birth, document=replace(paper, number=number))

    def ban(
        self,
        who: PersonCard,
        from_day: date | None = None,
        to_day: date | None = None,
        **told: Any,
    ) -> UUID:
        """A supervisor keeps somebody out, from today on unless told else; the ban's id."""
        entered = RestrictionEntry(
            kind=RestrictionKind.BAN,
            from_day=from_day or self.desk.day(),
            to_day=to_day,
            ground=BanGround.FORBIDDEN_THINGS,
            person_id=who.person_id,
        )
        asked = replace(entered, **told)
        return self.do(restricting.restrict, self.supervisor, asked).restriction_id

    # ---- a visit

    def request(
        self,
        prisoner: PrisonerCard,
        *members: PersonCard | MemberRequest,
        service: Service = Service.SHORT_VISIT,
    ) -> VisitRequest:
        asked = tuple(
            one
            if isinstance(one, MemberRequest)
            else MemberRequest(one.person_id, Relation.SPOUSE)
            for one in members
        )
        case_id = visits.new_case_id(self.desk)
        return VisitRequest(case_id, service, prisoner.prisoner_id, asked)

    def propose(self, request: VisitRequest) -> Proposal:
        return self.ask(visits.propose, self.officer, request)

    def reasons(self, request: VisitRequest) -> list[ReasonCode]:
        """Why it would be refused."""
        return [reason.code for reason in self.propose(request).decision.reasons]

    def admit(self, request: VisitRequest) -> Recorded:
        """Propose, and Enter on MAY PASS."""
        seen = self.propose(request).decision
        return self.do(visits.admit, self.officer, request, seen)

    def refuse(self, request: VisitRequest) -> Recorded:
        """Propose, and Enter on NOT TODAY."""
        seen = self.propose(request).decision
        return self.do(visits.refuse, self.officer, request, seen)

    def visit(self, prisoner: PrisonerCard, *members: PersonCard) -> Recorded:
        return self.admit(self.request(prisoner, *members))

    def inside(self) -> tuple[Inside, ...]:
        return self.ask(presence.inside, self.officer)

    # ---- what stands in the register

    def at(self, *moment: int) -> None:
        """Set the clock to a moment of Bishkek: year, month, day, hour, minute."""
        self.clock.at = moment_of(*moment)

    def rows(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        def read() -> list[tuple[Any, ...]]:
            return list(self.db.file.execute_sql(sql, values).fetchall())

        return self.db.run_read(read)

    def counts(self) -> dict[str, int]:
        """How many rows each table has."""
        tables = [
            name
            for (name,) in self.rows("SELECT name FROM sqlite_master WHERE type = 'table'")
            if not name.startswith("sqlite_")
        ]
        return {table: self.rows(f"SELECT count(*) FROM {table}")[0][0] for table in tables}

    def written(self, before: dict[str, int]) -> dict[str, int]:
        """What was added since `before`, by table."""
        after = self.counts()
        added = {table: after[table] - before[table] for table in after}
        return {table: rows for table, rows in sorted(added.items()) if rows}

    def must_be_whole(self) -> None:
        """The chain, the seals, the numbers and the caches agree with the facts."""
        result = self.ask(audit.verify)
        assert result.is_whole, result.findings


def open_gatehouse(db: Database, desk: Desk, clock: FixedClock) -> Gatehouse:
    def furnish() -> tuple[Officer, Officer, Officer]:
        site.ensure_site(desk)
        rule_import.ensure_preset(desk)
        administrator = staff.create_first_administrator(
            desk, "admin", "Админ", Sex.MALE, PASSPHRASE, cost=CHEAP
        )
        officer, supervisor = (
            staff.add_user(
                desk,
                administrator,
                login,
                login.title(),
                Sex.FEMALE,
                frozenset({role}),
                PASSPHRASE,
                cost=CHEAP,
            )
            for login, role in (("officer", Role.OFFICER), ("supervisor", Role.SUPERVISOR))
        )
        return administrator, officer, supervisor

    return Gatehouse(db, desk, clock, *db.run_write(furnish))


def moment_of(*parts: Any) -> int:
    """UTC ms of a moment in Bishkek, in parts: year, month, day, hour, minute."""
    return milliseconds(datetime(*parts, tzinfo=BISHKEK))


def id_card(number: str = "ID1234567", **told: Any) -> DocumentSeen:
    """A Kyrgyz ID card as a scan gives it, valid until 2031."""
    return replace(
        DocumentSeen(
            kind=DocumentKind.ID_CARD,
            country="KGZ",
            number=number,
            surname="ASANOVA",
            given="AIGUL",
            birth="1985-07-01",
            sex=Sex.FEMALE,
            expires=date(2031, 1, 1),
            source=DocumentSource.SCAN,
        ),
        **told,
    )


def at_once(*works: Callable[[], T]) -> list[T | Exception]:
    """Every work on a thread and a connection of its own, all let go at one moment."""
    ready = threading.Barrier(len(works))

    def run(work: Callable[[], T]) -> T | Exception:
        ready.wait()
        try:
            return work()
        except Exception as refusal:
            return refusal

    with ThreadPoolExecutor(len(works)) as threads:
        return list(threads.map(run, works))
