"""Which cases two persons let in against the rules: who asked, who signed, and why.

Who may see it is asked in `services.report_access`, through which screens and commands come.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any, cast
from uuid import UUID

from peewee import JOIN

from kiosk.clock import local_day
from kiosk.codes import Outcome, Series, Verdict
from kiosk.models import Case, Decision, Note, PrisonerDetail
from kiosk.rules.kinds import GOODS
from kiosk.services.decision_record import reason_of
from kiosk.services.desk import Desk
from kiosk.services.goods.package_register import items_of
from kiosk.services.numbered import moments
from kiosk.services.register_numbers import numbers_of
from kiosk.services.reviews import visitors_of
from kiosk.services.staff import names_of
from kiosk.values import Name, Overridden


def between(desk: Desk, from_day: date, to_day: date) -> tuple[Overridden, ...]:
    """Every override of the days from the first to the last, both included, in their order."""
    after, end = moments(desk, from_day, to_day)
    query = (
        Decision.select(
            Decision.case_id,
            Decision.at,
            Decision.reasons,
            Decision.ground,
            Decision.staff_id,
            Decision.second_id,
            Case.service,
            PrisonerDetail.surname,
            PrisonerDetail.given,
            PrisonerDetail.patronymic,
            PrisonerDetail.file_number,
        )
        .join(Case, on=(Case.id == Decision.case_id))
        .join(
            PrisonerDetail, JOIN.LEFT_OUTER, on=(PrisonerDetail.id == Case.prisoner_detail_id)
        )
        .where(Decision.result == Outcome.OVERRIDDEN, Decision.id > after, Decision.id < end)
        .order_by(Decision.id)
    )
    rows = cast("list[dict[str, Any]]", list(query.dicts()))
    case_ids = [row["case_id"] for row in rows]
    numbers, visitors, words = numbers_of(case_ids), visitors_of(case_ids), _words(case_ids)
    things = items_of([row["case_id"] for row in rows if row["service"] in GOODS])
    staff = names_of({row[who] for row in rows for who in ("staff_id", "second_id")})
    return tuple(
        Overridden(
            case_id=row["case_id"],
            number=_number(numbers[row["case_id"]]),
            at=row["at"],
            day=local_day(row["at"], desk.zone),
            service=row["service"],
            prisoner=Name(row["surname"] or "", row["given"] or "", row["patronymic"] or ""),
            file_number=row["file_number"] or "",
            visitors=tuple(visitors.get(row["case_id"], ())),
            reasons=tuple(
                reason_of(kept) for kept in row["reasons"] if not kept.get("condition")
            ),
            ground=row["ground"],
            words=words.get(row["case_id"], ""),
            asker=staff.get(row["staff_id"], ""),
            second=staff.get(row["second_id"], ""),
            things=tuple(
                one
                for one in things.get(row["case_id"], ())
                if one.verdict is Verdict.ACCEPT and one.rule
            ),
        )
        for row in rows
    )


def _number(numbers: Mapping[Series, str]) -> str:
    """That of the visit, or of what was brought."""
    return numbers.get(Series.VISIT) or numbers.get(Series.PACKAGE, "")


def _words(case_ids: Collection[UUID]) -> dict[UUID, str]:
    """What the two said in words: the first note of the case."""
    notes = Note.select().where(Note.case_id.in_(list(case_ids))).order_by(Note.id.desc())
    return {note.case_id: note.text for note in notes}
