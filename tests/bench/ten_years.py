"""A prison's ten years: its prisoners, who comes, every visit and package, as one register."""

from __future__ import annotations

import random
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

from kiosk.clock import FixedClock, milliseconds
from kiosk.codes import CaseState
from kiosk.demo.past_visits import moment
from kiosk.keyfile import derive
from kiosk.models import CaseNow, Kinship, VisitSlot, migrate
from kiosk.models.database import Database, open_database
from kiosk.services import rule_import, site
from kiosk.services.desk import Desk
from kiosk.services.goods import catalogue, places, shipped_catalogue
from tests.bench.bulk import Shelf, in_a_hurry
from tests.bench.chronicle import LAWYERS, TODAY, YEARS, Chronicle
from tests.bench.parcels import Parcels

MASTER = bytes(range(32))
KEYS = derive(MASTER)
ZONE = ZoneInfo("Asia/Bishkek")
NOW = milliseconds(datetime(2026, 11, 24, 3, 30, tzinfo=UTC))
_DONE = "complete"


@dataclass(frozen=True, slots=True)
class Size:
    """How much history: the whole of it for the speeds, little of it for CI. Parcels come on
    the days of visits."""

    prisoners: int = 1_400
    visitors: int = 100_000
    visits: int = 300_000
    parcels: int = 375_000


@dataclass(frozen=True, slots=True)
class History:
    """An open register with its past, and who is in it.

    `comers` are visitors, each with the prisoner to whom they come; `lawyers` come to all.
    `slots` are the sessions of the days to come.
    """

    db: Database
    desk: Desk
    clock: FixedClock
    prisoners: tuple[UUID, ...]
    comers: tuple[tuple[UUID, UUID], ...]
    lawyers: tuple[UUID, ...]
    slots: tuple[UUID, ...]


def open_history(folder: Path, size: Size = Size()) -> History:
    """The register of `size` in `folder`, built there if it is not yet."""
    return _open(_built(folder, size))


@contextmanager
def lent_history(folder: Path, size: Size = Size()) -> Iterator[History]:
    """A copy of that register, closed and thrown away afterwards: what is done to it uses
    nothing up."""
    built = _built(folder, size)
    with tempfile.TemporaryDirectory(dir=folder) as home:
        for file in built.parent.glob(f"{built.name}*"):
            shutil.copy(file, home)
        history = _open(Path(home) / built.name)
        try:
            yield history
        finally:
            history.db.close()


def _built(folder: Path, size: Size) -> Path:
    home = folder / f"{size.prisoners}-{size.visitors}-{size.visits}-{size.parcels}-{_tables()}"
    path = home / "gate.db"
    if not (home / _DONE).exists():
        for stale in home.glob("*"):
            stale.unlink()
        db = open_database(path, KEYS.database, create=True)
        db.run_write(_write, db, _desk(FixedClock(NOW)), size)
        db.close()
        (home / _DONE).touch()
    return path


def _desk(clock: FixedClock) -> Desk:
    return Desk(1, "p1", "Prison 1", ZONE, clock, KEYS.audit)


def _open(path: Path) -> History:
    clock = FixedClock(NOW)
    db = open_database(path, KEYS.database)
    pairs, slots = db.run_read(_who_and_when)
    return History(
        db=db,
        desk=_desk(clock),
        clock=clock,
        prisoners=tuple(sorted({prisoner for _person, prisoner in pairs})),
        comers=tuple(pairs[LAWYERS:]),
        lawyers=tuple(person for person, _prisoner in pairs[:LAWYERS]),
        slots=tuple(slots),
    )


def _tables() -> str:
    """Which tables a register of today has: one of other tables is built anew."""
    migrations = sorted(Path(migrate.__file__).with_name("migrations").glob("0*.py"))
    return sha256(b"".join(one.read_bytes() for one in migrations)).hexdigest()[:8]


def _who_and_when() -> tuple[list[tuple[UUID, UUID]], list[UUID]]:
    pairs = [(row.person_id, row.prisoner_id) for row in Kinship.select().order_by(Kinship.id)]
    return pairs, [row.id for row in VisitSlot.select().order_by(VisitSlot.id)]


# ---- building


def _write(db: Database, desk: Desk, size: Size) -> None:
    chance = random.Random(16)
    first_day = TODAY - timedelta(days=365 * YEARS)
    clock = FixedClock(moment(desk, first_day, 8 * 60))
    past = replace(desk, clock=clock)
    site.ensure_site(past)
    rule_set_id = rule_import.ensure_preset(past)
    shipped_catalogue.take_in(past)
    things = catalogue.in_force(past, TODAY)
    with in_a_hurry(db.file):
        writing = Chronicle(past, clock, chance, Shelf(db.file, desk.gate), rule_set_id)
        held = writing.prisoners(size.prisoners)
        comers = writing.visitors(size.visitors, len(held))
        writing.belonging(held, comers)
        writing.limits(held, comers)
        writing.sessions()
        goods = Parcels(writing, size.parcels, things)
        brought = 0
        for number in range(size.visits):
            day = first_day + timedelta(days=2 + number * (365 * YEARS - 3) // size.visits)
            writing.visit(held, chance.choice(comers), day, number)
            until = size.parcels * (number + 1) // size.visits
            for parcel in range(brought, until):
                goods.parcel(held, chance.choice(comers), day, parcel)
            brought = until
        goods.words()
        writing.shelf.flush()
        writing.words(db)
    for row in CaseNow.select().where(CaseNow.is_open, CaseNow.state == CaseState.STORED):
        places.remember(row.case_id)
