"""Visits that wait at the gate: for the search, or for somebody to fetch their things."""

from __future__ import annotations

from collections.abc import Iterable

from textual.widget import Widget

from kiosk.codes import CaseState
from kiosk.screens import cards
from kiosk.screens.screen import DESK, GATE_KEYS, KioskScreen
from kiosk.text import N_, _
from kiosk.values import UnfinishedLine
from kiosk.widgets.ink import Ink
from kiosk.widgets.lines import Line, at, cell, line
from kiosk.widgets.rows import Rows, RowsKind

_DAY, _NAME, _FILE, _WAITS, _TAG = 17, 29, 50, 60, 75


class Unfinished(KioskScreen):
    """Enter opens one as its badge would."""

    TITLE_TEXT = N_("NOT FINISHED")
    KEYS = GATE_KEYS
    help_name = "unfinished"

    def __init__(self) -> None:
        super().__init__()
        self.rows = Rows(rows=20)
        self.lines: tuple[UnfinishedLine, ...] = ()

    def body(self) -> Iterable[Widget]:
        yield self.rows

    def forget(self) -> None:
        self.lines = ()
        self.rows.show([])

    async def enter(self, *about: object) -> None:
        await self._look()

    async def returned(self) -> None:
        await self._look()

    async def _look(self) -> None:
        from kiosk.services import unfinished

        self.lines = await self.kiosk.read(unfinished.unfinished, self.kiosk.signed_in)

    def draw(self) -> None:
        head = line(
            at(3, _("visit"), Ink.HEAD),
            at(_DAY, _("day"), Ink.HEAD),
            at(_NAME, _("name"), Ink.HEAD),
            at(_FILE, _("to"), Ink.HEAD),
            at(_WAITS, _("waits for"), Ink.HEAD),
            at(_TAG, _("tag"), Ink.HEAD),
        )
        self.rows.show(
            [_row(one) for one in self.lines],
            head=head,
            index=self.rows.index,
            empty=_("Every visit is finished, every tag is free."),
        )
        self.ask(N_("Enter = open   Esc = back") if self.lines else N_("Esc = back"))

    async def typed(self, key: str, character: str | None) -> bool:
        answer = self.rows.press(key)
        if answer.kind is RowsKind.TAKE and self.kiosk.signed_in.may(*DESK):
            chosen = self.lines[answer.index]
            post = {"deposit", "search"}.intersection(self.kiosk.settings.desk.steps)
            if chosen.state is CaseState.ADMITTED and post:
                await self.kiosk.go("deposit_search", chosen.case_id)
            elif _waits_for_an_act(chosen):
                await self.kiosk.go("finds")
            else:
                await self.kiosk.go("departure", chosen.number)
        return answer.kind is not RowsKind.IGNORED


def _waits_for_an_act(one: UnfinishedLine) -> bool:
    """All have left, nothing hangs here: what was found has no act yet."""
    return one.state is CaseState.LEFT and not one.tags


def _row(one: UnfinishedLine) -> Line:
    waits = _("the search") if one.state is CaseState.ADMITTED else _("the things")
    if _waits_for_an_act(one):
        waits = _("the act")
    return line(
        at(3, one.number),
        at(_DAY, cards.day_text(one.day)),
        cell(_NAME, one.lead.short, _FILE - _NAME, Ink.BOLD),
        cell(_FILE, one.file_number, _WAITS - _FILE),
        cell(_WAITS, waits, _TAG - _WAITS, Ink.WARN),
        cell(_TAG, " ".join(one.tags[:1]), 5),
    )
