"""The till: a bag is listed with few keys; nothing in it is lost, weighed twice or let by."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from devices.scales.load import Load
from kiosk import text
from kiosk.codes import (
    Allowed,
    FindClass,
    GoodsClass,
    HidingPlace,
    ItemReason,
    Unit,
    Verdict,
    WeighedBy,
)
from kiosk.papers import ThingName
from kiosk.screens.goods.entry_questions import Answer, Asks
from kiosk.screens.goods.listed import Listed
from kiosk.screens.goods.till import Till
from kiosk.screens.goods.till_lines import Heading, lines_of
from kiosk.values.goods import BroughtLine, CatalogueEntry
from kiosk.widgets.glass import Glass
from kiosk.widgets.lines import plain


def thing(no: int, code: str, code_ru: str, name: str, **told: object) -> CatalogueEntry:
    known: dict[str, object] = {
        "goods_class": GoodsClass.FOOD,
        "unit": Unit.PIECE,
        "allowed": Allowed.ALLOWED,
        **told,
    }
    return CatalogueEntry(
        catalogue_id=UUID(int=no),
        code=code,
        code_ky=code_ru,
        code_ru=code_ru,
        name=ThingName(name, name, name),
        **known,  # type: ignore[arg-type]  # a table of tests, checked as it runs
    )


KILOGRAM = {"unit": Unit.KILOGRAM}
TEA = thing(1, "te", "ча", "tea, black", unit=Unit.PACK)
SUGAR = thing(2, "su", "са", "sugar", allowed=Allowed.LIMITED, max_grams=2000, **KILOGRAM)
BREAD = thing(3, "br", "хл", "bread", perishable_hours=8)
APPLES = thing(4, "ap", "яб", "apples", **KILOGRAM)
SWEETS = thing(5, "sw", "ко", "sweets")
TOBACCO = thing(6, "ci", "си", "cigarettes", allowed=Allowed.LIMITED, max_pieces=10)
MEDICINE = thing(7, "me", "ле", "medicine", goods_class=GoodsClass.MEDICINE, medical=True)
HONEY = thing(8, "ho", "мё", "honey, jar")
VODKA = thing(9, "vo", "во", "vodka", goods_class=GoodsClass.ALCOHOL, allowed=Allowed.FORBIDDEN)
KNIFE = thing(12, "kn", "но", "knife", goods_class=GoodsClass.WEAPON, allowed=Allowed.FORBIDDEN)
PASSPORT = thing(10, "do", "до", "document", goods_class=GoodsClass.DOCUMENT)
MONEY = thing(11, "mo", "де", "money", goods_class=GoodsClass.MONEY)
CATALOGUE = (
    TEA,
    SUGAR,
    BREAD,
    APPLES,
    SWEETS,
    TOBACCO,
    MEDICINE,
    HONEY,
    VODKA,
    KNIFE,
    PASSPORT,
    MONEY,
)
_NAMED = {"\r": "enter", "\x1b": "escape", "^": "up", "~": "f7", "<": "backspace"}


class Table:
    """A till with keys that are counted, and a scale beside it or none."""

    def __init__(self, room_left: int | None = 20_000) -> None:
        self.listed = Listed(room_left=room_left)
        self.till = Till(self.listed, CATALOGUE)
        self.keys = 0

    def weigh(self, grams: int) -> None:
        self.till.scale.grams = grams

    def type(self, keys: str) -> Answer:
        """Each character is a key; what the last one did."""
        answer = Answer.IGNORED
        for key in keys:
            self.keys += 1
            if key in _NAMED:
                answer = self.till.press(_NAMED[key], None)
            else:
                answer = self.till.press(key, key)
        return answer

    def sign(self, place: int) -> None:
        """A second person lets the line at this place pass."""
        lines = list(self.lines)
        lines[place] = replace(lines[place], verdict=Verdict.ACCEPT)
        self.listed.sign(lines)
        self.till.rest()

    def verdict(self, place: int) -> Verdict:
        return self.listed.bag.lines[place].shares[0].verdict

    @property
    def said(self) -> str:
        return self.till.heard.sentence if self.till.heard is not None else ""

    @property
    def lines(self) -> list[BroughtLine]:
        return self.listed.lines


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    text.use("en")
    yield
    text.use("en")


@pytest.fixture
def table() -> Table:
    table = Table()
    table.type("11.3\r")
    return table


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


def test_what_is_over_a_limit_goes_back_by_itself_and_is_told(table: Table) -> None:
    table.type("su\r3\r")
    judged = table.listed.bag.lines[0]
    assert judged.share(Verdict.ACCEPT).grams == 2000  # type: ignore[union-attr]  # or it fails
    assert judged.share(Verdict.REFUSE).grams == 1000  # type: ignore[union-attr]  # or it fails
    assert "Limit" in table.said
    assert table.till.asks is Asks.THING


def test_pieces_over_a_limit_are_weighed_by_themselves(table: Table) -> None:
    table.type("ci\r12\r")
    assert table.till.asks is Asks.LEFT_OUT
    table.type(".1\r")
    assert (table.listed.bag.returned, table.till.asks) == (100, Asks.THING)


def test_a_letter_where_a_weight_is_asked_begins_the_next_thing(table: Table) -> None:
    table.type("ci\r12\rte\r2\r")
    assert [line.pieces for line in table.lines] == [12, 2]
    assert table.till.ask_what_is_missing()
    assert (table.till.asks, table.till.about) == (Asks.LEFT_OUT, 0)


def test_what_is_forbidden_is_not_accepted_by_a_digit(table: Table) -> None:
    table.type("vo\r1\r.7\r1")
    share = table.listed.bag.lines[0].shares[0]
    assert (share.verdict, share.reason) == (Verdict.REFUSE, ItemReason.FORBIDDEN)
    assert "Not allowed" in table.said


def test_what_is_forbidden_is_not_sent_to_the_doctor_by_a_digit(table: Table) -> None:
    table.type("vo\r1\r.7\r3")
    share = table.listed.bag.lines[0].shares[0]
    assert (share.verdict, share.reason) == (Verdict.REFUSE, ItemReason.FORBIDDEN)
    assert "no medicine" in table.said
    table.type("4")
    table.type("3")
    assert (table.verdict(0), table.listed.bag.seized) == (Verdict.SEIZE, 700)
    table.type("ho\r1\r3.2\r")
    assert table.verdict(1) is Verdict.MEDICAL


def test_after_a_digit_that_needs_a_second_person_f7_asks_one_and_any_other_key_goes_on(
    table: Table,
) -> None:
    table.type("vo\r1\r1")
    assert table.till.barred == 0
    assert table.type("~") is Answer.SIGN
    table.type(".7\r")
    assert (table.till.barred, table.listed.bag.returned) == (None, 700)
    table.type("~")
    assert table.till.asks is Asks.FOUND


def test_a_second_person_signs_for_the_things_that_they_saw_and_for_no_others(
    table: Table,
) -> None:
    table.type("vo\r1\r.7\rkn\r1\r.2\rci\r12\r.1\r")
    table.type("1")  # more cigarettes than the limit: asked, and not signed for
    table.type("^^^1")
    table.sign(0)
    assert [table.verdict(place) for place in (0, 1)] == [Verdict.ACCEPT, Verdict.REFUSE]
    assert table.listed.bag.lines[2].share(Verdict.REFUSE) is None
    drawn = [plain(one) for one in lines_of(table.till, Heading("", ""), ZoneInfo("UTC"), 0)]
    assert ["signed by another" in one for one in drawn[3:6]] == [True, False, True]
    table.type("^^1")
    assert table.verdict(1) is Verdict.REFUSE
    table.type("\x1bci\r3\r.1\r1te\r1\r")
    assert table.listed.bag.lines[3].share(Verdict.REFUSE) is None


def test_without_the_signature_a_list_taken_up_again_says_what_the_catalogue_says() -> None:
    listed = Listed()
    listed.take_up([BroughtLine(VODKA, 1, verdict=Verdict.ACCEPT)], 1000, WeighedBy.TYPED)
    assert listed.lines[0].verdict is None
    assert not listed.rests_on_a_signature


def test_a_digit_behind_what_goes_back_by_itself_is_a_verdict_and_no_weight(
    table: Table,
) -> None:
    table.type("vo\r1\r4.7\r")
    assert (table.verdict(0), table.listed.bag.seized) == (Verdict.SEIZE, 700)
    table.type("gadget\r\r1\r1")
    assert (table.verdict(1), table.listed.bag.returned) == (Verdict.ACCEPT, 0)


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


def test_an_amount_of_nothing_and_a_document_without_a_number_are_refused() -> None:
    table = Table()
    table.type("mo\r0\r")
    assert "No amount" in table.said
    table.type("\x1b\x1bdo\r\r")
    assert "without a number" in table.said
    assert table.lines == []


def test_an_arrow_chooses_the_line_that_a_digit_judges(table: Table) -> None:
    table.type("te\r2\rbr\r4\rsw\r5\r^^23.4\r")
    assert [one.verdict for one in table.lines] == [None, Verdict.REFUSE, None]
    assert table.lines[1].reason is ItemReason.PACKING
    assert table.listed.bag.returned == 400


def test_a_line_is_counted_anew_and_what_was_weighed_of_it_with_it(table: Table) -> None:
    table.type("me\r2\r.2\r^\r3\r")
    assert table.till.asks is Asks.LEFT_OUT
    table.type(".3\r")
    assert (len(table.lines), table.lines[0].pieces) == (1, 3)
    assert table.listed.bag.medical == 300


def test_a_seized_thing_is_the_find_itself_unless_more_is_said(table: Table) -> None:
    table.type("vo\r1\r.5\r4")
    assert table.lines[0].seized is not None
    assert table.lines[0].seized.kind is FindClass.ALCOHOL
    table.type("ho\r1\r~26\r3.8\r")
    seized = table.lines[1].seized
    assert seized is not None
    assert (seized.kind, seized.pieces, seized.hidden_in) == (
        FindClass.SIM,
        6,
        HidingPlace.JAR,
    )
    assert table.listed.bag.seized == 1300


def test_20000_grams_pass_and_one_more_is_told() -> None:
    for typed, over in (("20", 0), ("20.001", 1)):
        table = Table()
        table.type(f"{typed}\rte\r1\r")
        assert table.listed.bag.over == over


def test_a_removed_line_is_gone_with_its_weight(table: Table) -> None:
    table.type("me\r2\r.2\rte\r1\r")
    table.till.remove(0)
    assert [line.entry for line in table.lines] == [TEA]
    assert table.listed.bag.net == 11_300


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
    text.use(language)
    table = Table()
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
