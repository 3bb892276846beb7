"""CODE128 for a printer: pairs of digits share a bar pattern, and no byte is a command."""

from __future__ import annotations

import re
from string import digits, printable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from devices.printers.code128 import symbols
from tests.paper.code128 import parse

COMMAND = re.compile(rb"\x10[\x04\x05\x14]")


def test_the_number_of_a_paper_takes_half_of_its_digits() -> None:
    # P, gate 01, year 26, number 004512, check digit 7: a digit too many stays alone.
    code = symbols("P01260045127")
    assert code.data == b"{BP0{C" + bytes((12, 60, 4, 51, 27))
    assert code.modules == (1 + 2 + 1 + 5 + 1) * 11 + 13


def test_a_brace_is_doubled() -> None:
    assert symbols("a{1").data == b"{Ba{{1"


def test_a_number_that_would_be_a_real_time_command_is_written_in_single_digits() -> None:
    # In code set C, 16 04 01 are the bytes of DLE EOT 1.
    assert symbols("160401").data == b"{B160401"
    assert symbols("1620").data == b"{B1620"
    assert symbols("1621").data == b"{C\x10\x15"


@pytest.mark.parametrize("text", ["", "Ө", "a\n", "\x10\x04\x01", "A" * 300])
def test_what_code128_cannot_hold_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        symbols(text)


@settings(deadline=None)
@given(
    text=st.one_of(
        st.text(alphabet=[c for c in printable if c.isprintable()], min_size=1, max_size=40),
        st.text(alphabet=digits, min_size=1, max_size=24),
    )
)
def test_an_independent_reading_gives_the_text_and_the_width(text: str) -> None:
    code = symbols(text)
    assert not COMMAND.search(code.data)
    read = parse(code.data)
    assert read.text == text
    assert read.modules == code.modules
