"""A report, line by line; below the list all that stands in the line in focus."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import count, islice
from pathlib import Path
from typing import ClassVar

from textual.widget import Widget

from kiosk import text, wording
from kiosk.codes import ReportForm, ReportName
from kiosk.reports import REPORTS, output, paper
from kiosk.reports.table import Cell, Report, Row, Writing, shown
from kiosk.screens import cards
from kiosk.screens.screen import DONE, GATE_KEYS, KioskScreen
from kiosk.services import report_access
from kiosk.services.desk import Desk
from kiosk.text import N_, _, fill
from kiosk.values import Name
from kiosk.values.reports import ReportAsked
from kiosk.widgets.ink import Ink
from kiosk.widgets.lines import Line, at, cell, line, shorten
from kiosk.widgets.rows import Rows, RowsKind
from kiosk.widgets.sheet import Sheet

LINES_AT_MOST = 1000
"""More would only be paged through; a file has all of them."""

_HEAD, _BELOW = 2, 6
_LEFT = 3

_QUESTIONS = {
    True: N_("Enter = open   F5 = print   4 = write as csv   Esc = other days"),
    False: N_("F5 = print   4 = write as csv   Esc = other days"),
}


class ReportLines(KioskScreen):
    TITLE_TEXT = N_("REPORT")
    KEYS: ClassVar[Mapping[int, str]] = {**GATE_KEYS, 5: N_("Print")}
    help_name = "report_lines"

    def __init__(self) -> None:
        super().__init__()
        self.head = Sheet(rows=_HEAD)
        self.rows = Rows(rows=20 - _HEAD - _BELOW)
        self.below = Sheet(rows=_BELOW)
        self.asked: ReportAsked | None = None
        self.lines: tuple[Row, ...] = ()
        self.more = False

    def body(self) -> Iterable[Widget]:
        yield self.head
        yield self.rows
        yield self.below

    def forget(self) -> None:
        self.asked, self.lines, self.more = None, (), False
        for part in (self.head, self.below):
            part.show([])
        self.rows.show([])

    async def enter(self, *about: object) -> None:
        (asked,) = about
        assert isinstance(asked, ReportAsked)
        await self._take(asked, ReportForm.SCREEN)
        language = text.language()

        def read(desk: Desk) -> tuple[Row, ...]:
            rows = REPORTS[asked.name].rows(Writing(desk, asked, language))
            return tuple(islice(rows, LINES_AT_MOST + 1))

        lines = await self.kiosk.read(read)
        self.lines, self.more = lines[:LINES_AT_MOST], len(lines) > LINES_AT_MOST
        self.asked = asked
        self.rows.show([])

    async def _take(self, asked: ReportAsked, form: ReportForm) -> None:
        """Before anything is shown, that it was asked for is kept."""
        await self.kiosk.write(report_access.take, self.kiosk.signed_in, asked, form)

    @property
    def report(self) -> Report:
        assert self.asked is not None
        return REPORTS[self.asked.name]

    @property
    def current(self) -> Row | None:
        index = self.rows.index
        return self.lines[index] if index is not None and self.lines else None

    # ---- drawing

    def draw(self) -> None:
        asked = self.asked
        if asked is None:
            return
        days = f"{wording.day_text(asked.from_day)} – {wording.day_text(asked.to_day)}"
        kind = _("all kinds") if asked.service is None else wording.label(asked.service)
        counted = fill(_("lines {count}"), count=len(self.lines))
        if self.more:
            counted = fill(_("only the first {count}"), count=len(self.lines))
        self.head.show(
            [
                line(at(2, _(self.report.title), Ink.BOLD), at(32, days), at(57, kind)),
                line(at(2, counted, Ink.WARN if self.more else Ink.PLAIN)),
            ]
        )
        self.rows.show(
            [self._line(list(map(_brief, row.cells))) for row in self.lines],
            head=self._line([_(one.head) for one in self.report.columns], Ink.HEAD),
            index=self.rows.index,
            empty=_("Nothing of this kind on these days."),
        )
        self._focus()

    def _line(self, cells: list[str], ink: Ink = Ink.PLAIN) -> Line:
        parts, place = [], _LEFT
        for said, one in zip(cells, self.report.columns, strict=True):
            if one.screen:
                parts.append(cell(place, said, one.screen + 1, ink))
                place += one.screen + 1
        return line(*parts)

    def _focus(self) -> None:
        """The whole of the line in focus; its long cells go over the rows below the list."""
        current = self.current
        told: list[Line] = [()]
        if current is not None:
            words = "   ".join(
                f"{_(one.head)}: {shown(said)}"
                for one, said in zip(self.report.columns, current.cells, strict=True)
                if shown(said) and not one.drawn
            )
            told += [line(at(_LEFT, "", Ink.DIM), *one) for one in cards.wrapped(words, 75)]
        self.below.show(told[:_BELOW])
        opens = current is not None and current.opens
        self.ask(_QUESTIONS[opens] if self.lines else N_("Esc = other days"))

    # ---- keys

    async def typed(self, key: str, character: str | None) -> bool:
        if self.lines and key == "f5":
            await self._print()
            return True
        if self.lines and character == "4":
            await self._write()
            return True
        answer = self.rows.press(key)
        if answer.kind is RowsKind.TAKE:
            await self._open(self.lines[answer.index])
        elif answer.kind is not RowsKind.IGNORED:
            self.quiet()
            self._focus()
        return answer.kind is not RowsKind.IGNORED

    async def _open(self, row: Row) -> None:
        """The visit, the parcel or the find behind a line, or the prisoner it is about."""
        if row.number:
            await self.kiosk.go("departure", f"{row.number}-1")
        elif row.parcel_id is not None:
            await self.kiosk.go("parcel", row.parcel_id)
        elif row.find_id is not None:
            await self.kiosk.go("find_record", row.find_id)
        elif row.prisoner_id is not None:
            await self.kiosk.go("prisoner", row.prisoner_id)

    async def _print(self) -> None:
        """In the site's first language, whatever the screen shows."""
        asked = self.asked
        assert asked is not None
        said = await self.kiosk.read(
            lambda desk: paper.said(Writing(desk, asked, desk.languages[0]))
        )
        await self.kiosk.write(report_access.order_paper, self.kiosk.signed_in, asked, *said)
        self.say(DONE, N_("The report is printing."))

    async def _write(self) -> None:
        """Into the state folder, all of it, in the language of the screen."""
        asked, language = self.asked, text.language()
        assert asked is not None
        file = _new_name(self.kiosk.settings.place("exports"), asked.name, asked)
        await self._take(asked, ReportForm.CSV)

        def write(desk: Desk) -> None:
            writing = Writing(desk, asked, language)
            with output.new_file(file) as out:
                output.write(REPORTS[asked.name], writing, ReportForm.CSV, out, file.parent)

        await self.kiosk.read(write)
        self.say(DONE, N_("Written: {file}"), file=shorten(f"exports/{file.name}", 60))


def _brief(cell: Cell) -> str:
    """A cell of the list; the line in focus has it whole below."""
    return cell.short if isinstance(cell, Name) else shown(cell)


def _new_name(folder: Path, name: ReportName, asked: ReportAsked) -> Path:
    """A name that no file has yet: those of before are never overwritten."""
    folder.mkdir(mode=0o700, exist_ok=True)
    stem = f"{name}-{asked.from_day}-{asked.to_day}"
    names = (stem if number == 1 else f"{stem}-{number}" for number in count(1))
    return next(path for path in (folder / f"{one}.csv" for one in names) if not path.exists())
