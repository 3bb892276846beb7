"""`python -m tests.bench.search FOLDER`: who is found among 100,000 people, and how soon.

The register of `tests.bench.ten_years`, without its visits, is built in FOLDER once, which
takes minutes, and is kept there. The people of both lists of `tests.recall` are recorded in it
and found again by what an officer types for them; so are people drawn from it, with one slip.
"""

from __future__ import annotations

import argparse
import random
import shutil
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from kiosk.codes import Role, Sex
from kiosk.config import load
from kiosk.demo.officer import OFFICER
from kiosk.models import PersonDetail
from kiosk.services import find, staff
from kiosk.services.desk import Desk
from kiosk.services.opening import open_register
from tests.bench.measure import percentile
from tests.bench.ten_years import MASTER, History, Size, open_history
from tests.recall import kept_apart, spellings
from tests.recall.judge import FIRST, place, record_all
from tests.recall.spellings import Pair
from tests.tty.gate import PASSPHRASE, Gate
from tests.tty.harness import Glass
from tests.tty.torture import LOGIN

_RECORDED = "listed"  # the people of the lists are in the register
_SLIPS = 300
# A list is painted in one go; nothing more comes after so long.
_QUIET = 0.15  # seconds
_LETTERS = "абдежзиклмнопрстуы"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="where the register is kept")
    parser.add_argument("--people", type=int, default=Size().visitors)
    arguments = parser.parse_args()
    size = Size(visitors=arguments.people, visits=0, parcels=0)
    history = open_history(arguments.folder, size)
    home = history.db.file.path.parent
    if not (home / _RECORDED).exists():
        everybody = [*spellings.PAIRS, *kept_apart.PAIRS]
        history.db.run_write(record_all, history.desk, everybody)
        (home / _RECORDED).touch()
    for row in rows(history):
        print("| " + " | ".join(row) + " |", flush=True)
    history.db.close()
    with tempfile.TemporaryDirectory() as name:
        for row in at_the_glass(home, Path(name)):
            print("| " + " | ".join(row) + " |", flush=True)
    return 0


def rows(history: History) -> Iterator[tuple[str, ...]]:
    yield "what goes wrong", "listed", "kept apart"
    yield "---", "---", "---"
    listed, apart = recall(history, spellings.PAIRS), recall(history, kept_apart.PAIRS)
    for what, found in listed.items():
        yield what, _share(found), _share(apart.get(what, []))
    yield "all, in the first ten", _share(_all(listed)), _share(_all(apart))
    slips = recall(history, list(history.db.run_read(with_a_slip)))
    yield "drawn from the register, one slip, year", _share(_all(slips)), ""
    cpu, wall = letters(history, [*spellings.PAIRS, *kept_apart.PAIRS])
    for what, times in (("CPU", cpu), ("wall", wall)):
        took = f"{percentile(times, 0.5):.1f} / {percentile(times, 0.99):.1f} ms"
        yield f"a letter, to data, {what}, p50 / p99", took, f"{len(times)} letters"


def recall(history: History, pairs: Sequence[Pair]) -> dict[str, list[bool]]:
    """By what goes wrong: whether each of them stands in the first ten."""
    found: defaultdict[str, list[bool]] = defaultdict(list)
    for pair in pairs:
        at = history.db.run_read(place, history.desk, pair)
        found[pair.what].append(0 < at <= FIRST)
    return found


def with_a_slip() -> Iterator[Pair]:
    """People of the register: a letter of the surname is wrong, missing, doubled or exchanged.

    Beside it the beginning of the given name and the year of birth, without which nobody could
    tell them from their namesakes.
    """
    chance = random.Random(11)
    rows = list(
        PersonDetail.select(
            PersonDetail.surname,
            PersonDetail.given,
            PersonDetail.patronymic,
            PersonDetail.birth,
        )
        .order_by(PersonDetail.id)
        .tuples()
    )
    for surname, given, patronymic, birth in chance.sample(rows, _SLIPS):
        at = chance.randrange(1, max(2, len(surname) - 2))
        slip = chance.choice(
            (
                surname[:at] + chance.choice(_LETTERS) + surname[at + 1 :],
                surname[:at] + surname[at + 1 :],
                surname[:at] + surname[at] + surname[at:],
                surname[:at] + surname[at + 1] + surname[at] + surname[at + 2 :],
            )
        )
        typed = f"{slip} {given[:4]} {birth[:4]}"
        yield Pair(surname, given, patronymic or "", int(birth[:4]), typed, "slip")


def letters(history: History, pairs: Iterable[Pair]) -> tuple[list[float], list[float]]:
    """CPU and wall milliseconds of each letter typed, from the second on."""

    def look(text: str) -> tuple[float, float]:
        cpu, wall = time.thread_time(), time.perf_counter()
        find.find(history.desk, OFFICER, text)
        return (time.thread_time() - cpu) * 1000, (time.perf_counter() - wall) * 1000

    history.db.run_read(find.make_ready, history.desk)
    times = [
        history.db.run_read(look, pair.typed[:length])
        for pair in pairs
        for length in range(2, len(pair.typed) + 1)
    ]
    return [cpu for cpu, _wall in times], [wall for _cpu, wall in times]


def at_the_glass(home: Path, folder: Path) -> Iterator[tuple[str, ...]]:
    """The real program on a copy of that register: a letter until its list is painted."""
    for name in ("gate.db", "gate.db.head"):
        shutil.copy(home / name, folder / name)
    key = folder / "key"
    key.write_bytes(MASTER)
    key.chmod(0o600)
    gate = Gate(folder, language="ky")
    try:
        register = open_register(load(gate.config))
        register.db.run_write(_hire, register.desk)
        register.db.close()
        with gate.run() as glass:
            glass.wait_for(gate.say("SIGN IN"), timeout=20)
            glass.press(LOGIN, "enter", PASSPHRASE, "enter")
            glass.wait_for(gate.say("RULES"), timeout=20)
            before = glass.rss()
            walls = []
            for pair in spellings.PAIRS[::8]:
                glass.press("f3")
                glass.wait_for(gate.say("FIND"))
                glass.quiet(1.0 if not walls else 0.05)
                walls += [painted(glass, letter) for letter in pair.typed][1:]
                glass.press("f10")
                glass.wait_for(gate.say("RULES"))
            took = f"{percentile(walls, 0.5):.0f} / {percentile(walls, 0.99):.0f} ms"
            yield (
                "a letter, to the painted list, wall, p50 / p99",
                took,
                f"{len(walls)} letters",
            )
            yield "memory that searching takes", f"{(glass.rss() - before) / 1000:.0f} MB", ""
    finally:
        gate.close()


def _hire(desk: Desk) -> None:
    officer = frozenset({Role.OFFICER})
    staff.add_user(desk, OFFICER, LOGIN, "Исмаилов Б.", Sex.MALE, officer, PASSPHRASE)


def painted(glass: Glass, letter: str) -> float:
    """Milliseconds from the key to the last byte it brings; drawing it here is included."""
    begun = last = time.perf_counter()
    glass.press(letter)
    while glass.read(_QUIET):
        last = time.perf_counter()
    return (last - begun) * 1000


def _all(found: dict[str, list[bool]]) -> list[bool]:
    return [one for some in found.values() for one in some]


def _share(found: Sequence[bool]) -> str:
    return f"{sum(found)} of {len(found)}" if found else ""


if __name__ == "__main__":
    sys.exit(main())
