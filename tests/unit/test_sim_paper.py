"""What the simulated printer puts on its paper, by the words of Epson's reference."""

from __future__ import annotations

from typing import Any

import pytest

from devices.sim.printer import SimulatedPrinter

INITIALISE = b"\x1b@\x1c."
CUT = b"\x1dV\x00"
PICTURE = b"\x1dv0\x00\x48\x00\x18\x00" + bytes(72 * 24)


def printed(commands: bytes, **settings: Any) -> str:
    """The paper that `commands` make, cut off."""
    printer = SimulatedPrinter(**settings)
    printer.take(INITIALISE + commands + CUT)
    assert len(printer.papers) == 1
    return printer.papers[0]


def qr(data: bytes) -> bytes:
    length = (len(data) + 3).to_bytes(2, "little")
    return b"\x1d(k" + length + b"1P0" + data + b"\x1d(k\x03\x001Q0"


def code128(data: bytes) -> bytes:
    return b"\x1dkI" + bytes((len(data),)) + data


# ---- letters


@pytest.mark.parametrize(
    ("number", "codec", "text"),
    [
        (0, "cp437", "Müller ½"),
        (17, "cp866", "Ёлка № 16"),
        (46, "cp1251", "Ёлка «№ 16» — тире"),
        (53, "kz1048", "Өмүрбек уулу Эңилчек «№ 16»"),
    ],
)
def test_letters_are_those_of_the_chosen_code_page(number: int, codec: str, text: str) -> None:
    assert printed(b"\x1bt" + bytes((number,)) + text.encode(codec) + b"\n") == text


def test_a_code_page_that_it_lacks_leaves_the_one_before() -> None:
    assert printed(b"\x1bt\x11\x1bt\xfe" + "Ёлка".encode("cp866") + b"\n") == "Ёлка"


def test_initialising_brings_the_first_code_page_back_and_throws_the_row_away() -> None:
    assert printed(b"\x1bt\x35gone\x1b@\x1c.\x81\n") == "ü"


def test_a_printer_for_the_chinese_market_prints_hieroglyphs_until_it_is_told_not_to() -> None:
    chinese = SimulatedPrinter(chinese=True)
    russian = b"\x1bt\x11" + "Асан".encode("cp866") + b"\n"
    chinese.take(b"\x1b@" + russian + b"\x1c." + russian + b"\x1b@" + russian + CUT)
    rows = chinese.papers[0].splitlines()
    assert [row == "Асан" for row in rows] == [False, True, False]
    assert "牠" in rows[0]


def test_hieroglyphs_are_two_letters_wide() -> None:
    text = "中" * 30
    rows = printed(b"\x1c&" + text.encode("gb18030") + b"\n").splitlines()
    assert rows == ["中" * 24, "中" * 6]


DOTS = bytes(range(1, 37))
DEFINED = b"\x1b&\x03\xaf\xaf\x0c" + DOTS + b"\x1b%\x01"


def test_a_letter_that_the_host_drew_is_printed_in_place_of_its_code() -> None:
    assert printed(DEFINED + b"A\xaf\n", drawings={DOTS: "ң"}) == "Aң"
    assert printed(DEFINED + b"A\xaf\n") == "A▒"


@pytest.mark.parametrize("undone", [b"\x1b%\x00", b"\x1b?\xaf", b"\x1b@\x1c.\x1b%\x01"])
def test_a_drawn_letter_ends_with_its_mode_its_cancelling_or_initialising(
    undone: bytes,
) -> None:
    assert printed(DEFINED + undone + b"\xaf\n", drawings={DOTS: "ң"}) == "»"


# ---- rows


def test_a_full_row_is_printed_and_the_rest_goes_on_below() -> None:
    assert printed(b"x" * 50 + b"\n") == "x" * 48 + "\nxx"
    assert printed(b"x" * 33 + b"\n", columns=32) == "x" * 32 + "\nx"


def test_wide_letters_need_two_places() -> None:
    assert printed(b"\x1d!\x10" + b"x" * 25 + b"\n") == "x " * 23 + "x\nx"
    assert printed(b"\x1b!\x20ab\x1b!\x00c\n") == "a b c"


def test_small_letters_need_less() -> None:
    assert printed(b"\x1bM\x01" + b"x" * 65 + b"\n") == "x" * 64 + "\nx"


@pytest.mark.parametrize(
    ("how", "row"), [(0, "V-26-1"), (1, " " * 21 + "V-26-1"), (2, " " * 42 + "V-26-1")]
)
def test_a_row_stands_left_in_the_middle_or_right(how: int, row: str) -> None:
    assert printed(b"\x1ba" + bytes((how,)) + b"V-26-1\n") == row
    assert printed(b"\x1ba" + bytes((48 + how,)) + b"V-26-1\n") == row


def test_alignment_is_chosen_at_the_beginning_of_a_row_only() -> None:
    assert printed(b"a\x1ba\x02b\nc\n") == "ab\nc"


def test_tabulators_and_positions_move_to_columns() -> None:
    assert printed(b"a\tb\tc\n") == "a       b       c"
    assert printed(b"\x1bD\x05\x0a\x00a\tb\tc\td\n") == "a    b    cd"
    assert printed(b"a\x1b$\x90\x00b\n") == "a" + " " * 11 + "b"
    assert printed(b"ab\x1b\\\x18\x00c\x1b\\\xe8\xffd\n") == "ab dc"


def test_a_position_outside_of_the_paper_is_ignored() -> None:
    assert printed(b"a\x1b$\x40\x02b\n") == "ab"


def test_feeding_prints_the_row_first() -> None:
    assert printed(b"a\x1bd\x03b\n") == "a\n\n\nb"
    assert printed(b"a\x1bJ\x40b\n") == "a\nb"
    assert printed(b"a\x1bd\x00b\n") == "a\nb"


def test_a_cut_in_the_middle_of_a_row_is_ignored() -> None:
    printer = SimulatedPrinter()
    printer.take(b"a" + CUT)
    assert printer.papers == []
    printer.take(b"\n" + CUT)
    assert printer.papers == ["a"]


@pytest.mark.parametrize(
    "cut", [b"\x1dV\x00", b"\x1dV1", b"\x1dVA\x10", b"\x1dVB\x00", b"\x1bi", b"\x1bm"]
)
def test_every_way_of_cutting_cuts(cut: bytes) -> None:
    printer = SimulatedPrinter()
    printer.take(b"a\n" + cut + b"b\n" + cut)
    assert printer.papers == ["a", "b"]


# ---- pictures and codes


def test_a_picture_is_shown_by_its_size() -> None:
    assert printed(b"a\n" + PICTURE + b"b\n") == "a\n[drawn 576x24]\nb"


def test_a_picture_wider_than_the_paper_is_not_drawn() -> None:
    assert printed(PICTURE + b"b\n", columns=32) == "\nb"


def test_a_picture_in_the_middle_of_a_row_is_ignored() -> None:
    assert printed(b"a" + PICTURE + b"b\n") == "ab"


def test_graphics_are_stored_and_printed() -> None:
    data = b"0p0\x01\x011\x10\x00\x08\x00" + bytes(16)
    stored = b"\x1d8L" + len(data).to_bytes(4, "little") + data
    assert printed(stored + b"a\n\x1d(L\x02\x0002\n") == "a\n[drawn 16x8]"


def test_codes_are_shown_by_what_they_say() -> None:
    assert printed(qr(b"GBV012600451210")) == "[QR GBV012600451210]"
    assert printed(code128(b"{BV-26-1")) == "[CODE128 V-26-1]"
    assert printed(code128(b"{C\x01\x17\x0c{BA{{")) == "[CODE128 012312A{]"
    assert printed(b"\x1dk\x044711\x00") == "[CODE39 4711]"


def test_codes_stand_where_the_row_would() -> None:
    assert printed(b"\x1ba\x01" + qr(b"GBV")) == "[QR GBV]".center(48).rstrip()


def test_a_barcode_without_its_code_set_or_wider_than_the_paper_is_not_printed() -> None:
    assert printed(code128(b"V-26-1") + b"a\n") == "a"
    # 13 symbols of 11 modules, and the stop sign of 13: 156 modules of 3 dots are 468.
    twelve = code128(b"{B" + b"x" * 11)
    assert "[CODE128" in printed(twelve + b"a\n", columns=39)
    assert printed(twelve + b"a\n", columns=38) == "\na"
    assert "[CODE128" in printed(b"\x1dw\x02" + twelve + b"a\n", columns=38)


# ---- the stream


WHOLE = (
    INITIALISE
    + b"\x1bt\x35\x1ba\x01\x1d!\x11\x1bE\x01V-26-1\n\x1d!\x00\x1bE\x00\x1ba\x00"
    + DEFINED
    + "Өмүрбек\n".encode("kz1048")
    + b"\x1bD\x08\x00a\tb\x1b$\x20\x01c\n"
    + PICTURE
    + qr(b"GBV012600451210")
    + code128(b"{BV-26-1")
    + b"\x1dk\x044711\x00\x1b*\x21\x02\x00abcdef\n\x1bd\x06\x1dVB\x00"
)


def test_a_paper_that_comes_byte_by_byte_is_the_same() -> None:
    whole, by_bytes = SimulatedPrinter(), SimulatedPrinter()
    whole.take(WHOLE)
    for byte in WHOLE:
        by_bytes.take(bytes((byte,)))
    assert by_bytes.papers == whole.papers
    assert len(whole.papers) == 1
    assert whole.raw_papers == [WHOLE]


def test_an_unknown_command_is_dropped_and_what_stands_behind_it_is_text() -> None:
    assert printed(b"\x1byx\x1dzy\x07\n") == "xy"


def test_unknown_functions_of_known_length_are_passed_over() -> None:
    assert printed(b"\x1d(Z\x03\x00abc\x1c(A\x02\x000\x00d\n") == "d"


def test_a_picture_that_was_cut_off_swallows_what_comes_next_until_it_is_full() -> None:
    """Whoever goes on after a broken line must fill it first, or the next paper suffers."""
    printer = SimulatedPrinter()
    printer.take(PICTURE[:100])
    printer.take(b"\x1b@lost\n")
    printer.take(bytes(8192) + b"\x1b@kept\n" + CUT)
    assert printer.papers == ["[drawn 576x24]\nkept"]


def test_questions_are_no_part_of_a_paper() -> None:
    printer = SimulatedPrinter()
    printer.take(
        b"\x10\x04\x01\x1b@\x1da\xffa\n\x10\x04\x04\x1dIC" + CUT + b"\x1dr\x01b\n" + CUT
    )
    assert printer.raw_papers == [b"\x1b@a\n" + CUT, b"b\n" + CUT]
