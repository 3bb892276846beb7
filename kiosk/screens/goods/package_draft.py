"""The bag that is being listed, kept at each line so that a crash costs no line.

From the moment it is opened it also tells other windows who unpacks this bag.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from uuid import UUID

from kiosk.codes import DraftKind, ItemReason, Relation, Service, Verdict, WeighedBy
from kiosk.screens.goods.brought import Brought
from kiosk.values import DocumentSeen
from kiosk.values.goods import BroughtLine, CatalogueEntry, Seized

if TYPE_CHECKING:
    from kiosk.app import KioskApp
    from kiosk.screens.goods.listed import Listed


@dataclass(frozen=True, slots=True)
class LineDraft:
    """A line as typed; the catalogue knows what stands behind its id."""

    catalogue_id: UUID | None
    pieces: int
    grams: int
    words: str = field(repr=False)
    verdict: Verdict | None
    reason: ItemReason | None
    left_out_grams: int | None
    tyiyn: int | None
    paper_number: str = field(repr=False)
    seized: Seized | None


@dataclass(frozen=True, slots=True)
class PackageDraft:
    """What stands at the till, without what the register knows by itself."""

    case_id: UUID
    service: Service
    sender_id: UUID
    prisoner_id: UUID
    seen: DocumentSeen | None = field(repr=False)
    relation: Relation | None
    confirmed: tuple[str, ...]
    ticket_id: UUID | None
    post_no: str
    commission: tuple[UUID, ...]
    gross: int | None
    weighed_by: WeighedBy
    lines: tuple[LineDraft, ...]

    def is_about(self, brought: Brought) -> bool:
        """Whether it is the same bag: the same two, the same service, the same post number."""
        mine = (self.service, self.sender_id, self.prisoner_id, self.post_no)
        person_id, prisoner_id = brought.sender.person_id, brought.prisoner.prisoner_id
        return mine == (brought.service, person_id, prisoner_id, brought.post_no)

    @property
    def is_empty(self) -> bool:
        """Whether nothing would be lost without it."""
        return not self.lines and self.gross is None


@dataclass(frozen=True, slots=True)
class Left:
    """A bag that was left half listed, as the register knows it now. `lost` lines stand for
    things that the catalogue does not know any more, and are gone."""

    case_id: UUID
    brought: Brought
    lines: tuple[BroughtLine, ...]
    gross: int | None
    weighed_by: WeighedBy
    lost: int = 0


async def keep(kiosk: KioskApp, case_id: UUID, brought: Brought, listed: Listed) -> None:
    """Keep the bag as it stands, under the name of who brings it."""
    from kiosk.services import drafts

    draft = PackageDraft(
        case_id=case_id,
        service=brought.service,
        sender_id=brought.sender.person_id,
        prisoner_id=brought.prisoner.prisoner_id,
        seen=brought.seen,
        relation=brought.relation,
        confirmed=brought.confirmed,
        ticket_id=brought.ticket_id,
        post_no=brought.post_no,
        commission=brought.commission,
        gross=listed.gross,
        weighed_by=listed.weighed_by,
        lines=tuple(map(_draft_of, listed.lines)),
    )
    name = brought.sender.name.short
    await kiosk.write(drafts.keep, kiosk.signed_in, DraftKind.PACKAGE, draft, name)


async def drop(kiosk: KioskApp) -> None:
    """Nobody brings it any more."""
    from kiosk.services import drafts

    await kiosk.write(drafts.drop, kiosk.signed_in, DraftKind.PACKAGE)


async def kept(kiosk: KioskApp) -> PackageDraft | None:
    """What this officer left half listed at this window."""
    from kiosk.services import drafts

    return await kiosk.read(drafts.take, kiosk.signed_in, DraftKind.PACKAGE, PackageDraft)


async def taken(kiosk: KioskApp, draft: PackageDraft) -> Left:
    """The bag of `draft` with everything that the register knows of it now."""
    from kiosk.services import identify, prisoners
    from kiosk.services.goods import catalogue

    sender = await kiosk.write(identify.card, kiosk.signed_in, draft.sender_id)
    prisoner = await kiosk.read(prisoners.card, draft.prisoner_id)
    today = await kiosk.read(catalogue.in_force, kiosk.today())
    entries = {one.catalogue_id: one for one in today}
    lines = [_line_of(one, entries) for one in draft.lines]
    there = tuple(one for one in lines if one is not None)
    brought = Brought(
        service=draft.service,
        sender=sender,
        prisoner=prisoner,
        seen=draft.seen,
        relation=draft.relation,
        confirmed=draft.confirmed,
        ticket_id=draft.ticket_id,
        post_no=draft.post_no,
        commission=draft.commission,
    )
    lost = len(lines) - len(there)
    return Left(draft.case_id, brought, there, draft.gross, draft.weighed_by, lost)


def _draft_of(line: BroughtLine) -> LineDraft:
    return LineDraft(
        catalogue_id=line.entry.catalogue_id if line.entry is not None else None,
        pieces=line.pieces,
        grams=line.grams,
        words=line.words,
        verdict=line.verdict,
        reason=line.reason,
        left_out_grams=line.left_out_grams,
        tyiyn=line.tyiyn,
        paper_number=line.paper_number,
        seized=line.seized,
    )


def _line_of(draft: LineDraft, entries: dict[UUID, CatalogueEntry]) -> BroughtLine | None:
    """The line as today's catalogue knows it; None when it knows it no more."""
    entry = None
    if draft.catalogue_id is not None:
        entry = entries.get(draft.catalogue_id)
        if entry is None:
            return None
    return BroughtLine(
        entry=entry,
        pieces=draft.pieces,
        grams=draft.grams,
        words=draft.words,
        verdict=draft.verdict,
        reason=draft.reason,
        left_out_grams=draft.left_out_grams,
        tyiyn=draft.tyiyn,
        paper_number=draft.paper_number,
        seized=draft.seized,
    )
