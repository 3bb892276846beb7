"""The group that is being put together at the window, kept so that a crash does not undo it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from uuid import UUID

from kiosk.codes import DraftKind, Relation, Service
from kiosk.doubts import Doubt
from kiosk.screens.visiting import Visitor
from kiosk.values import DocumentSeen, PrisonerCard, Wanted

if TYPE_CHECKING:
    from kiosk.app import KioskApp


@dataclass(frozen=True, slots=True)
class MemberDraft:
    """One of the group: ids, what the document said, what was settled about it."""

    person_id: UUID
    relation: Relation | None
    seen: DocumentSeen | None = field(repr=False)
    doubts: tuple[Doubt, ...]
    confirmed: bool


@dataclass(frozen=True, slots=True)
class ArrivalDraft:
    """What stands on Arrival, without what the register knows by itself."""

    case_id: UUID
    service: Service
    slot_id: UUID | None
    nights: int
    swap_from: Service | None
    booked: bool
    prisoner_id: UUID
    members: tuple[MemberDraft, ...]


async def keep(
    kiosk: KioskApp, wanted: Wanted, members: tuple[Visitor, ...], prisoner: PrisonerCard
) -> None:
    """Keep the case as it stands, under the name of whoever was scanned first."""
    from kiosk.services import drafts

    draft = ArrivalDraft(
        case_id=wanted.case_id,
        service=wanted.service,
        slot_id=wanted.session.slot_id if wanted.session is not None else None,
        nights=wanted.nights,
        swap_from=wanted.swap_from,
        booked=wanted.booked,
        prisoner_id=prisoner.prisoner_id,
        members=tuple(
            MemberDraft(one.card.person_id, one.relation, one.seen, one.doubts, one.confirmed)
            for one in members
        ),
    )
    name = members[0].card.name.short
    await kiosk.write(drafts.keep, kiosk.signed_in, DraftKind.ARRIVAL, draft, name)


async def drop(kiosk: KioskApp) -> None:
    """Nobody asks to enter any more."""
    from kiosk.services import drafts

    await kiosk.write(drafts.drop, kiosk.signed_in, DraftKind.ARRIVAL)


async def taken(
    kiosk: KioskApp,
) -> tuple[Wanted, tuple[Visitor, ...], PrisonerCard, bool] | None:
    """The case that this officer left half done, as the register knows it now; and whether
    the session in which it stood was taken back meanwhile."""
    from kiosk.services import arrivals, drafts, identify, prisoners

    officer = kiosk.signed_in
    draft = await kiosk.read(drafts.take, officer, DraftKind.ARRIVAL, ArrivalDraft)
    if draft is None:
        return None
    prisoner = await kiosk.read(prisoners.card, draft.prisoner_id)
    visitors: list[Visitor] = []
    for one in draft.members:
        card = await kiosk.write(identify.card, officer, one.person_id)
        visitors.append(
            Visitor(card, one.seen, one.doubts, one.confirmed, prisoner, one.relation)
        )
    wanted = await kiosk.read(
        arrivals.go_on,
        officer,
        draft.members[0].person_id,
        Wanted(
            draft.case_id,
            draft.service,
            None,
            draft.nights,
            draft.swap_from,
            None,
            draft.booked,
        ),
        draft.slot_id,
    )
    session_id = wanted.session.slot_id if wanted.session is not None else None
    return wanted, tuple(visitors), prisoner, session_id != draft.slot_id
