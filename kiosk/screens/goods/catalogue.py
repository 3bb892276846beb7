"""The catalogue of things: a code or a word narrows the list; below it, all about one thing."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping, Sequence
from typing import ClassVar

from textual.widget import Widget

from kiosk import wording
from kiosk.codes import Allowed, Role
from kiosk.goods_words import matching
from kiosk.screens.screen import DONE, GATE_KEYS, KioskScreen
from kiosk.text import LANGUAGES, N_, _, fill, language
from kiosk.values.goods import CatalogueEntry
from kiosk.widgets.fields import Text
from kiosk.widgets.form import Form, FormKind
from kiosk.widgets.ink import Ink
from kiosk.widgets.lines import Line, at, line, shorten
from kiosk.widgets.rows import Rows, RowsKind
from kiosk.widgets.sheet import Sheet
from kiosk.wording import catalogue as words

_ENTRY_ROWS, _BELOW_ROWS = 3, 5
_LIST_KEYS = frozenset({"up", "down", "pageup", "pagedown", "home", "end"})
_FIELD = Text("text", N_("Code or word"), help=N_("A code or a word, in any language"))
_NAME, _CLASS, _PASS = 8, 33, 58
_KEEPERS = (Role.SUPERVISOR, Role.ADMINISTRATOR)


class Catalogue(KioskScreen):
    TITLE_TEXT = N_("CATALOGUE")
    KEYS = GATE_KEYS
    KEEPER_KEYS: ClassVar[Mapping[int, str]] = {**GATE_KEYS, 4: N_("List"), 7: N_("New")}
    help_name = "catalogue"

    def __init__(self) -> None:
        super().__init__()
        self.form = Form(rows=_ENTRY_ROWS)
        self.rows = Rows(rows=20 - _ENTRY_ROWS - _BELOW_ROWS)
        self.below = Sheet(rows=_BELOW_ROWS)
        self.things: tuple[CatalogueEntry, ...] = ()
        self.found: tuple[CatalogueEntry, ...] = ()

    @property
    def keeps(self) -> bool:
        """Whether who looks may change it."""
        officer = self.kiosk.officer
        return officer is not None and officer.may(*_KEEPERS)

    @property
    def keys(self) -> Mapping[int, str]:
        return self.KEEPER_KEYS if self.keeps else self.KEYS

    def body(self) -> Iterable[Widget]:
        yield self.form
        yield self.rows
        yield self.below

    async def enter(self, *about: object) -> None:
        self.form.load([_FIELD])
        await self._look()

    async def returned(self) -> None:
        await self._look()

    async def _look(self) -> None:
        from kiosk.services.goods import catalogue

        self.things = await self.kiosk.read(catalogue.in_force, self.kiosk.today())
        self._narrow()

    def _narrow(self) -> None:
        self.found = matching(self.things, self.form.typed("text"), language())

    @property
    def current(self) -> CatalogueEntry | None:
        index = self.rows.index
        return self.found[index] if index is not None and index < len(self.found) else None

    # ---- drawing

    def draw(self) -> None:
        self.form.draw()
        self._list(self.rows.index)

    def _list(self, index: int | None) -> None:
        head = line(
            at(3, _("code"), Ink.HEAD),
            at(_NAME, _("thing"), Ink.HEAD),
            at(_CLASS, _("class"), Ink.HEAD),
            at(_PASS, _("may it pass"), Ink.HEAD),
        )
        self.rows.show(
            self._lines,
            total=len(self.found),
            head=head,
            index=index,
            empty=_("The catalogue has nothing like it."),
        )
        self._below()

    def _lines(self, offset: int, count: int) -> Sequence[Line]:
        return [_row(one) for one in self.found[offset : offset + count]]

    def _below(self) -> None:
        one = self.current
        self.below.show(_more(one) if one is not None else [])
        if not self.keeps:
            self.ask(N_("A code or a word   ↑↓ = another thing   Esc = back"))
        elif one is None:
            self.ask(N_("A code or a word   F4 = a file   F7 = a new thing   Esc = back"))
        else:
            self.ask(
                N_("A code or a word   ↑↓ Enter = change it   F4 = a file   F7 = a new one")
            )

    # ---- keys

    async def typed(self, key: str, character: str | None) -> bool:
        if key == "f7" and self.keeps:
            await self.kiosk.go("catalogue_row", None)
            return True
        if key == "f4" and self.keeps:
            await self.kiosk.go("catalogue_files")
            return True
        if key == "enter":
            if self.keeps and self.current is not None:
                await self.kiosk.go("catalogue_row", self.current)
            return True
        if key in _LIST_KEYS and self.rows.press(key).kind is not RowsKind.IGNORED:
            self._below()
            return True
        told = self.form.press(key, character)
        if told.kind is FormKind.BACK:
            await self.kiosk.back()
        elif told.changed:
            self.quiet()
            self._narrow()
            self._list(0)
        return told.kind is not FormKind.IGNORED

    def recorded(self, entry: CatalogueEntry) -> None:
        """Say on this screen what the form has recorded."""
        name = entry.name.in_language(language())
        since = wording.day_text(entry.valid_from)
        if entry.allowed is Allowed.WITHDRAWN:
            self.say(DONE, N_("Listed no more from {day}: {name}"), name=name, day=since)
        else:
            self.say(DONE, N_("Recorded, from {day}: {name}"), name=name, day=since)


def _row(one: CatalogueEntry) -> Line:
    said = words.may_pass(one)
    return line(
        at(3, one.code_in(language()), Ink.BOLD),
        at(_NAME, shorten(one.name.in_language(language()), _CLASS - _NAME - 1)),
        at(_CLASS, shorten(wording.label(one.goods_class), _PASS - _CLASS - 1)),
        at(_PASS, shorten(said, 78 - _PASS), _ink(one)),
    )


def _ink(one: CatalogueEntry) -> Ink:
    return Ink.BAD if one.allowed is Allowed.FORBIDDEN else Ink.PLAIN


def _more(one: CatalogueEntry) -> list[Line]:
    """All that the list has no room for."""
    names = [
        f"{one.code_in(each)} {one.name.in_language(each)}"
        for each in LANGUAGES
        if each != language()
    ]
    handled = [
        wording.label(one.unit),
        fill(_("on the table: {how}"), how=wording.label(one.inspection)),
        words.spoils(one),
        fill(_("since {day}"), day=wording.day_text(one.valid_from)),
    ]
    law = textwrap.wrap(wording.law(one.legal_ref), 75)
    return [
        (),
        line(at(3, shorten("   ".join(names), 75))),
        line(at(3, shorten("   ".join(filter(None, handled)), 75))),
        *(line(at(3, part, Ink.DIM)) for part in law[:2]),
    ]
