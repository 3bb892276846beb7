"""An administrator enters a prisoner by hand."""

from __future__ import annotations

from kiosk.codes import Category, Condition, Regime, Sex, Status
from kiosk.screens import choices
from kiosk.screens.screen import DONE, FormScreen
from kiosk.text import N_
from kiosk.values import PrisonerEntry
from kiosk.widgets.fields import Choice, Measure, Name, Number, Text


class NewPrisoner(FormScreen):
    TITLE_TEXT = N_("NEW PRISONER")
    help_name = "setup"

    async def enter(self, *about: object) -> None:
        if not self.unsaved:
            self._begin()

    def _begin(self) -> None:
        year = self.kiosk.today().year
        self.form.load(
            [
                Text(
                    "file_number",
                    N_("File number"),
                    required=True,
                    limit=20,
                    help=N_("The number of the personal file, like 0412/19"),
                ),
                Name("surname", N_("Surname"), required=True),
                Name("given", N_("Given name"), required=True),
                Name("patronymic", N_("Patronymic")),
                Number(
                    "birth_year",
                    N_("Year of birth"),
                    required=True,
                    measure=Measure.COUNT,
                    whole_digits=4,
                    least=year - 110,
                    most=year,
                ),
                Choice("sex", N_("Sex"), required=True, options=choices.sexes()),
                Choice("category", N_("Category"), required=True, options=choices.categories()),
                Choice("regime", N_("Regime"), required=True, options=choices.regimes()),
                Choice(
                    "condition", N_("Conditions"), required=True, options=choices.conditions()
                ),
                Text(
                    "unit", N_("Unit"), limit=12, help=N_("Number of the unit; may stay empty")
                ),
                Choice("status", N_("Where now"), required=True, options=choices.statuses()),
            ]
        )

    async def save(self) -> None:
        from kiosk.services import prisoners

        values = self.form.values
        entered = PrisonerEntry(
            file_number=values["file_number"],
            surname=values["surname"],
            given=values["given"],
            patronymic=values["patronymic"],
            birth_year=int(values["birth_year"]),
            sex=Sex(values["sex"]),
            category=Category(values["category"]),
            regime=Regime(values["regime"]),
            condition=Condition(values["condition"]),
            unit=values["unit"],
            status=Status(values["status"]),
        )
        card = await self.kiosk.write(prisoners.enter_prisoner, self.kiosk.signed_in, entered)
        self._begin()
        self.show()
        self.say(
            DONE,
            N_("Recorded: file {number}, {name}"),
            number=card.file_number,
            name=card.name.short,
        )
