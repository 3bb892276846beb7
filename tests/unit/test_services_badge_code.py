"""A badge's code names exactly one badge, however it comes back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.badge_code import BadgeCode, decode, encode

parts = (
    st.integers(1, 99),
    st.integers(0, 99),
    st.integers(1, 999_999),
    st.integers(1, 9),
)


@given(*parts)
def test_what_the_printer_wrote_the_reader_reads(
    gate: int, year: int, number: int, member: int
) -> None:
    assert decode(encode(gate, year, number, member)) == BadgeCode(number, gate, year, member)


@given(*parts, st.integers(3, 14), st.integers(1, 9))
def test_one_wrong_digit_is_never_another_badge(
    gate: int, year: int, number: int, member: int, place: int, shift: int
) -> None:
    code = encode(gate, year, number, member)
    wrong = code[:place] + str((int(code[place]) + shift) % 10) + code[place + 1 :]
    assert decode(wrong) is None


@pytest.mark.parametrize(
    ("typed", "badge"),
    [
        ("4512", BadgeCode(4512)),
        ("004512", BadgeCode(4512)),
        ("V-26-004512", BadgeCode(4512, year=26)),
        ("v-26-4512", BadgeCode(4512, year=26)),
        ("V-26-004512-2", BadgeCode(4512, year=26, member=2)),
        ("26004512", BadgeCode(4512, year=26)),
        ("260045122", BadgeCode(4512, year=26, member=2)),
        ("V26004512", BadgeCode(4512, year=26)),
        ("26-4512", BadgeCode(4512, year=26)),
    ],
)
def test_a_number_may_be_typed_in_every_usual_form(typed: str, badge: BadgeCode) -> None:
    assert decode(typed) == badge


@pytest.mark.parametrize(
    "text", ["", "0", "Асанова", "P-26-000001", "GBV01260045121", "1234567"]
)
def test_what_is_no_badge_is_told_apart(text: str) -> None:
    assert decode(text) is None


def test_a_code_never_loses_a_digit_silently() -> None:
    with pytest.raises(ValueError):
        encode(1, 26, 1_000_000, 1)
    with pytest.raises(ValueError):
        encode(1, 26, 1, 10)
