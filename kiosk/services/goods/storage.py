"""What stands in the storage, or is not settled yet: what spoils soonest first."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

from peewee import JOIN, fn

from kiosk.codes import CaseState, MedicalFate, Service, Verdict
from kiosk.models import Case, CaseNow, CatalogueItem, Item, PrisonerDetail
from kiosk.papers import ThingName
from kiosk.services.desk import Desk
from kiosk.services.duty import must_look_up
from kiosk.services.entry import moment
from kiosk.services.goods import at_the_doctor, barred, contents, places
from kiosk.services.prepared import Prepared
from kiosk.services.register_numbers import numbers_of
from kiosk.services.standing import Standing, standings_at
from kiosk.values import Name, Officer
from kiosk.values.goods import StorageLine

_OPEN = (CaseState.STORED, CaseState.TO_RETURN, CaseState.HANDED_OVER)


def stored(desk: Desk, officer: Officer) -> tuple[StorageLine, ...]:
    """Every parcel that is not over: what spoils soonest first, then by place.

    Who may see people and prisoners may look.
    """
    must_look_up(officer)
    now = moment(desk)
    rows = _ROWS()
    case_ids = [row["id"] for row in rows]
    numbers = numbers_of(case_ids)
    known = {row[one] for row in rows for one in ("place_id", "safe_id")}
    codes = places.codes_of(known - {None})
    prisoners = {row["prisoner_id"] for row in rows}
    standings = standings_at(desk, prisoners, now)
    weights, spoils = _weights(case_ids), _spoils(case_ids)
    finds, medical = contents.finds_open(case_ids), at_the_doctor.fates(case_ids)
    lines = (
        _line(
            row,
            standings[row["prisoner_id"]],
            number=next(iter(numbers[row["id"]].values()), ""),
            place=codes.get(row["place_id"], ""),
            safe=codes.get(row["safe_id"], ""),
            net_grams=weights.get(row["id"], 0),
            spoils=spoils.get(row["id"]),
            medical={*medical.get(row["id"], {}).values()},
            finds_open=finds[row["id"]],
        )
        for row in rows
    )
    return tuple(sorted(lines, key=_soonest))


def _line(
    row: dict[str, Any], standing: Standing, medical: Collection[MedicalFate], **known: Any
) -> StorageLine:
    state = CaseState(row["state"])
    return StorageLine(
        case_id=row["id"],
        service=Service(row["service"]),
        state=state,
        prisoner=Name(row["surname"] or "", row["given"] or "", row["patronymic"] or ""),
        file_number=row["file_number"] or "",
        unit=standing.unit,
        stored_at=row["at"],
        keep_until=row["due_at"],
        waits=barred.why(standing.status) if state is CaseState.STORED else "",
        medicine_waits=MedicalFate.WAITS in medical and state is not CaseState.TO_RETURN,
        medicine_back=MedicalFate.NOT_TAKEN in medical,
        **known,
    )


def _soonest(line: StorageLine) -> tuple[object, ...]:
    spoils = line.keep_until is None or line.state is not CaseState.STORED
    return (
        spoils,
        0 if spoils else line.keep_until,
        _OPEN.index(line.state),
        places.in_order(line.place or line.safe),
        line.stored_at,
    )


_ROWS = Prepared(
    lambda: (
        Case.select(
            Case.id,
            Case.service,
            Case.prisoner_id,
            Case.at,
            CaseNow.state,
            CaseNow.place_id,
            CaseNow.safe_id,
            CaseNow.due_at,
            PrisonerDetail.surname,
            PrisonerDetail.given,
            PrisonerDetail.patronymic,
            PrisonerDetail.file_number,
        )
        .join(CaseNow, on=(CaseNow.case_id == Case.id))
        .join(
            PrisonerDetail, JOIN.LEFT_OUTER, on=(PrisonerDetail.id == Case.prisoner_detail_id)
        )
        .where(CaseNow.is_open, CaseNow.state.in_(_OPEN))
        .dicts()
    )
)


def _weights(case_ids: Collection[UUID]) -> dict[UUID, int]:
    """Grams accepted of each, as corrected."""
    return dict(_WEIGHTS(list(case_ids)))


_WEIGHTS = Prepared(
    lambda case_ids: (
        Item.select(Item.case_id, fn.SUM(Item.grams))
        .where(*_accepted(case_ids))
        .group_by(Item.case_id)
        .tuples()
    )
)


def _spoils(case_ids: Collection[UUID]) -> dict[UUID, ThingName]:
    """What of each spoils first."""
    # The last of a case stays in the dict.
    first = dict(_SPOILS(list(case_ids)))
    things = CatalogueItem.select().where(CatalogueItem.id.in_({*first.values()}))
    names = {row.id: ThingName(row.name_ky, row.name_ru, row.name_en) for row in things}
    return {case_id: names[thing_id] for case_id, thing_id in first.items()}


_SPOILS = Prepared(
    lambda case_ids: (
        Item.select(Item.case_id, Item.catalogue_id)
        .join(CatalogueItem, on=(CatalogueItem.id == Item.catalogue_id))
        .where(*_accepted(case_ids), CatalogueItem.perishable_hours.is_null(False))
        .order_by(CatalogueItem.perishable_hours.desc(), Item.no.desc())
        .tuples()
    )
)


def _accepted(case_ids: Any) -> tuple[Any, ...]:
    """Lines of theirs for the prisoner that no correction stands in for."""
    newer = Item.alias()
    replaced = newer.select().where(newer.case_id == Item.case_id, newer.replaces == Item.no)
    return (
        Item.case_id.in_(case_ids),
        Item.verdict == Verdict.ACCEPT,
        ~fn.EXISTS(replaced),
    )
