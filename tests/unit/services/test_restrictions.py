"""Restrictions: on whom, from when, until when; recognised under every record of somebody."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from kiosk.codes import (
    BanGround,
    Issuer,
    LiftReason,
    ReasonCode,
    RestrictionKind,
    Service,
)
from kiosk.errors import Invalid, NotAllowed, NotFound
from kiosk.services import identify, restricting, restrictions
from kiosk.values import PersonCard, PrisonerCard, RestrictionEntry

from .gatehouse import Gatehouse, id_card

TODAY = date(2026, 3, 6)
TOMORROW = date(2026, 3, 7)


def reasons(
    gatehouse: Gatehouse,
    who: PersonCard,
    service: Service = Service.SHORT_VISIT,
    prisoner: PrisonerCard | None = None,
) -> set[ReasonCode]:
    """Why not, for one who would else pass; what relation or paper is lacking is left out."""
    request = gatehouse.request(prisoner or gatehouse.prisoner(), who, service=service)
    proposal = gatehouse.propose(request)
    return {reason.code for reason in proposal.decision.reasons} & KEEPING_OUT


KEEPING_OUT = {
    ReasonCode.BANNED,
    ReasonCode.NO_CONTACT,
    ReasonCode.CHILD_PROTECTION,
    ReasonCode.PRISONER_RESTRICTED,
    ReasonCode.FACILITY_RESTRICTION,
    ReasonCode.CLOSED_VISIT,
}


def stop(from_day: date = TODAY, to_day: date | None = None) -> RestrictionEntry:
    return RestrictionEntry(RestrictionKind.STOP, from_day, to_day, BanGround.EPIDEMIC)


def put(gatehouse: Gatehouse, asked: RestrictionEntry) -> UUID:
    return gatehouse.do(restricting.restrict, gatehouse.supervisor, asked).restriction_id


def test_a_ban_is_one_fact_and_stands_on_the_card(gatehouse: Gatehouse) -> None:
    visitor = gatehouse.visitor()
    before = gatehouse.counts()
    number = gatehouse.ban(visitor, to_day=date(2026, 4, 30))
    assert gatehouse.written(before) == {"audit_entry": 1, "restriction": 1}
    card = gatehouse.do(identify.card, gatehouse.officer, visitor.person_id)
    (shown,) = card.restrictions
    assert (shown.restriction_id, shown.kind) == (number, RestrictionKind.BAN)
    assert (shown.from_day, shown.to_day) == (TODAY, date(2026, 4, 30))


def test_a_ban_that_begins_later_is_shown_and_refuses_nobody_yet(gatehouse: Gatehouse) -> None:
    visitor = gatehouse.visitor()
    gatehouse.ban(visitor, TOMORROW)
    assert len(gatehouse.ask(restrictions.on_person, visitor.person_id)) == 1
    assert reasons(gatehouse, visitor) == set()
    gatehouse.at(2026, 3, 7, 0, 0)
    assert reasons(gatehouse, visitor) == {ReasonCode.BANNED}


def test_a_ban_concerns_nobody_else(gatehouse: Gatehouse) -> None:
    gatehouse.ban(gatehouse.visitor())
    assert reasons(gatehouse, gatehouse.visitor()) == set()


def test_who_comes_on_duty_is_kept_out_only_where_the_ban_names_the_service(
    gatehouse: Gatehouse,
) -> None:
    lawyer, other = gatehouse.visitor(), gatehouse.visitor()
    gatehouse.ban(lawyer)
    gatehouse.ban(other, services=frozenset({Service.LAWYER_VISIT}))
    assert reasons(gatehouse, lawyer, Service.LAWYER_VISIT) == set()
    assert reasons(gatehouse, other, Service.LAWYER_VISIT) == {ReasonCode.BANNED}
    assert reasons(gatehouse, other) == set()


def test_a_ban_on_a_pair_leaves_other_prisoners_to_visit(gatehouse: Gatehouse) -> None:
    visitor, prisoner = gatehouse.visitor(), gatehouse.prisoner()
    gatehouse.ban(visitor, prisoner_id=prisoner.prisoner_id)
    assert reasons(gatehouse, visitor, prisoner=prisoner) == {ReasonCode.BANNED}
    assert reasons(gatehouse, visitor) == set()
    assert reasons(gatehouse, gatehouse.visitor(), prisoner=prisoner) == set()


def test_a_stop_of_the_facility_holds_from_its_moment(gatehouse: Gatehouse) -> None:
    visitor = gatehouse.visitor()
    put(gatehouse, replace(stop(to_day=TOMORROW), at_once=True))
    assert reasons(gatehouse, visitor) == {ReasonCode.FACILITY_RESTRICTION}
    began = gatehouse.clock.at
    (facts,) = gatehouse.ask(restrictions.concerning, [visitor.person_id], [], began)
    assert facts.span.from_at == began
    assert not facts.span.holds(began - 1)
    assert (facts.person, facts.prisoner) == (None, None)
    gatehouse.at(2026, 3, 8, 0, 0)
    assert reasons(gatehouse, visitor) == set()


def test_a_stop_of_a_class_of_goods_names_the_class_and_stops_no_visit(
    gatehouse: Gatehouse,
) -> None:
    put(gatehouse, replace(stop(), goods=frozenset({"food"})))
    (facts,) = gatehouse.ask(restrictions.concerning, [], [], gatehouse.clock.at)
    assert (facts.goods, facts.services) == (frozenset({"food"}), frozenset({"*"}))
    assert reasons(gatehouse, gatehouse.visitor()) == set()


@pytest.mark.parametrize(
    ("kind", "refused", "bound"),
    [
        (RestrictionKind.NO_CONTACT, {ReasonCode.NO_CONTACT}, []),
        (RestrictionKind.CHILD_PROTECTION, {ReasonCode.CHILD_PROTECTION}, []),
        (RestrictionKind.CLOSED, set(), [ReasonCode.CLOSED_VISIT]),
        (RestrictionKind.PRE_INFO, set(), [ReasonCode.PRE_INFO]),
    ],
)
@pytest.mark.parametrize("of_prisoner", [False, True])
def test_each_kind_refuses_or_binds_a_visit(
    gatehouse: Gatehouse,
    kind: RestrictionKind,
    refused: set[ReasonCode],
    bound: list[ReasonCode],
    of_prisoner: bool,
) -> None:
    visitor, prisoner = gatehouse.visitor(), gatehouse.prisoner()
    ids: dict[str, UUID] = {"person_id": visitor.person_id}
    if of_prisoner:
        ids = {"prisoner_id": prisoner.prisoner_id}
    put(gatehouse, _made(kind, **ids))
    request = gatehouse.request(prisoner, visitor)
    decision = gatehouse.propose(request).decision
    assert {reason.code for reason in decision.reasons} == refused
    assert [reason.code for reason in decision.conditions] == bound


def test_what_was_lifted_holds_no_more_and_stays_in_the_register(gatehouse: Gatehouse) -> None:
    visitor = gatehouse.visitor()
    number = gatehouse.ban(visitor)
    before = gatehouse.counts()
    gatehouse.do(restricting.lift, gatehouse.supervisor, number, LiftReason.COURT)
    assert gatehouse.written(before) == {"audit_entry": 1, "ending": 1}
    assert reasons(gatehouse, visitor) == set()
    assert gatehouse.ask(restrictions.on_person, visitor.person_id) == ()
    with pytest.raises(Invalid):
        gatehouse.do(restricting.lift, gatehouse.supervisor, number, LiftReason.ERROR)
    gatehouse.must_be_whole()


def test_what_was_lifted_afterwards_held_at_the_moment_asked_about(
    gatehouse: Gatehouse,
) -> None:
    visitor, before = gatehouse.visitor(), gatehouse.clock.at
    gatehouse.clock.at += 60_000
    number = gatehouse.ban(visitor)
    held = gatehouse.clock.at
    gatehouse.clock.at += 60_000
    gatehouse.do(restricting.lift, gatehouse.supervisor, number, LiftReason.ERROR)
    counted = [
        len(gatehouse.ask(restrictions.concerning, [visitor.person_id], [], at))
        for at in (before, held, gatehouse.clock.at)
    ]
    assert counted == [0, 1, 0]


def test_an_extension_takes_the_place_of_what_it_extends(gatehouse: Gatehouse) -> None:
    visitor = gatehouse.visitor()
    number = gatehouse.ban(visitor, to_day=date(2026, 3, 10), paper_no="7")
    with pytest.raises(Invalid):
        gatehouse.do(restricting.extend, gatehouse.supervisor, number, date(2026, 3, 10))
    longer = gatehouse.do(restricting.extend, gatehouse.supervisor, number, date(2026, 5, 1))
    (shown,) = gatehouse.ask(restrictions.on_person, visitor.person_id)
    assert (shown.restriction_id, shown.to_day) == (longer.restriction_id, date(2026, 5, 1))
    rows = gatehouse.rows("SELECT count(*), count(DISTINCT paper_no) FROM restriction")
    assert rows == [(2, 1)]
    assert reasons(gatehouse, visitor) == {ReasonCode.BANNED}


@pytest.mark.parametrize(
    "document",
    [
        pytest.param(id_card("AC5550001", personal_number="10107198500011"), id="same number"),
        pytest.param(id_card("ID7777777", surname="OTHER"), id="same document"),
    ],
)
def test_who_is_banned_is_recognised_under_another_record(
    gatehouse: Gatehouse, document: object
) -> None:
    """Two gates may record one person twice; the ban was put on the first record."""
    banned = gatehouse.visitor(personal_number="10107198500011", document=id_card("ID7777777"))
    gatehouse.ban(banned)
    double = recorded_apart(gatehouse, document)
    assert double.person_id != banned.person_id
    assert reasons(gatehouse, double) == {ReasonCode.BANNED}
    assert len(gatehouse.ask(restrictions.on_person, double.person_id)) == 1
    banned_ones = gatehouse.ask(_banned, double.person_id)
    assert banned_ones == frozenset({double.person_id})


def _banned(_desk: object, person_id: UUID) -> frozenset[UUID]:
    return restrictions.banned_among([person_id], TODAY)


def recorded_apart(gatehouse: Gatehouse, document: object) -> PersonCard:
    """A record of the same papers, as another gate that was cut off would have made it."""
    from kiosk.codes import Action, SearchKind
    from kiosk.models import Document, Person, PersonDetail
    from kiosk.services.entry import entry
    from kiosk.services.person_card import card_of
    from kiosk.services.search_words import remember
    from kiosk.values import DocumentSeen

    assert isinstance(document, DocumentSeen)

    def record() -> PersonCard:
        desk, officer = gatehouse.desk, gatehouse.officer
        with entry(desk, Action.RECORD_PERSON, officer=officer) as e:
            person_id = e.add(Person, at=e.now)
            e.add(
                PersonDetail,
                person_id=person_id,
                surname="Асанова",
                given="Айгүл",
                birth="1985-07-01",
                sex="F",
                personal_number=document.personal_number or None,
            )
            e.add(
                Document,
                person_id=person_id,
                kind=document.kind,
                country=document.country,
                number=document.number,
                source=document.source,
                check=document.check,
            )
            numbers = (document.number, document.personal_number)
            remember(SearchKind.PERSON, person_id, "Асанова", "Айгүл", *numbers)
        return card_of(desk, person_id)

    return gatehouse.db.run_write(record)


def test_prisoners_kept_apart_are_named_to_each_other(gatehouse: Gatehouse) -> None:
    one, other = gatehouse.prisoner(), gatehouse.prisoner()
    asked = RestrictionEntry(
        RestrictionKind.NON_ASSOCIATION,
        TODAY,
        TOMORROW,
        BanGround.CONFLICT,
        prisoner_id=one.prisoner_id,
        other_prisoner_id=other.prisoner_id,
    )
    number = put(gatehouse, asked)

    def apart(prisoner: PrisonerCard, day: date) -> frozenset[str]:
        return gatehouse.ask(
            lambda _desk: restrictions.not_associated([prisoner.prisoner_id], day)
        )

    assert apart(one, TODAY) == {other.file_number}
    assert apart(other, TOMORROW) == {one.file_number}
    assert apart(one, TOMORROW + timedelta(days=1)) == frozenset()
    # It keeps no visitor out.
    assert reasons(gatehouse, gatehouse.visitor(), prisoner=one) == set()
    gatehouse.do(restricting.lift, gatehouse.supervisor, number, LiftReason.GROUND_GONE)
    assert apart(one, TODAY) == frozenset()


@pytest.mark.parametrize(
    ("from_day", "to_day"),
    [
        (date(2026, 3, 10), date(2026, 3, 9)),
        (date(2026, 3, 1), date(2026, 3, 5)),
        (TODAY, date(2037, 1, 1)),
    ],
)
def test_days_that_cannot_be_name_their_field(
    gatehouse: Gatehouse, from_day: date, to_day: date
) -> None:
    visitor = gatehouse.visitor()
    before = gatehouse.counts()
    with pytest.raises(Invalid) as told:
        gatehouse.ban(visitor, from_day, to_day)
    assert told.value.field == "to_day"
    assert gatehouse.written(before) == {}


_Made = Callable[[PersonCard, PrisonerCard], RestrictionEntry]


def _made(kind: RestrictionKind, **told: Any) -> RestrictionEntry:
    return replace(RestrictionEntry(kind, TODAY, None, BanGround.HEAD), **told)


@pytest.mark.parametrize(
    ("field", "made"),
    [
        ("person", lambda _who, _whom: _made(RestrictionKind.BAN)),
        ("kind", lambda who, _whom: _made(RestrictionKind.STOP, person_id=who.person_id)),
        (
            "other",
            lambda _who, whom: _made(
                RestrictionKind.NON_ASSOCIATION, prisoner_id=whom.prisoner_id
            ),
        ),
        (
            "other",
            lambda _who, whom: _made(
                RestrictionKind.NON_ASSOCIATION,
                prisoner_id=whom.prisoner_id,
                other_prisoner_id=whom.prisoner_id,
            ),
        ),
        (
            "goods",
            lambda who, _whom: _made(
                RestrictionKind.NO_CONTACT, person_id=who.person_id, goods=frozenset({"food"})
            ),
        ),
        ("goods", lambda _who, _whom: _made(RestrictionKind.STOP, goods=frozenset({"Мясо"}))),
        (
            "from_day",
            lambda _who, _whom: _made(RestrictionKind.STOP, from_day=TOMORROW, at_once=True),
        ),
    ],
)
def test_a_kind_that_does_not_fit_whom_it_is_put_on_names_the_field(
    gatehouse: Gatehouse, field: str, made: _Made
) -> None:
    asked = made(gatehouse.visitor(), gatehouse.prisoner())
    before = gatehouse.counts()
    with pytest.raises(Invalid) as told:
        put(gatehouse, asked)
    assert told.value.field == field
    assert gatehouse.written(before) == {}


def test_nobody_unknown_is_restricted_and_nothing_unknown_lifted(gatehouse: Gatehouse) -> None:
    before = gatehouse.counts()
    with pytest.raises(NotFound):
        put(gatehouse, _made(RestrictionKind.BAN, person_id=UUID(int=1)))
    with pytest.raises(NotFound):
        gatehouse.do(restricting.lift, gatehouse.supervisor, UUID(int=1), LiftReason.ERROR)
    assert gatehouse.written(before) == {}


def test_an_officer_neither_restricts_nor_lifts(gatehouse: Gatehouse) -> None:
    number = gatehouse.ban(gatehouse.visitor())
    with pytest.raises(NotAllowed):
        gatehouse.do(restricting.restrict, gatehouse.officer, stop())
    with pytest.raises(NotAllowed):
        gatehouse.do(restricting.lift, gatehouse.officer, number, LiftReason.ERROR)
    with pytest.raises(NotAllowed):
        gatehouse.do(restricting.extend, gatehouse.officer, number, None)


def test_ground_and_issuer_are_kept(gatehouse: Gatehouse) -> None:
    put(gatehouse, replace(stop(), issuer=Issuer.PROSECUTOR, paper_no=" 88 "))
    rows = gatehouse.rows("SELECT kind, ground, issuer, paper_no FROM restriction")
    assert rows == [("stop", "epidemic", "prosecutor", "88")]
