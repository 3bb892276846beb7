"""Whole days at the gate: all acts together, while time passes and the power fails."""

from __future__ import annotations

from contextlib import suppress

from hypothesis import strategies as st
from hypothesis.stateful import rule

from kiosk.codes import Service
from kiosk.services import clock_jump, visits
from kiosk.services.desk import Desk
from tests.invariants.arriving import Arriving
from tests.invariants.at_the_window import AtTheWindow
from tests.invariants.gate import Party, parties
from tests.invariants.in_the_office import InTheOffice
from tests.invariants.planning import Planning

MINUTE = 60_000
HOUR = 60 * MINUTE
DAY = 24 * HOUR


class PowerFailed(Exception):
    """In the middle of an act, before it is committed."""


class Days(Arriving, AtTheWindow, InTheOffice, Planning):
    @rule(minutes=st.sampled_from([1, 5, 50, 200]))
    def time_passes(self, minutes: int) -> None:
        self.house.clock.at += minutes * MINUTE

    @rule(days=st.sampled_from([1, 1, 2]))
    def a_night_passes(self, days: int) -> None:
        self.house.clock.at += days * DAY - self.house.clock.at % HOUR

    @rule(back=st.sampled_from([2 * MINUTE, 3 * HOUR, 26 * HOUR]))
    def the_clock_is_set_back(self, back: int) -> None:
        self.house.clock.at -= back

    @rule(ahead=st.sampled_from([3 * MINUTE, 5 * HOUR]), right=st.booleans())
    def the_clock_jumps_ahead(self, ahead: int, right: bool) -> None:
        """Nothing is recorded until a supervisor has looked, or the clock is set right."""
        clock = self.house.clock
        clock.at += ahead
        clock.jumped = ahead
        request = self.request((0,), 0, Service.SHORT_VISIT)
        seen = self.ask(visits.propose, self.house.officer, request)
        if seen is not None:
            act = visits.admit if seen.decision.passes else visits.refuse
            assert self.do(act, self.house.officer, request, seen.decision) is None
        if right:
            self.do(clock_jump.confirm, self.house.supervisor, True)
        else:
            clock.at -= ahead
            clock.jumped = 0

    @rule(party=parties, in_the_middle=st.booleans())
    def the_power_fails(self, party: Party, in_the_middle: bool) -> None:
        """What was committed stands there when the register is opened again, and no more."""
        self.openings += 1
        path = self.folder / f"gate{self.openings}.db"
        if in_the_middle:
            request = self.request(*party, Service.SHORT_VISIT)
            seen = self.ask(visits.propose, self.house.officer, request)
            if seen is None:
                return
            act = visits.admit if seen.decision.passes else visits.refuse

            def begun(desk: Desk) -> None:
                with self.house.db.file.atomic():
                    act(desk, self.house.officer, request, seen.decision)
                    raise PowerFailed

            with suppress(PowerFailed):
                self.house.do(begun)
            assert self.counts() == self.rows
        self.prison.lose_power(path)
        assert self.counts() == self.rows
        self.to_be_checked = True
