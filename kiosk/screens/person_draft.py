"""The form of a new visitor as far as it was typed, kept so that a crash costs one field."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from uuid import UUID

from kiosk.codes import DraftKind
from kiosk.doubts import Doubt
from kiosk.values import DocumentSeen, PrisonerCard

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kiosk.app import KioskApp


@dataclass(frozen=True, slots=True)
class PersonDraft:
    """`values` by field of the form; `seen` the document it was filled from, and its doubts."""

    values: dict[str, str] = field(repr=False)
    seen: DocumentSeen | None = field(repr=False)
    doubts: tuple[Doubt, ...]


async def keep(
    kiosk: KioskApp,
    values: Mapping[str, str],
    seen: DocumentSeen | None,
    doubts: tuple[Doubt, ...],
) -> None:
    """Keep the form as it stands."""
    from kiosk.services import drafts

    filled = {name: value for name, value in values.items() if value}
    name = f"{filled.get('surname', '')} {filled.get('given', '')[:1]}".strip()
    await kiosk.write(
        drafts.keep,
        kiosk.signed_in,
        DraftKind.PERSON,
        PersonDraft(filled, seen, doubts),
        f"{name}." if " " in name else name,
        len(filled),
        len(values),
    )


async def drop(kiosk: KioskApp) -> None:
    """What was typed is wanted no more."""
    from kiosk.services import drafts

    await kiosk.write(drafts.drop, kiosk.signed_in, DraftKind.PERSON)


async def taken(kiosk: KioskApp) -> tuple[PersonDraft, PrisonerCard | None] | None:
    """The form that this officer left half done, and the prisoner who stands in it."""
    from kiosk.services import drafts, prisoners

    draft = await kiosk.read(drafts.take, kiosk.signed_in, DraftKind.PERSON, PersonDraft)
    if draft is None:
        return None
    prisoner = draft.values.get("prisoner")
    card = await kiosk.read(prisoners.card, UUID(prisoner)) if prisoner else None
    return draft, card
