"""Things brought: which are refused by their class, and what the rest weighs."""

from __future__ import annotations

from collections.abc import Iterable

from kiosk.rules.asked import Asked
from kiosk.rules.facts import Facts, Item, RestrictionFacts
from kiosk.rules.restrictions import in_force, refuses_things


def refused_by(one: RestrictionFacts, facts: Facts) -> tuple[Item, ...]:
    """The things that a restriction refuses; one on a person only when they ask."""
    if not refuses_things(one, facts.service) or one.goods is None:
        return ()
    if one.person is not None and all(one.person != who.person for who in facts.people):
        return ()
    return tuple(item for item in facts.items if item.goods_class in one.goods)


def refused_items(asked: Asked, holding: Iterable[RestrictionFacts]) -> tuple[str, ...]:
    """The ids of things that are refused, in the order of the request."""
    refused = {item for one in holding for item in refused_by(one, asked.facts)}
    return tuple(item.item for item in asked.facts.items if item in refused)


def weight(asked: Asked) -> int | None:
    """Grams of what is not refused; None when that is no positive whole number.

    Of the whole weight what the refused things weigh is taken off; without a whole weight
    all that is left must have been weighed. When every thing is refused nothing is left to
    be weighed: 0.
    """
    facts = asked.facts
    refused = set(refused_items(asked, in_force(asked))) if facts.items else set()
    left = [item for item in facts.items if item.item not in refused]
    if facts.items and not left:
        return 0
    if any(item.grams is not None and item.grams <= 0 for item in left):
        return None
    if facts.grams is not None:
        gone = sum(max(0, item.grams or 0) for item in facts.items if item.item in refused)
        return facts.grams - gone if facts.grams > gone else None
    known = [item.grams for item in left if item.grams is not None]
    return sum(known) if known and len(known) == len(left) else None
