"""What happens at the window around a visit: things left under a tag, and the search."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from kiosk.codes import (
    CaseState,
    Left,
    Screening,
    ScreeningConsent,
    ScreeningResult,
    Service,
    Sex,
)
from kiosk.values.people import Name


@dataclass(frozen=True, slots=True)
class ThingLeft:
    """`pieces` of money are whole som."""

    what: Left
    pieces: int = 1


@dataclass(frozen=True, slots=True)
class TagLine:
    """A tag with all that hangs on it; `badge` is its owner's, V-26-004512-1."""

    tag: str
    member_id: UUID
    case_id: UUID
    badge: str
    things: tuple[ThingLeft, ...]


@dataclass(frozen=True, slots=True)
class SearchRecord:
    """How somebody was searched, by whom. `goes_in` false: what was found turns them away."""

    level: Screening
    officer_id: UUID
    consent: ScreeningConsent
    result: ScreeningResult
    goes_in: bool = True


@dataclass(frozen=True, slots=True)
class MemberAtWindow:
    """One who was admitted. `tag` is what they left, `waits` that they did not go in yet."""

    member_id: UUID
    badge: str
    name: Name = field(repr=False)
    birth: str = field(repr=False)
    sex: Sex
    is_adult: bool
    searched: bool
    waits: bool
    tag: TagLine | None


@dataclass(frozen=True, slots=True)
class UnfinishedLine:
    """An open visit of which nobody is inside: ADMITTED waits for the search, LEFT for
    whoever fetches what hangs under `tags`."""

    case_id: UUID
    number: str
    day: date
    state: CaseState
    lead: Name = field(repr=False)
    file_number: str = field(repr=False)
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AtWindow:
    """A case at the window, between the decision and the way in."""

    case_id: UUID
    number: str
    service: Service
    state: CaseState
    members: tuple[MemberAtWindow, ...]
