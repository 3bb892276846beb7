"""Finds: each has a number at once, waits for its act, and keeps its case open until then."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

import msgspec
import pytest

from kiosk import paper_code
from kiosk.codes import (
    Action,
    CaseState,
    FindChannel,
    FindClass,
    HidingPlace,
    PassedTo,
    ReviewEnding,
    Screening,
    ScreeningConsent,
    ScreeningResult,
    Service,
    Template,
    Unit,
)
from kiosk.config import Settings
from kiosk.errors import AlreadyDone, Invalid, NotAllowed, NotFound, Refused
from kiosk.papers import ActBody, FineBody
from kiosk.services import departures, printing, reviews, searches
from kiosk.services.desk import Desk
from kiosk.services.entry import entry
from kiosk.services.goods import actless, acts, ban_proposals, find_cards, finds
from kiosk.services.under_way import state_of
from kiosk.values import Officer, Recorded, SearchRecord
from kiosk.values.finds import (
    ActEntered,
    ActWritten,
    FindCard,
    FindEntered,
    FindTaken,
    Thing,
)
from kiosk.values.goods import Seized
from kiosk.wording.goods import ARTICLE
from tests.unit.services.gatehouse import Gatehouse

SIMS = Thing(FindClass.SIM, 6, Unit.PIECE, HidingPlace.JAR, grams=12)
PHONE = Thing(FindClass.PHONE, 1, Unit.PIECE, HidingPlace.BREAD)
ACT = ActEntered(
    act_no="A-26-0001",
    article="Offences Code, article 446",
    passed_to=PassedTo.POLICE,
    witness="Осмонов Бакыт",
    seal_no="004417",
    hidden="капкактын астында",
)


@pytest.fixture
def gate(gatehouse: Gatehouse) -> Gatehouse:
    """A post that proposes the article and the fines of config.toml."""
    gatehouse.desk = replace(
        gatehouse.desk,
        article="Offences Code, article 446",
        fine_tyiyn=2_000_000,
        phone_fine_tyiyn=3_000_000,
    )
    return gatehouse


def thrown(gate: Gatehouse, thing: Thing = SIMS, **told: object) -> FindTaken:
    """Something that was found in the yard."""
    entered = FindEntered(FindChannel.THROWN, gate.officer.staff_id, thing)
    return gate.do(finds.record, gate.officer, replace(entered, **told))  # type: ignore[arg-type]  # its own fields


def opened(gate: Gatehouse, find_id: UUID) -> FindCard:
    return gate.ask(find_cards.open_find, gate.officer, find_id)


def written(gate: Gatehouse, find_id: UUID, **told: object) -> ActWritten:
    act = replace(ACT, **told)  # type: ignore[arg-type]  # its own fields
    return gate.do(acts.write, gate.officer, find_id, act)


def searched(gate: Gatehouse, visit: Recorded, *, goes_in: bool = True) -> FindTaken:
    """The first visitor of a case is searched, and something is found on them."""
    (member, *_others) = gate.ask(searches.at_window, gate.officer, visit.case_id).members
    search = SearchRecord(
        Screening.DETECTOR,
        gate.officer.staff_id,
        ScreeningConsent.YES,
        ScreeningResult.FOUND,
        goes_in,
    )
    done = gate.do(searches.record, gate.officer, member.member_id, search)
    assert done.find is not None
    return done.find


def standing(gate: Gatehouse, visit: Recorded) -> CaseState:
    return gate.db.run_read(state_of, visit.case_id)


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


# ---- the act


def test_an_act_says_who_saw_it_who_got_it_and_prints_two_sheets_and_the_fine(
    gate: Gatehouse,
) -> None:
    who, prisoner = gate.visitor("Мамытова"), gate.prisoner("Сатыбалдиев")
    find = thrown(gate, person_id=who.person_id, prisoner_id=prisoner.prisoner_id)
    done = written(
        gate,
        find.find_id,
        witness="",
        witness_id=gate.supervisor.staff_id,
        fine_tyiyn=2_000_000,
    )
    jobs = [gate.ask(printing.body, job_id) for job_id in done.jobs]
    assert [one.template for one in jobs] == [Template.ACT, Template.ACT, Template.FINE]
    first, second = (msgspec.json.decode(one.body, type=ActBody) for one in jobs[:2])
    assert (first.sheet, second.sheet) == (1, 2)
    assert (first.number, first.act_no) == (find.number, "A-26-0001")
    assert first.bringer.startswith("Мамытова")
    assert first.born == "01.07.1985"
    assert (first.witness, first.officer) == (gate.supervisor.name, gate.officer.name)
    assert (first.prisoner, first.file_number) == ("Сатыбалдиев Талант", prisoner.file_number)
    notice = msgspec.json.decode(jobs[2].body, type=FineBody)
    assert (notice.fine_tyiyn, notice.act_no) == (2_000_000, "A-26-0001")
    card = opened(gate, find.find_id)
    assert card.act is not None
    assert (card.act.witness, card.act.by) == (gate.supervisor.name, gate.officer.name)
    assert (card.act.seal_no, card.act.passed_to) == ("004417", PassedTo.POLICE)
    assert card.hidden == "капкактын астында"
    gate.must_be_whole()


def test_an_act_names_the_witness_of_the_staff_and_the_one_from_outside(
    gate: Gatehouse,
) -> None:
    find = thrown(gate)
    done = written(
        gate, find.find_id, witness="Касымова Ж.", witness_id=gate.supervisor.staff_id
    )
    act = msgspec.json.decode(gate.ask(printing.body, done.jobs[0]).body, type=ActBody)
    assert (act.witness, act.second_witness) == (gate.supervisor.name, "Касымова Ж.")
    card = opened(gate, find.find_id)
    assert card.act is not None
    assert card.act.witness == f"{gate.supervisor.name}, Касымова Ж."


def test_nobody_is_fined_whom_nobody_knows(gate: Gatehouse) -> None:
    find = thrown(gate)
    with pytest.raises(Invalid, match="Nobody is known"):
        written(gate, find.find_id, fine_tyiyn=2_000_000)
    assert len(written(gate, find.find_id).jobs) == 2


def test_who_brought_it_may_be_named_in_words_and_fined(gate: Gatehouse) -> None:
    find = thrown(gate, channel=FindChannel.STAFF, bringer="Айдаров К., повар")
    done = written(gate, find.find_id, fine_tyiyn=3_000_000)
    act = msgspec.json.decode(gate.ask(printing.body, done.jobs[0]).body, type=ActBody)
    assert act.bringer == "Айдаров К., повар"
    assert opened(gate, find.find_id).brought_by == "Айдаров К., повар"


def test_an_act_is_written_once(gate: Gatehouse) -> None:
    find = thrown(gate)
    written(gate, find.find_id)
    before = gate.counts()
    with pytest.raises(AlreadyDone, match="written already"):
        written(gate, find.find_id, act_no="A-26-0099")
    assert gate.written(before) == {}


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"act_no": "  "}, "act_no"),
        ({"article": " "}, "article"),
        ({"witness": " "}, "witness_id"),
        ({"fine_tyiyn": 0}, "fine"),
        ({"fine_tyiyn": -100}, "fine"),
        ({"fine_tyiyn": 2_000_000_000}, "fine"),
    ],
)
def test_an_act_with_something_missing_is_refused(
    gate: Gatehouse, told: dict[str, object], field: str
) -> None:
    find = thrown(gate, person_id=gate.visitor().person_id)
    before = gate.counts()
    with pytest.raises(Invalid) as refusal:
        written(gate, find.find_id, **told)
    assert refusal.value.field == field
    assert gate.written(before) == {}


def test_nobody_is_the_witness_of_what_they_found_or_write(gate: Gatehouse) -> None:
    find = thrown(gate, found_by=gate.supervisor.staff_id)
    for one in (gate.officer, gate.supervisor):
        with pytest.raises(Invalid, match="no witness"):
            written(gate, find.find_id, witness="", witness_id=one.staff_id)
    written(gate, find.find_id, witness="", witness_id=gate.administrator.staff_id)


def test_two_acts_never_bear_the_same_number(gate: Gatehouse) -> None:
    first, second = thrown(gate), thrown(gate)
    written(gate, first.find_id)
    with pytest.raises(Invalid, match="written already"):
        written(gate, second.find_id)
    written(gate, second.find_id, act_no=second.act_no)


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


# ---- the list, and the proposed ban


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
    assert standing(gate, visit) is CaseState.CANCELLED
    card = opened(gate, find.find_id)
    assert (card.person_id, card.channel) == (who.person_id, FindChannel.SHORT_VISIT)
    assert card.prisoner is not None
    assert card.prisoner.surname == "Сатыбалдиев"
    gate.do(finds.add_thing, gate.officer, find.find_id, PHONE)
    assert not written(gate, find.find_id).case_closed, "it was over before"


def test_the_list_begins_with_what_is_not_finished(gate: Gatehouse) -> None:
    first, second, third = thrown(gate), thrown(gate), thrown(gate, PHONE)
    written(gate, second.find_id)
    lines = gate.ask(find_cards.find_lines, gate.officer)
    assert [one.number for one in lines] == [first.number, third.number, second.number]
    assert [one.is_finished for one in lines] == [False, False, True]
    assert gate.db.run_read(actless.count) == 2


def test_a_proposed_ban_waits_for_a_supervisor_until_the_ban_is_there(gate: Gatehouse) -> None:
    who = gate.visitor("Мамытова")
    find = thrown(gate, person_id=who.person_id)
    written(gate, find.find_id, proposes_ban=True)
    (proposal,) = gate.ask(ban_proposals.proposals, gate.supervisor)
    assert (proposal.number, proposal.act_no) == (find.number, "A-26-0001")
    assert proposal.person.surname == "Мамытова"
    assert gate.ask(reviews.count)[0] == 1
    gate.ban(who, to_day=date(2027, 3, 1))
    assert gate.ask(ban_proposals.proposals, gate.supervisor) == ()
    assert gate.ask(reviews.count)[0] == 0
    assert opened(gate, find.find_id).ban_proposed, "that it was proposed stays known"


def test_only_a_supervisor_says_no_to_a_proposed_ban(gate: Gatehouse) -> None:
    find = thrown(gate, person_id=gate.visitor().person_id)
    written(gate, find.find_id, proposes_ban=True)
    (proposal,) = gate.ask(ban_proposals.proposals, gate.supervisor)
    no = ReviewEnding.NO_CHANGE
    with pytest.raises(NotAllowed):
        gate.do(reviews.end, gate.officer, proposal.review_id, no)
    gate.do(reviews.end, gate.supervisor, proposal.review_id, no)
    assert gate.ask(ban_proposals.proposals, gate.supervisor) == ()


def test_nobody_is_kept_out_whom_the_register_does_not_know(gate: Gatehouse) -> None:
    find = thrown(gate, bringer="Кимдир бирөө")
    with pytest.raises(Invalid, match="kept out"):
        written(gate, find.find_id, proposes_ban=True)


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
