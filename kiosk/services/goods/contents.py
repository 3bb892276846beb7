"""What is in a parcel: its lines as recorded and corrected, and what of them is not settled."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from typing import NamedTuple
from uuid import UUID

from kiosk.codes import MedicalFate, Series, StepKind, Verdict
from kiosk.models import Find, Item, ItemWords
from kiosk.papers import ThingName
from kiosk.rules.bag import FOR_THE_SAFE, STAYS
from kiosk.services.goods import actless, at_the_doctor, catalogue
from kiosk.services.prepared import Prepared
from kiosk.services.register_numbers import numbers_of
from kiosk.values.goods import CatalogueEntry, ItemRecorded, ParcelCard

OTHER_THINGS = ThingName("башка буюмдар жана таңгак", "прочее и упаковка", "other and packing")
"""The line that holds all that needed no weight of its own."""


class _Found(NamedTuple):
    find_id: UUID
    number: str


def lines(case_id: UUID) -> tuple[ItemRecorded, ...]:
    """Every line of a parcel in its order, those that were replaced included."""
    rows = _ITEMS(case_id)
    known = catalogue.known(row.catalogue_id for row in rows if row.catalogue_id is not None)
    words = _words([row.id for row in rows])
    found = _finds(case_id)
    replaced = {row.replaces for row in rows}
    at_doctor = at_the_doctor.of(case_id)
    return tuple(
        _line(
            row,
            known.get(row.catalogue_id),
            words.get(row.id),
            found.get(row.no),
            at_doctor.get(row.no),
            row.no in replaced,
        )
        for row in rows
    )


_ITEMS = Prepared(
    lambda case_id: Item.select().where(Item.case_id == case_id).order_by(Item.no)
)


def in_force(case_id: UUID) -> list[Item]:
    """The lines that no correction stands in for, in their order."""
    rows = _ITEMS(case_id)
    replaced = {row.replaces for row in rows}
    return [row for row in rows if row.no not in replaced]


def net_of(items: Iterable[Item | ItemRecorded]) -> int:
    """Grams accepted for the prisoner, of lines that stand."""
    return sum(one.grams for one in items if one.verdict is Verdict.ACCEPT)


def is_for_prisoner(case_id: UUID) -> bool:
    """Whether anything of it is to be handed to the prisoner."""
    return any(
        row.verdict is Verdict.ACCEPT and (row.pieces or row.grams or row.tyiyn)
        for row in in_force(case_id)
    )


def is_for_the_safe(one: Item | ItemRecorded) -> bool:
    """Of a line that stands, whether it lies in a safe until its prisoner gets it."""
    return one.verdict is Verdict.ACCEPT and one.goods_class in FOR_THE_SAFE


def here(card: ParcelCard) -> tuple[ItemRecorded, ...]:
    """The lines that are in the storage; what is in the prisoner's or the doctor's hands not,
    nor what the sender has."""
    with_prisoner = any(step.kind is StepKind.HANDED_OVER for step in card.steps)
    return tuple(
        one
        for one in card.lines
        if not one.replaced
        and (
            one.medical in (MedicalFate.WAITS, MedicalFate.NOT_TAKEN)
            or (one.verdict is Verdict.ACCEPT and not with_prisoner)
        )
    )


def has_a_bag(standing: Iterable[ItemRecorded]) -> bool:
    """Whether a parcel of these lines is more than what lies in a safe, with its packing."""
    return any(
        one.verdict in STAYS and not is_for_the_safe(one) and one.name is not OTHER_THINGS
        for one in standing
    )


def finds_open(case_ids: Collection[UUID]) -> Counter[UUID]:
    """How many finds of each case have no act yet."""
    return actless.of_cases(case_ids)


def name_of(entry: CatalogueEntry | None, words: str | None) -> ThingName:
    """How papers and screens call a thing brought."""
    if entry is not None:
        return entry.name
    return ThingName(words) if words else OTHER_THINGS


def _line(
    row: Item,
    entry: CatalogueEntry | None,
    words: ItemWords | None,
    find: _Found | None,
    medical: MedicalFate | None,
    replaced: bool,
) -> ItemRecorded:
    return ItemRecorded(
        no=row.no,
        name=name_of(entry, words.words if words is not None else None),
        goods_class=row.goods_class,
        unit=row.unit,
        pieces=row.pieces,
        grams=row.grams,
        verdict=row.verdict,
        reason=row.reason,
        rule=row.rule or "",
        legal_ref=entry.legal_ref if entry is not None and row.rule == entry.code else "",
        tyiyn=row.tyiyn,
        paper_number=(words.paper_number or "") if words is not None else "",
        find=find.number if find is not None else "",
        find_id=find.find_id if find is not None else None,
        medical=medical,
        replaced=replaced,
        perishable_hours=entry.perishable_hours if entry is not None else None,
    )


def _words(item_ids: Collection[UUID]) -> dict[UUID, ItemWords]:
    return {row.item_id: row for row in _WORDS(list(item_ids))}


_WORDS = Prepared(lambda item_ids: ItemWords.select().where(ItemWords.item_id.in_(item_ids)))


def _finds(case_id: UUID) -> dict[int, _Found]:
    """The find of each seized line."""
    rows = _SEIZED(case_id)
    numbers = numbers_of([row.id for row in rows]) if rows else {}
    return {row.item_no: _Found(row.id, numbers[row.id].get(Series.FIND, "")) for row in rows}


_SEIZED = Prepared(
    lambda case_id: Find.select().where(Find.case_id == case_id, Find.item_no.is_null(False))
)
