"""Double records: joined and parted by facts, and asked for as one everywhere."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.codes import Difference, ReasonCode, ReviewKind, SameGround
from kiosk.errors import AlreadyInside, Invalid, NotAllowed, NotFound, Refused
from kiosk.services import departures, doubles, find, identify, reviews, same
from tests.unit.services.gatehouse import Gatehouse

from .timetables import asked, book, planned, room


def join(gatehouse: Gatehouse, one: UUID, other: UUID) -> UUID:
    return gatehouse.do(doubles.join, gatehouse.supervisor, one, other, SameGround.FACE)


def group(gatehouse: Gatehouse, one: UUID) -> frozenset[UUID]:
    return gatehouse.db.run_read(same.group, one)


def test_two_joined_records_are_one_card_with_the_visits_of_both(gatehouse: Gatehouse) -> None:
    prisoner = gatehouse.prisoner()
    first, second = gatehouse.visitor("Асанова"), gatehouse.visitor("Асанова-Бекова")
    gatehouse.visit(prisoner, first)
    join(gatehouse, second.person_id, first.person_id)
    card = gatehouse.do(identify.card, gatehouse.officer, second.person_id)
    assert (card.person_id, card.records) == (first.person_id, 2)
    assert card.name.surname == "Асанова-Бекова"
    assert card.visits == 1
    assert card.inside is not None
    gatehouse.must_be_whole()


def test_search_shows_one_line_for_two_records_of_one_person(gatehouse: Gatehouse) -> None:
    first, second = gatehouse.visitor("Асанова"), gatehouse.visitor("Асанова")
    other = gatehouse.visitor("Асанова")
    join(gatehouse, first.person_id, second.person_id)
    found = gatehouse.ask(find.find, gatehouse.officer, "асанова")
    assert {one.subject_id for one in found} == {first.person_id, other.person_id}
    assert gatehouse.ask(find.count_people) == 2
    assert len(gatehouse.ask(find.people, gatehouse.officer, 0, 10)) == 2


def test_a_document_of_either_record_leads_to_the_joined_card(gatehouse: Gatehouse) -> None:
    first, second = gatehouse.visitor(), gatehouse.visitor()
    assert first.document is not None
    assert second.document is not None
    join(gatehouse, first.person_id, second.person_id)
    for document in (first.document, second.document):
        card = gatehouse.do(identify.identify, gatehouse.officer, document)
        assert card is not None
        assert card.person_id == first.person_id


def test_a_ban_on_one_record_keeps_out_whoever_was_joined_with_it(
    gatehouse: Gatehouse,
) -> None:
    first, second = gatehouse.visitor("Асанова"), gatehouse.visitor("Асанова")
    gatehouse.ban(second)
    link = join(gatehouse, first.person_id, second.person_id)
    (line,) = gatehouse.ask(find.find, gatehouse.officer, "асанова")
    assert line.banned
    assert gatehouse.do(identify.card, gatehouse.officer, first.person_id).restrictions
    request = gatehouse.request(gatehouse.prisoner(), first)
    kept_out = gatehouse.propose(request).decision
    assert [one.code for one in kept_out.reasons] == [ReasonCode.BANNED]
    gatehouse.do(doubles.part, gatehouse.supervisor, link)
    assert gatehouse.propose(request).decision.passes


def test_a_joined_person_is_inside_only_once_and_joined_prisoners_share_one_balance(
    gatehouse: Gatehouse,
) -> None:
    prisoner, double = gatehouse.prisoner("Осмонов"), gatehouse.prisoner("Осмонов")
    first, second = gatehouse.visitor(), gatehouse.visitor()
    gatehouse.visit(double, second)
    join(gatehouse, prisoner.prisoner_id, double.prisoner_id)
    join(gatehouse, first.person_id, second.person_id)
    request = gatehouse.request(prisoner, first)
    decision = gatehouse.propose(request).decision
    assert {one.code for one in decision.reasons} == {
        ReasonCode.ALREADY_INSIDE,
        ReasonCode.DUPLICATE_TODAY,
    }
    assert decision.balance is not None
    assert decision.balance.used == 1
    gatehouse.must_be_whole()


def test_a_join_puts_the_planned_visits_up_for_review_until_it_is_undone(
    gatehouse: Gatehouse,
) -> None:
    session = planned(gatehouse, room(gatehouse), 1)[0]
    first, second = gatehouse.visitor(), gatehouse.visitor()
    book(gatehouse, asked(gatehouse.request(gatehouse.prisoner(), second), session))
    link = join(gatehouse, first.person_id, second.person_id)
    (line,) = gatehouse.ask(reviews.open_reviews, gatehouse.officer)
    assert line.kind is ReviewKind.DOUBLE
    gatehouse.do(doubles.part, gatehouse.supervisor, link)
    assert gatehouse.ask(reviews.open_reviews, gatehouse.officer) == ()


def test_parting_gives_each_record_its_own_card_again(gatehouse: Gatehouse) -> None:
    first, second = gatehouse.visitor(), gatehouse.visitor()
    link = join(gatehouse, first.person_id, second.person_id)
    gatehouse.do(doubles.part, gatehouse.supervisor, link)
    assert group(gatehouse, second.person_id) == {second.person_id}
    with pytest.raises(NotFound):
        gatehouse.do(doubles.part, gatehouse.supervisor, link)
    join(gatehouse, first.person_id, second.person_id)
    gatehouse.must_be_whole()


def test_undoing_the_second_join_of_a_chain_leaves_the_first(gatehouse: Gatehouse) -> None:
    a, b, c = (gatehouse.visitor(f"Чынар{n}").person_id for n in "абв")
    join(gatehouse, a, b)
    link = join(gatehouse, b, c)
    lines = gatehouse.ask(doubles.joins_of, gatehouse.officer, c)
    assert [(one.one.surname, one.other.surname) for one in lines] == [
        ("Чынара", "Чынарб"),
        ("Чынарб", "Чынарв"),
    ]
    assert {one.by for one in lines} == {"Supervisor"}
    gatehouse.do(doubles.part, gatehouse.supervisor, link)
    assert group(gatehouse, a) == {a, b}
    assert group(gatehouse, c) == {c}


def test_two_who_are_inside_at_once_are_never_joined(gatehouse: Gatehouse) -> None:
    first, second = gatehouse.visitor(), gatehouse.visitor()
    gatehouse.visit(gatehouse.prisoner(), first)
    gatehouse.visit(gatehouse.prisoner(), second)
    with pytest.raises(AlreadyInside):
        join(gatehouse, first.person_id, second.person_id)


def test_contradictions_are_shown_before_the_records_are_joined(gatehouse: Gatehouse) -> None:
    first = gatehouse.visitor(personal_number="10107198500001")
    second = gatehouse.visitor(personal_number="10207198500002", birth="1985-07-02")
    seen = gatehouse.ask(
        doubles.compare, gatehouse.supervisor, first.person_id, second.person_id
    )
    assert seen.differences == {Difference.BIRTH, Difference.PERSONAL_NUMBER}
    with pytest.raises(Refused, match="Compare them first"):
        join(gatehouse, first.person_id, second.person_id)
    with pytest.raises(Invalid):
        gatehouse.do(
            doubles.join,
            gatehouse.supervisor,
            first.person_id,
            second.person_id,
            SameGround.PERSONAL_NUMBER,
            seen.differences,
        )
    gatehouse.do(
        doubles.join,
        gatehouse.supervisor,
        first.person_id,
        second.person_id,
        SameGround.DOCUMENT,
        seen.differences,
    )
    assert gatehouse.do(identify.card, gatehouse.officer, first.person_id).number_conflict


def test_a_record_is_joined_with_another_of_its_kind_only_once(gatehouse: Gatehouse) -> None:
    first, second, prisoner = gatehouse.visitor(), gatehouse.visitor(), gatehouse.prisoner()
    join(gatehouse, first.person_id, second.person_id)
    for one, other in (
        (first.person_id, first.person_id),
        (second.person_id, first.person_id),
        (first.person_id, prisoner.prisoner_id),
    ):
        with pytest.raises(Refused):
            join(gatehouse, one, other)


def test_an_officer_joins_nobody(gatehouse: Gatehouse) -> None:
    first, second = gatehouse.visitor(), gatehouse.visitor()
    with pytest.raises(NotAllowed):
        gatehouse.do(
            doubles.join,
            gatehouse.officer,
            first.person_id,
            second.person_id,
            SameGround.FACE,
        )


def test_two_records_of_a_prisoner_are_one_prisoner(gatehouse: Gatehouse) -> None:
    first, second = gatehouse.prisoner("Осмонов"), gatehouse.prisoner("Осмонов", unit="5")
    join(gatehouse, first.prisoner_id, second.prisoner_id)
    (line,) = gatehouse.ask(find.find, gatehouse.officer, "осмонов")
    assert line.subject_id == first.prisoner_id
    assert line.note == second.file_number


def test_joined_records_are_not_parted_while_one_of_them_is_inside(
    gatehouse: Gatehouse,
) -> None:
    first, second = gatehouse.visitor("Асанова"), gatehouse.visitor("Асанова")
    link = join(gatehouse, first.person_id, second.person_id)
    visit = gatehouse.visit(gatehouse.prisoner(), second)
    with pytest.raises(AlreadyInside, match="leave first"):
        gatehouse.do(doubles.part, gatehouse.supervisor, link)
    assert group(gatehouse, first.person_id) == {first.person_id, second.person_id}
    gatehouse.do(departures.leave, gatehouse.officer, visit.case_id)
    gatehouse.do(doubles.part, gatehouse.supervisor, link)
    gatehouse.visit(gatehouse.prisoner(), first)
    gatehouse.visit(gatehouse.prisoner(), second)
    assert len(gatehouse.inside()) == 2


def test_a_place_inside_belongs_to_the_first_record_after_a_join(
    gatehouse: Gatehouse,
) -> None:
    first, second = gatehouse.visitor("Асанова"), gatehouse.visitor("Асанова")
    gatehouse.visit(gatehouse.prisoner(), second)
    join(gatehouse, first.person_id, second.person_id)
    rows = gatehouse.rows("SELECT person_root FROM presence")
    assert rows == [(first.person_id.bytes,)]


_names = st.integers(min_value=0, max_value=6)
_acts = st.lists(st.tuples(st.booleans(), _names, _names), max_size=24)


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(acts=_acts)
def test_groups_are_the_connected_components_of_the_joins_that_stand(
    gatehouse: Gatehouse, acts: list[tuple[bool, int, int]]
) -> None:
    ids = [gatehouse.visitor(f"Ы{n}").person_id for n in range(7)]
    links: dict[UUID, tuple[int, int]] = {}
    for joins, a, b in acts:
        if joins:
            try:
                links[join(gatehouse, ids[a], ids[b])] = (a, b)
            except Refused:
                assert b in _component(a, links.values())
        elif links:
            link = sorted(links)[(a + b) % len(links)]
            gatehouse.do(doubles.part, gatehouse.supervisor, link)
            del links[link]
    for number, one in enumerate(ids):
        component = {ids[other] for other in _component(number, links.values())}
        assert group(gatehouse, one) == component


def _component(start: int, links: Collection[tuple[int, int]]) -> set[int]:
    found = {start}
    for _ in links:
        found |= {n for link in links if found & set(link) for n in link}
    return found
