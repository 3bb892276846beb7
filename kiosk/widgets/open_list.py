"""The lines that are offered for the current field, and which of them is in focus."""

from __future__ import annotations

from collections.abc import Sequence

from kiosk.widgets.choices import Option

LIST_LINES = 15


class OpenList:
    """Open while it has lines. `stale`: of an older text, shown still but not to be taken."""

    def __init__(self) -> None:
        self.options: tuple[Option, ...] = ()
        self.place = 0
        self.stale = False

    @property
    def is_open(self) -> bool:
        return bool(self.options)

    @property
    def focus(self) -> Option | None:
        return self.options[self.place] if self.options else None

    def show(self, options: Sequence[Option], focus: str = "") -> None:
        """Open with these lines, on the one with the code `focus` or on the first."""
        self.options = tuple(options)
        codes = [option.code for option in self.options]
        self.place = codes.index(focus) if focus in codes else 0

    def renew(self, options: Sequence[Option]) -> None:
        """The screen has answered: the line in focus stays so when it is offered again for the
        same text. At most `LIST_LINES` are kept."""
        before = None if self.stale else self.focus
        self.show(options[:LIST_LINES], before.code if before is not None else "")
        self.stale = False

    def step(self, by: int) -> None:
        self.place = (self.place + by) % len(self.options)

    def close(self) -> None:
        self.options, self.place, self.stale = (), 0, False
