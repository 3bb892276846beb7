"""A new row of the catalogue: of a thing that stands there, or of a new one, from a day on."""

from __future__ import annotations

from datetime import date
from typing import cast
from uuid import UUID

from kiosk import wording
from kiosk.codes import Allowed, GoodsClass, Inspection, Unit
from kiosk.papers import ThingName
from kiosk.screens import choices
from kiosk.screens.goods.catalogue import Catalogue
from kiosk.screens.screen import FormScreen
from kiosk.text import N_, _
from kiosk.values.goods import UNRECORDED, CatalogueEntry
from kiosk.widgets.fields import Choice, Date, Field, Number, Option, Side, Text
from kiosk.widgets.numbers import Measure

_YES, _NO = "yes", "no"
_MOST_PIECES, _MOST_GRAMS, _MOST_HOURS = 10_000, 500_000, 8_760


class CatalogueRow(FormScreen):
    TITLE_TEXT = N_("ROW OF CATALOGUE")
    help_name = "catalogue"

    def __init__(self) -> None:
        super().__init__()
        self.before: CatalogueEntry | None = None

    def forget(self) -> None:
        super().forget()
        self.before = None

    async def enter(self, *about: object) -> None:
        (before,) = about
        assert before is None or isinstance(before, CatalogueEntry)
        if self.unsaved and _id(before) == _id(self.before):
            return
        self.before = before
        self._begin()

    def _begin(self) -> None:
        before, today = self.before, self.kiosk.today().isoformat()
        if before is None:
            proposed = {
                "medical": _NO,
                "inspection": Inspection.LOOK.value,
                "valid_from": today,
            }
            self.form.load(self._fields(), proposed, proposed=list(proposed))
        else:
            values = {**_values(before), "valid_from": today}
            self.form.load(self._fields(), values, proposed=["valid_from"], first="allowed")

    def _fields(self) -> list[Field]:
        known = self.before is not None
        return [
            Text(
                "code",
                N_("Latin code"),
                required=True,
                read_only=known,
                limit=4,
                help=N_("Two to four small Latin letters, the same for ever"),
            ),
            Text("code_ky", N_("Kyrgyz code"), limit=4, help=N_("As it is typed in Kyrgyz")),
            Text("code_ru", N_("Russian code"), limit=4, help=N_("As it is typed in Russian")),
            Text("name_ky", N_("Name, Kyrgyz"), required=True, limit=40),
            Text("name_ru", N_("Name, Russian"), required=True, limit=40),
            Text("name_en", N_("Name, English"), required=True, limit=40),
            Choice("class", N_("Class"), required=True, options=choices.options(GoodsClass)),
            Choice("unit", N_("Counted in"), required=True, options=choices.options(Unit)),
            Choice(
                "allowed", N_("May it pass"), required=True, options=choices.options(Allowed)
            ),
            Number(
                "max_pieces",
                N_("At most"),
                least=1,
                most=_MOST_PIECES,
                whole_digits=5,
                help=N_("How many of a limited thing one package may hold; else empty"),
            ),
            Number(
                "max_grams",
                N_("At most, kg"),
                measure=Measure.KILOGRAMS,
                least=1,
                most=_MOST_GRAMS,
                help=N_("How much of what is weighed one package may hold; else empty"),
            ),
            Number(
                "perishable_hours",
                N_("Keeps, hours"),
                least=1,
                most=_MOST_HOURS,
                whole_digits=4,
                help=N_("After how many hours it is spoiled; empty = it keeps"),
            ),
            Choice(
                "medical",
                N_("To the doctor"),
                required=True,
                options=(Option(_NO, lambda: _("no")), Option(_YES, lambda: _("yes"))),
            ),
            Choice(
                "inspection",
                N_("On the table"),
                required=True,
                options=choices.options(Inspection),
            ),
            Date(
                "valid_from",
                N_("First day"),
                required=True,
                side=Side.FUTURE,
                today=self.kiosk.today(),
                help=N_("The first day on which it is so; until then the old row holds"),
            ),
            Text(
                "legal_ref",
                N_("By what rule"),
                required=True,
                limit=100,
                help=N_("The order or the law that says so"),
            ),
        ]

    async def save(self) -> None:
        from kiosk.services.goods import catalogue

        recorded = await self.kiosk.write(
            catalogue.record, self.kiosk.signed_in, self._entered()
        )
        self.form.touched = False
        await self.kiosk.back()
        cast(Catalogue, self.kiosk.front).recorded(recorded)

    def _entered(self) -> CatalogueEntry:
        values = self.form.values
        return CatalogueEntry(
            catalogue_id=_id(self.before),
            code=values["code"].lower(),
            code_ky=values["code_ky"].lower(),
            code_ru=values["code_ru"].lower(),
            name=ThingName(values["name_ky"], values["name_ru"], values["name_en"]),
            goods_class=GoodsClass(values["class"]),
            unit=Unit(values["unit"]),
            allowed=Allowed(values["allowed"]),
            max_pieces=_number(values["max_pieces"]),
            max_grams=_number(values["max_grams"]),
            perishable_hours=_number(values["perishable_hours"]),
            medical=values["medical"] == _YES,
            inspection=Inspection(values["inspection"]),
            valid_from=date.fromisoformat(values["valid_from"]),
            legal_ref=values["legal_ref"],
        )


def _id(entry: CatalogueEntry | None) -> UUID:
    return UNRECORDED if entry is None else entry.catalogue_id


def _number(value: str) -> int | None:
    return int(value) if value else None


def _values(entry: CatalogueEntry) -> dict[str, str]:
    """What the form begins with. That nobody confirmed a reference is no rule of the prison:
    who changes a thing says by which rule."""
    draft = entry.legal_ref in wording.DRAFT_REFERENCES
    return {
        "code": entry.code,
        "code_ky": entry.code_ky,
        "code_ru": entry.code_ru,
        "name_ky": entry.name.ky,
        "name_ru": entry.name.ru,
        "name_en": entry.name.en,
        "class": entry.goods_class.value,
        "unit": entry.unit.value,
        "allowed": entry.allowed.value,
        "max_pieces": _shown(entry.max_pieces),
        "max_grams": _shown(entry.max_grams),
        "perishable_hours": _shown(entry.perishable_hours),
        "medical": _YES if entry.medical else _NO,
        "inspection": entry.inspection.value,
        "legal_ref": "" if draft else entry.legal_ref,
    }


def _shown(number: int | None) -> str:
    return "" if number is None else str(number)
