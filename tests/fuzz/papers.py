"""`python -m tests.fuzz.papers --names 10000`: hostile names through every paper.

Each name goes through every paper on both rolls, in one text mode after another, standing for
one of the data of that paper; every tenth time all its data are hostile at once. Ends with
the counts and 0, or stops at the first broken promise and says how it comes again.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import product
from random import Random
from typing import Any

import msgspec

from devices.printers.codepages import TextMode
from kiosk import printouts
from kiosk.codes import Template
from kiosk.papers import BODIES, Body
from kiosk.printouts.layout import CUT_OFF, TEAR
from kiosk.printouts.layout import Printed as Asked
from kiosk.printouts.samples import SAMPLES
from kiosk.roll import Roll, render
from kiosk.text import in_language
from tests.fuzz.names import hostile
from tests.paper import Paper, decode
from tests.paper.proving import differences

HARMLESS = "Ысмайылов"
MODES = tuple(TextMode)

# How letters are set, and how a row is drawn: what a name may change.
_OF_ROWS = (
    "LF",
    "ESC $",
    "ESC a ",
    "ESC E ",
    "ESC ! ",
    "GS ! ",
    "ESC & ",
    "ESC % ",
    "GS v 0 ",
    "ESC J ",
)

Place = tuple[str | int, ...]
"""The way to a string within a body's builtins."""
Names = dict[Place, str]


class Broken(Exception):
    """A promise that did not hold; says which, of which paper."""


@dataclass
class Watch:
    """What was sent, for the report."""

    papers: int = 0
    data: int = 0
    rows: int = 0
    drawn: int = 0

    def printed(self, template: Template, body: Body, roll: Roll) -> bytes:
        return render(template, msgspec.json.encode(body), roll)

    def check(self, template: Template, names: Names, roll: Roll) -> None:
        """Prints `template` with `names` in their places and reads it back. Raises Broken."""
        body = filled(template, names)
        asked = printouts.lay_out(body, roll.columns)
        data = self.printed(template, body, roll)
        paper = _one_paper(data, roll)
        harmless = _frame(_harmless(template, roll))
        if _frame(paper) != harmless:
            raise Broken(f"the commands {_frame(paper)} are not {harmless}")
        if wrong := differences(paper, asked, roll, reading=False):
            raise Broken(f"another paper than was asked for: {wrong}")
        # Where all is too long, one thing takes the room of another.
        if len(names) == 1 and not all(
            kept(name, asked) for name in map(_said, names.values())
        ):
            raise Broken("letters got lost")
        self.papers += 1
        self.data += len(data)
        self.rows += len(paper.rows)
        self.drawn += len(paper.rasters)


def filled(template: Template, names: Names) -> Any:
    """The sample of `template` with names in these places, as it can be stored."""
    body = _builtins(template)
    for place, name in names.items():
        _put(body, place, stored(name))
    return msgspec.convert(body, BODIES[template])


def _said(name: str) -> str:
    """`name`, but nothing where it is a sentence of the program: a law may be one, and is
    translated."""
    return name if in_language("ru")(name) == name else ""


def stored(name: str) -> str:
    """As the JSON of a print job can hold it: no lone surrogate can be written."""
    return name.encode("utf-8", "replace").decode()


def _builtins(template: Template) -> Any:
    return json.loads(msgspec.json.encode(SAMPLES[template]))


@cache
def places(template: Template) -> tuple[Place, ...]:
    """Where a paper has data: the strings that stand on it as they are, but for its codes."""
    whole = printouts.lay_out(SAMPLES[template], 48)
    found = []
    for place in _strings(_builtins(template), ()):
        body = _builtins(template)
        _put(body, place, HARMLESS)
        try:
            rows = printouts.lay_out(msgspec.convert(body, BODIES[template]), 48)
        except (msgspec.ValidationError, ValueError):
            continue
        if HARMLESS.casefold() in _text(rows).casefold() and _codes(rows) == _codes(whole):
            found.append(place)
    return tuple(found)


def kept(name: str, asked: tuple[Asked, ...]) -> bool:
    """Whether all that can be seen of `name` stands on the paper in its order, or as much as
    there is room for, and then an ellipsis says so."""
    visible = _visible(name)
    whole, *halves = (_visible(text) for text in _readings(asked))
    on_paper = max((whole, *halves), key=lambda text: _beginning(visible, text))
    shown = _beginning(visible, on_paper)
    if shown == len(visible) or len(name) > LONGEST:
        return shown >= min(len(visible), FEWEST)
    return shown >= FEWEST and CUT_OFF in on_paper


FEWEST = 8
"""Signs of the longest name that stand on any paper, however narrow."""
LONGEST = 360
"""Of data and the label in front of it, papers repeat 400 characters at most."""


def _beginning(name: str, paper: str) -> int:
    """How much of `name` stands on `paper`."""
    shortest, longest = 0, len(name) + 1
    while longest - shortest > 1:
        middle = (shortest + longest) // 2
        if name[:middle] in paper:
            shortest = middle
        else:
            longest = middle
    return shortest


def _visible(text: str) -> str:
    """Letters, digits and signs as people compare them: composed, without marks and case."""
    folded = unicodedata.normalize("NFC", stored(text)).upper().casefold()
    kinds = ((letter, unicodedata.category(letter)[0]) for letter in folded)
    return "".join(letter for letter, kind in kinds if kind in "LNPS")


def _readings(asked: tuple[Asked, ...]) -> list[str]:
    """The text row by row; and each half of a paper to be torn, by itself."""
    rows = _text(asked).splitlines()
    halves = [row.partition(TEAR) for row in rows]
    return ["\n".join(rows), *("\n".join(half[side] for half in halves) for side in (0, 2))]


def _text(rows: tuple[Asked, ...]) -> str:
    return "\n".join(row.text for row in rows if isinstance(row, printouts.Row))


def _codes(rows: tuple[Asked, ...]) -> list[str]:
    return [one.data for one in rows if isinstance(one, printouts.Qr | printouts.Barcode)]


def _one_paper(data: bytes, roll: Roll) -> Paper:
    decoded = decode(data, roll.columns)
    if decoded.faults or decoded.realtime:
        raise Broken(f"{decoded.faults} {dict(decoded.realtime)}")
    (paper,) = decoded.papers
    return paper


def _frame(paper: Paper) -> list[str]:
    """Its commands without those that only set letters."""
    return [one for one in paper.commands if not one.startswith(_OF_ROWS)]


@cache
def _harmless(template: Template, roll: Roll) -> Paper:
    body = filled(template, dict.fromkeys(places(template), HARMLESS))
    return _one_paper(render(template, msgspec.json.encode(body), roll), roll)


def _strings(value: Any, place: Place) -> Iterator[Place]:
    match value:
        case str():
            yield place
        case dict():
            for key, one in value.items():
                yield from _strings(one, (*place, key))
        case list() | tuple():
            for number, one in enumerate(value):
                yield from _strings(one, (*place, number))


def _put(value: Any, place: Place, name: str) -> None:
    *way, last = place
    for step in way:
        value = value[step]
    value[last] = name


def fuzz(watch: Watch, names: int, seed: int, first: int = 0) -> None:
    """So many names, each through every paper on both rolls. Raises Broken with the way."""
    for number in range(first, first + names):
        chance = Random(f"{seed} {number}")
        name = hostile(chance)
        for turn, (template, columns) in enumerate(product(Template, (48, 32)), start=number):
            data = {chance.choice(places(template)): name}
            if number % 10 == 0:
                data = {place: hostile(chance) for place in places(template)}
            # Eleven papers on two rolls: every way comes to every mode in four names.
            mode = MODES[turn % len(MODES)]
            try:
                watch.check(template, data, Roll(columns=columns, text_mode=mode))
            except Exception as error:
                where = f"{template.value}, {columns} columns, {mode.value}"
                again = f"--seed {seed} --first {number} --names 1"
                raise Broken(f"{where} ({again}): {error}") from error


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--names", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=4)
    parser.add_argument("--first", type=int, default=0, help="begin at this name")
    arguments = parser.parse_args()
    watch = Watch()
    fuzz(watch, arguments.names, arguments.seed, arguments.first)
    print(
        f"{arguments.names} names, {watch.papers} papers, {watch.rows} rows and "
        f"{watch.drawn} drawn ones, {watch.data / 1e6:.0f} MB: no command from data, "
        f"no overflow, no crash ({time.process_time():.0f} s of processor)"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
