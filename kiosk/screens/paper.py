"""The demo's paper: what the simulated printer has printed, as text."""

from __future__ import annotations

from collections.abc import Iterable

from textual.widget import Widget

from kiosk.screens.screen import GATE_KEYS, KioskScreen
from kiosk.text import N_, _
from kiosk.widgets.lines import Line, at, line
from kiosk.widgets.sheet import Sheet


class Paper(KioskScreen):
    TITLE_TEXT = N_("PAPER")
    KEYS = GATE_KEYS
    help_name = "paper"

    def __init__(self) -> None:
        super().__init__()
        self.sheet = Sheet()
        self.top = 0

    def body(self) -> Iterable[Widget]:
        yield self.sheet

    async def enter(self, *about: object) -> None:
        self.top = 0

    def _paper(self) -> list[str]:
        from kiosk.demo.post import DemoPost

        post = self.kiosk.post
        assert isinstance(post, DemoPost)
        papers = post.papers
        return papers[-1].splitlines() if papers else []

    def draw(self) -> None:
        paper = self._paper()
        if not paper:
            self.sheet.show([(), line(at(3, _("Nothing has been printed yet.")))])
            self.ask(N_("Esc = back"))
            return
        shown = paper[self.top : self.top + self.sheet.rows]
        lines: list[Line] = [line(at(15, "│"), f" {row:<48.48} │") for row in shown]
        self.sheet.show(lines)
        more = self.top + self.sheet.rows < len(paper)
        self.ask(N_("↓ = the rest of the paper   Esc = back") if more else N_("Esc = back"))

    async def typed(self, key: str, character: str | None) -> bool:
        step = {"down": 1, "up": -1, "pagedown": self.sheet.rows, "pageup": -self.sheet.rows}
        if key not in step:
            return False
        last = max(0, len(self._paper()) - self.sheet.rows)
        self.top = min(max(0, self.top + step[key]), last)
        self.draw()
        return True
