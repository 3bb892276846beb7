"""Each promise about goods and finds can be broken: none tampered with passes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest

from kiosk.codes import (
    FindChannel,
    ItemReason,
    OverrideGround,
    PassedTo,
    Relation,
    Screening,
    ScreeningConsent,
    ScreeningResult,
    Service,
    Verdict,
)
from kiosk.services import searches
from kiosk.services.desk import Desk
from kiosk.services.goods import (
    accepting,
    acts,
    asking,
    catalogue,
    correcting,
    finds,
    going_back,
    handing_over,
    lots,
    medical,
)
from kiosk.values import MemberRequest, Override, SearchRecord
from kiosk.values.finds import ActEntered, FindEntered
from kiosk.values.goods import Correction, GoodsRecorded, GoodsRequest, Share
from tests.invariants import (
    promises_of_finds,
    promises_of_goods,
    promises_of_reviews,
    promises_of_the_record,
)
from tests.invariants.bringing import ACCEPT, REFUSE, SEIZE, Typed
from tests.invariants.finding import PHONE
from tests.invariants.gate import PROMISES
from tests.invariants.prison import Prison
from tests.invariants.tables import Tables, Told
from tests.invariants.tampering import Promise, unnoticed

GOODS = promises_of_goods
FINDS = promises_of_finds
RECORD = promises_of_the_record
REVIEWS = promises_of_reviews

THINGS_FOUND = SearchRecord(
    Screening.THINGS, UUID(int=0), ScreeningConsent.YES, ScreeningResult.FOUND, goes_in=False
)


def bag(prison: Prison, who: int, whom: int, *typed: Typed) -> GoodsRequest:
    house = prison.house
    entries = house.ask(catalogue.in_force, house.desk.day())
    things = {one.code: one for one in entries}
    return GoodsRequest(
        accepting.new_case_id(house.desk),
        Service.PACKAGE,
        prison.prisoners[whom].prisoner_id,
        MemberRequest(prison.visitors[who].person_id, Relation.SIBLING),
        tuple(one.on(things) for one in typed),
        gross_grams=5000,
    )


def taken_in(
    prison: Prison, request: GoodsRequest, override: Override | None = None
) -> GoodsRecorded:
    house = prison.house
    house.clock.at += 7000
    seen = house.ask(asking.propose, house.officer, request)
    house.do(lots.draw, house.officer, request.prisoner_id, request.sender.person_id)
    request = request.looked_through(prison.staff["inspector"].staff_id).signed_for()
    asked = (house.officer, request, seen.decision, seen.earlier, override)
    return house.do(accepting.accept, *asked)


@pytest.fixture
def prison(first_morning: Prison, tmp_path: Path) -> Iterator[Prison]:
    """A morning of bags: in one something was found, one was handed over, one declined, one
    refused, one came by post and was corrected, one was signed for by two; of two the doctor
    did not take a medicine, and the sender of one has it back. A phone was found on a visitor,
    and one was thrown over, of which the act is written."""
    prison = first_morning.copy(tmp_path / "gate.db", enters_after_search=True)
    house = prison.house
    house.desk = replace(house.desk, extra_check_percent=100)
    cash = Typed("mo", left_out=None)
    taken_in(prison, bag(prison, 2, 0, Typed("te"), cash))
    found = Typed("ho", 1, SEIZE, left_out=800)
    taken_in(prison, bag(prison, 0, 0, Typed("te", 2), Typed("br"), Typed("me"), found))
    handed = taken_in(prison, bag(prison, 1, 1, Typed("po", 4000)))
    house.do(handing_over.hand_over, house.officer, handed.case_id)
    two = taken_in(prison, bag(prison, 1, 2, Typed("te"), Typed("me"), Typed("me", 2)))
    house.do(medical.pass_on, house.officer, two.case_id, "Осмонова Т.", [3])
    house.do(handing_over.hand_over, house.officer, two.case_id)
    pills = taken_in(prison, bag(prison, 3, 2, Typed("te"), Typed("me")))
    house.do(medical.pass_on, house.officer, pills.case_id, "Осмонова Т.", [2])
    house.do(going_back.returned, house.officer, pills.case_id)
    declined = taken_in(prison, bag(prison, 0, 2, Typed("su", 1500)))
    house.do(going_back.decline, house.officer, declined.case_id)
    commission = (house.officer.staff_id, prison.staff["inspector"].staff_id)
    posted = replace(
        bag(prison, 3, 3, Typed("ap", 900)),
        service=Service.PARCEL,
        post_no="RR000000001KG",
        commission=commission,
    )
    case_id = taken_in(prison, posted).case_id
    gone = Share(Verdict.REFUSE, grams=300, reason=ItemReason.TAKEN_BACK)
    less = Correction((Share(Verdict.ACCEPT), gone))
    house.do(correcting.correct, house.supervisor, case_id, 1, less)
    back = bag(prison, 4, 1, Typed("te", 2, REFUSE, ItemReason.PACKING))
    seen = house.ask(asking.propose, house.officer, back).decision
    house.do(accepting.refuse, house.officer, back, seen)
    two = Override(house.supervisor, OverrideGround.ORDER)
    taken_in(prison, bag(prison, 6, 1, Typed("vo", 1, ACCEPT)), two)
    visit = house.visit(prison.prisoners[2], prison.visitors[4])
    ((member,),) = house.rows("SELECT id FROM member WHERE case_id = ?", visit.case_id.bytes)
    search = replace(THINGS_FOUND, officer_id=house.officer.staff_id)
    house.do(searches.record, house.officer, UUID(bytes=member), search)
    entered = FindEntered(
        FindChannel.THROWN, house.officer.staff_id, PHONE, prison.visitors[6].person_id
    )
    thrown = house.do(finds.record, house.officer, entered)
    act = ActEntered(
        thrown.act_no,
        "Offences Code 446",
        PassedTo.POLICE,
        witness_id=prison.staff["chief"].staff_id,
        fine_tyiyn=3_000_000,
        proposes_ban=True,
    )
    house.do(acts.write, house.officer, thrown.find_id, act)
    yield prison
    house.db.close()


def test_an_honest_storage_keeps_every_promise(prison: Prison) -> None:
    def look(desk: Desk) -> None:
        for promise in PROMISES:
            promise(Tables(prison.house.db.file, desk, Told()))

    prison.house.ask(look)


_A_BAN = (
    'INSERT INTO restriction (id, gate_id, audit_seq, person_id, kind, "from", ground, issuer)'
    " SELECT randomblob(16), 1, {last}, %s, 'ban', '2026-01-01', 'conduct', 'prison' FROM %s"
)

TAMPERED: list[tuple[Promise, str]] = [
    (
        GOODS.what_is_accepted_weighs_what_the_parcel_does,
        "UPDATE parcel SET net_grams = net_grams - 1 WHERE net_grams > 0",
    ),
    (
        GOODS.a_correction_stands_in_for_a_line,
        "UPDATE item SET replaces = 99 WHERE replaces IS NOT NULL",
    ),
    (
        GOODS.the_ledger_holds_what_was_accepted,
        "DELETE FROM ledger WHERE kind = 'refund'",
    ),
    (
        GOODS.a_periods_grams_are_those_of_its_packages,
        "UPDATE ledger SET grams = grams + 1 WHERE kind = 'use'",
    ),
    (
        GOODS.nobody_gets_more_grams_than_there_are_unsigned,
        "UPDATE ledger SET grams = 30001, audit_seq = {last} WHERE kind = 'use'",
    ),
    (
        GOODS.a_parcel_has_one_fate,
        "DROP INDEX step_handed_over;"
        "INSERT INTO step (id, gate_id, audit_seq, case_id, no, kind, state, at, staff_id)"
        " SELECT randomblob(16), gate_id, audit_seq, case_id, no + 1, kind, state, at, staff_id"
        " FROM step WHERE kind = 'handed_over'",
    ),
    (
        GOODS.nothing_vanishes,
        "UPDATE case_now SET state = 'closed' WHERE state = 'stored'",
    ),
    (
        GOODS.the_doctor_has_what_is_for_the_doctor,
        "UPDATE case_now SET state = 'closed' WHERE state = 'stored'",
    ),
    (GOODS.what_the_doctor_does_not_take_goes_back, "DELETE FROM step_words"),
    (
        GOODS.a_parcel_goes_to_a_prisoner_who_is_there,
        "UPDATE step SET audit_seq = {last} WHERE kind = 'handed_over';"
        "UPDATE prisoner_event SET value = 'court' WHERE kind = 'status'",
    ),
    (
        GOODS.no_place_is_overfull,
        "UPDATE case_now SET place_id = (SELECT id FROM place WHERE code = 'C-1')"
        " WHERE is_open",
    ),
    (
        GOODS.what_is_worth_a_safe_lies_in_one,
        "UPDATE item SET goods_class = 'food' WHERE goods_class = 'money'",
    ),
    (GOODS.what_lies_there_has_its_hour, "UPDATE case_now SET due_at = due_at + 1"),
    (
        GOODS.nothing_against_the_catalogue_is_taken_in_but_by_two,
        "UPDATE catalogue_item SET allowed = 'forbidden' WHERE code = 'te'",
    ),
    (
        GOODS.the_doctor_gets_nothing_forbidden_but_medicine,
        "UPDATE catalogue_item SET allowed = 'forbidden', medical = 0, goods_class = 'other'"
        " WHERE code = 'me'",
    ),
    (
        GOODS.nobody_brings_against_a_ban_but_by_two,
        _A_BAN % ("m.person_id", "member m WHERE m.role = 'sender'")
        + ";UPDATE step SET audit_seq = {last} WHERE kind = 'accepted'",
    ),
    (FINDS.what_is_seized_is_in_a_find, "UPDATE find SET item_no = item_no + 1"),
    (FINDS.what_a_search_found_is_a_find, "UPDATE find SET member_id = NULL"),
    (
        FINDS.a_case_with_a_find_is_not_over_without_its_act,
        "UPDATE case_now SET state = 'cancelled' WHERE state = 'left'",
    ),
    (
        FINDS.a_case_does_not_wait_for_what_is_done,
        "UPDATE case_now SET state = 'handed_over' WHERE state = 'to_return'",
    ),
    (
        FINDS.an_act_is_seen_by_another_and_printed_twice,
        "UPDATE find SET found_by = (SELECT witness_id FROM find_act)",
    ),
    (FINDS.nobody_chooses_who_is_looked_through, "UPDATE drawing SET drawn = 0"),
    (
        FINDS.a_parcel_of_the_post_comes_once_and_is_opened_by_several,
        "DELETE FROM step WHERE kind = 'opened'",
    ),
    (
        RECORD.a_parcel_has_its_receipt_its_label_and_its_list,
        "UPDATE print_job SET copy_of = id, copy_no = 1 WHERE template = 'label'",
    ),
    (
        REVIEWS.a_prisoner_who_goes_for_good_puts_their_parcels_up,
        "UPDATE prisoner_event SET value = 'transferred', audit_seq = {last}"
        " WHERE kind = 'status'",
    ),
    (
        REVIEWS.a_proposed_ban_ends_with_the_ban,
        _A_BAN % ("subject_id", "review WHERE kind = 'ban_proposed'"),
    ),
]


# A promise that says several things is broken in each.
TAMPERED_FURTHER: list[tuple[Promise, str]] = [
    (
        GOODS.the_doctor_has_what_is_for_the_doctor,
        "UPDATE case_now SET state = 'closed' WHERE state = 'to_return'",
    ),
    *(
        (GOODS.what_the_doctor_does_not_take_goes_back, sql)
        for sql in (
            "UPDATE step SET data = replace(data, '[2]', '[1]') WHERE kind = 'not_taken'",
            "UPDATE print_job SET template = 'label' WHERE template = 'given_back'",
            "UPDATE step SET kind = 'placed' WHERE kind = 'not_taken'",
            "UPDATE step SET kind = 'medicine_returned' WHERE kind = 'handed_over'",
            "UPDATE case_now SET state = 'closed' WHERE state = 'to_return'",
        )
    ),
    (
        GOODS.a_parcel_has_one_fate,
        "UPDATE step SET kind = 'placed' WHERE kind = 'not_to_prisoner'",
    ),
    (
        GOODS.no_place_is_overfull,
        "UPDATE case_now SET safe_id = (SELECT id FROM place WHERE code = 'S-1') WHERE is_open",
    ),
    (GOODS.no_place_is_overfull, "UPDATE case_now SET safe_id = case_id WHERE is_open"),
    (
        GOODS.what_is_worth_a_safe_lies_in_one,
        "UPDATE place SET kind = 'safe' WHERE code = 'A-1'",
    ),
    (GOODS.what_lies_there_has_its_hour, "UPDATE case_now SET safe_id = NULL"),
]


def test_a_storage_tampered_with_does_not_pass(prison: Prison) -> None:
    assert unnoticed(prison.house, [*TAMPERED, *TAMPERED_FURTHER]) == []
