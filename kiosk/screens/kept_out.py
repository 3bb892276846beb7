"""Who was searched and does not go in: what came since the admission keeps them out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from uuid import UUID

from kiosk import wording
from kiosk.codes import CaseState
from kiosk.errors import Invalid
from kiosk.text import _, fill
from kiosk.values import AtWindow, MemberAtWindow, Proposal

if TYPE_CHECKING:
    from kiosk.app import KioskApp


@dataclass(frozen=True, slots=True)
class KeptOut:
    """`proposal` is what the rules answer now; None where they could not be asked, for the
    reason of the `sentence` (msgid). `name` is whom it concerns first."""

    proposal: Proposal | None
    sentence: str = ""
    name: str = field(default="", repr=False)

    def why(self) -> str:
        """The first reason that is new, and whom it concerns, in the language of the screen."""
        if self.proposal is None:
            return fill(_(self.sentence))
        said = wording.reason_line(self.proposal.news[0])
        return f"{self.name}: {said}" if self.name else said


async def look(kiosk: KioskApp, case: AtWindow) -> KeptOut | None:
    """What keeps out those of a case who were searched; None where nothing does."""
    from kiosk.services import going_in

    if not stand_here(case):
        return None
    try:
        proposal = await kiosk.read(going_in.kept_out, kiosk.signed_in, case.case_id)
    except Invalid as refusal:
        return KeptOut(None, refusal.sentence)
    if proposal is None:
        return None
    person = proposal.news[0].person
    named = zip(proposal.request.members, names_of(case), strict=False)
    name = next((name for one, name in named if str(one.person_id) == person), "")
    return KeptOut(proposal, name=name)


def stand_here(case: AtWindow | None) -> bool:
    """Whether somebody of it was searched and did not go in; children wait for an adult."""
    if case is None:
        return False
    ready = [one for one in case.members if one.waits and one.searched]
    adults = [one for one in _ready_or_inside(case) if one.is_adult]
    return bool(ready and adults)


def names_of(case: AtWindow) -> list[str]:
    """Those about whom the rules are asked again, in the order of the case."""
    return [one.name.short for one in _ready_or_inside(case)]


def _ready_or_inside(case: AtWindow) -> list[MemberAtWindow]:
    return [one for one in case.members if one.searched or not one.waits]


async def let_in(kiosk: KioskApp, case_id: UUID) -> CaseState:
    from kiosk.services import going_in

    return await kiosk.write(going_in.let_in, kiosk.signed_in, case_id)


async def turn_away(kiosk: KioskApp, case_id: UUID) -> CaseState:
    from kiosk.services import going_in

    return await kiosk.write(going_in.turn_away, kiosk.signed_in, case_id)
