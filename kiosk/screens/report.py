"""Reports: four questions first, the same for each of them; then its lines."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from kiosk.codes import ReportName, Service
from kiosk.errors import Invalid
from kiosk.rules.kinds import GOODS
from kiosk.screens import choices
from kiosk.screens.screen import GATE_KEYS, FormScreen
from kiosk.text import N_
from kiosk.values.reports import ReportAsked
from kiosk.widgets.fields import Choice, Date, Side

HALF_A_YEAR = timedelta(days=182)


class ReportQuestions(FormScreen):
    """What was answered stays for the next report, and is nothing to be saved."""

    TITLE_TEXT = N_("REPORTS")
    KEYS = {**GATE_KEYS, 2: N_("Go on"), 4: N_("List")}  # noqa: RUF012  # as its base
    help_name = "report"

    @property
    def unsaved(self) -> bool:
        return False

    async def enter(self, *about: object) -> None:
        today = self.kiosk.today().isoformat()
        self._begin({"name": ReportName.VISITS.value, "from_day": today, "to_day": today})

    async def returned(self) -> None:
        """For another report of the same days."""
        self._begin({name: value for name, value in self.form.values.items() if value})

    def _begin(self, values: Mapping[str, str]) -> None:
        today = self.kiosk.today()
        self.form.load(
            [
                Choice(
                    "name", N_("Report"), required=True, options=choices.options(ReportName)
                ),
                Date("from_day", N_("First day"), required=True, side=Side.ANY, today=today),
                Date("to_day", N_("Last day"), required=True, side=Side.ANY, today=today),
                Choice(
                    "service",
                    N_("Kind"),
                    options=choices.options(one for one in Service if one not in GOODS),
                    help=N_("Which kind of visit; empty = all kinds"),
                ),
            ],
            values,
            proposed=list(values),
            first="name",
        )

    async def changed(self, field: str) -> None:
        """Whoever is not visited was not for months, so these are proposed."""
        if field == "name" and self.form.values["name"] == ReportName.UNVISITED:
            self.form.set("from_day", (self.kiosk.today() - HALF_A_YEAR).isoformat())

    async def save(self) -> None:
        values = self.form.values
        asked = ReportAsked(
            name=ReportName(values["name"]),
            from_day=date.fromisoformat(values["from_day"]),
            to_day=date.fromisoformat(values["to_day"]),
            service=Service(values["service"]) if values["service"] else None,
        )
        if asked.to_day < asked.from_day:
            raise Invalid("to_day", N_("The last day lies before the first."))
        await self.kiosk.go("report_lines", asked)
