"""What a scale sends is the weight it shows, or is not understood; never another weight."""

from __future__ import annotations

from functools import reduce
from operator import xor

import pytest

from devices.scales.frames import Cas, Lines, Toledo
from devices.scales.lines import NotUnderstood, shown_by
from devices.scales.weights import MOVING, OVERLOADED, UNDERLOADED, Shown, grams

STILL, MOVES, UNSAID = True, False, None


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        # A&D EJ-120 manual, page 24; AD-4329A-DLC manual, page 35.
        ("ST,+00123.45  g", Shown(123, STILL)),
        ("US,+00123.45  g", Shown(123, MOVES)),
        ("ST,+0000.5000 kg", Shown(500, STILL)),
        ("ST,+00001.000 lb", Shown(454, STILL)),
        ("OL,+999999.9  g", OVERLOADED),
        ("OL,-999999.9  g", UNDERLOADED),
        ("OL,+9999999E+19", OVERLOADED),
        ("ST,+0000.1278,  g", Shown(0, STILL)),
        ("ST,G ,+01234.5kg", Shown(1_234_500, STILL)),
        ("ST,GS,+0005.400kg", Shown(5400, STILL)),
        ("ST,NT,-0000.350kg", Shown(-350, STILL, tared=True)),
        ("@01ST,NT,+0012.34kg", Shown(12_340, STILL, tared=True)),
        ("OL,GS,+     .  kg", OVERLOADED),
        ("ST,GS,+0005,400kg", Shown(5400, STILL)),
        # CAS CI-600D manual, page 74: device, lamps, eight characters, a blank, the unit.
        ("ST,GS,1\x8d,00013.50 kg", Shown(13_500, STILL)),
        ("US,NT,=\xc3,-0013.50 kg", Shown(-13_500, MOVES, tared=True)),
        ("ST,GS,1\x8d,  1350.0  g", Shown(1350, STILL)),
        ("OL,GS,1\x85,         kg", OVERLOADED),
        # MT-SICS reference manual, 3.2.1.
        ("S S     100.00 g", Shown(100, STILL)),
        ("S D      -5.40 kg", Shown(-5400, MOVES)),
        ("S I", MOVING),
        ("S +", OVERLOADED),
        ("S -", UNDERLOADED),
        # Ohaus Explorer, page 158; Sartorius LE, page 51.
        ("    192.21 g", Shown(192, UNSAID)),
        ("      0.01 g ?", MOVING),
        ("+   5.400 kg ", Shown(5400, UNSAID)),
        ("+   5.400    ", MOVING),
        ("N     + 123.45 g", Shown(123, UNSAID, tared=True)),
    ],
)
def test_a_line_of_the_makers_manual_is_what_the_scale_shows(line: str, shown: Shown) -> None:
    assert shown_by(line) == shown


def test_a_line_about_the_tare_is_no_weight() -> None:
    assert shown_by("ST,TR,+0000.350kg") is None
    assert shown_by("ST,T ,+0000.350kg") is None


@pytest.mark.parametrize(
    "line",
    [
        "QT,+00012345 PC",  # pieces
        "ST,+000123.4  %",
        "ST,+00012.34 ct",
        "ST,GS,+00.1.5kg",
        "ST,GS,+  1 2.kg 5",
        "ST,GS,kg",
        "ST,GS,1\x8d,00013.50 g",  # k is lost
        "ST,GS,1\x8d,0013.50 kg",
        "ST,GS,+99999.99 t",
        "S S 1.2.3 g",
        "ES",
        "5.4.0 kg",
        "5400 kg 3",
        "٣٤٥ kg",
        "",
    ],
)
def test_what_is_no_weight_is_not_understood(line: str) -> None:
    with pytest.raises(NotUnderstood):
        shown_by(line)


def test_numbers_without_a_unit_take_that_of_the_profile() -> None:
    assert shown_by("   5.400", "kg") == Shown(5400, UNSAID)
    assert shown_by("ST,GS,+0005.400", "kg") == Shown(5400, STILL)
    with pytest.raises(NotUnderstood):
        shown_by("ST,GS,+0005.400")


@pytest.mark.parametrize(
    ("number", "unit", "weight"),
    [
        ("20.000", "kg", 20_000),
        ("20.0006", "kg", 20_001),
        ("-0.000", "kg", 0),
        ("1", "LB", 454),
        ("44.0925", "lb", 20_000),
        ("16", "oz", 454),
        ("2.0", "t", 2_000_000),
        ("2.1", "t", None),
        ("99999999999", "g", None),
        ("5.4", "st", None),
        ("", "kg", None),
        ("+", "kg", None),
        (".", "kg", None),
    ],
)
def test_grams_are_whole_whatever_the_unit(number: str, unit: str, weight: int | None) -> None:
    assert grams(number, unit) == weight


# ---- messages in pieces


def test_lines_are_cut_by_either_end_mark_and_in_any_pieces() -> None:
    sent = b"ST,GS,+0005.400kg\r\nUS,GS,+0005.500kg\r\x02S S 1.00 kg\x03\n\r\n"
    whole = [Shown(5400, STILL), Shown(5500, MOVES), Shown(1000, STILL)]
    assert Lines().feed(sent) == whole
    framer = Lines()
    assert [shown for byte in sent for shown in framer.feed(bytes([byte]))] == whole


def test_noise_without_an_end_is_not_kept() -> None:
    framer = Lines()
    assert set(framer.feed(b"\xff" * 5000)) == {None}
    assert framer.feed(b"\rST,GS,+0005.400kg\r")[-1] == Shown(5400, STILL)


def toledo(a: int, b: int, c: int, weight: str, *, check: bool = False) -> bytes:
    text = b"\x02" + bytes((a, b, c)) + weight.encode() + b"000000\r"
    return text + (bytes([-sum(text) & 0x7F]) if check else b"")


# Wildcat technical manual, tables 6-9 to 6-11: three decimals, steps of one; kilograms.
A, KG = 0b0101_101, 0b011_0000


@pytest.mark.parametrize(
    ("message", "shown"),
    [
        (toledo(A, KG, 0x20, "005400"), Shown(5400, STILL)),
        (toledo(A, KG, 0x20, "  5400"), Shown(5400, STILL)),
        (toledo(A, KG | 0b1000, 0x20, "005400"), Shown(5400, MOVES)),
        (toledo(A, KG | 0b0011, 0x20, "000350"), Shown(-350, STILL, tared=True)),
        (toledo(A, KG | 0b0100, 0x20, "      ".replace(" ", "0")), OVERLOADED),
        (toledo(A, KG | 0b0110, 0x20, "000000"), UNDERLOADED),
        (toledo(A, KG | 0b100_0000, 0x20, "005400"), MOVING),
        (toledo(A, 0x20, 0x20, "001000"), Shown(454, STILL)),  # a pound
        (toledo(0b0101_010, 0x20, 0x21, "005400"), Shown(5400, STILL)),  # grams
        (toledo(0b0101_001, KG, 0x20, "000002"), Shown(20_000, STILL)),  # a dummy zero
    ],
)
def test_a_toledo_message_is_what_the_scale_shows(message: bytes, shown: Shown) -> None:
    assert Toledo().feed(message) == [shown]
    parity = bytes(byte | 0x80 if byte.bit_count() % 2 else byte for byte in message)
    assert Toledo().feed(parity) == [shown]


def test_a_check_byte_that_nobody_asked_for_is_passed_over() -> None:
    one, other = toledo(A, KG, 0x20, "005400", check=True), toledo(A, KG, 0x20, "005401")
    assert Toledo().feed(one + other) == [Shown(5400, STILL), Shown(5401, STILL)]


def test_a_check_byte_that_was_asked_for_must_be_right() -> None:
    message = toledo(A, KG, 0x20, "005400", check=True)
    assert Toledo(checked=True).feed(message * 2) == [Shown(5400, STILL)] * 2
    wrong = message.replace(b"5400", b"9400")
    assert Toledo(checked=True).feed(wrong + message) == [None, Shown(5400, STILL)]
    assert Toledo(checked=True).feed(message[:-1]) == []


def cas(state: str, weight: str) -> bytes:
    text = f"{state}{weight}".encode()
    return b"\x01\x02" + text + bytes([reduce(xor, text)]) + b"\x03\x04"


@pytest.mark.parametrize(
    ("message", "shown"),
    [
        (cas("S", "  5.400kg"), Shown(5400, STILL)),
        (cas("U", "  5.400kg"), Shown(5400, MOVES)),
        (cas("S", "- 0.350kg"), Shown(-350, STILL)),
        (cas("S", "   123.7g "), Shown(124, STILL)),
        (cas("S", "FFFFFFFkg"), OVERLOADED),
    ],
)
def test_a_cas_answer_is_what_the_scale_shows(message: bytes, shown: Shown) -> None:
    assert Cas().feed(message) == [shown]
    framer = Cas()
    assert [one for byte in b"\x06" + message for one in framer.feed(bytes([byte]))] == [shown]


def test_a_cas_answer_with_a_wrong_check_is_not_understood_and_the_next_one_is() -> None:
    right = cas("S", "  5.400kg")
    assert Cas().feed(right.replace(b"5.4", b"9.4") + right) == [None, Shown(5400, STILL)]
    assert Cas().feed(right[:6] + right[-2:] + right) == [Shown(5400, STILL)]
    assert Cas().feed(right[:6] + right[-2:])[-1] is None
