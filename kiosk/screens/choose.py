"""Arrival of somebody known: to whom they come today, and as what."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from kiosk.codes import Relation
from kiosk.screens import cards, choices, lookup
from kiosk.screens.screen import HeadedFormScreen
from kiosk.screens.visiting import Visitor
from kiosk.text import N_
from kiosk.widgets.fields import Choice, Lookup
from kiosk.widgets.ink import Ink
from kiosk.widgets.lines import at, line


class ChoosePrisoner(HeadedFormScreen):
    HEAD_ROWS = 4
    TITLE_TEXT = N_("ARRIVAL")
    help_name = "person"

    def __init__(self) -> None:
        super().__init__()
        self.visitor: Visitor | None = None

    def forget(self) -> None:
        super().forget()
        self.visitor = None
        self.head.show([])

    async def enter(self, *about: object) -> None:
        (visitor,) = about
        assert isinstance(visitor, Visitor)
        self.visitor = visitor
        self.form.load(
            [
                Lookup(
                    "prisoner",
                    N_("Prisoner"),
                    required=True,
                    help=N_("Two letters of the name, or the file number"),
                    missing=N_("The prisoner is missing. Two letters of the name find him."),
                ),
                Choice("relation", N_("Relation"), required=True, options=choices.relations()),
            ]
        )

    def draw(self) -> None:
        super().draw()
        if self.visitor is not None:
            card = self.visitor.card
            name, born = card.name.full, cards.day_text(card.birth)
            self.head.show([(), line(at(3, name, Ink.BOLD), f", {born}"), ()])

    @property
    def undecided(self) -> str:
        return self.visitor.card.name.short if self.visitor is not None else ""

    async def changed(self, field: str) -> None:
        if field == "prisoner":
            await lookup.offer(self, "prisoner", "prisoner")

    async def save(self) -> None:
        from kiosk.services import prisoners

        values = self.form.values
        prisoner = await self.kiosk.read(prisoners.card, UUID(values["prisoner"]))
        self.form.touched = False
        assert self.visitor is not None
        chosen = replace(self.visitor, prisoner=prisoner, relation=Relation(values["relation"]))
        await self.kiosk.go("arrival", chosen, replace=True)
