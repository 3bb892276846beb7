"""Bytes of a reader → one document; and no input is too strange for either."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from mrz_builder import ASANOVA, BEKOV, BEKOV_PASSPORT, BEKOVA, KARIMOV, SHCHUKINA
from mrz_cases import KINDS, TODAY, put

from devices.mrz import Document, Reason, ReasonCode, Status, as_json, parse, read
from devices.mrz.check_digits import ALPHABET, check_digit
from devices.mrz.layouts import closes

A, B, C, D, E = (
    ASANOVA.td1(),
    BEKOV.td1(),
    BEKOVA.td1(),
    KARIMOV.td1(),
    SHCHUKINA.russian(),
)
B_PASSPORT = BEKOV_PASSPORT.td3()


def codes(document: Document) -> set[str]:
    return {reason.code.value for reason in document.reasons}


# ---- whole lines


def test_a_whole_zone_of_any_layout_closes() -> None:
    for kind in KINDS:
        assert closes(kind.build(kind.holder)), kind.format


def test_a_zone_that_is_short_or_wrong_does_not_close() -> None:
    for kind in KINDS:
        upper, *others = kind.build(kind.holder)
        assert not closes((upper[:-1], *others))
        assert not closes((upper, *others[:-1], others[-1][:-1]))
        line, column = kind.number
        for wrong in "WX":
            if (upper, *others)[line][column + 2] != wrong:
                assert not closes(put((upper, *others), (line, column + 2), wrong))
    assert not closes(())
    assert not closes(("", ""))


# ---- whole bytes


def test_read_takes_lines_in_any_framing() -> None:
    for end in (b"\r\n", b"\n", b"\r", b"\t", b""):
        raw = end.join(line.encode() for line in A) + end
        assert read(raw, TODAY).status is Status.OK
        assert read(raw.lower(), TODAY).document_number == "ID1234567"


def test_the_same_document_twice_is_one_and_two_different_ones_are_for_review() -> None:
    a, b = ("\r\n".join(lines).encode() + b"\r\n" for lines in (A, B))
    assert read(a + a, TODAY).status is Status.OK
    assert read(b"".join((a + a).split()), TODAY).status is Status.OK
    two = read(a + b, TODAY)
    assert (two.status, "two_documents" in codes(two)) == (Status.REVIEW, True)


def test_a_wrong_document_before_a_right_one_is_not_overlooked() -> None:
    wrong = "\r\n".join(put(B, (0, 10), "9")).encode()
    document = read(wrong + b"\r\n" + "\r\n".join(A).encode(), TODAY)
    assert "two_documents" in codes(document)
    assert document.document_number == "ID1234567"


def test_lines_of_another_document_between_or_beside_the_lines_are_not_overlooked() -> None:
    other = BEKOV_PASSPORT.but(surname="KASYMOV", given="TALANT", number="PE7654321").td3()
    mixed = B_PASSPORT[0], other[0], B_PASSPORT[1], other[1]
    cut = *B_PASSPORT, other[0], other[1][:-3]
    for lines in (mixed, cut, (other[1], *B_PASSPORT), (other[1][1:], *B_PASSPORT)):
        for end in ("\r\n", "\r"):
            document = read(end.join(lines).encode(), TODAY)
            assert document.status is Status.REVIEW, lines
            assert "two_documents" in codes(document)


def test_a_piece_of_the_same_document_is_no_other_one() -> None:
    whole = "\r\n".join(B_PASSPORT)
    for more in (B_PASSPORT[0], whole[:-3], whole.replace("4", "?"), whole + "<<\r\n\x03"):
        assert read(f"{whole}\r\n{more}".encode(), TODAY).status is Status.OK, more


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", "not_mrz"),
        (b"\r\n", "not_mrz"),
        (b"hello\r\n", "not_mrz"),
        ("\r\n".join(B_PASSPORT).encode().replace(b"URLAN", b"?RLAN"), "misread"),
        ("\r\n".join(B_PASSPORT).encode().replace(b"BEKOV", b"BEK[/]OV"), "misread"),
        ("\r\n".join(B_PASSPORT).encode().replace(b"BEKOV", b"BEK\x1bOV"), "misread"),
        ("\r\n".join(B_PASSPORT).encode()[:-3], "truncated"),
        ("\r\n".join(B_PASSPORT).encode()[:20], "truncated"),
    ],
)
def test_bytes_without_a_document_say_why(raw: bytes, reason: str) -> None:
    document = read(raw, TODAY)
    assert (document.status, codes(document)) == (Status.REJECT, {reason})


def test_every_reason_has_a_text() -> None:
    assert all(Reason(code).text for code in ReasonCode)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_a_cyrillic_letter_among_latin_ones_is_none_that_was_typed(encoding: str) -> None:
    whole = "\r\n".join(B_PASSPORT)
    assert read(whole.encode(encoding), TODAY).surname == "BEKOV"
    damaged = whole.replace("BEKOV", "BEKоV").encode(encoding)
    assert read(damaged, TODAY).status is Status.REJECT


# ---- no input is too strange

strange_bytes = st.one_of(
    st.binary(max_size=300),
    st.text(ALPHABET + "\r\n?*_ ", max_size=300).map(str.encode),
    st.lists(
        st.sampled_from([*A, *B_PASSPORT, *D, *E, "\r", "\n", "<", "?", "\x00", "P<KGZ"]),
        max_size=8,
    ).map(lambda parts: "".join(parts).encode()),
)


@settings(max_examples=300, deadline=None)
@given(strange_bytes, st.dates(date(1990, 1, 1), date(2090, 1, 1)))
def test_read_never_raises(raw: bytes, today: date) -> None:
    as_json(read(raw, today))


@settings(max_examples=300, deadline=None)
@given(st.lists(st.text(max_size=50), max_size=4))
def test_parse_never_raises(lines: list[str]) -> None:
    as_json(parse(lines, TODAY))


td1_of_anything = st.tuples(
    st.text(ALPHABET, min_size=29, max_size=29).map("I".__add__),
    st.text(ALPHABET, min_size=30, max_size=30),
    st.text(ALPHABET, min_size=30, max_size=30),
)


@settings(max_examples=300, deadline=None)
@given(td1_of_anything)
def test_any_characters_in_the_right_places_are_answered(lines: tuple[str, ...]) -> None:
    assert as_json(parse(lines, TODAY))["status"] in ("ok", "review", "reject")


@settings(max_examples=300)
@given(
    st.sampled_from([A, B, C, D, B_PASSPORT]),
    st.data(),
)
def test_one_wrong_character_under_a_check_digit_never_passes_unless_it_is_blind(
    lines: tuple[str, ...], data: st.DataObject
) -> None:
    """Numbers, dates and personal numbers. Of the blind pairs those of a letter and a digit
    are caught by patterns; A for K or U in a number that may hold any letters is not.
    """
    if len(lines) == 3:
        line, at = data.draw(
            st.sampled_from([(0, place) for place in range(5, 29)])
            | st.sampled_from([(1, place) for place in (*range(7), *range(8, 15))])
        )
    else:
        line, at = 1, data.draw(st.sampled_from([*range(10), *range(13, 20), *range(21, 43)]))
    right = lines[line][at]
    wrong = data.draw(st.sampled_from(ALPHABET).filter(right.__ne__))
    assume(
        not (right.isalpha() and wrong.isalpha() and check_digit(right) == check_digit(wrong))
    )
    document = parse(put(lines, (line, at), wrong), TODAY)
    assert document.status is not Status.OK
