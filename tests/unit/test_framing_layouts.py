"""Zones of every layout in every framing: whole, glued, prefixed, trimmed, among other text."""

from __future__ import annotations

import time
from random import Random

import pytest

from devices.mrz.raw import read
from devices.readers.framing import Frame, Framer, MrzFrame, RejectedFrame
from devices.readers.rejects import RejectReason
from devices.sim.framings import Framing, framed
from tests.fuzz.zones import LAYOUTS, Lines, french, mrvb, russian, td1, td2, td3
from tests.unit.mrz_builder import ASANOVA, BEKOV
from tests.unit.reader_desk import TODAY

ZONES = {name: make(ASANOVA) for name, make in LAYOUTS.items()}
OTHERS = {name: make(BEKOV) for name, make in LAYOUTS.items()}

# Three of 30 or two of 36 or 44; what a number is glued to does not matter.
every_layout = pytest.mark.parametrize("lines", ZONES.values(), ids=ZONES)
every_framing = pytest.mark.parametrize("framing", Framing)


def frames(*pieces: bytes) -> list[Frame]:
    framer = Framer()
    found = [frame for piece in pieces for frame in framer.feed(piece)]
    return found + framer.quiet()


def end_of(lines: Lines, raw: bytes) -> int:
    """Where `lines` are known to be over: with their last character, but with the separator
    after it when no check digit covers the end of a line of its own (cards, visas)."""
    end = raw.rindex(lines[-1].encode()) + len(lines[-1])
    in_lines = raw.find("".join(lines).encode()) < 0
    return end + 1 if in_lines and (len(lines) == 3 or lines[0][0] == "V") else end


@every_layout
@every_framing
def test_a_document_is_told_as_soon_as_it_is_over(framing: Framing, lines: Lines) -> None:
    raw = framed(lines, framing)
    needed = end_of(lines, raw)
    framer = Framer()
    assert framer.feed(raw[: needed - 1]) == []
    assert framer.feed(raw[needed - 1 : needed]) == [MrzFrame(lines)]
    assert framer.feed(raw[needed:]) + framer.quiet() == []


@every_layout
@every_framing
def test_a_document_sent_twice_is_one(framing: Framing, lines: Lines) -> None:
    raw = framed(lines, framing)
    assert frames(raw + raw) == [MrzFrame(lines)]


@pytest.mark.parametrize("first", ZONES)
@pytest.mark.parametrize("second", OTHERS)
@pytest.mark.parametrize("framing", [Framing.CRLF, Framing.RAW, Framing.STX_LRC])
def test_two_documents_glued_are_both_told(first: str, second: str, framing: Framing) -> None:
    raw = framed(ZONES[first], framing) + framed(OTHERS[second], framing)
    assert frames(raw) == [MrzFrame(ZONES[first]), MrzFrame(OTHERS[second])]
    document = read(raw, TODAY)
    assert document.status == "review"
    assert document.reasons[0].code == "two_documents"


@every_layout
@every_framing
@pytest.mark.parametrize("prefix", [b"MRZ:", b"\xef\xbb\xbf", b"]L0", b"\x00\xff", b"7"])
def test_what_stands_before_a_document_does_no_harm(
    prefix: bytes, framing: Framing, lines: Lines
) -> None:
    assert MrzFrame(lines) in frames(prefix + framed(lines, framing))


@every_layout
def test_a_flag_before_every_line_is_no_letter_of_it(lines: Lines) -> None:
    raw = b"".join(b"O" + line.encode() + b"\r" for line in lines)
    assert frames(raw) == [MrzFrame(lines)]


@every_layout
def test_print_around_the_zone_does_no_harm(lines: Lines) -> None:
    before = b"KYRGYZ REPUBLIC\r\nPASSPORT, ASANOVA AIGUL\r\n12.03.1986\r\n"
    after = b"\r\nAUTHORITY: MINISTRY OF DIGITAL DEVELOPMENT 50-01\r\n"
    assert frames(before + framed(lines, Framing.CRLF) + after) == [MrzFrame(lines)]


@every_layout
def test_a_reader_that_sends_each_row_by_itself_is_understood(lines: Lines) -> None:
    assert frames(*(line.encode() + b"\r" for line in lines)) == [MrzFrame(lines)]


@pytest.mark.parametrize("lines", [ZONES["TD3"], ZONES["MRVA"], ZONES["MRVB"], td2(BEKOV)])
def test_a_trimmed_name_line_waits_for_quiet(lines: Lines) -> None:
    upper, lower = lines
    framer = Framer()
    assert framer.feed(framed((upper.rstrip("<"), lower))) == []
    assert framer.quiet() == [MrzFrame((upper.rstrip("<"), lower))]


def test_a_card_whose_name_line_is_trimmed_waits_for_quiet() -> None:
    upper, middle, lower = td1(BEKOV)
    trimmed = upper, middle, lower.rstrip("<")
    assert frames(framed(trimmed)) == [MrzFrame(trimmed)]


def test_fillers_too_many_on_a_card_are_cut_off_where_a_check_digit_covers_them() -> None:
    upper, middle, lower = td1(BEKOV)
    assert frames(framed((upper + "<", middle + "<<", lower))) == [
        MrzFrame((upper, middle, lower))
    ]


@pytest.mark.parametrize("at", range(31))
def test_a_character_too_many_in_the_name_of_a_card_is_seen(at: int) -> None:
    """No check digit covers the last line of a card; its length has to tell."""
    upper, middle, lower = td1(BEKOV)
    for character in "XI<":
        raw = framed((upper, middle, lower[:at] + character + lower[at:]))
        assert read(raw, TODAY).status != "ok"


@pytest.mark.parametrize("lines", [ZONES["MRVA"], ZONES["MRVB"]])
def test_a_character_too_many_at_the_end_of_a_visa_is_seen(lines: Lines) -> None:
    upper, lower = lines
    for at in range(28, len(lower) + 1):
        raw = framed((upper, lower[:at] + "7" + lower[at:]))
        assert read(raw, TODAY).status != "ok"


@pytest.mark.parametrize(("make", "kept"), [(td2, 36), (mrvb, 36), (french, 36)])
def test_a_line_that_is_missing_is_truncated(make: type[td3], kept: int) -> None:
    found = frames(make(BEKOV)[0].encode()[:kept] + b"\r\n")
    assert found == [RejectedFrame(RejectReason.TRUNCATED)]


def test_the_other_half_of_a_second_document_is_missed() -> None:
    raw = framed(td1(ASANOVA)) + framed(td3(BEKOV))[:60]
    assert frames(raw) == [MrzFrame(td1(ASANOVA)), RejectedFrame(RejectReason.TRUNCATED)]


def test_a_russian_internal_passport_is_no_passport_cut_short() -> None:
    assert read(framed(russian(BEKOV)), TODAY).lines == russian(BEKOV)


def test_one_document_takes_less_than_a_millisecond() -> None:
    """Of processor time, bytes to fields; the fastest of several, for the machine is shared."""
    chance = Random(9303)
    raws = [
        framed(make(ASANOVA), chance.choice(list(Framing))) for make in LAYOUTS.values()
    ] * 10
    read(raws[0], TODAY)
    spent = []
    for raw in raws:
        began = time.process_time_ns()
        read(raw, TODAY)
        spent.append(time.process_time_ns() - began)
    assert min(spent) < 1_000_000
    assert sorted(spent)[len(spent) // 2] < 1_000_000
