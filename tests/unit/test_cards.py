"""What the officer reads of a reason, a person and a prisoner."""

from __future__ import annotations

from datetime import date

from kiosk.codes import BanGround, ReasonCode
from kiosk.rules.decision import Reason
from kiosk.screens import cards
from kiosk.widgets.lines import plain


def test_a_ban_is_told_with_its_end_its_rule_its_day_and_its_ground_and_no_id() -> None:
    ban = Reason(
        ReasonCode.BANNED,
        "R-06",
        "order 110",
        free_from=date(2026, 12, 1),
        until=date(2026, 11, 30),
        restriction="0193f2a0-1111-7222-8333-abcdc1979e3b",
        since=date(2026, 3, 1),
        ground=BanGround.FORBIDDEN_THINGS.value,
    )
    first, second = (plain(one) for one in cards.reason_lines(1, ban, ""))
    assert first.startswith("  1  Banned until 30.11.2026")
    assert first.endswith("free from 01.12.2026")
    assert second == (
        "     rule R-06: order 110; ban of 01.03.2026, ground: forbidden things found"
    )


def test_a_kyrgyz_personal_number_is_grouped_and_a_foreign_one_whole() -> None:
    assert cards.grouped("20511197900457") == "2 05111979 00457"
    assert cards.grouped("3110180A001PB1") == "3110180A001PB1"
    assert cards.grouped("850701400123") == "850701400123"
