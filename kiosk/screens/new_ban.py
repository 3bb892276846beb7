"""A ban on a person: from when, until when, on what ground."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from kiosk import wording
from kiosk.codes import BanGround, RestrictionKind
from kiosk.screens import lookup
from kiosk.screens.screen import DONE, FormScreen
from kiosk.text import N_
from kiosk.values import RestrictionEntry
from kiosk.widgets.fields import Choice, Date, Lookup, Option, Side


class NewBan(FormScreen):
    TITLE_TEXT = N_("NEW BAN")
    help_name = "setup"

    async def enter(self, *about: object) -> None:
        if not self.unsaved:
            self._begin()

    def _begin(self) -> None:
        today = self.kiosk.today()
        self.form.load(
            [
                Lookup(
                    "person",
                    N_("Visitor"),
                    required=True,
                    help=N_("Two letters of the name, or the document number"),
                ),
                Date("from_day", N_("First day"), required=True, side=Side.ANY, today=today),
                Date(
                    "to_day",
                    N_("Last day"),
                    side=Side.FUTURE,
                    today=today,
                    help=N_("The last day that is banned; empty = no end"),
                ),
                Choice(
                    "ground",
                    N_("Ground"),
                    required=True,
                    options=tuple(Option(g.value, wording.label(g)) for g in BanGround),
                ),
            ],
            {"from_day": today.isoformat()},
            proposed=["from_day"],
        )

    async def changed(self, field: str) -> None:
        if field == "person":
            await lookup.offer(self, "person", "person")

    async def save(self) -> None:
        from kiosk.services import restricting

        values = self.form.values
        to_day = values["to_day"]
        await self.kiosk.write(
            restricting.restrict,
            self.kiosk.signed_in,
            RestrictionEntry(
                RestrictionKind.BAN,
                date.fromisoformat(values["from_day"]),
                date.fromisoformat(to_day) if to_day else None,
                BanGround(values["ground"]),
                UUID(values["person"]),
            ),
        )
        self._begin()
        self.show()
        self.say(DONE, N_("The ban is recorded. It holds at this gate from its first day."))
