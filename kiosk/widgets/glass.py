"""A widget that keeps the letters it shows and repaints only the cells that changed."""

from __future__ import annotations

from rich.segment import Segment
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from kiosk.widgets.ink import style
from kiosk.widgets.lines import EMPTY, Line, cells


class Glass(Widget):
    """A rectangle of cells. Passive: it takes no focus, no keys and no mouse.

    Textual's own path (content, styles cache, filters) is bypassed: a strip comes straight
    from the kept cells. The styles cache would also keep strips of people on the screen
    alive (Textual #6665).
    """

    can_focus = False
    WIDTH = 80
    HEIGHT = 20

    def __init__(self, *, id: str | None = None, rows: int | None = None) -> None:
        super().__init__(id=id)
        self._rows = rows or self.HEIGHT
        blank = (" " * self.WIDTH, " " * self.WIDTH)
        self._cells: list[tuple[str, str]] = [blank] * self._rows
        self.styles.width = self.WIDTH
        self.styles.height = self._rows

    @property
    def rows(self) -> int:
        """How many lines it has."""
        return self._rows

    def put(self, y: int, drawn: Line) -> None:
        """Show a line at row `y`; only the cells that differ are painted."""
        new = cells(drawn, self.WIDTH)
        old = self._cells[y]
        if new == old:
            return
        self._cells[y] = new
        first, last = _difference(old, new)
        self.refresh(Region(first, y, last - first + 1, 1))

    def put_all(self, drawn: list[Line]) -> None:
        """Show these lines from the top; rows below them become empty."""
        for y in range(self._rows):
            self.put(y, drawn[y] if y < len(drawn) else EMPTY)

    def text(self) -> list[str]:
        """The letters that stand there now, row by row."""
        return [letters for letters, _inks in self._cells]

    def inks(self) -> list[str]:
        """The inks that stand there now, one letter of `Ink` a cell."""
        return [inks for _letters, inks in self._cells]

    def render_lines(self, crop: Region) -> list[Strip]:
        strips: list[Strip] = []
        for y in crop.line_range:
            if y < self._rows:
                letters, inks = self._cells[y]
                strips.append(_strip(letters[crop.x : crop.right], inks[crop.x : crop.right]))
            else:
                strips.append(Strip.blank(crop.width))
        return strips

    def render_line(self, y: int) -> Strip:
        letters, inks = self._cells[y]
        return _strip(letters, inks)


def _difference(old: tuple[str, str], new: tuple[str, str]) -> tuple[int, int]:
    """First and last column in which two lines of equal width differ."""
    changed = [
        column
        for column, (was, now) in enumerate(
            zip(zip(*old, strict=True), zip(*new, strict=True), strict=True)
        )
        if was != now
    ]
    return changed[0], changed[-1]


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
