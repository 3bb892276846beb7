"""Bans: from a day to a day, both included, on one person."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from kiosk.codes import Action, BanGround, ReasonCode, Service
from kiosk.errors import Invalid, NotFound
from kiosk.models import Ending
from kiosk.services import identify, restrictions, visits
from kiosk.services.entry import entry
from kiosk.values import PersonCard, Restriction

from .gatehouse import Gatehouse

TODAY = date(2026, 3, 6)


def ban(
    gatehouse: Gatehouse, who: PersonCard, from_day: date = TODAY, to_day: date | None = None
) -> Restriction:
    return gatehouse.do(
        restrictions.ban,
        gatehouse.supervisor,
        who.person_id,
        from_day,
        to_day,
        BanGround.FORBIDDEN_THINGS,
    )


def reasons(
    gatehouse: Gatehouse, who: PersonCard, service: Service = Service.SHORT_VISIT
) -> list[ReasonCode]:
    request = gatehouse.request(gatehouse.prisoner(), who, service=service)
    proposal = gatehouse.ask(visits.propose, gatehouse.officer, request)
    return [reason.code for reason in proposal.decision.reasons]


def test_a_ban_is_one_fact_and_stands_on_the_card(gatehouse: Gatehouse) -> None:
    visitor = gatehouse.visitor()
    before = gatehouse.counts()
    entered = ban(gatehouse, visitor, to_day=date(2026, 4, 30))
    assert gatehouse.written(before) == {"audit_entry": 1, "restriction": 1}
    card = gatehouse.do(identify.card, gatehouse.officer, visitor.person_id)
    assert card.restrictions == (entered,)
    assert (entered.from_day, entered.to_day) == (TODAY, date(2026, 4, 30))


def test_a_ban_that_begins_later_is_shown_and_refuses_nobody_yet(gatehouse: Gatehouse) -> None:
    visitor = gatehouse.visitor()
    entered = ban(gatehouse, visitor, date(2026, 3, 7))
    assert gatehouse.ask(restrictions.bans_of, visitor.person_id) == (entered,)
    assert reasons(gatehouse, visitor) == []
    gatehouse.at(2026, 3, 7, 0, 0)
    assert reasons(gatehouse, visitor) == [ReasonCode.BANNED]


def test_a_ban_concerns_nobody_else(gatehouse: Gatehouse) -> None:
    ban(gatehouse, gatehouse.visitor())
    assert reasons(gatehouse, gatehouse.visitor()) == []


def test_who_comes_on_duty_is_not_kept_out_by_a_ban_on_visits(gatehouse: Gatehouse) -> None:
    lawyer = gatehouse.visitor()
    ban(gatehouse, lawyer)
    assert reasons(gatehouse, lawyer, Service.LAWYER_VISIT) == []


def test_a_lifted_ban_holds_no_more(gatehouse: Gatehouse) -> None:
    visitor = gatehouse.visitor()
    entered = ban(gatehouse, visitor)

    def lift() -> None:
        with entry(gatehouse.desk, Action.END_RESTRICTION, officer=gatehouse.supervisor) as e:
            e.add(
                Ending,
                target_id=entered.restriction_id,
                target="restriction",
                reason="lifted",
                on_day=date(2026, 3, 8),
                staff_id=gatehouse.supervisor.staff_id,
            )

    gatehouse.db.run_write(lift)
    assert reasons(gatehouse, visitor) == [ReasonCode.BANNED]
    gatehouse.at(2026, 3, 8, 0, 0)
    assert reasons(gatehouse, visitor) == []
    assert gatehouse.ask(restrictions.bans_of, visitor.person_id) == ()


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
        ban(gatehouse, visitor, from_day, to_day)
    assert told.value.field == "to_day"
    assert gatehouse.written(before) == {}


def test_nobody_unknown_is_banned(gatehouse: Gatehouse) -> None:
    before = gatehouse.counts()
    with pytest.raises(NotFound):
        gatehouse.do(
            restrictions.ban,
            gatehouse.supervisor,
            UUID(int=1),
            TODAY,
            None,
            BanGround.HEAD,
        )
    assert gatehouse.written(before) == {}
