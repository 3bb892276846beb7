"""The finds whose act is not written yet: what they belong to cannot be closed before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from typing import Any
from uuid import UUID

from peewee import ModelSelect, fn

from kiosk.errors import Refused
from kiosk.models import Find, FindAct
from kiosk.services.endings import lasting
from kiosk.services.prepared import Prepared
from kiosk.services.register_numbers import number_of
from kiosk.text import N_


def of_cases(case_ids: Collection[UUID]) -> Counter[UUID]:
    """How many there are of each case."""
    return Counter(row.case_id for row in _OF_CASES(list(case_ids)))


def numbers(case_id: UUID) -> tuple[str, ...]:
    """Those of a case, by their numbers."""
    return tuple(number_of(row.id) for row in _finds(Find.case_id == case_id))


def must_be_none(case_id: UUID) -> None:
    """Raises Refused while something found in this visit has no act: it does not end before."""
    found = numbers(case_id)
    if found:
        raise Refused(
            N_("{number} has no act yet. Write it first: without it this does not end."),
            number=found[0],
        )


def whole_list() -> list[Find]:
    """All of them, the oldest first."""
    return list(_finds())


def count() -> int:
    """How many there are, for the menu."""
    return int(_finds().count())


def _finds(*conditions: Any) -> ModelSelect[Any]:
    acts = FindAct.select().where(FindAct.gate_id == Find.gate_id, FindAct.find_id == Find.id)
    return lasting(Find, *conditions, ~fn.EXISTS(acts))


_OF_CASES = Prepared(lambda case_ids: _finds(Find.case_id.in_(case_ids)))
