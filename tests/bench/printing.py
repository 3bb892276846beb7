"""`python -m tests.bench.printing`: how fast papers are printed, and what a printer costs.

The real program, spool, register and driver; the printer is simulated, at the end of a serial
line (a pty) or on the network (TCP), at 9600 baud and 150 mm/s. A table for the README.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from devices.health import DeviceFlag
from kiosk.codes import Template
from tests.bench import counter
from tests.bench.at_the_gate import FAULTS, AtTheGate, Rest, at_rest
from tests.bench.counter import Size, Trouble
from tests.bench.measure import percentile
from tests.bench.slow_press import EVERYTHING, LINES, POLLED, SlowPress

TROUBLES = ("freezes", "mute", "paper")


@dataclass(frozen=True)
class Counts:
    """How often each thing is done, on each line."""

    starts: int = 20
    warm: int = 4
    """Papers after the first of each start."""
    papers: int = 20
    faults: int = 4
    """Rounds of all faults, of new rolls, of closed lids."""
    trouble_s: float = 6.0
    rest_s: float = 20.0


@dataclass(frozen=True)
class Measured:
    """On one line. Seconds; memory in kB."""

    first: list[float]
    warm: list[float]
    badges: list[float]
    receipts: list[float]
    new_roll: list[float]
    well_again: dict[bool, list[float]]
    """Of a printer that tells of its own accord (True), or is asked."""
    told: dict[bool, list[float]]
    silent: list[float]
    cable: list[float]
    troubles: list[Trouble]
    rest: dict[bool, Rest]
    memory: tuple[int, int]


def measured(folder: Path, line: str, counts: Counts) -> Measured:
    first, warm = _enters(_made(folder / "enter"), line, counts)
    badges, receipts, cable, troubles = _papers(_made(folder / "papers"), line, counts)
    new_roll: list[float] = []
    silent: list[float] = []
    well_again: dict[bool, list[float]] = {}
    told: dict[bool, list[float]] = {}
    rest: dict[bool, Rest] = {}
    memory = (0, 0)
    for tells, knows in ((True, EVERYTHING), (False, POLLED)):
        place = _made(folder / f"faults-{tells}")
        press = SlowPress(place, line, knows=knows)
        there = AtTheGate(place, press, 1 + 3 * counts.faults)
        rounds = range(counts.faults)
        try:
            with there.open() as glass:
                if tells:
                    memory = there.first_print(glass)
                new_roll += [there.paper_back(glass) for _ in rounds]
                well_again[tells] = [
                    there.well_again(glass, flag)
                    for flag in (DeviceFlag.PAPER_OUT, DeviceFlag.COVER_OPEN)
                    for _ in rounds
                ]
                told[tells] = [there.told(glass, flag) for _ in rounds for flag in FAULTS]
                silent += [there.told_silent(glass) for _ in rounds]
                rest[tells] = at_rest(there, glass, counts.rest_s)
        finally:
            there.close()
            press.close()
    return Measured(
        first,
        warm,
        badges,
        receipts,
        new_roll,
        well_again,
        told,
        silent,
        cable,
        troubles,
        rest,
        memory,
    )


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True)
    return folder


def _enters(folder: Path, line: str, counts: Counts) -> tuple[list[float], list[float]]:
    """The first of each start of the program, and those after it; neither wire nor paper
    take time."""
    press = SlowPress(folder, line, baud=None, mm_per_s=None)
    there = AtTheGate(folder, press, counts.starts * (1 + counts.warm))
    first, warm = [], []
    try:
        for _ in range(counts.starts):
            with there.open() as glass:
                first.append(there.enter_to_first_byte(glass))
                warm += [there.enter_to_first_byte(glass) for _ in range(counts.warm)]
    finally:
        there.close()
        press.close()
    return first, warm


def _papers(
    folder: Path, line: str, counts: Counts
) -> tuple[list[float], list[float], list[float], list[Trouble]]:
    press = SlowPress(folder, line)

    async def work() -> tuple[list[float], list[float], list[float], list[Trouble]]:
        async with counter.counter(folder, press) as there:
            badges, receipts = await counter.proofs(there, counts.papers)
            cable = await counter.cable_out(there, counts.faults)
            troubles = [
                await counter.troubled(there, trouble, counts.trouble_s) for trouble in TROUBLES
            ]
            return badges, receipts, cable, troubles

    try:
        return counter.run(work())
    finally:
        press.close()


# ---- the table


@dataclass(frozen=True)
class Row:
    """`values` of the lines, in the unit of `must`; more than that breaks the promise."""

    what: str
    must: float | None
    values: list[float]
    unit: str
    digits: int = 0
    beside: tuple[str, ...] = ()

    @property
    def kept(self) -> bool:
        return self.must is None or max(self.values) <= self.must

    def __str__(self) -> str:
        must = "–" if self.must is None else f"≤ {self.must:g} {self.unit}"
        shown = [f"{value:.{self.digits}f} {self.unit}" for value in self.values]
        if self.beside:
            shown = [f"{one}, {more}" for one, more in zip(shown, self.beside, strict=True)]
        return "| " + " | ".join((self.what, must, *shown)) + " |"


def rows(found: Iterable[Measured], counts: Counts) -> Iterator[Row]:
    """A row a promise, of the measures on each line."""
    there = tuple(found)

    def row(
        what: str, must: float | None, unit: str, values: Iterable[float], digits: int = 0
    ) -> Row:
        return Row(what, must, list(values), unit, digits)

    yield row(
        f"Enter to first byte at the printer, p95 of {counts.starts * counts.warm}",
        50,
        "ms",
        (1000 * percentile(one.warm, 0.95) for one in there),
    )
    yield row(
        f"the same, first paper of a start, p95 of {counts.starts}",
        500,
        "ms",
        (1000 * percentile(one.first, 0.95) for one in there),
    )
    badge = counter.size_of(Template.BADGE, counter.badge("V-26-000001"))
    receipt = counter.size_of(Template.RECEIPT, counter.receipt("P-26-000001"))
    for name, size, times in (
        ("badge", badge, [one.badges for one in there]),
        ("receipt of 24 rows", receipt, [one.receipts for one in there]),
    ):
        what = f"order to proof, {name} ({_said(size)}), p95 of {counts.papers}"
        yield row(what, 1.5, "s", (percentile(one, 0.95) for one in times), 2)
    yield row(
        "new roll to proof of the paper in which the old one ended",
        2,
        "s",
        (max(one.new_roll) for one in there),
        2,
    )
    for tells, how in ((True, "tells of its own accord"), (False, "is asked")):
        yield row(
            f"new roll or closed lid to proof of a paper that waited, printer {how}",
            2,
            "s",
            (max(one.well_again[tells]) for one in there),
            2,
        )
    yield row(
        "fault to its word on the screen, printer tells of its own accord",
        300,
        "ms",
        (1000 * max(one.told[True]) for one in there),
    )
    yield row("the same, printer is asked", 2, "s", (max(one.told[False]) for one in there), 2)
    yield row("no answer any more to its word", 2, "s", (max(one.silent) for one in there), 2)
    yield row("line cut to the event", None, "ms", (1000 * max(one.cable) for one in there), 1)
    yield row(
        "giving up a list of 100 people in the middle, printer frozen, silent or without paper",
        None,
        "s",
        (max(trouble.given_up_s for trouble in one.troubles) for one in there),
        2,
    )
    held = [[trouble.held for trouble in one.troubles] for one in there]
    yield Row(
        "longest hold of the loop meanwhile, CPU",
        20,
        [1000 * max(one.cpu for one in each) for each in held],
        "ms",
        1,
        tuple(f"wall {1000 * max(one.wall for one in each):.1f} ms" for each in held),
    )
    for tells, how in ((True, "tells"), (False, "is asked")):
        rest = [one.rest[tells] for one in there]
        yield Row(
            f"kiosk at rest, printer {how}: CPU",
            0.2,
            [one.kiosk.cpu_percent for one in rest],
            "%",
            3,
            tuple(
                f"{one.printer_bytes_per_s:.1f} B/s to the printer, "
                f"{one.kiosk.bytes} B to the screen"
                for one in rest
            ),
        )
    yield Row(
        "memory that the first print adds",
        18,
        [(one.memory[1] - one.memory[0]) / 1000 for one in there],
        "MB",
        0,
        tuple(f"from {one.memory[0] / 1000:.0f} MB" for one in there),
    )


def _said(size: Size) -> str:
    return (
        f"{size.size} bytes, {size.wire_s:.2f} s of wire; "
        f"{size.millimetres:.0f} mm, {size.paper_s:.2f} s of paper and knife"
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    usual = Counts()
    parser.add_argument("--starts", type=int, default=usual.starts)
    parser.add_argument("--warm", type=int, default=usual.warm)
    parser.add_argument("--papers", type=int, default=usual.papers)
    parser.add_argument("--faults", type=int, default=usual.faults)
    parser.add_argument("--rest", type=float, default=usual.rest_s, metavar="SECONDS")
    given = parser.parse_args()
    counts = Counts(given.starts, given.warm, given.papers, given.faults, rest_s=given.rest)
    found = []
    for line in LINES:
        with tempfile.TemporaryDirectory() as name:
            found.append(measured(Path(name), line, counts))
        one = found[-1]
        print(
            f"{line}: Enter to first byte, median {1000 * statistics.median(one.warm):.0f} ms, "
            f"longest {1000 * max(one.warm):.0f} ms; first "
            f"{1000 * statistics.median(one.first):.0f} and {1000 * max(one.first):.0f} ms",
            file=sys.stderr,
        )
    table = list(rows(found, counts))
    print("| what | must | serial line | network |\n| --- | --- | --- | --- |")
    for row in table:
        print(row)
    return 0 if all(row.kept for row in table) else 1


if __name__ == "__main__":
    sys.exit(main())
