"""Blocks with a check and commands with a length: what is broken is never opened."""

from __future__ import annotations

import re
from functools import reduce
from operator import xor

import pytest

from devices.readers.framing import (
    BlockEnd,
    Code,
    CodeFrame,
    Frame,
    Framer,
    MrzFrame,
    RejectedFrame,
)
from devices.readers.profiles import BlockCheck, Blocks, Profile, load
from devices.readers.rejects import RejectReason
from devices.sim.framings import Framing, framed
from tests.fuzz.zones import LAYOUTS, Lines, td1, td3
from tests.unit.mrz_builder import ASANOVA, BEKOV, BEKOV_PASSPORT

ZONES = {name: make(ASANOVA) for name, make in LAYOUTS.items()}
every_layout = pytest.mark.parametrize("lines", ZONES.values(), ids=ZONES)

# How a reader of each make sends, by its maker.
OWN = {
    "generic": Framing.CRLF,
    "access-is": Framing.CR,
    "desko-cute": Framing.CUTE,
    "3m": Framing.OU,
    "elyctis": Framing.TLV,
    "honeywell": Framing.CODE_ID,
    "newland": Framing.CRLF,
    "stx-lrc": Framing.STX_LRC,
}
LRC = load("stx-lrc")
OU = load("3m")
INTACT = BlockEnd(intact=True)
BROKEN = [RejectedFrame(RejectReason.MISREAD), BlockEnd(intact=False)]


def swiped(profile: Profile, *pieces: bytes) -> list[Frame]:
    framer = Framer(profile=profile)
    return [frame for piece in pieces for frame in framer.feed(piece)] + framer.quiet()


def documents(frames: list[Frame]) -> list[Frame]:
    return [frame for frame in frames if not isinstance(frame, BlockEnd)]


def block(text: bytes) -> bytes:
    covered = text + b"\3"
    return b"\2" + covered + bytes((reduce(xor, covered),))


@every_layout
@pytest.mark.parametrize("name", OWN)
def test_every_make_is_read_by_its_own_profile(name: str, lines: Lines) -> None:
    raw = framed(lines, OWN[name])
    profile = load(name)
    assert documents(swiped(profile, raw)) == [MrzFrame(lines)]
    assert documents(swiped(profile, *(bytes((byte,)) for byte in raw))) == [MrzFrame(lines)]
    assert documents(swiped(profile, raw + raw)) == [MrzFrame(lines)]


@every_layout
@pytest.mark.parametrize("name", ["access-is", "desko-cute", "elyctis", "honeywell", "newland"])
@pytest.mark.parametrize("framing", Framing)
def test_a_profile_without_a_check_reads_every_framing(
    framing: Framing, name: str, lines: Lines
) -> None:
    assert swiped(load(name), framed(lines, framing)) == [MrzFrame(lines)]


@every_layout
def test_an_intact_block_is_told_to_the_reader(lines: Lines) -> None:
    assert swiped(LRC, framed(lines, Framing.STX_LRC)) == [MrzFrame(lines), INTACT]


def test_a_reader_that_hears_nothing_is_told_nothing() -> None:
    assert swiped(OU, framed(td1(ASANOVA), Framing.OU)) == [MrzFrame(td1(ASANOVA))]


def test_a_block_is_opened_with_its_check_byte_and_not_before() -> None:
    raw = framed(td3(BEKOV_PASSPORT), Framing.STX_LRC)
    framer = Framer(profile=LRC)
    assert framer.feed(raw[:-1]) == []
    assert framer.unfinished
    assert framer.feed(raw[-1:]) == [MrzFrame(td3(BEKOV_PASSPORT)), INTACT]
    assert not framer.unfinished


@pytest.mark.parametrize("name", ["stx-lrc", "3m"])
def test_no_bit_can_turn_over_in_a_block_without_being_noticed(name: str) -> None:
    """Names have no check digit; here the block's check covers them."""
    profile = load(name)
    raw = framed(td1(ASANOVA), OWN[name])
    for place in range(len(raw) * 8):
        damaged = bytearray(raw)
        damaged[place // 8] ^= 1 << place % 8
        found = swiped(profile, bytes(damaged))
        # A block that lost its start mark is silence; any other is known to be broken.
        assert not [frame for frame in found if isinstance(frame, MrzFrame)]
        assert [frame for frame in found if isinstance(frame, RejectedFrame)]


def test_a_broken_block_is_sent_again_and_read() -> None:
    raw = framed(td3(BEKOV_PASSPORT), Framing.STX_LRC)
    broken = raw.replace(b"BEKOV", b"BFKOV")
    framer = Framer(profile=LRC)
    assert framer.feed(broken) == BROKEN
    assert framer.feed(raw) == [MrzFrame(td3(BEKOV_PASSPORT)), INTACT]


@pytest.mark.parametrize("lost", [0, 5, 50, -2, -1])
def test_a_lost_byte_breaks_its_block_and_not_the_next(lost: int) -> None:
    raw = framed(td3(BEKOV_PASSPORT), Framing.STX_LRC)
    at = lost % len(raw)
    framer = Framer(profile=LRC)
    found = framer.feed(raw[:at] + raw[at + 1 :]) + framer.quiet()
    assert BlockEnd(intact=False) in found
    assert not [frame for frame in found if isinstance(frame, MrzFrame)]
    assert framer.feed(raw) == [MrzFrame(td3(BEKOV_PASSPORT)), INTACT]


def test_a_block_right_behind_one_that_lost_its_end_is_read() -> None:
    raw = framed(td3(BEKOV_PASSPORT), Framing.STX_LRC)
    whole = [MrzFrame(td3(BEKOV_PASSPORT)), INTACT]
    assert swiped(LRC, raw[:-1], raw) == [*BROKEN, *whole]
    assert swiped(LRC, raw[:-2], raw) == [*BROKEN, *whole]
    assert swiped(LRC, raw[:40], raw) == [*BROKEN, *whole]


def test_a_check_byte_may_look_like_any_other() -> None:
    """Among the marks themselves: text is padded until its check byte is that."""
    for wanted in range(256):
        text = b"\r".join(line.encode() for line in td3(BEKOV_PASSPORT)) + b"\r"
        rest = reduce(xor, text + b"\3") ^ wanted
        # Two bytes that are no marks and together are what is missing.
        pair = next(
            bytes((first, first ^ rest))
            for first in range(0x20, 0x100)
            if first ^ rest not in (2, 3)
        )
        raw = block(text + pair)
        assert raw[-1] == wanted
        assert swiped(LRC, raw + raw) == [MrzFrame(td3(BEKOV_PASSPORT)), INTACT, INTACT]


def test_text_outside_of_a_block_is_not_trusted() -> None:
    assert swiped(LRC, framed(td1(ASANOVA), Framing.CRLF)) == BROKEN


def test_an_intact_block_without_a_document_says_what_it_is() -> None:
    assert swiped(LRC, block(b"hello")) == [RejectedFrame(RejectReason.UNKNOWN), INTACT]
    assert swiped(LRC, block(b"")) == [RejectedFrame(RejectReason.EMPTY), INTACT]


def test_a_code_in_a_block_is_read() -> None:
    code = Code(re.compile(r"GBV\d{4}"), 7, accepts=lambda text: True)
    framer = Framer([code], LRC)
    assert framer.feed(block(b"]C0GBV1234")) == [CodeFrame("GBV1234"), INTACT]


def test_blocks_without_a_check_may_still_want_an_answer() -> None:
    profile = Profile("ours", blocks=Blocks(b"\2", b"\3", ack=b"\6"))
    raw = framed(td1(BEKOV), Framing.STX_ETX)
    assert swiped(profile, raw) == [MrzFrame(td1(BEKOV)), INTACT]


def test_a_length_may_hold_the_marks() -> None:
    profile = Profile("ours", blocks=Blocks(b"\1", b"\3", header=2, check=BlockCheck.XOR))
    for length in (b"\3\1", b"\1\3", b"\3\3"):
        covered = length + b"\r".join(line.encode() for line in td1(BEKOV)) + b"\r\3"
        raw = b"\1" + covered + bytes((reduce(xor, covered),))
        assert swiped(profile, raw) == [MrzFrame(td1(BEKOV))]


@pytest.mark.parametrize("mark", [b"?", b"*", b"_", b"#"])
def test_what_was_not_made_out_is_never_guessed(mark: bytes) -> None:
    raw = framed(td3(BEKOV_PASSPORT), Framing.CUTE)
    for at in range(5, 40):
        marked = raw[:at] + mark + raw[at + 1 :]
        assert swiped(load("desko-cute"), marked) == [RejectedFrame(RejectReason.MISREAD)]


def test_a_blank_is_unread_where_the_profile_says_so() -> None:
    raw = framed(td3(BEKOV_PASSPORT)).replace(b"BEKOV", b"BEK V")
    assert swiped(Profile("ours", unread=b" "), raw) == [RejectedFrame(RejectReason.MISREAD)]


def test_padding_of_an_unread_line_is_misread() -> None:
    upper, lower = td3(BEKOV_PASSPORT)
    raw = framed((upper[:30] + "_" * 14, lower), Framing.OU)
    assert swiped(OU, raw) == [RejectedFrame(RejectReason.MISREAD)]


# ---- commands with a length


ELYCTIS = load("elyctis")


def command(name: bytes, value: bytes = b"") -> bytes:
    return name + len(value).to_bytes(2, "big") + value


@every_layout
@pytest.mark.parametrize("between", [b"", b"\r", b"\r\n", b"\n"])
def test_lines_may_stand_in_a_command_in_any_way(between: bytes, lines: Lines) -> None:
    value = between.join(line.encode() for line in lines)
    assert swiped(ELYCTIS, command(b"I", value)) == [MrzFrame(lines)]


def test_answers_to_orders_are_no_documents() -> None:
    answers = command(b"C", b"\1") + command(b"C") + command(b"P", b"\0")
    assert swiped(ELYCTIS, answers) == []
    raw = answers + framed(td1(ASANOVA), Framing.TLV) + answers
    assert swiped(ELYCTIS, raw) == [MrzFrame(td1(ASANOVA))]


def test_a_command_without_a_document_says_that_nothing_was_read() -> None:
    assert swiped(ELYCTIS, command(b"I")) == [RejectedFrame(RejectReason.EMPTY)]


def test_a_worn_document_is_told_with_the_last_byte_of_its_command() -> None:
    upper, lower = td3(BEKOV_PASSPORT)
    lines = upper, lower[:3] + "9" + lower[4:]
    framer = Framer(profile=ELYCTIS)
    assert framer.feed(framed(lines, Framing.TLV)) == [MrzFrame(lines)]


def test_a_command_that_breaks_off_is_truncated() -> None:
    raw = framed(td3(BEKOV_PASSPORT), Framing.TLV)
    framer = Framer(profile=ELYCTIS)
    assert framer.feed(raw[:60]) == []
    assert framer.unfinished
    assert framer.quiet() == [RejectedFrame(RejectReason.TRUNCATED)]
    assert framer.feed(raw) == [MrzFrame(td3(BEKOV_PASSPORT))]


def test_a_wrong_length_spoils_no_more_than_its_own_message() -> None:
    raw = framed(td3(BEKOV_PASSPORT), Framing.TLV)
    framer = Framer(profile=ELYCTIS)
    for high, low in [(0, 5), (1, 200), (2, 0), (255, 255)]:
        framer.feed(b"I" + bytes((high, low)) + raw[3:])
        framer.quiet()
        assert framer.feed(raw) == [MrzFrame(td3(BEKOV_PASSPORT))]
        assert framer.quiet() == []
