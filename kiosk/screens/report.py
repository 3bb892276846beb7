"""Reports: four questions first, the same for each of them; then its lines."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import ClassVar

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
    KEYS: ClassVar[dict[int, str]] = {**GATE_KEYS, 2: N_("Go on"), 4: N_("List")}
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

    def _begin(self, values: Mapping[str, str], first: str = "name") -> None:
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
                    options=choices.options(_kinds(values.get("name", ""))),
                    help=N_("Which kind only; empty = all kinds"),
                ),
            ],
            values,
            proposed=list(values),
            first=first,
        )

    async def changed(self, field: str) -> None:
        """Whoever is not visited was not for months, so these are proposed; of packages the
        kinds are others."""
        if field != "name":
            return
        values = {name: value for name, value in self.form.values.items() if value}
        if values.get("service", "") not in ("", *_kinds(values["name"])):
            del values["service"]
        if values["name"] == ReportName.UNVISITED:
            values["from_day"] = (self.kiosk.today() - HALF_A_YEAR).isoformat()
        self._begin(values, first="from_day")
        self.form.draw()

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


def _kinds(report: str) -> tuple[Service, ...]:
    """What a report may be asked of, one kind at a time."""
    of_goods = report == ReportName.PACKAGES
    return tuple(one for one in Service if (one in GOODS) is of_goods)
