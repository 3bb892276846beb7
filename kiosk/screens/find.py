"""Find (F3): people and prisoners, as one types, in either script."""

from __future__ import annotations

from collections.abc import Iterable

from textual.widget import Widget

from kiosk import scans
from kiosk.screens import cards
from kiosk.screens.lookup import FROM_LETTER, make_ready
from kiosk.screens.screen import DESK, GATE_KEYS, KioskScreen
from kiosk.screens.visiting import as_before
from kiosk.text import N_, _
from kiosk.values import Found
from kiosk.widgets.fields import Text
from kiosk.widgets.form import Form, FormKind
from kiosk.widgets.ink import Ink
from kiosk.widgets.lines import Line, at, line, shorten
from kiosk.widgets.rows import Rows, RowsKind

ENTRY_ROWS = 3
_LIST_KEYS = frozenset({"up", "down", "pageup", "pagedown", "enter"})
_FIELD = Text("text", N_("Find"), help=N_("Two letters, a file or document number"))


FIND_KEYS = {**GATE_KEYS, 2: N_("Card"), 4: N_("List")}


class Find(KioskScreen):
    TITLE_TEXT = N_("FIND")
    KEYS = FIND_KEYS
    help_name = "find"

    def __init__(self) -> None:
        super().__init__()
        self.form = Form(rows=ENTRY_ROWS)
        self.rows = Rows(rows=20 - ENTRY_ROWS)
        self.found: tuple[Found, ...] = ()
        self.all = 0  # how many the whole list has, while it is shown instead of a search
        self.first = 0  # the place in it of the first line held

    def body(self) -> Iterable[Widget]:
        yield self.form
        yield self.rows

    def forget(self) -> None:
        self.found = ()
        self.form.load([])
        self.rows.show([])

    async def enter(self, *about: object) -> None:
        self.found, self.all, self.first = (), 0, 0
        self.form.load([_FIELD])
        make_ready(self)

    def draw(self) -> None:
        self.form.draw()
        self._list()

    def _list(self) -> None:
        typed = self.form.typed("text").strip()
        empty = _("Nobody is found so.") if len(typed) >= FROM_LETTER else ""
        lines = [_row(one) for one in self.found]
        if self.all:
            index = self.rows.index if self.rows.index is not None else self.first
            self.rows.show(lines, total=self.all, offset=self.first, index=index)
        else:
            self.rows.show(lines, empty=empty)
        self.ask(
            N_("↑↓ Enter = open   F2 = the visitor's card   Esc = back")
            if self.found
            else N_("Two letters, a file or document number.   F4 = all visitors")
        )

    async def typed(self, key: str, character: str | None) -> bool:
        moves = _LIST_KEYS | {"home", "end"} if self.all else _LIST_KEYS
        if key in moves and self.found:
            answer = self.rows.press(key)
            if answer.kind is RowsKind.TAKE:
                await self._open(self.found[answer.index - self.first])
            elif answer.kind is RowsKind.NEEDS_PAGE:
                await self._page(answer.offset, answer.index)
            return True
        if key == "f2" and self.found and self.rows.index is not None:
            await self._open_card(self.found[self.rows.index - self.first])
            return True
        if key == "f4":
            await self._list_all()
            return True
        answer_of_form = self.form.press(key, character)
        if answer_of_form.kind is FormKind.IGNORED:
            return False
        if answer_of_form.kind is FormKind.BACK:
            await self.kiosk.back()
        elif answer_of_form.changed:
            self.quiet()
            await self._search()
        return True

    async def _list_all(self) -> None:
        """All visitors, a page at a time; the first letter typed searches again."""
        from kiosk.services import find

        self.all = await self.kiosk.read(find.count_people)
        self.form.load([_FIELD])
        if self.all:
            await self._page(0, 0)

    async def _page(self, offset: int, index: int) -> None:
        from kiosk.services import find

        self.found = await self.kiosk.read(
            find.people, self.kiosk.signed_in, offset, self.rows.page
        )
        self.first = offset
        lines = [_row(one) for one in self.found]
        self.rows.show(lines, total=self.all, offset=offset, index=index)
        self.ask(N_("↑↓ Enter = open   F2 = the visitor's card   Esc = back"))

    async def _search(self) -> None:
        from kiosk.services import find

        self.all, self.first = 0, 0
        typed = self.form.typed("text")
        if len(typed.strip()) < FROM_LETTER:
            self.found = ()
        else:
            self.found = await self.kiosk.read(find.find, self.kiosk.signed_in, typed)
        self._list()

    async def _open_card(self, found: Found) -> None:
        """F2: the card itself, where Enter on a visitor opens the arrival."""
        await self.kiosk.go(
            "prisoner" if found.kind == "prisoner" else "person_card", found.subject_id
        )

    async def _open(self, found: Found) -> None:
        if found.kind == "prisoner" or not self.kiosk.signed_in.may(*DESK):
            await self._open_card(found)
            return
        from kiosk.services import identify

        card = await self.kiosk.write(identify.card, self.kiosk.signed_in, found.subject_id)
        await scans.show(self.kiosk, as_before(card))


def _row(found: Found) -> Line:
    prisoner = found.kind == "prisoner"
    return line(
        at(3, shorten(found.name.full, 40)),
        at(44, cards.day_text(found.born)),
        at(56, _("prisoner") if prisoner else _("visitor")),
        at(68, found.note),
        at(76, _("BAN") if found.banned else "", Ink.BAD),
    )
