"""A supervisor stands for a relation, for as long as it is to hold."""

from __future__ import annotations

from datetime import date

from kiosk import wording
from kiosk.screens.screen import DONE, HeadedFormScreen
from kiosk.text import N_, _
from kiosk.values import RelationLine
from kiosk.widgets.fields import Date, Side
from kiosk.widgets.ink import Ink
from kiosk.widgets.lines import at, line


class Approve(HeadedFormScreen):
    TITLE_TEXT = N_("APPROVAL")
    help_name = "card"

    def __init__(self) -> None:
        super().__init__()
        self.relation: RelationLine | None = None

    def forget(self) -> None:
        super().forget()
        self.relation = None
        self.head.show([])

    async def enter(self, *about: object) -> None:
        (relation,) = about
        assert isinstance(relation, RelationLine)
        self.relation = relation
        today = self.kiosk.today()
        whole = N_("Empty = without a limit")
        self.form.load(
            [
                Date("from_day", N_("First day"), side=Side.ANY, today=today, help=whole),
                Date("to_day", N_("Last day"), side=Side.FUTURE, today=today, help=whole),
            ],
            {
                "from_day": relation.from_day.isoformat() if relation.from_day else "",
                "to_day": relation.to_day.isoformat() if relation.to_day else "",
            },
        )

    def draw(self) -> None:
        super().draw()
        one = self.relation
        if one is not None:
            proof = wording.label(one.proof) if one.proof else _("not seen")
            self.head.show(
                [
                    (),
                    line(at(3, one.person.full, Ink.BOLD)),
                    line(at(3, f"{wording.label(one.kind)}: {one.prisoner.full}")),
                    line(at(3, _("proof"), Ink.HEAD), at(20, proof)),
                    (),
                ]
            )

    async def save(self) -> None:
        from kiosk.services import relations

        assert self.relation is not None
        from_day, to_day = (
            date.fromisoformat(value) if value else None
            for value in (self.form.values["from_day"], self.form.values["to_day"])
        )
        await self.kiosk.write(
            relations.approve,
            self.kiosk.signed_in,
            self.relation.relation_id,
            from_day,
            to_day,
        )
        self.form.touched = False
        await self.kiosk.back()
        self.kiosk.front.say(DONE, N_("The relation is approved."))
