"""Sessions of a day: how many places each has left, what is closed, and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from uuid import UUID

from textual.widget import Widget

from kiosk import wording
from kiosk.codes import Role
from kiosk.screens.screen import ATTENTION, DESK, DONE, GATE_KEYS, KioskScreen
from kiosk.text import N_, _, fill
from kiosk.values import Proposal
from kiosk.values.waiting import BookingLine, SessionLine
from kiosk.widgets.ink import Ink
from kiosk.widgets.lines import Line, at, line, shorten
from kiosk.widgets.rows import Rows, RowsKind
from kiosk.widgets.sheet import Sheet

_STEPS = {"left": -1, "right": 1, "pageup": -7, "pagedown": 7}
_ROOM, _KIND, _FREE, _CLOSED = 18, 26, 50, 60


class Sessions(KioskScreen):
    """`moving` is a booking that looks for another session, `proposal` what the rules say of
    the one chosen for it. `opening` is what would be opened again."""

    TITLE_TEXT = N_("SESSIONS")
    help_name = "sessions"

    def __init__(self) -> None:
        super().__init__()
        self.head = Sheet(rows=2)
        self.rows = Rows(rows=18)
        self.lines: tuple[SessionLine, ...] = ()
        self.closed_days: frozenset[date] = frozenset()
        self.day: date | None = None
        self._unask()

    def _unask(self) -> None:
        self.moving: BookingLine | None = None
        self.proposal: Proposal | None = None
        self.opening: UUID | None = None

    def body(self) -> Iterable[Widget]:
        yield self.head
        yield self.rows

    def forget(self) -> None:
        self.day = None
        self.lines = ()
        self._unask()

    @property
    def keys(self) -> Mapping[int, str]:
        own = dict(GATE_KEYS)
        if self._registers:
            own[7] = N_("Book")
        if self._plans:
            own[8] = N_("Close")
        return own

    @property
    def _registers(self) -> bool:
        return self.kiosk.officer is not None and self.kiosk.officer.may(*DESK)

    @property
    def _plans(self) -> bool:
        officer = self.kiosk.officer
        return officer is not None and officer.may(Role.SUPERVISOR, Role.ADMINISTRATOR)

    @property
    def chosen(self) -> SessionLine | None:
        index = self.rows.index
        return self.lines[index] if index is not None and index < len(self.lines) else None

    # ---- what it is about

    async def enter(self, *about: object) -> None:
        """`about`: a booking that is to be moved, or nothing."""
        self._unask()
        for one in about:
            if isinstance(one, BookingLine):
                self.moving, self.day = one, one.day
        if self.day is None:
            self.day = self.kiosk.today()
        await self._look()

    async def returned(self) -> None:
        self.proposal = self.opening = None
        await self._look()

    async def _look(self) -> None:
        from kiosk.services import rooms, sessions

        assert self.day is not None
        kind = rooms.kind_for(self.moving.service) if self.moving else None
        self.lines = await self.kiosk.read(
            sessions.on_day, self.kiosk.signed_in, self.day, kind
        )
        self.closed_days = await self.kiosk.read(sessions.blocked_dates, self.day)

    # ---- drawing

    def draw(self) -> None:
        if self.day is None:
            self.head.show([])
            self.rows.show([])
            return
        closed = _("THE DAY IS CLOSED") if self.day in self.closed_days else ""
        weekday = _weekdays()[self.day.weekday()]
        self.head.show(
            [
                line(
                    at(2, f"{weekday} {self.day:%d.%m.%Y}", Ink.BOLD),
                    at(24, closed, Ink.WARN),
                )
            ]
        )
        head = line(
            at(3, _("session"), Ink.HEAD),
            at(_ROOM, _("room"), Ink.HEAD),
            at(_KIND, _("for"), Ink.HEAD),
            at(_FREE, _("free"), Ink.HEAD),
        )
        self.rows.show(
            [_row(one) for one in self.lines],
            head=head,
            index=self.rows.index,
            empty=_("No session is planned on this day."),
        )
        self._question()

    def _question(self) -> None:
        if self.opening is not None:
            self.ask(N_("Open it again?  Enter = yes   Esc = no"))
        elif self.proposal is not None and self.moving is not None:
            self.ask(N_("Move it to this session?  Enter = yes   Esc = no"))
        elif self.moving is not None:
            self.ask(
                N_("Another session for {name}: ←→ the day   Enter = choose   Esc = back"),
                name=shorten(self.moving.lead.short, 18),
            )
        elif self._plans:
            self.ask(N_("←→ day   Enter = who comes   F7 book   F8 close   9 the day   1 plan"))
        else:
            self.ask(N_("←→ day   Enter = who comes   F7 = book a visit   Esc = back"))

    # ---- keys

    @property
    def consequence(self) -> bool:
        return self.opening is not None or self.proposal is not None

    async def typed(self, key: str, character: str | None) -> bool:
        if self.opening is not None or self.proposal is not None:
            await self._answer(key)
            return True
        chosen = self.chosen
        if key in _STEPS and self.day is not None:
            self.day += timedelta(days=_STEPS[key])
            self.quiet()
            await self._look()
            self.draw()
        elif key == "f7" and self._registers and chosen is not None:
            await self.kiosk.go("booking", chosen)
        elif key == "f8" and self._plans and chosen is not None:
            await self._close_or_open(chosen)
        elif character == "9" and self._plans and self.moving is None:
            await self._close_or_open(None)
        elif character == "1" and self._plans and self.moving is None:
            await self.kiosk.go("plan_sessions")
        else:
            answer = self.rows.press(key)
            if answer.kind is RowsKind.TAKE and chosen is not None:
                await self._take(chosen)
            return answer.kind is not RowsKind.IGNORED
        return True

    async def _take(self, chosen: SessionLine) -> None:
        if self.moving is None:
            await self.kiosk.go("bookings", chosen.day)
            return
        from kiosk.services import bookings

        kiosk = self.kiosk
        proposal = await kiosk.read(
            bookings.propose_move, kiosk.signed_in, self.moving.case_id, chosen.slot_id
        )
        if proposal.decision.passes:
            self.proposal = proposal
            self._question()
            self.read_from_now()
        else:
            self.say(ATTENTION, wording.reason_line(proposal.decision.reasons[0]))

    async def _close_or_open(self, chosen: SessionLine | None) -> None:
        """The session, or the day where none is given."""
        assert self.day is not None
        if chosen is None and self.day in self.closed_days:
            from kiosk.services import sessions

            self.opening = await self.kiosk.read(sessions.block_of_day, self.day)
        elif chosen is not None and chosen.block_id is not None:
            self.opening = chosen.block_id
        else:
            await self.kiosk.go("close_session", chosen or self.day)
            return
        self._question()
        self.read_from_now()

    async def _answer(self, key: str) -> None:
        opening, proposal, moving = self.opening, self.proposal, self.moving
        self.opening = self.proposal = None
        if key != "enter":
            self._question()
        elif opening is not None:
            from kiosk.services import timetable

            await self.kiosk.write(timetable.open_again, self.kiosk.signed_in, opening)
            await self._look()
            self.draw()
            self.say(DONE, N_("It is open again. What it put up for review is settled."))
        elif proposal is not None and moving is not None:
            from kiosk.services import bookings

            await self.kiosk.write(
                bookings.move, self.kiosk.signed_in, proposal.request, proposal.decision
            )
            self._unask()
            await self.kiosk.back()
            self.kiosk.front.say(DONE, N_("The visit is moved."))


def _row(one: SessionLine) -> Line:
    closed = wording.label(one.closed) if one.closed else ""
    ink = Ink.DIM if closed else Ink.PLAIN
    return line(
        at(3, one.hours, ink),
        at(_ROOM, one.room, ink),
        at(_KIND, wording.label(one.kind), ink),
        at(_FREE, fill(_("{free} of {seats}"), free=one.free, seats=one.seats), ink),
        at(_CLOSED, shorten(closed, 20), Ink.WARN),
    )


def _weekdays() -> tuple[str, ...]:
    return (
        _("Monday"),
        _("Tuesday"),
        _("Wednesday"),
        _("Thursday"),
        _("Friday"),
        _("Saturday"),
        _("Sunday"),
    )
