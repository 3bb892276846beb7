"""The bag that stands at the till, as the register is asked about it and told of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import UUID

from kiosk.codes import ReasonCode, Verdict, WeighedBy
from kiosk.errors import NotFound, Refused
from kiosk.rules.bag import stays
from kiosk.screens.goods import package_draft
from kiosk.screens.goods.brought import Brought
from kiosk.screens.goods.entry_questions import Asks
from kiosk.screens.goods.listed import Listed
from kiosk.screens.goods.package_draft import Left, PackageDraft
from kiosk.screens.goods.till import Till
from kiosk.screens.screen import FormUnfinished
from kiosk.text import N_
from kiosk.values import Override
from kiosk.values.goods import BroughtLine, GoodsProposal, GoodsRecorded, GoodsRequest

if TYPE_CHECKING:
    from kiosk.app import KioskApp


class PackageCase:
    """`proposal` says what may still be brought, `drawn` that the lot fell on it, `extra_by`
    who looked it through once more, when it was as `looked_at`. `lost` lines were things that
    today's catalogue does not know, and `sign_again` that some of it passes only when a
    second person signs anew. With an `override` one stands for the reasons `signed_for`, and
    for the lines that `listed` knows of."""

    def __init__(
        self, kiosk: KioskApp, left: Left, proposal: GoodsProposal, till: Till
    ) -> None:
        self.kiosk = kiosk
        self.case_id: UUID = left.case_id
        self.brought: Brought = left.brought
        self.lost = left.lost
        self.sign_again = False
        self.proposal = proposal
        self.till = till
        self.other_window = ""
        self.drawn = False
        self.extra_by: UUID | None = None
        self.looked_at: tuple[BroughtLine, ...] = ()
        self.override: Override | None = None
        self.signed_for: frozenset[ReasonCode] = frozenset()

    @property
    def listed(self) -> Listed:
        return self.till.listed

    @property
    def empty_request(self) -> GoodsRequest:
        """Whether anything of these two may be brought at all."""
        brought = self.brought
        return GoodsRequest(
            self.case_id, brought.service, brought.prisoner.prisoner_id, brought.asks
        )

    @property
    def request(self) -> GoodsRequest:
        """The bag as it stands. A posted one that goes back before anything of it was weighed
        or listed was opened by nobody."""
        brought, listed = self.brought, self.listed
        unopened = not listed.lines and listed.gross is None
        return GoodsRequest(
            case_id=self.case_id,
            service=brought.service,
            prisoner_id=brought.prisoner.prisoner_id,
            sender=brought.asks,
            lines=tuple(listed.lines),
            gross_grams=listed.gross,
            weighed_by=listed.weighed_by,
            post_no=brought.post_no,
            commission=() if unopened else brought.commission,
            extra_by=self.extra_by,
            looked_at=self.looked_at,
            signed=self.listed.signed_for,
            ticket_id=brought.ticket_id,
        )

    # ---- looked through once more

    @property
    def asks_second_look(self) -> bool:
        """The lot fell on it, and nobody has looked at it as it lies there now."""
        stands = [one.confirmed for one in self.listed.lines]
        return self.drawn and (
            self.extra_by is None or stands != [one.confirmed for one in self.looked_at]
        )

    def looked_through(self, staff_id: UUID) -> None:
        """Another officer has looked at every line as it stands now."""
        self.extra_by, self.looked_at = staff_id, tuple(self.listed.lines)

    # ---- listed, and kept meanwhile

    async def list_as_last_time(self) -> int:
        """List what this sender brought last; so many lines. Raises Refused once something is
        listed, and where nothing is known."""
        from kiosk.services.goods import last_list

        kiosk, till = self.kiosk, self.till
        if self.listed.lines or till.asks not in (Asks.THING, Asks.WHOLE_WEIGHT):
            raise Refused(N_("The last list comes before the first line only."))
        sender_id = self.brought.sender.person_id
        lines = await kiosk.read(last_list.last_list, kiosk.signed_in, sender_id)
        if not lines:
            raise Refused(N_("This sender has no earlier list. Type the things."))
        till.add_all(lines)
        if self.listed.gross is None:
            till.weigh_anew()
        await self.keep()
        return len(lines)

    async def keep(self) -> None:
        await package_draft.keep(self.kiosk, self.case_id, self.brought, self.listed)

    async def drop(self) -> None:
        await package_draft.drop(self.kiosk)

    # ---- what the rules say

    async def decide(self) -> GoodsProposal:
        """What they say of the bag as it stands."""
        from kiosk.services.goods import asking

        kiosk, signed = self.kiosk, self.override is not None
        return await kiosk.read(asking.propose, kiosk.signed_in, self.request, signed=signed)

    def stands_against(self, proposal: GoodsProposal) -> bool:
        """Whether it is refused for something that nobody signed for."""
        against = {reason.code for reason in proposal.decision.reasons}
        return not proposal.decision.passes and not against <= self.signed_for

    async def wanting(self, place: int) -> GoodsProposal:
        """The bag with the line at `place` accepted, for a second person to sign."""
        from kiosk.services.goods import asking

        lines = list(self.listed.lines)
        lines[place] = replace(lines[place], verdict=Verdict.ACCEPT, reason=None, seized=None)
        request = replace(self.request, lines=tuple(lines))
        kiosk = self.kiosk
        return await kiosk.read(asking.propose, kiosk.signed_in, request, signed=True)

    async def sign(self, override: Override, asked: GoodsProposal) -> None:
        """A second person stands for what was `asked` of them; the bag is listed on."""
        self.override = override
        self.signed_for |= {reason.code for reason in asked.decision.reasons}
        self.listed.sign(asked.request.lines)
        await self.keep()

    async def ask_again(self) -> None:
        """Something is different now: what may be brought, and what was brought today."""
        from kiosk.services.goods import asking

        kiosk = self.kiosk
        self.proposal = await kiosk.read(asking.propose, kiosk.signed_in, self.empty_request)
        self.listed.judge_anew(self.proposal.stopped, self.proposal.room.grams_left)

    # ---- written

    async def take_in(self, seen: GoodsProposal) -> GoodsRecorded:
        """Record the bag: what passes of it, or that nothing does. Raises as
        `services.goods.accepting` does."""
        from kiosk.services.goods import accepting

        if not stays(self.listed.bag):
            return await self.turn_back(seen)
        rests_on_it = not seen.decision.passes or self.listed.rests_on_a_signature
        return await self.kiosk.write(
            accepting.accept,
            self.kiosk.signed_in,
            self.request,
            seen.decision,
            self.proposal.earlier,
            self.override if rests_on_it else None,
        )

    async def turn_back(self, seen: GoodsProposal) -> GoodsRecorded:
        """Record that nothing of it passes."""
        from kiosk.services.goods import accepting, asking

        kiosk, request = self.kiosk, self.request
        if self.override is not None:  # what goes back needs nobody's signature
            seen = await kiosk.read(asking.propose, kiosk.signed_in, request)
        return await kiosk.write(accepting.refuse, kiosk.signed_in, request, seen.decision)


async def opened(kiosk: KioskApp, left: Left) -> PackageCase:
    """A bag at the till: what may be brought, the catalogue, the lot, who else lists it.

    Raises what `asking.propose` raises. A bag that passes is kept as a draft at once, so that
    other windows know of it.
    """
    from kiosk.services.goods import asking, catalogue, holds, lots

    brought, officer = left.brought, kiosk.signed_in
    sender_id, prisoner_id = brought.sender.person_id, brought.prisoner.prisoner_id
    asked = GoodsRequest(left.case_id, brought.service, prisoner_id, brought.asks)
    proposal = await kiosk.read(asking.propose, officer, asked)
    entries = await kiosk.read(catalogue.in_force, kiosk.today())
    listed = Listed(brought.service, proposal.stopped, proposal.room.grams_left)
    sign_again = listed.take_up(left.lines, left.gross, left.weighed_by)
    case = PackageCase(kiosk, left, proposal, Till(listed, entries))
    case.sign_again = sign_again
    case.other_window = await kiosk.read(holds.other_window, officer, sender_id, prisoner_id)
    if proposal.decision.passes:
        case.drawn = await kiosk.write(lots.draw, officer, prisoner_id, sender_id)
        await case.keep()
    return case


async def new(kiosk: KioskApp, brought: Brought) -> PackageCase:
    """A bag that was just brought; the same one once more goes on where it was left.

    Raises FormUnfinished while this officer has another one half listed.
    """
    from kiosk.services.goods import accepting

    draft = await package_draft.kept(kiosk)
    if draft is not None and draft.is_about(brought):
        return await opened(kiosk, await _left(kiosk, draft))
    if draft is not None and not draft.is_empty:
        raise FormUnfinished(
            N_("Another bag is half listed. The menu goes on with it; F2 closes it.")
        )
    case_id = await kiosk.read(accepting.new_case_id)
    return await opened(kiosk, Left(case_id, brought, (), None, WeighedBy.TYPED))


async def taken_up(kiosk: KioskApp) -> PackageCase:
    """The bag that this officer left half listed. Raises Refused when it was closed since."""
    draft = await package_draft.kept(kiosk)
    if draft is None:
        raise Refused(N_("This was finished meanwhile. Scan the document again."))
    return await opened(kiosk, await _left(kiosk, draft))


async def _left(kiosk: KioskApp, draft: PackageDraft) -> Left:
    """The bag of `draft`. One of somebody whom the register does not know any more raises
    NotFound and stands in the way of no other."""
    try:
        return await package_draft.taken(kiosk, draft)
    except NotFound:
        await package_draft.drop(kiosk)
        raise
