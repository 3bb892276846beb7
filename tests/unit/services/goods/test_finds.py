"""Finds: each has a number at once, waits for its act, and keeps its case open until then."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import pytest

from kiosk import paper_code
from kiosk.codes import Action, CaseState, FindChannel, FindClass, HidingPlace, Service
from kiosk.config import Settings
from kiosk.errors import AlreadyDone, Invalid, NotAllowed, NotFound, Refused
from kiosk.services import departures
from kiosk.services.desk import Desk
from kiosk.services.entry import entry
from kiosk.services.goods import actless, acts, find_cards, finds
from kiosk.values import Officer
from kiosk.values.finds import FindEntered, FindTaken, Thing
from kiosk.values.goods import Seized
from kiosk.wording.goods import ARTICLE
from tests.unit.services.gatehouse import Gatehouse
from tests.unit.services.goods.finding import (
    ACT,
    PHONE,
    SIMS,
    opened,
    proposing,
    searched,
    standing,
    thrown,
    written,
)


@pytest.fixture
def gate(gatehouse: Gatehouse) -> Gatehouse:
    return proposing(gatehouse)


# ---- the find


def test_a_find_has_a_number_at_once_and_its_act_one_after_it(gate: Gatehouse) -> None:
    first, second = thrown(gate), thrown(gate)
    assert (first.number, first.act_no) == ("F-26-000001", "A-26-0001")
    assert (second.number, second.act_no) == ("F-26-000002", "A-26-0002")
    gate.must_be_whole()


def test_a_seized_line_is_a_find_of_its_parcel_its_sender_and_its_prisoner(
    gate: Gatehouse,
) -> None:
    visit, sender = gate.visit(gate.prisoner(), gate.visitor()), gate.visitor("Мамытова")
    prisoner = gate.prisoner("Сатыбалдиев")

    def seize(desk: Desk, officer: Officer, hidden_in: HidingPlace) -> FindTaken:
        with entry(desk, Action.ACCEPT_GOODS, officer=officer) as e:
            return finds.of_line(
                e,
                officer,
                case_id=visit.case_id,
                item_no=8,
                service=Service.SMALL_PARCEL,
                person_id=sender.person_id,
                prisoner_id=prisoner.prisoner_id,
                seized=Seized(SIMS.kind, SIMS.pieces, SIMS.unit, hidden_in),
                grams=800,
            )

    card = opened(gate, gate.do(seize, gate.officer, HidingPlace.OPEN).find_id)
    assert (card.channel, card.item_no, card.case_number) == (FindChannel.POST, 8, visit.number)
    assert card.brought_by.startswith("Мамытова")
    assert card.file_number == prisoner.file_number
    (thing,) = card.things
    assert (thing.kind, thing.pieces, thing.grams) == (FindClass.SIM, 6, 800)
    assert card.fine_tyiyn == 2_000_000
    (thing,) = opened(gate, gate.do(seize, gate.officer, HidingPlace.JAR).find_id).things
    assert thing.grams is None, "it was the jar that was weighed"


def test_what_was_thrown_over_has_no_bringer_and_no_fine(gate: Gatehouse) -> None:
    card = opened(gate, thrown(gate).find_id)
    assert (card.brought_by, card.prisoner, card.fine_tyiyn) == ("", None, None)


def test_a_phone_costs_its_bringer_more(gate: Gatehouse) -> None:
    who = gate.visitor().person_id
    assert opened(gate, thrown(gate, person_id=who).find_id).fine_tyiyn == 2_000_000
    find = thrown(gate, PHONE, person_id=who)
    assert opened(gate, find.find_id).fine_tyiyn == 3_000_000


@pytest.mark.parametrize(
    ("thing", "field"),
    [
        (replace(SIMS, pieces=0, grams=None), "pieces"),
        (replace(SIMS, pieces=-1), "pieces"),
        (replace(SIMS, pieces=100_001), "pieces"),
        (replace(SIMS, grams=0), "grams"),
        (replace(SIMS, grams=-5), "grams"),
        (replace(SIMS, grams=500_001), "grams"),
    ],
)
def test_an_amount_that_cannot_be_is_refused_and_nothing_is_written(
    gate: Gatehouse, thing: Thing, field: str
) -> None:
    before = gate.counts()
    with pytest.raises(Invalid) as refusal:
        thrown(gate, thing)
    assert refusal.value.field == field
    assert gate.written(before) == {}


def test_a_find_on_nobody_known_is_refused(gate: Gatehouse) -> None:
    with pytest.raises(NotFound):
        thrown(gate, person_id=UUID(int=7))
    with pytest.raises(Invalid, match="no such officer"):
        thrown(gate, found_by=UUID(int=7))


def test_things_are_added_and_taken_back_until_the_act_is_written(gate: Gatehouse) -> None:
    find_id = thrown(gate).find_id
    phone = gate.do(finds.add_thing, gate.officer, find_id, PHONE)
    assert [one.kind for one in opened(gate, find_id).things] == [
        FindClass.SIM,
        FindClass.PHONE,
    ]
    gate.do(finds.take_back_thing, gate.officer, find_id, phone)
    with pytest.raises(NotFound):
        gate.do(finds.take_back_thing, gate.officer, find_id, phone)
    assert [one.kind for one in opened(gate, find_id).things] == [FindClass.SIM]
    written(gate, find_id)
    with pytest.raises(AlreadyDone):
        gate.do(finds.add_thing, gate.officer, find_id, PHONE)
    with pytest.raises(AlreadyDone):
        gate.do(finds.take_back_thing, gate.officer, find_id, phone)


def test_only_who_registers_records_finds_and_acts(gate: Gatehouse) -> None:
    with pytest.raises(NotAllowed):
        gate.do(
            finds.record,
            gate.administrator,
            FindEntered(FindChannel.THROWN, gate.officer.staff_id, SIMS),
        )
    with pytest.raises(NotAllowed):
        gate.do(acts.write, gate.administrator, thrown(gate).find_id, ACT)


# ---- the case that waits


def test_a_visit_does_not_close_before_the_act_of_what_was_found(gate: Gatehouse) -> None:
    visit = gate.visit(gate.prisoner(), gate.visitor())
    find = searched(gate, visit)
    left = gate.do(departures.leave, gate.officer, visit.case_id)
    assert left.state is CaseState.LEFT
    assert left.finds == (find.number,)
    with pytest.raises(Invalid, match="what was found"):
        written(gate, find.find_id)
    gate.do(finds.add_thing, gate.officer, find.find_id, PHONE)
    assert written(gate, find.find_id).case_closed
    assert standing(gate, visit) is CaseState.CLOSED
    gate.must_be_whole()


def test_an_act_written_while_they_are_inside_lets_the_visit_close_by_itself(
    gate: Gatehouse,
) -> None:
    visit = gate.visit(gate.prisoner(), gate.visitor())
    find = searched(gate, visit)
    gate.do(finds.add_thing, gate.officer, find.find_id, PHONE)
    assert not written(gate, find.find_id).case_closed
    left = gate.do(departures.leave, gate.officer, visit.case_id)
    assert (left.state, left.finds) == (CaseState.CLOSED, ())


def test_a_wrong_key_is_taken_back_by_a_supervisor_and_nothing_waits_for_it(
    gate: Gatehouse,
) -> None:
    visit = gate.visit(gate.prisoner(), gate.visitor())
    find = searched(gate, visit)
    gate.do(departures.leave, gate.officer, visit.case_id)
    with pytest.raises(NotAllowed):
        gate.do(acts.take_back, gate.officer, find.find_id)
    gate.do(acts.take_back, gate.supervisor, find.find_id)
    assert standing(gate, visit) is CaseState.CLOSED
    with pytest.raises(NotFound):
        opened(gate, find.find_id)
    assert thrown(gate).number == "F-26-000002", "its number stays"


# ---- the list, and what is no find


def test_the_paper_of_an_act_leads_to_its_find(gate: Gatehouse) -> None:
    find = thrown(gate)
    code = paper_code.of_number(gate.desk.gate, find.number)
    assert gate.ask(find_cards.by_code, gate.officer, code) == find.find_id
    for other in (
        paper_code.of_number(gate.desk.gate, "F-26-000009"),
        paper_code.of_number(gate.desk.gate + 1, find.number),
        "no code",
    ):
        with pytest.raises(NotFound):
            gate.ask(find_cards.by_code, gate.officer, other)


def test_the_settings_propose_an_article_that_papers_say_in_every_language() -> None:
    assert Settings().goods.article == ARTICLE


def test_who_is_turned_away_for_what_was_found_brought_it(gate: Gatehouse) -> None:
    gate.desk = replace(gate.desk, enters_after_search=True)
    who = gate.visitor("Мамытова")
    visit = gate.visit(gate.prisoner("Сатыбалдиев"), who)
    find = searched(gate, visit, goes_in=False)
    card = opened(gate, find.find_id)
    assert (card.person_id, card.channel) == (who.person_id, FindChannel.SHORT_VISIT)
    assert card.prisoner is not None
    assert card.prisoner.surname == "Сатыбалдиев"


def test_the_list_begins_with_what_is_not_finished(gate: Gatehouse) -> None:
    first, second, third = thrown(gate), thrown(gate), thrown(gate, PHONE)
    written(gate, second.find_id)
    lines = gate.ask(find_cards.find_lines, gate.officer)
    assert [one.number for one in lines] == [first.number, third.number, second.number]
    assert [one.is_finished for one in lines] == [False, False, True]
    assert gate.db.run_read(actless.count) == 2


def test_a_seized_line_is_no_wrong_key(gate: Gatehouse) -> None:
    visit = gate.visit(gate.prisoner(), gate.visitor())

    def seize(desk: Desk, officer: Officer) -> FindTaken:
        with entry(desk, Action.ACCEPT_GOODS, officer=officer) as e:
            return finds.of_line(
                e,
                officer,
                case_id=visit.case_id,
                item_no=1,
                service=Service.PACKAGE,
                person_id=visit.case_id,
                prisoner_id=visit.case_id,
                seized=None,
            )

    find = gate.do(seize, gate.officer)
    with pytest.raises(Refused, match="correct that line"):
        gate.do(acts.take_back, gate.supervisor, find.find_id)
