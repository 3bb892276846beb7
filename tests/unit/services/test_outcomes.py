"""How visits end: called off, stopped, void, with an outcome, a child never left behind."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

import pytest

from kiosk import badge_code, paper_code
from kiosk.codes import CancelReason, CaseState, VisitOutcome, VoidReason
from kiosk.errors import Invalid, NotAllowed, NotFound, Refused
from kiosk.services import departures, outcomes, unfinished, visits
from kiosk.values import Recorded

from .gatehouse import Gatehouse, at_once


@pytest.fixture
def waiting(gatehouse: Gatehouse) -> Recorded:
    """A visit of two who were admitted and did not go in yet."""
    gatehouse.desk = replace(gatehouse.desk, enters_after_search=True)
    return gatehouse.visit(
        gatehouse.prisoner(), gatehouse.visitor("Асанова"), gatehouse.visitor("Бекова")
    )


@pytest.fixture
def inside(gatehouse: Gatehouse) -> Recorded:
    """A visit of a mother with her child, who are inside."""
    return gatehouse.visit(gatehouse.prisoner(), gatehouse.visitor(), gatehouse.child())


def ledger(gatehouse: Gatehouse) -> list[tuple[str, int]]:
    return gatehouse.rows("SELECT kind, pieces FROM ledger ORDER BY id")


def state(gatehouse: Gatehouse) -> str:
    ((now,),) = gatehouse.rows("SELECT state FROM case_now")
    return str(now)


def last_step(gatehouse: Gatehouse) -> tuple[str, str]:
    return gatehouse.rows("SELECT kind, reason FROM step ORDER BY no DESC LIMIT 1")[0]


# ---- called off


def test_a_visit_called_off_before_the_entry_gives_back_once(
    gatehouse: Gatehouse, waiting: Recorded
) -> None:
    cancel = (outcomes.cancel, gatehouse.officer, waiting.case_id, CancelReason.PRISON)
    gatehouse.do(*cancel)
    assert ledger(gatehouse) == [("use", 1), ("refund", -1)]
    assert (state(gatehouse), last_step(gatehouse)) == ("cancelled", ("cancelled", "prison"))
    with pytest.raises(Refused, match="ended already"):
        gatehouse.do(*cancel)
    assert len(ledger(gatehouse)) == 2


def test_called_off_by_four_windows_at_once_it_gives_back_once(
    gatehouse: Gatehouse, waiting: Recorded
) -> None:
    def cancel() -> None:
        outcomes.cancel(
            gatehouse.desk, gatehouse.officer, waiting.case_id, CancelReason.VISITOR
        )

    answers = at_once(*[cancel] * 4)
    assert sum(isinstance(one, Refused) for one in answers) == 3
    assert ledger(gatehouse) == [("use", 1), ("refund", -1)]


def test_once_somebody_is_inside_a_visit_is_not_called_off(
    gatehouse: Gatehouse, inside: Recorded
) -> None:
    with pytest.raises(Refused, match="inside"):
        gatehouse.do(outcomes.cancel, gatehouse.officer, inside.case_id, CancelReason.VISITOR)
    assert ledger(gatehouse) == [("use", 1)]


# ---- stopped


def test_a_stopped_visit_took_place_and_everybody_is_out(
    gatehouse: Gatehouse, inside: Recorded
) -> None:
    gatehouse.do(outcomes.stop, gatehouse.officer, inside.case_id)
    assert gatehouse.inside() == ()
    assert ledger(gatehouse) == [("use", 1)]
    assert gatehouse.rows("SELECT kind, reason FROM step ORDER BY no")[3:] == [
        ("stopped", "stopped"),
        ("stopped", "stopped"),
        ("closed", "stopped"),
    ]
    with pytest.raises(Refused, match="Nobody"):
        gatehouse.do(outcomes.stop, gatehouse.officer, inside.case_id)


# ---- void


def test_a_void_visit_keeps_its_number_and_gives_back(
    gatehouse: Gatehouse, inside: Recorded
) -> None:
    gatehouse.do(departures.leave, gatehouse.officer, inside.case_id)
    gatehouse.do(outcomes.void, gatehouse.supervisor, inside.case_id, VoidReason.WRONG_PRISONER)
    assert state(gatehouse) == "void"
    assert last_step(gatehouse) == ("void", "wrong_prisoner")
    assert ledger(gatehouse) == [("use", 1), ("refund", -1)]
    assert gatehouse.rows("SELECT no FROM register_number") == [(1,)]
    with pytest.raises(Refused, match="void already"):
        gatehouse.do(outcomes.void, gatehouse.supervisor, inside.case_id, VoidReason.TWICE)
    assert len(ledger(gatehouse)) == 2


def test_what_was_given_back_before_is_not_given_back_by_the_void(
    gatehouse: Gatehouse, waiting: Recorded
) -> None:
    gatehouse.do(outcomes.cancel, gatehouse.officer, waiting.case_id, CancelReason.ERROR)
    gatehouse.do(outcomes.void, gatehouse.supervisor, waiting.case_id, VoidReason.TWICE)
    assert ledger(gatehouse) == [("use", 1), ("refund", -1)]


def test_a_refusal_made_void_keeps_its_number_and_gives_nothing_back(
    gatehouse: Gatehouse,
) -> None:
    visitor = gatehouse.visitor()
    gatehouse.ban(visitor)
    refused = gatehouse.refuse(gatehouse.request(gatehouse.prisoner(), visitor))
    gatehouse.do(outcomes.void, gatehouse.supervisor, refused.case_id, VoidReason.TWICE)
    assert (state(gatehouse), last_step(gatehouse)) == ("void", ("void", "twice"))
    opened = gatehouse.ask(departures.of_case, refused.case_id)
    assert (opened.number, opened.number[:2]) == (refused.number, "R-")
    assert ledger(gatehouse) == []


def test_nobody_is_inside_a_void_visit(gatehouse: Gatehouse, inside: Recorded) -> None:
    before = gatehouse.counts()
    with pytest.raises(Refused, match="inside"):
        gatehouse.do(
            outcomes.void, gatehouse.supervisor, inside.case_id, VoidReason.WRONG_VISITOR
        )
    assert gatehouse.written(before) == {}


def test_an_officer_makes_nothing_void(gatehouse: Gatehouse, waiting: Recorded) -> None:
    with pytest.raises(NotAllowed):
        gatehouse.do(outcomes.void, gatehouse.officer, waiting.case_id, VoidReason.TWICE)


def test_another_reason_needs_words_and_they_can_be_erased(
    gatehouse: Gatehouse, waiting: Recorded
) -> None:
    void = (outcomes.void, gatehouse.supervisor, waiting.case_id, VoidReason.OTHER)
    with pytest.raises(Invalid) as told:
        gatehouse.do(*void, "  ")
    assert told.value.field == "words"
    gatehouse.do(*void, "Записано по ошибке")
    assert gatehouse.rows("SELECT text FROM note") == [("Записано по ошибке",)]


# ---- leaving


def test_a_child_is_not_left_behind_without_being_asked(
    gatehouse: Gatehouse, inside: Recorded
) -> None:
    mother, child = gatehouse.inside()
    assert (mother.is_adult, child.is_adult) == (True, False)
    leave = (departures.leave, gatehouse.officer, inside.case_id, [mother.member_id])
    with pytest.raises(Refused, match="child"):
        gatehouse.do(*leave)
    assert len(gatehouse.inside()) == 2
    departure = gatehouse.do(*leave, child_stays=True)
    assert [one.member_id for one in departure.members] == [child.member_id]


def test_the_screen_knows_beforehand_who_would_stay_alone(
    gatehouse: Gatehouse, inside: Recorded
) -> None:
    departure = gatehouse.ask(departures.open_badge, gatehouse.officer, "1")
    mother, child = (one.member_id for one in departure.members)
    assert departure.leaves_a_child([mother])
    assert not departure.leaves_a_child([child])
    assert not departure.leaves_a_child([mother, child])


def test_the_outcome_is_the_reason_of_the_last_step(
    gatehouse: Gatehouse, inside: Recorded
) -> None:
    gatehouse.do(
        departures.leave,
        gatehouse.officer,
        inside.case_id,
        outcome=VisitOutcome.LEFT_EARLY_PRISONER,
    )
    assert last_step(gatehouse) == ("closed", "left_early_prisoner")


# ---- badges that open nothing


def cancel(gatehouse: Gatehouse, case_id: UUID) -> None:
    gatehouse.do(outcomes.cancel, gatehouse.officer, case_id, CancelReason.VISITOR)


def void(gatehouse: Gatehouse, case_id: UUID) -> None:
    gatehouse.do(outcomes.void, gatehouse.supervisor, case_id, VoidReason.TWICE)


@pytest.mark.parametrize(("ended", "says"), [(cancel, "called off"), (void, "void")])
def test_the_badge_of_a_visit_that_is_none_says_so(
    gatehouse: Gatehouse,
    waiting: Recorded,
    ended: Callable[[Gatehouse, UUID], None],
    says: str,
) -> None:
    ended(gatehouse, waiting.case_id)
    with pytest.raises(NotFound, match=says) as told:
        gatehouse.ask(departures.open_badge, gatehouse.officer, waiting.badges[0])
    assert told.value.values == {"number": "V-26-000001"}


def test_the_badge_of_yesterday_tells_its_day(gatehouse: Gatehouse, inside: Recorded) -> None:
    gatehouse.do(departures.leave, gatehouse.officer, inside.case_id)
    day = gatehouse.desk.day()
    gatehouse.clock.at += 24 * 3_600_000
    departure = gatehouse.ask(departures.open_badge, gatehouse.officer, inside.badges[0])
    assert (departure.members, departure.day) == ((), day)
    assert departure.state is CaseState.CLOSED


def test_who_waits_for_the_search_is_not_inside_yet(
    gatehouse: Gatehouse, waiting: Recorded
) -> None:
    departure = gatehouse.ask(departures.open_badge, gatehouse.officer, waiting.badges[0])
    assert (departure.members, departure.state) == ((), CaseState.ADMITTED)
    (open_case,) = gatehouse.ask(unfinished.unfinished, gatehouse.officer)
    assert (open_case.state, open_case.lead.surname) == (CaseState.ADMITTED, "Асанова")


def test_the_bars_of_a_tag_lead_to_the_visit_too(
    gatehouse: Gatehouse, inside: Recorded
) -> None:
    code = paper_code.of_number(1, inside.number)
    found = gatehouse.ask(departures.open_badge, gatehouse.officer, code)
    assert found.case_id == inside.case_id
    with pytest.raises(NotFound) as told:
        gatehouse.ask(
            departures.open_badge, gatehouse.officer, paper_code.of_number(2, inside.number)
        )
    assert told.value.values == {"gate": 2}
    assert badge_code.decode(code) is None


def test_a_visit_that_was_called_off_may_come_again_on_the_same_day(
    gatehouse: Gatehouse, waiting: Recorded
) -> None:
    request = gatehouse.request(gatehouse.prisoner("Садыров"), gatehouse.visitor("Токтоева"))
    recorded = gatehouse.admit(request)
    cancel(gatehouse, recorded.case_id)
    again = replace(request, case_id=visits.new_case_id(gatehouse.desk))
    assert gatehouse.admit(again).number == "V-26-000003"
