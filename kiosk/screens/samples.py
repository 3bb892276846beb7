"""The papers of the gate, each with a sample to look at (Setup)."""

from __future__ import annotations

from collections.abc import Iterable

from textual.widget import Widget

from kiosk.codes import Template
from kiosk.screens.screen import GATE_KEYS, KioskScreen
from kiosk.text import N_, _
from kiosk.widgets.ink import Ink
from kiosk.widgets.lines import at, line
from kiosk.widgets.rows import Rows, RowsKind
from kiosk.widgets.sheet import Sheet
from kiosk.wording import LABELS

_PAPERS = tuple(Template)
_FOOT = 4


class Samples(KioskScreen):
    """A sample is printed by the command only: what it prints is no fact of the register."""

    TITLE_TEXT = N_("PAPER SAMPLES")
    KEYS = GATE_KEYS
    help_name = "samples"

    def __init__(self) -> None:
        super().__init__()
        self.rows = Rows(rows=20 - _FOOT)
        self.foot_note = Sheet(rows=_FOOT)

    def body(self) -> Iterable[Widget]:
        yield self.rows
        yield self.foot_note

    def draw(self) -> None:
        self.rows.show(
            [
                line(at(3, _(LABELS[Template][one])), at(50, one.value, Ink.DIM))
                for one in _PAPERS
            ],
            head=line(at(3, _("paper"), Ink.HEAD), at(50, "--sample", Ink.HEAD)),
            index=self.rows.index,
        )
        self.foot_note.show(
            [
                line(at(3, _("On paper, while the kiosk is stopped:"))),
                line(at(3, "kiosk print --sample NAME", Ink.BOLD)),
                line(at(3, "kiosk print --test-page", Ink.BOLD)),
            ]
        )
        self.ask(N_("↑↓ Enter = look at it   Esc = back"))

    async def typed(self, key: str, character: str | None) -> bool:
        answer = self.rows.press(key)
        if answer.kind is RowsKind.TAKE:
            await self.kiosk.go("preview", _PAPERS[answer.index])
        return answer.kind is not RowsKind.IGNORED
