"""A day at the gatehouse, and its registers as they are read and written."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from kiosk.codes import (
    OverrideGround,
    ReportForm,
    ReportName,
    VisitOutcome,
    VoidReason,
)
from kiosk.reports import REPORTS, output
from kiosk.reports.table import Writing, shown
from kiosk.services import (
    departures,
    outcomes,
    visits,
)
from kiosk.values import Override
from kiosk.values.reports import ReportAsked

from .gatehouse import Gatehouse

DAY = date(2026, 3, 6)


def live_through_the_day(gatehouse: Gatehouse) -> None:
    prisoner = gatehouse.prisoner()
    early, late = gatehouse.visitor("Асанова"), gatehouse.visitor("Беков")
    pair = gatehouse.visit(prisoner, early, late)
    gatehouse.at(2026, 3, 6, 10, 15)
    members = {one.name.surname: one.member_id for one in gatehouse.inside()}
    leave(gatehouse, pair.case_id, members["Асанова"], VisitOutcome.LEFT_EARLY_VISITOR)
    gatehouse.at(2026, 3, 6, 12, 40)
    leave(gatehouse, pair.case_id, members["Беков"], VisitOutcome.NORMAL)

    banned, wife = gatehouse.visitor("Ван"), gatehouse.visitor("Гапарова")
    gatehouse.ban(banned)
    to_other = gatehouse.prisoner("Осмонов")
    gatehouse.visit(to_other, wife, banned)
    gatehouse.refuse(gatehouse.request(to_other, banned))

    request = gatehouse.request(gatehouse.prisoner("Токтосунов"), banned)
    seen = gatehouse.propose(request).decision
    signed = Override(gatehouse.supervisor, OverrideGround.DEATH, "Похороны")
    gatehouse.do(visits.admit, gatehouse.officer, request, seen, signed)

    wrong = gatehouse.visit(gatehouse.prisoner("Үсөнов"), gatehouse.visitor("Дүйшеева"))
    leave(gatehouse, wrong.case_id, None, VisitOutcome.NORMAL)
    gatehouse.do(outcomes.void, gatehouse.supervisor, wrong.case_id, VoidReason.WRONG_PRISONER)


def leave(
    gatehouse: Gatehouse, case_id: UUID, member_id: UUID | None, how: VisitOutcome
) -> None:
    members = None if member_id is None else [member_id]
    gatehouse.do(departures.leave, gatehouse.officer, case_id, members, how)


def asked(name: ReportName, **told: Any) -> ReportAsked:
    return ReportAsked(name, DAY, DAY, **told)


def table(
    gatehouse: Gatehouse, name: ReportName, language: str = "en", **told: object
) -> list[tuple[str, ...]]:
    writing = Writing(gatehouse.desk, asked(name, **told), language)
    rows = gatehouse.db.run_read(lambda: list(REPORTS[name].rows(writing)))
    return [tuple(shown(cell) for cell in row.cells) for row in rows]


def written(
    gatehouse: Gatehouse, name: ReportName, form: ReportForm, folder: Path, **told: object
) -> bytes:
    writing = Writing(gatehouse.desk, asked(name, **told), "ky")
    out = io.BytesIO()
    gatehouse.db.run_read(output.write, REPORTS[name], writing, form, out, folder)
    return out.getvalue()
