"""What happened to a prisoner: every event, the latest first; a new one, or one undone."""

from __future__ import annotations

from collections.abc import Iterable

from textual.widget import Widget

from kiosk.clock import local
from kiosk.codes import PrisonerEventKind, Role
from kiosk.screens.screen import DONE, GATE_KEYS, KioskScreen
from kiosk.services.prisoner_events import CODES
from kiosk.text import N_, _
from kiosk.values import PrisonerCard
from kiosk.values.standing import EventLine
from kiosk.widgets.ink import Ink
from kiosk.widgets.lines import Line, at, line, shorten
from kiosk.widgets.rows import Rows, RowsKind
from kiosk.widgets.sheet import Sheet
from kiosk.wording import prisoners as words

_HEAD_ROWS = 4
# Whose values do not say themselves what they are.
_BARE = frozenset({PrisonerEventKind.UNIT, PrisonerEventKind.MEDICAL})
_NEW = {str(digit): kind for digit, kind in enumerate(CODES, 1)}


class PrisonerEvents(KioskScreen):
    TITLE_TEXT = N_("EVENTS")
    KEYS = GATE_KEYS
    help_name = "setup"

    def __init__(self) -> None:
        super().__init__()
        self.head = Sheet(rows=_HEAD_ROWS)
        self.rows = Rows(rows=20 - _HEAD_ROWS)
        self.card: PrisonerCard | None = None
        self.lines: tuple[EventLine, ...] = ()
        self.undoing: EventLine | None = None

    def body(self) -> Iterable[Widget]:
        yield self.head
        yield self.rows

    def forget(self) -> None:
        self.card, self.lines, self.undoing = None, (), None
        self.draw()

    async def enter(self, *about: object) -> None:
        (card,) = about
        assert isinstance(card, PrisonerCard)
        self.card, self.undoing = card, None
        await self._look()

    async def returned(self) -> None:
        await self._look()

    async def _look(self) -> None:
        from kiosk.services import prisoner_events

        if self.card is not None:
            self.lines = await self.kiosk.read(
                prisoner_events.lines, self.kiosk.signed_in, self.card.prisoner_id
            )

    @property
    def changes(self) -> bool:
        """Whether whoever is signed in may record events."""
        officer = self.kiosk.officer
        return officer is not None and officer.may(Role.SUPERVISOR, Role.ADMINISTRATOR)

    @property
    def consequence(self) -> bool:
        return self.undoing is not None

    def answers(self, key: str, character: str | None) -> bool:
        return key == "enter"

    # ---- on the glass

    def draw(self) -> None:
        head: list[Line] = []
        if self.card is not None:
            who = f"{self.card.file_number}   {self.card.name.full}, {self.card.birth_year}"
            head = [(), line(at(3, shorten(who, 74), Ink.BOLD)), ()]
        self.head.show(head)
        self.rows.show(
            [self._row(one) for one in self.lines],
            head=line(
                at(3, _("from")), at(21, _("until")), at(39, _("what")), at(68, _("paper"))
            ),
            index=self.rows.index,
            empty=_("Nothing is recorded."),
        )
        if self.undoing is not None:
            self.ask(N_("Was this recorded by mistake?  Enter = undo it   Esc = keep it"))
        elif self.changes:
            self.ask(
                N_("New: 1 where 2 unit 3 conditions 4 regime 5 category 6 medical   7 undo")
            )
        else:
            self.ask(N_("Esc = back"))

    def _row(self, one: EventLine) -> Line:
        what = words.state(one.kind, one.value)
        if one.kind in _BARE:
            what = f"{words.kind(one.kind)}: {what}"
        ink = Ink.DIM if one.undone else Ink.BOLD if one.holds else Ink.PLAIN
        until = _("undone") if one.undone else self._moment(one.until_at)
        return line(
            at(3, self._moment(one.from_at), ink),
            at(21, until, ink),
            at(39, shorten(what, 28), ink),
            at(68, shorten(one.paper, 11), ink),
        )

    def _moment(self, at_ms: int | None) -> str:
        return "" if at_ms is None else f"{local(at_ms, self.kiosk.zone):%d.%m.%Y %H:%M}"

    # ---- keys

    async def typed(self, key: str, character: str | None) -> bool:
        if self.undoing is not None:
            if key == "enter":
                await self._undo(self.undoing)
            elif key == "escape":
                self.undoing = None
                self.show()
            return key in ("enter", "escape")
        if self.changes and character in _NEW:
            await self.kiosk.go("new_event", self.card, _NEW[character])
            return True
        index = self.rows.index
        if self.changes and character == "7" and index is not None:
            if not self.lines[index].undone:
                self.undoing = self.lines[index]
                self.read_from_now()
                self.show()
            return True
        return self.rows.press(key).kind is not RowsKind.IGNORED

    async def _undo(self, event: EventLine) -> None:
        from kiosk.services import prisoner_events

        assert self.card is not None
        self.undoing = None
        self.show()
        self.card = await self.kiosk.write(
            prisoner_events.undo,
            self.kiosk.signed_in,
            self.card.prisoner_id,
            event.event_id,
        )
        await self._look()
        self.show()
        self.say(DONE, N_("Undone. It stays in the list, and never held."))
