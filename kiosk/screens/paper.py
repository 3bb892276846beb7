"""The demo's paper: what the simulated printer has printed, as text."""

from __future__ import annotations

from kiosk.screens.roll import RollScreen
from kiosk.screens.screen import GATE_KEYS
from kiosk.text import N_, _
from kiosk.widgets.lines import at, line

# The demo's printer has an 80 mm roll.
COLUMNS = 48


class Paper(RollScreen):
    TITLE_TEXT = N_("PAPER")
    KEYS = GATE_KEYS
    help_name = "paper"

    async def enter(self, *about: object) -> None:
        from kiosk.demo.post import DemoPost

        post = self.kiosk.post
        assert isinstance(post, DemoPost)
        if post.papers:
            self.lay([line(row) for row in post.papers[-1].splitlines()], COLUMNS)

    def draw(self) -> None:
        super().draw()
        if not self.has_paper:
            self.sheet.show([(), line(at(3, _("Nothing has been printed yet.")))])
        more = N_("↓ = the rest of the paper   Esc = back")
        self.ask(more if self.goes_on else N_("Esc = back"))
