"""How a form looks: its entries as lines of the screen's grid."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from kiosk.widgets.choices import Choice, Choosing, Option
from kiosk.widgets.entry import Entry
from kiosk.widgets.field import Field
from kiosk.widgets.ink import Ink
from kiosk.widgets.lines import EMPTY, At, Line, at, drawable, line, marked, shorten

MARK, LABEL, FIELD, BESIDE = 1, 3, 20, 52
LABEL_WIDTH = 17
FIELD_WIDTH = 30
BESIDE_WIDTH = 28
LIST_WIDTH = 60
NOTE = 35  # where the note of a found line begins, from its label on
LIST_LINES = 15

_HEADING, _BLANK = -1, -2


class Drawing:
    """Places fields and section headings on rows, and scrolls when there are more."""

    def __init__(self, rows: int) -> None:
        self._rows = rows
        self._places: list[tuple[int, str]] = []
        self._top = 0

    def begin(self, fields: Sequence[Field]) -> None:
        """Lay out these fields: one a row, a heading before each section."""
        self._places = []
        for index, field in enumerate(fields):
            if field.section:
                if self._places:
                    self._places.append((_BLANK, ""))
                self._places.append((_HEADING, field.section))
            self._places.append((index, ""))
        self._top = 0

    def lines(
        self,
        entries: Sequence[Entry],
        current: int,
        evidence: Mapping[str, str],
        options: Sequence[Option],
        option: int | None,
        *,
        beside: bool,
        translate: Callable[[str], str],
    ) -> list[Line]:
        """The rows of the form.

        `options` are shown in the evidence column (`beside`) or as a list below the current
        field; `option` is the one in focus.
        """
        row = self._scroll_to(current)
        drawn = [
            self._place(place, heading, entries, current, evidence, translate)
            for place, heading in self._places[self._top : self._top + self._rows]
        ]
        drawn += [EMPTY] * (self._rows - len(drawn))
        if options and beside:
            self._draw_beside(drawn, row, entries[current], options, option)
        elif options:
            self._draw_list(drawn, row, options, option)
        return drawn

    def _scroll_to(self, current: int) -> int:
        """Bring the current field into view; its row."""
        row = next((i for i, (place, _h) in enumerate(self._places) if place == current), 0)
        if row < self._top:
            # With its heading, when that is what stands above it.
            self._top = row - 1 if row and self._places[row - 1][0] == _HEADING else row
        elif row >= self._top + self._rows:
            self._top = row - self._rows + 1
        return row - self._top

    def _place(
        self,
        place: int,
        heading: str,
        entries: Sequence[Entry],
        current: int,
        evidence: Mapping[str, str],
        translate: Callable[[str], str],
    ) -> Line:
        if place == _BLANK:
            return EMPTY
        if place == _HEADING:
            return line(at(LABEL, translate(heading), Ink.HEAD))
        entry = entries[place]
        mark, mark_ink = _mark(entry)
        label = shorten(translate(entry.field.label), LABEL_WIDTH - 1)
        shown = _focused(entry) if place == current else _resting(entry)
        parts = [at(MARK, mark, mark_ink), at(LABEL, label), *shown]
        beside = evidence.get(entry.field.name, "")
        if beside:
            text = shorten(beside, BESIDE_WIDTH)
            parts += marked(BESIDE, text, Ink.PLAIN, entry.marked.beside)
        return line(*parts)

    def _draw_beside(
        self,
        drawn: list[Line],
        row: int,
        entry: Entry,
        options: Sequence[Option],
        option: int | None,
    ) -> None:
        """Choices in the evidence column, from the field down, or higher for want of room."""
        first, last = _window(len(options), min(LIST_LINES, self._rows), option)
        top = max(0, min(row, self._rows - (last - first)))
        numbers = {
            one.code: place
            for place, one in enumerate(getattr(entry.field, "options", ()), 1)
            if isinstance(entry.field, Choice) and place <= 9
        }
        for place in range(first, last):
            one = options[place]
            number = numbers.get(one.code)
            text = f"{number} {one.label}" if number else f"  {one.label}"
            ink = Ink.FOCUS if place == option else Ink.PLAIN
            mark = ">" if place == option else " "
            y = top + place - first
            drawn[y] = line(
                *drawn[y],
                at(BESIDE - 1, mark),
                at(BESIDE, shorten(text, BESIDE_WIDTH).ljust(BESIDE_WIDTH), ink),
            )

    def _draw_list(
        self, drawn: list[Line], row: int, options: Sequence[Option], option: int | None
    ) -> None:
        """Found lines below the field, over whatever stands there; above it near the end."""
        count = len(options)
        below, above = self._rows - row - 1, row
        top = (
            row + 1 if below >= min(count, above) or below >= count else row - min(count, above)
        )
        room = below if top > row else above
        first, last = _window(count, min(LIST_LINES, room), option)
        for place in range(first, last):
            one = options[place]
            text = one.label
            if one.note:
                text = f"{shorten(one.label, NOTE - 1):<{NOTE}}{one.note}"
            ink = Ink.FOCUS if place == option else Ink.PLAIN
            mark = ">" if place == option else " "
            y = top + place - first
            drawn[y] = line(
                *drawn[y],
                at(FIELD - 2, f"{mark} "),
                at(FIELD, shorten(text, LIST_WIDTH).ljust(LIST_WIDTH), ink),
            )


def _window(count: int, room: int, focus: int | None) -> tuple[int, int]:
    """Which of `count` lines to show in `room`, so that the one in focus is among them."""
    if count <= room:
        return 0, count
    first = max(0, min((focus or 0) - room // 2, count - room))
    return first, first + room


def _mark(entry: Entry) -> tuple[str, Ink]:
    if entry.wrong is not None or (entry.doubt is not None and not entry.doubt_confirmed):
        return "!", Ink.BAD
    if entry.field.required and entry.empty and not entry.field.read_only:
        return "*", Ink.WARN
    return " ", Ink.PLAIN


def _shown(entry: Entry) -> str:
    return drawable(entry.field.drawn(entry.text)).text


def _marked(entry: Entry) -> frozenset[int]:
    """The columns of what is drawn that are to be compared; a choice is so as a whole."""
    if not entry.marked.value:
        return frozenset()
    if isinstance(entry.field, Choosing):
        return frozenset(range(len(_shown(entry))))
    text = entry.text
    return frozenset(
        entry.field.column(text, place) for place in entry.marked.value if place < len(text)
    )


def _resting(entry: Entry) -> list[At]:
    if entry.field.read_only and not entry.text:
        return []
    ink = Ink.DIM if entry.proposed or not entry.text else Ink.PLAIN
    return marked(FIELD, shorten(_shown(entry), FIELD_WIDTH), ink, _marked(entry))


def _focused(entry: Entry) -> list[At]:
    """The current field: in reverse, and the cell of the cursor not."""
    shown = _shown(entry)
    column = entry.field.column(entry.text, entry.at)
    # A long text slides, so that the cursor stays inside the field.
    start = max(0, column - FIELD_WIDTH + 1)
    window = shown[start : start + FIELD_WIDTH].ljust(FIELD_WIDTH)
    column -= start
    # Behind the text a line to type on; within it the letter itself, out of reverse.
    cursor = window[column] if entry.at < len(entry.text) else "_"
    places = _marked(entry)
    if places:
        bar = marked(FIELD, window, Ink.FOCUS, {place - start for place in places})
        return [*bar[:column], at(FIELD + column, cursor), *bar[column + 1 :]]
    return [
        at(FIELD, window[:column], Ink.FOCUS),
        at(FIELD + column, cursor),
        at(FIELD + column + 1, window[column + 1 :], Ink.FOCUS),
    ]
