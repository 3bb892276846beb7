"""A supervisor enters what was decided for one prisoner alone."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import partial
from uuid import UUID

from kiosk import wording
from kiosk.codes import Service
from kiosk.rules.terms import Limit, Period
from kiosk.screens import lookup
from kiosk.screens.screen import DONE, FormScreen
from kiosk.text import N_, _
from kiosk.values import PrisonerCard
from kiosk.values.rulebook import IndividualEntry
from kiosk.widgets.fields import Choice, Date, Lookup, Number, Option, Side, Text

# What is granted together shares one balance, as in the rules of all.
_SERVICES = (
    (Service.SHORT_VISIT,),
    (Service.LONG_VISIT,),
    (Service.PACKAGE, Service.PARCEL),
    (Service.SMALL_PARCEL,),
    (Service.PACKAGE,),
    (Service.PARCEL,),
    (Service.CLERGY_VISIT,),
    (Service.OFFICIAL_VISIT,),
)
_COUNTED = {
    (Limit.COUNT, Period.YEAR): N_("how many a year"),
    (Limit.COUNT, Period.MONTH): N_("how many a month"),
    (Limit.COUNT, Period.WEEK): N_("how many a week"),
    (Limit.GRAMS, Period.EACH): N_("grams each time"),
    (Limit.GRAMS, Period.MONTH): N_("grams a month"),
    (Limit.GRAMS, Period.YEAR): N_("grams a year"),
}


class NewIndividual(FormScreen):
    TITLE_TEXT = N_("OWN RULE")
    help_name = "rules"

    async def enter(self, *about: object) -> None:
        from kiosk.services import duty

        duty.must_supervise(self.kiosk.signed_in)
        prisoner = about[0] if about else None
        assert prisoner is None or isinstance(prisoner, PrisonerCard)
        if prisoner is not None or not self.unsaved:
            self._begin(prisoner)

    def _begin(self, prisoner: PrisonerCard | None) -> None:
        today = self.kiosk.today()
        known: tuple[Option, ...] = ()
        values = {"from_day": today.isoformat()}
        if prisoner is not None:
            who = f"{prisoner.name.short}, {prisoner.file_number}"
            known = (Option(str(prisoner.prisoner_id), who),)
            values["prisoner"] = known[0].code
        self.form.load(
            [
                Lookup(
                    "prisoner",
                    N_("Prisoner"),
                    required=True,
                    known=known,
                    help=N_("Two letters of the name, or the file number"),
                ),
                Choice("service", N_("For what"), required=True, options=_services()),
                Choice(
                    "period",
                    N_("Counted"),
                    required=True,
                    options=tuple(
                        Option(f"{limit} {period}", partial(_, label))
                        for (limit, period), label in _COUNTED.items()
                    ),
                ),
                Number(
                    "value",
                    N_("How many"),
                    whole_digits=6,
                    help=N_("How many, or how many grams; empty = no limit"),
                ),
                Text(
                    "legal_ref",
                    N_("Paper"),
                    required=True,
                    limit=120,
                    help=N_("The order or decision: who, day, number"),
                ),
                Date("from_day", N_("First day"), required=True, side=Side.ANY, today=today),
                Date(
                    "to_day",
                    N_("Last day"),
                    side=Side.FUTURE,
                    today=today,
                    help=N_("The last day on which it holds; empty = no end"),
                ),
            ],
            values,
            proposed=list(values),
            first="service" if prisoner is not None else "",
        )

    async def changed(self, field: str) -> None:
        if field == "prisoner":
            await lookup.offer(self, "prisoner", "prisoner")

    async def save(self) -> None:
        from kiosk.services import individual, prisoners

        values = self.form.values
        limit, _blank, period = values["period"].partition(" ")
        to_day = values["to_day"]
        entered = IndividualEntry(
            prisoner_id=UUID(values["prisoner"]),
            services=frozenset(Service(one) for one in values["service"].split()),
            limit=Limit(limit),
            period=Period(period),
            value=int(values["value"]) if values["value"] else None,
            legal_ref=values["legal_ref"],
            from_day=date.fromisoformat(values["from_day"]),
            to_day=date.fromisoformat(to_day) if to_day else None,
        )
        await self.kiosk.write(individual.record, self.kiosk.signed_in, entered)
        self.form.touched = False
        card = await self.kiosk.read(prisoners.card, entered.prisoner_id)
        await self.kiosk.go("individual", card, replace=True)
        self.kiosk.front.say(DONE, N_("The decision is recorded. It holds from its first day."))


def _joined(services: Iterable[Service]) -> str:
    return " + ".join(map(wording.short, services))


def _services() -> tuple[Option, ...]:
    return tuple(
        Option(" ".join(together), partial(_joined, together)) for together in _SERVICES
    )
