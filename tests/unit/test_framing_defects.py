"""What other readers of zones are known to get wrong about the text around the fields.

Each was measured on PassportEye 2.2.2: a string instead of lines, CR and CRLF, control bytes,
glued lines, prefixes, small letters, one line more, the same twice, a name line trimmed or too
long, a line of data one too short.
"""

from __future__ import annotations

import pytest

from devices.mrz import Document, as_json, read
from devices.sim.framings import Framing, framed
from tests.fuzz.zones import LAYOUTS, Lines, td1, td2, td3
from tests.unit.mrz_builder import ASANOVA, BEKOV_PASSPORT
from tests.unit.reader_desk import TODAY

PASSPORT = td3(BEKOV_PASSPORT)
CARD = td1(ASANOVA)

every_layout = pytest.mark.parametrize(
    "lines", [make(ASANOVA) for make in LAYOUTS.values()], ids=LAYOUTS
)


def clean(lines: Lines) -> Document:
    document = read("\n".join(lines).encode(), TODAY)
    assert document.lines == lines
    return document


def fields(document: Document) -> dict[str, object]:
    told = as_json(document)
    return {key: told[key] for key in told if key not in ("status", "reasons", "evidence")}


@pytest.mark.parametrize("lines", [PASSPORT, CARD], ids=["passport", "card"])
def test_lines_in_one_text_are_read(lines: Lines) -> None:
    assert clean(lines).status == "ok"


@every_layout
@pytest.mark.parametrize("end", [b"\r", b"\n", b"\r\n", b"\n\r", b"\r\r\n", b"\t", b"\0", b"|"])
def test_lines_may_end_in_any_way(end: bytes, lines: Lines) -> None:
    raw = end.join(line.encode() for line in lines)
    assert read(raw, TODAY) == clean(lines)
    assert read(raw + end, TODAY) == clean(lines)


@every_layout
@pytest.mark.parametrize("framing", Framing)
def test_control_bytes_and_glued_lines_do_no_harm(framing: Framing, lines: Lines) -> None:
    assert read(framed(lines, framing), TODAY) == clean(lines)


@every_layout
@pytest.mark.parametrize(
    "prefix", [b"\xef\xbb\xbf", b"MRZ:", b"MRZ: ", b"\xff", b"\x00", b"\xfe\xff", b"\x80\xfe"]
)
def test_a_prefix_shifts_no_field(prefix: bytes, lines: Lines) -> None:
    assert read(prefix + framed(lines), TODAY) == clean(lines)
    assert read(prefix + framed(lines, Framing.RAW), TODAY) == clean(lines)


@every_layout
@pytest.mark.parametrize("noise", [b"\xff", b"\x00", b"?", b"\x1b[A"])
def test_noise_between_the_lines_does_no_harm(noise: bytes, lines: Lines) -> None:
    raw = (b"\r\n" + noise + b"\r\n").join(line.encode() for line in lines)
    assert read(raw, TODAY) == clean(lines)


@pytest.mark.parametrize("lines", [PASSPORT, CARD], ids=["passport", "card"])
def test_noise_inside_of_a_line_is_never_ok(lines: Lines) -> None:
    raw = framed(lines)
    for at in range(1, raw.rindex(b"<")):
        for noise in (b"\xff", b"?", b"\x00"):
            if raw[at - 1 : at + 1] == b"\r\n" or raw[at : at + 1] in (b"\r", b"\n"):
                continue
            document = read(raw[:at] + noise + raw[at:], TODAY)
            assert document.status != "ok" or document.lines == lines


@every_layout
def test_small_letters_are_capitals(lines: Lines) -> None:
    assert read(framed(lines).lower(), TODAY) == clean(lines)


@every_layout
@pytest.mark.parametrize(
    "more",
    [
        b"KYRGYZ REPUBLIC IDENTITY CARD",
        b"ABCDEFGHIJKLMNOPQRSTUVWXYZ",
        b"12345678901234567890123",
        b"AUTHORITY MKK 50-01",
        b"I12345678901234567890123456789",
    ],
)
def test_print_before_or_after_the_zone_is_no_line_of_it(more: bytes, lines: Lines) -> None:
    raw = framed(lines)
    assert read(more + b"\r\n" + raw, TODAY) == clean(lines)
    assert read(raw + more + b"\r\n", TODAY) == clean(lines)
    assert read(more + b"\r\n" + raw + more, TODAY) == clean(lines)


@every_layout
@pytest.mark.parametrize("between", [b"", b"\r\n", b"\r\n\r\n", b"\x03\x02"])
def test_the_same_document_twice_is_one(between: bytes, lines: Lines) -> None:
    raw = framed(lines)
    assert read(raw + between + raw, TODAY) == clean(lines)


def test_a_second_copy_that_is_trimmed_takes_nothing_from_the_first() -> None:
    upper, lower = PASSPORT
    trimmed = framed((upper.rstrip("<"), lower))
    assert read(framed(PASSPORT) + trimmed, TODAY) == clean(PASSPORT)
    assert read(trimmed + framed(PASSPORT), TODAY) == clean(PASSPORT)


@pytest.mark.parametrize("lines", [PASSPORT, td2(ASANOVA), CARD])
def test_a_name_line_that_is_trimmed_or_too_long_keeps_every_field(lines: Lines) -> None:
    place = 2 if len(lines) == 3 else 0
    name = lines[place]
    for other in (name.rstrip("<"), name[:-1], name + "<"):
        raw = framed((*lines[:place], other, *lines[place + 1 :]))
        assert fields(read(raw, TODAY)) == fields(clean(lines))
        # No check digit covers it: a letter may be lost, or one too many.
        assert read(raw, TODAY).status == "review"


@pytest.mark.parametrize("lines", [PASSPORT, td2(ASANOVA), CARD])
def test_a_line_of_data_that_is_one_short_is_truncated_and_never_padded(lines: Lines) -> None:
    place = len(lines) - 1 if len(lines) == 2 else 1
    line = lines[place]
    for at in range(len(line)):
        raw = framed((*lines[:place], line[:at] + line[at + 1 :], *lines[place + 1 :]))
        document = read(raw, TODAY)
        assert document.status == "reject"
        assert document.reasons[0].code == "truncated"
