"""No code of the catalogue stands for two things on any day: what is typed must mean one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from kiosk.codes import Allowed
from kiosk.models import CatalogueItem
from kiosk.services.desk import Desk
from kiosk.services.goods import catalogue
from kiosk.values.goods import CatalogueEntry

_COLUMNS = ("code_ky", "code_ru")


@dataclass(frozen=True, slots=True)
class Clash:
    """`entry` would have the `code` of `other`, in the language of the `column`."""

    entry: CatalogueEntry
    column: str
    code: str
    other: CatalogueEntry


def clashes(desk: Desk, planned: Sequence[CatalogueEntry]) -> list[Clash]:
    """Where rows that are to be written clash, with the catalogue or among themselves.

    Each of `planned` has its `valid_from`. Looked at are all days on which something begins.
    """
    if not planned:
        return []
    days = {_since(one) for one in planned}
    first = min(days)
    later = CatalogueItem.select(CatalogueItem.valid_from).where(
        CatalogueItem.valid_from > first
    )
    days |= {row.valid_from for row in later.distinct()}
    found: dict[tuple[str, str], Clash] = {}
    for day in sorted(days):
        for clash in _on(catalogue.in_force(desk, day), planned, day):
            found.setdefault((clash.entry.code, clash.column), clash)
    return list(found.values())


def _on(
    in_force: Iterable[CatalogueEntry], planned: Sequence[CatalogueEntry], day: date
) -> Iterator[Clash]:
    standing = {one.code: one for one in in_force}
    for one in sorted(planned, key=_since):
        before = standing.get(one.code)
        if _since(one) <= day and (before is None or _since(before) <= _since(one)):
            standing[one.code] = one
    new = {id(one) for one in planned}
    for column in _COLUMNS:
        holders: dict[str, CatalogueEntry] = {}
        for one in standing.values():
            code = getattr(one, column)
            if not code or one.allowed is Allowed.WITHDRAWN:
                continue
            other = holders.setdefault(code, one)
            if other is one:
                continue
            for mine, theirs in ((one, other), (other, one)):
                if id(mine) in new:
                    yield Clash(mine, column, code, theirs)
                    break


def _since(entry: CatalogueEntry) -> date:
    assert entry.valid_from is not None
    return entry.valid_from
