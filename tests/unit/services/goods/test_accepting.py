"""A bag that is taken in: what is written of it, and what is printed."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from kiosk.codes import (
    DraftKind,
    PlaceKind,
    Service,
    Template,
    Verdict,
    WeighedBy,
)
from kiosk.services import drafts, ticket_window, tickets
from kiosk.services.goods import places
from kiosk.values.waiting import TicketRequest
from tests.unit.services.gatehouse import Gatehouse, id_card
from tests.unit.services.goods.table import Table, goes_back, seized

HOUR = 3_600_000


@pytest.fixture
def table(gatehouse: Gatehouse) -> Table:
    return Table(gatehouse)


def bodies(gatehouse: Gatehouse, template: Template) -> list[dict[str, Any]]:
    rows = gatehouse.rows(
        "SELECT body FROM spool JOIN print_job ON id = job_id WHERE template = ? ORDER BY id",
        template.value,
    )
    return [json.loads(body) for (body,) in rows]


# ---- what is written


def test_a_package_writes_exactly_the_rows_of_the_model(table: Table) -> None:
    gatehouse = table.gatehouse
    prisoner, sender = gatehouse.prisoner(), gatehouse.visitor()
    lines = (table.line("te", 2), table.line("su", 3000), seized(table.line("ho"), 800))
    request = table.request(prisoner, sender, *lines, gross=6000)
    before = gatehouse.counts()
    table.accept(request)
    assert gatehouse.written(before) == {
        "audit_entry": 1,
        "case_now": 1,
        "decision": 1,
        "find": 1,
        "find_thing": 1,
        "gate_case": 1,
        "item": 5,
        "ledger": 1,
        "member": 1,
        "parcel": 1,
        "print_job": 3,
        "register_number": 2,
        "sequence": 2,
        "spool": 3,
        "step": 2,
    }
    assert gatehouse.rows("SELECT no, kind, state, data FROM step ORDER BY no") == [
        (1, "weighed", "inspected", '{"grams":6000,"scale":0}'),
        (2, "accepted", "stored", None),
    ]
    assert gatehouse.rows("SELECT role, relation FROM member") == [("sender", "sibling")]
    assert gatehouse.rows("SELECT service, pieces, grams, kind, counts_on FROM ledger") == [
        ("package", 1, 4200, "use", "2026-03-06")
    ]
    ((action, object_id),) = gatehouse.rows(
        "SELECT action, object_id FROM audit_entry ORDER BY seq DESC LIMIT 1"
    )
    assert (action, object_id) == ("accept_goods", request.case_id.bytes)


def test_each_share_of_a_line_is_a_row_and_the_accepted_ones_weigh_the_net(
    table: Table,
) -> None:
    recorded = table.brought(
        table.line("te", 2),
        table.line("su", 3000),
        table.line("ap", 3000),
        replace(table.line("me", 2), left_out_grams=120),
        seized(table.line("ho"), 800),
        gross=11_300,
    )
    assert (recorded.number, recorded.net_grams) == ("P-26-000001", 9380)
    rows = table.gatehouse.rows(
        "SELECT no, code, verdict, pieces, grams, reason, rule FROM item ORDER BY no"
    )
    assert rows == [
        (1, "te", "accept", 2, 0, None, None),
        (2, "su", "accept", 0, 2000, None, None),
        (3, "su", "refuse", 0, 1000, "over_limit", "su"),
        (4, "ap", "accept", 0, 3000, None, None),
        (5, "me", "medical", 2, 120, None, None),
        (6, "ho", "seize", 1, 800, None, None),
        (7, None, "accept", 0, 4380, None, None),
    ]
    assert sum(row[4] for row in rows if row[2] == "accept") == recorded.net_grams
    assert table.gatehouse.rows("SELECT gross_grams, net_grams FROM parcel") == [(11_300, 9380)]


def test_when_all_was_weighed_nothing_is_left_for_other_goods_and_packing(
    table: Table,
) -> None:
    table.brought(table.line("ap", 3000), gross=3000)
    assert table.gatehouse.rows("SELECT code FROM item") == [("ap",)]


def test_a_seized_line_is_a_find_that_knows_its_parcel_and_line(table: Table) -> None:
    recorded = table.brought(table.line("te"), seized(table.line("ho"), 800))
    rows = table.gatehouse.rows("SELECT id, case_id, item_no, channel FROM find")
    assert rows == [(recorded.finds[0].bytes, recorded.case_id.bytes, 2, "package")]
    assert table.gatehouse.rows("SELECT kind, pieces, hidden_in, grams FROM find_thing") == [
        ("sim", 6, "jar", None)
    ]


def test_words_and_numbers_of_papers_stand_where_they_can_be_erased(table: Table) -> None:
    unknown = replace(table.line("te", 1), entry=None, words="гитара", verdict=Verdict.ACCEPT)
    table.brought(
        unknown,
        table.line("pa", 0, paper_number="ID1234567"),
        table.line("mo", 0, tyiyn=150_000),
    )
    rows = table.gatehouse.rows(
        "SELECT item.no, code, tyiyn, words, paper_number FROM item"
        " LEFT JOIN item_words ON item_id = item.id ORDER BY item.no"
    )
    assert rows == [
        (1, None, None, "гитара", None),
        (2, "pa", None, None, "ID1234567"),
        (3, "mo", 150_000, None, None),
        (4, None, None, None, None),
    ]


def test_what_spoils_first_says_until_when_it_is_kept(table: Table) -> None:
    table.brought(table.line("ap", 3000), table.line("br", 4))
    until = table.gatehouse.clock.at + 8 * HOUR
    assert table.gatehouse.rows("SELECT keep_until FROM parcel") == [(until,)]
    assert table.gatehouse.rows("SELECT due_at FROM case_now") == [(until,)]


def test_what_went_back_does_not_spoil_here(table: Table) -> None:
    table.brought(table.line("te"), goes_back(table.line("br", 4), 900))
    assert table.gatehouse.rows("SELECT keep_until FROM parcel") == [(None,)]


def test_a_weight_from_the_scale_is_told_from_a_typed_one(table: Table) -> None:
    table.brought(table.line("te"), weighed_by=WeighedBy.SCALE)
    assert table.gatehouse.rows("SELECT weighed_by FROM parcel") == [("scale",)]
    assert table.gatehouse.rows("SELECT data FROM step WHERE no = 1") == [
        ('{"grams":5000,"scale":1}',)
    ]


@pytest.mark.parametrize(
    ("code", "kind"),
    [("te", PlaceKind.SHELF), ("br", PlaceKind.COLD)],
)
def test_a_bag_is_put_where_such_things_are_kept(
    table: Table, code: str, kind: PlaceKind
) -> None:
    gatehouse = table.gatehouse
    for name, of_kind in (
        ("A-1", PlaceKind.SHELF),
        ("C-1", PlaceKind.COLD),
    ):
        gatehouse.do(places.record, gatehouse.supervisor, name, of_kind, 5)
    recorded = table.brought(table.line("te"), table.line(code))
    [(place_id, code_put, of_kind)] = gatehouse.rows(
        "SELECT place.id, code, kind FROM case_now JOIN place ON place.id = place_id"
    )
    assert (of_kind, recorded.place) == (kind.value, code_put)
    [(data,)] = gatehouse.rows("SELECT data FROM step WHERE kind = 'accepted'")
    assert json.loads(data)["place"].replace("-", "") == place_id.hex()


# ---- what is printed


def test_receipt_label_and_contents_say_what_was_taken_in(table: Table) -> None:
    table.brought(
        table.line("su", 3000),
        table.line("br", 4),
        seized(table.line("ho"), 800),
        gross=6000,
    )
    gatehouse = table.gatehouse
    [receipt] = bodies(gatehouse, Template.RECEIPT)
    assert receipt["number"] == "P-26-000001"
    assert receipt["code"] == "P01260000014"
    assert (receipt["net_grams"], receipt["used"], receipt["limit"]) == (4200, 1, 6)
    assert [(line["verdict"], line["grams"]) for line in receipt["lines"]] == [
        ("accept", 2000),
        ("refuse", 1000),
        ("accept", 0),
        ("seize", 800),
        ("accept", 2200),
    ]
    assert receipt["lines"][1]["reason"] == "over_limit"
    assert receipt["lines"][3]["act"] == "A-26-0001"
    [label] = bodies(gatehouse, Template.LABEL)
    assert (label["perishable"]["en"], label["until"]) == ("bread", "2026-03-06T17:30+06:00")
    [contents_list] = bodies(gatehouse, Template.CONTENTS)
    assert contents_list["net_grams"] == 4200


def test_amounts_of_money_and_numbers_of_papers_stand_on_the_receipt(table: Table) -> None:
    lines = (table.line("mo", tyiyn=150_000), table.line("pa", paper_number="AN 12"))
    table.brought(*lines, table.line("te"))
    [receipt] = bodies(table.gatehouse, Template.RECEIPT)
    assert receipt["lines"][0]["tyiyn"] == 150_000
    assert receipt["lines"][1]["paper_number"] == "AN 12"


# ---- who sends it, and by which way


def test_a_document_that_the_register_does_not_know_is_recorded_with_the_bag(
    table: Table,
) -> None:
    gatehouse = table.gatehouse
    request = table.request(
        gatehouse.prisoner(), gatehouse.visitor(), table.line("te"), gross=9
    )
    shown = replace(request.sender, seen=id_card("ID7777777"))
    before = gatehouse.counts()
    table.accept(replace(request, sender=shown))
    assert gatehouse.written(before)["document"] == 1


def test_a_bag_handed_in_wipes_the_draft_of_its_list(table: Table) -> None:
    gatehouse = table.gatehouse
    request = table.request(
        gatehouse.prisoner(), gatehouse.visitor(), table.line("te"), gross=9
    )
    gatehouse.do(drafts.keep, gatehouse.officer, DraftKind.PACKAGE, request)
    table.accept(request)
    assert gatehouse.ask(drafts.kept, gatehouse.officer) == ()


def test_the_ticket_of_a_sender_is_served_when_the_bag_is_taken_in_or_turned_back(
    table: Table,
) -> None:
    gatehouse = table.gatehouse
    for gross in (900, 20_001):
        prisoner, sender = gatehouse.prisoner(), gatehouse.visitor()
        wanted = TicketRequest(Service.PACKAGE, sender.person_id, prisoner.prisoner_id, 0)
        ticket = gatehouse.do(ticket_window.take, gatehouse.officer, wanted)
        request = table.request(
            prisoner, sender, table.line("te"), gross=gross, ticket_id=ticket.ticket_id
        )
        (table.accept if gross == 900 else table.refuse)(request)
        assert gatehouse.ask(tickets.held_by, (sender.person_id,)) is None
    assert gatehouse.rows("SELECT count(*) FROM ticket_step WHERE state = 'done'") == [(2,)]
