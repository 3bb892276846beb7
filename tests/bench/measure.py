"""What the real program costs: seconds, bytes to the terminal, CPU milliseconds, memory."""

from __future__ import annotations

import compileall
import os
import random
import select
import statistics
import time
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from devices.sim.reader import framed
from kiosk.clock import SystemClock, local_day
from kiosk.codes import Action
from kiosk.config import Settings
from kiosk.demo import history, people
from kiosk.demo.documents import td1
from kiosk.demo.officer import OFFICER
from kiosk.demo.post import DemoPost
from kiosk.services.desk import Desk
from kiosk.services.entry import entry
from kiosk.services.people import record
from kiosk.text import in_language
from tests.tty.gate import KIOSK, PASSPHRASE, Gate
from tests.tty.harness import ROOT, Glass
from tests.tty.torture import LOGIN, furnish

SAY = in_language("ky")
NOT_TODAY = SAY("NOT TODAY")


@dataclass(frozen=True)
class Cost:
    """Of one key: bytes it painted, CPU of the program, wall time to the last byte (ms)."""

    bytes: list[int]
    cpu_ms: float
    wall_ms: list[float]

    @property
    def median_bytes(self) -> float:
        return statistics.median(self.bytes)


def percentile(values: Iterable[float], share: float) -> float:
    """The value that `share` of them do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def demo(folder: Path) -> Glass:
    """The demo in a kept folder; its past is made once."""
    return Glass([*KIOSK, "demo", "--state", str(folder)])


def opened(glass: Glass) -> None:
    glass.wait_for(SAY("RULES"), timeout=60)
    glass.quiet(0.3)


def first_paint(folder: Path) -> float:
    """Seconds from the start of the process to the menu on the glass."""
    with demo(folder) as glass:
        glass.wait_for(SAY("MENU"), timeout=60)
        return time.perf_counter() - glass.started


def keys(glass: Glass, pressed: Iterable[str]) -> Cost:
    """Press keys one by one, each after the last has been painted."""
    sizes, walls = [], []
    count = 0
    before = glass.cpu()
    for key in pressed:
        begun = time.perf_counter()
        size = len(glass.received)
        glass.press(key)
        glass.read(0.5)
        walls.append((time.perf_counter() - begun) * 1000)
        glass.quiet(0.02)
        sizes.append(len(glass.received) - size)
        count += 1
    return Cost(sizes, (glass.cpu() - before) * 1000 / count, walls)


def form(glass: Glass) -> tuple[Cost, Cost]:
    """A letter and a Tab in the form of a new person."""
    glass.press("f10", "1")
    glass.wait_for(SAY("ARRIVAL, NEW PERSON"))
    keys(glass, ["tab"] * 7)
    letters = keys(glass, "Абдыкадыров" * 4)
    tabs = keys(glass, ["tab", "shift+tab"] * 15)
    glass.press("f8")
    glass.press("enter")
    glass.wait_for(SAY("RULES"))
    return letters, tabs


def till(glass: Glass, lines: int = 10) -> Cost:
    """A line of a bag, its five keys together: two letters, Enter, how much, Enter."""
    glass.press("f10")
    glass.wait_for(SAY("RULES"))
    glass.press("f7")
    glass.wait_for(SAY("HERE BEFORE"))
    glass.press("2")
    glass.wait_for(SAY("weight of the whole bag"))
    keys(glass, ["1", "5", "enter"])
    each = keys(glass, ["ч", "а", "enter", "1", "enter"] * lines)
    glass.press("f10")
    glass.wait_for(SAY("RULES"))
    return Cost(each.bytes, each.cpu_ms * 5, each.wall_ms)


def switches(glass: Glass) -> Cost:
    """Between kept screens: who is inside, the menu."""
    keys(glass, ["f9", "f10"])
    return keys(glass, ["f9", "f10"] * 10)


@dataclass(frozen=True)
class Visits:
    """Milliseconds: from the scan's last byte to the card, from Enter to the first byte."""

    to_card: list[float]
    to_printer: list[float]


def visits(glass: Glass, folder: Path, count: int) -> Visits:
    """Known visitors scanned one after another; who may pass is admitted."""
    zone = Settings().zone
    chance = random.Random(history.SEED)
    today = local_day(SystemClock().now(), zone)
    entered = list(people.prisoners(chance, history.PRISONERS, today))
    files = [prisoner.file_number for prisoner in entered]
    coming = list(people.visitors(chance, history.VISITORS, files, today))
    reader = os.open(folder / "reader.pty", os.O_WRONLY | os.O_NOCTTY)
    printer = os.open(folder / "printer.pty", os.O_RDONLY | os.O_NOCTTY | os.O_NONBLOCK)
    to_card, to_printer = [], []
    try:
        for visitor in coming[:count]:
            document = framed(td1(visitor.entry.document))
            begun = time.perf_counter()
            os.write(reader, document)
            glass.wait_for(answered, timeout=10)
            to_card.append((time.perf_counter() - begun) * 1000)
            if SAY("MAY PASS") in glass.text():
                _drain(printer)
                begun = time.perf_counter()
                glass.press("enter")
                select.select([printer], [], [], 10)
                to_printer.append((time.perf_counter() - begun) * 1000)
                glass.wait_for(lambda g: "V-" in g.row(23), timeout=10)
                glass.quiet(0.2)
                _drain(printer)
            # A refusal asks a question of consequence, which takes no key struck meanwhile.
            glass.quiet(0.05)
            glass.press("f10")
            glass.wait_for(SAY("RULES"))
            glass.quiet(0.05)
    finally:
        os.close(reader)
        os.close(printer)
    return Visits(to_card, to_printer)


def answered(glass: Glass) -> bool:
    """The decision stands on the glass."""
    text = glass.text()
    return SAY("MAY PASS") in text or NOT_TODAY in text


def _drain(descriptor: int) -> None:
    while select.select([descriptor], [], [], 0)[0]:
        if not os.read(descriptor, 65536):
            return


@dataclass(frozen=True)
class Idle:
    bytes: int
    cpu_percent: float
    wakeups: float


def idle(glass: Glass, seconds: float = 10.0) -> Idle:
    """Nobody touches anything, devices ready."""
    glass.quiet(1.0)
    cpu, wakeups, size = glass.cpu(), glass.wakeups(), len(glass.received)
    begun = time.perf_counter()
    while (left := begun + seconds - time.perf_counter()) > 0:
        glass.read(left)
    return Idle(
        len(glass.received) - size,
        (glass.cpu() - cpu) / seconds * 100,
        (glass.wakeups() - wakeups) / seconds,
    )


def crowd(folder: Path, count: int) -> None:
    """A demo register with `count` visitors more, written in one transaction."""
    register, _scans = history.furnish(DemoPost(folder).settings)
    try:
        register.db.run_write(_crowd, register.desk, count)
    finally:
        register.db.close()


def _crowd(desk: Desk, count: int) -> None:
    chance = random.Random(7)
    with entry(desk, Action.RECORD_PERSON, officer=OFFICER) as e:
        for visitor in people.visitors(chance, count, ["0"], desk.day()):
            fresh = replace(visitor.entry.document, number=f"AA{chance.randrange(10**7):07d}")
            number = f"{chance.randrange(10**13, 2 * 10**13)}"
            fresh = replace(fresh, personal_number=number)
            record(e, replace(visitor.entry, document=fresh, personal_number=number))


def whole_list(glass: Glass) -> float:
    """Milliseconds from F4 under Find to the first page of all visitors."""
    glass.press("f3")
    glass.wait_for(SAY("FIND"))
    glass.quiet(0.1)
    begun = time.perf_counter()
    glass.press("f4")
    glass.wait_for(lambda g: "PgDn" in g.text())
    return (time.perf_counter() - begun) * 1000


def searches(glass: Glass, texts: Iterable[str]) -> list[float]:
    """Milliseconds a letter, with the list that it brings."""
    walls: list[float] = []
    for text in texts:
        glass.press("f10")
        glass.wait_for(SAY("RULES"))
        glass.press("f3")
        glass.wait_for(SAY("FIND"))
        walls += keys(glass, text).wall_ms[1:]
    return walls


def compiled() -> None:
    """Leaves nothing to compile for the kiosk that is measured, as nothing is where it was
    installed: what was changed since would cost it a second and some megabytes."""
    for package in ("kiosk", "devices"):
        compileall.compile_dir(ROOT / package, quiet=1)


def gate_memory(folder: Path) -> int:
    """kB resident of `kiosk run` with an officer signed in, before the first print."""
    compiled()
    gate = Gate(folder, language="ky")
    try:
        furnish(gate, 5)
        with gate.run() as glass:
            glass.wait_for(SAY("SIGN IN"))
            glass.press(LOGIN, "enter", PASSPHRASE, "enter")
            glass.wait_for(SAY("RULES"), timeout=20)
            glass.quiet(0.5)
            return glass.rss()
    finally:
        gate.close()
