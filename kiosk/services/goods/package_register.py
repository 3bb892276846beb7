"""The register of packages and parcels: every one that was recorded, and what became of it.

Who may see it is asked in `services.report_access`, through which screens and commands come.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from itertools import islice
from typing import Any, cast
from uuid import UUID

from peewee import JOIN

from kiosk.codes import (
    CaseState,
    GoneReason,
    MemberRole,
    Series,
    Service,
    StepKind,
    Verdict,
)
from kiosk.models import (
    CatalogueItem,
    Item,
    ItemWords,
    Member,
    Parcel,
    PersonDetail,
    Step,
)
from kiosk.papers import ThingName
from kiosk.rules.kinds import GOODS
from kiosk.services.desk import Desk
from kiosk.services.goods import at_the_doctor
from kiosk.services.goods.contents import OTHER_THINGS
from kiosk.services.numbered import AT_ONCE, Numbered, name_of, numbered
from kiosk.services.staff import names_of
from kiosk.values import Name
from kiosk.values.goods_reports import PackageEntry, PackageItem

_FIRST = frozenset({StepKind.ACCEPTED, StepKind.REFUSED})
_LAST = frozenset(
    {
        StepKind.RETURNED,
        StepKind.MEDICINE_RETURNED,
        StepKind.FORWARDED,
        StepKind.CLOSED,
        StepKind.VOID,
    }
)


def packages(
    desk: Desk, from_day: date, to_day: date, service: Service | None = None
) -> Iterator[PackageEntry]:
    """Every package or parcel of these days, both included, in the order of recording: those
    taken in, and those refused (number R)."""
    both = heapq.merge(
        _of(desk, Series.PACKAGE, from_day, to_day, service),
        _of(desk, Series.REFUSAL, from_day, to_day, service),
        key=lambda case: case.entry,
    )
    while cases := list(islice(both, AT_ONCE)):
        yield from _entries(cases)


def _of(
    desk: Desk, series: Series, from_day: date, to_day: date, service: Service | None
) -> Iterator[Numbered]:
    for cases in numbered(desk, series, from_day, to_day, service):
        yield from (case for case in cases if case.service in GOODS)


def _entries(cases: list[Numbered]) -> Iterator[PackageEntry]:
    case_ids = [case.case_id for case in cases]
    senders, gross = _senders(case_ids), _gross(case_ids)
    items, steps = items_of(case_ids), _steps(case_ids)
    officers = names_of({step.staff_id for rows in steps.values() for step in rows})
    for case in cases:
        yield _entry(
            case,
            senders.get(case.case_id),
            gross.get(case.case_id, 0),
            tuple(items[case.case_id]),
            steps[case.case_id],
            officers,
        )


def _entry(
    case: Numbered,
    sender: Name | None,
    gross: int,
    items: tuple[PackageItem, ...],
    steps: list[Step],
    officers: dict[UUID, str],
) -> PackageEntry:
    first = next((step for step in steps if step.kind in _FIRST), None)
    handed = next((step for step in steps if step.kind == StepKind.HANDED_OVER), None)
    last = next((step for step in reversed(steps) if step.kind in _LAST), None)
    back = next((step for step in steps if step.kind == StepKind.NOT_TO_PRISONER), None)
    return PackageEntry(
        case_id=case.case_id,
        number=case.number,
        day=case.day,
        service=case.service,
        prisoner_id=case.prisoner_id,
        prisoner=case.prisoner,
        file_number=case.file_number,
        sender=sender,
        gross_grams=gross,
        # Not what was taken in: a supervisor may have corrected a line since.
        net_grams=sum(one.grams for one in items if one.verdict is Verdict.ACCEPT),
        items=items,
        officer=officers.get(first.staff_id, "") if first is not None else "",
        overridden=first is not None and first.second_id is not None,
        state=CaseState(steps[-1].state),
        handed_over_at=handed.at if handed is not None else None,
        ended_at=last.at if last is not None else None,
        reason=GoneReason(back.reason) if back is not None else None,
    )


# ---- rows


def items_of(case_ids: Collection[UUID]) -> dict[UUID, list[PackageItem]]:
    """The lines of these cases that no correction stands in for, each in its order."""
    query = (
        Item.select(
            Item.case_id,
            Item.no,
            Item.replaces,
            Item.code,
            Item.unit,
            Item.pieces,
            Item.grams,
            Item.verdict,
            Item.reason,
            Item.tyiyn,
            Item.rule,
            CatalogueItem.legal_ref,
            CatalogueItem.name_ky,
            CatalogueItem.name_ru,
            CatalogueItem.name_en,
            ItemWords.words,
        )
        .join(CatalogueItem, JOIN.LEFT_OUTER, on=(CatalogueItem.id == Item.catalogue_id))
        .join(ItemWords, JOIN.LEFT_OUTER, on=(ItemWords.item_id == Item.id))
        .where(Item.case_id.in_(list(case_ids)))
        .order_by(Item.case_id, Item.no)
    )
    rows = list(cast("Iterable[dict[str, Any]]", query.dicts()))
    replaced = {(row["case_id"], row["replaces"]) for row in rows}
    medical = at_the_doctor.fates(
        {row["case_id"] for row in rows if row["verdict"] is Verdict.MEDICAL}
    )
    found: dict[UUID, list[PackageItem]] = defaultdict(list)
    for row in rows:
        if (row["case_id"], row["no"]) in replaced:
            continue
        found[row["case_id"]].append(
            PackageItem(
                name=_name(row),
                unit=row["unit"],
                pieces=row["pieces"],
                grams=row["grams"],
                verdict=row["verdict"],
                reason=row["reason"],
                tyiyn=row["tyiyn"],
                rule=row["rule"] or "",
                legal_ref=(row["legal_ref"] or "") if row["rule"] == row["code"] else "",
                medical=medical.get(row["case_id"], {}).get(row["no"]),
            )
        )
    return found


def _name(row: dict[str, Any]) -> ThingName:
    if row["name_ky"] is not None:
        return ThingName(row["name_ky"], row["name_ru"], row["name_en"])
    return ThingName(row["words"]) if row["words"] is not None else OTHER_THINGS


def _senders(case_ids: Collection[UUID]) -> dict[UUID, Name | None]:
    """Who brought each, by the name of that day; None where it was erased."""
    query = (
        Member.select(
            Member.case_id, PersonDetail.surname, PersonDetail.given, PersonDetail.patronymic
        )
        .join(PersonDetail, JOIN.LEFT_OUTER, on=(PersonDetail.id == Member.detail_id))
        .where(Member.case_id.in_(list(case_ids)), Member.role == MemberRole.SENDER)
    )
    rows = cast("Iterable[dict[str, Any]]", query.dicts())
    return {row["case_id"]: name_of(row) for row in rows}


def _gross(case_ids: Collection[UUID]) -> dict[UUID, int]:
    """Grams as they lay on the scale."""
    query = Parcel.select().where(Parcel.case_id.in_(list(case_ids)))
    return {row.case_id: row.gross_grams for row in query}


def _steps(case_ids: Collection[UUID]) -> dict[UUID, list[Step]]:
    query = Step.select().where(Step.case_id.in_(list(case_ids)))
    found: dict[UUID, list[Step]] = defaultdict(list)
    for row in query.order_by(Step.case_id, Step.no):
        found[row.case_id].append(row)
    return found
