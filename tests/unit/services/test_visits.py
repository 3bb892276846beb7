"""Admitting and refusing: decided again under the pen, written once, and written whole."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from functools import partial

import pytest

from kiosk import badge_code
from kiosk.codes import (
    BanGround,
    Category,
    Condition,
    ReasonCode,
    Service,
    Status,
)
from kiosk.errors import AlreadyDone, DecisionChanged, Invalid, NotFound
from kiosk.rules.asked import is_minor
from kiosk.services import (
    audit,
    decision_record,
    person_card,
    prisoner_events,
    prisoners,
    visits,
)

from .gatehouse import Gatehouse, at_once, id_card

TODAY = date(2026, 3, 6)


# ---- what an admission writes


def test_an_admission_writes_exactly_the_rows_of_the_model(gatehouse: Gatehouse) -> None:
    request = gatehouse.request(gatehouse.prisoner(), gatehouse.visitor())
    before = gatehouse.counts()
    gatehouse.admit(request)
    assert gatehouse.written(before) == {
        "audit_entry": 1,
        "case_now": 1,
        "decision": 1,
        "gate_case": 1,
        "ledger": 1,
        "member": 1,
        "presence": 1,
        "print_job": 1,
        "register_number": 1,
        "sequence": 1,
        "spool": 1,
        "step": 2,
    }
    steps = gatehouse.rows("SELECT no, kind, state FROM step ORDER BY no")
    assert steps == [(1, "admitted", "admitted"), (2, "entered", "inside")]
    assert gatehouse.rows("SELECT service, pieces, kind, counts_on FROM ledger") == [
        ("short_visit", 1, "use", "2026-03-06")
    ]
    assert gatehouse.rows("SELECT state, is_open FROM case_now") == [("inside", 1)]
    ((entered, object_id, staff_id),) = gatehouse.rows(
        "SELECT action, object_id, staff_id FROM audit_entry ORDER BY seq DESC LIMIT 1"
    )
    assert entered == "admit"
    assert object_id == request.case_id.bytes
    assert staff_id == gatehouse.officer.staff_id.bytes


def test_an_admission_says_its_number_badge_and_when_they_are_due(gatehouse: Gatehouse) -> None:
    recorded = gatehouse.visit(gatehouse.prisoner(), gatehouse.visitor())
    assert recorded.number == "V-26-000001"
    assert recorded.badges == (badge_code.encode(1, 26, 1, 1),)
    assert recorded.due == gatehouse.clock.at + 4 * 3_600_000
    (inside,) = gatehouse.inside()
    assert inside.badge == "V-26-000001-1"
    assert inside.due == recorded.due
    assert gatehouse.rows("SELECT due_at FROM case_now") == [(recorded.due,)]


def test_the_badge_paper_holds_what_the_badge_says(gatehouse: Gatehouse) -> None:
    prisoner, visitor = gatehouse.prisoner(), gatehouse.visitor()
    recorded = gatehouse.visit(prisoner, visitor)
    (body,) = (json.loads(body) for (body,) in gatehouse.rows("SELECT body FROM spool"))
    assert body["name"] == visitor.name.full
    assert body["code"] == recorded.badges[0]
    assert body["admitted_at"] == "2026-03-06T09:30+06:00"
    assert body["due_at"] == "2026-03-06T13:30+06:00"


def test_a_refusal_uses_nothing_up_and_lets_nobody_in(gatehouse: Gatehouse) -> None:
    visitor = gatehouse.visitor(document=id_card(expires=date(2026, 3, 5)))
    request = gatehouse.request(gatehouse.prisoner(), visitor)
    before = gatehouse.counts()
    recorded = gatehouse.refuse(request)
    assert recorded.number == "R-26-000001"
    assert not recorded.badges
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
    assert gatehouse.rows("SELECT template FROM print_job") == [("refusal",)]


def test_a_lawyer_is_not_counted(gatehouse: Gatehouse) -> None:
    request = gatehouse.request(
        gatehouse.prisoner(), gatehouse.visitor(), service=Service.LAWYER_VISIT
    )
    recorded = gatehouse.admit(request)
    assert recorded.due is None
    assert gatehouse.rows("SELECT count(*) FROM ledger") == [(0,)]


def test_what_went_into_a_decision_names_nobody(gatehouse: Gatehouse) -> None:
    prisoner = gatehouse.prisoner()
    number = "21507198500017"
    visitor = gatehouse.visitor(
        birth="1985-07-15", personal_number=number, document=id_card(expires=date(2020, 1, 1))
    )
    child = gatehouse.child(birth="2015-05-17")
    gatehouse.refuse(gatehouse.request(prisoner, visitor, child))
    ((inputs, reasons),) = gatehouse.rows("SELECT inputs, reasons FROM decision")
    personal = (
        "Асанов",
        "ASANOV",
        "Айгүл",
        "Осмонов",
        number,
        "ID1234567",
        prisoner.file_number,
    )
    # The day on which a child may come alone is a birthday too.
    births = ("1985-07-15", "2015-05-17", "2033-05-17", "1980")
    for words in (*personal, *births):
        assert words not in inputs + reasons
    assert [one["age"] for one in json.loads(inputs)["people"]] == [40, 10]
    assert {one["code"] for one in json.loads(reasons)} == {"document_expired", "no_adult"}


def test_the_inputs_tell_which_rows_held_for_the_prisoner(gatehouse: Gatehouse) -> None:
    gatehouse.visit(gatehouse.prisoner(birth_year=2009), gatehouse.visitor())
    ((inputs,),) = gatehouse.rows("SELECT inputs FROM decision")
    kept = decision_record.facts_of(json.loads(inputs))
    assert is_minor(kept.prisoner, kept.day)


# ---- once only


def test_a_second_enter_is_told_the_number_and_writes_nothing(gatehouse: Gatehouse) -> None:
    request = gatehouse.request(gatehouse.prisoner(), gatehouse.visitor())
    seen = gatehouse.propose(request).decision
    recorded = gatehouse.do(visits.admit, gatehouse.officer, request, seen)
    before = gatehouse.counts()
    with pytest.raises(AlreadyDone) as told:
        gatehouse.do(visits.admit, gatehouse.officer, request, seen)
    assert told.value.number == recorded.number
    assert recorded.number in str(told.value)
    assert gatehouse.written(before) == {}


def test_a_refusal_is_recorded_once(gatehouse: Gatehouse) -> None:
    prisoner = gatehouse.prisoner(status=Status.COURT)
    request = gatehouse.request(prisoner, gatehouse.visitor())
    recorded = gatehouse.refuse(request)
    before = gatehouse.counts()
    with pytest.raises(AlreadyDone) as told:
        gatehouse.do(visits.refuse, gatehouse.officer, request, recorded.decision)
    assert told.value.number == recorded.number == "R-26-000001"
    assert gatehouse.written(before) == {}


def test_enter_pressed_by_eight_at_once_admits_once(gatehouse: Gatehouse) -> None:
    request = gatehouse.request(gatehouse.prisoner(), gatehouse.visitor())
    seen = gatehouse.propose(request).decision
    admit = partial(visits.admit, gatehouse.desk, gatehouse.officer, request, seen)
    answers = at_once(*[admit] * 8)
    refused = [one for one in answers if isinstance(one, AlreadyDone)]
    assert len(refused) == 7
    assert gatehouse.rows("SELECT count(*) FROM register_number") == [(1,)]


def test_the_last_visits_claimed_by_eight_at_once_are_given_out_once(
    gatehouse: Gatehouse,
) -> None:
    prisoner = gatehouse.prisoner(condition=Condition.STRICT)  # three a year
    claims = []
    for number in range(24):
        request = gatehouse.request(
            prisoner, gatehouse.visitor(f"Асанова{'аеёиоуыэюя'[number % 10]}")
        )
        claims.append((request, gatehouse.propose(request).decision))
    assert all(seen.passes for _, seen in claims)
    admit = [
        lambda request=request, seen=seen: visits.admit(
            gatehouse.desk, gatehouse.officer, request, seen
        )
        for request, seen in claims
    ]
    answers = [one for start in (0, 8, 16) for one in at_once(*admit[start : start + 8])]
    changed = [one for one in answers if isinstance(one, DecisionChanged)]
    admitted = [one for one in answers if not isinstance(one, Exception)]
    assert (len(admitted), len(changed)) == (3, 21)
    assert sorted(one.number for one in admitted) == [f"V-26-00000{n}" for n in (1, 2, 3)]
    assert gatehouse.rows("SELECT count(*), sum(pieces) FROM ledger") == [(3, 3)]
    assert gatehouse.rows("SELECT count(*) FROM presence") == [(3,)]


# ---- the answer has changed meanwhile


def test_nothing_is_written_when_somebody_else_took_the_last_visit(
    gatehouse: Gatehouse,
) -> None:
    prisoner = gatehouse.prisoner(category=Category.REMAND)  # KG-DRAFT: a month's limit
    others = [gatehouse.visitor(surname) for surname in ("Бекова", "Садырова", "Токтоева")]
    late = gatehouse.request(prisoner, gatehouse.visitor())
    seen = gatehouse.propose(late).decision
    while gatehouse.propose(late).decision.passes:
        gatehouse.visit(prisoner, others.pop())
    before = gatehouse.counts()
    with pytest.raises(DecisionChanged):
        gatehouse.do(visits.admit, gatehouse.officer, late, seen)
    assert gatehouse.written(before) == {}
    # Read once more, the refusal is recorded under the same case.
    assert gatehouse.refuse(late).number == "R-26-000001"


def test_nothing_is_written_when_a_ban_was_entered_meanwhile(gatehouse: Gatehouse) -> None:
    visitor = gatehouse.visitor()
    request = gatehouse.request(gatehouse.prisoner(), visitor)
    seen = gatehouse.propose(request).decision
    gatehouse.ban(visitor, TODAY, ground=BanGround.HEAD)
    before = gatehouse.counts()
    with pytest.raises(DecisionChanged):
        gatehouse.do(visits.admit, gatehouse.officer, request, seen)
    assert gatehouse.written(before) == {}


def test_nothing_is_written_when_the_prisoner_went_to_the_isolator(
    gatehouse: Gatehouse,
) -> None:
    prisoner = gatehouse.prisoner()
    request = gatehouse.request(prisoner, gatehouse.visitor())
    seen = gatehouse.propose(request).decision
    gatehouse.do(
        prisoner_events.set_status, gatehouse.supervisor, prisoner.prisoner_id, Status.ISOLATOR
    )
    before = gatehouse.counts()
    with pytest.raises(DecisionChanged):
        gatehouse.do(visits.admit, gatehouse.officer, request, seen)
    assert gatehouse.written(before) == {}


def test_a_refusal_is_not_recorded_once_they_may_pass(gatehouse: Gatehouse) -> None:
    prisoner = gatehouse.prisoner(status=Status.COURT)
    request = gatehouse.request(prisoner, gatehouse.visitor())
    seen = gatehouse.propose(request).decision
    gatehouse.do(
        prisoner_events.set_status, gatehouse.supervisor, prisoner.prisoner_id, Status.PRESENT
    )
    before = gatehouse.counts()
    with pytest.raises(DecisionChanged):
        gatehouse.do(visits.refuse, gatehouse.officer, request, seen)
    assert gatehouse.written(before) == {}


def test_a_proposal_that_passes_cannot_be_recorded_as_a_refusal(gatehouse: Gatehouse) -> None:
    request = gatehouse.request(gatehouse.prisoner(), gatehouse.visitor())
    seen = gatehouse.propose(request).decision
    with pytest.raises(DecisionChanged):
        gatehouse.do(visits.refuse, gatehouse.officer, request, seen)


def test_what_was_recorded_last_is_known_to_a_proposal_after_the_clock_was_set_back(
    gatehouse: Gatehouse,
) -> None:
    prisoner = gatehouse.prisoner()
    request = gatehouse.request(prisoner, gatehouse.visitor())
    gatehouse.do(
        prisoner_events.set_status, gatehouse.supervisor, prisoner.prisoner_id, Status.ISOLATOR
    )
    gatehouse.clock.at -= 3_600_000
    assert gatehouse.reasons(request) == [ReasonCode.ISOLATOR]
    assert gatehouse.ask(prisoners.card, prisoner.prisoner_id).status is Status.ISOLATOR
    assert gatehouse.refuse(request).number == "R-26-000001"


# ---- requests that are none


def test_a_request_that_is_none_names_its_field(gatehouse: Gatehouse) -> None:
    prisoner, visitor = gatehouse.prisoner(), gatehouse.visitor()
    request = gatehouse.request(prisoner, visitor)
    with pytest.raises(Invalid) as nobody:
        gatehouse.propose(replace(request, members=()))
    with pytest.raises(Invalid) as twice:
        gatehouse.propose(replace(request, members=request.members * 2))
    with pytest.raises(Invalid) as parcel:
        gatehouse.propose(replace(request, service=Service.PARCEL))
    fields = [told.value.field for told in (nobody, twice, parcel)]
    assert fields == ["members", "members", "service"]
    many = tuple(gatehouse.visitor(f"Асанова{'абвгдежзик'[n]}") for n in range(10))
    with pytest.raises(Invalid):
        gatehouse.propose(gatehouse.request(prisoner, *many))
    with pytest.raises(NotFound):
        gatehouse.propose(replace(request, prisoner_id=visitor.person_id))
    unknown = replace(request.members[0], person_id=prisoner.prisoner_id)
    with pytest.raises(NotFound):
        gatehouse.propose(replace(request, members=(unknown,)))


def test_what_fails_half_way_leaves_no_trace_and_no_hole(gatehouse: Gatehouse) -> None:
    prisoner = gatehouse.prisoner()
    gatehouse.visit(prisoner, gatehouse.visitor())
    request = gatehouse.request(prisoner, gatehouse.visitor("Бекова"))
    seen = gatehouse.propose(request).decision
    before = gatehouse.counts()
    person = request.members[0].person_id

    def admit_against_a_stale_cache() -> None:
        gatehouse.db.file.execute_sql(
            "CREATE TEMP TRIGGER full BEFORE INSERT ON main.spool"
            " BEGIN SELECT RAISE(ABORT, 'no room'); END"
        )
        try:
            visits.admit(gatehouse.desk, gatehouse.officer, request, seen)
        finally:
            gatehouse.db.file.execute_sql("DROP TRIGGER full")

    with pytest.raises(Exception, match="no room"):
        gatehouse.db.run_write(admit_against_a_stale_cache)
    assert gatehouse.written(before) == {}
    assert gatehouse.admit(request).number == "V-26-000002"
    assert gatehouse.ask(person_card.card_of, person).inside is not None
    assert gatehouse.ask(audit.verify).is_whole
