"""Papers on the glass: a sample of each, and one that was printed, in three languages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.codes import Template
from tests.tty import house
from tests.tty.gate import Gate
from tests.tty.harness import Glass
from tests.tty.looks import BODY, LANGUAGES, check, escape, wait_title

pytestmark = pytest.mark.tty


@pytest.fixture(params=LANGUAGES)
def gate(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Gate]:
    gate = Gate(tmp_path, language=request.param)
    house.furnish(gate, coming=house.COMING[:2])
    yield gate
    gate.close()


@pytest.fixture
def glass(gate: Gate) -> Iterator[Glass]:
    with gate.run() as glass:
        yield glass


def edges(glass: Glass) -> str:
    """The left edge of the roll of 48 columns, from its first row on the glass to its last."""
    return "".join(glass.row(number)[14] for number in BODY).strip()


def keys_told(glass: Glass) -> list[str]:
    """The keys that the help on the glass names, from the top."""
    heads = (glass.row(number)[2:10] for number in BODY if glass.bold(number).strip())
    return [head.strip() for head in heads]


def test_every_paper_has_a_sample_to_look_at(gate: Gate, glass: Glass) -> None:
    house.enter(gate, glass, house.SUPERVISOR)
    glass.press("9", "7")
    wait_title(gate, glass, "PAPER SAMPLES")
    check(glass, focus=1)
    glass.press("f1")
    wait_title(gate, glass, "HELP")
    check(glass, focus=0)
    escape(glass)
    wait_title(gate, glass, "PAPER SAMPLES")
    for number, _template in enumerate(Template):
        if number:
            glass.press("down")
        glass.press("enter")
        wait_title(gate, glass, "PREVIEW")
        glass.wait_for("ОБРАЗЕЦ")
        check(glass, focus=0)
        assert edges(glass)[0] == "┌"
        while edges(glass)[-1] != "└":
            glass.press("pagedown")
            check(glass, focus=0)
        glass.press("home")
        glass.wait_for(lambda g: edges(g)[0] == "┌")
        escape(glass)
        wait_title(gate, glass, "PAPER SAMPLES")
    glass.press("enter")
    wait_title(gate, glass, "PREVIEW")
    glass.press("f1")
    wait_title(gate, glass, "HELP")
    check(glass, focus=0)


def test_a_printed_paper_is_looked_at_again_and_copied(gate: Gate, glass: Glass) -> None:
    house.enter(gate, glass)
    one = house.COMING[1]
    number = house.admit(gate, glass, one)
    look = gate.say("Recorded. Look whether it came out: {paper} {number}.")
    glass.wait_for(look.partition("{")[0], timeout=20)
    glass.press("f10")
    wait_title(gate, glass, "MENU")
    glass.press("f5")
    wait_title(gate, glass, "PAPERS")
    glass.wait_for(number)
    glass.press("f1")
    wait_title(gate, glass, "HELP")
    check(glass, focus=0)
    assert keys_told(glass) == [
        *("↑↓", "Enter", "Esc", "1", "2", "3", "4"),
        *("F3", "F5", "F6", "F8", "F9", "F10"),
    ]
    for meaning in (
        "look at this paper",
        "asked whether it came out: no, print a marked copy",
        "print a marked copy of a paper that is done",
    ):
        assert gate.say(meaning) in glass.text()
    escape(glass)
    wait_title(gate, glass, "PAPERS")
    glass.press("enter")
    wait_title(gate, glass, "PREVIEW")
    glass.wait_for("ПОСЕТИТЕЛЬ")
    assert "ОБРАЗЕЦ" not in glass.text()
    check(glass, focus=0)
    glass.press("f1")
    wait_title(gate, glass, "HELP")
    check(glass, focus=0)
    assert keys_told(glass) == ["↑↓", "Esc", "F3", "F5", "F6", "F9", "F10"]
    escape(glass)
    wait_title(gate, glass, "PREVIEW")
    glass.press("f5")
    # That it is printing is said only until it is out.
    glass.wait_for("  " + look.partition("{")[0], timeout=20)
    check(glass, focus=0)
