"""Every visit of a prisoner, the refused and the planned too, the newest first."""

from __future__ import annotations

from kiosk import wording
from kiosk.codes import CaseState
from kiosk.screens import cards
from kiosk.screens.listing import Listing, Subject
from kiosk.text import N_, _
from kiosk.values import PrisonerCard
from kiosk.values.balances import PastVisit
from kiosk.widgets.ink import Ink
from kiosk.widgets.lines import Line, at, line, shorten

_STATES = {
    CaseState.BOOKED: N_("booked"),
    CaseState.ADMITTED: N_("admitted"),
    CaseState.INSIDE: N_("inside"),
    CaseState.LEFT: N_("took place"),
    CaseState.CLOSED: N_("took place"),
    CaseState.REFUSED: N_("refused"),
    CaseState.CANCELLED: N_("called off"),
    CaseState.VOID: N_("void"),
}


class PrisonerVisits(Listing[PastVisit]):
    TITLE_TEXT = N_("VISITS SO FAR")
    EMPTY = N_("Nobody has come yet.")

    async def look(self, subject: Subject) -> tuple[PastVisit, ...]:
        from kiosk.services import prisoner_file

        assert isinstance(subject, PrisonerCard)
        return await self.kiosk.read(
            prisoner_file.visits_of, self.kiosk.signed_in, subject.prisoner_id
        )

    def columns(self) -> Line:
        return line(
            at(3, _("day"), Ink.HEAD),
            at(15, _("service"), Ink.HEAD),
            at(27, _("number"), Ink.HEAD),
            at(41, _("visitor"), Ink.HEAD),
            at(64, _("state"), Ink.HEAD),
        )

    def line_of(self, one: PastVisit) -> Line:
        state = _STATES.get(one.state)
        return line(
            at(3, cards.day_text(one.day)),
            at(15, wording.short(one.service)),
            at(27, one.number),
            at(41, shorten(one.who, 22)),
            at(64, _(state) if state else ""),
        )

    def question(self, one: PastVisit | None) -> str:
        return N_("Esc = back")

    async def act(self, key: str, one: PastVisit | None) -> bool:
        return False
