"""`python -m tests.bench.swipes`: documents drawn through simulated readers, over real ptys.

Clean ones of every make, framing, layout and pace; damaged ones, a clean one after each;
a reader unplugged and plugged in; the time from the last byte to the event.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from devices.events import DeviceChanged, DocumentRead, Event
from devices.health import DeviceState
from devices.mrz import Document, Status, parse
from devices.readers.listening import Patience
from devices.readers.profiles import Profile, load
from devices.sim.faults import Fault, damaged
from devices.sim.framings import Framing, framed
from devices.sim.makes import MAKES
from tests.bench.measure import percentile
from tests.unit.mrz_builder import ASANOVA, BEKOV_PASSPORT, KARIMOV, Holder
from tests.unit.reader_desk import QUICK, TODAY, Desk, held

SEED = 9303
PACES = (9600, 115200, None)
"""Baud; None: all at once, as over USB."""

# Every one of these is held by a check digit in every layout, or by the personal number's own.
COVERED = ("document_number", "birth_date", "expiry_date", "personal_number")

# These makes send one framing only; what they wait for hangs on it.
_OWN_FRAMING = {"3m": Framing.OU, "stx-lrc": Framing.STX_LRC, "elyctis": Framing.TLV}

_HOLDERS = (ASANOVA, BEKOV_PASSPORT, KARIMOV)
LAYOUTS: dict[str, Callable[[Holder], Sequence[str]]] = {
    "TD1": lambda of: of.but(code="ID").td1(),
    "TD2": lambda of: of.but(code="ID", optional="").td2(),
    "TD3": lambda of: of.but(code="P").td3(),
}


def document(chance: Random, layout: str) -> tuple[str, ...]:
    """A document of the region with a number of its own, so that none is taken for a repeat."""
    holder = chance.choice(_HOLDERS)
    number = f"{holder.number[:2]}{chance.randrange(10**7):07}"
    return tuple(LAYOUTS[layout](holder.but(number=number)))


def makes_and_framings() -> Iterator[tuple[str, Framing]]:
    """Every profile with every framing that its readers may be set to."""
    for make in MAKES:
        own = _OWN_FRAMING.get(make)
        yield from ((make, framing) for framing in ([own] if own else Framing))


class Swiping(Desk):
    """A desk at which one document follows the other."""

    def __init__(self, folder: Path, make: str, patience: Patience = QUICK) -> None:
        self.profile: Profile = load(make)
        self.gap = patience.gap
        super().__init__(folder, patience, self.profile, MAKES[make]())

    async def swipe(self, raw: bytes, baud: int | None = None) -> list[DocumentRead]:
        """The documents read until the line is quiet again."""
        if baud is None:
            self.sim.send(raw)
        else:
            await self.sim.send_at(baud, raw)
        read: list[DocumentRead] = []
        while True:
            try:
                event = await asyncio.wait_for(self.events.get(), 1.5 * self.gap)
            except TimeoutError:
                return read
            if isinstance(event, DocumentRead):
                read.append(event)

    async def cut_off(self, half: bytes) -> list[DocumentRead]:
        """The documents read when the cable is pulled out in the middle, and put in again."""
        self.sim.send(half)
        # Half of it is heard at least: what nobody has taken yet is lost with the line.
        await asyncio.sleep(self.gap / 4)
        self.sim.unplug()
        read: list[DocumentRead] = []
        while True:
            event = await asyncio.wait_for(self.events.get(), 3)
            match event:
                case DocumentRead():
                    read.append(event)
                case DeviceChanged(state=DeviceState.LOST):
                    self.sim.plug()
                case DeviceChanged(state=DeviceState.READY):
                    return read

    def draw(self, lines: Sequence[str], framing: Framing) -> bytes:
        """What its reader sends for a document; a make that answers keeps it, to repeat it."""
        own = self.sim.make.read(lines)
        return own if self.profile.name in _OWN_FRAMING else framed(lines, framing)

    async def flap(self) -> float:
        """Unplugged and plugged in: seconds until it is ready again."""
        self.sim.unplug()
        await self.state(DeviceState.LOST)
        self.sim.plug()
        begun = asyncio.get_running_loop().time()
        await self.state(DeviceState.READY)
        return asyncio.get_running_loop().time() - begun


# ---- clean


@dataclass
class Clean:
    swipes: int = 0
    missed: list[str] = field(default_factory=list)
    """Make, framing, layout and pace of what was not read once and right."""


async def clean(
    folder: Path, pairs: Sequence[tuple[str, Framing]], paces: Sequence[int | None], seed: int
) -> Clean:
    """One document of each layout for each pair and pace."""
    chance = Random(seed)
    tally = Clean()
    for make, framing in pairs:
        # At a slow pace on a busy machine the usual gap keeps a message whole.
        patience = QUICK if list(paces) == [None] else Patience()
        desk = Swiping(folder, make, patience)
        await desk.open()
        for pace in paces:
            for layout in LAYOUTS:
                if desk.profile.arm_after_read:
                    await desk.sim.was_told(desk.profile.arm)
                lines = document(chance, layout)
                read = await desk.swipe(desk.draw(lines, framing), pace)
                tally.swipes += 1
                found = [(one.document.status, one.document.lines) for one in read]
                if found != [(Status.OK, lines)]:
                    tally.missed.append(f"{make} {framing} {layout} {pace or 'unpaced'}")
        await desk.close()
    return tally


# ---- damaged


@dataclass
class Damaged:
    swipes: Counter[str] = field(default_factory=Counter)
    accepted: int = 0
    for_review: int = 0
    nothing: int = 0
    wrong: list[str] = field(default_factory=list)
    """Accepted, and a covered field is not what the document says."""
    names: int = 0
    """Accepted, and what no check digit covers (a name, a sex, a state) is wrong."""
    doubled: int = 0
    next_read: int = 0


async def damage(folder: Path, count: int, seed: int) -> Damaged:
    """`count` damaged swipes over all makes and framings, and a clean one after each."""
    chance = Random(seed)
    tally = Damaged()
    kinds: list[Fault | None] = [*Fault, None]  # None: unplugged in the middle
    pairs = list(makes_and_framings())
    desks: dict[str, Swiping] = {}
    for number in range(count):
        make, framing = chance.choice(pairs)
        if make not in desks:
            (folder / make).mkdir(exist_ok=True)
            desks[make] = Swiping(folder / make, make)
            await desks[make].open()
        await _damage_one(desks[make], kinds[number % len(kinds)], framing, chance, tally)
    for desk in desks.values():
        await desk.close()
    return tally


async def _damage_one(
    desk: Swiping, fault: Fault | None, framing: Framing, chance: Random, tally: Damaged
) -> None:
    framing = _OWN_FRAMING.get(desk.profile.name, framing)
    lines = document(chance, chance.choice(list(LAYOUTS)))
    whole = desk.draw(lines, framing)
    tally.swipes[fault.value if fault else "unplugged"] += 1
    if fault is None:
        read = await desk.cut_off(whole[: chance.randrange(8, len(whole) - 8)])
    else:
        read = await desk.swipe(damaged(lines, fault, chance, framing))
    _judge(read, parse(lines, TODAY), fault, tally)
    if desk.profile.arm_after_read:
        # The reader was armed when its line was opened, or after what it sent.
        desk.sim.make.ordered(desk.profile.arm)
    after = document(chance, chance.choice(list(LAYOUTS)))
    found = await desk.swipe(desk.draw(after, framing))
    tally.next_read += [(one.document.status, one.document.lines) for one in found] == [
        (Status.OK, after)
    ]


def _judge(
    read: Sequence[DocumentRead], right: Document, fault: Fault | None, tally: Damaged
) -> None:
    accepted = [one.document for one in read if one.document.status is Status.OK]
    tally.accepted += bool(accepted)
    tally.for_review += not accepted and bool(read)
    tally.nothing += not read
    tally.doubled += len({one.lines for one in accepted}) < len(accepted)
    for one in accepted:
        if any(getattr(one, name) != getattr(right, name) for name in COVERED):
            tally.wrong.append(fault.value if fault else "unplugged")
        else:
            tally.names += one.lines != right.lines


# ---- the cable, and the clock


@dataclass(frozen=True)
class Flaps:
    """Seconds from plugging in to ready; descriptors and tasks more than before."""

    back: list[float]
    leaked: tuple[int, int]


async def flaps(folder: Path, count: int) -> Flaps:
    """A reader unplugged and plugged in `count` times."""
    desk = Swiping(folder, "generic", Patience())
    await desk.open()
    before = held()
    back = [await desk.flap() for _ in range(count)]
    after = held()
    await desk.close()
    return Flaps(back, (after[0] - before[0], after[1] - before[1]))


@dataclass(frozen=True)
class Latency:
    """Milliseconds from the last byte to the event, and of CPU for a swipe."""

    wall: list[float]
    cpu: float


async def latency(folder: Path, count: int, seed: int) -> Latency:
    """`count` documents of all layouts, each line ended by CR LF, at once."""
    chance = Random(seed)
    desk = Swiping(folder, "generic", QUICK)
    await desk.open()
    wall = []
    cpu = 0.0
    for number in range(count):
        lines = document(chance, list(LAYOUTS)[number % len(LAYOUTS)])
        begun, used = time.perf_counter(), time.process_time()
        desk.sim.swipe(lines, Framing.CRLF)
        event: Event = await desk.events.get()
        assert isinstance(event, DocumentRead)
        wall.append((time.perf_counter() - begun) * 1000)
        cpu += time.process_time() - used
        await desk.swipe(b"")
    await desk.close()
    return Latency(wall, cpu * 1000 / count)


# ---- the command


async def report(arguments: argparse.Namespace, folder: Path) -> bool:
    """Prints the counts; whether all promises were kept."""
    pairs = list(makes_and_framings())
    swiped = await clean(folder, pairs, PACES, arguments.seed)
    print(
        f"clean: {swiped.swipes} swipes ({len(pairs)} profiles and framings × "
        f"{len(LAYOUTS)} layouts × 9600, 115200, unpaced), {len(swiped.missed)} not read",
        flush=True,
    )
    for missed in swiped.missed:
        print(f"  {missed}")
    hurt = await damage(folder, arguments.damaged, arguments.seed)
    total = hurt.swipes.total()
    print(f"damaged: {total} swipes ({', '.join(f'{k} {n}' for k, n in hurt.swipes.items())})")
    print(f"  {hurt.accepted} accepted, of them {len(hurt.wrong)} with a covered field wrong,")
    print(f"  {hurt.names} with something wrong that no check digit covers")
    print(f"  {hurt.for_review} for review, {hurt.nothing} with no document")
    print(f"  {hurt.doubled} told twice; the next clean swipe was read {hurt.next_read} times")
    sys.stdout.flush()
    plugged = await flaps(folder, arguments.flaps)
    print(
        f"unplugged {len(plugged.back)} times: back after {max(plugged.back):.2f} s at most, "
        f"{plugged.leaked[0]} descriptors and {plugged.leaked[1]} tasks leaked",
        flush=True,
    )
    took = await latency(folder, arguments.latency, arguments.seed)
    print(
        f"last byte to event, {len(took.wall)} swipes: p50 {percentile(took.wall, 0.5):.2f}, "
        f"p99 {percentile(took.wall, 0.99):.2f} ms; CPU of a swipe {took.cpu:.2f} ms"
    )
    return not (
        swiped.missed
        or hurt.wrong
        or hurt.doubled
        or hurt.next_read < total
        or max(plugged.back) >= 1
        or any(plugged.leaked)
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--damaged", type=int, default=1000)
    parser.add_argument("--flaps", type=int, default=50)
    parser.add_argument("--latency", type=int, default=300)
    parser.add_argument("--seed", type=int, default=SEED)
    arguments = parser.parse_args()
    # That a cable was pulled out is no news here.
    logging.getLogger("devices").addHandler(logging.NullHandler())
    with tempfile.TemporaryDirectory() as name:
        kept = asyncio.run(report(arguments, Path(name)))
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
