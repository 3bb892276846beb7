"""Who goes in by an override, and which reasons nobody signs away."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.codes import Outcome, ReasonCode
from kiosk.rules.decision import Decision, Reason
from kiosk.rules.overriding import NOT_OVERRIDABLE, let_in_by_two

REFUSED = Decision(Outcome.REFUSED, (), (), balance=None, rules=(), next_allowed=None)
OVERRIDABLE = frozenset(ReasonCode) - NOT_OVERRIDABLE


def refused(
    *reasons: tuple[ReasonCode, str | None], admitted: tuple[str, ...] = ()
) -> Decision:
    told = tuple(Reason(code, "R", "article 1", person=person) for code, person in reasons)
    return replace(REFUSED, reasons=told, admitted=admitted)


@pytest.mark.parametrize("code", sorted(OVERRIDABLE))
@pytest.mark.parametrize("person", ["A", None])
def test_two_persons_sign_against_any_other_reason(
    code: ReasonCode, person: str | None
) -> None:
    assert let_in_by_two(refused((code, person)), ["A"]) == ("A",)


@pytest.mark.parametrize("code", sorted(NOT_OVERRIDABLE))
def test_nobody_signs_away_the_bounds_of_the_law(code: ReasonCode) -> None:
    decision = refused((code, "A"), (ReasonCode.BANNED, "A"))
    assert let_in_by_two(decision, ["A"]) == ()


def test_where_the_prisoner_is_not_here_nobody_goes_in() -> None:
    decision = refused((ReasonCode.NOT_IN_PRISON, None), (ReasonCode.BANNED, "A"))
    assert let_in_by_two(decision, ["A", "B"]) == ()


def test_of_a_group_those_go_in_whose_reasons_can_be_overridden() -> None:
    decision = refused(
        (ReasonCode.BANNED, "A"), (ReasonCode.ALREADY_INSIDE, "B"), admitted=("C",)
    )
    assert let_in_by_two(decision, ["A", "B", "C"]) == ("A", "C")


def test_a_child_goes_in_with_the_adult_who_is_signed_for_and_never_alone() -> None:
    alone = (ReasonCode.NO_ADULT, "child")
    with_adult = refused((ReasonCode.BANNED, "adult"), alone)
    assert let_in_by_two(with_adult, ["adult", "child"]) == ("adult", "child")
    with_nobody = refused((ReasonCode.ALREADY_INSIDE, "adult"), alone)
    assert let_in_by_two(with_nobody, ["adult", "child"]) == ()
    assert let_in_by_two(refused(alone), ["child"]) == ()


def test_a_signature_that_lets_in_nobody_more_is_none() -> None:
    decision = refused((ReasonCode.ALREADY_INSIDE, "B"), admitted=("A",))
    assert let_in_by_two(decision, ["A", "B"]) == ()
