"""Records of somebody who was recorded twice: which were joined, by whom, and undoing it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from kiosk import wording
from kiosk.screens import cards
from kiosk.screens.listing import Listing, Subject, id_of
from kiosk.screens.screen import DONE
from kiosk.text import N_, _
from kiosk.values import JoinLine, Name
from kiosk.widgets.ink import Ink
from kiosk.widgets.lines import Line, at, line, shorten


class Joins(Listing[JoinLine]):
    TITLE_TEXT = N_("RECORDED TWICE")
    FOOT_ROWS = 3
    EMPTY = N_("This record is joined with no other.")

    async def look(self, subject: Subject) -> tuple[JoinLine, ...]:
        from kiosk.services import doubles

        return await self.kiosk.read(doubles.joins_of, self.kiosk.signed_in, id_of(subject))

    def columns(self) -> Line:
        return line(
            at(3, _("record"), Ink.HEAD),
            at(36, _("joined with"), Ink.HEAD),
            at(69, _("recorded"), Ink.HEAD),
        )

    def line_of(self, one: JoinLine) -> Line:
        return line(
            at(3, _who(one.one, one.one_born)),
            at(36, _who(one.other, one.other_born)),
            at(69, cards.day_text(one.on)),
        )

    def more_of(self, one: JoinLine) -> Sequence[Line]:
        return [
            (),
            line(at(3, _("ground"), Ink.HEAD), at(24, wording.label(one.ground))),
            line(at(3, _("joined by"), Ink.HEAD), at(24, one.by)),
        ]

    def question(self, one: JoinLine | None) -> str:
        if one is None:
            return N_("1 join with another record   Esc = back")
        return N_("1 join with another record   2 undo this   Esc = back")

    async def act(self, key: str, one: JoinLine | None) -> bool:
        if key == "1":
            await self.kiosk.go("new_join", self.subject)
        elif key == "2" and one is not None:
            self.confirm(
                N_("Are these two persons after all?   Enter = yes, part them   Esc = no"),
                partial(self._part, one),
            )
        else:
            return False
        return True

    async def _part(self, one: JoinLine) -> None:
        from kiosk.services import doubles

        await self.kiosk.write(doubles.part, self.kiosk.signed_in, one.link_id)
        await self.again()
        self.say(DONE, N_("These are two persons again."))


def _who(name: Name, born: str) -> str:
    return f"{shorten(f'{name.surname} {name.given}', 20)}, {cards.day_text(born)}"
