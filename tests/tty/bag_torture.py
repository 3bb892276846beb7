"""Kills the kiosk at random moments of a bag, takes up what was left, and looks at it all.

`python -m tests.tty.bag_torture --kills 100` is the full form; the tests run four. Promises: no
bag that was called recorded is lost, none is there twice or half, no line that stood on the
glass is gone, no number is given twice or left out, no receipt is in a hand without its row,
the ledger holds what was taken in, the audit chain is whole.
"""

from __future__ import annotations

import argparse
import random
import re
import signal
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from kiosk.config import load
from kiosk.services import audit
from kiosk.services.opening import open_register
from kiosk.text import in_language
from tests.paper import decode
from tests.tty import counter, house
from tests.tty.gate import Gate, Press
from tests.tty.harness import Glass
from tests.tty.looks import title

# So many bytes draw a bag on the glass, from the menu to F2.
OUTPUT = 4500
LONG = 20.0  # seconds, against hanging only
CODES = ("te", "so", "br", "sk")
_RECORDED = re.compile(r"ACCEPTED +P-\d\d-(\d{6})")
_NUMBER = re.compile(r"P-\d\d-(\d{6})")
_LINE = re.compile(rf"^. +\d+ ({'|'.join(CODES)}) ", re.MULTILINE)


@dataclass
class Outcome:
    """What was seen from outside, and what the register holds afterwards."""

    kills: int = 0
    taken_up: int = 0
    acknowledged: set[int] = field(default_factory=set)
    lines_lost: list[str] = field(default_factory=list)
    receipts: list[int] = field(default_factory=list)
    over: set[int] = field(default_factory=set)
    """Bags of whose receipt nobody is told any more: it is called printed, or not wanted."""
    numbers: list[int] = field(default_factory=list)
    senders: list[bytes] = field(default_factory=list)
    """Who brought each bag that was taken in; everybody brought one."""
    half: list[str] = field(default_factory=list)
    chain: list[str] = field(default_factory=list)

    @property
    def lost(self) -> set[int]:
        """Bags that the screen called recorded, and the register does not have."""
        return self.acknowledged - set(self.numbers)

    @property
    def twice(self) -> int:
        return len(self.senders) - len(set(self.senders))

    @property
    def missing(self) -> set[int]:
        """Numbers that were left out."""
        return set(range(1, max(self.numbers, default=0) + 1)) - set(self.numbers)

    @property
    def faults(self) -> list[str]:
        """Every promise that was broken, in words."""
        receipts = Counter(self.receipts)
        said: dict[str, object] = {
            "lost": sorted(self.lost),
            "bags there twice": self.twice,
            "bags without a number": len(self.senders) - len(self.numbers),
            "numbers missing": sorted(self.missing),
            "lines lost": self.lines_lost,
            "half a bag": self.half,
            "receipts without a row": sorted(receipts.keys() - set(self.numbers)),
            "receipts that nobody got": sorted(self.over - receipts.keys()),
            "receipts printed twice": sorted(one for one, many in receipts.items() if many > 1),
            "chain": self.chain,
        }
        return [f"{name}: {what}" for name, what in said.items() if what]


@dataclass(frozen=True, slots=True)
class Kill:
    """After so many bytes of a bag on the glass (none: not before F2), and so much later."""

    output: int | None
    seconds: float


def moment(chance: random.Random) -> Kill:
    """Half of them fall anywhere in the list, half of them around F2."""
    anywhere = chance.random() < 0.5
    return Kill(chance.randrange(OUTPUT) if anywhere else None, chance.uniform(0.0, 0.15))


def bring(gate: Gate, glass: Glass, sender: house.Visitor, kill: Kill) -> int:
    """A bag at a menu, up to the kill; how many of its lines stood there."""
    began = len(glass.received)

    def is_due(glass: Glass) -> bool:
        return kill.output is not None and len(glass.received) - began >= kill.output

    def go_on_when(seen: str) -> bool:
        """False where the power goes before."""
        glass.wait_for(lambda g: seen in g.text() or is_due(g), timeout=LONG)
        return not is_due(glass)

    glass.press("3")
    if go_on_when(gate.say("PACKAGE, SENDER")):
        gate.swipe(house.lines(sender.holder))
    # Typed ahead, as an officer does who knows the way.
    lines = [key for code in CODES for key in (code, "enter", "1", "enter")]
    for seen, keys in (
        (gate.say("MAY BE TAKEN"), ["f2"]),
        (gate.say("weight of the whole bag"), ["1.6", "enter", *lines]),
        (f"  {len(CODES)} {CODES[-1]} ", ["f2"]),
    ):
        if not go_on_when(seen):
            break
        glass.press(*keys)
    end = time.perf_counter() + kill.seconds
    while time.perf_counter() < end:
        glass.read(end - time.perf_counter())
    glass.kill(signal.SIGKILL)
    glass.wait_exit()
    return len(_LINE.findall(glass.text()))


def take_up(gate: Gate, glass: Glass, outcome: Outcome, stood: int) -> None:
    """What was left is gone on with from the menu: no line is missing; F2 takes it in. A bag
    without a line is dropped."""
    weigh, next_line = gate.say("weight of the whole bag"), gate.say("next line")
    nothing = gate.say("No scan is waiting. Put the document on the reader.")
    glass.press("f6")
    glass.wait_for(
        lambda g: any(one in g.text() for one in (weigh, next_line, nothing)), timeout=LONG
    )
    if title(glass) == gate.say("MENU"):  # it had been taken in, or was not opened yet
        return
    there = len(_LINE.findall(glass.text()))
    if there < stood:
        outcome.lines_lost.append(f"{there} of {stood}")
    if there:
        outcome.taken_up += 1
        glass.press("f2")
        glass.wait_for(lambda g: bool(acknowledged(g)), timeout=LONG)
        outcome.acknowledged |= acknowledged(glass)
        glass.press("enter")
        glass.wait_for(gate.say("MENU"))
    else:
        glass.press("f8")
        glass.wait_for(gate.say("Drop this bag, record nothing?  Enter = drop   Esc = keep"))
        house.answer(glass, "enter", gate.say("MENU"))


def acknowledged(glass: Glass) -> set[int]:
    """The number of the bag that the screen calls recorded now."""
    return {int(number) for number in _RECORDED.findall(glass.text())}


def look(gate: Gate, press: Press, outcome: Outcome) -> None:
    """Compare what was seen with what the register holds."""
    register = open_register(load(gate.config))
    try:
        verification = register.db.run_read(audit.verify, register.desk)
    finally:
        register.db.close()
    outcome.chain = [f"{f.kind}: {f.what} ({f.count})" for f in verification.findings]
    numbers = "SELECT no FROM register_number WHERE series = 'P' ORDER BY no"
    outcome.numbers = [no for (no,) in counter.rows(gate, numbers)]
    over = (
        "SELECT no FROM register_number JOIN print_job ON case_id = object_id"
        " JOIN spool ON job_id = print_job.id WHERE series = 'P' AND template = 'receipt'"
        " AND spool.state IN ('confirmed', 'settled', 'cancelled')"
    )
    outcome.over = {no for (no,) in counter.rows(gate, over)}
    senders = "SELECT person_id FROM member JOIN parcel ON parcel.case_id = member.case_id"
    outcome.senders = [one for (one,) in counter.rows(gate, senders)]
    outcome.half = [
        f"{what} {count}"
        for what, query in (
            (
                "net",
                "SELECT count(*) FROM parcel p WHERE net_grams <> (SELECT sum(grams) FROM"
                " item WHERE case_id = p.case_id AND verdict = 'accept')",
            ),
            (
                "lines",
                "SELECT count(*) FROM parcel WHERE case_id NOT IN (SELECT case_id FROM item)",
            ),
            (
                "ledger",
                "SELECT count(*) FROM parcel p WHERE net_grams <> (SELECT"
                " coalesce(sum(grams), 0) FROM ledger WHERE case_id = p.case_id)",
            ),
            (
                "state",
                "SELECT count(*) FROM parcel NATURAL JOIN case_now WHERE state <> 'stored'",
            ),
        )
        for ((count,),) in (counter.rows(gate, query),)
        if count
    ]
    title = in_language("ky")("RECEIPT")
    outcome.receipts = [
        int(found[1])
        for paper in decode(press.received).papers
        if title in paper.text
        and "КОПИЯ" not in paper.text
        and (found := _NUMBER.search(paper.text)) is not None
    ]


def torture(folder: Path, kills: int, seed: int = 0) -> Outcome:
    """`kills` bags on one register, each killed once and then gone on with."""
    chance = random.Random(seed)
    gate = Gate(folder, language="en", printer_port="press")
    press = Press(folder / "press")
    outcome = Outcome()
    try:
        senders = [house.visitor(100 + no) for no in range(kills)]
        house.furnish(gate, coming=senders)
        stood = 0
        for sender in senders:
            with gate.run() as glass:
                house.enter(gate, glass)
                take_up(gate, glass, outcome, stood)
                stood = bring(gate, glass, sender, moment(chance))
                outcome.acknowledged |= acknowledged(glass)
                outcome.kills += 1
        with gate.run() as glass:
            house.enter(gate, glass)
            before = set(outcome.acknowledged)
            take_up(gate, glass, outcome, stood)
            for number in outcome.acknowledged - before:
                press.wait_for(f"P-{house.today(gate):%y}-{number:06d}", timeout=LONG)
        look(gate, press, outcome)
    finally:
        press.close()
        gate.close()
    return outcome


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        outcome = torture(Path(folder), arguments.kills, arguments.seed)
    print(
        f"{outcome.kills} kills, {len(outcome.numbers)} bags recorded, "
        f"{len(outcome.acknowledged)} acknowledged, {len(outcome.lost)} lost, "
        f"{outcome.twice} twice, {len(outcome.missing)} numbers missing, "
        f"{outcome.taken_up} taken up where they were left, "
        f"{len(outcome.receipts)} receipts printed"
    )
    for fault in outcome.faults:
        print(fault)
    return 1 if outcome.faults else 0


if __name__ == "__main__":
    sys.exit(main())
