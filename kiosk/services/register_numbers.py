"""The numbers that people see, as V-26-004512, and the case behind one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from uuid import UUID

from kiosk.codes import Series
from kiosk.models import RegisterNumber
from kiosk.services.prepared import Prepared


def shown(series: Series, period: str, no: int) -> str:
    """V-26-004512: the series, the last two digits of the year, the number."""
    return f"{series.value}-{period[-2:]}-{no:06d}"


def numbers_of(case_ids: Collection[UUID]) -> dict[UUID, dict[Series, str]]:
    """The numbers of cases, as shown. A group of which some were refused has a V and an R."""
    found: dict[UUID, dict[Series, str]] = defaultdict(dict)
    for case_id, series, period, no in _NUMBERS(list(case_ids)):
        found[case_id][series] = shown(series, period, no)
    return found


_NUMBERS = Prepared(
    lambda case_ids: (
        RegisterNumber.select(
            RegisterNumber.object_id,
            RegisterNumber.series,
            RegisterNumber.period,
            RegisterNumber.no,
        )
        .where(RegisterNumber.object_id.in_(case_ids))
        .tuples()
    )
)


def number_of(case_id: UUID) -> str:
    """The number of one case, as shown; "" when it has none yet. V before R."""
    numbers = numbers_of((case_id,))[case_id]
    return numbers.get(Series.VISIT) or next(iter(numbers.values()), "")


def case_of(gate: int, series: Series, year: int, no: int) -> UUID | None:
    """The case with this number of the gate's year."""
    row = RegisterNumber.get_or_none(
        RegisterNumber.gate_id == gate,
        RegisterNumber.series == series,
        RegisterNumber.period == str(year),
        RegisterNumber.no == no,
    )
    return None if row is None else UUID(bytes=row.object_id.bytes)
