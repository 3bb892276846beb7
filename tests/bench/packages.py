"""`python -m tests.bench.packages FOLDER`: what a package costs with ten years behind it.

The register is that of `tests.bench.history`, with 375,000 parcels and 3,000,000 lines in
them, built in FOLDER once and kept there; each run takes a copy of it, so that no run uses up
what prisoners may get. Measured is what a screen waits for.
"""

from __future__ import annotations

import argparse
import io
import random
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from uuid import UUID

from kiosk.codes import Allowed, CaseState, ReportForm, ReportName, Service, Unit
from kiosk.demo.officer import OFFICER, SECOND
from kiosk.models import CaseNow, Find
from kiosk.reports import REPORTS, output
from kiosk.reports.table import Writing
from kiosk.rules.bag import WEIGHTLESS
from kiosk.services import balances
from kiosk.services.goods import (
    accepting,
    asking,
    catalogue,
    find_cards,
    handing_over,
    last_list,
    lots,
    may_bring,
    opened,
    storage,
)
from kiosk.services.today import today
from kiosk.values import MemberRequest
from kiosk.values.goods import BroughtLine, CatalogueEntry, GoodsRequest
from kiosk.values.reports import ReportAsked
from tests.bench.history import Took
from tests.bench.parcels import LINES
from tests.bench.ten_years import TODAY, History, lent_history

DRAWS = 100
MANY = 200
MONTH = timedelta(days=29)

Act = Callable[[], object]


class Table:
    """A table of that prison, and bags on it."""

    def __init__(self, history: History, seed: int | None = None) -> None:
        self.history, self.chance = history, random.Random(seed)
        known = history.db.run_read(catalogue.in_force, history.desk, history.desk.day())
        self.things = [
            one
            for one in known
            if one.allowed is Allowed.ALLOWED
            and one.goods_class not in WEIGHTLESS
            and not one.medical
        ]

    def bag(self, lines: int = LINES) -> GoodsRequest:
        """Somebody brings so many things, 20 kg at most, to whom they come."""
        person, prisoner = self.chance.choice(self.history.comers)
        request = GoodsRequest(
            case_id=accepting.new_case_id(self.history.desk),
            service=Service.PACKAGE,
            prisoner_id=prisoner,
            sender=MemberRequest(person, None),
            lines=tuple(_line(self.chance.choice(self.things)) for _ in range(lines)),
            gross_grams=10 * lines + 2_000,
        )
        # Whether the lot falls on it or not.
        return request.looked_through(SECOND.staff_id)

    def passing(self, count: int, lines: int = LINES) -> Iterator[Act]:
        """So many bags, each taken in as it was shown; who may bring nothing goes home."""
        desk = self.history.desk
        left = count
        while left:
            request = self.bag(lines)
            seen = self.history.db.run_read(asking.propose, desk, OFFICER, request)
            if seen.decision.passes and not seen.earlier:
                left -= 1
                yield partial(accepting.accept, desk, OFFICER, request, seen.decision, ())

    def read(self, acts: Iterable[Act]) -> Took:
        """Each on a reading thread, as screens ask; the first, which opens the thread and
        writes its queries down, is not counted."""
        return self._took(acts, self.history.db.run_read)

    def write(self, acts: Iterable[Act]) -> Took:
        """Each in its transactions, a second after the one before; the first does not count."""
        return self._took(acts, self.history.db.run_write)

    def _took(self, acts: Iterable[Act], run: Callable[..., tuple[float, float]]) -> Took:
        times = []
        for act in acts:
            self.history.clock.at += 1000
            times.append(run(_timed, act))
        return Took([cpu for cpu, _ in times[1:]], [wall for _, wall in times[1:]])


def _timed(act: Act) -> tuple[float, float]:
    cpu, wall = time.thread_time(), time.perf_counter()
    act()
    return (time.thread_time() - cpu) * 1000, (time.perf_counter() - wall) * 1000


def _line(thing: CatalogueEntry) -> BroughtLine:
    return BroughtLine(thing, 0, 10) if thing.unit is Unit.KILOGRAM else BroughtLine(thing, 1)


# ---- what is measured


def proposals(table: Table, draws: int, lines: int = LINES) -> Took:
    """What the rules answer about a bag; without lines: whether anything may be brought."""
    desk = table.history.desk
    bags = [table.bag(lines) for _ in range(draws + 1)]
    if lines:
        return table.read(partial(asking.propose, desk, OFFICER, bag) for bag in bags)
    return table.read(
        partial(may_bring.look, desk, OFFICER, bag.service, bag.prisoner_id, bag.sender)
        for bag in bags
    )


def acceptances(table: Table, draws: int, lines: int = LINES) -> Took:
    return table.write(table.passing(draws + 1, lines))


def handovers(table: Table, draws: int) -> Took:
    """Of those that do not wait for their prisoners."""
    desk = table.history.desk
    lines = table.history.db.run_read(storage.stored, desk, OFFICER)
    cases = [one.case_id for one in lines if not one.waits][: draws + 1]
    return table.write(partial(handing_over.hand_over, desk, OFFICER, one) for one in cases)


def _stored() -> list[UUID]:
    query = CaseNow.select(CaseNow.case_id).where(
        CaseNow.is_open, CaseNow.state == CaseState.STORED
    )
    return sorted(row.case_id for row in query)


def cards(table: Table, draws: int) -> Took:
    cases = table.history.db.run_read(_stored)
    desk = table.history.desk
    return table.read(
        partial(opened.open_parcel, desk, OFFICER, table.chance.choice(cases))
        for _ in range(draws + 1)
    )


def long_cards(table: Table, draws: int) -> Took:
    """Of a parcel with as many lines as the budget names."""
    acceptances(table, 1, MANY)
    case_id = table.history.db.run_read(_stored)[-1]
    return table.read(
        partial(opened.open_parcel, table.history.desk, OFFICER, case_id)
        for _ in range(draws + 1)
    )


def last_lists(table: Table, draws: int) -> Took:
    desk = table.history.desk
    people = [table.chance.choice(table.history.comers)[0] for _ in range(draws + 1)]
    return table.read(partial(last_list.last_list, desk, OFFICER, one) for one in people)


def lots_drawn(table: Table, draws: int) -> Took:
    desk = replace(table.history.desk, extra_check_percent=5)
    bags = [table.bag() for _ in range(draws + 1)]
    return table.write(
        partial(lots.draw, desk, OFFICER, bag.prisoner_id, bag.sender.person_id) for bag in bags
    )


def asked(table: Table, draws: int, ask: Callable[..., object], *about: object) -> Took:
    return table.read(partial(ask, table.history.desk, *about) for _ in range(draws + 1))


def balances_shown(table: Table, draws: int) -> Took:
    history = table.history
    prisoners = [table.chance.choice(history.prisoners) for _ in range(draws + 1)]
    return table.read(
        partial(balances.balances, history.desk, one, history.clock.at) for one in prisoners
    )


def report(table: Table, folder: Path, form: ReportForm) -> Took:
    """The packages of a month, all of them, once."""
    desk = table.history.desk
    wanted = ReportAsked(ReportName.PACKAGES, TODAY - MONTH, TODAY)

    def write() -> None:
        writing = Writing(desk, wanted, "ky")
        output.write(REPORTS[wanted.name], writing, form, io.BytesIO(), folder)

    return table.read((write, write))


def rows(table: Table, folder: Path, draws: int) -> Iterator[tuple[str, ...]]:
    few = max(1, draws // 10)
    yield "what", "CPU, p50 / p99", "wall, p50 / p99"
    yield "---", "---", "---"
    yield proposals(table, draws, 0).row("may anything be brought")
    yield proposals(table, draws).row(f"a bag of {LINES} lines: what the rules answer")
    yield last_lists(table, draws).row("as last time")
    yield lots_drawn(table, draws).row("the lot")
    yield acceptances(table, draws).row(
        f"a bag of {LINES} lines taken in: decided again, written"
    )
    yield cards(table, draws).row(f"a parcel of {LINES} lines opened")
    yield long_cards(table, few).row(f"a parcel of {MANY} lines opened")
    kept = len(table.history.db.run_read(_stored))
    yield asked(table, few, storage.stored, OFFICER).row(f"storage list of {kept}")
    yield asked(table, few, today).row("the figures of the menu")
    finds = table.history.db.run_read(lambda: Find.select().count())
    yield asked(table, few, find_cards.find_lines, OFFICER).row(f"list of finds ({finds})")
    yield balances_shown(table, draws).row("balances of a prisoner")
    yield handovers(table, draws // 2).row("handed over")
    for form in (ReportForm.TABLE, ReportForm.CSV, ReportForm.XLSX, ReportForm.PDF):
        yield report(table, folder, form).row(f"register of packages, a month: {form.value}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="where the register is kept")
    parser.add_argument("--draws", type=int, default=DRAWS)
    arguments = parser.parse_args()
    with lent_history(arguments.folder) as history:
        for row in rows(Table(history), arguments.folder, arguments.draws):
            print("| " + " | ".join(row) + " |", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
