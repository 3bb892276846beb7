"""All rule sets of the register: which decides today, who signed which."""

from __future__ import annotations

from collections.abc import Iterable

from textual.widget import Widget

from kiosk import wording
from kiosk.screens.screen import GATE_KEYS, KioskScreen
from kiosk.text import N_, _
from kiosk.values.rulebook import RuleSetLine
from kiosk.widgets.ink import Ink
from kiosk.widgets.lines import Line, at, line, shorten
from kiosk.widgets.rows import Rows, RowsKind
from kiosk.wording import rulebook as words


class RuleSets(KioskScreen):
    TITLE_TEXT = N_("RULE SETS")
    KEYS = GATE_KEYS
    help_name = "rules"

    def __init__(self) -> None:
        super().__init__()
        self.rows = Rows()
        self.sets: tuple[RuleSetLine, ...] = ()

    def body(self) -> Iterable[Widget]:
        yield self.rows

    async def enter(self, *about: object) -> None:
        from kiosk.services import rulebook

        self.sets = await self.kiosk.read(rulebook.sets)

    def draw(self) -> None:
        self.rows.show(
            [_line(one) for one in self.sets],
            head=line(
                at(3, _("set"), Ink.HEAD),
                at(25, _("from"), Ink.HEAD),
                at(37, _("today"), Ink.HEAD),
                at(47, _("signed by"), Ink.HEAD),
            ),
            index=self.rows.index,
        )
        self.ask(N_("↑↓ Enter = show its rows   Esc = back"))

    async def typed(self, key: str, character: str | None) -> bool:
        answer = self.rows.press(key)
        if answer.kind is RowsKind.TAKE:
            await self.kiosk.go("rules", self.sets[answer.index].rule_set_id)
        return answer.kind is not RowsKind.IGNORED


def _line(one: RuleSetLine) -> Line:
    return line(
        at(3, shorten(f"{one.name} {one.version}", 21)),
        at(25, wording.day_text(one.valid_from)),
        at(37, _("decides") if one.decides else "", Ink.BOLD),
        at(47, shorten(words.signer(one), 32), Ink.PLAIN if one.signed else Ink.WARN),
    )
