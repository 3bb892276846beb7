"""Weights at the till: typed or off the scale, none that cannot be, none taken twice."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from devices.scales.load import Load
from kiosk.codes import WeighedBy
from kiosk.screens.goods.entry_questions import Asks
from kiosk.screens.goods.till_lines import Heading, lines_of
from kiosk.widgets.lines import plain
from tests.unit.till_table import TEA, Table


@pytest.fixture
def table() -> Table:
    return Table.with_a_bag()


def test_pieces_over_a_limit_are_weighed_by_themselves(table: Table) -> None:
    table.type("ci\r12\r")
    assert table.till.asks is Asks.LEFT_OUT
    table.type(".1\r")
    assert (table.listed.bag.returned, table.till.asks) == (100, Asks.THING)


def test_enter_alone_weighs_what_goes_back_by_itself() -> None:
    table = Table()
    table.weigh(5000)
    table.type("\rvo\r1\r\r")
    assert table.till.asks is Asks.LEFT_OUT
    table.type("\x1b")
    table.weigh(4300)
    table.type("\r")
    assert (table.listed.bag.returned, table.till.asks) == (700, Asks.THING)
    table.type("\r")
    assert table.till.asks is Asks.THING


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("0\r", "nothing"),
        ("-5\r", "No weight"),
        ("abc\r", ""),
        ("5000\r", "not grams"),
        ("1,2,3\r", "No weight"),
        ("200\r", "Ten times"),
    ],
)
def test_a_whole_weight_that_cannot_be_is_not_taken(typed: str, said: str) -> None:
    table = Table()
    table.type(typed)
    assert table.listed.gross is None
    assert said in table.said


def test_an_unusual_weight_is_taken_by_a_second_enter() -> None:
    table = Table()
    table.type("200\r\r")
    assert table.listed.gross == 200_000


@pytest.mark.parametrize("typed", ["0", "-1", "1000", "x", ""])
def test_a_number_of_pieces_that_cannot_be_is_not_taken(table: Table, typed: str) -> None:
    table.type(f"te\r{typed}\r")
    assert (table.lines, table.till.asks) == ([], Asks.QUANTITY)
    assert table.said


@pytest.mark.parametrize(
    ("load", "said"), [(Load.OVER, "too much"), (Load.UNDER, "less than nothing")]
)
def test_what_the_scale_cannot_weigh_is_told_in_a_word_where_a_weight_is_asked(
    load: Load, said: str
) -> None:
    table = Table()
    table.till.scale.load = load
    for keys in ("", "5\rme\r2\r"):
        table.type(keys)
        drawn = lines_of(table.till, Heading("", ""), ZoneInfo("UTC"), 0)
        assert said in plain(drawn[-2])


def test_the_last_bag_still_on_the_scale_is_no_weight_of_the_next_unasked() -> None:
    table = Table()
    table.weigh(5400)
    table.till.scale.unmoved = True
    table.type("\r")
    assert table.listed.gross is None
    assert "last bag" in table.said
    table.type("\r")
    assert table.listed.gross == 5400


def test_an_empty_or_negative_scale_is_no_weight() -> None:
    table = Table()
    for grams in (0, -20):
        table.weigh(grams)
        table.type("\r")
        assert table.listed.gross is None
        assert "no weight" in table.said


def test_a_weight_from_the_scale_is_told_from_a_typed_one() -> None:
    table = Table()
    table.weigh(5000)
    table.type("\r")
    assert table.listed.weighed_by is WeighedBy.SCALE
    table.type("05\r")
    assert (table.listed.gross, table.listed.weighed_by) == (5000, WeighedBy.TYPED)


def test_nothing_was_taken_off_the_scale_is_said_and_nothing_recorded() -> None:
    table = Table()
    table.weigh(5000)
    table.type("\rme\r2\r\r")
    assert table.till.asks is Asks.LEFT_OUT
    assert "off the scale" in table.said
    table.weigh(4900)
    table.type("\r")
    assert table.listed.bag.medical == 100


def test_parts_heavier_than_the_bag_are_refused(table: Table) -> None:
    table.type("me\r2\r12\r")
    assert "more than the bag" in table.said
    assert table.listed.bag.medical == 0


def test_things_heavier_than_the_bag_are_weighed_anew_before_it_is_closed(table: Table) -> None:
    table.type("ap\r12\r")
    assert table.till.ask_what_is_missing()
    assert (table.till.asks, table.said[:10]) == (Asks.WHOLE_WEIGHT, "The things")


def test_a_line_is_counted_anew_and_what_was_weighed_of_it_with_it(table: Table) -> None:
    table.type("me\r2\r.2\r^\r3\r")
    assert table.till.asks is Asks.LEFT_OUT
    table.type(".3\r")
    assert (len(table.lines), table.lines[0].pieces) == (1, 3)
    assert table.listed.bag.medical == 300


def test_20000_grams_pass_and_one_more_is_told() -> None:
    for typed, said in (("20", " 20.000 of 20.000 kg"), ("20.001", "! 20.001 of 20.000 kg")):
        table = Table()
        table.type(f"{typed}\rte\r1\r")
        drawn = lines_of(table.till, Heading("", ""), ZoneInfo("UTC"), 0)
        assert plain(drawn[-5]).rstrip().endswith(said)


def test_a_removed_line_is_gone_with_its_weight(table: Table) -> None:
    table.type("me\r2\r.2\rte\r1\r")
    table.till.remove(0)
    assert [line.entry for line in table.lines] == [TEA]
    assert table.listed.bag.net == 11_300
