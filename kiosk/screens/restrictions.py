"""Restrictions: of a visitor, on visits to a prisoner, or of the whole facility."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from textual.widget import Widget

from kiosk import wording
from kiosk.clock import local
from kiosk.codes import LiftReason, RestrictionKind, Role, Service
from kiosk.screens import cards
from kiosk.screens.screen import ATTENTION, DONE, GATE_KEYS, KioskScreen
from kiosk.text import N_, _, fill
from kiosk.values import Name, PersonCard, PrisonerCard, RestrictionLine
from kiosk.widgets.ink import Ink
from kiosk.widgets.lines import Line, at, cell, line, shorten
from kiosk.widgets.rows import Rows, RowsKind
from kiosk.widgets.sheet import Sheet

Subject = PersonCard | PrisonerCard | None
"""Whose restrictions these are; None: of the whole facility."""

# What a supervisor says; EXTENDED is written by the extension itself.
_REASONS = (LiftReason.ORDER, LiftReason.COURT, LiftReason.GROUND_GONE, LiftReason.ERROR)


class Restrictions(KioskScreen):
    """The list above, what stands in the line below it. None is ever deleted."""

    TITLE_TEXT = N_("RESTRICTIONS")
    KEYS = GATE_KEYS
    help_name = "restrictions"

    def __init__(self) -> None:
        super().__init__()
        self.head = Sheet(rows=2)
        self.rows = Rows(rows=10)
        self.below = Sheet(rows=8)
        self.forget()

    def body(self) -> Iterable[Widget]:
        yield self.head
        yield self.rows
        yield self.below

    def forget(self) -> None:
        self.subject: Subject = None
        self.lines: tuple[RestrictionLine, ...] = ()
        self.lifting = False

    async def enter(self, *about: object) -> None:
        (subject,) = about or (None,)
        assert subject is None or isinstance(subject, PersonCard | PrisonerCard)
        self.subject = subject
        self.lifting = False
        await self._look()

    async def returned(self) -> None:
        self.lifting = False
        await self._look()

    async def _look(self) -> None:
        from kiosk.services import restriction_lines

        kiosk, subject = self.kiosk, self.subject
        if isinstance(subject, PersonCard):
            self.lines = await kiosk.read(
                restriction_lines.of_person, kiosk.signed_in, subject.person_id
            )
        elif isinstance(subject, PrisonerCard):
            self.lines = await kiosk.read(
                restriction_lines.of_prisoner, kiosk.signed_in, subject.prisoner_id
            )
        else:
            self.lines = await kiosk.read(restriction_lines.of_facility, kiosk.signed_in)

    @property
    def consequence(self) -> bool:
        return self.lifting

    @property
    def current(self) -> RestrictionLine | None:
        index = self.rows.index
        return self.lines[index] if index is not None and self.lines else None

    @property
    def may_change(self) -> bool:
        officer = self.kiosk.officer
        return officer is not None and officer.may(Role.SUPERVISOR, Role.ADMINISTRATOR)

    # ---- keys

    async def typed(self, key: str, character: str | None) -> bool:
        if self.lifting:
            await self._answer(key, character)
        elif self.rows.press(key).kind is RowsKind.MOVED:
            self._below()
            self._question()
        elif character == "7" and self.may_change:
            await self.kiosk.go("new_restriction", self.subject)
        elif character in ("6", "8") and self.may_change and self._holding() is not None:
            if character == "6":
                await self.kiosk.go("extend_restriction", self._holding())
            else:
                self.lifting = True
                self.draw()
                self.read_from_now()
        else:
            return False
        return True

    def _holding(self) -> RestrictionLine | None:
        """The line in focus, when there is something left to lift or to extend."""
        current = self.current
        holds = current is not None and current.holds(self.kiosk.today())
        return current if holds else None

    async def _answer(self, key: str, character: str | None) -> None:
        """A digit says why it is lifted; Esc leaves it as it is."""
        places = {str(place): reason for place, reason in enumerate(_REASONS, 1)}
        reason = places.get(character or "")
        current = self.current
        if reason is not None and current is not None:
            from kiosk.services import restricting

            self.lifting = False
            await self.kiosk.write(
                restricting.lift, self.kiosk.signed_in, current.restriction_id, reason
            )
            await self._look()
            self.draw()
            self.say(DONE, N_("It is lifted. It stays on this list, with the reason."))
        elif key == "escape":
            self.lifting = False
            self.draw()

    # ---- drawing

    def draw(self) -> None:
        today = self.kiosk.today()
        self.head.show([line(at(3, self._whose(), Ink.BOLD)), ()])
        head = line(
            at(3, _("what"), Ink.HEAD),
            at(31, _("first day"), Ink.HEAD),
            at(43, _("last day"), Ink.HEAD),
            at(55, _("on whom"), Ink.HEAD),
        )
        self.rows.show(
            [self._row(one, today) for one in self.lines],
            head=head,
            index=self.rows.index,
            empty=_("Nothing is recorded."),
        )
        self._below()
        if self.lifting:
            said = "   ".join(
                f"{place} {wording.label(reason)}" for place, reason in enumerate(_REASONS, 1)
            )
            self.below.show([line(at(3, _("Why is it lifted?"), Ink.BOLD)), line(at(3, said))])
            self.ask(N_("1-4 = lift it, for this reason   Esc = leave it as it is"))
        else:
            self._question()

    def _question(self) -> None:
        if not self.may_change:
            self.ask(N_("↑↓ = look   Esc = back"))
        elif self._holding() is not None:
            self.ask(N_("↑↓ = look   7 new   6 longer   8 lift   Esc = back"))
        elif self.lines:
            self.ask(N_("↑↓ = look   7 new   Esc = back"))
        else:
            self.ask(N_("7 = a new restriction   Esc = back"))

    def _whose(self) -> str:
        subject = self.subject
        if isinstance(subject, PersonCard):
            return f"{subject.name.full}, {cards.day_text(subject.birth)}"
        if isinstance(subject, PrisonerCard):
            return f"{subject.name.full}, {subject.file_number}"
        return _("The whole facility")

    def _row(self, one: RestrictionLine, today: date) -> Line:
        holds = one.holds(today)
        ink = Ink.BOLD if holds else Ink.DIM
        return line(
            cell(3, wording.label(one.kind), 27, ink),
            at(31, cards.day_text(one.from_day), ink),
            at(43, cards.day_text(one.to_day) if one.to_day else _("no end"), ink),
            cell(55, self._other(one), 23, ink),
        )

    def _other(self, one: RestrictionLine) -> str:
        """The other one it is put on, seen from whose list this is."""
        if not isinstance(self.subject, PersonCard) and one.person is not None:
            return one.person.short
        if isinstance(self.subject, PrisonerCard):
            mine = one.file_number == self.subject.file_number
            other = one.other if mine else one.prisoner
            return (
                other.short if one.other is not None and other is not None else _("everybody")
            )
        if one.prisoner is not None:
            return f"{one.prisoner.short}, {one.file_number}"
        return _("everybody")

    def _below(self) -> None:
        one = self.current
        if one is None:
            self.below.show([])
            return
        zone = self.kiosk.zone
        recorded = local(one.recorded_at, zone).strftime("%d.%m.%Y %H:%M")
        lines = [
            line(at(3, shorten(self._parties(one), 75), Ink.BOLD)),
            line(at(3, shorten(_covers(one), 75))),
            line(at(3, shorten(_ground(one), 75))),
            line(
                at(3, fill(_("recorded {time}, {name}"), time=recorded, name=one.recorded_by))
            ),
        ]
        if one.from_at is not None:
            begins = local(one.from_at, zone).strftime("%d.%m.%Y %H:%M")
            lines.append(line(at(3, fill(_("holds from {time} on"), time=begins))))
        lines.append(_state(one, self.kiosk.today()))
        self.below.show([(), *lines])

    def _parties(self, one: RestrictionLine) -> str:
        parts = [
            _named(one.person),
            _named(one.prisoner, one.file_number),
            _named(one.other, one.other_file_number),
        ]
        return " – ".join(part for part in parts if part) or _("The whole facility")


def _named(name: Name | None, file_number: str = "") -> str:
    if name is None:
        return ""
    return f"{name.short}, {file_number}" if file_number else name.short


def _covers(one: RestrictionLine) -> str:
    """Which services, or which classes of goods."""
    if one.kind is RestrictionKind.NON_ASSOCIATION:
        return _("never in one session")
    if one.goods:
        classes = ", ".join(map(wording.goods_class, sorted(one.goods)))
        return fill(_("goods only: {goods}"), goods=classes)
    if not one.services:
        return _("social visits and goods")
    return ", ".join(wording.label(service) for service in Service if service in one.services)


def _ground(one: RestrictionLine) -> str:
    ground = fill(_("ground: {ground}"), ground=wording.ground(one.ground))
    return f"{ground}, № {one.paper_no}" if one.paper_no else ground


def _state(one: RestrictionLine, today: date) -> Line:
    if one.lifted_on is not None and one.lift_reason is not None:
        said = fill(
            _("lifted {day}, {name}: {reason}"),
            day=cards.day_text(one.lifted_on),
            name=one.lifted_by,
            reason=wording.label(one.lift_reason),
        )
        return line(at(3, said, Ink.GOOD))
    if not one.holds(today):
        return line(at(3, _("over, by its last day"), Ink.DIM))
    if one.from_day > today:
        return line(at(3, _("begins later"), Ink.WARN))
    return line(at(3, _("holds"), Ink.WARN))


def tell_recorded(screen: KioskScreen, planned: int, inside: int) -> None:
    """What a new restriction has put up for review; who is inside is told with the bell."""
    if inside:
        screen.kiosk.bell()
        screen.say(
            ATTENTION,
            N_("Recorded. INSIDE NOW, visits: {inside}! Menu 8, reviews; act at once."),
            inside=inside,
        )
    elif planned:
        screen.say(
            ATTENTION, N_("Recorded. Visits to be looked at again: {count}."), count=planned
        )
    else:
        screen.say(DONE, N_("Recorded. It concerns no planned visit."))
