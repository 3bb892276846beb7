"""The till: a bag is listed with few keys; nothing in it is lost or let by."""

from __future__ import annotations

from collections.abc import Iterator
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk import text
from kiosk.codes import ItemReason, Verdict
from kiosk.screens.goods.entry_questions import Answer, Asks
from kiosk.screens.goods.till_lines import Heading, lines_of
from kiosk.values.goods import BroughtLine
from kiosk.widgets.glass import Glass
from kiosk.widgets.lines import plain
from tests.unit.till_table import BREAD, MEDICINE, TEA, Table


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    yield
    text.use("en")


@pytest.fixture
def table() -> Table:
    return Table.with_a_bag()


def list_eight(table: Table) -> None:
    """The bag of the example: eight things, one over its limit, one to the doctor."""
    for code, quantity in (("te", 2), ("su", 3), ("br", 4), ("ap", 3), ("sw", 5), ("ci", 10)):
        table.type(f"{code}\r{quantity}\r")


def test_eight_things_with_a_scale_take_47_keys_and_net_weighs_what_stays() -> None:
    table = Table()
    table.weigh(11_300)
    table.type("\r")
    list_eight(table)
    table.type("me\r2\r")
    table.weigh(11_180)
    table.type("\r")
    table.type("ho\r1\r4")
    table.weigh(10_380)
    table.type("\r")
    assert not table.till.ask_what_is_missing()
    bag = table.listed.bag
    assert (bag.returned, bag.medical, bag.seized, bag.net) == (1000, 120, 800, 9380)
    scan_and_close = 2  # «2» on the sender's card before it, F2 after it
    assert table.keys + scan_and_close == 47


def test_eight_things_without_a_scale_take_56_keys() -> None:
    table = Table()
    table.type("11.3\r")
    list_eight(table)
    table.type("me\r2\r.12\r" + "ho\r1\r4.8\r")
    assert not table.till.ask_what_is_missing()
    assert table.listed.bag.net == 9380
    assert table.keys + 2 <= 56


def test_a_code_of_another_language_or_layout_finds_the_thing(table: Table) -> None:
    table.type("ча\r1\r")
    table.type("еу\r1\r")  # the keys of `te` on a Cyrillic layout
    table.type("bre\r1\r")
    assert [line.entry for line in table.lines] == [TEA, TEA, BREAD]


def test_a_digit_takes_another_thing_that_matches(table: Table) -> None:
    table.type("s")
    names = [one.name.en for one in table.till.matches]
    table.type("23\r")
    assert table.lines[0].entry is not None
    assert table.lines[0].entry.name.en == names[1]
    assert table.lines[0].grams + table.lines[0].pieces * 1000 == 3000


def test_a_letter_where_a_weight_is_asked_begins_the_next_thing(table: Table) -> None:
    table.type("ci\r12\rte\r2\r")
    assert [line.pieces for line in table.lines] == [12, 2]
    assert table.till.ask_what_is_missing()
    assert (table.till.asks, table.till.about) == (Asks.LEFT_OUT, 0)


def test_what_the_catalogue_lacks_is_listed_only_after_a_second_enter(table: Table) -> None:
    table.type("gadget\r")
    assert "Not in the catalogue" in table.said
    assert table.till.asks is Asks.THING
    table.type("\r2\r.5\r")
    line = table.lines[0]
    assert (line.entry, line.words, line.pieces) == (None, "gadget", 2)
    assert table.listed.bag.lines[0].shares[0].reason is ItemReason.NOT_LISTED
    table.type("1")
    assert table.listed.bag.lines[0].shares[0].verdict is Verdict.ACCEPT


def test_a_digit_in_the_name_of_a_thing_that_is_not_listed_is_part_of_it(table: Table) -> None:
    table.type("xl 12")
    assert (table.till.text, table.said) == ("xl 12", "")
    table.type("\r\r1\r")
    assert table.lines[0].words == "xl 12"


def test_a_bag_is_not_closed_before_all_that_is_asked_was_answered() -> None:
    table = Table()
    assert table.till.ask_what_is_missing()
    table.type("te\r2\rme\r1\r\x1b")  # Esc: the medicine is weighed later
    assert table.till.ask_what_is_missing()
    assert table.till.asks is Asks.WHOLE_WEIGHT
    table.type("3\r")
    assert table.till.ask_what_is_missing()
    assert (table.till.asks, table.till.about) == (Asks.LEFT_OUT, 1)
    table.type(".2\r")
    assert not table.till.ask_what_is_missing()


@pytest.mark.parametrize("begun", ["br", "br\r", "br\r4", "2", "~", "~2", "do\r", "0", "01"])
def test_what_was_begun_is_not_passed_over_when_the_bag_is_closed(
    table: Table, begun: str
) -> None:
    table.type("te\r2\r" + begun)
    before = (table.till.asks, table.till.text)
    assert table.till.ask_what_is_missing() is (begun != "0")
    if begun != "0":  # the bag was weighed before; weighing it anew may be left
        assert (table.till.asks, table.till.text) == before
        assert "not listed yet" in table.said


def test_papers_and_money_ask_for_their_number_and_amount_and_weigh_nothing() -> None:
    table = Table()
    table.type("do\rAN1234567\rmo\r1500.50\r")
    assert [(one.paper_number, one.tyiyn) for one in table.lines] == [
        ("AN1234567", None),
        ("", 150_050),
    ]
    assert not table.till.ask_what_is_missing()


def test_enter_alone_leaves_a_line_as_it_stands_there() -> None:
    table = Table()
    table.type("do\rAN1234567\rmo\r1500\rte\r2\r")
    listed = list(table.lines)
    for begun in ("^\r\r", "^^\r\r", "^^^\r\r"):
        table.type(begun)
        assert (table.lines, table.till.asks, table.said) == (listed, Asks.THING, "")


@pytest.mark.parametrize(
    ("begun", "said"),
    [("te\r", "how many"), ("su\r", "kilograms"), ("mo\r", "in som")],
)
def test_enter_alone_behind_a_new_thing_says_what_to_type(begun: str, said: str) -> None:
    table = Table()
    table.type(begun + "\r")
    assert (table.lines, said in table.said) == ([], True)


def test_an_amount_of_nothing_and_a_document_without_a_number_are_refused() -> None:
    table = Table()
    table.type("mo\r0\r")
    assert "No amount" in table.said
    table.type("\x1b\x1bdo\r\r")
    assert "without a number" in table.said
    assert table.lines == []


def test_escape_undoes_the_question_before_it_leaves(table: Table) -> None:
    assert table.type("te\r5\x1b") is Answer.TAKEN
    assert table.type("\x1b") is Answer.TAKEN
    assert table.till.asks is Asks.THING
    assert table.type("\x1b") is Answer.BACK
    assert table.lines == []


def test_200_lines_are_listed_and_all_stand_there(table: Table) -> None:
    for _ in range(200):
        table.type("te\r1\r")
    assert len(table.listed.bag.lines) == 200
    table.till.press("home", None)
    assert table.till.meant == 0


def test_as_last_time_lists_everything_and_still_asks_for_the_weight() -> None:
    table = Table()
    table.till.add_all((BroughtLine(TEA, pieces=2), BroughtLine(MEDICINE, pieces=1)))
    assert table.till.ask_what_is_missing()
    table.type("4\r")
    assert table.till.ask_what_is_missing()
    table.type(".2\r")
    assert (table.till.ask_what_is_missing(), table.listed.bag.net) == (False, 3800)


_ANY_KEY = st.one_of(
    st.sampled_from(
        [(key, None) for key in ("enter", "escape", "backspace", "up", "down", "home", "f7")]
        + [("pageup", None), ("pagedown", None), ("left", None), ("tab", None)]
    ),
    st.sampled_from("0123456789.,-tesubrapciмеhovoмд ").map(lambda one: (one, one)),
)


@settings(max_examples=60, deadline=None)
@given(
    keys=st.lists(st.one_of(_ANY_KEY, st.integers(-50, 30_000)), max_size=120),
    language=st.sampled_from(text.LANGUAGES),
)
def test_whatever_is_typed_and_weighed_the_bag_stays_one_that_can_be_drawn(
    keys: list[tuple[str, str | None] | int], language: str
) -> None:
    table = Table(language)
    for key in keys:
        if isinstance(key, int):
            table.weigh(key)
        else:
            table.till.press(*key)
        drawn = lines_of(table.till, Heading("", ""), ZoneInfo("UTC"), 0)
        assert len(drawn) == Glass.HEIGHT
        assert max(len(plain(one)) for one in drawn) <= Glass.WIDTH
    bag = table.listed.bag
    assert len(bag.lines) == len(table.lines)
    if not table.till.ask_what_is_missing() and bag.net is not None and bag.gross is not None:
        assert 0 <= bag.net <= bag.gross
