"""A widget that keeps the letters it shows, row by row."""

from __future__ import annotations

from collections.abc import Sequence

from rich.segment import Segment
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from kiosk.widgets.ink import style
from kiosk.widgets.lines import EMPTY, Line, cells
from kiosk.widgets.paint import Row


class Glass(Widget):
    """A rectangle of cells. Passive: it takes no focus, no keys and no mouse.

    The app paints from `cells` (kiosk.widgets.paint); `render_lines` is for Textual's own
    ways to look at a screen. It bypasses Textual's styles cache, which would keep strips
    with people's names alive (Textual #6665).
    """

    can_focus = False
    WIDTH = 80
    HEIGHT = 20

    def __init__(self, *, id: str | None = None, rows: int | None = None) -> None:
        super().__init__(id=id)
        self._rows = rows or self.HEIGHT
        self._cells: list[Row] = [(" " * self.WIDTH, " " * self.WIDTH)] * self._rows
        self._strips: list[Strip | None] = [None] * self._rows
        self.styles.width = self.WIDTH
        self.styles.height = self._rows

    @property
    def rows(self) -> int:
        """How many rows it has."""
        return self._rows

    @property
    def cells(self) -> Sequence[Row]:
        """What it shows: the letters and inks of each row."""
        return self._cells

    def put(self, y: int, drawn: Line) -> None:
        """Show a line at row `y`."""
        new = cells(drawn, self.WIDTH)
        if new != self._cells[y]:
            self._cells[y] = new
            self._strips[y] = None
            self.refresh(Region(0, y, self.WIDTH, 1))

    def put_all(self, drawn: Sequence[Line]) -> None:
        """Show these lines from the top; rows below them become empty."""
        for y in range(self._rows):
            self.put(y, drawn[y] if y < len(drawn) else EMPTY)

    def text(self) -> list[str]:
        """The letters that stand there now, row by row."""
        return [letters for letters, _inks in self._cells]

    def inks(self) -> list[str]:
        """The inks that stand there now, one letter of `Ink` a cell."""
        return [inks for _letters, inks in self._cells]

    def render_line(self, y: int) -> Strip:
        strip = self._strips[y]
        if strip is None:
            strip = self._strips[y] = _strip(*self._cells[y])
        return strip

    def render_lines(self, crop: Region) -> list[Strip]:
        strips = [
            self.render_line(y) if y < self._rows else Strip.blank(self.WIDTH)
            for y in crop.line_range
        ]
        if crop.column_span == (0, self.WIDTH):
            return strips
        return [strip.crop(*crop.column_span) for strip in strips]


def _strip(letters: str, inks: str) -> Strip:
    segments: list[Segment] = []
    start = 0
    length = len(letters)
    while start < length:
        ink = inks[start]
        end = start + 1
        while end < length and inks[end] == ink:
            end += 1
        segments.append(Segment(letters[start:end], style(ink)))
        start = end
    return Strip(segments, length)
