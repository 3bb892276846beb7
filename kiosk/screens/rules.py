"""A rule set, row by row: who is entitled to what, and whether the prison stands by it."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from textual.widget import Widget

from kiosk import wording
from kiosk.codes import Role
from kiosk.rules.rule_set import RuleRow, RuleSet
from kiosk.screens.cards import wrapped
from kiosk.screens.screen import GATE_KEYS, KioskScreen
from kiosk.text import N_
from kiosk.widgets.ink import Ink
from kiosk.widgets.lines import Line, at, cell, line
from kiosk.widgets.rows import Rows, RowsKind
from kiosk.widgets.sheet import Sheet
from kiosk.wording import rulebook as words

_HEAD, _FOOT = 3, 3
_WHOM, _AMOUNT = 11, 58
_SCREENS = {"1": "rule_sets", "2": "rule_files", "4": "new_individual"}


class Rules(KioskScreen):
    """The set in force today, or the one that was chosen from the list."""

    TITLE_TEXT = N_("RULES")
    KEYS = GATE_KEYS
    help_name = "rules"

    def __init__(self) -> None:
        super().__init__()
        self.head = Sheet(rows=_HEAD)
        self.rows = Rows(rows=20 - _HEAD - _FOOT)
        self.reference = Sheet(rows=_FOOT)
        self.rule_set_id: UUID | None = None
        self.rules: RuleSet | None = None
        self.listed: list[tuple[Line, RuleRow | None]] = []

    def body(self) -> Iterable[Widget]:
        yield self.head
        yield self.rows
        yield self.reference

    async def enter(self, *about: object) -> None:
        chosen = about[0] if about else None
        assert chosen is None or isinstance(chosen, UUID)
        await self._look(chosen)

    async def returned(self) -> None:
        await self._look(self.rule_set_id)

    async def _look(self, chosen: UUID | None) -> None:
        from kiosk.services import rulebook

        if chosen is None:
            chosen = await self.kiosk.read(rulebook.in_force_id, self.kiosk.today())
        self.rule_set_id = chosen
        self.rules = await self.kiosk.read(rulebook.shown, chosen)
        self.rows.show([])

    def draw(self) -> None:
        if self.rules is None:
            return
        self.listed = _listed(self.rules)
        ink = Ink.BOLD if self.rules.confirmed else Ink.WARN
        self.head.show(
            [
                line(at(3, words.headline(self.rules), ink)),
                line(at(3, words.isolator(self.rules))),
            ]
        )
        self.rows.show([drawn for drawn, _row in self.listed], index=self.rows.index or 0)
        self._quote()
        if not self.kiosk.signed_in.may(Role.ADMINISTRATOR):
            self.ask(N_("↑↓ PgDn   1 all sets   4 for one prisoner   Esc = back"))
        elif self.rules.confirmed:
            self.ask(N_("↑↓ PgDn   1 all sets   2 take in a set   4 for one prisoner"))
        else:
            self.ask(N_("↑↓ PgDn   1 all sets   2 take in   3 sign   4 for one prisoner"))

    def _quote(self) -> None:
        """The legal reference of the current row, in full."""
        index = self.rows.index
        row = self.listed[index][1] if index is not None else None
        said = wording.law(row.legal_ref) if row is not None else ""
        self.reference.show([(), *(line("   ", *one) for one in wrapped(said, 74))])

    async def typed(self, key: str, character: str | None) -> bool:
        screen = _SCREENS.get(character or "")
        if character == "3" and self.rules is not None and not self.rules.confirmed:
            await self.kiosk.go("rule_signing", self.rule_set_id)
            return True
        if screen is not None:
            await self.kiosk.go(screen)
            return True
        answer = self.rows.press(key)
        if answer.kind is RowsKind.MOVED:
            self._quote()
        return answer.kind is not RowsKind.IGNORED


def _listed(rules: RuleSet) -> list[tuple[Line, RuleRow | None]]:
    """The rows under the services they are about."""
    listed: list[tuple[Line, RuleRow | None]] = []
    for services, rows in words.by_service(rules.rows):
        listed.append((line(at(3, words.what_for(services), Ink.HEAD)), None))
        listed += [(_row(row), row) for row in rows]
    return listed


def _row(row: RuleRow) -> Line:
    return line(
        cell(4, row.code, _WHOM - 4),
        cell(_WHOM, words.for_whom(row.scope), _AMOUNT - _WHOM),
        at(_AMOUNT, words.amount(row)),
    )
