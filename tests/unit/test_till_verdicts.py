"""What becomes of a thing at the till: over a limit, forbidden, seized, signed for."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from kiosk.codes import FindClass, HidingPlace, ItemReason, Verdict, WeighedBy
from kiosk.screens.goods.entry_questions import Answer, Asks
from kiosk.screens.goods.listed import Listed
from kiosk.screens.goods.till_lines import Heading, lines_of
from kiosk.values.goods import BroughtLine
from kiosk.widgets.lines import plain
from tests.unit.till_table import HONEY, SUGAR, TEA, VODKA, Table


@pytest.fixture
def table() -> Table:
    return Table.with_a_bag()


def test_what_is_over_a_limit_goes_back_by_itself_and_is_told(table: Table) -> None:
    table.type("su\r3\r")
    judged = table.listed.bag.lines[0]
    assert {share.verdict: share.grams for share in judged.shares} == {
        Verdict.ACCEPT: 2000,
        Verdict.REFUSE: 1000,
    }
    assert "Limit" in table.said
    assert table.till.asks is Asks.THING


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
    assert table.verdict(3) is Verdict.REFUSE, "three packs more than they saw"
    table.type("^^^")
    assert table.listed.is_signed_for(2)


def test_what_was_sent_to_the_doctor_before_it_was_forbidden_is_so_no_more() -> None:
    listed = Listed()
    sent = [BroughtLine(one, 1, verdict=Verdict.MEDICAL) for one in (VODKA, HONEY)]
    listed.take_up(sent, 1000, WeighedBy.TYPED)
    assert [one.verdict for one in listed.lines] == [None, Verdict.MEDICAL]


def test_without_the_signature_a_list_taken_up_again_says_what_the_catalogue_says() -> None:
    listed = Listed()
    signed = BroughtLine(VODKA, 1, verdict=Verdict.ACCEPT)
    assert listed.take_up([signed], 1000, WeighedBy.TYPED), "which is told"
    assert listed.lines[0].verdict is None
    assert not listed.rests_on_a_signature
    assert not Listed().take_up([BroughtLine(TEA, 1)], 1000, WeighedBy.TYPED)
    too_much = BroughtLine(SUGAR, grams=4000, verdict=Verdict.ACCEPT)
    assert Listed().take_up([too_much], 9000, WeighedBy.TYPED)
    within = BroughtLine(SUGAR, grams=1000, verdict=Verdict.ACCEPT)
    assert not Listed().take_up([within], 9000, WeighedBy.TYPED)


def test_a_digit_behind_what_goes_back_by_itself_is_a_verdict_and_no_weight(
    table: Table,
) -> None:
    table.type("vo\r1\r4.7\r")
    assert (table.verdict(0), table.listed.bag.seized) == (Verdict.SEIZE, 700)
    table.type("gadget\r\r1\r1")
    assert (table.verdict(1), table.listed.bag.returned) == (Verdict.ACCEPT, 0)


def test_an_arrow_chooses_the_line_that_a_digit_judges(table: Table) -> None:
    table.type("te\r2\rbr\r4\rsw\r5\r^^23.4\r")
    assert [one.verdict for one in table.lines] == [None, Verdict.REFUSE, None]
    assert table.lines[1].reason is ItemReason.PACKING
    assert table.listed.bag.returned == 400


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
