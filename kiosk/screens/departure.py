"""Departure: the badge is scanned or its number typed; one key and the visit ends."""

from __future__ import annotations

from collections.abc import Iterable

from textual.widget import Widget

from kiosk import wording
from kiosk.clock import local
from kiosk.errors import Refused
from kiosk.screens import cards
from kiosk.screens.screen import ANOTHER_POST, DONE, GATE_KEYS, FormScreen
from kiosk.text import N_, _, fill
from kiosk.values import Departure
from kiosk.widgets.fields import Text
from kiosk.widgets.ink import Ink
from kiosk.widgets.lines import Line, at, line
from kiosk.widgets.sheet import Sheet

ENTRY_ROWS = 3


class DepartureScreen(FormScreen):
    TITLE_TEXT = N_("DEPARTURE")
    KEYS = GATE_KEYS
    help_name = "departure"

    def __init__(self) -> None:
        super().__init__(rows=ENTRY_ROWS)
        self.sheet = Sheet(rows=20 - ENTRY_ROWS)
        self.departure: Departure | None = None
        self.chosen = 0  # 0: everybody leaves; else the place of the only one who does
        self.done = False

    def body(self) -> Iterable[Widget]:
        yield self.form
        yield self.sheet

    @property
    def unsaved(self) -> bool:
        return False  # a typed number is quicker typed again than a waiting scan is taken up

    def forget(self) -> None:
        super().forget()
        self.departure = None
        self.sheet.show([])

    async def enter(self, *about: object) -> None:
        """`about`: a badge's code; nothing when its number is to be typed."""
        if "departure" not in self.kiosk.settings.desk.steps:
            raise Refused(ANOTHER_POST)
        opened = await self._read(str(about[0])) if about else None
        self.departure, self.done, self.chosen = opened, False, 0
        self._ask_number()

    def misread(self) -> None:
        """Whoever stands here now is not the one on the glass: that visit is not ended."""
        if self.waiting:
            self.departure = None
            self._ask_number()
            self.draw()

    def _ask_number(self) -> None:
        self.form.load(
            [
                Text(
                    "badge",
                    N_("Badge"),
                    limit=16,
                    required=True,
                    help=N_("Scan the badge, or type its number and Enter"),
                    missing=N_("Scan the badge, or type its number and Enter"),
                )
            ]
        )

    async def _read(self, code: str) -> Departure:
        from kiosk.services import departures

        return await self.kiosk.read(departures.open_badge, self.kiosk.signed_in, code)

    @property
    def waiting(self) -> bool:
        """Whether somebody stands here who may leave with Enter."""
        return self.departure is not None and bool(self.departure.members) and not self.done

    async def typed(self, key: str, character: str | None) -> bool:
        if not self.waiting:
            if key == "enter" and self.done and not self.form.typed("badge"):
                return True  # a second Enter does nothing
            return await super().typed(key, character)
        assert self.departure is not None
        if key == "enter":
            await self._leave()
        elif key == "escape":
            await self.enter()
            self.draw()
        elif character and character in "0123456789":
            if int(character) <= len(self.departure.members):
                self.chosen = int(character)
                self.draw()
        else:
            return False
        return True

    async def save(self) -> None:
        badge = self.form.values["badge"]
        # Also when there is no such badge, the next digit begins a new number.
        self._ask_number()
        self.departure, self.done, self.chosen = None, False, 0
        self.draw()
        self.departure = await self._read(badge)
        self.draw()

    async def _leave(self) -> None:
        from kiosk.services import departures

        assert self.departure is not None
        members = self.departure.members
        leaving = members if not self.chosen else (members[self.chosen - 1],)
        self.departure = await self.kiosk.write(
            departures.leave,
            self.kiosk.signed_in,
            self.departure.case_id,
            tuple(member.member_id for member in leaving),
        )
        self.done, self.chosen = not self.departure.members, 0
        self.draw()
        if self.done:
            self.say(DONE, N_("Visit {number} has ended."), number=self.departure.number)
        else:
            self.say(
                DONE, N_("Recorded. {count} still inside."), count=len(self.departure.members)
            )

    def draw(self) -> None:
        super().draw()
        departure = self.departure
        if departure is None:
            self.sheet.show([])
            return
        lines: list[Line] = [
            line(at(2, departure.number, Ink.BOLD), "   ", wording.label(departure.service)),
            line(at(2, "→ " + departure.prisoner), f", {departure.file_number}"),
            (),
        ]
        now = self.kiosk.now()
        for place, member in enumerate(departure.members, 1):
            mark = ">" if self.chosen in (0, place) else " "
            since = local(member.since, self.kiosk.zone).strftime("%H:%M")
            minutes = max(0, (now - member.since) // 60_000)
            inside = fill(
                _("in {since}, inside {hours} h {minutes} min"),
                since=since,
                hours=minutes // 60,
                minutes=minutes % 60,
            )
            overdue = member.due is not None and now > member.due
            lines += [
                line(at(1, mark), at(3, str(place)), at(6, member.name.full, Ink.BOLD)),
                line(at(6, fill(_("born {day}"), day=cards.day_text(member.birth)))),
                line(
                    at(6, inside),
                    "   ",
                    (_("OVERDUE") if overdue else "", Ink.WARN),
                ),
                (),
            ]
        if not departure.members:
            lines += cards.frame(_("ALL HAVE LEFT"), Ink.GOOD, 40, 2)
            if departure.left_at is not None:
                left = local(departure.left_at, self.kiosk.zone).strftime("%d.%m.%Y %H:%M")
                lines.append(line(at(2, fill(_("left {time}"), time=left))))
        else:
            lines.append(line(at(6, _("Look at the face; ask for the birth date."), Ink.DIM)))
        self.sheet.show(lines)
        if self.waiting and len(departure.members) == 1:
            self.ask(N_("Enter = leaves, the badge is back   Esc = somebody else"))
        elif self.waiting:
            self.ask(N_("Enter = the marked leave   a digit = only this one   Esc = back"))
