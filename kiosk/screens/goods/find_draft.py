"""What was typed about finds and not recorded: leaving the form, or a crash, costs nothing."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from uuid import UUID

from kiosk.codes import DraftKind

if TYPE_CHECKING:
    from kiosk.app import KioskApp

MOST = 9  # finds of one officer that are half told; the oldest goes


@dataclass(frozen=True, slots=True)
class FindDraft:
    """The form of one find; `find_id` None: of one that has no number yet. `values` by field,
    `labels` what a search had found for the codes among them."""

    find_id: UUID | None
    stage: str
    values: dict[str, str] = field(repr=False)
    labels: dict[str, str] = field(repr=False)


@dataclass(frozen=True, slots=True)
class FindDrafts:
    """All of an officer, the last one touched at the end."""

    drafts: tuple[FindDraft, ...] = ()


async def keep(kiosk: KioskApp, draft: FindDraft, name: str) -> None:
    """Keep the form as it stands, under the name that the menu shows."""
    others = await _others(kiosk, draft.find_id)
    await _store(kiosk, FindDrafts((*others, draft)[-MOST:]), name)


async def drop(kiosk: KioskApp, find_id: UUID | None) -> None:
    """It was recorded, or is wanted no more."""
    from kiosk.services import drafts

    others = await _others(kiosk, find_id)
    if others:
        await _store(kiosk, FindDrafts(others), "")
    else:
        await kiosk.write(drafts.drop, kiosk.signed_in, DraftKind.FIND)


async def taken(kiosk: KioskApp) -> tuple[FindDraft, ...]:
    """What this officer left half told, the last one touched at the end."""
    from kiosk.services import drafts

    kept = await kiosk.read(drafts.take, kiosk.signed_in, DraftKind.FIND, FindDrafts)
    return kept.drafts if kept is not None else ()


async def _others(kiosk: KioskApp, find_id: UUID | None) -> tuple[FindDraft, ...]:
    return tuple(one for one in await taken(kiosk) if one.find_id != find_id)


async def _store(kiosk: KioskApp, kept: FindDrafts, name: str) -> None:
    from kiosk.services import drafts

    await kiosk.write(drafts.keep, kiosk.signed_in, DraftKind.FIND, kept, name)
