"""A weight is told when it rests, and taken back the moment it moves."""

from __future__ import annotations

from collections.abc import Iterable

from hypothesis import given
from hypothesis import strategies as st

from devices.scales.settling import REST_S, Settling
from devices.scales.weights import MOVING, OVERLOADED, UNDERLOADED, Shown


def told(all_shown: Iterable[Shown], every: float = 0.1) -> list[Shown]:
    """What is told of messages that come so many seconds apart."""
    settling = Settling()
    news = (settling.shown(shown, number * every) for number, shown in enumerate(all_shown))
    return [one for one in news if one is not None]


def rests(grams: int, *, tared: bool = False) -> Shown:
    return Shown(grams, stable=True, tared=tared)


def moves(grams: int) -> Shown:
    return Shown(grams, stable=False)


def unsaid(grams: int) -> Shown:
    return Shown(grams, stable=None)


def test_a_bag_put_down_moves_once_and_rests_once() -> None:
    put_down = [rests(0)] * 3 + [moves(900), moves(4100), moves(5300)] + [rests(5400)] * 20
    assert told(put_down) == [moves(0), rests(0), moves(900), rests(5400)]


def test_one_message_alone_proves_no_weight() -> None:
    assert told([rests(5400)]) == [moves(5400)]
    flipped = [rests(5400)] * 2 + [rests(9400)] + [rests(5400)] * 2
    assert told(flipped) == [moves(5400), rests(5400), moves(9400), rests(5400)]


def test_a_weight_that_is_exchanged_without_a_move_is_taken_back_at_once() -> None:
    assert told([rests(5400)] * 2 + [rests(700)]) == [moves(5400), rests(5400), moves(700)]


def test_a_tare_is_another_weight_of_the_same_grams() -> None:
    assert told([rests(0)] * 2 + [rests(0, tared=True)] * 2)[-1] == rests(0, tared=True)


def test_too_much_and_less_than_nothing_are_told_when_said_twice() -> None:
    over = [rests(5400)] * 2 + [OVERLOADED] * 9 + [UNDERLOADED] * 9 + [rests(5400)] * 2
    assert [one.load for one in told(over) if one.load is not one.load.WITHIN] == [
        OVERLOADED.load,
        UNDERLOADED.load,
    ]
    assert told(over)[-1] == rests(5400)


def test_a_scale_that_says_nothing_of_moving_rests_after_a_second_of_the_same() -> None:
    half = round(REST_S / 2 / 0.1)
    swinging = [unsaid(grams) for grams in (100, 200) for _ in range(half)]
    assert told(swinging) == [moves(100)]
    assert told([*swinging, *[unsaid(5400)] * 2 * half]) == [moves(100)]
    assert told([*swinging, *[unsaid(5400)] * (2 * half + 1)]) == [moves(100), rests(5400)]
    assert told([unsaid(5400)] * 40) == [moves(5400), rests(5400)]


SHOWN = st.one_of(
    st.builds(Shown, st.sampled_from([0, 350, 5400]), st.sampled_from([True, False, None])),
    st.sampled_from([MOVING, OVERLOADED, UNDERLOADED]),
)


@given(st.lists(SHOWN, max_size=60))
def test_what_rests_was_said_twice_in_a_row_and_nothing_is_told_twice(
    said: list[Shown],
) -> None:
    settling = Settling()
    before: Shown | None = None
    last: Shown | None = None
    for number, shown in enumerate(said):
        news = settling.shown(shown, number * 0.3)
        if news is not None:
            assert news != last
            assert not news.stable or (before == shown and news.grams == shown.grams)
            last = news
        # What was told last is never a rest that the scale shows no more.
        assert last is not None
        assert not last.stable or last.grams == shown.grams
        before = shown
