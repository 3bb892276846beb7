"""The register as the promises read it: its tables by SQL, past every service."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from typing import Any
from uuid import UUID

from kiosk.models.engine import RegisterFile
from kiosk.services.desk import Desk

Row = tuple[Any, ...]
# Of a line `i` of a parcel: no correction stands in for it.
STANDS = " NOT EXISTS (SELECT 1 FROM item x WHERE x.case_id = i.case_id AND x.replaces = i.no)"
_FATES = ("handed_over", "returned", "forwarded", "void")


@dataclass
class Told:
    """What was said at the window and stands in no table."""

    child_stays: set[bytes] = field(default_factory=set)


@dataclass
class Tables:
    """One state of the register. `last` is the number of the last audited act."""

    file: RegisterFile
    desk: Desk
    told: Told

    def rows(self, sql: str, *values: object) -> list[Row]:
        return list(self.file.execute_sql(sql, values).fetchall())

    def one(self, sql: str, *values: object) -> Any:
        ((found,),) = self.rows(sql, *values)
        return found

    def none(self, sql: str, *values: object) -> None:
        """No such row stands in the register."""
        found = self.rows(sql, *values)
        assert not found, [
            tuple(one.hex() if isinstance(one, bytes) else one for one in row) for row in found
        ]

    @cached_property
    def last(self) -> int:
        return int(self.one("SELECT seq FROM pen"))

    @cached_property
    def now(self) -> int:
        return int(self.one("SELECT last_at FROM pen"))

    @property
    def today(self) -> date:
        return self.day_of(self.now)

    def day_of(self, at: int) -> date:
        return datetime.fromtimestamp(at / 1000, UTC).astimezone(self.desk.zone).date()

    def midnight(self, day: date) -> int:
        """The first moment (UTC ms) of a local day."""
        begins = datetime(day.year, day.month, day.day, tzinfo=self.desk.zone)
        return int(begins.timestamp() * 1000)

    # ---- who is one with whom

    @cached_property
    def _roots(self) -> dict[bytes, bytes]:
        roots: dict[bytes, bytes] = {}

        def root(one: bytes) -> bytes:
            while one in roots:
                one = roots[one]
            return one

        for a, b in self.rows(
            "SELECT a_id, b_id FROM same_person s"
            " WHERE NOT EXISTS (SELECT 1 FROM ending e WHERE e.target_id = s.id)"
        ):
            low, high = sorted((root(a), root(b)))
            if low != high:
                roots[high] = low
        return roots

    def root(self, one: bytes) -> bytes:
        """The least id of the group to which a visitor or prisoner belongs now."""
        while one in self._roots:
            one = self._roots[one]
        return one

    def are_one(self, a: bytes, b: bytes) -> bool:
        return self.root(a) == self.root(b)

    # ---- visits and where they take place

    @cached_property
    def places(self) -> list[Place]:
        """Every open visit that holds a place, by its last plan."""
        return [
            Place(
                case_id,
                prisoner_id,
                state,
                slot_id,
                room_id,
                date.fromisoformat(day),
                nights,
                seq,
            )
            for case_id, prisoner_id, state, slot_id, room_id, day, nights, seq in self.rows(
                "SELECT p.case_id, c.prisoner_id, n.state, p.slot_id, s.room_id, s.day,"
                " p.nights, p.audit_seq"
                " FROM visit_plan p JOIN visit_slot s ON s.id = p.slot_id"
                " JOIN case_now n ON n.case_id = p.case_id"
                " JOIN gate_case c ON c.id = p.case_id"
                " WHERE n.state IN ('booked', 'admitted', 'inside') AND NOT EXISTS"
                " (SELECT 1 FROM visit_plan q WHERE q.case_id = p.case_id AND q.id > p.id)"
            )
        ]

    @cached_property
    def parcels(self) -> list[Parcel]:
        """Every parcel that was taken in."""
        fates: dict[bytes, tuple[str, ...]] = defaultdict(tuple)
        back = self.rows("SELECT case_id FROM step WHERE kind = 'not_to_prisoner'")
        for case_id, kind in self.rows(
            f"SELECT case_id, kind FROM step WHERE kind IN {_FATES} ORDER BY case_id, no"
        ):
            fates[case_id] += (kind,)
        return [
            Parcel(*row, fates[row[0]], (row[0],) in back)
            for row in self.rows(
                "SELECT p.case_id, c.service, n.state,"
                " (SELECT coalesce(sum(i.grams), 0) FROM item i WHERE i.case_id = p.case_id"
                " AND i.verdict = 'accept' AND i.replaces IS NULL),"
                " (SELECT coalesce(sum(i.grams), 0) FROM item i WHERE i.case_id = p.case_id"
                f" AND i.verdict = 'accept' AND {STANDS}),"
                " (SELECT coalesce(sum(json_extract(s.data, '$.grams')), 0) FROM step s"
                " WHERE s.case_id = p.case_id AND s.kind = 'corrected'),"
                " p.net_grams, p.gross_grams"
                " FROM parcel p JOIN case_now n ON n.case_id = p.case_id"
                " JOIN gate_case c ON c.id = p.case_id"
                " WHERE EXISTS (SELECT 1 FROM step a WHERE a.case_id = p.case_id"
                " AND a.kind = 'accepted')"
            )
        ]

    def day_of_case(self, case_id: bytes) -> date:
        """The day of a booked visit's session, else today."""
        for place in self.places:
            if place.case_id == case_id and place.state == "booked":
                return place.day
        return self.today

    def is_overridden(self, case_id: bytes) -> bool:
        """Whether two different persons signed for the case."""
        return bool(
            self.rows(
                "SELECT 1 FROM decision WHERE case_id = ? AND result = 'override'"
                " AND second_id <> staff_id",
                case_id,
            )
        )


@dataclass(frozen=True)
class Place:
    """An open visit in a session; a long one stays `nights` from its day on."""

    case_id: bytes
    prisoner_id: bytes
    state: str
    slot_id: bytes
    room_id: bytes
    day: date
    nights: int
    audit_seq: int

    @property
    def days(self) -> Iterable[date]:
        return [self.day + timedelta(days=more) for more in range(max(1, self.nights))]


@dataclass(frozen=True)
class Parcel:
    """What was taken in. `fates` are the steps by which it left, `grams` what of it is accepted
    now and `at_first` what was, `corrected` what its corrections say between. `went_back`: it
    does not reach its prisoner."""

    case_id: bytes
    service: str
    state: str
    at_first: int
    grams: int
    corrected: int
    net: int
    gross: int
    fates: tuple[str, ...]
    went_back: bool


def codes(told: str | None) -> frozenset[str]:
    """The codes of a JSON list; none where nothing stands."""
    return frozenset(json.loads(told)) if told else frozenset()


def ids(found: Iterable[Row]) -> list[UUID]:
    return [UUID(bytes=row[0]) for row in found]
