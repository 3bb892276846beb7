"""What a prisoner is at one moment, and the events that made it so."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from kiosk.codes import PrisonerEventKind


@dataclass(frozen=True, slots=True)
class NewEvent:
    """A change of a prisoner's state as somebody enters it; moments UTC ms.

    `value` is a code of the state of `kind`, or a unit's own name. `until_at`: when it ends
    by itself. `paper`: the number of the paper it rests on.
    """

    kind: PrisonerEventKind
    value: str
    from_at: int
    until_at: int | None = None
    paper: str = ""


@dataclass(frozen=True, slots=True)
class EventLine:
    """One recorded event, as the list shows it; moments UTC ms.

    `undone`: it was a mistake and never held. `holds`: it is in force at the moment asked.
    """

    event_id: UUID
    kind: PrisonerEventKind
    value: str
    from_at: int
    until_at: int | None
    paper: str
    undone: bool
    holds: bool
