"""TEST-2026, typed a second time from its table."""

from __future__ import annotations

from typing import Any

STRICT = {"category": "convict", "regime": "strict", "condition": "ordinary"}
CONVICT, REMAND = {"category": "convict"}, {"category": "remand"}


def row(
    code: str,
    service: list[str],
    scope: dict[str, Any],
    limit: str,
    period: str,
    value: int | None,
) -> dict[str, Any]:
    return {
        "id": code,
        "service": service,
        "scope": scope,
        "limit": limit,
        "period": period,
        "value": value,
    }


ROWS: dict[str, list[dict[str, Any]]] = {
    "TEST-2026": [
        row("T01", ["short_visit"], STRICT, "count", "year", 3),
        row("T02", ["long_visit"], STRICT, "count", "year", 3),
        row("T03", ["package", "parcel"], STRICT, "count", "year", 4),
        row("T04", ["small_parcel"], STRICT, "count", "year", 4),
        row("T05", ["package", "parcel"], CONVICT, "grams", "each", 20_000),
        row("T06", ["small_parcel"], {}, "grams", "each", 5_000),
        row("T07", ["package"], REMAND, "grams", "month", 30_000),
        row("T08", ["package"], {**REMAND, "minor": True}, "grams", "month", None),
        row("T09", ["package"], {**REMAND, "medical": "pregnant"}, "grams", "month", None),
        row("T10", ["package"], {**REMAND, "medical": "child_under_3"}, "grams", "month", None),
        row("T11", ["package"], {**REMAND, "medical": "ill"}, "grams", "month", None),
        row("T12", ["short_visit"], REMAND, "count", "month", 2),
        row("T13", ["short_visit"], {**REMAND, "minor": True}, "count", "month", 3),
        row("T14", ["package", "parcel"], {**CONVICT, "sex": "F"}, "count", "year", None),
        row("T15", ["package", "parcel"], {**CONVICT, "minor": True}, "count", "year", None),
        row("T16", ["short_visit", "long_visit"], {}, "max_adults", "each", 2),
    ]
}
