"""Bytes that mean something else than they say: parity, other keyboards, other fillers."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from devices.mrz import ReasonCode, read
from devices.readers.framing import Framer, MrzFrame, RejectedFrame
from devices.readers.profiles import GENERIC, Profile
from devices.readers.rejects import RejectReason
from devices.sim.framings import Framing, framed
from tests.fuzz.zones import LAYOUTS, Lines, td1, td3
from tests.unit.mrz_builder import ASANOVA, BEKOV_PASSPORT
from tests.unit.reader_desk import TODAY

ZONES = {name: make(ASANOVA) for name, make in LAYOUTS.items()}
every_layout = pytest.mark.parametrize("lines", ZONES.values(), ids=ZONES)

# The keys of a US keyboard and what the Russian layout types with Shift held: written down
# from a keyboard, so that the program's own table is tested by another.
_US = "QWERTYUIOPASDFGHJKLZXCVBNM<"
_RUSSIAN = "ЙЦУКЕНГШЩЗФЫВАПРОЛДЯЧСМИТЬБ"


def even(raw: bytes) -> bytes:
    return bytes(byte | (byte.bit_count() & 1) << 7 for byte in raw)


def odd(raw: bytes) -> bytes:
    return bytes(byte | (~byte.bit_count() & 1) << 7 for byte in raw)


def mark(raw: bytes) -> bytes:
    return bytes(byte | 0x80 for byte in raw)


def typed_in_russian(raw: bytes) -> str:
    return raw.decode().translate(str.maketrans(_US, _RUSSIAN))


def swiped(raw: bytes, profile: Profile = GENERIC) -> list[object]:
    framer = Framer(profile=profile)
    return [*framer.feed(raw), *framer.quiet()]


@every_layout
@pytest.mark.parametrize("framing", Framing)
@pytest.mark.parametrize("parity", [even, odd, mark])
def test_a_parity_bit_taken_for_data_is_dropped(
    parity: Callable[[bytes], bytes], framing: Framing, lines: Lines
) -> None:
    assert swiped(parity(framed(lines, framing))) == [MrzFrame(lines)]


def test_a_parity_bit_loses_nothing_so_the_document_is_ok() -> None:
    assert read(even(framed(td3(BEKOV_PASSPORT))), TODAY).status == "ok"


def test_one_byte_of_wrong_parity_was_damaged_and_makes_the_reading_useless() -> None:
    raw = bytearray(even(framed(td3(BEKOV_PASSPORT))))
    for at in range(len(raw)):
        damaged = bytearray(raw)
        damaged[at] ^= 1
        assert read(bytes(damaged), TODAY).status == "reject"


@every_layout
@pytest.mark.parametrize("encoding", ["utf-8", "cp1251", "cp866", "koi8-r"])
@pytest.mark.parametrize("framing", [Framing.CR, Framing.RAW_CR, Framing.TAB])
def test_a_reader_that_typed_under_the_russian_layout_is_read(
    framing: Framing, encoding: str, lines: Lines
) -> None:
    raw = typed_in_russian(framed(lines, framing)).encode(encoding)
    assert swiped(raw) == [MrzFrame(lines)]
    assert swiped(typed_in_russian(framed(lines, framing)).lower().encode(encoding)) == [
        MrzFrame(lines)
    ]


def test_another_layout_loses_nothing_so_the_document_is_ok() -> None:
    raw = typed_in_russian(framed(td1(ASANOVA))).encode()
    assert read(raw, TODAY).status == "ok"
    assert read(raw, TODAY).surname == "ASANOVA"


def test_a_worn_document_typed_under_the_russian_layout_keeps_its_lines() -> None:
    upper, lower = td3(BEKOV_PASSPORT)
    lines = upper, lower[:3] + "9" + lower[4:]
    assert swiped(typed_in_russian(framed(lines)).encode()) == [MrzFrame(lines)]


@every_layout
@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-16", "utf-8-sig"])
def test_wide_characters_and_marks_of_byte_order_do_no_harm(
    encoding: str, lines: Lines
) -> None:
    assert swiped(framed(lines).decode().encode(encoding)) == [MrzFrame(lines)]


@every_layout
@pytest.mark.parametrize(
    ("sign", "encoding"),
    [("«", "utf-8"), ("«", "cp1251"), (";", "ascii"), ("‹", "utf-8"), (" ", "ascii")],
)
def test_another_sign_for_the_filler_is_put_right_and_told(
    sign: str, encoding: str, lines: Lines
) -> None:
    raw = "\r\n".join(lines).replace("<", sign).encode(encoding)
    places = tuple(
        (number, column)
        for number, line in enumerate(lines)
        for column, character in enumerate(line)
        if character == "<"
    )
    assert swiped(raw) == [MrzFrame(lines, places)]
    document = read(raw, TODAY)
    assert document.status == "review"
    assert document.has(ReasonCode.REPAIRED)
    assert set(places) <= set(document.repaired)


@every_layout
def test_one_sign_for_two_fillers_is_put_right_and_told(lines: Lines) -> None:
    raw = "\r\n".join(lines).replace("<<", "«").encode()
    (frame,) = swiped(raw)
    assert isinstance(frame, MrzFrame)
    assert frame.lines == lines
    assert frame.repaired
    assert read(raw, TODAY).status == "review"


def test_signs_that_fit_no_check_digit_are_never_put_right() -> None:
    upper, lower = td3(BEKOV_PASSPORT)
    wrong = (upper, lower[:3] + "9" + lower[4:])
    raw = "\r\n".join(wrong).replace("<", ";").encode()
    assert swiped(raw) == [RejectedFrame(RejectReason.MISREAD)]


def test_a_blank_among_fillers_is_a_character_not_made_out() -> None:
    upper, lower = td3(BEKOV_PASSPORT)
    for at in range(5, 44):
        raw = f"{upper[:at]} {upper[at + 1 :]}\r\n{lower}\r\n".encode()
        assert read(raw, TODAY).status != "ok"
        assert not [frame for frame in swiped(raw) if getattr(frame, "repaired", ())]


def test_a_sign_that_the_reader_uses_for_what_it_could_not_read_is_no_filler() -> None:
    raw = "\r\n".join(td3(BEKOV_PASSPORT)).replace("<", ";").encode()
    assert swiped(raw, Profile("ours", unread=b";")) == [RejectedFrame(RejectReason.MISREAD)]
    blank = raw.replace(b";", b" ")
    assert swiped(blank, Profile("ours", unread=b" ")) == [RejectedFrame(RejectReason.MISREAD)]
