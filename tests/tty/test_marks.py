"""Characters that were put right, in the real program: the officer sees which, and confirms."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from PIL import Image

from kiosk.codes import DocumentCheck, DocumentSource
from kiosk.models import Document, Step
from tests.tty import house
from tests.tty.gate import Gate
from tests.tty.harness import Glass
from tests.unit.printed import page, with_a_hole

pytestmark = pytest.mark.tty

NEWCOMER = house.NEWCOMERS[0].holder.but(number="ID1204567")
KNOWN = house.COMING[1]
HARDLY_LEGIBLE = "Marked characters are hardly legible: compare them, then Enter."
PUT_RIGHT = "Marked characters were put right: compare them, then Enter."


class Letter(NamedTuple):
    column: int
    letter: str


@pytest.fixture(params=["ky", "ru", "en"])
def gate(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Gate]:
    gate = Gate(tmp_path, language=request.param)
    house.furnish(gate, coming=house.COMING[:3])
    yield gate
    gate.close()


def swipe_with_a_letter_for_a_digit(gate: Gate, lines: tuple[str, ...], number: str) -> None:
    """The reader takes the first 0 of the document number for an O."""
    upper, *rest = lines
    gate.swipe((upper.replace(number, number.replace("0", "O", 1)), *rest))


def told(gate: Gate, glass: Glass, sentence: str) -> None:
    glass.wait_for(lambda g: g.row(23).rstrip() == f"! {gate.say(sentence)}")


def in_reverse(glass: Glass, row: int) -> list[Letter]:
    return cells(glass, row, reverse=True)


def out_of_the_bar(glass: Glass, row: int) -> list[Letter]:
    """In a field in focus: what is not in reverse but bold; the cursor's cell is neither."""
    return [one for one in cells(glass, row, reverse=False, bold=True) if one.column >= 20]


def cells(glass: Glass, row: int, **attributes: bool) -> list[Letter]:
    """The letters of a row that stand in these attributes of the terminal."""
    return [
        Letter(column, cell.data)
        for column, cell in sorted(glass.screen.buffer[row].items())
        if all(getattr(cell, name) is value for name, value in attributes.items())
    ]


def row_of(glass: Glass, text: str) -> int:
    return next(row for row in range(1, 21) if text in glass.row(row))


def test_a_repaired_character_is_marked_in_the_form_and_enter_confirms_it(gate: Gate) -> None:
    with gate.run() as glass:
        house.enter(gate, glass)
        swipe_with_a_letter_for_a_digit(gate, NEWCOMER.td1(), NEWCOMER.number)
        glass.wait_for(gate.say("ARRIVAL, NEW PERSON"))
        told(gate, glass, PUT_RIGHT)
        glass.quiet()
        # The form opened on the number; its bar is in reverse, and the one character not.
        row = row_of(glass, NEWCOMER.number)
        assert glass.row(row)[1] == "!"
        zero = Letter(20 + NEWCOMER.number.index("0"), "0")
        assert out_of_the_bar(glass, row) == [zero]
        assert [one for one in in_reverse(glass, row) if one.letter.isalnum()] == [
            Letter(20 + place, letter)
            for place, letter in enumerate(NEWCOMER.number)
            if place != zero.column - 20
        ]
        # Elsewhere on the form nothing is marked; with the focus away, the character is.
        glass.press("tab")
        glass.wait_for(lambda g: in_reverse(g, row) == [zero])
        others = {*range(1, 21)} - {row, row + 1}
        assert all(in_reverse(glass, other) == [] for other in others)
        glass.press("shift+tab", "enter")
        glass.wait_for(lambda g: g.row(row)[1] == " " and in_reverse(g, row) == [])
        assert glass.row(23).strip() == ""
        glass.press("f2")
        glass.wait_for(gate.say("Two letters of the name, or the file number"))
        glass.press(KNOWN.file_number)
        glass.wait_for(lambda g: any(KNOWN.file_number in g.row(row) for row in range(14, 20)))
        glass.press("enter", "4", "2")
        glass.wait_for(gate.say("MAY PASS"))
        # Compared on the form, it is not asked for again.
        glass.press("enter")
        glass.wait_for(gate.say("ADMITTED"))
    document, confirmed = recorded(gate)
    assert document.check == DocumentCheck.REVIEW
    assert document.source == DocumentSource.SCAN
    assert document.number == NEWCOMER.number
    assert confirmed == ["repaired"]


def test_a_repaired_character_is_marked_on_the_card_of_somebody_known(gate: Gate) -> None:
    number = KNOWN.holder.number
    with gate.run() as glass:
        house.enter(gate, glass)
        swipe_with_a_letter_for_a_digit(gate, house.lines(KNOWN.holder), number)
        glass.wait_for(
            gate.say("Does the document agree with the screen?  Enter = yes   Esc = no")
        )
        told(gate, glass, PUT_RIGHT)
        glass.quiet()
        row = row_of(glass, number)
        column = glass.row(row).index(number) + number.index("0")
        assert in_reverse(glass, row) == [Letter(column, "0")]
        assert all(in_reverse(glass, other) == [] for other in {*range(1, 21)} - {row})
        glass.press("enter")
        glass.wait_for(lambda g: in_reverse(g, row) == [])
        glass.press("enter")
        glass.wait_for(gate.say("ADMITTED"))
    _document, confirmed = recorded(gate)
    assert confirmed == ["repaired"]


@pytest.mark.parametrize("gate", ["en"], indirect=True)
def test_a_retyped_character_is_marked_no_more_and_recorded_as_typed(gate: Gate) -> None:
    with gate.run() as glass:
        house.enter(gate, glass)
        swipe_with_a_letter_for_a_digit(gate, NEWCOMER.td1(), NEWCOMER.number)
        told(gate, glass, PUT_RIGHT)
        glass.quiet()
        row = row_of(glass, NEWCOMER.number)
        glass.press("ID1284567")
        glass.wait_for("ID1284567_")
        assert out_of_the_bar(glass, row) == []
        glass.press("f2")
        glass.wait_for(gate.say("Two letters of the name, or the file number"))
        glass.press(KNOWN.file_number)
        glass.wait_for(lambda g: any(KNOWN.file_number in g.row(row) for row in range(14, 20)))
        glass.press("enter", "4", "2")
        glass.wait_for(gate.say("MAY PASS"))
    document, _confirmed = recorded(gate)
    assert document.number == "ID1284567"
    assert document.source == DocumentSource.TYPED


@pytest.mark.parametrize("gate", ["en"], indirect=True)
def test_a_letter_worn_off_in_a_picture_is_marked_where_it_is_missing(gate: Gate) -> None:
    config = gate.config.read_text(encoding="utf-8")
    folder = 'driver = "folder"\nport = "pictures"'
    gate.config.write_text(config.replace('port = "reader"', folder), encoding="utf-8")
    pictures = gate.folder / "pictures"
    pictures.mkdir()
    with gate.run() as glass:
        house.enter(gate, glass)
        glass.wait_for("Reader ready")
        half = pictures / ".half.png"
        Image.fromarray(with_a_hole(page(NEWCOMER.td1()), line=2, column=4)).save(half)
        half.rename(pictures / "card.png")
        glass.wait_for(gate.say("ARRIVAL, NEW PERSON"))
        told(gate, glass, HARDLY_LEGIBLE)
        glass.quiet()
        # ZHEENBEKOVA: where the N was, paper; in reverse that is seen.
        row = row_of(glass, "BEKOVA")
        column = glass.row(row).index("ZHEE") + len("ZHEE")
        beside = [one.column for one in in_reverse(glass, row) if one.column >= 52]
        assert beside == [column]
        # The name is the only field to stop at.
        assert [y for y in range(1, 21) if glass.row(y)[1] == "!"] == [row]
        glass.press("enter")
        glass.wait_for(lambda g: in_reverse(g, row) == [])


def recorded(gate: Gate) -> tuple[Document, list[str]]:
    """The newest document, and the doubts settled for the first of the newest case."""

    def newest() -> tuple[Document, list[str]]:
        document = Document.select().order_by(Document.id.desc()).first()
        step = Step.select().where(Step.no == 1).order_by(Step.id.desc()).first()
        data = step.data if step is not None and step.data else {}
        return document, list(data.get("confirmed", {}).get("1", []))

    db = house.register_of(gate)
    try:
        return db.run_read(newest)
    finally:
        db.close()
