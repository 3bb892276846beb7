"""Each promise can be broken: a register tampered with, past every service, does not pass."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from kiosk.codes import (
    AdjustReason,
    BlockReason,
    CancelReason,
    Left,
    OverrideGround,
    SameGround,
    Service,
)
from kiosk.rules.terms import Limit
from kiosk.services import (
    adjusting,
    bookings,
    deposits,
    doubles,
    outcomes,
    sessions,
    timetable,
    visits,
)
from kiosk.services.desk import Desk
from kiosk.values import MemberRequest, Override, ThingLeft, VisitRequest
from kiosk.values.balances import Adjustment
from tests.invariants import (
    promises_of_passing,
    promises_of_reviews,
    promises_of_the_ledger,
    promises_of_the_record,
)
from tests.invariants.gate import PROMISES
from tests.invariants.prison import Prison
from tests.invariants.tables import Tables, Told
from tests.invariants.tampering import Promise, unnoticed
from tests.invariants.test_promises_of_goods import TAMPERED as TAMPERED_GOODS

PASSING = promises_of_passing
LEDGER = promises_of_the_ledger
RECORD = promises_of_the_record
REVIEWS = promises_of_reviews


def request(
    prison: Prison, whom: int, *group: int, slot_id: UUID | None = None
) -> VisitRequest:
    return VisitRequest(
        visits.new_case_id(prison.house.desk),
        Service.SHORT_VISIT,
        prison.prisoners[whom].prisoner_id,
        tuple(MemberRequest(prison.visitors[who].person_id, None) for who in group),
        slot_id,
    )


@pytest.fixture
def prison(first_morning: Prison, tmp_path: Path) -> Iterator[Prison]:
    """A morning at the gate: a family inside by two signatures, a visit called off, one
    refused, two booked, a day closed, records joined, a phone under a tag."""
    prison = first_morning.copy(tmp_path / "gate.db", enters_after_search=False)
    house = prison.house
    tomorrow = house.desk.day() + timedelta(days=1)
    slots = [
        line.slot_id
        for line in house.ask(sessions.on_day, house.officer, tomorrow)
        if line.seats == 2
    ]
    for whom, who in ((0, 0), (1, 1)):
        booked = request(prison, whom, who, slot_id=slots[0])
        seen = house.ask(bookings.propose, house.officer, booked).decision
        house.do(bookings.book, house.officer, booked, seen)
    family = request(prison, 0, 3, 2)
    seen = house.propose(family).decision
    house.do(visits.admit, house.officer, family, seen)
    signed = request(prison, 2, 6)
    seen = house.propose(signed).decision
    two = Override(house.supervisor, OverrideGround.ORDER)
    house.do(visits.admit, house.officer, signed, seen, two)
    house.refuse(request(prison, 2, 1))
    gone = request(prison, 1, 4)
    house.desk = replace(house.desk, enters_after_search=True)
    seen = house.propose(gone).decision
    house.do(visits.admit, house.officer, gone, seen)
    house.do(outcomes.cancel, house.officer, gone.case_id, CancelReason.VISITOR)
    ((member,),) = house.rows(
        "SELECT id FROM member WHERE case_id = ? AND role = 'lead'", family.case_id.bytes
    )
    phone = (ThingLeft(Left.PHONE),)
    house.do(deposits.leave_things, house.officer, UUID(bytes=member), "7", phone)
    one, other = (prison.visitors[who].person_id for who in (1, 6))
    house.do(doubles.join, house.supervisor, one, other, SameGround.FACE)
    adjusted = Adjustment(
        prison.prisoners[1].prisoner_id,
        Service.SHORT_VISIT,
        Limit.COUNT,
        1,
        AdjustReason.ORDER,
    )
    house.do(adjusting.adjust, house.officer, adjusted, house.supervisor)
    house.do(timetable.close_day, house.supervisor, tomorrow, BlockReason.STAFF)
    yield prison
    house.db.close()


def test_an_honest_register_keeps_every_promise(prison: Prison) -> None:
    def look(desk: Desk) -> None:
        for promise in PROMISES:
            promise(Tables(prison.house.db.file, desk, Told()))

    prison.house.ask(look)


# What is tampered with, and the promise that does not pass then. `{last}` is the last act.
TAMPERED: list[tuple[Promise, str]] = [
    (
        PASSING.nobody_is_inside_against_a_ban_unseen,
        'INSERT INTO restriction (id, gate_id, audit_seq, person_id, kind, "from", ground,'
        " issuer) SELECT randomblob(16), 1, {last}, m.person_id, 'ban', '2026-01-01',"
        " 'conduct', 'prison' FROM presence p JOIN member m ON m.id = p.member_id"
        " JOIN gate_case c ON c.id = p.case_id JOIN decision d ON d.case_id = c.id"
        " WHERE d.result = 'allow'",
    ),
    (
        PASSING.nobody_enters_against_a_ban_but_by_two,
        'INSERT INTO restriction (id, gate_id, audit_seq, person_id, kind, "from", ground,'
        " issuer) SELECT randomblob(16), 1, {last}, m.person_id, 'ban', '2026-01-01',"
        " 'conduct', 'prison' FROM presence p JOIN member m ON m.id = p.member_id;"
        "UPDATE step SET audit_seq = {last} WHERE kind = 'entered'",
    ),
    (
        PASSING.inside_are_those_who_entered_and_did_not_leave,
        "DELETE FROM presence WHERE case_id = (SELECT min(case_id) FROM presence)",
    ),
    (PASSING.a_case_is_inside_while_somebody_of_it_is, "UPDATE case_now SET state = 'left'"),
    (
        PASSING.one_person_is_inside_once,
        "INSERT INTO same_person (id, gate_id, audit_seq, a_id, b_id, ground, staff_id)"
        " SELECT randomblob(16), 1, {last}, min(m.person_id), max(m.person_id), 'face',"
        " randomblob(16) FROM presence p JOIN member m ON m.id = p.member_id",
    ),
    (
        PASSING.children_are_inside_with_an_adult,
        "DELETE FROM presence WHERE member_id IN (SELECT id FROM member WHERE role <> 'child')",
    ),
    (
        PASSING.nobody_meets_a_prisoner_twice_a_day,
        "UPDATE step SET audit_seq = {last} WHERE kind = 'entered';"
        "UPDATE member SET person_id = (SELECT min(person_id) FROM member);"
        "UPDATE gate_case SET prisoner_id = (SELECT min(prisoner_id) FROM gate_case)",
    ),
    (
        PASSING.a_visitor_gets_a_badge_only_where_the_prisoner_is,
        "UPDATE step SET audit_seq = {last} WHERE kind = 'admitted';"
        "UPDATE prisoner_event SET value = 'released' WHERE kind = 'status'",
    ),
    (
        PASSING.no_session_is_overfull,
        "UPDATE visit_plan SET audit_seq = {last}; UPDATE visit_slot SET seats = 1",
    ),
    (
        PASSING.prisoners_kept_apart_never_share_a_session,
        "INSERT INTO restriction (id, gate_id, audit_seq, prisoner_id, other_prisoner_id, kind,"
        ' "from", ground, issuer) SELECT randomblob(16), 1, {last}, min(prisoner_id),'
        " max(prisoner_id), 'non_association', '2026-01-01', 'conduct', 'prison'"
        " FROM gate_case c JOIN case_now n ON n.case_id = c.id WHERE n.state = 'booked';"
        "DELETE FROM review",
    ),
    (LEDGER.every_case_holds_what_its_state_says, "DELETE FROM ledger WHERE kind = 'refund'"),
    (
        LEDGER.a_case_refused_at_once_never_touched_the_ledger,
        "UPDATE ledger SET case_id = (SELECT case_id FROM step WHERE kind = 'refused')",
    ),
    (
        LEDGER.nothing_is_given_back_but_whole_and_once,
        "UPDATE ledger SET counts_on = '2025-12-31' WHERE kind = 'refund'",
    ),
    (
        LEDGER.nobody_takes_more_than_there_is_unsigned,
        "UPDATE ledger SET audit_seq = {last}; UPDATE decision SET audit_seq = {last};"
        "UPDATE rule SET value = 0 WHERE code = 'T01'",
    ),
    (
        LEDGER.paper_balances_below_zero_are_looked_at,
        "UPDATE ledger SET kind = 'opening', pieces = 20, audit_seq = {last}"
        " WHERE kind = 'reserve'",
    ),
    (
        LEDGER.what_was_changed_by_hand_was_signed_by_a_supervisor,
        "UPDATE ledger SET second_id = NULL WHERE kind = 'adjust'",
    ),
    (
        LEDGER.nobody_signs_an_override_of_their_own,
        "UPDATE decision SET second_id = NULL WHERE result = 'override'",
    ),
    (
        LEDGER.no_paper_is_used_more_often_than_it_allows,
        "UPDATE permission SET uses = 1;"
        "UPDATE member SET permission_id = (SELECT min(id) FROM permission)",
    ),
    (RECORD.numbers_have_no_hole, "DELETE FROM register_number WHERE series='V' AND no = 1"),
    (
        RECORD.who_was_admitted_or_refused_has_a_number,
        "UPDATE register_number SET series = 'F' WHERE series = 'R'",
    ),
    (
        RECORD.one_first_paper_and_numbered_copies,
        "UPDATE print_job SET copy_no = 2 WHERE template = 'badge'",
    ),
    (RECORD.steps_follow_one_another, "UPDATE step SET state = 'closed' WHERE no = 1"),
    (
        RECORD.who_is_refused_is_told_why,
        "UPDATE decision SET reasons = '[]' WHERE result = 'refuse'",
    ),
    (
        RECORD.a_decision_is_made_again_alike,
        "UPDATE decision SET reasons = '[]', audit_seq = {last} WHERE result = 'refuse'",
    ),
    (
        RECORD.nothing_hangs_at_the_gate_of_a_closed_case,
        "UPDATE case_now SET state = 'closed' WHERE state = 'inside'",
    ),
    (
        RECORD.a_tag_hangs_for_one_visitor,
        "INSERT INTO deposit (id, gate_id, audit_seq, member_id, tag, what, pieces, at,"
        " staff_id) SELECT randomblob(16), 1, {last}, max(id), '007', 'keys', 1, 0,"
        " randomblob(16) FROM member",
    ),
    (RECORD.every_act_is_one_entry_of_the_chain, "UPDATE gate_case SET day = '2026-01-01'"),
    (
        REVIEWS.a_review_ends_with_its_cause,
        'INSERT INTO ending (id, gate_id, audit_seq, target_id, target, reason, "on",'
        " staff_id) SELECT randomblob(16), 1, {last}, id, 'slot_block', 'opened',"
        " '2026-12-29', randomblob(16) FROM slot_block",
    ),
    (
        REVIEWS.a_review_of_a_refusal_ends_when_the_prisoner_agrees,
        "DELETE FROM review WHERE id <> (SELECT min(id) FROM review);"
        "UPDATE review SET kind = 'consent', cause_id = (SELECT min(id) FROM relation)",
    ),
    (
        REVIEWS.a_review_of_a_balance_ends_with_the_count_behind_it,
        "DELETE FROM review WHERE id <> (SELECT min(id) FROM review);"
        "UPDATE review SET kind = 'balance', cause_id ="
        " (SELECT reverses FROM ledger WHERE reverses IS NOT NULL)",
    ),
    (
        REVIEWS.a_new_ban_puts_the_visits_of_its_bearer_up,
        'INSERT INTO restriction (id, gate_id, audit_seq, person_id, kind, "from", ground,'
        " issuer) SELECT randomblob(16), 1, {last}, person_id, 'ban', '2026-01-01',"
        " 'conduct', 'prison' FROM member m JOIN case_now n ON n.case_id = m.case_id"
        " WHERE n.state = 'booked'",
    ),
    (REVIEWS.a_closed_day_or_session_puts_its_visits_up, "DELETE FROM review"),
    (
        REVIEWS.a_prisoner_who_goes_puts_their_visits_up,
        "UPDATE prisoner_event SET value = 'transferred', audit_seq = {last}"
        " WHERE kind = 'status'",
    ),
]


def test_every_promise_is_broken_once() -> None:
    broken = [promise for promise, _sql in (*TAMPERED, *TAMPERED_GOODS)]
    assert set(broken) == set(PROMISES)
    assert len(broken) == len(PROMISES)


def test_a_register_tampered_with_does_not_pass(prison: Prison) -> None:
    assert unnoticed(prison.house, TAMPERED) == []
