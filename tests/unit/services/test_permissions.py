"""Papers of an investigator, a court or the head: recorded, used up, ended."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from kiosk.codes import Category, Issuer, ReasonCode, VoidReason
from kiosk.errors import Invalid, NotAllowed, NotFound
from kiosk.rules.facts import PermissionFacts, Span
from kiosk.services import departures, outcomes, permissions
from kiosk.values import PermissionEntry, PersonCard, PrisonerCard
from tests.unit.services.gatehouse import Gatehouse

DAY_MS = 24 * 3_600_000


def paper(
    gatehouse: Gatehouse,
    prisoner: PrisonerCard,
    visitor: PersonCard | None,
    **told: Any,
) -> PermissionEntry:
    entered = PermissionEntry(
        prisoner_id=prisoner.prisoner_id,
        person_id=visitor.person_id if visitor else None,
        office="",
        issuer=Issuer.INVESTIGATOR,
        paper_no="12-б",
        from_day=gatehouse.desk.day(),
        to_day=gatehouse.desk.day() + timedelta(days=30),
        uses=2,
    )
    return replace(entered, **told)


def naming(
    gatehouse: Gatehouse, prisoner: PrisonerCard, visitor: PersonCard
) -> tuple[PermissionFacts, ...]:
    def ask() -> tuple[PermissionFacts, ...]:
        ids = (prisoner.prisoner_id,), (visitor.person_id,)
        return permissions.naming(gatehouse.desk, *ids)[visitor.person_id]

    return gatehouse.db.run_read(ask)


def test_a_paper_names_its_visitor_and_its_prisoner(gatehouse: Gatehouse) -> None:
    prisoner, visitor, other = gatehouse.prisoner(), gatehouse.visitor(), gatehouse.visitor()
    gatehouse.do(permissions.grant, gatehouse.officer, paper(gatehouse, prisoner, visitor))
    (facts,) = naming(gatehouse, prisoner, visitor)
    assert (facts.number, facts.issuer, facts.prisoner) == (
        "12-б",
        "investigator",
        prisoner.file_number,
    )
    assert (facts.uses, facts.used) == (2, 0)
    assert facts.span.holds(gatehouse.clock.at)
    assert naming(gatehouse, prisoner, other) == ()
    (line,) = gatehouse.ask(permissions.of_prisoner, gatehouse.officer, prisoner.prisoner_id)
    assert line.person is not None
    assert line.person.surname == visitor.name.surname
    assert gatehouse.ask(permissions.of_person, gatehouse.officer, visitor.person_id) == (line,)


def test_a_paper_for_an_office_lets_nobody_in_by_itself(gatehouse: Gatehouse) -> None:
    prisoner, visitor = gatehouse.prisoner(), gatehouse.visitor()
    entered = paper(gatehouse, prisoner, None, office="СО УВД Ленинского района")
    gatehouse.do(permissions.grant, gatehouse.officer, entered)
    assert naming(gatehouse, prisoner, visitor) == ()
    (line,) = gatehouse.ask(permissions.of_prisoner, gatehouse.officer, prisoner.prisoner_id)
    assert (line.office, line.person) == ("СО УВД Ленинского района", None)


@pytest.mark.parametrize(
    ("field", "told"),
    [
        ("paper_no", {"paper_no": " "}),
        ("person", {"person_id": None}),
        ("to_day", {"to_day": date(2020, 1, 1)}),
        ("uses", {"uses": 0}),
    ],
)
def test_a_paper_that_cannot_be_is_refused_by_the_name_of_its_field(
    gatehouse: Gatehouse, field: str, told: dict[str, object]
) -> None:
    entered = paper(gatehouse, gatehouse.prisoner(), gatehouse.visitor(), **told)
    before = gatehouse.counts()
    with pytest.raises(Invalid) as refused:
        gatehouse.do(permissions.grant, gatehouse.officer, entered)
    assert refused.value.field == field
    assert gatehouse.written(before) == {}


def test_the_same_paper_is_recorded_once(gatehouse: Gatehouse) -> None:
    entered = paper(gatehouse, gatehouse.prisoner(), gatehouse.visitor())
    gatehouse.do(permissions.grant, gatehouse.officer, entered)
    with pytest.raises(Invalid, match="recorded already"):
        gatehouse.do(permissions.grant, gatehouse.officer, entered)


def test_a_supervisor_ends_a_paper_once(gatehouse: Gatehouse) -> None:
    prisoner, visitor = gatehouse.prisoner(), gatehouse.visitor()
    entered = paper(gatehouse, prisoner, visitor)
    permission_id = gatehouse.do(permissions.grant, gatehouse.officer, entered)
    with pytest.raises(NotAllowed):
        gatehouse.do(permissions.end, gatehouse.officer, permission_id)
    gatehouse.do(permissions.end, gatehouse.supervisor, permission_id)
    assert naming(gatehouse, prisoner, visitor) == ()
    with pytest.raises(NotFound):
        gatehouse.do(permissions.end, gatehouse.supervisor, permission_id)
    gatehouse.must_be_whole()


def test_the_paper_used_is_the_one_in_force_that_ends_first() -> None:
    at = 1_000 * DAY_MS
    good = PermissionFacts("00000000-0000-7000-8000-000000000001", "court", "1", "P-1")
    ends = replace(
        good, permission="00000000-0000-7000-8000-000000000002", span=Span(None, at + DAY_MS)
    )
    over = replace(ends, span=Span(None, at))
    used_up = replace(ends, uses=3, used=3)
    assert permissions.to_use((good, ends), at) == UUID(ends.permission)
    assert permissions.to_use((over, used_up, good), at) == UUID(good.permission)
    assert permissions.to_use((over, used_up), at) is None


def test_a_visit_on_remand_uses_the_paper_and_a_void_gives_the_use_back(
    gatehouse: Gatehouse,
) -> None:
    gatehouse.at(2026, 5, 4, 9, 0)
    prisoner = gatehouse.prisoner(category=Category.REMAND)
    visitor = gatehouse.visitor()
    without = gatehouse.propose(gatehouse.request(prisoner, visitor))
    assert ReasonCode.NO_PERMISSION in {one.code for one in without.decision.reasons}
    entered = paper(gatehouse, prisoner, visitor, uses=1)
    gatehouse.do(permissions.grant, gatehouse.officer, entered)
    recorded = gatehouse.visit(prisoner, visitor)
    (used,) = naming(gatehouse, prisoner, visitor)
    assert used.used == 1
    (line,) = gatehouse.ask(permissions.of_person, gatehouse.officer, visitor.person_id)
    assert (line.used, line.uses) == (1, 1)
    gatehouse.at(2026, 5, 5, 9, 0)
    again = gatehouse.propose(gatehouse.request(prisoner, visitor))
    assert ReasonCode.PERMISSION_USED_UP in {one.code for one in again.decision.reasons}
    gatehouse.do(departures.leave, gatehouse.officer, recorded.case_id)
    gatehouse.do(
        outcomes.void, gatehouse.supervisor, recorded.case_id, VoidReason.WRONG_VISITOR
    )
    (given_back,) = naming(gatehouse, prisoner, visitor)
    assert given_back.used == 0


def test_each_adult_of_a_group_uses_the_paper_that_names_them(gatehouse: Gatehouse) -> None:
    gatehouse.at(2026, 5, 4, 9, 0)
    prisoner = gatehouse.prisoner(category=Category.REMAND)
    mother, brother = gatehouse.visitor(), gatehouse.visitor()
    for who, number in ((mother, "1"), (brother, "2")):
        entered = paper(gatehouse, prisoner, who, paper_no=number, uses=1)
        gatehouse.do(permissions.grant, gatehouse.officer, entered)
    gatehouse.visit(prisoner, mother, brother)
    used = [naming(gatehouse, prisoner, who)[0].used for who in (mother, brother)]
    assert used == [1, 1]
    gatehouse.at(2026, 6, 1, 9, 0)
    alone = gatehouse.propose(gatehouse.request(prisoner, brother))
    assert ReasonCode.PERMISSION_USED_UP in {one.code for one in alone.decision.reasons}


def test_who_is_kept_out_of_a_group_uses_no_paper(gatehouse: Gatehouse) -> None:
    gatehouse.at(2026, 5, 4, 9, 0)
    prisoner = gatehouse.prisoner(category=Category.REMAND)
    mother, brother = gatehouse.visitor(), gatehouse.visitor()
    for who, number in ((mother, "1"), (brother, "2")):
        entered = paper(gatehouse, prisoner, who, paper_no=number, uses=1)
        gatehouse.do(permissions.grant, gatehouse.officer, entered)
    gatehouse.ban(brother)
    gatehouse.visit(prisoner, mother, brother)
    used = [naming(gatehouse, prisoner, who)[0].used for who in (mother, brother)]
    assert used == [1, 0]
