"""The code at the foot of a paper names exactly one paper, however it comes back."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.readers.framing import CodeFrame, Framer
from kiosk import badge_code
from kiosk.codes import Series
from kiosk.paper_code import PaperCode, decode, encode, encode_ticket, of_number, shown
from kiosk.wiring import OUR_CODES

parts = (
    st.sampled_from(list(Series)),
    st.integers(1, 99),
    st.integers(0, 99),
    st.integers(1, 999_999),
)


@given(*parts)
def test_what_the_printer_wrote_the_reader_reads(
    series: Series, gate: int, year: int, number: int
) -> None:
    assert decode(encode(series, gate, year, number)) == PaperCode(series, gate, year, number)


@given(*parts, st.integers(1, 11), st.integers(1, 9))
def test_one_wrong_digit_is_never_another_paper(
    series: Series, gate: int, year: int, number: int, place: int, shift: int
) -> None:
    code = encode(series, gate, year, number)
    wrong = code[:place] + str((int(code[place]) + shift) % 10) + code[place + 1 :]
    assert decode(wrong) is None


def test_a_code_is_made_of_the_number_that_people_see() -> None:
    assert of_number(1, "P-26-003341") == encode(Series.PACKAGE, 1, 2026, 3341)
    assert shown(of_number(1, "P-26-003341")) == "P26003341-8"


def test_the_ticket_of_yesterday_has_another_code_than_that_of_today() -> None:
    today = encode_ticket(1, date(2026, 11, 24), 46)
    assert decode(today) == PaperCode(Series.TICKET, 1, 26, 328_046)
    assert encode_ticket(1, date(2026, 11, 23), 46) != today


@pytest.mark.parametrize("text", ["", "GBV012600451218", "B01260033410", "P0126003341", "4512"])
def test_what_is_no_code_of_a_paper_is_told_apart(text: str) -> None:
    assert decode(text) is None
    assert shown(text) == text


def test_a_code_never_loses_a_digit_silently() -> None:
    with pytest.raises(ValueError):
        encode(Series.VISIT, 1, 26, 1_000_000)
    with pytest.raises(ValueError):
        encode(Series.VISIT, 100, 26, 1)
    with pytest.raises(ValueError):
        encode_ticket(1, date(2026, 11, 24), 1000)


def test_a_reader_takes_the_end_of_a_badge_for_no_paper() -> None:
    papers = [encode(series, 1, 26, 328_046) for series in Series]
    badges = [badge_code.encode(1, 26, n, m) for n in range(1, 60) for m in range(1, 10)]
    for code in (*papers, *badges):
        read = Framer(OUR_CODES).feed(code.encode() + b"\r")
        assert read == [CodeFrame(code)]
