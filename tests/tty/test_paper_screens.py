"""Papers of every fate, a first start and the demo on the glass, in three languages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.codes import JobState
from kiosk.text import in_language
from tests.tty import house
from tests.tty.gate import KIOSK, Gate
from tests.tty.harness import Glass
from tests.tty.looks import LANGUAGES, MESSAGE, check, escape, wait_title, walk_through_fields

pytestmark = pytest.mark.tty


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def gate(language: str, tmp_path: Path) -> Iterator[Gate]:
    """One where no paper is left from other tests."""
    gate = Gate(tmp_path, language=language)
    house.furnish(gate, coming=house.COMING[:4])
    yield gate
    gate.close()


def test_papers_of_every_fate(gate: Gate) -> None:
    house.copy_papers(gate, 2, JobState.UNCERTAIN)
    with gate.run() as glass:
        house.enter(gate, glass)
        glass.wait_for(gate.say("{count} papers: did they come out?").format(count=2))
        check(glass, focus=0)
        glass.press("f5")
        wait_title(gate, glass, "PAPERS")
        check(glass, focus=1)
        glass.press("f1")
        wait_title(gate, glass, "HELP")
        check(glass, focus=0)
        escape(glass)
        wait_title(gate, glass, "PAPERS")
        asked = gate.say("Did it come out?  1 yes   2 no, print again   3 no, not needed")
        left = gate.say("came out or not: {count}")
        for answer, count in (("1", 1), ("3", 0)):
            glass.press("home")
            glass.wait_for(asked)
            house.answer(glass, answer, left.format(count=count))
            glass.wait_for(lambda g: g.row(MESSAGE).startswith("+ "))
            check(glass, focus=1)
        glass.press("end")
        check(glass, focus=1)
        number = house.admit(gate, glass, house.COMING[0])
        look = gate.say("Recorded. Look whether it came out: {paper} {number}.")
        glass.wait_for(look.partition("{")[0], timeout=20)
        check(glass, focus=0)
        gate.printer.unplug()
        glass.wait_for(f"{gate.say('Printer')} {gate.say('off')}")
        house.admit(gate, glass, house.COMING[1])
        glass.press("f10")
        wait_title(gate, glass, "MENU")
        glass.press("f5")
        wait_title(gate, glass, "PAPERS")
        check(glass, focus=1)
        glass.press("f8")
        cancel = gate.say("Cancel {paper}, unprinted?  Enter = cancel   Esc = keep it")
        glass.wait_for(cancel.partition("{")[0])
        check(glass, focus=1)
        cancelled = gate.say("Cancelled. This paper is not printed.")
        house.answer(glass, "enter", f"+ {cancelled}")
        check(glass, focus=1)
        glass.press("home")
        glass.wait_for(lambda g: number in g.row(4))
        check(glass, focus=1)
        all_out = gate.say("Written down: all came out. Papers: {count}.")
        house.answer(glass, "4", f"+ {all_out.partition('{')[0]}")
        check(glass, focus=1)


def test_the_first_start(language: str, tmp_path: Path) -> None:
    new = Gate(tmp_path, language=language)
    try:
        with new.run() as glass:
            wait_title(new, glass, "FIRST START")
            check(glass, focus=1)
            walk_through_fields(glass)
            glass.press("f1")
            wait_title(new, glass, "HELP")
            check(glass, focus=0)
    finally:
        new.close()


def test_the_demos_paper_in_every_language() -> None:
    with Glass([*KIOSK, "demo"]) as glass:
        ky = in_language("ky")
        glass.wait_for(ky("MENU"))
        # The register is made meanwhile: what is struck before it is there waits for it.
        glass.press("f7")
        glass.wait_for(ky("MAY PASS"), timeout=60)
        glass.press("f10")
        glass.wait_for(ky("F6 goes on"))
        for digit, language in enumerate(("ky", "ru", "en"), 1):
            say = in_language(language)
            glass.press("f2")
            glass.quiet()
            glass.press(str(digit))
            glass.wait_for(say("MENU"))
            check(glass, focus=0)
            glass.press("f8")
            glass.wait_for(say("PAPER"))
            check(glass, focus=0)
            glass.press("f1")
            glass.wait_for(say("HELP"))
            check(glass, focus=0)
            glass.press("f10")
            glass.wait_for(say("MENU"))
        glass.press("f6")
        glass.wait_for("MAY PASS")
        check(glass)
        glass.press("enter")
        glass.wait_for("ADMITTED")
        glass.wait_for("+ Printed and proved: badge V-")
        check(glass)
        glass.press("8")
        glass.wait_for("PAPER")
        glass.wait_for("QR GBV")
        check(glass)
        glass.press("pagedown")
        check(glass)
        glass.press("f10", "0")
        assert glass.wait_exit() == 0
