"""A paged list: where the keys lead, and how little of it is held."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from kiosk.widgets.ink import Ink
from kiosk.widgets.lines import Line, at, cell, line, plain
from kiosk.widgets.rows import Rows, RowsKind


def lines(first: int, count: int) -> list[Line]:
    return [line(f"   person {n}") for n in range(first, first + count)]


class People:
    """A provider that remembers what it was asked for."""

    def __init__(self) -> None:
        self.asked: list[tuple[int, int]] = []

    def __call__(self, offset: int, count: int) -> Sequence[Line]:
        self.asked.append((offset, count))
        return lines(offset, min(count, 10_000 - offset))


def shown(rows: Rows) -> list[str]:
    return [text.rstrip() for text in rows.text() if text.strip()]


def test_the_current_line_has_a_sign_and_is_in_reverse() -> None:
    rows = Rows()
    rows.show(lines(0, 3))
    rows.press("down")
    assert shown(rows) == ["   person 0", " > person 1", "   person 2"]
    assert rows.inks()[1] == Ink.FOCUS.value * 80


def test_a_lines_own_mark_stays_beside_the_focus() -> None:
    rows = Rows()
    rows.show([line(" ! late")])
    assert shown(rows) == [">! late"]


def test_more_lines_than_a_page_say_so() -> None:
    rows = Rows()
    rows.show(lines(0, 28), head=line("   name"))
    assert shown(rows)[0] == "   name"
    assert shown(rows)[-1] == "    … 12 more, PgDn"
    rows.press("pagedown")
    assert shown(rows)[-1] == "   person 27"
    assert rows.index == 16


def test_arrows_turn_the_page_at_its_ends() -> None:
    rows = Rows()
    rows.show(lines(0, 40))
    for _ in range(16):
        rows.press("down")
    assert rows.first == 16
    assert rows.press("up").index == 15
    assert rows.first == 0


def test_ten_thousand_people_are_held_a_page_at_a_time() -> None:
    people = People()
    rows = Rows()
    rows.show(people, total=10_000)
    assert rows.press("end").index == 9999
    assert people.asked == [(0, 16), (9984, 16)]
    assert shown(rows)[-1] == " > person 9999"
    rows.press("home")
    rows.press("down")
    assert people.asked[2:] == [(0, 16)]


def test_a_page_that_is_not_held_is_asked_for() -> None:
    rows = Rows()
    rows.show(lines(0, 16), total=100)
    answer = rows.press("pagedown")
    assert (answer.kind, answer.offset, answer.count) == (RowsKind.NEEDS_PAGE, 16, 16)
    assert rows.index == 0
    rows.show(lines(16, 16), total=100, offset=answer.offset, index=answer.index)
    assert rows.index == 16
    assert shown(rows)[0] == " > person 16"
    back = rows.press("up")
    assert (back.kind, back.offset, back.index) == (RowsKind.NEEDS_PAGE, 0, 15)


def test_enter_takes_the_line_counted_through_the_whole_list() -> None:
    rows = Rows()
    rows.show(lines(0, 40))
    rows.press("pagedown")
    answer = rows.press("enter")
    assert (answer.kind, answer.index) == (RowsKind.TAKE, 16)


def test_an_empty_list_says_so_and_takes_nothing() -> None:
    rows = Rows()
    rows.show([], empty="Nobody is inside.")
    assert shown(rows) == ["   Nobody is inside."]
    assert rows.index is None
    for key in ("enter", "down", "end"):
        assert rows.press(key).kind is RowsKind.IGNORED


def test_keys_without_meaning_are_the_screens() -> None:
    rows = Rows()
    rows.show(lines(0, 3))
    for key in ("f5", "escape", "a", "tab"):
        assert rows.press(key).kind is RowsKind.IGNORED


def test_a_list_shown_again_keeps_the_line_that_is_asked_for() -> None:
    rows = Rows()
    rows.show(lines(0, 40), index=20)
    assert (rows.index, rows.first) == (20, 16)
    rows.show(lines(0, 5), index=20)
    assert rows.index == 4


@pytest.mark.parametrize(
    ("name", "drawn"),
    [
        ("Асанов А.", "   Асанов А.    0398/22"),
        ("Байболотова", "   Байболотова  0398/22"),
        ("Байболотов-Мамбетов", "   Байболотов-… 0398/22"),
    ],
)
def test_a_long_cell_is_shortened_and_never_touches_the_next(name: str, drawn: str) -> None:
    assert plain(line(cell(3, name, 13), at(16, "0398/22"))) == drawn
