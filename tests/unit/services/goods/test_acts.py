"""The act of a find: who saw it, what it costs whom, who may be kept out; written once."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest

from kiosk.codes import FindChannel, PassedTo, ReviewEnding, Template
from kiosk.errors import AlreadyDone, Invalid, NotAllowed
from kiosk.papers import ActBody, FineBody
from kiosk.screens.goods import find_lines
from kiosk.services import printing, reviews
from kiosk.services.goods import ban_proposals
from kiosk.widgets.lines import plain
from tests.unit.services.gatehouse import BISHKEK, Gatehouse
from tests.unit.services.goods.finding import opened, proposing, thrown, written


@pytest.fixture
def gate(gatehouse: Gatehouse) -> Gatehouse:
    return proposing(gatehouse)


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
    assert (notice.payment, notice.pay_by) == (("Treasury",), date(2026, 4, 5))
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
    card = opened(gate, find.find_id)
    assert card.ban_proposed, "that it was proposed stays known"
    assert any("ban proposed" in plain(one) for one in find_lines.head(card, BISHKEK))


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
