"""The register of finds: what was found, where it was hidden, with whom, and who got it.

Who may see it is asked in `services.report_access`, through which screens and commands come.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import date
from typing import Any
from uuid import UUID

from kiosk.clock import local_day
from kiosk.codes import Series
from kiosk.models import (
    AuditEntry,
    Find,
    FindAct,
    FindThing,
    PersonDetail,
    PrisonerDetail,
    RegisterNumber,
)
from kiosk.services.called import called
from kiosk.services.desk import Desk
from kiosk.services.endings import lasting
from kiosk.services.goods import find_papers
from kiosk.services.numbered import given, moments
from kiosk.services.register_numbers import numbers_of, shown
from kiosk.services.staff import names_of
from kiosk.values import Name
from kiosk.values.goods_reports import FindEntry, ThingFound


def finds(desk: Desk, from_day: date, to_day: date) -> Iterator[FindEntry]:
    """Every find with a number of these days, both included, in the order of the numbers."""
    after, end = moments(desk, from_day, to_day)
    while rows := _rows(desk, after, end):
        after = rows[-1]["id"]
        yield from _entries(desk, rows)


def _rows(desk: Desk, after: UUID, end: UUID) -> list[dict[str, Any]]:
    query = RegisterNumber.select(
        RegisterNumber.id,
        RegisterNumber.period,
        RegisterNumber.no,
        RegisterNumber.object_id,
        AuditEntry.at.alias("numbered_at"),
        Find.case_id,
        Find.person_id,
        Find.prisoner_id,
        Find.channel,
        Find.at,
        Find.found_by,
    ).join(Find, on=(Find.id == RegisterNumber.object_id))
    return given(query, desk, Series.FIND, after, end)


def _entries(desk: Desk, rows: list[dict[str, Any]]) -> Iterator[FindEntry]:
    find_ids = [row["object_id"] for row in rows]
    things = _things(find_ids)
    standing = {row.id for row in lasting(Find, Find.id.in_(find_ids))}
    acts = {row.find_id: row for row in FindAct.select().where(FindAct.find_id.in_(find_ids))}
    numbers = numbers_of({row["case_id"] for row in rows if row["case_id"]})
    people = find_papers.people_of({row["person_id"] for row in rows if row["person_id"]})
    prisoners = find_papers.prisoners_of(
        {row["prisoner_id"] for row in rows if row["prisoner_id"]}
    )
    officers = names_of({row["found_by"] for row in rows})
    for row in rows:
        act = acts.get(row["object_id"])
        prisoner = prisoners.get(row["prisoner_id"])
        yield FindEntry(
            find_id=row["object_id"],
            number=shown(Series.FIND, row["period"], row["no"]),
            day=local_day(row["numbered_at"], desk.zone),
            at=row["at"],
            channel=row["channel"],
            case_number=_first(numbers, row["case_id"]),
            person=_name(people.get(row["person_id"])),
            prisoner=_name(prisoner),
            file_number=prisoner.file_number if prisoner is not None else "",
            things=tuple(things[row["object_id"]]),
            found_by=officers.get(row["found_by"], ""),
            act_no=act.act_no if act is not None else "",
            article=act.article if act is not None else "",
            passed_to=act.passed_to if act is not None else None,
            fine_tyiyn=act.fine_tyiyn if act is not None else None,
            seal_no=(act.seal_no or "") if act is not None else "",
            taken_back=row["object_id"] not in standing,
        )


def _first(numbers: dict[UUID, dict[Series, str]], case_id: UUID | None) -> str:
    """V or P before the R of what was refused besides."""
    of_case = numbers.get(case_id, {}) if case_id is not None else {}
    ordered = sorted(of_case.items(), key=lambda one: one[0] is Series.REFUSAL)
    return next((number for _series, number in ordered), "")


def _things(find_ids: Collection[UUID]) -> dict[UUID, list[ThingFound]]:
    found: dict[UUID, list[ThingFound]] = defaultdict(list)
    query = lasting(FindThing, FindThing.find_id.in_(list(find_ids)))
    for row in sorted(query, key=lambda row: row.id):
        found[row.find_id].append(
            ThingFound(row.kind, row.pieces, row.unit, row.grams, row.hidden_in)
        )
    return found


def _name(detail: PersonDetail | PrisonerDetail | None) -> Name | None:
    """What they are called now; None of nobody known, or erased."""
    if detail is None:
        return None
    return called(detail)
