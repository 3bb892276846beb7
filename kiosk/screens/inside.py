"""Who is inside (F9): count, names, since when, and who should have left."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from textual.widget import Widget

from kiosk.clock import local
from kiosk.screens import cards
from kiosk.screens.screen import GATE_KEYS, KioskScreen
from kiosk.text import N_, _, fill
from kiosk.values import Inside
from kiosk.widgets.ink import Ink
from kiosk.widgets.lines import Line, at, line, shorten
from kiosk.widgets.rows import Rows, RowsKind
from kiosk.widgets.sheet import Sheet


class WhoIsInside(KioskScreen):
    TITLE_TEXT = N_("WHO IS INSIDE")
    help_name = "inside"

    def __init__(self) -> None:
        super().__init__()
        self.head = Sheet(rows=2)
        self.rows = Rows(rows=18)
        self.people: tuple[Inside, ...] = ()

    @property
    def keys(self) -> Mapping[int, str]:
        return {key: label for key, label in GATE_KEYS.items() if key != 9}

    def body(self) -> Iterable[Widget]:
        yield self.head
        yield self.rows

    def forget(self) -> None:
        self.people = ()
        self.draw()

    async def enter(self, *about: object) -> None:
        await self._look()

    async def returned(self) -> None:
        await self._look()

    async def minute(self) -> None:
        await self._look()
        self.draw()

    async def _look(self) -> None:
        from kiosk.services import presence

        self.people = await self.kiosk.read(presence.inside, self.kiosk.signed_in)

    def draw(self) -> None:
        now = self.kiosk.now() if self.people else 0
        overdue = sum(1 for one in self.people if one.due is not None and one.due < now)
        said = fill(
            _("inside {count}   overdue {overdue}"), count=len(self.people), overdue=overdue
        )
        self.head.show([line(at(2, said, Ink.BOLD)), ()])
        head = line(
            at(3, _("badge"), Ink.HEAD),
            at(18, _("since"), Ink.HEAD),
            at(25, _("left"), Ink.HEAD),
            at(33, _("name"), Ink.HEAD),
            at(56, _("to"), Ink.HEAD),
        )
        index = self.rows.index
        self.rows.show(
            [self._row(one, now) for one in self.people],
            head=head,
            index=index,
            empty=_("Nobody is inside."),
        )
        self.ask(
            N_("Enter = open for departure   Esc = back") if self.people else N_("Esc = back")
        )

    def _row(self, one: Inside, now: int) -> Line:
        late = one.due is not None and one.due < now
        since = local(one.since, self.kiosk.zone)
        same_day = since.date() == self.kiosk.today()
        left = _remaining(one.due - now) if one.due is not None else "–"
        ink = Ink.WARN if late else Ink.PLAIN
        return line(
            at(1, "!" if late else " ", ink),
            at(3, one.badge),
            at(18, since.strftime("%H:%M" if same_day else "%d.%m.")),
            at(25, left, ink),
            at(
                33,
                shorten(one.name.short, 16) + f", {cards.day_text(one.birth)[-4:]}",
                Ink.BOLD if late else Ink.PLAIN,
            ),
            at(56, shorten(f"{one.prisoner}, {one.file_number}", 24)),
        )

    async def typed(self, key: str, character: str | None) -> bool:
        answer = self.rows.press(key)
        if answer.kind is RowsKind.TAKE:
            await self.kiosk.go("departure", self.people[answer.index].badge)
        return answer.kind is not RowsKind.IGNORED


def _remaining(milliseconds: int) -> str:
    """1:24, or -0:22 when the time is over."""
    minutes = abs(milliseconds) // 60_000
    sign = "-" if milliseconds < 0 else ""
    return f"{sign}{minutes // 60}:{minutes % 60:02d}"
