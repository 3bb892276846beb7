"""Adult on the eighteenth birthday itself, a child while the birth is unknown."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from kiosk.codes import (
    ReasonCode,
)
from kiosk.rules.ages import adult_from, years_old
from tests.unit.rules import (
    DAY,
    child,
    codes,
    facts,
)


@pytest.mark.parametrize(
    ("birth", "adult_on"),
    [
        ("2008-04-01", date(2026, 4, 1)),
        ("2008-02-29", date(2026, 3, 1)),
        ("2008-04", date(2026, 5, 1)),
        ("2008-12", date(2027, 1, 1)),
        ("2008", date(2027, 1, 1)),
        ("", None),
        ("2008-13-45", None),
        ("9990", None),
    ],
)
def test_somebody_is_an_adult_from_the_eighteenth_birthday_on(
    birth: str, adult_on: date | None
) -> None:
    assert adult_from(birth) == adult_on
    if adult_on is not None:
        assert years_old(birth, adult_on) == 18
        assert years_old(birth, adult_on - timedelta(1)) == 17


def test_an_unknown_age_makes_no_adult() -> None:
    assert codes(facts(people=(child("C", ""),))) == [ReasonCode.NO_ADULT]
    assert years_old("", DAY) is None
    assert years_old("2027-01-01", DAY) is None
