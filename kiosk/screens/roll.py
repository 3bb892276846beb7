"""A paper on the glass: its roll with both edges, as wide as in the printer, and scrolling."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual.widget import Widget

from kiosk.screens.screen import KioskScreen
from kiosk.widgets.ink import Ink
from kiosk.widgets.lines import Line, at, line
from kiosk.widgets.sheet import Sheet

_STEPS = frozenset({"down", "up", "pagedown", "pageup", "home", "end"})


def roll(rows: Sequence[Line], columns: int, width: int = 80) -> list[Line]:
    """A paper of so many columns in the middle of the glass, with the edges of its roll."""
    left = (width - columns - 4) // 2
    edge = "─" * (columns + 2)
    return [
        line(at(left, f"┌{edge}┐", Ink.HEAD)),
        *(
            line(
                at(left, "│", Ink.HEAD),
                at(left + 2, ""),
                *row,
                at(left + columns + 2, " "),
                ("│", Ink.HEAD),
            )
            for row in rows
        ),
        line(at(left, f"└{edge}┘", Ink.HEAD)),
    ]


class RollScreen(KioskScreen):
    """One that shows a paper; the edge that is not on the glass says that there is more."""

    def __init__(self) -> None:
        super().__init__()
        self.sheet = Sheet()
        self._paper: list[Line] = []
        self._top = 0

    def body(self) -> Iterable[Widget]:
        yield self.sheet

    def lay(self, rows: Sequence[Line], columns: int) -> None:
        """Put a paper on the glass, from its first row."""
        self._paper = roll(rows, columns)
        self._top = 0

    def clear(self) -> None:
        """Take the paper away."""
        self._paper = []
        self._top = 0

    def forget(self) -> None:
        self.clear()
        self.sheet.show([])

    @property
    def has_paper(self) -> bool:
        return bool(self._paper)

    @property
    def goes_on(self) -> bool:
        """Whether the paper has rows below the last one on the glass."""
        return self._top < self._last_top

    @property
    def _last_top(self) -> int:
        return max(0, len(self._paper) - self.sheet.rows)

    def draw(self) -> None:
        self.sheet.show(self._paper[self._top : self._top + self.sheet.rows])

    async def typed(self, key: str, character: str | None) -> bool:
        if key not in _STEPS or not self._paper:
            return False
        wanted = {
            "down": self._top + 1,
            "up": self._top - 1,
            "pagedown": self._top + self.sheet.rows,
            "pageup": self._top - self.sheet.rows,
            "home": 0,
            "end": self._last_top,
        }[key]
        self._top = min(max(0, wanted), self._last_top)
        self.draw()
        return True
