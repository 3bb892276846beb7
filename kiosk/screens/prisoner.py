"""A prisoner's card: who, where, under which terms."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from textual.widget import Widget

from kiosk.screens import cards
from kiosk.screens.screen import GATE_KEYS, KioskScreen
from kiosk.text import N_
from kiosk.values import PrisonerCard
from kiosk.widgets.lines import line
from kiosk.widgets.sheet import Sheet


class PrisonerScreen(KioskScreen):
    TITLE_TEXT = N_("PRISONER")
    KEYS = GATE_KEYS
    help_name = "find"

    def __init__(self) -> None:
        super().__init__()
        self.sheet = Sheet()
        self.card: PrisonerCard | None = None

    def body(self) -> Iterable[Widget]:
        yield self.sheet

    def forget(self) -> None:
        self.card = None
        self.sheet.show([])

    async def enter(self, *about: object) -> None:
        from kiosk.services import consult

        (prisoner_id,) = about
        assert isinstance(prisoner_id, UUID)
        self.card = await self.kiosk.write(consult.prisoner, self.kiosk.signed_in, prisoner_id)

    def draw(self) -> None:
        if self.card is not None:
            lines = [line("  ", *one) for one in cards.prisoner_lines(self.card)]
            self.sheet.show([(), *lines])
        self.ask(N_("3 restrictions   Esc = back"))

    async def typed(self, key: str, character: str | None) -> bool:
        if character == "3" and self.card is not None:
            await self.kiosk.go("restrictions", self.card)
            return True
        return False
