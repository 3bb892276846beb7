"""What the rules are told: the register as it was known at the moment asked about."""

from __future__ import annotations

from datetime import date

import pytest

from kiosk.clock import local_day
from kiosk.codes import BanGround, Consent, Proof, Relation, RestrictionKind, SameGround, Status
from kiosk.errors import Invalid
from kiosk.rules.facts import Facts
from kiosk.services import doubles, facts, prisoner_events, relations, restricting
from kiosk.values import PersonCard, PrisonerCard, RestrictionEntry, Stated, VisitRequest

from .gatehouse import Gatehouse

DAY_MS = 86_400_000


def gathered(gatehouse: Gatehouse, request: VisitRequest, at: int) -> Facts:
    day = local_day(at, gatehouse.desk.zone)
    return gatehouse.ask(facts.gather, request, at, day).facts


def everything_happens(
    gatehouse: Gatehouse, prisoner: PrisonerCard, visitor: PersonCard
) -> None:
    """A visit, a ban, a relation that is refused, and the isolator."""
    gatehouse.visit(prisoner, visitor)
    stated = Stated(prisoner.prisoner_id, Relation.SIBLING, Proof.BIRTH_CERTIFICATE)
    gatehouse.do(relations.state, gatehouse.officer, visitor.person_id, stated)
    gatehouse.do(
        relations.answer,
        gatehouse.officer,
        visitor.person_id,
        prisoner.prisoner_id,
        Consent.NO,
    )
    ban = RestrictionEntry(
        RestrictionKind.BAN, gatehouse.desk.day(), None, BanGround.CONDUCT, visitor.person_id
    )
    gatehouse.do(restricting.restrict, gatehouse.supervisor, ban)
    gatehouse.do(
        prisoner_events.set_status, gatehouse.supervisor, prisoner.prisoner_id, Status.ISOLATOR
    )


def test_what_was_recorded_later_does_not_exist_at_a_past_moment(gatehouse: Gatehouse) -> None:
    prisoner, visitor = gatehouse.prisoner(), gatehouse.visitor()
    request = gatehouse.request(prisoner, visitor)
    then = gatehouse.clock.at
    before = gathered(gatehouse, request, then)
    gatehouse.clock.at += 3_600_000
    everything_happens(gatehouse, prisoner, visitor)
    now = gathered(gatehouse, request, gatehouse.clock.at)
    (one,) = now.people
    assert (one.inside, one.met_on) == (True, frozenset({gatehouse.desk.day()}))
    assert one.relation is not None
    assert one.relation.consent is False
    assert (len(now.uses), len(now.restrictions)) == (1, 1)
    assert now.prisoner.statuses[-1].status is Status.ISOLATOR
    assert gathered(gatehouse, request, then) == before


def test_a_moment_to_come_knows_all_of_today(gatehouse: Gatehouse) -> None:
    prisoner, visitor = gatehouse.prisoner(), gatehouse.visitor()
    request = gatehouse.request(prisoner, visitor)
    everything_happens(gatehouse, prisoner, visitor)
    later = gathered(gatehouse, request, gatehouse.clock.at + 30 * DAY_MS)
    assert (len(later.uses), len(later.restrictions)) == (1, 1)
    assert later.day == date(2026, 4, 5)


def test_both_records_of_one_visitor_are_asked(gatehouse: Gatehouse) -> None:
    prisoner = gatehouse.prisoner()
    first, second = gatehouse.visitor("Асанова"), gatehouse.visitor("Осанова")
    gatehouse.visit(prisoner, first)
    request = gatehouse.request(prisoner, second)
    apart = gathered(gatehouse, request, gatehouse.clock.at)
    gatehouse.clock.at += 1
    gatehouse.do(
        doubles.join, gatehouse.supervisor, first.person_id, second.person_id, SameGround.FACE
    )
    joined = gathered(gatehouse, request, gatehouse.clock.at)
    assert [one.inside for one in (*apart.people, *joined.people)] == [False, True]
    assert [bool(one.met_on) for one in (*apart.people, *joined.people)] == [False, True]


def test_two_records_of_one_person_are_not_a_group_of_two(gatehouse: Gatehouse) -> None:
    first, second = gatehouse.visitor(), gatehouse.visitor()
    request = gatehouse.request(gatehouse.prisoner(), first, second)
    assert len(gathered(gatehouse, request, gatehouse.clock.at).people) == 2
    gatehouse.do(
        doubles.join, gatehouse.supervisor, first.person_id, second.person_id, SameGround.FACE
    )
    with pytest.raises(Invalid, match="in this group twice"):
        gathered(gatehouse, request, gatehouse.desk.clock.now())


@pytest.mark.parametrize("days", [0, 1, 400])
def test_the_days_of_a_pair_are_told_from_the_day_on(gatehouse: Gatehouse, days: int) -> None:
    prisoner, visitor = gatehouse.prisoner(), gatehouse.visitor()
    gatehouse.visit(prisoner, visitor)
    request = gatehouse.request(prisoner, visitor)
    later = gathered(gatehouse, request, gatehouse.clock.at + days * DAY_MS)
    assert bool(later.people[0].met_on) is (days == 0)
