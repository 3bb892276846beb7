"""What a list would change, one of prisoners; F2 records it, while the kiosk goes on."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping, Sequence
from enum import Enum, auto
from pathlib import Path
from typing import ClassVar

from textual.widget import Widget

from kiosk.errors import KioskError
from kiosk.lists.balances import BalanceList
from kiosk.lists.catalogue import CatalogueList
from kiosk.lists.faults import Rejected
from kiosk.lists.prisoners import PrisonerList
from kiosk.screens.screen import ATTENTION, DONE, GATE_KEYS, PLAIN, KioskScreen
from kiosk.text import N_, _, fill
from kiosk.values.imports import (
    BalancePreview,
    CataloguePreview,
    Change,
    ListPreview,
    NewOne,
    NewThing,
    ThingChange,
)
from kiosk.widgets.ink import Ink
from kiosk.widgets.lines import Line, at, line, shorten
from kiosk.widgets.rows import Rows, RowsKind
from kiosk.widgets.sheet import Sheet
from kiosk.wording import catalogue
from kiosk.wording.prisoners import value_text

Item = Rejected | Change | NewOne | NewThing | ThingChange | str
"""A line of the preview; text is the file number of somebody missing on the list."""

_HEAD_ROWS, _BELOW_ROWS = 4, 3


class _Phase(Enum):
    READING = auto()
    SEEN = auto()
    RECORDING = auto()
    RECORDED = auto()
    REFUSED = auto()


class ListPreviewScreen(KioskScreen):
    """Rejected lines first: these somebody has to put right."""

    TITLE_TEXT = N_("LIST OF PRISONERS")
    KEYS: ClassVar[Mapping[int, str]] = GATE_KEYS
    help_name = "setup"

    def __init__(self) -> None:
        super().__init__()
        self.head = Sheet(rows=_HEAD_ROWS)
        self.rows = Rows(rows=20 - _HEAD_ROWS - _BELOW_ROWS)
        self.below = Sheet(rows=_BELOW_ROWS)
        self.phase = _Phase.REFUSED
        self.path = Path()
        self.list: PrisonerList | BalanceList | CatalogueList | None = None
        self.preview: ListPreview | BalancePreview | CataloguePreview | None = None
        self.items: tuple[Item, ...] = ()

    @property
    def keys(self) -> Mapping[int, str]:
        return {**self.KEYS, 2: N_("Record")} if self.records else self.KEYS

    def body(self) -> Iterable[Widget]:
        yield self.head
        yield self.rows
        yield self.below

    def forget(self) -> None:
        if self.phase is not _Phase.RECORDING:
            self.phase = _Phase.REFUSED
        self.list, self.preview, self.items = None, None, ()
        self.draw()

    async def enter(self, *about: object) -> None:
        (path,) = about
        assert isinstance(path, Path)
        if self.phase is _Phase.RECORDING:
            return
        self.path, self.list, self.preview, self.items = path, None, None, ()
        self.phase = _Phase.READING
        self.run_worker(self._look(path), exclusive=True)

    # ---- in the background: a long list takes seconds, and keys must not wait for it

    async def look(self, path: Path) -> None:
        """Read the file, and say what it would change; raises KioskError."""
        from kiosk.services import prisoner_import

        self.list, shown = await self.kiosk.read(
            prisoner_import.look, self.kiosk.signed_in, path
        )
        self.preview = shown
        self.items = (*shown.rejected, *shown.changed, *shown.missing, *shown.new)

    async def record(self) -> tuple[int, int, int]:
        """Record the lines that are right: how many new, changed, rejected."""
        from kiosk.services import prisoner_import

        assert isinstance(self.list, PrisonerList)
        done = await self.kiosk.write(prisoner_import.apply, self.kiosk.signed_in, self.list)
        return len(done.new), len(done.changed), len(done.rejected)

    def counts(self) -> Sequence[str]:
        """How many lines would do what."""
        preview = self.preview
        assert isinstance(preview, ListPreview)
        missing = fill(_("not on the list: {count}"), count=len(preview.missing))
        return changes_of(preview), missing

    async def _look(self, path: Path) -> None:
        try:
            await self.look(path)
        except KioskError as refusal:
            self._end(_Phase.REFUSED)
            self.say(ATTENTION, refusal.sentence, **refusal.values)
            return
        self._end(_Phase.SEEN)

    async def _record(self) -> None:
        try:
            new, changed, rejected = await self.record()
        except KioskError as refusal:
            self._end(_Phase.SEEN)
            self.say(ATTENTION, refusal.sentence, **refusal.values)
            return
        self._end(_Phase.RECORDED)
        self.say(
            DONE,
            N_("Recorded: new {new}, changed {changed}. Rejected lines: {rejected}"),
            new=new,
            changed=changed,
            rejected=rejected,
        )

    def _end(self, phase: _Phase) -> None:
        self.phase = phase
        if self.is_current:
            self.read_from_now()
            self.show()

    # ---- on the glass

    @property
    def records(self) -> bool:
        """Whether F2 would record something."""
        preview = self.preview if self.phase is _Phase.SEEN else None
        return preview is not None and preview.writes

    @property
    def consequence(self) -> bool:
        return self.records

    def answers(self, key: str, character: str | None) -> bool:
        return key == "f2"

    def draw(self) -> None:
        self.head.show(self._head_lines())
        self.rows.show(self._lines, total=len(self.items), index=self.rows.index)
        self._below()
        if self.phase is _Phase.READING:
            self.ask(N_("The list is being read. The kiosk goes on meanwhile.   Esc = back"))
        elif self.phase is _Phase.RECORDING:
            self.ask(N_("Being recorded. Admissions wait until it is done.   Esc = back"))
        elif self.records:
            self.ask(N_("Record the lines that are right?  F2 = record   Esc = leave it"))
        else:
            self.ask(N_("Esc = back"))

    def _head_lines(self) -> list[Line]:
        lines: list[Line] = [line(at(3, shorten(str(self.path), 74), Ink.BOLD))]
        if self.list is not None and self.preview is not None:
            counts, *further = self.counts()
            if self.list.unknown:
                ignored = ", ".join(self.list.unknown)
                further.append(fill(_("ignored: {names}"), names=ignored))
            lines += [
                line(at(3, self.list.written_in)),
                line(at(3, shorten(counts, 76))),
                line(at(3, shorten("   ".join(further), 76))),
            ]
        return lines

    def _lines(self, offset: int, count: int) -> Sequence[Line]:
        return [
            line(at(3, shorten(self._text(item), 75), _ink(item)))
            for item in self.items[offset : offset + count]
        ]

    def _below(self) -> None:
        """The current line whole: a reason may be longer than a row."""
        index = self.rows.index
        text = self._text(self.items[index]) if self.items and index is not None else ""
        self.below.show([(), *(line(at(3, part)) for part in textwrap.wrap(text, 75)[:2])])

    def _text(self, item: Item) -> str:
        if isinstance(item, str):
            return fill(_("Here, but not on the list: {file}"), file=item)
        if isinstance(item, Rejected):
            return fill(
                _("line {line}, {field}: {reason}"),
                line=item.line,
                field=item.head,
                reason=item.reason,
            )
        if isinstance(item, NewOne):
            return fill(
                _("line {line}, {file}: new, {name}, born {year}"),
                line=item.line,
                file=item.file_number,
                name=item.name,
                year=item.birth_year,
            )
        if isinstance(item, NewThing):
            return catalogue.new_thing(item)
        if isinstance(item, ThingChange):
            return "; ".join(catalogue.changes(item))
        heads = self.list.heads if self.list is not None else {}
        return "; ".join(
            fill(
                _("line {line}, {file}: {field}: {old} → {new}"),
                line=item.line,
                file=item.file_number,
                field=heads.get(one.column, one.column),
                old=value_text(one.old),
                new=value_text(one.new),
            )
            for one in item.fields
        )

    async def typed(self, key: str, character: str | None) -> bool:
        if key == "f2" and self.records and self.list is not None:
            self.phase = _Phase.RECORDING
            self.say(PLAIN, "")
            self.show()
            self.run_worker(self._record(), exclusive=True)
            return True
        if self.rows.press(key).kind is RowsKind.IGNORED:
            return False
        self._below()
        return True


def _ink(item: Item) -> Ink:
    return Ink.BAD if isinstance(item, Rejected) else Ink.PLAIN


def changes_of(preview: ListPreview | CataloguePreview) -> str:
    """How many lines are new, changed, as before, or not taken."""
    return fill(
        _("new {new}  changed {changed}  unchanged {unchanged}  rejected {rejected}"),
        new=len(preview.new),
        changed=len(preview.changed),
        unchanged=preview.unchanged,
        rejected=len(preview.rejected),
    )
