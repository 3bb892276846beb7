"""The call board: big numbers of the tickets that are called now, for the waiting room.

It names nobody and answers no key but Esc, so that it may stand where everybody sees it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual.widget import Widget

from kiosk.screens.screen import KioskScreen
from kiosk.text import N_, in_language
from kiosk.values.waiting import Called
from kiosk.widgets.ink import Ink
from kiosk.widgets.lines import At, Line, at, line
from kiosk.widgets.sheet import Sheet

SECONDS = 2.0
"""How often a board of its own looks; an officer's own calls are seen at once."""

# Three cells wide, five high; a stroke is a cell in reverse, which every font can show.
_DIGITS = {
    "0": ("###", "# #", "# #", "# #", "###"),
    "1": ("  #", "  #", "  #", "  #", "  #"),
    "2": ("###", "  #", "###", "#  ", "###"),
    "3": ("###", "  #", "###", "  #", "###"),
    "4": ("# #", "# #", "###", "  #", "  #"),
    "5": ("###", "#  ", "###", "  #", "###"),
    "6": ("###", "#  ", "###", "# #", "###"),
    "7": ("###", "  #", "  #", "  #", "  #"),
    "8": ("###", "# #", "###", "# #", "###"),
    "9": ("###", "# #", "###", "  #", "###"),
}
_HIGH = 5
_OTHERS, _APART = 3, 26
_WINDOW = 62


class CallBoard(KioskScreen):
    TITLE_TEXT = N_("CALLED NOW")
    NEEDS_OFFICER = False
    help_name = "call_board"

    def __init__(self) -> None:
        super().__init__()
        self.sheet = Sheet()
        self.called: tuple[Called, ...] = ()

    def body(self) -> Iterable[Widget]:
        yield self.sheet

    async def enter(self, *about: object) -> None:
        if self.kiosk.register is not None:
            await self._look()

    async def opened(self) -> None:
        await self._again()
        if self.kiosk.officer is None:
            self.set_interval(SECONDS, self._again)

    async def minute(self) -> None:
        await self._again()

    async def _again(self) -> None:
        await self._look()
        self.show()

    async def _look(self) -> None:
        from kiosk.services import tickets

        self.called = await self.kiosk.read(tickets.called_now)

    def draw(self) -> None:
        self.sheet.show(board_lines(self.called))
        self.ask(N_("Esc = back") if self.kiosk.officer is not None else "")


def board_lines(called: Sequence[Called]) -> list[Line]:
    """The number called last as large as the glass allows, up to three others below it.

    Always in Kyrgyz and Russian, like every paper for visitors.
    """
    if not called:
        return [(), line(at(3, _both(N_("Nobody is called now. Please wait.")), Ink.BOLD))]
    last, others = called[0], called[1 : 1 + _OTHERS]
    window = f"{_both(N_('window'))} {last.window}"
    lines: list[Line] = [
        line(at(3, _both(N_("ticket number")), Ink.BOLD), at(_WINDOW, window, Ink.BOLD)),
        (),
        *(line(*row) for row in _large(last.number, 3, wide=5, high=2)),
        (),
    ]
    if others:
        numbers = [
            _large(one.number, 3 + _APART * place, wide=2, high=1)
            for place, one in enumerate(others)
        ]
        for rows in zip(*numbers, strict=True):
            lines.append(line(*(part for row in rows for part in row)))
        windows = (
            at(3 + _APART * place, f"{_both(N_('window'))} {one.window}")
            for place, one in enumerate(others)
        )
        lines.append(line(*windows))
    return lines


def _large(number: str, column: int, *, wide: int, high: int) -> list[list[At]]:
    """A number of which each cell is `wide` columns and `high` rows, row by row."""
    rows: list[list[At]] = []
    for row in range(_HIGH):
        parts: list[At] = []
        for place, digit in enumerate(number):
            left = column + place * 4 * wide
            for cell, stroke in enumerate(_DIGITS[digit][row]):
                ink = Ink.FOCUS if stroke == "#" else Ink.PLAIN
                parts.append(at(left + cell * wide, " " * wide, ink))
        rows += [parts] * high
    return rows


def _both(msgid: str) -> str:
    return " / ".join(dict.fromkeys(in_language(one)(msgid) for one in ("ky", "ru")))
