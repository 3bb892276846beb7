"""The catalogue of things: what stands in it on a day, and how a thing gets a new row.

A row is never altered. What changes, changes from a day on by a later row of the same code;
a thing that is listed no more has a last row that says so.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from peewee import ModelSelect

from kiosk.codes import Action, Allowed, GoodsClass, Inspection, Unit
from kiosk.errors import Invalid
from kiosk.models import CatalogueItem
from kiosk.papers import ThingName
from kiosk.services import known as known_then
from kiosk.services.desk import Desk
from kiosk.services.duty import must_supervise
from kiosk.services.entry import Entry, entry
from kiosk.services.prepared import Prepared
from kiosk.text import N_
from kiosk.values import Officer
from kiosk.values.goods import UNRECORDED, CatalogueEntry

TAKEN = N_("{code} stands for {other} already. Choose another code.")

_UNTIL = Prepared(lambda day: _begun(day))
_OF_CODES = Prepared(lambda codes, day: _begun(day, CatalogueItem.code.in_(codes)))
_OF_IDS = Prepared(lambda ids: CatalogueItem.select().where(CatalogueItem.id.in_(ids)))


def in_force(desk: Desk, day: date) -> tuple[CatalogueEntry, ...]:
    """What the catalogue says on `day`, by code: the last row of each code that has begun."""
    return _last(_UNTIL(day))


def of_codes(desk: Desk, codes: Collection[str], day: date) -> dict[str, CatalogueEntry]:
    """As `in_force`, of these codes alone: the whole catalogue takes ten times as long."""
    return {one.code: one for one in _last(_OF_CODES(list(codes), day))} if codes else {}


def _begun(day: date, *conditions: Any) -> ModelSelect[Any]:
    return (
        CatalogueItem.select()
        .where(CatalogueItem.valid_from <= day, known_then.so_far(CatalogueItem), *conditions)
        .order_by(CatalogueItem.code, CatalogueItem.valid_from, CatalogueItem.id)
    )


def _last(rows: Iterable[CatalogueItem]) -> tuple[CatalogueEntry, ...]:
    last = {row.code: row for row in rows}
    return tuple(
        _entry_of(row) for row in last.values() if row.allowed is not Allowed.WITHDRAWN
    )


def known(ids: Iterable[UUID]) -> dict[UUID, CatalogueEntry]:
    """The rows of these ids, as they were when something was brought; withdrawn ones too."""
    wanted = list({*ids})
    if not wanted:
        return {}
    return {row.id: _entry_of(row) for row in _OF_IDS(wanted)}


def rows_of(code: str) -> tuple[CatalogueEntry, ...]:
    """All rows of a code, the last one first; those still to come as well."""
    rows = (
        CatalogueItem.select()
        .where(CatalogueItem.code == code)
        .order_by(CatalogueItem.valid_from.desc(), CatalogueItem.id.desc())
    )
    return tuple(_entry_of(row) for row in rows)


def record(desk: Desk, officer: Officer, entered: CatalogueEntry) -> CatalogueEntry:
    """Give a thing a row from `valid_from` on (None: today); supervisor or administrator.

    `entered.catalogue_id` is the row that was looked at, UNRECORDED for a new thing. Raises
    Invalid for what cannot stand in a catalogue, or when that row is not the last one.
    """
    must_supervise(officer)
    with entry(desk, Action.RECORD_ITEM, officer=officer) as e:
        since = entered.valid_from or e.day
        if since < e.day:
            raise Invalid("valid_from", N_("A row of the catalogue begins today or later."))
        entered = replace(entered, valid_from=since)
        _must_be_right(entered)
        _must_follow(entered)
        _must_not_clash(desk, entered)
        (recorded,) = add_all(e, officer, (entered,))
        e.object_id = recorded.catalogue_id
        return recorded


def _must_be_right(entered: CatalogueEntry) -> None:
    from kiosk.lists.catalogue import faults_of

    for column, fault in faults_of(entered):
        raise Invalid(column, fault.sentence, **fault.values)


def _must_follow(entered: CatalogueEntry) -> None:
    rows = rows_of(entered.code)
    if entered.catalogue_id != UNRECORDED:
        if rows and rows[0].catalogue_id != entered.catalogue_id:
            raise Invalid(
                "code", N_("{code} was changed meanwhile. Open it again."), code=entered.code
            )
    elif rows and rows[0].allowed is not Allowed.WITHDRAWN:
        raise Invalid(
            "code", N_("{code} is a thing of the catalogue already."), code=entered.code
        )


def _must_not_clash(desk: Desk, entered: CatalogueEntry) -> None:
    from kiosk.services.goods.catalogue_codes import clashes

    for clash in clashes(desk, (entered,)):
        raise Invalid(clash.column, TAKEN, code=clash.code, other=clash.other.code)


def add_all(
    e: Entry, officer: Officer | None, entries: Iterable[CatalogueEntry]
) -> tuple[CatalogueEntry, ...]:
    """Write rows inside the transaction `e`; each has its `valid_from`. Without an officer
    they came with Gatebook. Gives them back with their ids."""
    entered = tuple(entries)
    staff_id = officer.staff_id if officer is not None else None
    ids = e.add_all(CatalogueItem, [_columns(one, staff_id) for one in entered])
    return tuple(
        replace(one, catalogue_id=row_id) for one, row_id in zip(entered, ids, strict=True)
    )


def _columns(entered: CatalogueEntry, staff_id: UUID | None) -> dict[str, Any]:
    return {
        "code": entered.code,
        "code_ky": entered.code_ky or None,
        "code_ru": entered.code_ru or None,
        "name_ky": entered.name.ky,
        "name_ru": entered.name.ru,
        "name_en": entered.name.en,
        "goods_class": entered.goods_class,
        "unit": entered.unit,
        "allowed": entered.allowed,
        "max_pieces": entered.max_pieces,
        "max_grams": entered.max_grams,
        "perishable_hours": entered.perishable_hours,
        "medical": entered.medical,
        "inspection": entered.inspection,
        "valid_from": entered.valid_from,
        "legal_ref": entered.legal_ref,
        "staff_id": staff_id,
    }


def _entry_of(row: CatalogueItem) -> CatalogueEntry:
    return CatalogueEntry(
        catalogue_id=row.id,
        code=row.code,
        code_ky=row.code_ky or "",
        code_ru=row.code_ru or "",
        name=ThingName(row.name_ky, row.name_ru, row.name_en),
        goods_class=GoodsClass(row.goods_class),
        unit=Unit(row.unit),
        allowed=Allowed(row.allowed),
        max_pieces=row.max_pieces,
        max_grams=row.max_grams,
        perishable_hours=row.perishable_hours,
        medical=row.medical,
        inspection=Inspection(row.inspection),
        valid_from=row.valid_from,
        legal_ref=row.legal_ref,
    )
