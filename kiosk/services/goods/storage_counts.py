"""How many parcels stand in the storage, for the menu and the head of the storage list."""

from __future__ import annotations

from datetime import timedelta
from typing import cast

from kiosk.clock import local_day
from kiosk.codes import CaseState
from kiosk.models import Case, CaseNow
from kiosk.rules.days import start_of
from kiosk.services.desk import Desk
from kiosk.services.entry import moment
from kiosk.values import StorageCounts

SOON = 6 * 3_600_000  # ms; what spoils within six hours is handed over first


def counts(desk: Desk) -> StorageCounts:
    """Those that wait for their prisoners, and those that go back to their senders."""
    now = moment(desk)
    oldest = start_of(local_day(now, desk.zone) - timedelta(days=desk.keep_days), desk.zone)
    query = (
        CaseNow.select(CaseNow.state, CaseNow.due_at, Case.at)
        .join(Case, on=(Case.id == CaseNow.case_id))
        .where(CaseNow.is_open, CaseNow.state.in_((CaseState.STORED, CaseState.TO_RETURN)))
    )
    rows = cast("list[tuple[str, int | None, int]]", list(query.tuples()))
    on_shelf = [(due, at) for state, due, at in rows if state == CaseState.STORED]
    left = [due - now for due, _at in on_shelf if due is not None]
    return StorageCounts(
        stored=len(on_shelf),
        past=sum(1 for one in left if one <= 0),
        soon=sum(1 for one in left if 0 < one <= SOON),
        too_long=sum(1 for _due, at in on_shelf if at < oldest),
        to_return=len(rows) - len(on_shelf),
    )
