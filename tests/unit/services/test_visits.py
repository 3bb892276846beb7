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
    Outcome,
    ReasonCode,
    Regime,
    Relation,
    Service,
    Status,
)
from kiosk.errors import AlreadyDone, DecisionChanged, Invalid, NotFound
from kiosk.rules.asked import is_minor
from kiosk.services import (
    audit,
    decision_record,
    departures,
    person_card,
    prisoner_events,
    prisoners,
    visits,
)
from kiosk.values import MemberRequest, PersonCard, Proposal, VisitRequest

from .gatehouse import Gatehouse, at_once, id_card

TODAY = date(2026, 3, 6)


def propose(gatehouse: Gatehouse, request: VisitRequest) -> Proposal:
    return gatehouse.ask(visits.propose, gatehouse.officer, request)


def reasons(gatehouse: Gatehouse, request: VisitRequest) -> list[ReasonCode]:
    return [reason.code for reason in propose(gatehouse, request).decision.reasons]


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
    seen = propose(gatehouse, request).decision
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
    seen = propose(gatehouse, request).decision
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
        claims.append((request, propose(gatehouse, request).decision))
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
    seen = propose(gatehouse, late).decision
    while propose(gatehouse, late).decision.passes:
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
    seen = propose(gatehouse, request).decision
    ban(gatehouse, visitor)
    before = gatehouse.counts()
    with pytest.raises(DecisionChanged):
        gatehouse.do(visits.admit, gatehouse.officer, request, seen)
    assert gatehouse.written(before) == {}


def test_nothing_is_written_when_the_prisoner_went_to_the_isolator(
    gatehouse: Gatehouse,
) -> None:
    prisoner = gatehouse.prisoner()
    request = gatehouse.request(prisoner, gatehouse.visitor())
    seen = propose(gatehouse, request).decision
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
    seen = propose(gatehouse, request).decision
    gatehouse.do(
        prisoner_events.set_status, gatehouse.supervisor, prisoner.prisoner_id, Status.PRESENT
    )
    before = gatehouse.counts()
    with pytest.raises(DecisionChanged):
        gatehouse.do(visits.refuse, gatehouse.officer, request, seen)
    assert gatehouse.written(before) == {}


def test_a_proposal_that_passes_cannot_be_recorded_as_a_refusal(gatehouse: Gatehouse) -> None:
    request = gatehouse.request(gatehouse.prisoner(), gatehouse.visitor())
    seen = propose(gatehouse, request).decision
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
    assert reasons(gatehouse, request) == [ReasonCode.ISOLATOR]
    assert gatehouse.ask(prisoners.card, prisoner.prisoner_id).status is Status.ISOLATOR
    assert gatehouse.refuse(request).number == "R-26-000001"


# ---- a group


def test_of_a_group_the_one_with_an_expired_document_stays_outside(
    gatehouse: Gatehouse,
) -> None:
    good = gatehouse.visitor("Асанова")
    expired = gatehouse.visitor("Бекова", document=id_card(expires=date(2026, 3, 5)))
    before = gatehouse.counts()
    recorded = gatehouse.visit(gatehouse.prisoner(), expired, good)
    assert recorded.decision.outcome is Outcome.PARTLY
    assert recorded.decision.admitted == (str(good.person_id),)
    assert recorded.badges == (badge_code.encode(1, 26, 1, 2),)
    assert [one.name.surname for one in gatehouse.inside()] == ["Асанова"]
    written = gatehouse.written(before)
    assert (written["member"], written["presence"], written["ledger"]) == (2, 1, 1)
    assert (written["register_number"], written["print_job"]) == (2, 2)
    notice, _badge = sorted(
        (json.loads(body) for (body,) in gatehouse.rows("SELECT body FROM spool")),
        key=lambda body: "names" not in body,
    )
    assert notice["number"] == "R-26-000001"
    assert notice["names"] == [expired.name.full]
    assert [reason["code"] for reason in notice["reasons"]] == ["document_expired"]


def test_one_notice_for_several_is_in_english_when_any_of_them_needs_it(
    gatehouse: Gatehouse,
) -> None:
    expired = id_card("ID7654321", expires=date(2026, 3, 5))
    first = gatehouse.visitor("Асанова", language="ru", document=expired)
    late = id_card("ID7654322", expires=date(2026, 3, 5))
    second = gatehouse.visitor("Smith", language="en", document=late)
    gatehouse.refuse(gatehouse.request(gatehouse.prisoner(), first, second))
    ((body,),) = gatehouse.rows("SELECT body FROM spool")
    assert json.loads(body)["names"] == [first.name.full, second.name.full]
    assert json.loads(body)["language"] == "en"


def test_the_lead_is_an_adult_who_goes_in(gatehouse: Gatehouse) -> None:
    expired = gatehouse.visitor("Бекова", document=id_card(expires=date(2026, 3, 5)))
    gatehouse.visit(gatehouse.prisoner(), gatehouse.child(), expired, gatehouse.visitor())
    roles = [role for (role,) in gatehouse.rows("SELECT role FROM member ORDER BY no")]
    assert roles == ["child", "adult", "lead"]


def test_children_do_not_come_alone(gatehouse: Gatehouse) -> None:
    request = gatehouse.request(gatehouse.prisoner(), gatehouse.child(birth="2015-05-17"))
    (reason,) = propose(gatehouse, request).decision.reasons
    assert (reason.code, reason.free_from) == (ReasonCode.NO_ADULT, date(2033, 5, 17))
    assert gatehouse.refuse(request).number == "R-26-000001"


def test_a_child_goes_in_with_an_adult_and_not_with_a_refused_one(gatehouse: Gatehouse) -> None:
    prisoner, child = gatehouse.prisoner(), gatehouse.child()
    expired = gatehouse.visitor("Бекова", document=id_card(expires=date(2026, 3, 5)))
    assert (
        reasons(gatehouse, gatehouse.request(prisoner, expired, child)).count(
            ReasonCode.NO_ADULT
        )
        == 1
    )
    recorded = gatehouse.visit(prisoner, gatehouse.visitor(), child)
    assert len(recorded.badges) == 2
    assert [one.badge[-2:] for one in gatehouse.inside()] == ["-1", "-2"]


# ---- who is kept out, and until when


def ban(gatehouse: Gatehouse, who: PersonCard, to: date | None = None) -> str:
    return str(gatehouse.ban(who, TODAY, to, ground=BanGround.HEAD))


def test_a_banned_visitor_is_refused_with_the_rule_the_ban_and_the_day_after_it(
    gatehouse: Gatehouse,
) -> None:
    visitor = gatehouse.visitor()
    number = ban(gatehouse, visitor, date(2026, 4, 30))
    (reason,) = propose(
        gatehouse, gatehouse.request(gatehouse.prisoner(), visitor)
    ).decision.reasons
    assert (reason.code, reason.restriction) == (ReasonCode.BANNED, number)
    assert reason.rule == "R-06"
    assert reason.legal_ref
    assert (reason.since, reason.ground) == (TODAY, BanGround.HEAD)
    assert (reason.until, reason.free_from) == (date(2026, 4, 30), date(2026, 5, 1))
    assert reason.person == str(visitor.person_id)
    gatehouse.at(2026, 4, 30, 23, 59)
    request = gatehouse.request(gatehouse.prisoner(), visitor)
    assert reasons(gatehouse, request) == [ReasonCode.BANNED]
    gatehouse.at(2026, 5, 1, 0, 0)
    assert reasons(gatehouse, request) == []


def test_a_refused_ban_is_stored_by_its_id_and_told_by_its_rule_and_day(
    gatehouse: Gatehouse,
) -> None:
    visitor = gatehouse.visitor()
    number = ban(gatehouse, visitor)
    gatehouse.refuse(gatehouse.request(gatehouse.prisoner(), visitor))
    ((stored,),) = gatehouse.rows("SELECT reasons FROM decision")
    assert [(one["rule"], one["restriction"]) for one in json.loads(stored)] == [
        ("R-06", number)
    ]
    ((body,),) = gatehouse.rows("SELECT body FROM spool")
    (told,) = json.loads(body)["reasons"]
    assert (told["rule"], told["since"]) == ("R-06", TODAY.isoformat())
    assert told["legal_ref"]
    assert number not in str(body)


def test_a_document_is_good_on_its_last_day(gatehouse: Gatehouse) -> None:
    visitor = gatehouse.visitor(document=id_card(expires=TODAY))
    request = gatehouse.request(gatehouse.prisoner(), visitor)
    assert reasons(gatehouse, request) == []
    gatehouse.at(2026, 3, 7, 0, 0)
    (reason,) = propose(gatehouse, request).decision.reasons
    assert (reason.code, reason.until) == (ReasonCode.DOCUMENT_EXPIRED, TODAY)


def test_a_document_of_the_withdrawn_series_is_refused(gatehouse: Gatehouse) -> None:
    visitor = gatehouse.visitor(document=id_card("AN1234567"))
    request = gatehouse.request(gatehouse.prisoner(), visitor)
    assert reasons(gatehouse, request) == [ReasonCode.DOCUMENT_WITHDRAWN]


def test_the_document_in_hand_decides_not_the_one_known(gatehouse: Gatehouse) -> None:
    visitor = gatehouse.visitor(document=id_card("ID7654321", expires=date(2020, 1, 1)))
    new = id_card("ID9999999")
    member = MemberRequest(visitor.person_id, Relation.SPOUSE, seen=new)
    recorded = gatehouse.admit(gatehouse.request(gatehouse.prisoner(), member))
    assert recorded.number == "V-26-000001"
    assert gatehouse.rows(
        "SELECT d.number FROM member m JOIN document d ON d.id = m.document_id"
    ) == [("ID9999999",)]


def test_nobody_is_inside_twice(gatehouse: Gatehouse) -> None:
    visitor = gatehouse.visitor()
    gatehouse.visit(gatehouse.prisoner(), visitor)
    request = gatehouse.request(gatehouse.prisoner("Садыров"), visitor)
    assert reasons(gatehouse, request) == [ReasonCode.ALREADY_INSIDE]


def test_nobody_goes_in_twice_when_two_windows_admit_at_once(gatehouse: Gatehouse) -> None:
    visitor = gatehouse.visitor()
    claims = [gatehouse.request(gatehouse.prisoner(), visitor) for _ in range(4)]
    seen = propose(gatehouse, claims[0]).decision
    answers = at_once(
        *(
            lambda request=request: visits.admit(
                gatehouse.desk, gatehouse.officer, request, seen
            )
            for request in claims
        )
    )
    assert sum(isinstance(one, DecisionChanged) for one in answers) == 3
    assert len(gatehouse.inside()) == 1


def test_the_same_pair_meets_once_a_day(gatehouse: Gatehouse) -> None:
    prisoner, visitor = gatehouse.prisoner(), gatehouse.visitor()
    recorded = gatehouse.visit(prisoner, visitor)
    gatehouse.do(departures.leave, gatehouse.officer, recorded.case_id)
    request = gatehouse.request(prisoner, visitor)
    (reason,) = propose(gatehouse, request).decision.reasons
    assert (reason.code, reason.free_from) == (ReasonCode.DUPLICATE_TODAY, date(2026, 3, 7))
    assert reasons(gatehouse, gatehouse.request(gatehouse.prisoner(), visitor)) == []
    gatehouse.at(2026, 3, 7, 0, 1)
    assert reasons(gatehouse, request) == []


def test_who_was_refused_may_ask_again_on_the_same_day(gatehouse: Gatehouse) -> None:
    prisoner = gatehouse.prisoner(status=Status.COURT)
    visitor = gatehouse.visitor()
    gatehouse.refuse(gatehouse.request(prisoner, visitor))
    gatehouse.do(
        prisoner_events.set_status, gatehouse.supervisor, prisoner.prisoner_id, Status.PRESENT
    )
    assert gatehouse.visit(prisoner, visitor).number == "V-26-000001"


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (Status.ISOLATOR, ReasonCode.ISOLATOR),
        (Status.QUARANTINE, ReasonCode.QUARANTINE),
        (Status.COURT, ReasonCode.PRISONER_AWAY),
        (Status.HOSPITAL, ReasonCode.PRISONER_AWAY),
    ],
)
def test_where_the_prisoner_is_and_from_when_they_may_be_visited(
    gatehouse: Gatehouse, status: Status, code: ReasonCode
) -> None:
    prisoner = gatehouse.prisoner()
    gatehouse.do(
        prisoner_events.set_status,
        gatehouse.supervisor,
        prisoner.prisoner_id,
        status,
        date(2026, 3, 10),
    )
    request = gatehouse.request(prisoner, gatehouse.visitor())
    decision = propose(gatehouse, request).decision
    (reason,) = decision.reasons
    assert (reason.code, reason.until) == (code, date(2026, 3, 10))
    assert reason.free_from == decision.next_allowed == date(2026, 3, 11)
    gatehouse.at(2026, 3, 11, 0, 0)
    assert reasons(gatehouse, request) == []


@pytest.mark.parametrize("status", [Status.TRANSFERRED, Status.RELEASED, Status.DEAD])
def test_who_is_no_longer_here_is_visited_by_nobody(
    gatehouse: Gatehouse, status: Status
) -> None:
    prisoner = gatehouse.prisoner(status=status)
    for service in (Service.SHORT_VISIT, Service.LAWYER_VISIT):
        request = gatehouse.request(prisoner, gatehouse.visitor(), service=service)
        decision = propose(gatehouse, request).decision
        assert [reason.code for reason in decision.reasons] == [ReasonCode.NOT_IN_PRISON]
        assert decision.next_allowed is None


def test_every_refusal_has_a_rule(gatehouse: Gatehouse) -> None:
    visitor = gatehouse.visitor(document=id_card("AN1234567", expires=date(2020, 1, 1)))
    ban(gatehouse, visitor)
    prisoner = gatehouse.prisoner(regime=Regime.STRICT, status=Status.ISOLATOR)
    gatehouse.refuse(gatehouse.request(prisoner, visitor))
    ((stored,),) = gatehouse.rows("SELECT reasons FROM decision")
    assert {reason["code"] for reason in json.loads(stored)} == {
        "isolator",
        "banned",
        "document_withdrawn",
        "document_expired",
    }
    assert all(reason["rule"] and reason["legal_ref"] for reason in json.loads(stored))


def test_the_year_turns_at_midnight_of_the_site(gatehouse: Gatehouse) -> None:
    gatehouse.at(2026, 12, 31, 23, 59)
    prisoner = gatehouse.prisoner(condition=Condition.STRICT)
    for surname in ("Асанова", "Бекова", "Садырова"):
        gatehouse.visit(prisoner, gatehouse.visitor(surname))
    request = gatehouse.request(prisoner, gatehouse.visitor("Токтоева"))
    decision = propose(gatehouse, request).decision
    assert [reason.code for reason in decision.reasons] == [ReasonCode.COUNT_EXHAUSTED]
    assert decision.next_allowed == date(2027, 1, 1)
    gatehouse.at(2027, 1, 1, 0, 0)
    assert gatehouse.admit(request).number == "V-27-000001"


# ---- requests that are none


def test_a_request_that_is_none_names_its_field(gatehouse: Gatehouse) -> None:
    prisoner, visitor = gatehouse.prisoner(), gatehouse.visitor()
    request = gatehouse.request(prisoner, visitor)
    with pytest.raises(Invalid) as nobody:
        propose(gatehouse, replace(request, members=()))
    with pytest.raises(Invalid) as twice:
        propose(gatehouse, replace(request, members=request.members * 2))
    with pytest.raises(Invalid) as parcel:
        propose(gatehouse, replace(request, service=Service.PARCEL))
    fields = [told.value.field for told in (nobody, twice, parcel)]
    assert fields == ["members", "members", "service"]
    many = tuple(gatehouse.visitor(f"Асанова{'абвгдежзик'[n]}") for n in range(10))
    with pytest.raises(Invalid):
        propose(gatehouse, gatehouse.request(prisoner, *many))
    with pytest.raises(NotFound):
        propose(gatehouse, replace(request, prisoner_id=visitor.person_id))
    unknown = replace(request.members[0], person_id=prisoner.prisoner_id)
    with pytest.raises(NotFound):
        propose(gatehouse, replace(request, members=(unknown,)))


def test_what_fails_half_way_leaves_no_trace_and_no_hole(gatehouse: Gatehouse) -> None:
    prisoner = gatehouse.prisoner()
    gatehouse.visit(prisoner, gatehouse.visitor())
    request = gatehouse.request(prisoner, gatehouse.visitor("Бекова"))
    seen = propose(gatehouse, request).decision
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
