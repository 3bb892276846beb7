"""What passes of what is brought: by count, by weight, by class, and by two signatures."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from kiosk.codes import (
    BanGround,
    Category,
    OverrideGround,
    PrisonerEventKind,
    ReasonCode,
    RestrictionKind,
    Service,
    Sex,
    Status,
    Verdict,
)
from kiosk.errors import DecisionChanged, NotAllowed, NotFound, Refused
from kiosk.rules.terms import Medical
from kiosk.services import decision_record, prisoner_events, restricting
from kiosk.services.goods import accepting, at_the_doctor
from kiosk.values import Override, PrisonerCard, RestrictionEntry
from kiosk.values.goods import GoodsRequest
from kiosk.values.standing import NewEvent
from tests.unit.services.gatehouse import Gatehouse
from tests.unit.services.goods.table import Table, goes_back

TODAY = date(2026, 3, 6)


@pytest.fixture
def table(gatehouse: Gatehouse) -> Table:
    return Table(gatehouse)


def reasons(table: Table, request: GoodsRequest) -> list[ReasonCode]:
    return [reason.code for reason in table.propose(request).decision.reasons]


def remand(gatehouse: Gatehouse, **told: Any) -> PrisonerCard:
    return gatehouse.prisoner(category=Category.REMAND, **told)


def stop_tobacco(gatehouse: Gatehouse) -> None:
    stop = RestrictionEntry(
        RestrictionKind.STOP,
        TODAY,
        None,
        BanGround.FORBIDDEN_THINGS,
        goods=frozenset({"tobacco"}),
    )
    gatehouse.do(restricting.restrict, gatehouse.supervisor, stop)


# ---- what it uses up


def test_nothing_but_papers_and_money_needs_no_scale_and_uses_no_package_up(
    table: Table,
) -> None:
    gatehouse = table.gatehouse
    lines = (table.line("pa", paper_number="AN 12"), table.line("mo", tyiyn=150_000))
    request = table.request(gatehouse.prisoner(), gatehouse.visitor(), *lines)
    recorded = table.accept(request)
    assert recorded.net_grams == 0
    assert gatehouse.rows("SELECT count(*) FROM ledger") == [(0,)]
    assert gatehouse.rows("SELECT state FROM case_now") == [("stored",)]


def test_a_medical_package_is_not_counted_and_waits_for_the_doctor(table: Table) -> None:
    lines = (table.line("me", 3), table.line("te", 2))
    recorded = table.brought(*lines, gross=700, service=Service.MEDICAL_PACKAGE)
    gatehouse = table.gatehouse
    assert recorded.net_grams == 0
    assert gatehouse.rows("SELECT DISTINCT verdict FROM item") == [("medical",)]
    assert gatehouse.rows("SELECT count(*) FROM ledger") == [(0,)]
    assert len(recorded.jobs) == 2
    assert gatehouse.ask(lambda _: at_the_doctor.waits(recorded.case_id))


def test_a_medical_package_passes_where_packages_are_used_up(table: Table) -> None:
    gatehouse = table.gatehouse
    prisoner = gatehouse.prisoner(status=Status.ISOLATOR)
    request = table.request(
        prisoner,
        gatehouse.visitor(),
        table.line("me"),
        gross=90,
        service=Service.MEDICAL_PACKAGE,
    )
    assert table.accept(request).number == "P-26-000001"


def test_twenty_kilograms_pass_and_one_gram_more_does_not(table: Table) -> None:
    gatehouse = table.gatehouse
    prisoner, sender = gatehouse.prisoner(), gatehouse.visitor()
    over = table.request(prisoner, sender, table.line("te"), gross=20_001)
    assert reasons(table, over) == [ReasonCode.WEIGHT_EXCEEDED]
    with pytest.raises(DecisionChanged):
        table.accept(over)
    most = table.request(prisoner, sender, table.line("te"), gross=20_000)
    assert table.accept(most).net_grams == 20_000


def test_what_goes_back_brings_a_bag_below_the_limit(table: Table) -> None:
    recorded = table.brought(table.line("te"), goes_back(table.line("po", 3000)), gross=23_000)
    assert recorded.net_grams == 20_000


def test_the_grams_of_a_month_on_remand_are_used_up_to_the_last_gram(table: Table) -> None:
    gatehouse = table.gatehouse
    prisoner, sender = remand(gatehouse), gatehouse.visitor()
    for gross in (25_000, 5_000):
        table.accept(table.request(prisoner, sender, table.line("te"), gross=gross))
    last = table.request(prisoner, sender, table.line("te"), gross=1)
    assert reasons(table, last) == [ReasonCode.MONTHLY_EXHAUSTED]
    assert table.propose(last).room.grams_left == 0


@pytest.mark.parametrize(
    "medical", [Medical.ILL, Medical.PREGNANT, Medical.CHILD_UNDER_3], ids=str
)
def test_the_ill_the_pregnant_and_mothers_on_remand_have_no_limit_of_a_month(
    table: Table, medical: Medical
) -> None:
    gatehouse = table.gatehouse
    prisoner = remand(gatehouse, sex=Sex.FEMALE)
    event = NewEvent(PrisonerEventKind.MEDICAL, medical.value, gatehouse.clock.at)
    gatehouse.do(prisoner_events.record, gatehouse.supervisor, prisoner.prisoner_id, event)
    request = table.request(prisoner, gatehouse.visitor(), table.line("te"), gross=90_000)
    assert table.accept(request).net_grams == 90_000


def test_women_and_minors_bring_home_as_many_packages_as_they_like(table: Table) -> None:
    gatehouse = table.gatehouse
    for prisoner in (gatehouse.prisoner(sex=Sex.FEMALE), gatehouse.prisoner(birth_year=2010)):
        sender = gatehouse.visitor()
        for _ in range(7):
            table.accept(table.request(prisoner, sender, table.line("te"), gross=900))
        assert table.propose(table.request(prisoner, sender)).room.limit is None


def test_the_seventh_package_of_a_man_is_refused_by_its_rule(table: Table) -> None:
    gatehouse = table.gatehouse
    prisoner, sender = gatehouse.prisoner(), gatehouse.visitor()
    for _ in range(6):
        table.accept(table.request(prisoner, sender, table.line("te"), gross=900))
    seventh = table.request(prisoner, sender)
    [reason] = table.propose(seventh).decision.reasons
    assert (reason.code, reason.rule) == (ReasonCode.COUNT_EXHAUSTED, "P-01")


# ---- where the prisoner is


def test_for_a_prisoner_in_the_isolator_it_is_taken_in_and_waits(table: Table) -> None:
    gatehouse = table.gatehouse
    prisoner = gatehouse.prisoner(status=Status.ISOLATOR)
    request = table.request(prisoner, gatehouse.visitor(), table.line("te"), gross=900)
    assert table.accept(request).number == "P-26-000001"


@pytest.mark.parametrize("status", [Status.TRANSFERRED, Status.RELEASED, Status.DEAD])
def test_for_somebody_who_is_not_in_this_prison_nothing_is_taken_in(
    table: Table, status: Status
) -> None:
    gatehouse = table.gatehouse
    request = table.request(gatehouse.prisoner(status=status), gatehouse.visitor())
    assert reasons(table, request) == [ReasonCode.NOT_IN_PRISON]
    seen = table.propose(request).decision
    signed = Override(gatehouse.supervisor, OverrideGround.OTHER)
    lines = replace(request, lines=(table.line("te"),), gross_grams=900)
    with pytest.raises(Refused, match="No signature"):
        gatehouse.do(accepting.accept, gatehouse.officer, lines, seen, (), signed)


def test_a_parcel_for_an_unknown_prisoner_is_answered_in_a_sentence(table: Table) -> None:
    gatehouse = table.gatehouse
    known = table.request(gatehouse.prisoner(), gatehouse.visitor(), table.line("te"), gross=9)
    seen = table.propose(known).decision
    request = replace(known, prisoner_id=gatehouse.officer.staff_id)
    before = gatehouse.counts()
    with pytest.raises(NotFound, match="prisoner"):
        table.propose(request)
    with pytest.raises(NotFound, match="prisoner"):
        gatehouse.do(accepting.accept, gatehouse.officer, request, seen, ())
    assert gatehouse.written(before) == {}


# ---- restrictions


def test_a_stopped_class_goes_back_alone_and_the_rest_passes(table: Table) -> None:
    gatehouse = table.gatehouse
    stop_tobacco(gatehouse)
    cigarettes = table.line("ci", 10, left_out_grams=200)
    request = table.request(
        gatehouse.prisoner(), gatehouse.visitor(), table.line("te"), cigarettes, gross=900
    )
    proposal = table.propose(request)
    assert [one.goods_class for one in proposal.stopped] == ["tobacco"]
    assert proposal.decision.refused_items == ("2",)
    assert table.accept(request).net_grams == 700
    [rows] = gatehouse.rows("SELECT reason, rule FROM item WHERE code = 'ci'")
    assert rows == ("stopped", proposal.stopped[0].reason.rule)


def test_a_decision_about_goods_can_be_decided_again_years_later(table: Table) -> None:
    stop_tobacco(table.gatehouse)
    recorded = table.brought(table.line("te"), table.line("ci", 10, left_out_grams=200))
    (again,) = table.gatehouse.ask(lambda _: decision_record.decide_again(recorded.case_id))
    assert again.agrees


def test_a_banned_sender_hands_nothing_in(table: Table) -> None:
    gatehouse = table.gatehouse
    sender = gatehouse.visitor()
    gatehouse.ban(sender)
    assert reasons(table, table.request(gatehouse.prisoner(), sender)) == [ReasonCode.BANNED]


# ---- two signatures


def test_a_second_person_lets_pass_what_the_rules_refuse(table: Table) -> None:
    gatehouse = table.gatehouse
    request = table.request(
        gatehouse.prisoner(), gatehouse.visitor(), table.line("te"), gross=20_001
    )
    signed = Override(gatehouse.supervisor, OverrideGround.OTHER, "Кеңири уруксат")
    recorded = table.accept(request, signed)
    assert recorded.net_grams == 20_001
    assert gatehouse.rows("SELECT result, second_id FROM decision") == [
        ("override", gatehouse.supervisor.staff_id.bytes)
    ]
    assert gatehouse.rows("SELECT second_id FROM step WHERE kind = 'accepted'") == [
        (gatehouse.supervisor.staff_id.bytes,)
    ]
    assert gatehouse.rows("SELECT text FROM note") == [("Кеңири уруксат",)]


def test_a_second_person_lets_pass_what_the_catalogue_forbids(table: Table) -> None:
    gatehouse = table.gatehouse
    vodka = table.line("vo", verdict=Verdict.ACCEPT, left_out_grams=500)
    request = table.request(
        gatehouse.prisoner(), gatehouse.visitor(), table.line("te"), vodka, gross=900
    )
    with pytest.raises(Refused, match="Line 2 is not allowed"):
        table.accept(request)
    signed = Override(gatehouse.supervisor, OverrideGround.OTHER)
    assert table.accept(request, signed).net_grams == 900
    assert gatehouse.rows("SELECT code, rule FROM item WHERE rule IS NOT NULL") == [
        ("vo", "vo")
    ]


def test_no_officer_sends_to_the_doctor_what_the_catalogue_forbids(table: Table) -> None:
    gatehouse = table.gatehouse
    vodka = table.line("vo", verdict=Verdict.MEDICAL, left_out_grams=500)
    request = table.request(
        gatehouse.prisoner(), gatehouse.visitor(), table.line("te"), vodka, gross=900
    )
    before = gatehouse.counts()
    for signed in (None, Override(gatehouse.supervisor, OverrideGround.OTHER)):
        with pytest.raises(Refused, match="Line 2 is not allowed and no medicine"):
            table.accept(request, signed)
    assert "item" not in gatehouse.written(before)


def test_nobody_signs_for_more_than_stood_there(table: Table) -> None:
    gatehouse = table.gatehouse
    vodka = table.line("vo", verdict=Verdict.ACCEPT, left_out_grams=10_000)
    request = table.request(
        gatehouse.prisoner(), gatehouse.visitor(), table.line("te"), vodka, gross=25_000
    )
    # Without the vodka the bag is light enough, so nothing stood against it.
    unsigned = table.propose(request)
    assert unsigned.decision.passes
    signed = Override(gatehouse.supervisor, OverrideGround.OTHER)
    with pytest.raises(DecisionChanged):
        gatehouse.do(
            accepting.accept, gatehouse.officer, request, unsigned.decision, (), signed
        )
    (heavy,) = table.propose(request, signed=True).decision.reasons
    assert heavy.code is ReasonCode.WEIGHT_EXCEEDED
    assert table.accept(request, signed).net_grams == 25_000


def test_nobody_signs_for_themselves(table: Table) -> None:
    gatehouse = table.gatehouse
    request = table.request(
        gatehouse.prisoner(), gatehouse.visitor(), table.line("te"), gross=20_001
    )
    signed = Override(gatehouse.supervisor, OverrideGround.OTHER)
    with pytest.raises(NotAllowed):
        table.accept(request, signed, by=gatehouse.supervisor)
    by_an_officer = Override(gatehouse.officer, OverrideGround.OTHER)
    with pytest.raises(NotAllowed):
        table.accept(request, by_an_officer, by=gatehouse.supervisor)


def test_whoever_does_not_register_takes_nothing_in(table: Table) -> None:
    gatehouse = table.gatehouse
    request = table.request(
        gatehouse.prisoner(), gatehouse.visitor(), table.line("te"), gross=9
    )
    with pytest.raises(NotAllowed):
        table.accept(request, by=gatehouse.administrator)
