"""How a day stands at a gate: the figures of the menu."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Today:
    """The counters of the menu. `longest` is the longest wait in minutes, `reviews` how many
    cases have to be looked at again. `packages` were taken in today, `finds` made; `stored`
    wait for their prisoners now, of which something of `spoiled` is past its hour.
    `finds_open`, of whatever day, have no act."""

    day: date
    waiting: int
    longest: int
    inside: int
    overdue: int
    visits: int
    refused: int
    reviews: int
    packages: int
    finds: int
    finds_open: int
    stored: int
    spoiled: int
    waiting_papers: int
    uncertain_papers: int
    rule_set: str
    rules_confirmed: bool


@dataclass(frozen=True, slots=True)
class StorageCounts:
    """What stands in the storage: parcels for prisoners, and what goes back (`to_return`).

    Of those for prisoners something is spoiled by its hour (`past`), or within six hours
    (`soon`); `too_long` were kept for more days than the prison keeps them.
    """

    stored: int = 0
    past: int = 0
    soon: int = 0
    too_long: int = 0
    to_return: int = 0
