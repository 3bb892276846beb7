"""The booked visits of a day: who comes when, and what became of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from uuid import UUID

from textual.widget import Widget

from kiosk import wording
from kiosk.codes import CancelReason, CaseState
from kiosk.screens.coming import open_arrival
from kiosk.screens.screen import DESK, DONE, GATE_KEYS, KioskScreen
from kiosk.text import N_, _, fill
from kiosk.values.waiting import BookingLine, clock_text
from kiosk.widgets.ink import Ink
from kiosk.widgets.lines import Line, at, line, shorten
from kiosk.widgets.rows import Rows, RowsKind
from kiosk.widgets.sheet import Sheet

_STEPS = {"left": -1, "right": 1}
_ROOM, _SERVICE, _NAME, _FILE, _STATE = 10, 16, 28, 50, 62
_REASONS = tuple(CancelReason)
_STATES = {
    CaseState.BOOKED: N_("booked"),
    CaseState.ADMITTED: N_("admitted"),
    CaseState.INSIDE: N_("inside"),
    CaseState.LEFT: N_("has left"),
    CaseState.CLOSED: N_("took place"),
    CaseState.REFUSED: N_("refused"),
    CaseState.CANCELLED: N_("called off"),
    CaseState.VOID: N_("void"),
}


class Bookings(KioskScreen):
    """`cancelling`: the officer is asked why the booking in focus is called off; `missing`:
    whether nobody came to it."""

    TITLE_TEXT = N_("BOOKED VISITS")
    help_name = "bookings"

    def __init__(self) -> None:
        super().__init__()
        self.head = Sheet(rows=2)
        self.rows = Rows(rows=18)
        self.lines: tuple[BookingLine, ...] = ()
        self.day: date | None = None
        self.cancelling = self.missing = False

    def body(self) -> Iterable[Widget]:
        yield self.head
        yield self.rows

    def forget(self) -> None:
        self.day = None
        self.lines = ()
        self.cancelling = self.missing = False
        self.head.show([])
        self.rows.show([])

    @property
    def keys(self) -> Mapping[int, str]:
        own = dict(GATE_KEYS)
        chosen = self.chosen
        if chosen is not None and chosen.state is CaseState.BOOKED and self._registers:
            own[8] = N_("Cancel")
        return own

    @property
    def _registers(self) -> bool:
        return self.kiosk.officer is not None and self.kiosk.officer.may(*DESK)

    @property
    def chosen(self) -> BookingLine | None:
        index = self.rows.index
        return self.lines[index] if index is not None and index < len(self.lines) else None

    # ---- what it is about

    async def enter(self, *about: object) -> None:
        """`about`: a day, or the case of a booking; today when there is neither."""
        from kiosk.services import bookings

        wanted = about[0] if about else None
        if isinstance(wanted, UUID):
            self.day = await self.kiosk.read(bookings.day_of, wanted)
        else:
            self.day = wanted if isinstance(wanted, date) else self.kiosk.today()
        self.cancelling = self.missing = False
        await self._look()
        places = (n for n, one in enumerate(self.lines) if one.case_id == wanted)
        self._list(next(places, 0))

    async def returned(self) -> None:
        self.cancelling = self.missing = False
        await self._look()

    async def _look(self) -> None:
        from kiosk.services import bookings

        assert self.day is not None
        self.lines = await self.kiosk.read(bookings.on_day, self.kiosk.signed_in, self.day)

    # ---- drawing

    def draw(self) -> None:
        self._list(self.rows.index or 0)

    def _list(self, index: int) -> None:
        if self.day is None:
            return
        said = fill(_("visits booked: {count}"), count=len(self.lines))
        self.head.show(
            [line(at(2, f"{self.day:%d.%m.%Y}", Ink.BOLD), at(_SERVICE, said, Ink.BOLD))]
        )
        head = line(
            at(3, _("at"), Ink.HEAD),
            at(_ROOM, _("room"), Ink.HEAD),
            at(_SERVICE, _("service"), Ink.HEAD),
            at(_NAME, _("name"), Ink.HEAD),
            at(_FILE, _("file"), Ink.HEAD),
            at(_STATE, _("state"), Ink.HEAD),
        )
        self.rows.show(
            [_row(one) for one in self.lines],
            head=head,
            index=index,
            empty=_("Nothing is booked for this day."),
        )
        # What F8 means depends on the line now in focus.
        self.refresh_frame()
        self._question()

    def _question(self) -> None:
        chosen = self.chosen
        if self.cancelling:
            reasons = "  ".join(
                f"{n} {wording.label(reason)}" for n, reason in enumerate(_REASONS, 1)
            )
            self.ask("{reasons}", reasons=reasons)
        elif self.missing:
            self.ask(N_("Did nobody come to it?  Enter = close it, nobody came   Esc = no"))
        elif chosen is None or chosen.state is not CaseState.BOOKED or not self._registers:
            self.ask(N_("←→ = another day   Esc = back"))
        elif self.day is not None and self.day <= self.kiosk.today():
            self.ask(N_("Enter = they are here   2 move   4 nobody came   F8 call off"))
        else:
            self.ask(N_("2 = move to another session   F8 = call off   ←→ another day"))

    # ---- keys

    @property
    def consequence(self) -> bool:
        return self.cancelling or self.missing

    async def typed(self, key: str, character: str | None) -> bool:
        chosen = self.chosen
        if self.cancelling:
            self.cancelling = False
            if chosen is not None and character and character in "1234":
                await self._cancel(chosen, _REASONS[int(character) - 1])
            self._question()
            return True
        if self.missing:
            self.missing = False
            self._question()
            if key == "enter" and chosen is not None:
                await self._absent(chosen)
            return True
        if key in _STEPS and self.day is not None:
            self.day += timedelta(days=_STEPS[key])
            self.quiet()
            await self._look()
            self.show()
            return True
        booked = chosen is not None and chosen.state is CaseState.BOOKED and self._registers
        if chosen is not None and booked:
            if key == "f8":
                self.cancelling = True
                self._question()
                self.read_from_now()
                return True
            if character == "2":
                await self.kiosk.go("sessions", chosen)
                return True
            if character == "4":
                self.missing = True
                self._question()
                self.read_from_now()
                return True
            if key == "enter" and chosen.day == self.kiosk.today():
                await self._here(chosen)
                return True
        moved = self.rows.press(key).kind is not RowsKind.IGNORED
        if moved:
            self.refresh_frame()
            self._question()
        return moved

    async def _cancel(self, chosen: BookingLine, reason: CancelReason) -> None:
        from kiosk.services import outcomes

        await self.kiosk.write(outcomes.cancel, self.kiosk.signed_in, chosen.case_id, reason)
        await self._look()
        self.show()
        self.say(DONE, N_("Called off. The visit of the entitlement is given back."))

    async def _absent(self, chosen: BookingLine) -> None:
        from kiosk.services import bookings

        await self.kiosk.write(bookings.absent, self.kiosk.signed_in, chosen.case_id)
        await self._look()
        self.show()
        self.say(DONE, N_("Nobody came: closed, and the visit is given back."))

    async def _here(self, chosen: BookingLine) -> None:
        """Their arrival; it offers the booking by itself."""
        await open_arrival(self.kiosk, chosen.lead_id, chosen.prisoner_id)


def _row(one: BookingLine) -> Line:
    state = _(_STATES.get(one.state, one.state.value))
    name = one.lead.short
    if one.people > 1:
        name = f"{shorten(name, 15)} + {one.people - 1}"
    nights = f" +{one.nights}" if one.nights else ""
    return line(
        at(1, "!" if one.reviews else " ", Ink.WARN),
        at(3, clock_text(one.from_min) + nights),
        at(_ROOM, one.room),
        at(_SERVICE, wording.short(one.service)),
        at(_NAME, shorten(name, 21)),
        at(_FILE, shorten(one.file_number, 11)),
        at(
            _STATE,
            _("to be reviewed") if one.reviews else state,
            Ink.WARN if one.reviews else Ink.PLAIN,
        ),
    )
