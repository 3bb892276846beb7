"""Which rule set to take in: a file of the kiosk's folder, or a preset, by its name."""

from __future__ import annotations

from collections.abc import Iterable

from textual.widget import Widget

from kiosk.screens.cards import wrapped
from kiosk.screens.screen import GATE_KEYS, KioskScreen
from kiosk.text import N_, _, fill
from kiosk.widgets.lines import at, line, shorten
from kiosk.widgets.rows import Rows, RowsKind
from kiosk.widgets.sheet import Sheet

_HEAD = 4


class RuleFiles(KioskScreen):
    TITLE_TEXT = N_("TAKE IN RULES")
    KEYS = GATE_KEYS
    help_name = "rules"

    def __init__(self) -> None:
        super().__init__()
        self.head = Sheet(rows=_HEAD)
        self.rows = Rows(rows=20 - _HEAD)
        self.names: tuple[str, ...] = ()

    def body(self) -> Iterable[Widget]:
        yield self.head
        yield self.rows

    async def enter(self, *about: object) -> None:
        from kiosk.services import duty, rule_files

        duty.must_administer(self.kiosk.signed_in)
        self.names = await self.kiosk.read(
            rule_files.offered, self.kiosk.settings.state / "rules"
        )

    def draw(self) -> None:
        folder = str(self.kiosk.settings.state / "rules")
        said = fill(
            _(N_("Own files lie in {folder}; the others came with Gatebook.")), folder=folder
        )
        self.head.show([(), *(line("   ", *one) for one in wrapped(said, 74))])
        self.rows.show([line(at(3, shorten(one, 70))) for one in self.names])
        self.ask(N_("↑↓ Enter = see what it would change   Esc = back"))

    async def typed(self, key: str, character: str | None) -> bool:
        answer = self.rows.press(key)
        if answer.kind is RowsKind.TAKE:
            await self.kiosk.go("rule_preview", self.names[answer.index])
        return answer.kind is not RowsKind.IGNORED
