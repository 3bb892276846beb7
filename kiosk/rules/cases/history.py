"""The history of a case → what was used, as it was known at one moment.

Readings that the format left open: `qty` and `grams` of `adjust` and `carry` give the
prisoner more; a use of a reserve stands in its place; a line is given back once, however
often it is refunded; a swap used a piece of what it is from and nothing of what it is to.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from zoneinfo import ZoneInfo

from kiosk.codes import Service
from kiosk.rules.cases.format import Line
from kiosk.rules.cases.times import BadCase, began, moment
from kiosk.rules.days import day_of
from kiosk.rules.facts import Use

# What each kind of line cannot do without.
_NEEDS = {
    "use": ("service",),
    "reserve": ("service",),
    "refund": ("of",),
    "adjust": ("service",),
    "carry": ("service",),
    "swap": ("swapped",),
    "refused": (),
}


def uses(history: Sequence[Line], at: int, zone: ZoneInfo) -> tuple[Use, ...]:
    """What counts at the moment `at` (UTC ms). Raises BadCase."""
    if not history:
        return ()
    _check(history)
    known = [line for line in history if moment(line.at, "history.at") <= at]
    replaced = {line.of_reserve for line in known} | {line.of for line in known}
    counting = (line for line in known if line.id is None or line.id not in replaced)
    return tuple(use for line in counting for use in _uses(line, zone))


def _check(history: Sequence[Line]) -> None:
    ids = {line.id for line in history}
    for line in history:
        for name in _NEEDS[line.entry]:
            if getattr(line, name) is None:
                key = {"swapped": "from"}.get(name, name)
                raise BadCase(f"history: {line.entry} needs the key {key}")
        if line.entry in ("adjust", "carry") and line.qty is None and line.grams is None:
            raise BadCase(f"history: {line.entry} needs the key qty or grams")
        for of in (line.of, line.of_reserve):
            if of is not None and of not in ids:
                raise BadCase(f"history: {line.entry} of {of!r}, which is not there")


def _uses(line: Line, zone: ZoneInfo) -> Iterator[Use]:
    service: Service | None = line.swapped if line.entry == "swap" else line.service
    if line.entry in ("refund", "refused") or service is None:
        return
    counts_on = day_of(began(line.planned or line.at, "history.for", zone), zone)
    if line.entry in ("adjust", "carry"):
        yield Use(service, counts_on, -(line.qty or 0), -(line.grams or 0), by_hand=True)
    else:
        pieces = 1 if line.qty is None else line.qty
        yield Use(service, counts_on, pieces, line.grams or 0)
