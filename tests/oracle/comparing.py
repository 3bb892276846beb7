"""Where two answers to one case differ; lists are compared without their order."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

UNORDERED = ("reasons", "conditions", "restrictions", "refused_items")


def differences(
    decided: dict[str, Any], expected: dict[str, Any], last_day: date
) -> Iterator[tuple[str, object, object]]:
    """Each key with the two values that differ; the oracle looked up to `last_day`."""
    for key, wanted in expected.items():
        given = decided.get(key)
        if key in UNORDERED:
            given = sorted(set(given or ()))
        elif key == "people":
            given = {who: sorted(set(codes)) for who, codes in (given or {}).items()}
        elif key == "remaining_unit" and expected["remaining_before"] is None:
            continue  # of nothing
        elif key == "next_allowed" and given and date.fromisoformat(given) > last_day:
            continue  # further than the oracle looks
        if given != wanted:
            yield key, given, wanted
