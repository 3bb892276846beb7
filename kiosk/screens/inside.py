"""Who is inside (F9): count, names, since when, and who should have left."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from textual.widget import Widget

from kiosk.clock import local
from kiosk.screens import cards
from kiosk.screens.screen import DONE, GATE_KEYS, KioskScreen
from kiosk.text import N_, _, fill
from kiosk.values import Inside
from kiosk.values.waiting import InsideList
from kiosk.widgets.ink import Ink
from kiosk.widgets.lines import Line, at, line, shorten
from kiosk.widgets.rows import Rows, RowsKind
from kiosk.widgets.sheet import Sheet

_NOBODY = InsideList((), {}, {})
_OVERDUE = "!"
"""The filter that leaves the overdue only; any other is the code of a room, "" none."""

_SINCE, _LEFT, _NAME, _ROOM, _TO, _TAG = 17, 23, 29, 51, 57, 74


class WhoIsInside(KioskScreen):
    """`only` is the filter now in use."""

    TITLE_TEXT = N_("WHO IS INSIDE")
    help_name = "inside"

    def __init__(self) -> None:
        super().__init__()
        self.head = Sheet(rows=2)
        self.rows = Rows(rows=18)
        self.all = _NOBODY
        self.only = ""

    @property
    def keys(self) -> Mapping[int, str]:
        own = {key: label for key, label in GATE_KEYS.items() if key != 9}
        return own | {5: N_("Print")} if self.all.people else own

    def body(self) -> Iterable[Widget]:
        yield self.head
        yield self.rows

    def forget(self) -> None:
        self.all, self.only = _NOBODY, ""
        self.draw()

    async def enter(self, *about: object) -> None:
        self.only = ""
        await self._look()

    async def returned(self) -> None:
        await self._look()

    async def minute(self) -> None:
        await self._look()
        self.draw()

    async def _look(self) -> None:
        from kiosk.services import inside_list

        self.all = await self.kiosk.read(inside_list.look, self.kiosk.signed_in)
        if self.only not in self._filters():
            self.only = ""

    # ---- which of them

    @property
    def people(self) -> list[Inside]:
        """Those whom the filter leaves."""
        if self.only == _OVERDUE:
            return [one for one in self.all.people if self._late(one)]
        rooms = self.all.rooms
        return [
            one
            for one in self.all.people
            if not self.only or rooms.get(one.case_id, "") == self.only
        ]

    def _filters(self) -> list[str]:
        """In the order in which the key goes through them."""
        late = [_OVERDUE] if any(self._late(one) for one in self.all.people) else []
        return ["", *late, *sorted(set(self.all.rooms.values()))]

    def _late(self, one: Inside) -> bool:
        return one.due is not None and one.due < self.kiosk.now()

    # ---- drawing

    def draw(self) -> None:
        people = self.people if self.all.people else []
        now = self.kiosk.now() if people else 0
        everybody = self.all.people
        overdue = sum(1 for one in everybody if one.due is not None and one.due < now)
        said = fill(
            _("inside {count}   overdue {overdue}"), count=len(everybody), overdue=overdue
        )
        self.head.show([line(at(2, said, Ink.BOLD), at(40, self._filter_said(), Ink.WARN)), ()])
        head = line(
            at(3, _("badge"), Ink.HEAD),
            at(_SINCE, _("since"), Ink.HEAD),
            at(_LEFT, _("left"), Ink.HEAD),
            at(_NAME, _("name"), Ink.HEAD),
            at(_ROOM, _("room"), Ink.HEAD),
            at(_TO, _("to"), Ink.HEAD),
            at(_TAG, _("tag"), Ink.HEAD),
        )
        self.rows.show(
            [self._row(one, now) for one in people],
            head=head,
            index=self.rows.index,
            empty=_("Nobody is inside."),
        )
        if not everybody:
            self.ask(N_("Esc = back"))
        elif len(self._filters()) > 1:
            self.ask(N_("Enter = departure   F5 = print the list   / = by room, overdue   Esc"))
        else:
            self.ask(N_("Enter = open for departure   F5 = print the list   Esc = back"))

    def _filter_said(self) -> str:
        if self.only == _OVERDUE:
            return _("only the overdue")
        return fill(_("only room {room}"), room=self.only) if self.only else ""

    def _row(self, one: Inside, now: int) -> Line:
        late = one.due is not None and one.due < now
        since = local(one.since, self.kiosk.zone)
        same_day = since.date() == self.kiosk.today()
        left = _remaining(one.due - now) if one.due is not None else "–"
        ink = Ink.WARN if late else Ink.PLAIN
        return line(
            at(1, "!" if late else " ", ink),
            at(3, one.badge),
            at(_SINCE, since.strftime("%H:%M" if same_day else "%d.%m.")),
            at(_LEFT, left, ink),
            at(
                _NAME,
                shorten(one.name.short, 15) + f", {cards.day_text(one.birth)[-4:]}",
                Ink.BOLD if late else Ink.PLAIN,
            ),
            at(_ROOM, shorten(self.all.rooms.get(one.case_id, "–"), 5)),
            at(_TO, shorten(one.file_number, 16)),
            at(_TAG, self.all.tags.get(one.member_id, "–")),
        )

    # ---- keys

    async def typed(self, key: str, character: str | None) -> bool:
        people = self.people
        if character == "/" and self.all.people:
            filters = self._filters()
            self.only = filters[(filters.index(self.only) + 1) % len(filters)]
            self.rows.show([])
            self.draw()
            return True
        if key == "f5" and self.all.people:
            await self._print()
            return True
        answer = self.rows.press(key)
        if answer.kind is RowsKind.TAKE:
            await self.kiosk.go("departure", people[answer.index].badge)
        return answer.kind is not RowsKind.IGNORED

    async def _print(self) -> None:
        from kiosk.services import inside_list

        await self.kiosk.write(inside_list.order_paper, self.kiosk.signed_in)
        self.say(DONE, N_("The list of who is inside is printing."))


def _remaining(milliseconds: int) -> str:
    """1:24, or -0:22 when the time is over."""
    minutes = abs(milliseconds) // 60_000
    sign = "-" if milliseconds < 0 else ""
    return f"{sign}{minutes // 60}:{minutes % 60:02d}"
