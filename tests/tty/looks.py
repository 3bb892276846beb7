"""What holds for every screen: on the grid, in the font's letters, with nothing cut."""

from __future__ import annotations

import re

from kiosk.widgets.lines import ALLOWED
from tests.tty.gate import Gate
from tests.tty.harness import Glass

LANGUAGES = ("ky", "ru", "en")
BODY = range(1, 21)
QUESTION, RULE, MESSAGE, KEYS = 21, 22, 23, 24
# Where three points are meant: "… 12 more, PgDn", and a number of which only the end is shown.
MEANT = re.compile(r"^ +… |…\d{3} ")


def title(glass: Glass) -> str:
    return glass.row(0)[9:30].strip()


def wait_title(gate: Gate, glass: Glass, msgid: str) -> None:
    wanted = gate.say(msgid)
    glass.wait_for(lambda g: title(g) == wanted)


def focused_rows(glass: Glass) -> list[int]:
    return [row for row in BODY if glass.reversed(row)]


def check(glass: Glass, *, focus: int | None = None) -> None:
    """What holds for every screen. `focus`: how many rows of the body are in reverse."""
    glass.quiet(0.04)
    shown = glass.text()
    assert len(glass.screen.display) == 25
    assert all(len(row) == 80 for row in glass.screen.display)
    assert glass.glyphs() <= ALLOWED, glass.glyphs() - ALLOWED
    for number, row in enumerate(glass.screen.display):
        assert "…" not in MEANT.sub("", row), f"row {number} is cut\n{shown}"
    assert title(glass), shown
    assert len(title(glass)) <= 20
    assert glass.row(QUESTION)[:2] in ("? ", "  ")
    assert glass.row(RULE) == "─" * 80
    assert glass.row(MESSAGE)[0] in " !+"
    for slot in range(10):
        label = glass.row(KEYS)[slot * 8 : slot * 8 + 8].strip()
        assert not label or re.fullmatch(rf"{slot + 1}\S.{{0,5}}", label), label
    assert not any(glass.reversed(row) for row in (QUESTION, RULE, MESSAGE, KEYS))
    assert len(glass.reversed(0)) == 80
    if focus is not None:
        assert len(focused_rows(glass)) == focus, shown


def escape(glass: Glass) -> None:
    """Esc, and nothing until it was taken for Esc."""
    before = len(glass.received)
    glass.press("escape")
    glass.wait_for(lambda g: len(g.received) > before)
    glass.quiet(0.03)


def help_is_whole(gate: Gate, glass: Glass, back_to: str) -> None:
    glass.press("f1")
    wait_title(gate, glass, "HELP")
    check(glass, focus=0)
    escape(glass)
    wait_title(gate, glass, back_to)


def walk_through_fields(glass: Glass) -> None:
    """Tab from the first field to the last; every list of choices opened on the way."""
    seen: list[int] = []
    while True:
        (row,) = focused_rows(glass)
        if row in seen:
            return
        seen.append(row)
        glass.press("f4")
        check(glass)
        if len(focused_rows(glass)) > 1 or glass.reversed(row).strip().count(" ") > 30:
            escape(glass)
        glass.press("tab")
        check(glass)
