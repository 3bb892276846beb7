"""Acts of the office: who is kept out, where prisoners are, which records are one person."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from hypothesis import strategies as st
from hypothesis.stateful import rule

from kiosk.codes import (
    BanGround,
    Difference,
    LiftReason,
    PrisonerEventKind,
    RestrictionKind,
    ReviewEnding,
    SameGround,
    Service,
    Status,
)
from kiosk.services import (
    doubles,
    prisoner_events,
    restricting,
    reviews,
)
from kiosk.values.limits import RestrictionEntry
from kiosk.values.standing import NewEvent
from tests.invariants.gate import Gate, chiefs, pick, prisoners, which
from tests.invariants.tables import ids

HOUR, DAY = 3_600_000, 24 * 3_600_000
who_comes = st.integers(0, 6)
kinds = st.sampled_from(
    [
        RestrictionKind.BAN,
        RestrictionKind.BAN,
        RestrictionKind.NON_ASSOCIATION,
        RestrictionKind.NO_CONTACT,
        RestrictionKind.CLOSED,
        RestrictionKind.CHILD_PROTECTION,
    ]
)


class InTheOffice(Gate):
    def person(self, who: int) -> UUID:
        return self.prison.visitors[who].person_id

    def prisoner(self, whom: int) -> UUID:
        return self.prison.prisoners[whom].prisoner_id

    def lasting(self, table: str) -> list[UUID]:
        return ids(
            self.house.rows(
                f"SELECT id FROM {table} t WHERE NOT EXISTS"
                " (SELECT 1 FROM ending e WHERE e.target_id = t.id) ORDER BY id"
            )
        )

    # ---- who is kept out

    @rule(
        kind=kinds,
        who=who_comes,
        whom=st.none() | prisoners,
        first=st.sampled_from([0, 0, 0, 1]),
        days=st.none() | st.integers(0, 2),
        lawyers_too=st.sampled_from([False, False, True]),
        login=chiefs,
    )
    def restrict(
        self,
        kind: RestrictionKind,
        who: int,
        whom: int | None,
        first: int,
        days: int | None,
        lawyers_too: bool,
        login: str,
    ) -> None:
        apart = kind is RestrictionKind.NON_ASSOCIATION
        from_day = self.house.desk.day() + timedelta(days=first)
        pair = (whom or 0, 1 if (whom or 0) != 1 else 2)
        entered = RestrictionEntry(
            kind=kind,
            from_day=from_day,
            to_day=None if days is None else from_day + timedelta(days=days),
            ground=BanGround.HEAD,
            person_id=None if apart else self.person(who),
            prisoner_id=self.prisoner(pair[0])
            if apart
            else None
            if whom is None
            else self.prisoner(whom),
            other_prisoner_id=self.prisoner(pair[1]) if apart else None,
            services=frozenset({Service.LAWYER_VISIT, Service.SHORT_VISIT})
            if lawyers_too and not apart
            else frozenset(),
        )
        self.do(restricting.restrict, self.officer(login), entered)

    @rule(no=which, login=chiefs, longer=st.booleans())
    def lift_or_extend(self, no: int, login: str, longer: bool) -> None:
        restriction_id = pick(self.lasting("restriction"), no)
        if restriction_id is None:
            self.next_in_line(no)
            return
        if longer:
            to_day = self.house.desk.day() + timedelta(days=3)
            self.do(restricting.extend, self.officer(login), restriction_id, to_day)
        else:
            reason = LiftReason.GROUND_GONE
            self.do(restricting.lift, self.officer(login), restriction_id, reason)

    @rule(no=which, ending=st.sampled_from([ReviewEnding.HANDLED, ReviewEnding.NO_CHANGE]))
    def end_a_review(self, no: int, ending: ReviewEnding) -> None:
        review_id = pick(self.lasting("review"), no)
        if review_id is None:
            self.next_in_line(no)
        else:
            self.do(reviews.end, self.house.officer, review_id, ending)

    # ---- prisoners

    @rule(
        whom=prisoners,
        status=st.sampled_from(
            [
                Status.PRESENT,
                Status.PRESENT,
                Status.PRESENT,
                Status.ISOLATOR,
                Status.COURT,
                Status.TRANSFERRED,
                Status.RELEASED,
            ]
        ),
        begins=st.sampled_from([0, 0, 0, -5, 26]),
        lasts=st.none() | st.integers(1, 48),
        login=chiefs,
    )
    def something_happens_to_a_prisoner(
        self, whom: int, status: Status, begins: int, lasts: int | None, login: str
    ) -> None:
        from_at = self.house.clock.now() + begins * HOUR
        passing = status in (Status.ISOLATOR, Status.COURT)
        until_at = from_at + lasts * HOUR if lasts is not None and passing else None
        event = NewEvent(PrisonerEventKind.STATUS, status, from_at, until_at)
        prisoner_id = self.prisoner(whom)
        self.do(prisoner_events.record, self.officer(login), prisoner_id, event)

    @rule(no=which, login=chiefs)
    def undo_an_event(self, no: int, login: str) -> None:
        found = self.house.rows(
            "SELECT prisoner_id, id FROM prisoner_event WHERE kind = 'status' ORDER BY id DESC"
        )
        row = pick(found, no)
        if row is not None:
            prisoner_id, event_id = (UUID(bytes=one) for one in row)
            self.do(prisoner_events.undo, self.officer(login), prisoner_id, event_id)

    # ---- doubles

    @rule(
        pair=st.sampled_from([(0, 3), (0, 3), (1, 6), (3, 6)]),
        of_prisoners=st.sampled_from([False, False, True]),
        turned=st.booleans(),
        login=chiefs,
    )
    def join_doubles(
        self, pair: tuple[int, int], of_prisoners: bool, turned: bool, login: str
    ) -> None:
        one, other = pair[::-1] if turned else pair
        if of_prisoners:
            ends = self.prisoner(min(one, 3)), self.prisoner(min(other, 3))
        else:
            ends = self.person(one), self.person(other)
        ground, seen = SameGround.FACE, frozenset(Difference)
        self.do(doubles.join, self.officer(login), *ends, ground, seen)

    @rule(no=which, login=chiefs)
    def part_doubles(self, no: int, login: str) -> None:
        link_id = pick(self.lasting("same_person"), no)
        if link_id is None:
            self.next_in_line(no)
        else:
            self.do(doubles.part, self.officer(login), link_id)
