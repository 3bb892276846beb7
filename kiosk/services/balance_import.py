"""Taking over what the paper journals counted, so that a year begun on paper goes on right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from uuid import UUID

from kiosk.codes import Action, LedgerKind
from kiosk.errors import Refused
from kiosk.lists.balances import BalanceLine, BalanceList, read
from kiosk.lists.faults import Fault, rejected
from kiosk.models import ImportBatch
from kiosk.models.engine import RegisterFile
from kiosk.services import balances, ledger, same
from kiosk.services.adjusting import review_if_below
from kiosk.services.desk import Desk
from kiosk.services.duty import must_administer
from kiosk.services.entry import entry, moment
from kiosk.services.prisoner_match import Register
from kiosk.text import N_
from kiosk.values import Officer
from kiosk.values.imports import BalancePreview

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class _Planned:
    line: BalanceLine
    prisoner_id: UUID
    counts_on: date


def look(desk: Desk, officer: Officer, path: Path) -> tuple[BalanceList, BalancePreview]:
    """A file as a list, and what it would change. An administrator does this.

    Raises Invalid for a file that is no such list.
    """
    must_administer(officer)
    read_list = read(path)
    return read_list, preview(desk, read_list)


def preview(desk: Desk, read_list: BalanceList) -> BalancePreview:
    """What the list would change now. Nothing is written."""
    return _plan(desk, read_list)[0]


def apply(desk: Desk, officer: Officer, read_list: BalanceList) -> BalancePreview:
    """Record the counts that may be taken, all or none. An administrator does this.

    The same list may be taken in twice: a count is replaced, not added. Visits that are planned
    on a balance now below zero come up for review.
    """
    must_administer(officer)
    file: RegisterFile = ImportBatch._meta.database
    with file.atomic():
        shown, planned = _plan(desk, read_list)
        batch: UUID | None = None
        for start in range(0, len(planned), _AT_ONCE):
            with entry(desk, Action.OPEN_BALANCE, officer=officer) as e:
                if batch is None:
                    batch = e.add(
                        ImportBatch,
                        kind="balances",
                        file_hash=read_list.file_hash,
                        rows=read_list.rows,
                        rejected=len(shown.rejected),
                        staff_id=officer.staff_id,
                    )
                e.object_id = batch
                for one in planned[start : start + _AT_ONCE]:
                    line_id = ledger.open_balance(
                        e,
                        officer,
                        one.prisoner_id,
                        one.line.service,
                        one.counts_on,
                        one.line.pieces,
                        one.line.grams,
                    )
                    if line_id is not None:
                        review_if_below(desk, e, one.prisoner_id, one.line.service, line_id)
        return shown


def _plan(desk: Desk, read_list: BalanceList) -> tuple[BalancePreview, Sequence[_Planned]]:
    at = moment(desk)
    register = Register(desk, at)
    planned: list[_Planned] = []
    refused = list(read_list.rejected)
    new = changed = unchanged = 0
    for line in read_list.lines:
        try:
            prisoner_id = register.holder(line.file_number)
            counts_on = _counts_on(desk, prisoner_id, line, at)
        except Fault as fault:
            head = read_list.heads.get("file_no", "file_no")
            refused.append(rejected(line.line, "file_no", head, fault))
            continue
        before = _opened(prisoner_id, line, counts_on)
        if before == (line.pieces, line.grams):
            unchanged += 1
            continue
        planned.append(_Planned(line, prisoner_id, counts_on))
        if before == (0, 0):
            new += 1
        else:
            changed += 1
    refused.sort(key=lambda one: one.line)
    return BalancePreview(new, changed, unchanged, tuple(refused)), planned


def _counts_on(desk: Desk, prisoner_id: UUID, line: BalanceLine, at: int) -> date:
    try:
        return balances.period_start(desk, prisoner_id, line.service, at)
    except Refused as refusal:
        raise Fault(N_("No rule says how this is counted for this prisoner.")) from refusal


def _opened(prisoner_id: UUID, line: BalanceLine, counts_on: date) -> tuple[int, int]:
    """Pieces and grams that were brought before, and not undone."""
    rows = ledger.lines_of(same.group(prisoner_id), since=counts_on)
    undone = {row.reverses for row in rows}
    brought = [
        row
        for row in rows
        if row.kind == LedgerKind.OPENING
        and row.service == line.service
        and row.counts_on == counts_on
        and row.id not in undone
    ]
    return sum(row.pieces for row in brought), sum(row.grams for row in brought)
