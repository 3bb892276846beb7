"""The kiosk dies, the printer loses its power, the cable comes out: in the middle of papers.

`python -m tests.tty.paper_torture` breaks each of the three at 20 random bytes of two papers
on their way; the tests run a few. The kiosk is the real program in a process of its own, the
printer the simulated one in this. After each break an officer says of every uncertain paper
what lies in the tray, and what did not come out is ordered again as a copy. Promises: no
paper is lost, none is there twice without a mark, what the machine calls printed is printed,
half a paper never passes for a whole one, and the next one is whole.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from devices.sim.printer import SimulatedPrinter
from kiosk.codes import TO_BE_ASKED, Action, JobState, Role, Sex, Template
from kiosk.config import Settings, load
from kiosk.papers import BadgeBody
from kiosk.printouts.samples import SAMPLES
from kiosk.roll import Roll, render
from kiosk.services import audit, print_queue, printing, staff
from kiosk.services.desk import Desk
from kiosk.services.entry import entry
from kiosk.services.opening import open_register
from kiosk.text import LANGUAGES, in_language
from kiosk.values import Officer, PrintJob
from tests.tty.gate import PASSPHRASE, Gate, Press
from tests.tty.harness import Glass

T = TypeVar("T")

SCRAP = tuple(in_language(one)("INCOMPLETE, NOT VALID") for one in LANGUAGES)
QUICK = staff.Cost(memory_kib=64, passes=1)

# As long as a plug is out, or a printer off, before somebody has noticed.
AWAY_S = 0.7
# Against hanging only.
LONG = 120.0


class Break(StrEnum):
    KILL = "kill -9, the line goes on"
    DARK = "kill -9, what the line held is lost"
    POWER = "power cycle of the printer"
    CABLE = "cable out"


class Trap(SimulatedPrinter):
    """A printer that takes so many bytes, not one more, and then something happens."""

    left: int | None = None
    act: Callable[[], None]

    def spring_after(self, count: int, act: Callable[[], None]) -> None:
        self.left, self.act = count, act

    def room(self) -> int:
        room = super().room()
        return room if self.left is None else min(room, self.left)

    def take(self, data: bytes) -> None:
        super().take(data)
        if self.left is not None:
            self.left -= len(data)
            if self.left <= 0:
                self.left = None
                self.act()


class Tray(Press):
    """The printer on a loop of its own; half a paper stays on the roll."""

    def _make(self, link: Path) -> Trap:
        return Trap(link, on_paper=self._printed, baud=115_200, mm_per_s=400, tears_off=False)

    def arm(self, offset: int, kind: Break, glass: Glass) -> threading.Event:
        """Has it happen after `offset` bytes more; the event tells that it has."""
        printer, happened = self._printer, threading.Event()
        assert isinstance(printer, Trap)

        def act() -> None:
            match kind:
                case Break.KILL:
                    os.kill(glass.pid, signal.SIGKILL)
                case Break.DARK:
                    os.kill(glass.pid, signal.SIGKILL)
                    printer.hang_up()
                case Break.POWER:
                    printer.switch_off()
                    self._loop.call_later(AWAY_S, printer.switch_on)
                case Break.CABLE:
                    printer.pull_out()
                    self._loop.call_later(AWAY_S, printer.plug_in)
            happened.set()

        self._do(lambda: printer.spring_after(offset, act))
        return happened

    @property
    def pieces(self) -> list[str]:
        """What was cut off, as it stands there."""
        return self._do(lambda: list(self._printer.papers))


@dataclass
class Outcome:
    """What was broken how often, what became of the papers, and every promise that was not
    kept, in words."""

    breaks: Counter[Break] = field(default_factory=Counter)
    papers: int = 0
    uncertain: int = 0
    came_out: int = 0
    """Of the uncertain ones."""
    scrap: int = 0
    faults: list[str] = field(default_factory=list)


class Bench:
    """One gate, whose papers are ordered and settled while its kiosk is not running."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.gate = Gate(folder, language="en", printer_port="press")
        config = self.gate.config.read_text()
        # Nobody waits 20 seconds for a printer that was switched off.
        config = config.replace('port = "press"', 'port = "press"\nproof_deadline_s = 3')
        self.gate.config.write_text(config)
        self.settings: Settings = load(self.gate.config)
        self.tray = Tray(folder / "press")
        self.outcome = Outcome()
        self._chance = random.Random(seed)
        self._serial = 0
        self._officer: Officer = self._at_the_register(_furnish)

    def close(self) -> None:
        self.tray.close()
        self.gate.close()

    def round(self, kind: Break) -> None:
        """Two papers and the copies of the last round, broken somewhere; then the officer."""
        length = self._at_the_register(self._order)
        with self.gate.run() as glass:
            broken = self.tray.arm(self._chance.randrange(1, length), kind, glass)
            if kind in (Break.KILL, Break.DARK):
                assert broken.wait(LONG)
                glass.wait_exit()
            else:
                # First: the kiosk may be done with the paper before the event is set.
                assert broken.wait(LONG)
                self._all_ended(glass)
                _end(glass)
        if kind in (Break.KILL, Break.DARK):
            self._print_all()
        self.outcome.breaks[kind] += 1
        self._at_the_register(self._settle)

    def _print_all(self) -> None:
        with self.gate.run() as glass:
            self._all_ended(glass)
            _end(glass)

    def _all_ended(self, glass: Glass) -> None:
        """Until no paper waits or is on its way, as the register says beside the kiosk."""
        register = open_register(self.settings, writer=False)
        try:
            end = time.monotonic() + LONG
            while register.db.run_read(print_queue.waiting, register.desk).waiting:
                assert time.monotonic() < end, "a paper is on its way for ever"
                glass.read(0.05)
        finally:
            register.db.close()

    # ---- at the register, while the kiosk is not running

    def _at_the_register(self, work: Callable[[Desk], T]) -> T:
        register = open_register(self.settings)
        try:
            return register.db.run_write(work, register.desk)
        finally:
            register.db.close()

    def _order(self, desk: Desk) -> int:
        """Two badges; how many bytes they are."""
        length = 0
        for _ in range(2):
            self._serial += 1
            number = f"V-26-{self._serial:06d}"
            badge = replace(_sample(), number=number, badge=f"{number}-1")
            with entry(desk, Action.REPRINT, officer=self._officer) as e:
                job_id = printing.order(desk, e, None, Template.BADGE, badge)
            length += len(_bytes_of(printing.body(desk, job_id)))
        return length

    def _settle(self, desk: Desk) -> None:
        """Of each uncertain paper the officer says what lies in the tray."""
        pieces = self.tray.pieces
        for paper in printing.papers(desk, self._officer, limit=1000):
            if paper.state in TO_BE_ASKED:
                there = _shown(printing.body(desk, paper.job_id)) in pieces
                printing.settle(desk, self._officer, paper.job_id, there, again=not there)
                self.outcome.uncertain += 1
                self.outcome.came_out += there

    def look(self) -> Outcome:
        """Prints what is left, and compares the tray with the register."""
        self._print_all()
        self._at_the_register(self._look)
        return self.outcome

    def _look(self, desk: Desk) -> None:
        pieces = Counter(self.tray.pieces)
        in_hand: set[str] = set()
        whole: set[str] = set()
        fault = self.outcome.faults.append
        for paper in printing.papers(desk, self._officer, limit=10_000):
            text = _shown(printing.body(desk, paper.job_id))
            named = f"{paper.number} copy {paper.copy_no}"
            whole.add(text)
            self.outcome.papers += 1
            if text in pieces:
                in_hand.add(paper.number)
            if pieces[text] > 1:
                fault(f"{named} is there {pieces[text]} times")
            if paper.state is JobState.CONFIRMED and not pieces[text]:
                fault(f"{named} is called printed, and is not")
            if paper.state not in (JobState.CONFIRMED, JobState.SETTLED):
                fault(f"{named} is {paper.state} for ever")
        for serial in range(1, self._serial + 1):
            if f"V-26-{serial:06d}" not in in_hand:
                fault(f"V-26-{serial:06d} is lost")
        for piece in pieces:
            if piece in whole:
                continue
            self.outcome.scrap += 1
            if not all(mark in piece for mark in SCRAP):
                fault(f"half a paper passes for a whole one:\n{piece}")
        for finding in audit.verify(desk).findings:
            fault(f"the chain: {finding.kind}")


def _furnish(desk: Desk) -> Officer:
    administrator = staff.create_first_administrator(
        desk, "osmonov", "Осмонов Д.", Sex.MALE, PASSPHRASE, cost=QUICK
    )
    roles = frozenset({Role.OFFICER})
    return staff.add_user(
        desk, administrator, "bekova", "Бекова М.", Sex.FEMALE, roles, PASSPHRASE, cost=QUICK
    )


def _sample() -> BadgeBody:
    sample = SAMPLES[Template.BADGE]
    assert isinstance(sample, BadgeBody)
    return sample


def _bytes_of(job: PrintJob) -> bytes:
    return render(job.template, job.body, Roll())


def _shown(job: PrintJob) -> str:
    """The paper as the printer makes it."""
    printer = SimulatedPrinter()
    printer.take(_bytes_of(job))
    return printer.papers[0]


def _end(glass: Glass) -> None:
    glass.term()
    glass.wait_exit(LONG)


def torture(folder: Path, rounds: int, seed: int = 0) -> Outcome:
    """So many breaks of each kind, one after the other at one gate."""
    bench = Bench(folder, seed)
    try:
        for _ in range(rounds):
            for kind in Break:
                bench.round(kind)
        return bench.look()
    finally:
        bench.close()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=20, help="breaks of each kind")
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        outcome = torture(Path(folder), arguments.rounds, arguments.seed)
    print(", ".join(f"{count} × {kind}" for kind, count in outcome.breaks.items()))
    print(
        f"{outcome.papers} papers with their copies; {outcome.uncertain} were uncertain, of"
        f" them {outcome.came_out} had come out; {outcome.scrap} ends of scrap"
    )
    for fault in outcome.faults:
        print(fault)
    return 1 if outcome.faults else 0


if __name__ == "__main__":
    sys.exit(main())
