"""Arrival of somebody known: to whom they come today, and as what."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from kiosk.codes import Proof, Relation
from kiosk.screens import cards, choices, lookup
from kiosk.screens.screen import HeadedFormScreen
from kiosk.screens.visiting import Visitor
from kiosk.text import N_
from kiosk.values import Stated
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
                choices.proof_field(),
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
            await self._propose()

    async def _propose(self) -> None:
        """What the register says of these two stands there already."""
        from kiosk.services import relations

        prisoner_id = self.form.values["prisoner"]
        if not prisoner_id or self.visitor is None:
            return
        known = await self.kiosk.read(
            relations.recorded, self.visitor.card.person_id, UUID(prisoner_id)
        )
        if known is not None:
            self.form.set("relation", known.kind.value)
            self.form.set("proof", known.proof.value if known.proof else "")

    async def save(self) -> None:
        from kiosk.services import prisoners, relations

        values, visitor = self.form.values, self.visitor
        assert visitor is not None
        stated = Stated(
            UUID(values["prisoner"]),
            Relation(values["relation"]),
            Proof(values["proof"]) if values["proof"] else None,
        )
        await self.kiosk.write(
            relations.state, self.kiosk.signed_in, visitor.card.person_id, stated
        )
        prisoner = await self.kiosk.read(prisoners.card, stated.prisoner_id)
        self.form.touched = False
        chosen = replace(visitor, prisoner=prisoner, relation=stated.kind)
        await self.kiosk.go("arrival", chosen, replace=True)
