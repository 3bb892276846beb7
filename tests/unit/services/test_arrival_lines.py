"""What Arrival says of somebody's relation to the prisoner, and of who was booked with them."""

from __future__ import annotations

from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest

from kiosk.codes import CancelReason, Category, Consent, Issuer, Proof, Relation, Service
from kiosk.errors import Refused
from kiosk.screens.arrival_lines import Asked, lines_of, request_of
from kiosk.screens.visiting import Visitor
from kiosk.services import arrivals, outcomes, permissions, relation_lines, relations, visits
from kiosk.values import PermissionEntry, PersonCard, PrisonerCard, Stated, Wanted
from kiosk.widgets.lines import plain
from tests.unit.services.gatehouse import Gatehouse

from .timetables import asked as in_session
from .timetables import book, planned, room

ZONE = ZoneInfo("Asia/Bishkek")


def stands_there(
    gatehouse: Gatehouse,
    prisoner: PrisonerCard,
    *cards: PersonCard,
    wanted: Wanted | None = None,
) -> Asked:
    members = tuple(
        Visitor(card, prisoner=prisoner, relation=Relation.SIBLING) for card in cards
    )
    wanted = wanted or Wanted(visits.new_case_id(gatehouse.desk))
    request = request_of(wanted, prisoner, members)
    proposal = gatehouse.propose(request)
    standing = gatehouse.ask(
        relation_lines.standing,
        gatehouse.officer,
        prisoner.prisoner_id,
        [card.person_id for card in cards],
    )
    return Asked(wanted, members, proposal, standing)


def seen(gatehouse: Gatehouse, asked: Asked) -> str:
    lines = lines_of(asked, None, gatehouse.desk.day(), ZONE, 20)
    return "\n".join(plain(one) for one in lines)


def test_a_relation_is_as_stated_until_it_is_recorded_then_approved_since_a_day(
    gatehouse: Gatehouse,
) -> None:
    prisoner, visitor = gatehouse.prisoner(), gatehouse.visitor()
    said = seen(gatehouse, stands_there(gatehouse, prisoner, visitor))
    assert "as stated: brother/sister" in said
    assert "approved" not in said
    gatehouse.at(2026, 5, 4, 9, 0)
    stated = Stated(prisoner.prisoner_id, Relation.SIBLING, Proof.BIRTH_CERTIFICATE)
    gatehouse.do(relations.state, gatehouse.officer, visitor.person_id, stated)
    gatehouse.at(2026, 5, 9, 9, 0)
    said = seen(gatehouse, stands_there(gatehouse, prisoner, visitor))
    assert "brother/sister, approved 04.05.2026" in said
    assert "as stated" not in said


def test_what_nobody_approved_and_whom_the_prisoner_refuses_is_said(
    gatehouse: Gatehouse,
) -> None:
    gatehouse.at(2026, 5, 4, 9, 0)
    prisoner, visitor = gatehouse.prisoner(), gatehouse.visitor()
    stated = Stated(prisoner.prisoner_id, Relation.OTHER_KIN)
    gatehouse.do(relations.state, gatehouse.officer, visitor.person_id, stated)
    said = seen(gatehouse, stands_there(gatehouse, prisoner, visitor))
    assert "other kin, not approved" in said
    gatehouse.do(
        relations.answer,
        gatehouse.officer,
        visitor.person_id,
        prisoner.prisoner_id,
        Consent.NO,
    )
    said = seen(gatehouse, stands_there(gatehouse, prisoner, visitor))
    assert "prisoner refuses since 04.05.2026" in said


def test_who_was_booked_and_is_not_there_is_named_and_enter_admits_the_others(
    gatehouse: Gatehouse,
) -> None:
    gatehouse.at(2026, 5, 4, 8, 0)
    session = planned(gatehouse, room(gatehouse), 1)[0]
    prisoner = gatehouse.prisoner(category=Category.REMAND)
    sister, brother = gatehouse.visitor(), gatehouse.visitor("Бакиров", given="Азамат")
    for one in (sister, brother):
        entered = PermissionEntry(
            prisoner_id=prisoner.prisoner_id,
            person_id=one.person_id,
            office="",
            issuer=Issuer.COURT,
            paper_no=str(one.person_id)[-6:],
            from_day=gatehouse.desk.day(),
            uses=1,
        )
        gatehouse.do(permissions.grant, gatehouse.officer, entered)
    case_id = book(gatehouse, in_session(gatehouse.request(prisoner, sister, brother), session))
    gatehouse.at(2026, session.day.month, session.day.day, 9, 5)
    asked = (gatehouse.officer, sister.person_id, prisoner.prisoner_id)
    wanted = gatehouse.ask(arrivals.begin, *asked)
    assert (wanted.case_id, wanted.booked) == (case_id, True)

    alone = stands_there(gatehouse, prisoner, sister, wanted=wanted)
    assert "not here yet: Бакиров А." in seen(gatehouse, alone)
    both = stands_there(gatehouse, prisoner, sister, brother, wanted=wanted)
    assert "not here yet" not in seen(gatehouse, both)

    recorded = gatehouse.admit(alone.request)
    assert len(recorded.badges) == 1
    assert [one.name.surname for one in gatehouse.inside()] == ["Асанова"]

    def used(one: PersonCard) -> int:
        ids = (prisoner.prisoner_id,), (one.person_id,)
        return permissions.naming(gatehouse.desk, *ids)[one.person_id][0].used

    assert [gatehouse.db.run_read(used, one) for one in (sister, brother)] == [1, 0]


def test_a_booked_visit_is_called_off_before_another_kind_is_asked_for(
    gatehouse: Gatehouse,
) -> None:
    session = planned(gatehouse, room(gatehouse), 1)[0]
    prisoner, visitor = gatehouse.prisoner(), gatehouse.visitor()
    request = in_session(gatehouse.request(prisoner, visitor, gatehouse.visitor()), session)
    book(gatehouse, request)
    gatehouse.at(session.day.year, session.day.month, session.day.day, 9, 5)
    asked = (gatehouse.officer, visitor.person_id, prisoner.prisoner_id)
    wanted = gatehouse.ask(arrivals.begin, *asked)
    assert len(wanted.expected) == 2
    with pytest.raises(Refused, match="Call it off"):
        gatehouse.ask(arrivals.another_kind, gatehouse.officer, wanted, wanted.service)
    assert gatehouse.ask(
        arrivals.go_on,
        gatehouse.officer,
        visitor.person_id,
        replace(wanted, expected=()),
        session.slot_id,
    ) == replace(wanted, session=wanted.session)
    reason = CancelReason.VISITOR
    gatehouse.do(outcomes.cancel, gatehouse.officer, wanted.case_id, reason)
    fresh = gatehouse.ask(arrivals.begin, *asked)
    other = gatehouse.ask(
        arrivals.another_kind, gatehouse.officer, fresh, Service.OFFICIAL_VISIT
    )
    members = request.members[:1]
    proposal = gatehouse.ask(
        visits.propose, gatehouse.officer, other.by(prisoner.prisoner_id, members)
    )
    assert proposal.decision.passes
