"""Finds: what was found, first what has no act yet; from here one is told to its end."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from textual.widget import Widget

from kiosk import wording
from kiosk.clock import local
from kiosk.screens.goods import find_lines
from kiosk.screens.screen import DESK, GATE_KEYS, KioskScreen
from kiosk.text import N_, _, fill
from kiosk.values.finds import FindLine
from kiosk.widgets.ink import Ink
from kiosk.widgets.lines import Line, at, cell, line
from kiosk.widgets.rows import Rows, RowsKind
from kiosk.widgets.sheet import Sheet

_NUMBER, _WHEN, _WHO, _WHAT, _ACT = 3, 16, 29, 48, 66


class Finds(KioskScreen):
    """`lines` as the service sorts them: those not finished first."""

    TITLE_TEXT = N_("FINDS")
    help_name = "finds"

    def __init__(self) -> None:
        super().__init__()
        self.head = Sheet(rows=2)
        self.rows = Rows(rows=18)
        self.lines: tuple[FindLine, ...] = ()

    def body(self) -> Iterable[Widget]:
        yield self.head
        yield self.rows

    @property
    def keys(self) -> Mapping[int, str]:
        return GATE_KEYS | ({7: N_("New")} if self._may_record else {})

    @property
    def _may_record(self) -> bool:
        officer = self.kiosk.officer
        return officer is not None and officer.may(*DESK)

    def forget(self) -> None:
        self.lines = ()
        self.rows.show([])

    async def enter(self, *about: object) -> None:
        await self._look()

    async def returned(self) -> None:
        await self._look()

    async def _look(self) -> None:
        from kiosk.services.goods import find_cards

        self.lines = await self.kiosk.read(find_cards.find_lines, self.kiosk.signed_in)

    def draw(self) -> None:
        waiting = sum(1 for one in self.lines if not one.is_finished)
        said = fill(_("not finished {count}"), count=waiting)
        self.head.show([line(at(3, said, Ink.BAD if waiting else Ink.BOLD)), ()])
        head = line(
            at(_NUMBER, _("number"), Ink.HEAD),
            at(_WHEN, _("when found"), Ink.HEAD),
            at(_WHO, _("who brought it"), Ink.HEAD),
            at(_WHAT, _("what"), Ink.HEAD),
            at(_ACT, _("act"), Ink.HEAD),
        )
        self.rows.show(
            [self._row(one) for one in self.lines],
            head=head,
            index=self.rows.index,
            empty=_("Nothing was found yet."),
        )
        if not self._may_record:
            self.ask(N_("Enter = open   Esc = back") if self.lines else N_("Esc = back"))
        elif self.lines:
            self.ask(N_("Enter = open it   F7 = found elsewhere: yard, staff   Esc = back"))
        else:
            self.ask(N_("F7 = found elsewhere: yard, staff   Esc = back"))

    def _row(self, one: FindLine) -> Line:
        ink = Ink.PLAIN if one.is_finished else Ink.BAD
        found_at = local(one.at, self.kiosk.zone).strftime("%d.%m %H:%M")
        return line(
            at(1, " " if one.is_finished else "!", ink),
            at(_NUMBER, one.number),
            at(_WHEN, found_at),
            cell(
                _WHO, one.brought_by or wording.label(one.channel), _WHAT - _WHO - 1, Ink.BOLD
            ),
            cell(_WHAT, find_lines.in_short(one.things), _ACT - _WHAT - 1),
            cell(_ACT, one.act_no or _("NO ACT YET"), 13, ink),
        )

    async def typed(self, key: str, character: str | None) -> bool:
        if key == "f7" and self._may_record:
            await self.kiosk.go("find_record", None)
            return True
        answer = self.rows.press(key)
        if answer.kind is RowsKind.TAKE and self.lines:
            await self.kiosk.go("find_record", self.lines[answer.index].find_id)
        return answer.kind is not RowsKind.IGNORED
