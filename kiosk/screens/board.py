"""The waiting board: who waits how long for what, with the early answer; called by Enter.

Sorted by ticket, never by favour. Calling one before those who wait longer asks a reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from textual.widget import Widget

from kiosk import wording
from kiosk.codes import CallReason, EarlyAnswer, TicketState
from kiosk.rules.kinds import GOODS
from kiosk.screens.coming import open_arrival
from kiosk.screens.screen import DONE, GATE_KEYS, KioskScreen
from kiosk.text import N_, _, fill
from kiosk.values.waiting import Board, TicketLine
from kiosk.widgets.ink import Ink
from kiosk.widgets.lines import Line, at, line, shorten
from kiosk.widgets.rows import Rows, RowsKind
from kiosk.widgets.sheet import Sheet

MINUTE = 60_000  # ms
_WAIT, _SERVICE, _NAME, _FILE, _ANSWER = 10, 17, 31, 51, 61
_REASONS = tuple(CallReason)


class WaitingBoard(KioskScreen):
    """`before_turn`: the officer is asked why this ticket is called before its turn."""

    TITLE_TEXT = N_("WAITING BOARD")
    help_name = "board"

    def __init__(self) -> None:
        super().__init__()
        self.head = Sheet(rows=2)
        self.rows = Rows(rows=18)
        self.board: Board | None = None
        self.before_turn: TicketLine | None = None

    def body(self) -> Iterable[Widget]:
        yield self.head
        yield self.rows

    @property
    def keys(self) -> Mapping[int, str]:
        return {**GATE_KEYS, 4: N_("Calls"), 7: N_("Ticket"), 8: N_("Gone")}

    def forget(self) -> None:
        self.board = None
        self.before_turn = None
        self.head.show([])
        self.rows.show([])

    async def enter(self, *about: object) -> None:
        """`about`: a ticket to bring into focus, or nothing."""
        self.before_turn = None
        wanted = about[0] if about else None
        await self._look(wanted.ticket_id if isinstance(wanted, TicketLine) else None)

    async def returned(self) -> None:
        self.before_turn = None
        await self._look(self.chosen.ticket_id if self.chosen else None)

    async def minute(self) -> None:
        if self.before_turn is not None:
            return
        await self._look(self.chosen.ticket_id if self.chosen else None)
        self.show()

    @property
    def lines(self) -> tuple[TicketLine, ...]:
        return self.board.lines if self.board is not None else ()

    @property
    def chosen(self) -> TicketLine | None:
        index = self.rows.index
        return self.lines[index] if index is not None and index < len(self.lines) else None

    async def _look(self, ticket_id: UUID | None = None) -> None:
        """The board as it is now, with this ticket in focus, else the first that waits."""
        from kiosk.services import tickets

        self.board = await self.kiosk.read(tickets.board, self.kiosk.signed_in)
        places = {one.ticket_id: place for place, one in enumerate(self.lines)}
        first = next(
            (n for n, one in enumerate(self.lines) if one.state is TicketState.WAITING), 0
        )
        self._list(places.get(ticket_id, first) if ticket_id else first)

    # ---- drawing

    def draw(self) -> None:
        self._list(self.rows.index or 0)

    def _list(self, index: int) -> None:
        board, now = self.board, self.kiosk.now()
        if board is None:
            return
        said = fill(
            _("waiting {count}   longest {longest} min   half in {half} min   called {called}"),
            count=board.waiting,
            longest=board.longest,
            half=board.half_within,
            called=board.called,
        )
        self.head.show([line(at(2, said, Ink.BOLD)), ()])
        if self.before_turn is not None:
            self.rows.show(_reasons())
            self._question()
            return
        head = line(
            at(3, _("ticket"), Ink.HEAD),
            at(_WAIT, _("min"), Ink.HEAD),
            at(_SERVICE, _("service"), Ink.HEAD),
            at(_NAME, _("name"), Ink.HEAD),
            at(_FILE, _("file"), Ink.HEAD),
            at(_ANSWER, _("early answer"), Ink.HEAD),
        )
        self.rows.show(
            [_row(one, now) for one in board.lines],
            head=head,
            index=index,
            empty=_("Nobody is waiting."),
        )
        self._question()

    def _question(self) -> None:
        chosen = self.chosen
        if self.before_turn is not None:
            self.ask(
                N_("Why is {number} called first?  1-5   Esc = it is not"),
                number=self.before_turn.shown,
            )
        elif chosen is None:
            self.ask(N_("F7 = a ticket   F4 = what is called   Esc = back"))
        elif chosen.state is TicketState.WAITING:
            self.ask(
                N_("Enter = call {number}   F7 a ticket   F8 left without waiting"),
                number=chosen.shown,
            )
        elif chosen.state is TicketState.CALLED:
            self.ask(
                N_("{number} came? Enter = yes   2 call again   3 not here, waits   F8 gone"),
                number=chosen.shown,
            )
        else:
            self.ask(N_("Enter = open {number}   4 done without a case"), number=chosen.shown)

    # ---- keys

    async def typed(self, key: str, character: str | None) -> bool:
        chosen = self.chosen
        if self.before_turn is not None:
            await self._say_why(self.before_turn, character)
            return True
        if key == "f7":
            await self.kiosk.go("new_ticket")
            return True
        if key == "f4":
            await self.kiosk.go("call_board")
            return True
        if chosen is None:
            return False
        if key == "f8" and chosen.state in (TicketState.WAITING, TicketState.CALLED):
            await self._do("gone", chosen, N_("Ticket {number} left without waiting."))
        elif character == "2" and chosen.state is TicketState.CALLED:
            await self._call(chosen)
        elif character == "3" and chosen.state is TicketState.CALLED:
            await self._do("recall", chosen, N_("Ticket {number} waits again, at its place."))
        elif character == "4" and chosen.state is TicketState.SERVING:
            await self._do("done", chosen, N_("Ticket {number} is done."))
        else:
            answer = self.rows.press(key)
            if answer.kind is RowsKind.TAKE:
                await self._take(chosen)
            elif answer.kind is RowsKind.IGNORED:
                return False
            else:
                self._question()
        return True

    async def _say_why(self, ticket: TicketLine, character: str | None) -> None:
        """A digit is the reason; any other key leaves the ticket where it is."""
        self.before_turn = None
        if character and character in "12345":
            await self._call(ticket, _REASONS[int(character) - 1])
        else:
            await self._look(ticket.ticket_id)

    async def _take(self, chosen: TicketLine) -> None:
        from kiosk.services import tickets

        if chosen.state is not TicketState.WAITING:
            await self._open(chosen)
        elif tickets.waits_longer(self.lines, chosen):
            self.before_turn = chosen
            self.draw()
        else:
            await self._call(chosen)

    async def _call(self, chosen: TicketLine, reason: CallReason | None = None) -> None:
        from kiosk.services import tickets

        await self.kiosk.write(tickets.call, self.kiosk.signed_in, chosen.ticket_id, reason)
        await self._look(chosen.ticket_id)
        self.say(DONE, N_("Ticket {number} is called to this window."), number=chosen.shown)

    async def _do(self, what: str, chosen: TicketLine, sentence: str) -> None:
        from kiosk.services import tickets

        act = {"gone": tickets.gone, "recall": tickets.recall, "done": tickets.done}[what]
        await self.kiosk.write(act, self.kiosk.signed_in, chosen.ticket_id)
        await self._look()
        self.say(DONE, sentence, number=chosen.shown)

    async def _open(self, chosen: TicketLine) -> None:
        """Whoever was called stands here: their arrival, as far as it is known."""
        from kiosk.services import tickets

        kiosk = self.kiosk
        await kiosk.write(tickets.serve, kiosk.signed_in, chosen.ticket_id)
        await self._look(chosen.ticket_id)
        if chosen.service in GOODS:
            await kiosk.go("bringing", chosen)
            return
        if chosen.person_id is None:
            self.say(DONE, N_("Scan the document of ticket {number}."), number=chosen.shown)
            return
        await open_arrival(kiosk, chosen.person_id, chosen.prisoner_id)


def _reasons() -> list[Line]:
    return [
        line(at(3, str(digit), Ink.BOLD), at(6, wording.label(reason)))
        for digit, reason in enumerate(_REASONS, 1)
    ]


def _row(one: TicketLine, now: int) -> Line:
    waiting = one.state is TicketState.WAITING
    name = one.name.short if one.name is not None else _("not scanned yet")
    if one.others:
        name = f"{shorten(name, 14)} + {one.others}"
    answer, ink = answer_words(one) if waiting else (wording.label(one.state), Ink.BOLD)
    return line(
        at(4, one.shown, Ink.BOLD),
        at(_WAIT, f"{(now - one.at) // MINUTE:3d}"),
        at(_SERVICE, wording.short(one.service)),
        at(_NAME, shorten(name, 19), Ink.PLAIN if one.name is not None else Ink.DIM),
        at(_FILE, shorten(one.file_number or "–", 9)),
        at(_ANSWER, answer, ink),
    )


def answer_words(one: TicketLine) -> tuple[str, Ink]:
    """The early answer in a few words, and the colour that repeats it."""
    if one.answer is EarlyAnswer.PASS:
        return _("may pass"), Ink.GOOD
    if one.answer is EarlyAnswer.UNKNOWN:
        return "–", Ink.DIM
    if one.answer is EarlyAnswer.ASK:
        return fill(_("ASK, reasons: {count}"), count=one.reasons), Ink.WARN
    if one.next_day is not None:
        return fill(_("NO until {day}"), day=one.next_day.strftime("%d.%m.%y")), Ink.BAD
    return fill(_("NO, reasons: {count}"), count=one.reasons), Ink.BAD
