"""The real program and a slow printer, seen by an officer: Enter, paper, words on the glass."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from devices.health import DeviceFlag, DeviceState
from kiosk.printer_words import WORDS
from tests.bench import measure
from tests.bench.measure import Idle
from tests.bench.slow_press import SERIAL, SlowPress, gate_with
from tests.tty import house
from tests.tty.gate import Gate
from tests.tty.harness import Glass

# A printer that is asked is asked once in a while: faults happen at any moment of it.
POLL_S = 1.2

_WORD = {
    DeviceFlag.PAPER_NEAR_END: WORDS[DeviceState.DEGRADED].word,
    **{
        flag: WORDS[flag].word
        for flag in (
            DeviceFlag.PAPER_OUT,
            DeviceFlag.COVER_OPEN,
            DeviceFlag.CUTTER,
            DeviceFlag.OVERHEATED,
        )
    },
}
SILENT = WORDS[DeviceFlag.MUTE].word
READY = WORDS[DeviceState.READY].word
_PATIENCE_S = 20

_BAG = ("te", "so", "br", "sk", "te", "so", "br", "sk")
"""Codes of things that are counted: a bag of as many lines as most have."""


class AtTheGate:
    """A gate with its printer, and visitors who come one after the other, each once."""

    def __init__(self, folder: Path, press: SlowPress, visitors: int) -> None:
        self.press = press
        self.gate: Gate = gate_with(folder, press)
        # Numbers that no other visitor of the house has.
        coming = [house.visitor(number) for number in range(100, 100 + visitors)]
        house.furnish(self.gate, coming)
        self._coming = iter(coming)
        self._chance = random.Random(9100)

    def close(self) -> None:
        self.gate.close()

    @contextmanager
    def open(self) -> Iterator[Glass]:
        """The kiosk, signed in, its printer ready, nothing printed yet."""
        with self.gate.run() as glass:
            house.enter(self.gate, glass)
            self.shows(glass, READY)
            glass.quiet(0.3)
            yield glass

    @staticmethod
    def shows(glass: Glass, word: str) -> float:
        """Waits until the status bar says so of the printer; when it did."""
        glass.wait_for(f"Printer {word}", timeout=_PATIENCE_S)
        return time.perf_counter()

    def printed(self, glass: Glass, number: str) -> float:
        """Waits until the badge is called proved; when it was. It is there once."""
        glass.wait_for(f"Printed and proved: badge {number}.", timeout=_PATIENCE_S)
        at = time.perf_counter()
        there = sum(number in paper for paper in self.press.papers)
        assert there == 1, f"{there} papers of {number}"
        return at

    # ---- what is measured

    def enter_to_first_byte(self, glass: Glass) -> float:
        """Seconds from Enter on MAY PASS to the first byte of the badge at the printer."""
        one = next(self._coming)
        self.gate.swipe(house.lines(one.holder))
        glass.wait_for(lambda g: one.name in g.text() and "MAY PASS" in g.text(), timeout=10)
        glass.quiet(0.05)
        self.press.expect_paper()
        since = time.perf_counter()
        glass.press("enter")
        took = self.press.first_byte_at() - since
        admitted = "ADMITTED   "
        glass.wait_for(admitted)
        self.printed(glass, glass.text().partition(admitted)[2][:11])
        return took

    def bag_to_first_byte(self, glass: Glass) -> tuple[float, float]:
        """Seconds from F2 on a bag of eight lines to the first byte of its receipt at the
        printer, and the kiosk's own CPU seconds until then."""
        one = next(self._coming)
        glass.wait_for("RULES")
        glass.press("3")
        glass.wait_for("PACKAGE, SENDER")
        self.gate.swipe(house.lines(one.holder))
        glass.wait_for("MAY BE TAKEN", timeout=10)
        glass.press("f2")
        glass.wait_for("weight of the whole bag")
        glass.press("5.4", "enter")
        for no, code in enumerate(_BAG, start=1):
            glass.press(code, "enter", "1", "enter")
            glass.wait_for(f"  {no} {code} ")
        glass.quiet(0.1)
        self.press.expect_paper()
        cpu, since = glass.cpu(), time.perf_counter()
        glass.press("f2")
        took = self.press.first_byte_at() - since
        used = glass.cpu() - cpu
        glass.wait_for("Printed and proved: receipt", timeout=_PATIENCE_S)
        glass.quiet(0.3)
        glass.press("f10")
        return took, used

    def first_print(self, glass: Glass) -> tuple[int, int]:
        """kB resident before and after the first paper is printed: its visit is recorded
        and on the glass already when the printer gets paper."""
        self.press.fault(DeviceFlag.PAPER_OUT)
        self.shows(glass, _WORD[DeviceFlag.PAPER_OUT])
        number = house.admit(self.gate, glass, next(self._coming))
        glass.quiet(0.5)
        before = glass.rss()
        self.press.mend(DeviceFlag.PAPER_OUT)
        self.printed(glass, number)
        glass.quiet(0.5)
        return before, glass.rss()

    def paper_back(self, glass: Glass) -> float:
        """Seconds from a new roll to the proof of a badge in which the old one ended."""
        self.press.paper_ends_after(3)
        return self._goes_on(glass, DeviceFlag.PAPER_OUT)

    def well_again(self, glass: Glass, flag: DeviceFlag) -> float:
        """Seconds from the end of a fault to the proof of a badge ordered meanwhile."""
        self.press.fault(flag)
        self.shows(glass, _WORD[flag])
        return self._goes_on(glass, flag)

    def _goes_on(self, glass: Glass, flag: DeviceFlag) -> float:
        number = house.admit(self.gate, glass, next(self._coming))
        self.shows(glass, _WORD[flag])
        self._any_moment(glass)
        since = time.perf_counter()
        self.press.mend(flag)
        took = self.printed(glass, number) - since
        self.shows(glass, READY)
        return took

    def told(self, glass: Glass, flag: DeviceFlag) -> float:
        """Seconds from a fault to its word on the glass."""
        self._any_moment(glass)
        since = time.perf_counter()
        self.press.fault(flag)
        took = self.shows(glass, _WORD[flag]) - since
        self.press.mend(flag)
        self.shows(glass, READY)
        return took

    def told_silent(self, glass: Glass) -> float:
        """Seconds from the last answer to the word on the glass."""
        self._any_moment(glass)
        since = time.perf_counter()
        self.press.hush()
        took = self.shows(glass, SILENT) - since
        self.press.hush(False)
        self.shows(glass, READY)
        return took

    def _any_moment(self, glass: Glass) -> None:
        """At rest, at any moment between two questions."""
        glass.quiet(0.1)
        time.sleep(self._chance.random() * POLL_S)


def receipts(folder: Path, count: int) -> tuple[list[float], list[float]]:
    """Milliseconds from F2 to the first byte of a receipt, and of the kiosk's CPU until then,
    of so many bags after the first; neither wire nor paper take time."""
    press = SlowPress(folder, SERIAL, baud=None, mm_per_s=None)
    there = AtTheGate(folder, press, count + 1)
    try:
        with there.open() as glass:
            there.bag_to_first_byte(glass)  # which imports what makes papers
            took = [there.bag_to_first_byte(glass) for _ in range(count)]
    finally:
        there.close()
        press.close()
    return [1000 * wall for wall, _ in took], [1000 * cpu for _, cpu in took]


FAULTS: Sequence[DeviceFlag] = tuple(_WORD)


@dataclass(frozen=True)
class Rest:
    """What a ready printer costs while nobody does anything."""

    kiosk: Idle
    printer_bytes_per_s: float


def at_rest(there: AtTheGate, glass: Glass, seconds: float) -> Rest:
    """Bytes are those that the printer gets."""
    glass.press("f10")
    glass.quiet(1.0)
    before, since = there.press.count(), time.perf_counter()
    kiosk = measure.idle(glass, seconds)
    passed = time.perf_counter() - since
    return Rest(kiosk, (there.press.count() - before) / passed)
