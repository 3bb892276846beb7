"""The language of the screen: changed at once, without a restart."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from textual.widget import Widget

from kiosk import text
from kiosk.screens.screen import GATE_KEYS, KioskScreen
from kiosk.text import N_
from kiosk.widgets.ink import Ink
from kiosk.widgets.lines import Line, at, line
from kiosk.widgets.sheet import Sheet

if TYPE_CHECKING:
    from kiosk.app import KioskApp

# Each in its own language, so that whoever is lost in another one finds the way back.
NAMES = {"ky": "Кыргызча", "ru": "Русский", "en": "English"}


def chosen(kiosk: KioskApp, character: str | None) -> str | None:
    """The language that a digit stands for at this site."""
    languages = kiosk.settings.site.languages
    places = "123456789"[: len(languages)]
    return languages[places.index(character)] if character and character in places else None


def languages_line(kiosk: KioskApp) -> Line:
    """All of them with their digits, the one in use bold."""
    spans = [line(at(3, "Тил / Язык / Language"))]
    for number, code in enumerate(kiosk.settings.site.languages, 1):
        ink = Ink.BOLD if code == text.language() else Ink.PLAIN
        spans.append(line(f"  {number} ", (NAMES[code], ink)))
    return tuple(span for part in spans for span in part)


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
        language = chosen(self.kiosk, character)
        if language is None:
            return False
        text.use(language)
        await self.kiosk.home()
        return True
