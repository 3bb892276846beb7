"""The catalogue from a file: what it would change is said first, then taken in.

A line that says what the catalogue says already changes nothing, so a file may be taken in
twice. A change begins on the day the line names, or today where that day is past: what was
decided by the old row stays as it was.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from kiosk.codes import Action, Allowed
from kiosk.lists.catalogue import (
    HEADS,
    CatalogueLine,
    CatalogueList,
    cells_of,
    read,
)
from kiosk.lists.faults import Fault, Rejected, rejected
from kiosk.models import ImportBatch
from kiosk.services.desk import Desk
from kiosk.services.duty import must_supervise
from kiosk.services.entry import day_now, entry
from kiosk.services.goods import catalogue
from kiosk.services.goods.catalogue_codes import clashes
from kiosk.text import N_
from kiosk.values import Officer
from kiosk.values.goods import CatalogueEntry
from kiosk.values.imports import CataloguePreview, FieldChange, NewThing, ThingChange


def look(desk: Desk, officer: Officer, path: Path) -> tuple[CatalogueList, CataloguePreview]:
    """A file as a list, and what it would change. Supervisor, administrator.

    Raises Invalid for a file that is no such list.
    """
    must_supervise(officer)
    things = read(path)
    return things, preview(desk, things)


def preview(desk: Desk, things: CatalogueList) -> CataloguePreview:
    """What the list would change now. Nothing is written."""
    return _plan(desk, things, day_now(desk))[0]


def apply(desk: Desk, officer: Officer, things: CatalogueList) -> CataloguePreview:
    """Record the lines that are right, all or none of them. Supervisor, administrator."""
    must_supervise(officer)
    with entry(desk, Action.IMPORT_CATALOGUE, officer=officer) as e:
        shown, planned = _plan(desk, things, e.day)
        if planned:
            e.object_id = e.add(
                ImportBatch,
                kind="catalogue",
                file_hash=things.file_hash,
                rows=things.rows,
                rejected=len(shown.rejected),
                staff_id=officer.staff_id,
            )
            catalogue.add_all(e, officer, [one.entry for one in planned])
        return shown


# ---- what a list would change


@dataclass(frozen=True, slots=True)
class _Planned:
    """`entry.valid_from` is the day on which it begins; `before` is the row it replaces."""

    line: int
    entry: CatalogueEntry
    before: CatalogueEntry | None


def _plan(
    desk: Desk, things: CatalogueList, today: date
) -> tuple[CataloguePreview, Sequence[_Planned]]:
    days = _Days(desk)
    planned: list[_Planned] = []
    unchanged = 0
    for line in things.lines:
        one = _planned(days, line, today)
        if one is None:
            unchanged += 1
        else:
            planned.append(one)
    clashing = _clashing(desk, planned, things)
    refused = sorted((*things.rejected, *clashing.values()), key=lambda one: one.line)
    kept = [one for one in planned if one.line not in clashing]
    shown = CataloguePreview(
        tuple(_new(one) for one in kept if one.before is None),
        tuple(_changed(one, one.before) for one in kept if one.before is not None),
        unchanged,
        tuple(refused),
        tuple(one.code for one in days.on(today) if one.code not in things.named),
    )
    return shown, kept


def _planned(days: _Days, line: CatalogueLine, today: date) -> _Planned | None:
    """None: the catalogue says the same on the day on which the line begins."""
    since = max(line.entry.valid_from or today, today)
    entry = replace(line.entry, valid_from=since)
    before = next((one for one in days.on(since) if one.code == entry.code), None)
    if before is None and entry.allowed is Allowed.WITHDRAWN:
        return None
    if before is not None and _same(before, entry):
        return None
    return _Planned(line.line, entry, before)


def _same(before: CatalogueEntry, after: CatalogueEntry) -> bool:
    return after == replace(
        before, catalogue_id=after.catalogue_id, valid_from=after.valid_from
    )


def _new(one: _Planned) -> NewThing:
    assert one.entry.valid_from is not None
    return NewThing(one.line, one.entry.code, one.entry.name, one.entry.valid_from)


def _changed(one: _Planned, before: CatalogueEntry) -> ThingChange:
    assert one.entry.valid_from is not None
    return ThingChange(
        one.line, one.entry.code, one.entry.valid_from, tuple(_fields(before, one.entry))
    )


def _fields(before: CatalogueEntry, after: CatalogueEntry) -> Iterator[FieldChange]:
    for column, old, new in zip(HEADS, cells_of(before), cells_of(after), strict=True):
        if old != new and column != "valid_from":
            yield FieldChange(column, old, new)


def _clashing(
    desk: Desk, planned: Sequence[_Planned], things: CatalogueList
) -> dict[int, Rejected]:
    """Planned lines that cannot stand beside others, by line.

    Without such a line the old row stays, which may clash with another line: so it is looked
    at again until nothing does.
    """
    found: dict[int, Rejected] = {}
    firsts: dict[tuple[str, date | None], int] = {}
    for one in planned:
        first = firsts.setdefault((one.entry.code, one.entry.valid_from), one.line)
        if first != one.line:
            fault = Fault(N_("The same stands in line {line} as well."), line=first)
            found[one.line] = rejected(one.line, "code", _head(things, "code"), fault)
    while True:
        left = [one for one in planned if one.line not in found]
        lines = {id(one.entry): one.line for one in left}
        clashing = clashes(desk, [one.entry for one in left])
        if not clashing:
            return found
        for clash in clashing:
            line = lines[id(clash.entry)]
            fault = Fault(catalogue.TAKEN, code=clash.code, other=clash.other.code)
            found[line] = rejected(line, clash.column, _head(things, clash.column), fault)


def _head(things: CatalogueList, column: str) -> str:
    return things.heads.get(column, column)


class _Days:
    """What the catalogue says on a day, asked once each."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._known: dict[date, tuple[CatalogueEntry, ...]] = {}

    def on(self, day: date) -> tuple[CatalogueEntry, ...]:
        if day not in self._known:
            self._known[day] = catalogue.in_force(self._desk, day)
        return self._known[day]
