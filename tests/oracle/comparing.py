"""Where two answers to one case differ; lists are compared without their order."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

UNORDERED = ("reasons", "conditions", "restrictions", "refused_items")


def differences(
    decided: dict[str, Any], expected: dict[str, Any]
) -> Iterator[tuple[str, object, object]]:
    """Each key with the two values that differ."""
    for key, wanted in expected.items():
        given = decided.get(key)
        if key in UNORDERED:
            given = sorted(set(given or ()))
        elif key == "people":
            given = {who: sorted(set(codes)) for who, codes in (given or {}).items()}
        if given != wanted:
            yield key, given, wanted
