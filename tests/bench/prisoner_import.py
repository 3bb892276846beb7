"""`python -m tests.bench.prisoner_import`: a very long list, previewed and taken in.

CPU seconds, since the machine may do something else meanwhile; memory is that of the whole
process, with the list in it.
"""

from __future__ import annotations

import argparse
import random
import resource
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

from kiosk.clock import SystemClock, local_day
from kiosk.codes import Sex
from kiosk.demo import people
from kiosk.keyfile import derive
from kiosk.lists.prisoners import read
from kiosk.models.database import open_database
from kiosk.services import audit, prisoner_import, site, staff
from kiosk.services.desk import Desk
from kiosk.values import PrisonerEntry
from tests.unit.lists.files import CODES, text, workbook

T = TypeVar("T")

LONG = 48_000
PASSPHRASE = "horse battery staple"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--prisoners", type=int, default=LONG)
    count = parser.parse_args().prisoners
    with tempfile.TemporaryDirectory() as name:
        measure(Path(name), count)
    return 0


def measure(folder: Path, count: int) -> None:
    """Both kinds of file read, then one list previewed, recorded, previewed again."""
    keys = derive(bytes(range(32)))
    db = open_database(folder / "gate.db", keys.database, create=True)
    desk = Desk(1, "p1", "Prison 1", ZoneInfo("Asia/Bishkek"), SystemClock(), keys.audit)
    db.run_write(site.ensure_site, desk)
    cost = staff.Cost(memory_kib=8, passes=1)
    administrator = db.run_write(
        lambda: staff.create_first_administrator(
            desk, "admin", "Admin", Sex.MALE, PASSPHRASE, cost=cost
        )
    )
    today = local_day(SystemClock().now(), desk.zone)
    table = [list(CODES), *(row(number, one) for number, one in enumerate(made(count, today)))]
    (folder / "list.csv").write_text(text(table), "utf-8")
    workbook(folder / "list.xlsx", table)
    listed = timed("csv read", lambda: read(folder / "list.csv", today))
    timed("xlsx read", lambda: read(folder / "list.xlsx", today))
    print(f"{len(listed.lines)} lines, {len(listed.rejected)} rejected")
    timed("previewed, all new", lambda: db.run_read(prisoner_import.preview, desk, listed))
    timed("recorded", lambda: db.run_write(prisoner_import.apply, desk, administrator, listed))
    again = timed(
        "previewed, all known", lambda: db.run_read(prisoner_import.preview, desk, listed)
    )
    assert again.unchanged == len(listed.lines), again.unchanged
    verified = timed("audit verify", lambda: db.run_read(audit.verify, desk))
    assert verified.is_whole, verified.findings
    db.close()


def made(count: int, today: date) -> list[PrisonerEntry]:
    """Made-up prisoners, with the names of the demo."""
    return list(people.prisoners(random.Random(5), count, today))


def row(number: int, one: PrisonerEntry) -> list[str]:
    return [
        f"{number:05d}/{number % 20:02d}",
        one.surname,
        one.given,
        one.patronymic,
        str(one.birth_year),
        one.sex,
        one.category,
        one.regime,
        one.condition,
        one.unit,
        one.status,
        "01.02.2020",
    ]


def timed(what: str, work: Callable[[], T]) -> T:
    begun, wall = time.process_time(), time.perf_counter()
    result = work()
    cpu, wall = time.process_time() - begun, time.perf_counter() - wall
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{what:<24} {cpu:6.1f} s CPU {wall:6.1f} s   {most} MB", flush=True)
    return result


if __name__ == "__main__":
    raise SystemExit(main())
