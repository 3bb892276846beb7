"""The gate at which the machine acts: every act in one transaction, every promise after it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar
from uuid import UUID

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant

from kiosk.codes import Service
from kiosk.errors import Refused
from kiosk.models import TABLES
from kiosk.models.base import table_of
from kiosk.services import sessions, visits
from kiosk.services.desk import Desk
from kiosk.values import MemberRequest, Officer, VisitRequest
from tests.invariants import (
    promises_of_finds,
    promises_of_goods,
    promises_of_passing,
    promises_of_reviews,
    promises_of_the_ledger,
    promises_of_the_record,
)
from tests.invariants.prison import Prison
from tests.invariants.tables import Tables, Told, ids

P = ParamSpec("P")
T = TypeVar("T")

PROMISES: tuple[Callable[[Tables], None], ...] = (
    *promises_of_passing.PROMISES,
    *promises_of_the_ledger.PROMISES,
    *promises_of_the_record.PROMISES,
    *promises_of_reviews.PROMISES,
    *promises_of_goods.PROMISES,
    *promises_of_finds.PROMISES,
)

# What the rules draw. Which row of a table is meant follows from a number, so that what is
# drawn never depends on what the register holds.
which = st.integers(0, 30)
prisoners = st.sampled_from([0, 0, 1, 1, 2, 3])
Party = tuple[tuple[int, ...], int]
FAMILIES: list[Party] = [
    ((0,), 0),
    ((1,), 1),
    ((4,), 2),
    ((3, 2), 0),
    ((0, 2), 0),
    ((1, 5), 1),
    ((5, 4), 1),
    ((3,), 3),
    ((4,), 1),
    ((0,), 2),
    ((6,), 1),
    ((6, 0, 1), 0),
]
# Who comes to whom: mostly families, sometimes anybody to anybody.
parties = st.sampled_from(FAMILIES) | st.tuples(
    st.lists(st.integers(0, 6), min_size=1, max_size=3, unique=True).map(tuple), prisoners
)
officers = st.sampled_from(["officer", "officer", "officer", "inspector", "supervisor"])
chiefs = st.sampled_from(["supervisor", "chief", "admin", "supervisor", "officer"])
services = st.sampled_from(
    [
        Service.SHORT_VISIT,
        Service.SHORT_VISIT,
        Service.SHORT_VISIT,
        Service.LONG_VISIT,
        Service.LAWYER_VISIT,
    ]
)


def pick(among: Sequence[T], no: int) -> T | None:
    return among[no % len(among)] if among else None


class Gate(RuleBasedStateMachine):
    """A day's work at one register; the mixed-in rooms say what is done there."""

    def __init__(self, founded: Prison, folder: Path) -> None:
        super().__init__()
        self.founded, self.folder = founded, folder
        self.openings = 0
        self.told = Told()
        self.acts = self.refusals = 0
        self.to_be_checked = True

    @initialize(enters_after_search=st.booleans())
    def the_gate_opens(self, enters_after_search: bool) -> None:
        """Some prisons let people in with the admission, some once they were searched."""
        self.prison = self.founded.copy(self.folder / "gate.db", enters_after_search)
        self.house = self.prison.house
        self.rows = self.counts()

    def teardown(self) -> None:
        self.house.db.close()
        for path in self.folder.iterdir():
            path.unlink()

    # ---- acting

    def do(
        self, act: Callable[Concatenate[Desk, P], T], *args: P.args, **kw: P.kwargs
    ) -> T | None:
        """What an officer does; None where a guard or the rules refuse, and nothing is
        written then."""
        try:
            result = self.house.do(act, *args, **kw)
        except Refused:
            self.refusals += 1
            assert self.counts() == self.rows, act.__qualname__
            return None
        self.wrote()
        return result

    def ask(
        self, question: Callable[Concatenate[Desk, P], T], *args: P.args, **kw: P.kwargs
    ) -> T | None:
        try:
            return self.house.ask(question, *args, **kw)
        except Refused:
            return None

    def wrote(self) -> None:
        """Something was recorded, so every promise is looked at; each act takes a moment."""
        self.acts += 1
        self.rows = self.counts()
        self.house.clock.at += 7_000
        self.to_be_checked = True

    def counts(self) -> list[tuple[str, int]]:
        """How many rows each table has."""
        each = " UNION ALL ".join(
            f"SELECT '{table}', count(*) FROM \"{table}\"" for table in map(table_of, TABLES)
        )
        return self.house.rows(each)

    @invariant()
    def every_promise_holds(self) -> None:
        if not self.to_be_checked:
            return
        self.to_be_checked = False

        def look(desk: Desk) -> None:
            tables = Tables(self.house.db.file, desk, self.told)
            for promise in PROMISES:
                promise(tables)

        self.house.ask(look)

    # ---- who and what is meant

    def officer(self, login: str) -> Officer:
        return self.prison.staff[login]

    def cases(self, *states: str) -> list[UUID]:
        marks = ", ".join(f"'{state}'" for state in states)
        return ids(
            self.house.rows(
                f"SELECT case_id FROM case_now WHERE state IN ({marks})"
                " ORDER BY last_at, case_id"
            )
        )

    def request(
        self, group: Sequence[int], whom: int, service: Service, slot_id: UUID | None = None
    ) -> VisitRequest:
        return VisitRequest(
            case_id=visits.new_case_id(self.house.desk),
            service=service,
            prisoner_id=self.prison.prisoners[whom].prisoner_id,
            members=tuple(
                MemberRequest(self.prison.visitors[who].person_id, None) for who in group
            ),
            slot_id=slot_id,
        )

    def next_in_line(self, no: int) -> None:
        """Where there is nothing of the kind to be done, a family comes instead."""
        party = FAMILIES[no % len(FAMILIES)]
        request = self.request(*party, Service.SHORT_VISIT)
        seen = self.ask(visits.propose, self.house.officer, request)
        if seen is not None:
            act = visits.admit if seen.decision.passes else visits.refuse
            self.do(act, self.house.officer, request, seen.decision)

    def session_now(self, service: Service) -> UUID | None:
        """The session that an arrival would join at this moment."""
        line = self.ask(sessions.now_for, self.house.officer, service)
        return line.slot_id if line is not None else None
