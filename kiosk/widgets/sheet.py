"""The body of a screen that only shows: the lines it is given, and nothing it decides."""

from __future__ import annotations

from collections.abc import Sequence

from kiosk.widgets.glass import Glass
from kiosk.widgets.lines import Line


class Sheet(Glass):
    """Rows 1-20 of the screen, unless told otherwise."""

    def show(self, lines: Sequence[Line]) -> None:
        """Show `lines` from the top; only the cells that differ are repainted."""
        self.put_all(list(lines))
