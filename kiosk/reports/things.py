"""How things stand in a cell of a register: their name, how many of them, and why not."""

from __future__ import annotations

from collections.abc import Iterable

from kiosk import wording
from kiosk.codes import Unit
from kiosk.decimals import decimals
from kiosk.reports.table import Writing
from kiosk.text import N_
from kiosk.values.goods_reports import PackageItem, ThingFound

TYIYN = 100  # of a som


def things(items: Iterable[PackageItem], writing: Writing) -> str:
    """Each with its quantity, and the reason where one is given."""
    return "; ".join(thing(item, writing) for item in items)


def thing(item: PackageItem, writing: Writing) -> str:
    said = f"{item.name.in_language(writing.language)} {_quantity(item, writing)}"
    if item.reason is None:
        return said
    return f"{said} ({wording.label(item.reason, writing.translate)})"


def _quantity(item: PackageItem, writing: Writing) -> str:
    if item.tyiyn is not None:
        return f"{money(item.tyiyn, writing)} {writing.say(N_('som'))}"
    if item.unit is Unit.KILOGRAM:
        return wording.weight(item.grams, writing.translate)
    return f"{item.pieces} {wording.label(item.unit, writing.translate)}"


def found(thing: ThingFound, writing: Writing) -> str:
    """6 SIM cards: what, how many, how heavy."""
    say = writing.translate
    parts = [
        f"{wording.label(thing.kind, say)}: {thing.pieces} {wording.label(thing.unit, say)}"
    ]
    if thing.unit is Unit.KILOGRAM:
        parts = [wording.label(thing.kind, say)]
    if thing.grams is not None:
        parts.append(wording.weight(thing.grams, say))
    return ", ".join(parts)


def money(tyiyn: int, writing: Writing) -> str:
    """In som, as a spreadsheet reads it; with the tyiyns only where there are some."""
    som, rest = divmod(tyiyn, TYIYN)
    return decimals(tyiyn, 2, writing.translate) if rest else str(som)
