"""What happens to a prisoner has a day, an hour and perhaps an end; a mistake is undone."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from kiosk.codes import (
    Category,
    Condition,
    PrisonerEventKind,
    Regime,
    ReviewEnding,
    ReviewKind,
    Status,
)
from kiosk.errors import Invalid, NotAllowed, NotFound
from kiosk.services import prisoner_events, prisoners, reviews
from kiosk.services.standing import Standing
from kiosk.values import PrisonerCard
from kiosk.values.standing import NewEvent

from .gatehouse import Gatehouse, moment_of

STATUS, MEDICAL = PrisonerEventKind.STATUS, PrisonerEventKind.MEDICAL


def record(gatehouse: Gatehouse, card: PrisonerCard, *told: Any) -> PrisonerCard:
    return gatehouse.do(
        prisoner_events.record, gatehouse.supervisor, card.prisoner_id, NewEvent(*told)
    )


def standing(gatehouse: Gatehouse, card: PrisonerCard, at: int | None = None) -> Standing:
    when = gatehouse.clock.at if at is None else at
    return gatehouse.ask(prisoners.standing_at, card.prisoner_id, when)


def undo_last(gatehouse: Gatehouse, card: PrisonerCard) -> None:
    last = gatehouse.ask(prisoner_events.lines, gatehouse.officer, card.prisoner_id)[0]
    gatehouse.do(prisoner_events.undo, gatehouse.supervisor, card.prisoner_id, last.event_id)


def test_an_event_holds_from_its_hour_to_the_hour_of_its_end(gatehouse: Gatehouse) -> None:
    card = gatehouse.prisoner()
    begins, ends = moment_of(2026, 3, 7, 14, 30), moment_of(2026, 3, 9, 9, 0)
    record(gatehouse, card, STATUS, Status.COURT, begins, ends, "суд 7/26")
    for at, status in (
        (begins - 1, Status.PRESENT),
        (begins, Status.COURT),
        (ends - 1, Status.COURT),
        (ends, Status.PRESENT),
    ):
        assert standing(gatehouse, card, at).status is status


def test_after_a_day_in_court_one_is_in_hospital_again(gatehouse: Gatehouse) -> None:
    card = gatehouse.prisoner()
    record(gatehouse, card, STATUS, Status.HOSPITAL, moment_of(2026, 3, 6, 10))
    record(
        gatehouse,
        card,
        STATUS,
        Status.COURT,
        moment_of(2026, 3, 7, 8),
        moment_of(2026, 3, 7, 18),
    )
    assert standing(gatehouse, card, moment_of(2026, 3, 7, 12)).status is Status.COURT
    assert standing(gatehouse, card, moment_of(2026, 3, 7, 19)).status is Status.HOSPITAL


@pytest.mark.parametrize(
    ("kind", "value", "field"),
    [
        (PrisonerEventKind.CATEGORY, Category.REMAND, "category"),
        (PrisonerEventKind.REGIME, Regime.SPECIAL, "regime"),
        (PrisonerEventKind.CONDITION, Condition.LIGHT, "condition"),
        (PrisonerEventKind.UNIT, "отряд карантина", "unit"),
    ],
)
def test_every_state_changes_by_an_event(
    gatehouse: Gatehouse, kind: PrisonerEventKind, value: str, field: str
) -> None:
    card = gatehouse.prisoner()
    gatehouse.clock.at += 1000
    changed = record(gatehouse, card, kind, value, gatehouse.clock.at)
    assert getattr(changed, field) == value
    assert getattr(standing(gatehouse, card, gatehouse.clock.at - 1), field) != value


def test_a_medical_conclusion_ends_by_itself(gatehouse: Gatehouse) -> None:
    card = gatehouse.prisoner()
    ends = moment_of(2026, 4, 1)
    record(gatehouse, card, MEDICAL, "pregnant", gatehouse.clock.at, ends)
    record(gatehouse, card, MEDICAL, "ill", gatehouse.clock.at)
    assert standing(gatehouse, card).medical == {"pregnant", "ill"}
    assert standing(gatehouse, card, ends).medical == {"ill"}


def test_an_undone_event_never_held_and_stays_in_the_list(gatehouse: Gatehouse) -> None:
    card = gatehouse.prisoner()
    gatehouse.clock.at += 1000
    then = gatehouse.clock.at
    record(gatehouse, card, STATUS, Status.ISOLATOR, then)
    gatehouse.clock.at += 60_000
    undo_last(gatehouse, card)
    assert standing(gatehouse, card).status is Status.PRESENT
    # As it was known before it was undone.
    assert standing(gatehouse, card, then).status is Status.ISOLATOR
    line = gatehouse.ask(prisoner_events.lines, gatehouse.officer, card.prisoner_id)[0]
    assert (line.value, line.undone, line.holds) == (Status.ISOLATOR, True, False)
    with pytest.raises(NotFound):
        undo_last(gatehouse, card)


def test_what_is_recorded_later_was_not_known_before(gatehouse: Gatehouse) -> None:
    card = gatehouse.prisoner()
    before = gatehouse.clock.at
    gatehouse.clock.at += 3_600_000
    record(gatehouse, card, STATUS, Status.COURT, before)
    assert standing(gatehouse, card, before).status is Status.PRESENT
    assert standing(gatehouse, card).status is Status.COURT


def test_the_only_word_on_where_somebody_is_cannot_be_undone(gatehouse: Gatehouse) -> None:
    card = gatehouse.prisoner()
    lines = gatehouse.ask(prisoner_events.lines, gatehouse.officer, card.prisoner_id)
    (only,) = (one for one in lines if one.kind is STATUS)
    with pytest.raises(Invalid):
        gatehouse.do(
            prisoner_events.undo, gatehouse.supervisor, card.prisoner_id, only.event_id
        )


def test_a_transfer_that_was_planned_gives_way_to_a_release(gatehouse: Gatehouse) -> None:
    card = gatehouse.prisoner()
    record(gatehouse, card, STATUS, Status.TRANSFERRED, moment_of(2026, 3, 20))
    record(gatehouse, card, STATUS, Status.RELEASED, gatehouse.clock.at + 1)
    assert standing(gatehouse, card, moment_of(2026, 3, 21)).status is Status.RELEASED


def test_who_comes_back_was_admitted_on_that_day(gatehouse: Gatehouse) -> None:
    card = gatehouse.prisoner()
    record(gatehouse, card, STATUS, Status.TRANSFERRED, moment_of(2026, 3, 10))
    record(gatehouse, card, STATUS, Status.QUARANTINE, moment_of(2026, 5, 4, 11))
    assert standing(gatehouse, card).admitted == date(2026, 3, 6)
    assert standing(gatehouse, card, moment_of(2026, 4, 1)).admitted is None
    assert standing(gatehouse, card, moment_of(2026, 6, 1)).admitted == date(2026, 5, 4)


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ((PrisonerEventKind.PRISON, "p2", moment_of(2026, 3, 6)), "kind"),
        ((STATUS, "holiday", moment_of(2026, 3, 6)), "value"),
        ((PrisonerEventKind.UNIT, " ", moment_of(2026, 3, 6)), "value"),
        ((STATUS, Status.COURT, moment_of(2027, 4, 1)), "from_day"),
        ((STATUS, Status.COURT, moment_of(1950, 1, 1)), "from_day"),
        ((STATUS, Status.DEAD, moment_of(2026, 3, 6), moment_of(2026, 3, 9)), "until"),
        ((STATUS, Status.COURT, moment_of(2026, 3, 6), moment_of(2026, 3, 5)), "until"),
        ((PrisonerEventKind.UNIT, "3", moment_of(2026, 3, 6), moment_of(2026, 3, 9)), "until"),
    ],
)
def test_an_event_that_cannot_be_names_its_field(
    gatehouse: Gatehouse, told: tuple[Any, ...], field: str
) -> None:
    card = gatehouse.prisoner()
    before = gatehouse.counts()
    with pytest.raises(Invalid) as refusal:
        record(gatehouse, card, *told)
    assert refusal.value.field == field
    assert gatehouse.written(before) == {}


def test_an_officer_may_see_events_and_not_record_them(gatehouse: Gatehouse) -> None:
    card = gatehouse.prisoner()
    new = NewEvent(STATUS, Status.COURT, gatehouse.clock.at)
    with pytest.raises(NotAllowed):
        gatehouse.do(prisoner_events.record, gatehouse.officer, card.prisoner_id, new)
    assert gatehouse.ask(prisoner_events.lines, gatehouse.officer, card.prisoner_id)


def test_an_isolator_puts_the_open_visit_up_for_review_until_it_is_undone(
    gatehouse: Gatehouse,
) -> None:
    card = gatehouse.prisoner()
    gatehouse.visit(card, gatehouse.visitor())
    gatehouse.clock.at += 1000
    record(gatehouse, card, STATUS, Status.ISOLATOR, gatehouse.clock.at)
    assert gatehouse.rows("SELECT kind FROM review") == [(ReviewKind.PRISONER_ISOLATED.value,)]
    undo_last(gatehouse, card)
    assert gatehouse.rows("SELECT reason FROM ending WHERE target = 'review'") == [
        ("cause_gone",)
    ]


@pytest.mark.parametrize("mistaken", [Status.PRESENT, Status.HOSPITAL])
def test_undoing_a_mistaken_status_puts_up_again_what_the_one_before_had_put_up(
    gatehouse: Gatehouse, mistaken: Status
) -> None:
    card = gatehouse.prisoner()
    gatehouse.visit(card, gatehouse.visitor())
    gatehouse.clock.at += 1000
    record(gatehouse, card, STATUS, Status.ISOLATOR, gatehouse.clock.at)
    for _twice in range(2):
        gatehouse.clock.at += 1000
        record(gatehouse, card, STATUS, mistaken, gatehouse.clock.at)
        undo_last(gatehouse, card)
        (line,) = gatehouse.ask(reviews.open_reviews, gatehouse.officer)
        assert (line.kind, line.what) == (ReviewKind.PRISONER_ISOLATED, Status.ISOLATOR)
    gatehouse.do(reviews.end, gatehouse.officer, line.review_id, ReviewEnding.NO_CHANGE)
    gatehouse.clock.at += 1000
    record(gatehouse, card, STATUS, mistaken, gatehouse.clock.at)
    undo_last(gatehouse, card)
    assert gatehouse.ask(reviews.open_reviews, gatehouse.officer) == (), "it was answered"
    gatehouse.must_be_whole()
