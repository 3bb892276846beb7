"""Bytes of any reader → documents, codes and rejections."""

from __future__ import annotations

import os
import pickle
import random
import re
from collections.abc import Callable, Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mrz_builder import ASANOVA, BEKOV, BEKOV_PASSPORT, KARIMOV
from reader_desk import BADGE, BADGE_TEXT, TODAY

from devices.mrz import as_json, parse
from devices.readers.framing import (
    Code,
    CodeFrame,
    Frame,
    Framer,
    MrzFrame,
    RejectedFrame,
)
from devices.readers.rejects import RejectReason
from devices.sim.reader import Framing, framed

DOCUMENTS = [ASANOVA.td1(), BEKOV.td1(), BEKOV_PASSPORT.td3(), KARIMOV.td1()]


def frames(*pieces: bytes) -> list[Frame]:
    framer = Framer([BADGE])
    found = [frame for piece in pieces for frame in framer.feed(piece)]
    return found + framer.quiet()


def rejects(raw: bytes) -> list[RejectReason]:
    return [frame.reason for frame in frames(raw) if isinstance(frame, RejectedFrame)]


@pytest.mark.parametrize("framing", Framing)
@pytest.mark.parametrize("lines", DOCUMENTS, ids=["card", "card 2", "passport", "Uzbek card"])
def test_every_framing_gives_the_document_once(
    framing: Framing, lines: tuple[str, ...]
) -> None:
    raw = framed(lines, framing)
    assert frames(raw) == [MrzFrame(lines)]
    assert frames(*(bytes((byte,)) for byte in raw)) == [MrzFrame(lines)]
    assert frames(raw.lower()) == [MrzFrame(lines)]


@pytest.mark.parametrize("framing", Framing)
def test_the_same_document_glued_twice_is_one(framing: Framing) -> None:
    raw = framed(BEKOV_PASSPORT.td3(), framing)
    assert frames(raw + raw) == [MrzFrame(BEKOV_PASSPORT.td3())]


@pytest.mark.parametrize("framing", Framing)
def test_two_documents_glued_are_two_in_order(framing: Framing) -> None:
    raw = framed(BEKOV.td1(), framing) + framed(BEKOV_PASSPORT.td3(), framing)
    assert frames(raw) == [MrzFrame(BEKOV.td1()), MrzFrame(BEKOV_PASSPORT.td3())]


def test_a_name_is_never_put_to_the_number_of_another_document() -> None:
    mine, other = BEKOV_PASSPORT.td3(), ASANOVA.but(code="P", number="PE7654321").td3()
    for lines in ((mine[0], other[0], mine[1], other[1]), (mine[0], other[0], other[1])):
        cut = [frame.lines for frame in frames(framed(lines)) if isinstance(frame, MrzFrame)]
        assert not {(other[0], mine[1]), (other[0], other[1])} & set(cut)
        assert all(parse(one, TODAY).status != "ok" for one in cut)
    assert MrzFrame(mine) in frames(framed((mine[0], mine[0], mine[1])))


@pytest.mark.parametrize("prefix", [b"MRZ: ", b"]L0", b"\xef\xbb\xbf", b"\x00\xff", b"1"])
def test_what_stands_before_a_document_does_no_harm(prefix: bytes) -> None:
    raw = prefix + framed(ASANOVA.td1())
    assert frames(raw) == [MrzFrame(ASANOVA.td1())]


def test_a_wrong_check_digit_waits_for_quiet_and_keeps_the_lines() -> None:
    upper, lower = BEKOV_PASSPORT.td3()
    lines = (upper, lower[:3] + "9" + lower[4:])
    framer = Framer()
    assert framer.feed(framed(lines)) == []
    assert framer.quiet() == [MrzFrame(lines)]


def test_a_worn_document_read_twice_is_one() -> None:
    upper, lower = BEKOV_PASSPORT.td3()
    raw = framed((upper, lower[:3] + "9" + lower[4:]))
    assert len(frames(raw + raw)) == 1


# ---- codes


def test_a_code_is_over_with_its_last_character() -> None:
    framer = Framer([BADGE])
    assert framer.feed(BADGE_TEXT[:-1].encode()) == []
    assert framer.feed(BADGE_TEXT[-1:].encode()) == [CodeFrame(BADGE_TEXT)]
    assert framer.feed(b"\r\n") == []
    assert framer.quiet() == []


@pytest.mark.parametrize("prefix", [b"", b"]Q1", b"\x02"])
def test_a_code_may_have_a_symbology_mark(prefix: bytes) -> None:
    assert frames(prefix + BADGE_TEXT.encode() + b"\r") == [CodeFrame(BADGE_TEXT)]


def test_a_code_with_a_wrong_check_digit_is_refused() -> None:
    wrong = BADGE_TEXT[:-1] + str((int(BADGE_TEXT[-1]) + 1) % 10)
    assert rejects(wrong.encode() + b"\r") == [RejectReason.CHECK_DIGITS]


def test_a_code_is_not_found_inside_a_document() -> None:
    code = Code(re.compile(r"\d{12}"), 12, accepts=lambda text: True)
    framer = Framer([code])
    assert framer.feed(framed(ASANOVA.td1())) == [MrzFrame(ASANOVA.td1())]


# ---- rejections


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"\r\n", RejectReason.EMPTY),
        (b"\x02\x03", RejectReason.EMPTY),
        (b"hello\r\n", RejectReason.UNKNOWN),
        (framed(ASANOVA.td1())[:40], RejectReason.TRUNCATED),
        (framed(BEKOV_PASSPORT.td3())[:-5], RejectReason.TRUNCATED),
        (framed(BEKOV_PASSPORT.td3()).replace(b"7911059", b"79?1059"), RejectReason.MISREAD),
        (framed(BEKOV_PASSPORT.td3()).replace(b"BEKOV", b"BEK\x1bOV"), RejectReason.MISREAD),
        (framed(BEKOV_PASSPORT.td3()).replace(b"BEKOV", b"BEK[/]OV"), RejectReason.MISREAD),
        (framed(ASANOVA.td1()).replace(b"AIGUL", b"AI\x1b[2JGUL"), RejectReason.MISREAD),
        (framed(ASANOVA.td1()).replace(b"AIGUL", b"AI*UL"), RejectReason.MISREAD),
    ],
)
def test_what_is_no_document_says_why(raw: bytes, reason: RejectReason) -> None:
    assert rejects(raw) == [reason]


def test_the_late_end_of_a_frame_is_no_message() -> None:
    framer = Framer()
    framer.feed(framed(ASANOVA.td1(), Framing.RAW))
    framer.feed(b"\r\n\x03Q")
    assert not framer.unfinished
    assert framer.quiet() == []


def test_half_a_document_is_unfinished_until_quiet() -> None:
    framer = Framer()
    framer.feed(framed(ASANOVA.td1())[:50])
    assert framer.unfinished
    framer.quiet()
    assert not framer.unfinished


def test_noise_without_end_is_reported_once_and_holds_little() -> None:
    framer = Framer()
    found: list[Frame] = []
    for _ in range(200):
        found += framer.feed(os.urandom(1024))
    found += framer.feed(b"A" * 200_000)
    assert found == [RejectedFrame(RejectReason.NOISE)]
    assert len(pickle.dumps(framer)) < 10_000
    assert framer.quiet() == []


def test_a_document_right_after_noise_is_read() -> None:
    framer = Framer()
    framer.feed(b"\xff\x00z" * 2000)
    assert framer.feed(b"\r" + framed(ASANOVA.td1())) == [MrzFrame(ASANOVA.td1())]


# ---- faults of readers


def lost(raw: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(raw))
    return raw[:at] + raw[at + 1 :]


def marked(raw: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(raw))
    return raw[:at] + chance.choice([b"?", b"*", b"_", b" ", b"\0"]) + raw[at + 1 :]


def partial(raw: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(1, len(raw))
    return chance.choice([raw[:at], raw[at:]])


def garbage(raw: bytes, chance: random.Random) -> bytes:
    return chance.randbytes(len(raw))


def twice(raw: bytes, chance: random.Random) -> bytes:
    return lost(raw, chance) + raw


@pytest.mark.parametrize("fault", [lost, marked, partial, garbage, twice])
def test_no_fault_of_a_reader_makes_a_wrong_document(
    fault: Callable[[bytes, random.Random], bytes],
) -> None:
    """300 swipes a fault: what is accepted is right in every field, and the next is read."""
    chance = random.Random(9303)
    for _ in range(300):
        lines = chance.choice(DOCUMENTS)
        framing = chance.choice(list(Framing))
        framer = Framer([BADGE])
        found = framer.feed(fault(framed(lines, framing), chance)) + framer.quiet()
        right = as_json(parse(lines, TODAY))
        for frame in found:
            if isinstance(frame, MrzFrame):
                answer = as_json(parse(frame.lines, TODAY))
                assert answer["status"] != "ok" or answer == right
        assert framer.feed(framed(lines, framing)) == [MrzFrame(lines)]


# ---- promises for any input


def pieces_of(raw: bytes, cuts: list[int]) -> Iterator[bytes]:
    start = 0
    for cut in sorted(cuts):
        yield raw[start:cut]
        start = max(start, cut)
    yield raw[start:]


junk = st.binary(max_size=120).filter(lambda raw: not re.search(rb"[A-Za-z0-9<]{3}", raw))


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(DOCUMENTS), st.sampled_from(Framing), junk, st.data())
def test_a_document_survives_any_cutting_and_any_junk_before_it(
    lines: tuple[str, ...], framing: Framing, before: bytes, data: st.DataObject
) -> None:
    raw = before + b"\r" + framed(lines, framing)
    cuts = data.draw(st.lists(st.integers(0, len(raw)), max_size=6))
    assert MrzFrame(lines) in frames(*pieces_of(raw, cuts))


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=400), st.data())
def test_how_bytes_are_cut_changes_nothing(raw: bytes, data: st.DataObject) -> None:
    cuts = data.draw(st.lists(st.integers(0, len(raw)), max_size=5))
    assert frames(*pieces_of(raw, cuts)) == frames(raw)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.binary(max_size=200), max_size=5), st.sampled_from(DOCUMENTS))
def test_after_quiet_the_next_clean_swipe_is_always_read(
    garbage: list[bytes], lines: tuple[str, ...]
) -> None:
    framer = Framer([BADGE])
    for piece in garbage:
        framer.feed(piece)
        framer.quiet()
    assert framer.feed(framed(lines)) == [MrzFrame(lines)]


@settings(max_examples=300, deadline=None)
@given(st.binary(min_size=1, max_size=600))
def test_every_message_is_answered(raw: bytes) -> None:
    assert frames(raw)
