"""A clock that jumps ahead: nothing bears its time before a supervisor confirms it."""

from __future__ import annotations

import time

import pytest

from kiosk.clock import SystemClock
from kiosk.errors import ClockJumped, SignInRefused
from kiosk.services import staff
from kiosk.values import Officer

from .gatehouse import CHEAP, PASSPHRASE, Gatehouse

HOUR = 3_600_000


@pytest.fixture
def ahead(gatehouse: Gatehouse) -> Gatehouse:
    """The same gatehouse; its clock jumped two hours ahead."""
    gatehouse.clock.at += 2 * HOUR
    gatehouse.clock.jumped = 2 * HOUR
    return gatehouse


def sign_in(gatehouse: Gatehouse, login: str, *, confirms: bool = False) -> Officer:
    return gatehouse.do(staff.sign_in, login, PASSPHRASE, confirms_clock=confirms, cost=CHEAP)


def test_nothing_is_written_while_the_clock_is_ahead(ahead: Gatehouse) -> None:
    before = ahead.counts()
    with pytest.raises(ClockJumped) as told:
        ahead.visitor()
    assert told.value.values == {"minutes": 120}
    assert ahead.written(before) == {}


def test_an_officer_cannot_confirm_it(ahead: Gatehouse) -> None:
    before = ahead.counts()
    for confirms in (False, True):
        with pytest.raises(ClockJumped, match="supervisor"):
            sign_in(ahead, "officer", confirms=confirms)
    assert ahead.written(before) == {}


def test_a_supervisor_is_shown_the_time_and_confirms_it_by_signing_in_again(
    ahead: Gatehouse,
) -> None:
    with pytest.raises(ClockJumped) as told:
        sign_in(ahead, "supervisor")
    assert told.value.values == {"time": "06.03.2026 11:30"}
    sign_in(ahead, "supervisor", confirms=True)
    kinds = [kind for (kind,) in ahead.rows("SELECT kind FROM sign_in ORDER BY id")]
    assert kinds[-2:] == ["in", "clock"]
    ahead.visitor()


def test_set_right_again_the_clock_needs_nobody(ahead: Gatehouse) -> None:
    ahead.clock.at -= 2 * HOUR
    ahead.clock.jumped = 0
    ahead.visitor()


def test_wrong_passphrases_count_also_while_the_clock_is_ahead(ahead: Gatehouse) -> None:
    before = ahead.counts()
    for _ in range(staff.TRIES):
        with pytest.raises(SignInRefused):
            ahead.do(staff.sign_in, "supervisor", "wrong", cost=CHEAP)
    with pytest.raises(SignInRefused, match="Too many"):
        sign_in(ahead, "supervisor", confirms=True)
    assert ahead.written(before) == {}


def test_two_minutes_are_no_jump(gatehouse: Gatehouse) -> None:
    gatehouse.clock.jumped = 2 * 60_000
    gatehouse.visitor()


def test_the_system_clock_knows_a_jump_from_time_that_passed() -> None:
    class Set(SystemClock):
        by = 0

        def now(self) -> int:
            return time.time_ns() // 1_000_000 + self.by

    clock = Set()
    assert abs(clock.ahead()) < HOUR
    clock.by = 24 * HOUR
    assert clock.ahead() > 23 * HOUR
    clock.accept()
    assert abs(clock.ahead()) < HOUR
    clock.by = 0
    assert clock.ahead() < -23 * HOUR
