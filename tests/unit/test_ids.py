"""Ids sort in the order in which they were given, whatever the clock does."""

from __future__ import annotations

from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from kiosk.clock import FixedClock
from kiosk.services.ids import Ids, new_id

moments = st.integers(min_value=0, max_value=(1 << 48) - 2)


def test_an_id_is_a_uuid_of_version_7_that_tells_its_moment() -> None:
    one = new_id(FixedClock(1_772_767_800_123))
    assert (one.version, one.variant) == (7, "specified in RFC 4122")
    assert one.int >> 80 == 1_772_767_800_123


@given(st.lists(moments, min_size=2, max_size=60))
def test_under_a_clock_that_jumps_no_id_is_below_the_last_stored(at: list[int]) -> None:
    given_ids, last = [], UUID(int=0)
    for moment in at:
        ids = Ids(moment, above=last)
        given_ids += [ids.next(), ids.next(), ids.next()]
        last = ids.last
    assert given_ids == sorted(set(given_ids))
    assert all((one.version, one.variant) == (7, "specified in RFC 4122") for one in given_ids)


def test_a_hundred_thousand_ids_of_one_moment_are_in_order_and_different() -> None:
    ids = Ids(1_772_767_800_123)
    many = [ids.next().bytes for _ in range(100_000)]
    assert many == sorted(set(many))


def test_ids_made_at_the_same_moment_by_two_do_not_meet() -> None:
    clock = FixedClock(1)
    assert len({new_id(clock) for _ in range(10_000)}) == 10_000


def test_the_last_id_is_the_one_it_started_above_until_another_is_given() -> None:
    above = new_id(FixedClock(5))
    assert Ids(1, above=above).last == above
    assert Ids(1).last == UUID(int=0)


def test_a_counter_that_is_used_up_goes_on_in_the_next_millisecond() -> None:
    full = UUID(int=(7 << 80) | (7 << 76) | (0xFFF << 64) | (0b10 << 62) | ((1 << 62) - 1))
    following = Ids(7, above=full).next()
    assert following > full
    assert following.int >> 80 == 8
