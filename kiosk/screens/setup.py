"""Setup: what an administrator (a ban: also a supervisor) enters by hand."""

from __future__ import annotations

from collections.abc import Iterable

from textual.widget import Widget

from kiosk.codes import Role
from kiosk.screens.screen import GATE_KEYS, KioskScreen
from kiosk.text import N_, _
from kiosk.widgets.ink import Ink
from kiosk.widgets.lines import Line, at, line
from kiosk.widgets.sheet import Sheet


class Setup(KioskScreen):
    TITLE_TEXT = N_("SETUP")
    KEYS = GATE_KEYS
    help_name = "setup"

    def __init__(self) -> None:
        super().__init__()
        self.sheet = Sheet()

    def body(self) -> Iterable[Widget]:
        yield self.sheet

    def entries(self) -> dict[str, tuple[str, str]]:
        """The screen behind each digit, with its label."""
        administrator = self.kiosk.officer is not None and self.kiosk.officer.may(
            Role.ADMINISTRATOR
        )
        entries = {"2": ("new_ban", _("New ban")), "4": ("samples", _("Papers: samples"))}
        if administrator:
            entries |= {
                "1": ("new_prisoner", _("New prisoner")),
                "3": ("new_user", _("New user of this kiosk")),
            }
        return dict(sorted(entries.items()))

    def draw(self) -> None:
        lines: list[Line] = [()]
        for digit, (_screen, label) in self.entries().items():
            lines += [line(at(2, digit, Ink.BOLD), at(5, label)), ()]
        self.sheet.show(lines)
        self.ask(N_("Press a digit, or Esc"))

    async def typed(self, key: str, character: str | None) -> bool:
        entry = self.entries().get(character or "")
        if entry is None:
            return False
        await self.kiosk.go(entry[0])
        return True
