"""What was typed and is no fact yet: kept while it is typed, so that a crash costs a moment."""

from __future__ import annotations

from dataclasses import dataclass, field

from kiosk.codes import DraftKind


@dataclass(frozen=True, slots=True)
class DraftLine:
    """A draft as the menu names it: whose, since when, and how far. `at` in UTC ms.

    `done` of `of` fields are filled; both 0 where nobody counts.
    """

    kind: DraftKind
    name: str = field(repr=False)
    at: int
    done: int = 0
    of: int = 0
