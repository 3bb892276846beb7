"""Who may visit, alone and in a group; who is kept out, why, and until when."""

from __future__ import annotations

import json
from datetime import date

import pytest

from kiosk import badge_code
from kiosk.codes import (
    BanGround,
    Condition,
    Outcome,
    ReasonCode,
    Regime,
    Relation,
    Service,
    Status,
)
from kiosk.errors import DecisionChanged
from kiosk.services import departures, prisoner_events, visits
from kiosk.values import MemberRequest, PersonCard

from .gatehouse import Gatehouse, at_once, id_card

TODAY = date(2026, 3, 6)


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
    (reason,) = gatehouse.propose(request).decision.reasons
    assert (reason.code, reason.free_from) == (ReasonCode.NO_ADULT, date(2033, 5, 17))
    assert gatehouse.refuse(request).number == "R-26-000001"


def test_a_child_goes_in_with_an_adult_and_not_with_a_refused_one(gatehouse: Gatehouse) -> None:
    prisoner, child = gatehouse.prisoner(), gatehouse.child()
    expired = gatehouse.visitor("Бекова", document=id_card(expires=date(2026, 3, 5)))
    assert (
        gatehouse.reasons(gatehouse.request(prisoner, expired, child)).count(
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
    (reason,) = gatehouse.propose(
        gatehouse.request(gatehouse.prisoner(), visitor)
    ).decision.reasons
    assert (reason.code, reason.restriction) == (ReasonCode.BANNED, number)
    assert reason.rule == "R-06"
    assert reason.legal_ref
    assert (reason.since, reason.ground) == (TODAY, BanGround.HEAD)
    assert (reason.until, reason.free_from) == (date(2026, 4, 30), date(2026, 5, 1))
    assert reason.person == str(visitor.person_id)
    gatehouse.at(2026, 4, 30, 23, 59)
    request = gatehouse.request(gatehouse.prisoner(), visitor)
    assert gatehouse.reasons(request) == [ReasonCode.BANNED]
    gatehouse.at(2026, 5, 1, 0, 0)
    assert gatehouse.reasons(request) == []


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
    assert gatehouse.reasons(request) == []
    gatehouse.at(2026, 3, 7, 0, 0)
    (reason,) = gatehouse.propose(request).decision.reasons
    assert (reason.code, reason.until) == (ReasonCode.DOCUMENT_EXPIRED, TODAY)


def test_a_document_of_the_withdrawn_series_is_refused(gatehouse: Gatehouse) -> None:
    visitor = gatehouse.visitor(document=id_card("AN1234567"))
    request = gatehouse.request(gatehouse.prisoner(), visitor)
    assert gatehouse.reasons(request) == [ReasonCode.DOCUMENT_WITHDRAWN]


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
    assert gatehouse.reasons(request) == [ReasonCode.ALREADY_INSIDE]


def test_nobody_goes_in_twice_when_two_windows_admit_at_once(gatehouse: Gatehouse) -> None:
    visitor = gatehouse.visitor()
    claims = [gatehouse.request(gatehouse.prisoner(), visitor) for _ in range(4)]
    seen = gatehouse.propose(claims[0]).decision
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
    (reason,) = gatehouse.propose(request).decision.reasons
    assert (reason.code, reason.free_from) == (ReasonCode.DUPLICATE_TODAY, date(2026, 3, 7))
    assert gatehouse.reasons(gatehouse.request(gatehouse.prisoner(), visitor)) == []
    gatehouse.at(2026, 3, 7, 0, 1)
    assert gatehouse.reasons(request) == []


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
    decision = gatehouse.propose(request).decision
    (reason,) = decision.reasons
    assert (reason.code, reason.until) == (code, date(2026, 3, 10))
    assert reason.free_from == decision.next_allowed == date(2026, 3, 11)
    gatehouse.at(2026, 3, 11, 0, 0)
    assert gatehouse.reasons(request) == []


@pytest.mark.parametrize("status", [Status.TRANSFERRED, Status.RELEASED, Status.DEAD])
def test_who_is_no_longer_here_is_visited_by_nobody(
    gatehouse: Gatehouse, status: Status
) -> None:
    prisoner = gatehouse.prisoner(status=status)
    for service in (Service.SHORT_VISIT, Service.LAWYER_VISIT):
        request = gatehouse.request(prisoner, gatehouse.visitor(), service=service)
        decision = gatehouse.propose(request).decision
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
    decision = gatehouse.propose(request).decision
    assert [reason.code for reason in decision.reasons] == [ReasonCode.COUNT_EXHAUSTED]
    assert decision.next_allowed == date(2027, 1, 1)
    gatehouse.at(2027, 1, 1, 0, 0)
    assert gatehouse.admit(request).number == "V-27-000001"
