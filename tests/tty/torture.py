"""Kills the kiosk at random moments of a visit and looks at what is left.

`python -m tests.tty.torture --kills 50` is the full form; the tests run ten. Promises:
no admitted visit is lost, no badge is in a hand without its row, no number is
given twice or left out, the audit chain is whole.
"""

from __future__ import annotations

import argparse
import random
import re
import signal
import sys
import tempfile
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from pathlib import Path

from kiosk import keyfile
from kiosk.clock import SystemClock, local_day
from kiosk.codes import Role, Sex
from kiosk.config import load
from kiosk.demo import people
from kiosk.demo.documents import td1
from kiosk.models import RegisterNumber, Step
from kiosk.models.database import open_database
from kiosk.services import audit, prisoners, staff
from kiosk.services import people as visitors
from kiosk.services.desk import Desk
from kiosk.services.opening import open_register
from kiosk.values import PersonEntry
from tests.paper import decode
from tests.tty.gate import PASSPHRASE, Gate

LOGIN = "ismailov"
NUMBER = re.compile(r"V-\d\d-(\d{6})")
BADGE = re.compile(r"V-\d\d-(\d{6})-1")
# What the keys of a step set off takes about 0.06 s, and printing longer; the kill falls
# anywhere in it.
STEP_SECONDS = 0.12
PRINT_SECONDS = 1.0
STEPS = 5


@dataclass
class Outcome:
    """What was seen from outside, and what the register holds afterwards."""

    kills: int = 0
    acknowledged: set[int] = field(default_factory=set)
    badges: list[int] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    admitted: int = 0
    chain: list[str] = field(default_factory=list)

    @property
    def lost(self) -> set[int]:
        """Visits that the screen called recorded, and the register does not have."""
        return self.acknowledged - set(self.numbers)

    @property
    def badges_without_row(self) -> set[int]:
        return set(self.badges) - set(self.numbers)

    @property
    def numbers_broken(self) -> bool:
        return self.numbers != list(range(1, len(self.numbers) + 1))

    @property
    def faults(self) -> list[str]:
        """Every promise that was broken, in words."""
        said = {
            "lost": sorted(self.lost),
            "badges without a row": sorted(self.badges_without_row),
            "numbers": self.numbers if self.numbers_broken else [],
            "badges printed twice": sorted(
                {b for b in self.badges if self.badges.count(b) > 1}
            ),
            "visits without a number": [self.admitted] * (self.admitted != len(self.numbers)),
            "chain": self.chain,
        }
        return [f"{name}: {what}" for name, what in said.items() if what]


def furnish(gate: Gate, count: int) -> list[PersonEntry]:
    """A register with an officer, and `count` visitors with a prisoner each."""
    register = open_register(load(gate.config))
    try:
        return register.db.run_write(_furnish, register.desk, count)
    finally:
        register.db.close()


def _furnish(desk: Desk, count: int) -> list[PersonEntry]:
    chance = random.Random(1)
    administrator = staff.create_first_administrator(
        desk, "admin", "Осмонов Д.", Sex.MALE, PASSPHRASE
    )
    officer = staff.add_user(
        desk,
        administrator,
        LOGIN,
        "Исмаилов Б.",
        Sex.MALE,
        frozenset({Role.OFFICER}),
        PASSPHRASE,
    )
    for entered in people.prisoners(chance, count, desk.day()):
        prisoners.enter_prisoner(desk, administrator, entered)
    made = list(people.visitors(chance, count, ["0"], desk.day()))
    for visitor in made:
        visitors.register(desk, officer, visitor.entry)
    return [visitor.entry for visitor in made]


def one_round(
    gate: Gate, entry: PersonEntry, file_number: str, done: int, delay: float
) -> set[int]:
    """A visit, killed `delay` seconds after so many of its steps were `done`; the numbers the
    screen acknowledged."""
    with gate.run() as glass:
        glass.wait_for(gate.say("SIGN IN"))
        glass.press(LOGIN, "enter", PASSPHRASE, "enter")
        glass.wait_for(gate.say("MENU"), timeout=20)
        gate.swipe(td1(entry.document))
        refused = gate.say("NOT TODAY")
        # Typed ahead, as an officer does who knows the way: prisoner, relation, proof, admit.
        steps: Iterable[tuple[str, tuple[str, ...]]] = (
            (gate.say("Relation"), (file_number,)),
            (file_number, ("enter", "1", "3")),
            (gate.say("MAY PASS"), ("enter",)),
            ("V-", ("f10", "2")),
            (gate.say("Badge"), ("1", "enter", "enter")),
        )
        for seen, keys in islice(steps, done):
            glass.wait_for(lambda g, seen=seen: seen in g.text() or refused in g.text())
            if refused in glass.text():
                break
            glass.press(*keys)
        end = time.perf_counter() + delay
        while time.perf_counter() < end:
            glass.read(end - time.perf_counter())
        glass.kill(signal.SIGKILL)
        glass.wait_exit()
        shown = glass.received.decode(errors="replace")
        return {int(number) for number in NUMBER.findall(shown)}


def look(gate: Gate, outcome: Outcome) -> None:
    """Compare what was seen with what the register holds."""
    settings = load(gate.config)
    keys = keyfile.read(settings.key_file)
    register = open_register(settings)
    try:
        verification = register.db.run_read(audit.verify, register.desk)
    finally:
        register.db.close()
    outcome.chain = [f"{f.kind}: {f.what} ({f.count})" for f in verification.findings]
    db = open_database(settings.database_file, keys.database)
    try:
        outcome.numbers = db.run_read(_numbers)
        outcome.admitted = db.run_read(_admitted)
    finally:
        db.close()
    text = "\n".join(
        paper.text
        for paper in decode(gate.printer.received).papers
        if "COPY" not in paper.text and "КОПИЯ" not in paper.text
    )
    outcome.badges = [int(number) for number in BADGE.findall(text)]


def _numbers() -> list[int]:
    rows = RegisterNumber.select(RegisterNumber.no).where(RegisterNumber.series == "V")
    return sorted(row.no for row in rows)


def _admitted() -> int:
    return int(Step.select().where(Step.kind == "admitted").count())


def torture(folder: Path, kills: int, seed: int = 0) -> Outcome:
    """`kills` rounds on one register."""
    chance = random.Random(seed)
    gate = Gate(folder, language="en")
    outcome = Outcome()
    try:
        entries = furnish(gate, kills)
        file_numbers = [
            p.file_number for p in people.prisoners(random.Random(1), kills, _today(gate))
        ]
        for no, (entry, file_number) in enumerate(zip(entries, file_numbers, strict=True)):
            done = STEPS - no % (STEPS + 1)
            delay = chance.uniform(0.0, PRINT_SECONDS if done == STEPS else STEP_SECONDS)
            outcome.acknowledged |= one_round(gate, entry, file_number, done, delay)
            outcome.kills += 1
        look(gate, outcome)
    finally:
        gate.close()
    return outcome


def _today(gate: Gate) -> date:
    return local_day(SystemClock().now(), load(gate.config).zone)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        outcome = torture(Path(folder), arguments.kills, arguments.seed)
    print(
        f"{outcome.kills} kills, {len(outcome.numbers)} visits recorded, "
        f"{len(outcome.acknowledged)} acknowledged, {len(outcome.badges)} badges printed"
    )
    for fault in outcome.faults:
        print(fault)
    return 1 if outcome.faults else 0


if __name__ == "__main__":
    sys.exit(main())
