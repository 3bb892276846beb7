"""Taking in a list of prisoners: first what it would change, then all of it at once.

A line is matched by file number, birth year and surname; whatever does not fit is named and
left to a person. Nobody is ever deleted: who is not on the list is named.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import islice
from pathlib import Path
from uuid import UUID

from kiosk.codes import Action, Condition, Regime, Status
from kiosk.lists.faults import Fault, Rejected, rejected
from kiosk.lists.prisoners import PrisonerLine, PrisonerList, read
from kiosk.models import ImportBatch
from kiosk.models.engine import RegisterFile
from kiosk.names import keys
from kiosk.services import prisoner_events, prisoners
from kiosk.services.desk import Desk
from kiosk.services.duty import must_administer
from kiosk.services.entry import Entry, entry, moment
from kiosk.services.prisoner_match import Difference, Known, Register, lacking, number_key
from kiosk.text import N_
from kiosk.values import Officer, PrisonerEntry
from kiosk.values.imports import Change, ListPreview, NewOne

# Of one audit entry: its rows are held until its digest is made.
_AT_ONCE = 500
# MiB of pages held meanwhile; with the usual two, each index page is unsealed many times.
_ROOM = 32


@dataclass(frozen=True, slots=True)
class _Plan:
    """What is to be written, beside what is to be shown."""

    shown: ListPreview
    new: Sequence[tuple[PrisonerLine, int]] = field(repr=False)
    changed: Sequence[tuple[PrisonerLine, Known, Difference]] = field(repr=False)


def look(desk: Desk, officer: Officer, path: Path) -> tuple[PrisonerList, ListPreview]:
    """A file as a list, and what it would change. An administrator does this.

    Takes seconds for a very long one. Raises Invalid for a file that is no such list.
    """
    must_administer(officer)
    read_list = read(path, desk.day())
    return read_list, preview(desk, read_list)


def preview(desk: Desk, read_list: PrisonerList) -> ListPreview:
    """What the list would change now. Nothing is written."""
    return _plan(desk, read_list, moment(desk)).shown


def apply(desk: Desk, officer: Officer, read_list: PrisonerList) -> ListPreview:
    """Record the lines that may be taken, all of them or none. An administrator does this.

    One transaction of several audit entries, so whoever else writes waits for it (some
    seconds for a very long list). Gives what was recorded, and the lines that were not.
    """
    must_administer(officer)
    file: RegisterFile = ImportBatch._meta.database
    with file.room(_ROOM), file.atomic():
        plan = _plan(desk, read_list, moment(desk))
        if plan.shown.writes:
            _write(desk, officer, read_list, plan)
        return plan.shown


def _plan(desk: Desk, read_list: PrisonerList, at: int) -> _Plan:
    register = Register(desk, at)
    new: list[tuple[PrisonerLine, int]] = []
    changed: list[tuple[PrisonerLine, Known, Difference]] = []
    refused = list(read_list.rejected)
    unchanged = 0
    for line in read_list.lines:
        try:
            known = register.find(line)
            difference = register.difference(line, known) if known is not None else None
        except Fault as fault:
            refused.append(_refused(read_list, line, "file_no", fault))
            continue
        if known is None or difference is None:
            lacks = lacking(line)
            if lacks is None:
                new.append((line, register.since(line)))
            else:
                new_one = Fault(N_("It is missing, and the prisoner is new."))
                refused.append(_refused(read_list, line, lacks, new_one))
        elif difference.fields:
            changed.append((line, known, difference))
        else:
            unchanged += 1
    named = {number_key(number) for number in read_list.named}
    missing = sorted(
        known.file_number
        for known in register.all()
        if known.is_here and number_key(known.file_number) not in named
    )
    shown = ListPreview(
        new=tuple(
            NewOne(line.line, line.file_number, _name(line), line.birth_year)
            for line, _since in new
        ),
        changed=tuple(
            Change(line.line, known.prisoner_id, known.file_number, difference.fields)
            for line, known, difference in changed
        ),
        unchanged=unchanged,
        rejected=tuple(sorted(refused, key=lambda one: one.line)),
        missing=tuple(missing),
    )
    return _Plan(shown, new, changed)


def _write(desk: Desk, officer: Officer, read_list: PrisonerList, plan: _Plan) -> None:
    new, changed = iter(plan.new), iter(plan.changed)
    batch: UUID | None = None
    # Given names and patronymics are few; their words are found once.
    words_of = cache(keys)
    while True:
        some_new = list(islice(new, _AT_ONCE))
        some_changed = list(islice(changed, _AT_ONCE - len(some_new)))
        if not some_new and not some_changed:
            return
        with entry(desk, Action.IMPORT_PRISONERS, officer=officer) as e:
            if batch is None:
                batch = e.add(
                    ImportBatch,
                    kind="prisoners",
                    file_hash=read_list.file_hash,
                    rows=read_list.rows,
                    rejected=len(plan.shown.rejected),
                    staff_id=officer.staff_id,
                )
            e.object_id = batch
            entered = [(_entry(line), since) for line, since in some_new]
            prisoners.record_all(desk, e, officer, entered, batch, words_of)
            for line, known, difference in some_changed:
                _change(desk, e, officer, line, known, difference, batch)


def _change(
    desk: Desk,
    e: Entry,
    officer: Officer,
    line: PrisonerLine,
    known: Known,
    difference: Difference,
    batch: UUID,
) -> None:
    if difference.renamed:
        told = PrisonerEntry(
            file_number=known.file_number,
            surname=line.surname or known.surname,
            given=line.given or known.given,
            patronymic=line.patronymic or known.patronymic,
            birth_year=known.birth_year,
            sex=line.sex or known.sex,
            category=known.standing.category,
            regime=known.standing.regime,
            condition=known.standing.condition,
            unit=known.standing.unit,
        )
        prisoners.write_detail(desk, e, known.prisoner_id, told, batch)
    for new in difference.events:
        prisoner_events.add(desk, e, officer, known.prisoner_id, new)


def _entry(line: PrisonerLine) -> PrisonerEntry:
    """Of somebody new, of whom `lacking` misses nothing."""
    assert line.sex is not None
    assert line.category is not None
    return PrisonerEntry(
        file_number=line.file_number,
        surname=line.surname,
        given=line.given,
        patronymic=line.patronymic,
        birth_year=line.birth_year,
        sex=line.sex,
        category=line.category,
        # On remand there is none; it says nothing until a sentence does.
        regime=line.regime or Regime.GENERAL,
        # Whoever comes to a colony begins in ordinary conditions.
        condition=line.condition or Condition.ORDINARY,
        unit=line.unit,
        status=line.status or Status.PRESENT,
    )


def _name(line: PrisonerLine) -> str:
    return " ".join(part for part in (line.surname, line.given, line.patronymic) if part)


def _refused(
    read_list: PrisonerList, line: PrisonerLine, column: str, fault: Fault
) -> Rejected:
    return rejected(line.line, column, read_list.heads.get(column, column), fault)


__all__ = ["apply", "look", "preview"]
