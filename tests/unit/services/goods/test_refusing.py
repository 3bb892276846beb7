"""A bag that goes back as a whole: by the rules with a notice, or each thing with a receipt."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from kiosk.codes import ItemReason, Template
from kiosk.errors import AlreadyDone, DecisionChanged, Invalid, NotAllowed
from kiosk.services.goods import accepting
from tests.unit.services.gatehouse import Gatehouse
from tests.unit.services.goods.table import Table, goes_back, seized


@pytest.fixture
def table(gatehouse: Gatehouse) -> Table:
    return Table(gatehouse)


def test_a_refusal_by_the_rules_is_a_notice_with_every_reason_and_uses_nothing_up(
    table: Table,
) -> None:
    gatehouse = table.gatehouse
    sender = gatehouse.visitor()
    gatehouse.ban(sender)
    request = table.request(gatehouse.prisoner(), sender)
    before = gatehouse.counts()
    recorded = table.refuse(request)
    assert (recorded.number, recorded.refused, recorded.net_grams) == ("R-26-000001", True, 0)
    assert gatehouse.written(before) == {
        "audit_entry": 1,
        "case_now": 1,
        "decision": 1,
        "gate_case": 1,
        "member": 1,
        "print_job": 1,
        "register_number": 1,
        "sequence": 1,
        "spool": 1,
        "step": 1,
    }
    assert gatehouse.rows("SELECT state, is_open FROM case_now") == [("refused", 0)]
    [(template, body)] = gatehouse.rows(
        "SELECT template, body FROM spool JOIN print_job ON id = job_id"
    )
    assert template == Template.REFUSAL.value
    assert [reason["code"] for reason in json.loads(body)["reasons"]] == ["banned"]


def test_what_was_listed_before_the_rules_refused_it_stands_as_gone_back(
    table: Table,
) -> None:
    gatehouse = table.gatehouse
    request = table.request(
        gatehouse.prisoner(),
        gatehouse.visitor(),
        table.line("te", 2),
        seized(table.line("ho"), 800),
        gross=30_000,
    )
    recorded = table.refuse(request)
    assert gatehouse.rows("SELECT code, verdict, rule FROM item ORDER BY no") == [
        ("te", "refuse", "P-21"),
        ("ho", "seize", None),
    ]
    assert gatehouse.rows("SELECT gross_grams, net_grams FROM parcel") == [(30_000, 0)]
    assert len(recorded.finds) == 1


def test_a_bag_of_which_each_thing_goes_back_is_a_receipt_with_the_number_of_a_refusal(
    table: Table,
) -> None:
    gatehouse = table.gatehouse
    request = table.request(
        gatehouse.prisoner(),
        gatehouse.visitor(),
        table.line("vo", left_out_grams=500),
        goes_back(table.line("ap", 900), reason=ItemReason.SPOILED),
        gross=1400,
    )
    recorded = table.refuse(request)
    assert recorded.number == "R-26-000001"
    [(template, body)] = gatehouse.rows(
        "SELECT template, body FROM spool JOIN print_job ON id = job_id"
    )
    assert template == Template.RECEIPT.value
    assert [line["reason"] for line in json.loads(body)["lines"]] == ["forbidden", "spoiled"]
    assert gatehouse.rows("SELECT count(*) FROM ledger") == [(0,)]
    assert gatehouse.rows("SELECT count(*) FROM item WHERE verdict = 'accept'") == [(0,)]


def test_what_goes_back_was_opened_and_looked_through_by_nobody_made_up(table: Table) -> None:
    gatehouse = table.gatehouse
    me = gatehouse.officer.staff_id
    bag = table.request(
        gatehouse.prisoner(), gatehouse.visitor(), goes_back(table.line("te"), 90), gross=90
    )
    for told in ({"extra_by": me}, {"extra_by": bag.case_id}, {"commission": (me, me)}):
        with pytest.raises(Invalid):
            table.refuse(replace(bag, **told))
    assert gatehouse.rows("SELECT count(*) FROM gate_case") == [(0,)]


def test_a_bag_of_which_something_would_pass_is_not_refused(table: Table) -> None:
    gatehouse = table.gatehouse
    pair = gatehouse.prisoner(), gatehouse.visitor()
    for lines in ((), (table.line("te"), table.line("vo"))):
        with pytest.raises(DecisionChanged):
            table.refuse(table.request(*pair, *lines, gross=900))
    assert gatehouse.rows("SELECT count(*) FROM gate_case") == [(0,)]


def test_a_receipt_says_why_each_thing_went_back_and_no_more_than_the_bag_weighs(
    table: Table,
) -> None:
    gatehouse = table.gatehouse
    pair = gatehouse.prisoner(), gatehouse.visitor()
    honey = goes_back(table.line("ho"), None)
    for lines, sentence in (
        ([goes_back(table.line("te"), 150, reason=None)], "say why"),
        ([goes_back(table.line("te"), 950)], "less than what is left out of it"),
        ([goes_back(table.line("te"), 950), honey], "less than what is left out of it"),
    ):
        with pytest.raises(Invalid, match=sentence):
            table.refuse(table.request(*pair, *lines, gross=900))
    assert gatehouse.rows("SELECT count(*) FROM gate_case") == [(0,)]


def test_a_refusal_that_no_longer_holds_is_not_written(table: Table) -> None:
    gatehouse = table.gatehouse
    prisoner, sender = gatehouse.prisoner(), gatehouse.visitor()
    over = table.request(prisoner, sender, table.line("te"), gross=20_001)
    seen = table.propose(over).decision
    lighter = replace(over, gross_grams=20_000)
    with pytest.raises(DecisionChanged):
        gatehouse.do(accepting.refuse, gatehouse.officer, lighter, seen)


def test_a_refusal_is_recorded_once(table: Table) -> None:
    gatehouse = table.gatehouse
    request = table.request(
        gatehouse.prisoner(), gatehouse.visitor(), table.line("te"), gross=20_001
    )
    table.refuse(request)
    with pytest.raises(AlreadyDone) as told:
        table.refuse(request)
    assert told.value.number == "R-26-000001"


def test_whoever_does_not_register_refuses_nothing(table: Table) -> None:
    gatehouse = table.gatehouse
    request = table.request(
        gatehouse.prisoner(), gatehouse.visitor(), table.line("te"), gross=20_001
    )
    seen = table.propose(request).decision
    with pytest.raises(NotAllowed):
        gatehouse.do(accepting.refuse, gatehouse.administrator, request, seen)
