"""Every visit of a prisoner and all that was brought, also what was refused or is planned."""

from __future__ import annotations

from collections.abc import Mapping

from kiosk import wording
from kiosk.codes import CaseState, Role
from kiosk.rules.kinds import GOODS
from kiosk.screens import cards
from kiosk.screens.listing import Listing, Subject
from kiosk.screens.screen import GATE_KEYS
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
_STATES_OF_GOODS = {
    CaseState.STORED: N_("on the shelf"),
    CaseState.HANDED_OVER: N_("given to him"),
    CaseState.TO_RETURN: N_("goes back"),
    CaseState.CLOSED: N_("is settled"),
    CaseState.REFUSED: N_("refused"),
    CaseState.FORWARDED: N_("sent on"),
    CaseState.VOID: N_("void"),
}
_NOT_VOIDED = frozenset({CaseState.BOOKED, CaseState.INSIDE, CaseState.VOID})


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
        state = (_STATES_OF_GOODS if one.service in GOODS else _STATES).get(one.state)
        return line(
            at(3, cards.day_text(one.day)),
            at(15, wording.short(one.service)),
            at(27, one.number),
            at(41, shorten(one.who, 22)),
            at(64, _(state) if state else ""),
        )

    @property
    def keys(self) -> Mapping[int, str]:
        may_void = self.kiosk.officer is not None and self._may_void(self.current)
        return {**GATE_KEYS, 8: N_("Annul")} if may_void else GATE_KEYS

    def question(self, one: PastVisit | None) -> str:
        if one is not None and one.service in GOODS:
            return N_("Enter = open   Esc = back")
        return N_("8 make void   Esc = back") if self._may_void(one) else N_("Esc = back")

    async def act(self, key: str, one: PastVisit | None) -> bool:
        if key == "enter" and one is not None and one.service in GOODS:
            await self.kiosk.go("parcel", one.case_id)
            return True
        if key not in ("8", "f8") or one is None or not self._may_void(one):
            return False
        from kiosk.services import departures

        opened = await self.kiosk.read(departures.of_case, one.case_id)
        await self.kiosk.go("void", opened)
        return True

    def _may_void(self, one: PastVisit | None) -> bool:
        """Whether this officer may make it void: whoever is inside leaves first, and what is
        only planned is called off. What was brought is made void where it is opened."""
        if one is None or one.state in _NOT_VOIDED or one.service in GOODS:
            return False
        return self.kiosk.signed_in.may(Role.SUPERVISOR, Role.ADMINISTRATOR)
