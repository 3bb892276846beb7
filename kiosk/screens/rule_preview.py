"""What a rule set would change, before it is taken in; or what is wrong with it."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable

from textual.widget import Widget

from kiosk.screens.screen import ATTENTION, DONE, GATE_KEYS, KioskScreen
from kiosk.text import N_
from kiosk.values.rulebook import RuleFile
from kiosk.widgets.lines import at, line
from kiosk.widgets.rows import Rows, RowsKind
from kiosk.wording import rulebook as words

_WIDTH = 75


class RulePreview(KioskScreen):
    TITLE_TEXT = N_("TAKE IN RULES")
    KEYS = GATE_KEYS
    help_name = "rules"

    def __init__(self) -> None:
        super().__init__()
        self.rows = Rows()
        self.file: RuleFile | None = None

    def body(self) -> Iterable[Widget]:
        yield self.rows

    async def enter(self, *about: object) -> None:
        from kiosk.services import rule_files

        (name,) = about
        assert isinstance(name, str)
        self.file = await self.kiosk.read(
            rule_files.look, self.kiosk.settings.state / "rules", name
        )
        self.rows.show([])

    @property
    def takes(self) -> bool:
        """Whether Enter would take it in."""
        preview = self.file.preview if self.file is not None else None
        return preview is not None and not preview.known

    @property
    def consequence(self) -> bool:
        return self.takes

    def answers(self, key: str, character: str | None) -> bool:
        return key == "enter"

    def draw(self) -> None:
        if self.file is None:
            return
        said = [words.found(one) for one in self.file.checked.findings]
        if self.file.preview is not None:
            said += words.previewed(self.file.preview)
            said += [words.warned(one) for one in self.file.checked.holes]
        lines = [
            line(at(3, part))
            for one in said
            for part in textwrap.wrap(one, _WIDTH, subsequent_indent="    ")
        ]
        self.rows.show(lines, index=self.rows.index)
        if self.takes:
            self.ask(
                N_("Take this set into the register?  Enter = take it in   Esc = leave it")
            )
        else:
            self.ask(N_("Esc = back"))
            if self.file.preview is None:
                self.say(
                    ATTENTION, N_("This file cannot be taken in. Correct it where it says.")
                )

    async def typed(self, key: str, character: str | None) -> bool:
        if key == "enter" and self.takes:
            await self._take_in()
            return True
        return self.rows.press(key).kind is not RowsKind.IGNORED

    async def _take_in(self) -> None:
        from kiosk.services import rule_import

        assert self.file is not None
        assert self.file.preview is not None
        rules = self.file.preview.rules
        await self.kiosk.write(rule_import.take_in, self.kiosk.signed_in, rules, self.file.name)
        await self.kiosk.go("rule_sets", replace=True)
        self.kiosk.front.say(DONE, N_("The rule set is in the register."))
