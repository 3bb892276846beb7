"""What was decided for one prisoner alone: the decisions that hold or begin later."""

from __future__ import annotations

from collections.abc import Iterable

from textual.widget import Widget

from kiosk import wording
from kiosk.codes import Role
from kiosk.screens import cards
from kiosk.screens.screen import DONE, GATE_KEYS, KioskScreen
from kiosk.text import N_, _
from kiosk.values import PrisonerCard
from kiosk.values.rulebook import IndividualLine
from kiosk.widgets.ink import Ink
from kiosk.widgets.lines import Line, at, line, shorten
from kiosk.widgets.rows import Rows, RowsKind
from kiosk.widgets.sheet import Sheet
from kiosk.wording import rulebook as words

_HEAD, _FOOT = 3, 3
_DECIDE = frozenset({Role.SUPERVISOR, Role.ADMINISTRATOR})


class Individual(KioskScreen):
    TITLE_TEXT = N_("OWN RULES")
    KEYS = GATE_KEYS
    help_name = "rules"

    def __init__(self) -> None:
        super().__init__()
        self.head = Sheet(rows=_HEAD)
        self.rows = Rows(rows=20 - _HEAD - _FOOT)
        self.reference = Sheet(rows=_FOOT)
        self.prisoner: PrisonerCard | None = None
        self.decisions: tuple[IndividualLine, ...] = ()
        self.ending = False

    def body(self) -> Iterable[Widget]:
        yield self.head
        yield self.rows
        yield self.reference

    def forget(self) -> None:
        self.prisoner, self.decisions, self.ending = None, (), False
        for part in (self.head, self.reference):
            part.show([])
        self.rows.show([])

    async def enter(self, *about: object) -> None:
        (prisoner,) = about
        assert isinstance(prisoner, PrisonerCard)
        self.prisoner = prisoner
        await self._look()

    async def returned(self) -> None:
        await self._look()

    async def _look(self) -> None:
        from kiosk.services import individual

        assert self.prisoner is not None
        self.ending = False
        self.decisions = await self.kiosk.read(
            individual.of_prisoner, self.kiosk.signed_in, self.prisoner.prisoner_id
        )

    @property
    def decides(self) -> bool:
        return self.kiosk.officer is not None and self.kiosk.officer.may(*_DECIDE)

    @property
    def consequence(self) -> bool:
        return self.ending

    def answers(self, key: str, character: str | None) -> bool:
        return key == "enter"

    def draw(self) -> None:
        if self.prisoner is None:
            return
        who = f"{self.prisoner.name.full}, {self.prisoner.file_number}"
        self.head.show([(), line(at(3, shorten(who, 74), Ink.BOLD))])
        self.rows.show(
            [_line(one) for one in self.decisions],
            index=self.rows.index,
            empty=_("Nothing was decided for this prisoner alone."),
        )
        self._quote()
        self._ask()

    def _ask(self) -> None:
        if self.ending:
            self.ask(N_("Take this decision back from today on?  Enter = yes   Esc = no"))
        elif not self.decides:
            self.ask(N_("Esc = back"))
        elif self.decisions:
            self.ask(N_("1 enter a decision   2 take this one back   Esc = back"))
        else:
            self.ask(N_("1 enter a decision   Esc = back"))

    def _quote(self) -> None:
        """The paper behind the current decision, in full."""
        index = self.rows.index
        said = "" if index is None else self.decisions[index].legal_ref
        self.reference.show([(), *(line("   ", *one) for one in cards.wrapped(said, 74))])

    async def typed(self, key: str, character: str | None) -> bool:
        if self.ending:
            self.ending = False
            if key == "enter":
                await self._end()
            else:
                self._ask()
            return True
        if self.decides and character == "1":
            await self.kiosk.go("new_individual", self.prisoner)
            return True
        if self.decides and character == "2" and self.decisions:
            self.ending = True
            self._ask()
            return True
        answer = self.rows.press(key)
        if answer.kind is RowsKind.MOVED:
            self._quote()
        return answer.kind in (RowsKind.MOVED, RowsKind.TAKE)

    async def _end(self) -> None:
        from kiosk.services import individual

        index = self.rows.index
        assert index is not None
        ended = self.decisions[index]
        await self.kiosk.write(individual.end, self.kiosk.signed_in, ended.individual_id)
        await self._look()
        self.rows.show([])
        self.draw()
        self.say(DONE, N_("Taken back. From today on the rules of all hold again."))


def _line(one: IndividualLine) -> Line:
    until = wording.day_text(one.to_day) if one.to_day is not None else ""
    amount = words.how_much(one.limit, one.period, one.value)
    return line(
        at(3, shorten(one.code, 7)),
        at(11, " + ".join(wording.short(service) for service in sorted(one.services))),
        at(34, amount),
        at(55, f"{wording.day_text(one.from_day)} – {until}"),
    )
