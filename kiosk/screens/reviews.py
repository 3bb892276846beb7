"""Reviews: planned visits and open cases that something new concerns."""

from __future__ import annotations

from collections.abc import Iterable

from textual.widget import Widget

from kiosk import wording
from kiosk.clock import local
from kiosk.codes import CaseState, ReviewEnding
from kiosk.screens import cards
from kiosk.screens.screen import ATTENTION, DESK, DONE, GATE_KEYS, KioskScreen
from kiosk.text import N_, _, fill
from kiosk.values import ReviewLine
from kiosk.widgets.ink import Ink
from kiosk.widgets.lines import Line, at, cell, line, shorten
from kiosk.widgets.rows import Rows, RowsKind
from kiosk.widgets.sheet import Sheet

_ENDINGS = {"1": ReviewEnding.HANDLED, "2": ReviewEnding.NO_CHANGE}


class Reviews(KioskScreen):
    """Those inside first: these cannot wait. A line goes when it is settled, or by itself."""

    TITLE_TEXT = N_("REVIEWS")
    KEYS = GATE_KEYS
    help_name = "reviews"

    def __init__(self) -> None:
        super().__init__()
        self.head = Sheet(rows=2)
        self.rows = Rows(rows=14)
        self.below = Sheet(rows=4)
        self.lines: tuple[ReviewLine, ...] = ()

    def body(self) -> Iterable[Widget]:
        yield self.head
        yield self.rows
        yield self.below

    def forget(self) -> None:
        self.lines = ()
        self.draw()

    async def enter(self, *about: object) -> None:
        await self._look()

    async def returned(self) -> None:
        await self._look()

    async def minute(self) -> None:
        await self._look()
        self.draw()

    async def _look(self) -> None:
        from kiosk.services import reviews

        self.lines = await self.kiosk.read(reviews.open_reviews, self.kiosk.signed_in)

    @property
    def consequence(self) -> bool:
        return bool(self.lines)

    def answers(self, key: str, character: str | None) -> bool:
        return character in _ENDINGS

    @property
    def current(self) -> ReviewLine | None:
        index = self.rows.index
        return self.lines[index] if index is not None and self.lines else None

    # ---- keys

    async def typed(self, key: str, character: str | None) -> bool:
        answer = self.rows.press(key)
        current = self.current
        if answer.kind is RowsKind.TAKE and current is not None:
            await self._open(current)
        elif answer.kind is not RowsKind.IGNORED:
            self._below()
        elif character in _ENDINGS and current is not None and self._may_end():
            await self._end(current, _ENDINGS[character])
        else:
            return False
        return True

    def _may_end(self) -> bool:
        officer = self.kiosk.officer
        return officer is not None and officer.may(*DESK)

    async def _open(self, one: ReviewLine) -> None:
        """The visit itself: to be moved or called off, or to be left by those inside."""
        if one.state is CaseState.BOOKED:
            await self.kiosk.go("bookings", one.case_id)
        else:
            await self.kiosk.go("departure", f"{one.number}-1")

    async def _end(self, one: ReviewLine, ending: ReviewEnding) -> None:
        from kiosk.services import reviews

        await self.kiosk.write(reviews.end, self.kiosk.signed_in, one.review_id, ending)
        await self._look()
        self.draw()
        # The next line stands where this one stood: a second digit must be meant for it.
        self.read_from_now()
        self.say(DONE, N_("Settled: {answer}."), answer=wording.label(ending))

    # ---- drawing

    def draw(self) -> None:
        inside = sum(1 for one in self.lines if one.is_inside)
        said = fill(_("to be looked at again {count}"), count=len(self.lines))
        loud = fill(_("INSIDE NOW {count}"), count=inside) if inside else ""
        self.head.show([line(at(2, said, Ink.BOLD), at(45, loud, Ink.BAD)), ()])
        head = line(
            at(3, _("day"), Ink.HEAD),
            at(14, _("visitor"), Ink.HEAD),
            at(32, _("to"), Ink.HEAD),
            at(57, _("why"), Ink.HEAD),
        )
        self.rows.show(
            [self._row(one) for one in self.lines],
            head=head,
            index=self.rows.index,
            empty=_("Nothing has to be looked at again."),
        )
        self._below()
        if not self.lines:
            self.ask(N_("Esc = back"))
        elif self._may_end():
            self.ask(N_("Enter = open the visit   1 handled   2 no change   Esc = back"))
        else:
            self.ask(N_("Enter = open the visit   Esc = back"))
        if inside:
            self.say(ATTENTION, N_("Somebody it concerns is inside. Act at once."))

    def _row(self, one: ReviewLine) -> Line:
        ink = Ink.BAD if one.is_inside else Ink.PLAIN
        visitor = one.visitors[0].short if one.visitors else ""
        if len(one.visitors) > 1:
            visitor = f"{shorten(visitor, 13)} +{len(one.visitors) - 1}"
        return line(
            at(1, "!" if one.is_inside else " ", ink),
            at(3, _("INSIDE") if one.is_inside else cards.day_text(one.day), ink),
            cell(14, visitor, 17, ink),
            cell(32, f"{one.prisoner.short}, {one.file_number}", 24, ink),
            cell(57, wording.label(one.kind), 22, ink),
        )

    def _below(self) -> None:
        one = self.current
        if one is None:
            self.below.show([])
            return
        since = local(one.since, self.kiosk.zone).strftime("%d.%m.%Y %H:%M")
        why = wording.label(one.kind)
        if one.what is not None:
            why = f"{why}: {wording.label(one.what)}"
        names = ", ".join(name.short for name in one.visitors)
        what = ", ".join(part for part in (wording.label(one.service), one.number) if part)
        self.below.show(
            [
                (),
                line(at(3, shorten(f"{what}: {names}", 75), Ink.BOLD)),
                line(at(3, shorten(why, 75))),
                line(at(3, fill(_("since {time}"), time=since))),
            ]
        )
