"""The language of the screen: changed at once, without a restart."""

from __future__ import annotations

from collections.abc import Iterable

from textual.widget import Widget

from kiosk import text
from kiosk.screens.screen import GATE_KEYS, KioskScreen
from kiosk.text import N_
from kiosk.widgets.ink import Ink
from kiosk.widgets.lines import Line, at, line
from kiosk.widgets.sheet import Sheet

# Each in its own language, so that whoever is lost in another one finds the way back.
NAMES = {"ky": "Кыргызча", "ru": "Русский", "en": "English"}


class Language(KioskScreen):
    TITLE_TEXT = N_("LANGUAGE")
    KEYS = GATE_KEYS
    help_name = "language"

    def __init__(self) -> None:
        super().__init__()
        self.sheet = Sheet()

    def body(self) -> Iterable[Widget]:
        yield self.sheet

    def draw(self) -> None:
        lines: list[Line] = [()]
        for number, code in enumerate(self.kiosk.settings.site.languages, 1):
            now = code == text.language()
            lines.append(
                line(
                    at(2, str(number), Ink.BOLD),
                    at(5, NAMES[code], Ink.BOLD if now else Ink.PLAIN),
                    at(18, "←" if now else ""),
                )
            )
        self.sheet.show(lines)
        self.ask(N_("A digit chooses the language of the screen. Papers keep theirs."))

    async def typed(self, key: str, character: str | None) -> bool:
        languages = self.kiosk.settings.site.languages
        if character is None or not character.isdigit():
            return False
        if 1 <= int(character) <= len(languages):
            text.use(languages[int(character) - 1])
            await self.kiosk.home()
        return True
