"""One widget that draws a paged list; it holds at most what fits on the screen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from kiosk.text import N_, _, fill
from kiosk.widgets.glass import Glass
from kiosk.widgets.ink import Ink
from kiosk.widgets.lines import EMPTY, Line, cells, line

Provider = Callable[[int, int], Sequence[Line]]
"""(offset, count) → the lines of that part of the list; quick, because a key waits for it."""


class RowsKind(StrEnum):
    IGNORED = "ignored"
    MOVED = "moved"
    TAKE = "take"
    NEEDS_PAGE = "needs_page"


@dataclass(frozen=True)
class RowsAnswer:
    """What a key did. `index` counts from 0 through the whole list, not the page.

    NEEDS_PAGE: the line at `index` is not held; the screen fetches `count` lines from
    `offset` and hands them to `show(…, offset=offset)`.
    """

    kind: RowsKind
    index: int = 0
    offset: int = 0
    count: int = 0


_IGNORED = RowsAnswer(RowsKind.IGNORED)


class Rows(Glass):
    """Column 1 is the mark, the given lines begin at column 0 and leave columns 0-2 free."""

    PAGE = 16

    def __init__(self, *, id: str | None = None, rows: int | None = None) -> None:
        super().__init__(id=id, rows=rows)
        self._held: list[Line] = []
        self._provider: Provider | None = None
        self._total = 0
        self._first = 0
        self._index = 0
        self._held_from = 0
        self._head: Line | None = None
        self._empty = ""

    @property
    def index(self) -> int | None:
        """The current line, counted through the whole list; None when it is empty."""
        return self._index if self._total else None

    @property
    def first(self) -> int:
        """The list's index of the first line shown."""
        return self._first

    @property
    def total(self) -> int:
        return self._total

    @property
    def page(self) -> int:
        """How many lines one page shows."""
        head = 0 if self._head is None else 1
        return max(1, min(self.PAGE, self.rows - head - 1))

    def show(
        self,
        lines: Sequence[Line] | Provider,
        *,
        total: int | None = None,
        head: Line | None = None,
        offset: int = 0,
        index: int | None = None,
        empty: str = "",
    ) -> None:
        """Show a list, or a part of it that begins at `offset`.

        `total` is the length of the whole list (None: `lines` is all of it; needed with a
        provider). The current line is `index`, else the one a NEEDS_PAGE answer asked for,
        else the first. `empty` is a finished text for a list without lines.
        """
        self._head = head
        self._empty = empty
        if callable(lines):
            self._provider = lines
            self._total = total or 0
            self._first = offset
            self._held = self._fetch(offset)
        else:
            self._provider = None
            self._total = offset + len(lines) if total is None else total
            self._first = offset
            # A short list that is complete is kept whole, so that paging it asks nobody.
            self._held = list(lines)
            self._held_from = offset
        wanted = offset if index is None else index
        self._index = max(0, min(wanted, self._total - 1))
        if not self._first <= self._index < self._first + self.page:
            self._turn_to(self._index)
        self._draw()

    def _fetch(self, offset: int) -> list[Line]:
        assert self._provider is not None
        self._held_from = offset
        return list(self._provider(offset, self.page))

    def _holds(self, offset: int) -> bool:
        count = min(self.page, self._total - offset)
        return self._held_from <= offset and offset + count <= self._held_from + len(self._held)

    def _turn_to(self, index: int) -> bool:
        """Bring the page with `index` to the front; False when its lines are not held."""
        offset = index - index % self.page
        if self._provider is not None:
            self._held = self._fetch(offset)
        elif not self._holds(offset):
            return False
        self._first = offset
        return True

    def press(self, key: str) -> RowsAnswer:
        """Act on a key named as Textual names it."""
        if key == "enter":
            if not self._total:
                return _IGNORED
            return RowsAnswer(RowsKind.TAKE, self._index)
        if not self._total:
            return _IGNORED
        last = self._total - 1
        target = {
            "down": self._index + 1,
            "up": self._index - 1,
            "pagedown": min(self._first + self.page, last),
            "pageup": max(self._first - self.page, 0),
            "home": 0,
            "end": last,
        }.get(key)
        if target is None:
            return _IGNORED
        target = max(0, min(target, last))
        if target == self._index:
            return RowsAnswer(RowsKind.MOVED, self._index)
        if not self._first <= target < self._first + self.page and not self._turn_to(target):
            offset = target - target % self.page
            return RowsAnswer(RowsKind.NEEDS_PAGE, target, offset, self.page)
        self._index = target
        self._draw()
        return RowsAnswer(RowsKind.MOVED, target)

    def _draw(self) -> None:
        drawn: list[Line] = []
        if self._head is not None:
            drawn.append(self._head)
        if not self._total:
            drawn.append(line("   ", self._empty) if self._empty else EMPTY)
        shown_to = min(self._first + self.page, self._total)
        for index in range(self._first, shown_to):
            place = index - self._held_from
            one = self._held[place] if place < len(self._held) else EMPTY
            drawn.append(self._current(one) if index == self._index else one)
        if shown_to < self._total:
            more = fill(_(N_("… {count} more, PgDn")), count=self._total - shown_to)
            drawn.append(line("    ", (more, Ink.DIM)))
        self.put_all(drawn)

    def _current(self, drawn: Line) -> Line:
        letters, _inks = cells(drawn, self.WIDTH)
        # A line's own mark (`!` overdue) stays in column 1.
        marked = " >" if letters[1] == " " else ">" + letters[1]
        return ((marked + letters[2:], Ink.FOCUS),)
