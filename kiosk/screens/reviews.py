"""Reviews: planned visits and open cases that something new concerns."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from textual.widget import Widget

from kiosk import wording
from kiosk.clock import local
from kiosk.codes import CaseState, ReviewEnding, ReviewKind, Role
from kiosk.screens import cards
from kiosk.screens.goods.find_lines import thing_text
from kiosk.screens.screen import ATTENTION, DESK, DONE, GATE_KEYS, KioskScreen
from kiosk.text import N_, _, fill
from kiosk.values import ReviewLine
from kiosk.values.finds import BanProposal
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
        self.lines: tuple[ReviewLine | BanProposal, ...] = ()

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
        from kiosk.services.goods import ban_proposals

        kiosk = self.kiosk
        proposed = await kiosk.read(ban_proposals.proposals, kiosk.signed_in)
        self.lines = (*await kiosk.read(reviews.open_reviews, kiosk.signed_in), *proposed)

    @property
    def consequence(self) -> bool:
        return bool(self.lines)

    def answers(self, key: str, character: str | None) -> bool:
        return character in _ENDINGS

    @property
    def current(self) -> ReviewLine | BanProposal | None:
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

    async def _open(self, one: ReviewLine | BanProposal) -> None:
        """The visit itself: to be moved or called off, or to be left by those inside; the
        parcel; of a proposed ban the form that puts it on, for who may, else the find."""
        if isinstance(one, BanProposal):
            await self._ban(one)
        elif one.state is CaseState.BOOKED:
            await self.kiosk.go("bookings", one.case_id)
        elif one.state is CaseState.STORED:
            await self.kiosk.go("parcel", one.case_id)
        else:
            await self.kiosk.go("departure", f"{one.number}-1")

    async def _ban(self, one: BanProposal) -> None:
        from kiosk.services import identify

        kiosk = self.kiosk
        if not kiosk.signed_in.may(Role.SUPERVISOR, Role.ADMINISTRATOR):
            await kiosk.go("find_record", one.find_id)
            return
        card = await kiosk.write(identify.card, kiosk.signed_in, one.person_id)
        await kiosk.go("new_restriction", card, one.act_no)

    async def _end(self, one: ReviewLine | BanProposal, ending: ReviewEnding) -> None:
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
            self.ask(N_("Enter = open it   1 handled   2 no change   Esc = back"))
        else:
            self.ask(N_("Enter = open   Esc = back"))
        if inside:
            self.say(ATTENTION, N_("Somebody it concerns is inside. Act at once."))

    def _row(self, one: ReviewLine | BanProposal) -> Line:
        if isinstance(one, BanProposal):
            return _ban_row(one, local(one.since, self.kiosk.zone).date())
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
        if isinstance(one, BanProposal):
            self.below.show(_ban_lines(one, since))
            return
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


def _ban_row(one: BanProposal, day: date) -> Line:
    prisoner = one.prisoner.short if one.prisoner is not None else ""
    return line(
        at(3, cards.day_text(day)),
        cell(14, one.person.short, 17),
        cell(32, ", ".join(part for part in (prisoner, one.file_number) if part), 24),
        cell(57, wording.label(ReviewKind.BAN_PROPOSED), 22, Ink.WARN),
    )


def _ban_lines(one: BanProposal, since: str) -> list[Line]:
    things = ", ".join(thing_text(thing) for thing in one.things)
    return [
        (),
        line(at(3, shorten(f"{one.number}, {one.act_no}: {one.person.full}", 75), Ink.BOLD)),
        line(at(3, shorten(things, 75))),
        line(at(3, shorten(fill(_("proposed {time} by {name}"), time=since, name=one.by), 75))),
    ]
