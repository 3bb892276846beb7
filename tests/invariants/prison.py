"""The prison at which the days are played: its staff, who visits whom, rooms and sessions."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import ParamSpec, TypeVar
from zoneinfo import ZoneInfo

from kiosk.clock import FixedClock, milliseconds
from kiosk.codes import (
    Category,
    Issuer,
    PlaceKind,
    Proof,
    Regime,
    Relation,
    Role,
    RoomKind,
    Sex,
)
from kiosk.keyfile import Keys, derive
from kiosk.models.database import open_database
from kiosk.rules.preset import parse
from kiosk.services import (
    permissions,
    relations,
    rooms,
    rule_import,
    staff,
    timetable,
)
from kiosk.services.desk import Desk
from kiosk.services.goods import places
from kiosk.values import Officer, PersonCard, PrisonerCard
from kiosk.values.belonging import PermissionEntry, Stated
from kiosk.values.waiting import SessionTable
from tests.unit.services.gatehouse import (
    BISHKEK,
    CHEAP,
    PASSPHRASE,
    Gatehouse,
    id_card,
    open_gatehouse,
)
from tests.unit.services.goods.table import Table

P = ParamSpec("P")
T = TypeVar("T")

RULES = "TEST-2026"
# The days run over the turn of a year, and over a birthday that makes a child an adult.
OPENED = milliseconds(datetime(2026, 12, 29, 9, 30, tzinfo=BISHKEK))
FIRST_DAY = date(2026, 12, 29)
SESSIONS_FOR = 16  # days
HOURS = ((9 * 60, 12 * 60), (14 * 60, 17 * 60))
ALL_DAY = ((9 * 60, 17 * 60),)


@dataclass
class Prison:
    """A register in use. The people keep their ids when it is copied or opened again."""

    house: Gatehouse
    keys: Keys
    staff: dict[str, Officer]
    visitors: list[PersonCard]
    prisoners: list[PrisonerCard]

    @property
    def path(self) -> Path:
        return self.house.db.file.path

    def copy(self, path: Path, enters_after_search: bool) -> Prison:
        """The same prison in a file of its own; the one copied must be closed."""
        return replace(self, house=self._opened(path, enters_after_search))

    def lose_power(self, path: Path) -> None:
        """What the disk holds at this moment is opened at `path`; the rest is lost."""
        old = self.house.db
        for suffix in ("", "-wal", ".head"):
            beside = Path(f"{self.path}{suffix}")
            if beside.exists():
                shutil.copy(beside, f"{path}{suffix}")
        old.close()
        self.house.db = open_database(path, self.keys.database)

    def _opened(self, path: Path, enters_after_search: bool) -> Gatehouse:
        shutil.copy(self.path, path)
        shutil.copy(f"{self.path}.head", f"{path}.head")
        clock = FixedClock(OPENED)
        desk = replace(
            self.house.desk,
            clock=clock,
            enters_after_search=enters_after_search,
            movement_slip=enters_after_search,
        )
        db = open_database(path, self.keys.database)
        return replace(self.house, db=db, desk=desk, clock=clock)


def founded(folder: Path) -> Prison:
    """A prison on the morning of its first day, its register closed and ready to be copied."""
    keys, clock = derive(bytes(range(32))), FixedClock(OPENED)
    desk = Desk(
        1,
        "p1",
        "Prison 1",
        ZoneInfo("Asia/Bishkek"),
        clock,
        keys.audit,
        extra_check_percent=100,
        keep_days=2,
        article="Offences Code 446",
        fine_tyiyn=2_000_000,
        phone_fine_tyiyn=3_000_000,
    )
    db = open_database(folder / "gate.db", keys.database, create=True)
    house = open_gatehouse(db, desk, clock)
    text = rule_import.preset_text(RULES)
    set_id = house.do(rule_import.take_in, house.administrator, parse(text), RULES)
    house.do(rule_import.sign, house.administrator, set_id, "the head of the prison")
    people = {
        "officer": house.officer,
        "supervisor": house.supervisor,
        "admin": house.administrator,
        **{login: _employed(house, login, role, sex) for login, role, sex in _MORE_STAFF},
    }
    found = Prison(house, keys, people, _visitors(house), _prisoners(house))
    _belong_together(found)
    _furnish(found)
    house.must_be_whole()
    db.close()
    return found


_MORE_STAFF = (
    ("inspector", Role.INSPECTOR, Sex.MALE),
    ("chief", Role.SUPERVISOR, Sex.MALE),
    ("auditor", Role.AUDITOR, Sex.MALE),
)


def _employed(house: Gatehouse, login: str, role: Role, sex: Sex) -> Officer:
    roles = frozenset({role})
    return house.do(
        staff.add_user,
        house.administrator,
        login,
        login.title(),
        sex,
        roles,
        PASSPHRASE,
        cost=CHEAP,
    )


def _visitors(house: Gatehouse) -> list[PersonCard]:
    """Three women, of whom the first stands in the register twice; a man whose document runs
    out; two children, of whom one comes of age on 1 January."""
    runs_out = id_card("ID0000008", expires=FIRST_DAY + timedelta(days=2), sex=Sex.MALE)
    return [
        house.visitor("Асанова"),
        house.visitor("Бекова"),
        house.child("Асанов"),
        house.visitor("Асанова"),
        house.visitor("Токтогулов", sex=Sex.MALE, birth="1979-02-28", document=runs_out),
        house.child("Бекова", birth="2009-01-01"),
        house.visitor("Иманова"),
    ]


def _prisoners(house: Gatehouse) -> list[PrisonerCard]:
    """Three convicts, of whom the first stands in the register twice, and one on remand."""
    return [
        house.prisoner("Осмонов", regime=Regime.STRICT),
        house.prisoner("Садыков", regime=Regime.STRICT),
        house.prisoner("Жумабеков", category=Category.REMAND),
        house.prisoner("Осмонов", regime=Regime.STRICT),
    ]


def _belong_together(prison: Prison) -> None:
    house = prison.house
    for who, whom, kind in (
        (0, 0, Relation.SPOUSE),
        (1, 1, Relation.SPOUSE),
        (2, 0, Relation.CHILD),
        (3, 3, Relation.SPOUSE),
        (4, 1, Relation.PARENT),
        (5, 1, Relation.CHILD),
    ):
        stated = Stated(prison.prisoners[whom].prisoner_id, kind, Proof.PASSPORT)
        house.do(relations.state, house.officer, prison.visitors[who].person_id, stated)
    for who, uses in ((0, 2), (4, None)):
        paper = PermissionEntry(
            prisoner_id=prison.prisoners[2].prisoner_id,
            person_id=prison.visitors[who].person_id,
            office="",
            issuer=Issuer.COURT,
            paper_no=f"{who}-26",
            from_day=FIRST_DAY,
            uses=uses,
        )
        house.do(permissions.grant, house.officer, paper)


def _furnish(prison: Prison) -> None:
    """A room of two places, one flat for long visits, a room for whoever is on duty; a
    catalogue of a dozen things, and a storage that is soon full."""
    house = prison.house
    last = FIRST_DAY + timedelta(days=SESSIONS_FOR)
    for code, kind, seats, hours in (
        ("1", RoomKind.SHORT, 2, HOURS),
        ("2", RoomKind.LONG, 1, ALL_DAY),
        ("3", RoomKind.OFFICIAL, 1, HOURS),
    ):
        room = house.do(rooms.add, house.supervisor, code, kind, seats)
        table = SessionTable(
            room.room_id, frozenset(range(1, 8)), hours, FIRST_DAY, last, seats
        )
        house.do(timetable.plan, house.supervisor, table)
    Table(house)
    for code, store, capacity in (
        ("A-1", PlaceKind.SHELF, 2),
        ("A-2", PlaceKind.SHELF, 1),
        ("C-1", PlaceKind.COLD, 1),
        ("S-1", PlaceKind.SAFE, 1),
        ("R-1", PlaceKind.RETURNS, 1),
    ):
        house.do(places.record, house.supervisor, code, store, capacity)
