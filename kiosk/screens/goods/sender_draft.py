"""Who brings or sends a bag, and for whom, as far as it was told before the till opens: kept
so that a crash costs one field."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from uuid import UUID

from kiosk.codes import DraftKind, Relation, Service
from kiosk.doubts import Doubt
from kiosk.screens.visiting import Visitor
from kiosk.values import DocumentSeen, PrisonerCard

if TYPE_CHECKING:
    from kiosk.app import KioskApp


@dataclass(frozen=True, slots=True)
class BringingDraft:
    """Somebody at the window: ids, what their document said, the ticket that was called."""

    service: Service
    sender_id: UUID | None
    prisoner_id: UUID | None
    relation: Relation | None
    seen: DocumentSeen | None = field(repr=False)
    doubts: tuple[Doubt, ...]
    ticket_id: UUID | None


@dataclass(frozen=True, slots=True)
class PostedDraft:
    """A wrapper: `values` by field of the form, `labels` the names by the codes among them."""

    values: dict[str, str] = field(repr=False)
    labels: dict[str, str] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Brings:
    """What stood at the window, as the register knows it now."""

    service: Service
    visitor: Visitor | None
    prisoner: PrisonerCard | None
    ticket_id: UUID | None


async def keep_bringing(kiosk: KioskApp, draft: BringingDraft, name: str) -> None:
    """Keep who stands there, under the name that the menu shows."""
    from kiosk.services import drafts

    await kiosk.write(drafts.keep, kiosk.signed_in, DraftKind.BRINGING, draft, name)


async def keep_posted(kiosk: KioskApp, draft: PostedDraft, name: str, of: int) -> None:
    """Keep the form of `of` fields as it stands, under the name that the menu shows."""
    from kiosk.services import drafts

    done = len(draft.values)
    await kiosk.write(drafts.keep, kiosk.signed_in, DraftKind.POSTED, draft, name, done, of)


async def drop(kiosk: KioskApp, kind: DraftKind) -> None:
    """The bag is at the till, which keeps it; or nobody brings it any more."""
    from kiosk.services import drafts

    await kiosk.write(drafts.drop, kiosk.signed_in, kind)


async def bringing(kiosk: KioskApp) -> Brings | None:
    """Who stood there when this officer left it; what was doubtful is doubtful again."""
    from kiosk.services import drafts, identify, prisoners

    officer = kiosk.signed_in
    draft = await kiosk.read(drafts.take, officer, DraftKind.BRINGING, BringingDraft)
    if draft is None:
        return None
    prisoner = visitor = None
    if draft.prisoner_id is not None:
        prisoner = await kiosk.read(prisoners.card, draft.prisoner_id)
    if draft.sender_id is not None:
        card = await kiosk.write(identify.card, officer, draft.sender_id)
        told = draft.seen, draft.doubts, False, prisoner, draft.relation
        visitor = Visitor(card, *told)
    return Brings(draft.service, visitor, prisoner, draft.ticket_id)


async def posted(kiosk: KioskApp) -> PostedDraft | None:
    """The form that this officer left half done."""
    from kiosk.services import drafts

    return await kiosk.read(drafts.take, kiosk.signed_in, DraftKind.POSTED, PostedDraft)
