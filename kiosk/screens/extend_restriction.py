"""A restriction is made to hold longer: until which day, by which paper."""

from __future__ import annotations

from datetime import date

from kiosk import wording
from kiosk.screens import cards
from kiosk.screens.restrictions import tell_recorded
from kiosk.screens.screen import HeadedFormScreen
from kiosk.text import N_, _, fill
from kiosk.values import RestrictionLine
from kiosk.widgets.fields import Date, Side, Text
from kiosk.widgets.ink import Ink
from kiosk.widgets.lines import at, line


class ExtendRestriction(HeadedFormScreen):
    HEAD_ROWS = 4
    TITLE_TEXT = N_("LONGER")
    help_name = "restrictions"

    def __init__(self) -> None:
        super().__init__()
        self.one: RestrictionLine | None = None

    def forget(self) -> None:
        super().forget()
        self.one = None
        self.head.show([])

    async def enter(self, *about: object) -> None:
        (one,) = about
        assert isinstance(one, RestrictionLine)
        self.one = one
        today = self.kiosk.today()
        self.form.load(
            [
                Date(
                    "to_day",
                    N_("Last day"),
                    side=Side.FUTURE,
                    today=today,
                    help=N_("The last day on which it holds; empty = no end"),
                ),
                Text("paper_no", N_("Paper number"), limit=20, help=N_("May stay empty")),
            ]
        )

    def draw(self) -> None:
        super().draw()
        one = self.one
        if one is not None:
            until = cards.day_text(one.to_day) if one.to_day else _("no end")
            said = fill(_("{what}, last day: {day}"), what=wording.label(one.kind), day=until)
            self.head.show([(), line(at(3, said, Ink.BOLD)), ()])

    async def save(self) -> None:
        from kiosk.services import restricting

        assert self.one is not None
        values = self.form.values
        to_day = date.fromisoformat(values["to_day"]) if values["to_day"] else None
        recorded = await self.kiosk.write(
            restricting.extend,
            self.kiosk.signed_in,
            self.one.restriction_id,
            to_day,
            values["paper_no"],
        )
        self.form.touched = False
        await self.kiosk.back()
        tell_recorded(self.kiosk.front, recorded.planned, recorded.inside)
