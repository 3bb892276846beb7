"""The catalogue that comes with Gatebook: what families bring, as nobody has confirmed it yet.

Like the rule set of its name it is a draft: the Kyrgyz lists could not be read, so these are
those of the law's nearest relatives. It is read here by its own heads alone: the reading of
lists from offices costs a first start 1.5 MB that stay.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from datetime import date
from importlib.resources import files

from kiosk.codes import Action, Allowed, GoodsClass, Inspection, Unit
from kiosk.papers import ThingName
from kiosk.services.desk import Desk
from kiosk.services.entry import entry
from kiosk.services.goods import catalogue
from kiosk.values.goods import UNRECORDED, CatalogueEntry

NAME = "KG-DRAFT"


def content() -> bytes:
    """The csv file, as it came with Gatebook."""
    return (files("kiosk.rules") / "presets" / f"{NAME}.csv").read_bytes()


def entries() -> tuple[CatalogueEntry, ...]:
    """Its things, in the order of the file; a test holds them against the reading of lists."""
    rows = csv.DictReader(content().decode("utf-8").splitlines(), delimiter=";")
    return tuple(map(_entry, rows))


def take_in(desk: Desk) -> None:
    """Write it into a register whose catalogue is empty."""
    with entry(desk, Action.IMPORT_CATALOGUE) as e:
        catalogue.add_all(e, None, entries())


def _entry(cells: Mapping[str, str]) -> CatalogueEntry:
    return CatalogueEntry(
        catalogue_id=UNRECORDED,
        code=cells["code"],
        code_ky=cells["code_ky"],
        code_ru=cells["code_ru"],
        name=ThingName(cells["name_ky"], cells["name_ru"], cells["name_en"]),
        goods_class=GoodsClass(cells["class"]),
        unit=Unit(cells["unit"]),
        allowed=Allowed(cells["allowed"]),
        max_pieces=_number(cells["max_pieces"]),
        max_grams=_number(cells["max_grams"]),
        perishable_hours=_number(cells["perishable_hours"]),
        medical=cells["medical"] == "yes",
        inspection=Inspection(cells["inspection"]),
        valid_from=date.fromisoformat(cells["valid_from"]),
        legal_ref=cells["legal_ref"],
    )


def _number(cell: str) -> int | None:
    return int(cell) if cell else None
