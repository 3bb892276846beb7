"""Whole days at the gate: all acts together, while time passes and the power fails."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from hypothesis import strategies as st
from hypothesis.stateful import rule

from kiosk.codes import Service
from kiosk.errors import Refused
from kiosk.services import clock_jump, visits
from kiosk.services.desk import Desk
from kiosk.services.goods import accepting
from tests.invariants.arriving import Arriving
from tests.invariants.at_the_window import AtTheWindow
from tests.invariants.bringing import Bringing, Typed
from tests.invariants.gate import Party, parties
from tests.invariants.in_the_office import InTheOffice
from tests.invariants.in_the_storage import InTheStorage
from tests.invariants.papers_and_balances import PapersAndBalances
from tests.invariants.planning import Planning

MINUTE = 60_000
HOUR = 60 * MINUTE
DAY = 24 * HOUR


class PowerFailed(Exception):
    """In the middle of an act, before it is committed."""


class Time(Bringing):
    """Minutes and nights pass, clocks go wrong, the power fails."""

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

    @rule(party=parties, over=st.sampled_from(["", "a visit", "a bag"]))
    def the_power_fails(self, party: Party, over: str) -> None:
        """What was committed stands there when the register is opened again, and no more."""
        self.openings += 1
        path = self.folder / f"gate{self.openings}.db"
        begun = {"": None, "a visit": self._visit(party), "a bag": self._a_bag(party)}[over]
        if begun is not None:

            def in_the_middle(desk: Desk) -> None:
                with self.house.db.file.atomic():
                    begun(desk)
                    raise PowerFailed

            with suppress(PowerFailed, Refused):
                self.house.do(in_the_middle)
            assert self.counts() == self.rows
        self.prison.lose_power(path)
        assert self.counts() == self.rows
        self.to_be_checked = True

    def _visit(self, party: Party) -> Callable[[Desk], object] | None:
        request = self.request(*party, Service.SHORT_VISIT)
        seen = self.ask(visits.propose, self.house.officer, request)
        if seen is None:
            return None
        act = visits.admit if seen.decision.passes else visits.refuse
        return lambda desk: act(desk, self.house.officer, request, seen.decision)

    def _a_bag(self, party: Party) -> Callable[[Desk], object] | None:
        (who, *_others), whom = party
        request = self.bag((who, whom), Service.PACKAGE, [Typed("te", 2), Typed("br")], 500)
        seen = self.propose("officer", request)
        if seen is None:
            return None
        return lambda desk: accepting.accept(
            desk, self.house.officer, request, seen.decision, seen.earlier
        )


class Days(Time, Arriving, AtTheWindow, InTheStorage, PapersAndBalances, Planning):
    """Everything that is done at a gate."""


class DaysOfGoods(Time, InTheOffice, InTheStorage):
    """Days on which nobody comes but with a bag, so that more becomes of each parcel."""
