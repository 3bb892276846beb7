"""At the window something bad is tried: what is said, and that the next scan works."""

from __future__ import annotations

from itertools import count
from typing import Any

from kiosk.models import Document, RegisterNumber, Step
from tests.tty import house
from tests.tty.gate import Gate
from tests.tty.harness import Glass
from tests.tty.looks import title

NEXT = count()
NEWCOMERS = iter(house.NEWCOMERS)
TITLES = "ARRIVAL", "ARRIVAL, NEW PERSON"


def wait_title(glass: Glass, wanted: str) -> None:
    glass.wait_for(lambda g: title(g) == wanted)


def told(glass: Glass, sentence: str) -> None:
    """The sentence stands on the message row, whole and marked."""
    glass.wait_for(lambda g: g.row(23).rstrip() == f"! {sentence}")


def answer(glass: Glass) -> None:
    """Enter, after the question was read: what is struck before that is dropped."""
    glass.quiet()
    glass.press("enter")


def home(glass: Glass) -> None:
    """The menu; on the menu itself, F10 would lock."""
    glass.quiet()
    if title(glass) != "MENU":
        glass.press("f10")
    wait_title(glass, "MENU")


def drop_form(glass: Glass) -> None:
    """Leave a form of a new person without keeping it."""
    if title(glass) == "ARRIVAL, NEW PERSON":
        glass.press("f8")
        glass.quiet()
        glass.press("enter")
    home(glass)


def next_scan_works(gate: Gate, glass: Glass) -> None:
    drop_form(glass)
    known = house.COMING[next(NEXT) % len(house.COMING)]
    gate.swipe(house.lines(known.holder))
    glass.wait_for("MAY PASS")
    assert known.name in glass.row(1)
    # What follows a document within the gap of 80 ms belongs to it; the next test's must not.
    glass.quiet(0.15)
    home(glass)


def nothing_opened(glass: Glass) -> None:
    assert title(glass) == "MENU"


def newcomer() -> house.Visitor:
    return next(NEWCOMERS)


def spoilt(line: str, at: int) -> str:
    """The line with another digit at one place."""
    return line[:at] + str((int(line[at]) + 1) % 10) + line[at + 1 :]


def rows(gate: Gate, question: Any) -> Any:
    """What the register holds, asked beside the running kiosk."""
    db = house.register_of(gate)
    try:
        return db.run_read(question)
    finally:
        db.close()


def confirmed(gate: Gate) -> list[str]:
    """The doubts that were settled for the first of the newest case."""
    first = Step.select().where(Step.no == 1).order_by(Step.id.desc())
    data = rows(gate, lambda: first.first().data) or {}
    return list(data.get("confirmed", {}).get("1", []))


def document(gate: Gate, number: str) -> Any:
    """The newest that bears this number; None without one."""
    kept = Document.select().where(Document.number == number).order_by(Document.id.desc())
    return rows(gate, kept.first)


def numbers(gate: Gate, series: str) -> int:
    return int(
        rows(
            gate, lambda: RegisterNumber.select().where(RegisterNumber.series == series).count()
        )
    )


def fill_in(glass: Glass, file_number: str) -> None:
    """The rest of a new person's form, from the prisoner on."""
    glass.wait_for("Two letters of the name, or the file number")
    glass.press(file_number)
    glass.wait_for(lambda g: file_number in "".join(g.row(row) for row in range(14, 20)))
    glass.press("enter", "4", "2")
