"""What must be written so that the glass shows what it should: only the cells that differ.

Textual writes a changed row from the left edge of its widget, and a whole screen at each
change of screens: 80 bytes a letter, 2.5 kB a screen. Knowing what stands on the glass, a
letter costs 25, and the blanks that two screens share cost nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kiosk.widgets.ink import RESET, Ink, sgr

Row = tuple[str, str]
"""The letters of a row, and the ink of each; both as long as the glass is wide."""

GAP = 8  # moving the cursor costs about eight bytes; a shorter gap is cheaper painted over
ERASE = 4  # erasing to the end of the row costs three
_PLAIN = Ink.PLAIN.value


class Painter:
    """Remembers what the glass shows. Between two updates the terminal's colours are reset."""

    def __init__(self) -> None:
        self._shown: list[Row] = []

    def forget(self) -> None:
        """Somebody else may have written on the glass: the next update clears it first."""
        self._shown = []

    def update(self, rows: Sequence[Row]) -> str:
        """The terminal sequences that change what is shown to `rows`, "" for no change."""
        pen = _Pen()
        width = len(rows[0][0]) if rows else 0
        if len(self._shown) != len(rows) or len(self._shown[0][0]) != width:
            pen.clear()
            self._shown = [(" " * width, _PLAIN * width)] * len(rows)
        for y, new in enumerate(rows):
            old = self._shown[y]
            if new != old:
                _paint_row(pen, y, old, new)
                self._shown[y] = new
        return pen.finish()


class _Pen:
    """Writes at a place in an ink, and repeats neither when they are set already."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._ink = ""

    def clear(self) -> None:
        # Also the colours are unknown when somebody else wrote.
        self._ink = _PLAIN
        self._parts += [sgr(_PLAIN), "\x1b[2J"]

    def move(self, x: int, y: int) -> None:
        self._parts.append(f"\x1b[{y + 1};{x + 1}H")

    def write(self, letters: str, inks: str) -> None:
        for start, end in _spans(inks):
            self._set(inks[start])
            self._parts.append(letters[start:end])

    def erase(self) -> None:
        """The rest of the row, in the colour of blanks."""
        self._set(_PLAIN)
        self._parts.append("\x1b[K")

    def finish(self) -> str:
        if self._ink and sgr(self._ink) != RESET:
            self._parts.append(RESET)
        return "".join(self._parts)

    def _set(self, ink: str) -> None:
        if ink != self._ink:
            before = sgr(self._ink) if self._ink else RESET
            if sgr(ink) != before:
                self._parts.append(sgr(ink))
            self._ink = ink


def _spans(inks: str) -> Iterator[tuple[int, int]]:
    """Where the ink stays the same."""
    start = 0
    for end in range(1, len(inks) + 1):
        if end == len(inks) or inks[end] != inks[start]:
            yield start, end
            start = end


def _runs(old: Row, new: Row) -> Iterator[tuple[int, int]]:
    """Where two rows differ, near places joined."""
    start = end = -1
    columns = zip(*old, *new, strict=True)
    for x, (old_letter, old_ink, letter, ink) in enumerate(columns):
        if letter == old_letter and ink == old_ink:
            continue
        if start < 0:
            start = x
        elif x - end > GAP:
            yield start, end
            start = x
        end = x + 1
    if start >= 0:
        yield start, end


def _paint_row(pen: _Pen, y: int, old: Row, new: Row) -> None:
    letters, inks = new
    # From here on the new row is blank.
    blank = max(len(letters.rstrip()), len(inks.rstrip(_PLAIN)))
    for start, end in _runs(old, new):
        pen.move(start, y)
        if end - max(blank, start) > ERASE:
            if start < blank:
                pen.write(letters[start:blank], inks[start:blank])
            pen.erase()
            return
        pen.write(letters[start:end], inks[start:end])
