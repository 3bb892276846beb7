"""`python -m tests.fuzz.swipes --swipes 100000`: damaged swipes, and a clean one after each.

Every fault of the simulated reader, every make, framing and layout. Names, states and sex have
no check digit: what is wrong there shows in no count, and is told apart.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from random import Random

from devices.mrz import Document, Status, parse
from devices.mrz.raw import of_frame
from devices.readers.framing import BlockEnd, Framer, MrzFrame
from devices.readers.profiles import SHIPPED, Profile
from devices.readers.profiles import parse as profiles
from devices.sim.faults import Fault, damaged
from devices.sim.framings import Framing, framed
from tests.fuzz.zones import LAYOUTS, holder, holds

TODAY = date(2026, 11, 24)

_CHECKED = {"3m": Framing.OU, "stx-lrc": Framing.STX_LRC}

# Of the fields that a person is told apart by, those that a check digit covers in every layout.
_COVERED = ("document_number", "birth_date", "expiry_date")


@dataclass
class Tally:
    """Swipes by what became of them; those accepted with something wrong by fault."""

    swipes: int = 0
    accepted: int = 0
    for_review: int = 0
    refused: int = 0
    next_read: int = 0
    wrong: Counter[str] = field(default_factory=Counter)
    """A check digit of what was accepted is wrong."""
    blind: Counter[str] = field(default_factory=Counter)
    """A number or a date is wrong and its check digit the same: G for 6, Y for 9 twice."""
    uncovered: Counter[str] = field(default_factory=Counter)
    """Something is wrong that no check digit covers."""


def swiped(count: int, seed: int) -> Tally:
    """`count` damaged swipes of documents made up."""
    chance = Random(seed)
    makes = list(profiles(SHIPPED.read_text()).values())
    tally = Tally()
    for number in range(count):
        fault = list(Fault)[number % len(Fault)]
        _swipe(tally, fault, chance.choice(makes), chance)
    return tally


def _swipe(tally: Tally, fault: Fault, make: Profile, chance: Random) -> None:
    lines = LAYOUTS[chance.choice(list(LAYOUTS))](holder(chance))
    framing = _CHECKED.get(make.name) or chance.choice(list(Framing))
    right = parse(lines, TODAY)
    framer = Framer(profile=make)
    frames = framer.feed(damaged(lines, fault, chance, framing)) + framer.quiet()
    found = [of_frame(frame, TODAY) for frame in frames if isinstance(frame, MrzFrame)]
    tally.swipes += 1
    accepted = [document for document in found if document.status is Status.OK]
    tally.accepted += bool(accepted)
    tally.for_review += any(document.status is Status.REVIEW for document in found)
    tally.refused += all(document.status is Status.REJECT for document in found)
    for document in accepted:
        if document.format is None or not holds(document.format.value, document.lines):
            tally.wrong[fault.value] += 1
        elif any(getattr(document, name) != getattr(right, name) for name in _COVERED):
            tally.blind[fault.value] += 1
        elif _without_status(document) != _without_status(right):
            tally.uncovered[fault.value] += 1
    clean = framer.feed(framed(lines, framing)) + framer.quiet()
    tally.next_read += [frame for frame in clean if not isinstance(frame, BlockEnd)] == [
        MrzFrame(lines)
    ]


def _without_status(document: Document) -> tuple[object, ...]:
    return (
        document.document_code,
        document.issuer,
        document.surname,
        document.given_names,
        document.nationality,
        document.sex,
        document.optional,
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--swipes", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=9303)
    arguments = parser.parse_args()
    tally = swiped(arguments.swipes, arguments.seed)
    print(f"{tally.swipes} damaged swipes")
    print(f"{tally.accepted:>9}  accepted, of them")
    for what, wrong in (
        ("a check digit wrong", tally.wrong),
        ("a number or date wrong whose check digit is the same", tally.blind),
        ("something wrong that has no check digit", tally.uncovered),
    ):
        faults = ", ".join(f"{fault} {times}" for fault, times in sorted(wrong.items()))
        print(f"{wrong.total():>9}    with {what}: {faults or '-'}")
    print(f"{tally.for_review:>9}  for review")
    print(f"{tally.refused:>9}  refused")
    print(f"{tally.next_read:>9}  times the next clean swipe was read")
    return 1 if tally.wrong or tally.next_read < tally.swipes else 0


if __name__ == "__main__":
    sys.exit(main())
