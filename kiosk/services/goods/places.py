"""Places of the storage: entered by the prison, chosen for a parcel, given up, never deleted.

Which place a parcel has now follows from its steps; `remember` writes that into the cache.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection
from itertools import chain
from uuid import UUID

from kiosk.codes import Action, PlaceKind
from kiosk.errors import Invalid, NotFound, Refused
from kiosk.look_alikes import as_latin
from kiosk.models import CaseNow, Place
from kiosk.models.engine import RegisterFile
from kiosk.services.desk import Desk
from kiosk.services.duty import must_look_up, must_supervise
from kiosk.services.endings import end as end_fact
from kiosk.services.endings import lasting
from kiosk.services.entry import Entry, entry
from kiosk.services.prepared import Prepared
from kiosk.text import N_, clean
from kiosk.values import Officer
from kiosk.values.goods import PlaceLine

PARCELS_AT_MOST = 999
_CODE = re.compile(r"[A-Z0-9]+(-[A-Z0-9]+)*", re.ASCII)
_DIGITS = re.compile(r"(\d+)")


def record(
    desk: Desk, officer: Officer, code: str, kind: PlaceKind, capacity: int = 1
) -> PlaceLine:
    """Take a place for `capacity` parcels into use. A supervisor or an administrator does this.

    Raises Invalid for a code that is no short Latin word with numbers, or is in use.
    """
    must_supervise(officer)
    code = as_latin(clean(code, 9).strip())
    if len(code) > 8 or not _CODE.fullmatch(code):
        raise Invalid("code", N_("A place has a short Latin name and a number: C-04."))
    if not 0 < capacity <= PARCELS_AT_MOST:
        raise Invalid(
            "capacity", N_("A place holds 1 to {most} parcels."), most=PARCELS_AT_MOST
        )
    with entry(desk, Action.RECORD_PLACE, officer=officer) as e:
        if any(row.code == code for row in _IN_USE(desk.gate)):
            raise Invalid("code", N_("Place {code} is in use already."), code=code)
        place_id = e.add(
            Place, code=code, kind=kind, capacity=capacity, staff_id=officer.staff_id
        )
        e.object_id = place_id
    return PlaceLine(place_id, code, kind, capacity, 0)


def end(desk: Desk, officer: Officer, place_id: UUID) -> None:
    """Give a place up. A supervisor or an administrator does this.

    Raises Refused while a parcel stands there, NotFound when it is not in use.
    """
    must_supervise(officer)
    with entry(desk, Action.END_PLACE, officer=officer, object_id=place_id) as e:
        line = find(e.gate, place_id)
        if line.taken:
            raise Refused(
                N_("There are parcels at {code}: {count}. Move them first, then the place."),
                code=line.code,
                count=line.taken,
            )
        end_fact(e, officer, Place, place_id, "closed", e.day)


def places(desk: Desk, officer: Officer) -> tuple[PlaceLine, ...]:
    """The places in use, by kind and code. Who may see people and prisoners may look."""
    must_look_up(officer)
    return lines(desk.gate)


def lines(gate: int) -> tuple[PlaceLine, ...]:
    """The places in use at a gate, by kind and code, each with what stands there."""
    taken = Counter(chain.from_iterable(_TAKEN()))
    found = [
        PlaceLine(row.id, row.code, PlaceKind(row.kind), row.capacity, taken[row.id])
        for row in _IN_USE(gate)
    ]
    kinds = list(PlaceKind)
    return tuple(sorted(found, key=lambda one: (kinds.index(one.kind), in_order(one.code))))


_IN_USE = Prepared(lambda gate: lasting(Place, Place.gate_id == gate))
_TAKEN = Prepared(
    lambda: (
        CaseNow.select(CaseNow.place_id, CaseNow.safe_id)
        .where(
            CaseNow.is_open, CaseNow.place_id.is_null(False) | CaseNow.safe_id.is_null(False)
        )
        .tuples()
    )
)


def find(gate: int, place_id: UUID) -> PlaceLine:
    """A place in use. Raises NotFound."""
    for line in lines(gate):
        if line.place_id == place_id:
            return line
    raise NotFound(N_("This place is not in use any more. Choose another."))


def choose(e: Entry, cold: bool = False) -> UUID | None:
    """The first free place for a new parcel; None where there is none.

    `cold`: something spoils; where the cold store is full, a shelf holds it.
    """
    return free_place(e.gate, *((PlaceKind.COLD,) if cold else ()), PlaceKind.SHELF)


def choose_safe(e: Entry) -> UUID | None:
    """The first safe with room for the money and papers of a parcel, which lie nowhere else;
    None where there is none."""
    return free_place(e.gate, PlaceKind.SAFE)


def free_place(gate: int, *kinds: PlaceKind) -> UUID | None:
    """The first place that has room for one more parcel, of the first kind that has one."""
    free = [one for one in lines(gate) if one.free]
    return next((one.place_id for kind in kinds for one in free if one.kind is kind), None)


def codes_of(place_ids: Collection[UUID]) -> dict[UUID, str]:
    """How places are called, those given up included."""
    return dict(_CODES(list(place_ids)))


_CODES = Prepared(
    lambda place_ids: Place.select(Place.id, Place.code).where(Place.id.in_(place_ids)).tuples()
)


def code_of(place_id: UUID | None) -> str:
    """How a place is called, "" for none."""
    return "" if place_id is None else codes_of((place_id,)).get(place_id, "")


def in_order(code: str) -> tuple[tuple[int, str], ...]:
    """A key by which C-2 comes before C-10."""
    return tuple(
        (int(part), "") if part.isdigit() else (0, part) for part in _DIGITS.split(code)
    )


# ---- where a parcel stands now

# A parcel stands in the storage while it waits for its prisoner, or for its sender. Its place
# is that of the last step that names one. What its prisoner has is at no place, so where
# medicine waits for the sender after that, only a later one counts. What is in it keeps until
# when its last correction says (0: nothing spoils any more), and without one until when it was
# said at its acceptance. Its money and papers lie where the last step says that names a safe
# (0: there are none any more), until its prisoner has them.
STANDS_NOW = """
    SELECT p.case_id AS case_id,
        CASE WHEN n.state IN ('stored', 'to_return') THEN (
            SELECT unhex(replace(json_extract(data, '$.place'), '-', '')) FROM step
            WHERE step.case_id = p.case_id AND json_extract(data, '$.place') IS NOT NULL
                AND no >= coalesce(h.no, 0)
            ORDER BY no DESC LIMIT 1
        ) END AS place_id,
        CASE WHEN n.state IN ('stored', 'to_return') AND h.no IS NULL THEN nullif(coalesce((
            SELECT json_extract(data, '$.keep_until') FROM step
            WHERE step.case_id = p.case_id AND kind = 'corrected'
                AND json_extract(data, '$.keep_until') IS NOT NULL
            ORDER BY no DESC LIMIT 1
        ), p.keep_until), 0) END AS due_at,
        CASE WHEN n.state IN ('stored', 'to_return') AND h.no IS NULL THEN (
            SELECT unhex(replace(nullif(json_extract(data, '$.safe'), 0), '-', '')) FROM step
            WHERE step.case_id = p.case_id AND json_extract(data, '$.safe') IS NOT NULL
            ORDER BY no DESC LIMIT 1
        ) END AS safe_id
    FROM parcel p JOIN case_now n ON n.case_id = p.case_id
    LEFT JOIN step h ON h.case_id = p.case_id AND h.kind = 'handed_over'
"""


def remember(case_id: UUID) -> None:
    """Write into the cache where a parcel stands now and until when it keeps, as its facts say.

    Whatever moves a parcel on calls this after its last step.
    """
    file: RegisterFile = CaseNow._meta.database
    file.execute_sql(
        "UPDATE case_now SET (place_id, due_at, safe_id) = (SELECT place_id, due_at, safe_id"
        f" FROM ({STANDS_NOW}) WHERE case_id = ?) WHERE case_id = ?",
        (case_id.bytes, case_id.bytes),
    )
