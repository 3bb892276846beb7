"""From how each character looks to the lines: what check digits may put right, and what not."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from devices.images.decoding import Decoded, decoded
from devices.images.letters import ALPHABET, NO_CHARACTER
from tests.unit.mrz_builder import (
    AKHMETOV,
    ASANOVA,
    BEKOV,
    BEKOV_PASSPORT,
    BERTHIER,
    ERIKSSON,
    KARIMOV,
    MUSTERMANN,
    SHCHUKINA,
    Holder,
)

Likely = NDArray[np.float32]
Lines = tuple[str, ...]
At = tuple[int, int]

LONG = ASANOVA.but(issuer="BEL", nationality="BEL", number="B10203040506", optional="")
CARD, PASSPORT = ASANOVA.td1(), BEKOV_PASSPORT.td3()

ZONES: dict[str, Lines] = {
    "Kyrgyz card": CARD,
    "Kyrgyz passport": PASSPORT,
    "Uzbek card": KARIMOV.td1(),
    "Kazakh card": AKHMETOV.td1(),
    "German card": MUSTERMANN.td1(),
    "German card of size 2": MUSTERMANN.td2(),
    "passport of a state without patterns": ERIKSSON.td3(),
    "long number on a card": LONG.td1(),
    "long number on a card of size 2": LONG.td2(),
    "visa A": ERIKSSON.but(code="V").mrva(),
    "visa B": ERIKSSON.but(code="V", optional="ZE18422").mrvb(),
    "French card": BERTHIER.french(),
    "Russian internal passport": SHCHUKINA.russian(),
    "a date of birth of which only the year is known": ERIKSSON.but(birth="74<<<<").td3(),
}


def seen(lines: Sequence[str], looks: Mapping[At, Mapping[str, float]] | None = None) -> Likely:
    """How likely each character is: `lines` for certain, but at each place of `looks` as it
    says; what remains there is shared by all others. A blank stands for no character."""
    shape = (len(lines), len(lines[0]), NO_CHARACTER + 1)
    shares = np.full(shape, 1e-6)
    for line, text in enumerate(lines):
        for column, character in enumerate(text):
            shares[line, column, ALPHABET.index(character)] = 1
    for (line, column), characters in (looks or {}).items():
        shares[line, column] = 1e-6
        for character, share in characters.items():
            at = NO_CHARACTER if character == " " else ALPHABET.index(character)
            shares[line, column, at] = share
    return np.log(shares / shares.sum(axis=2, keepdims=True)).astype(np.float32)


def read(
    lines: Sequence[str], looks: Mapping[At, Mapping[str, float]] | None = None
) -> Decoded:
    what = decoded(seen(lines, looks))
    assert what is not None
    return what


def but(lines: Lines, at: At, character: str) -> Lines:
    line = lines[at[0]]
    changed = line[: at[1]] + character + line[at[1] + 1 :]
    return (*lines[: at[0]], changed, *lines[at[0] + 1 :])


@pytest.mark.parametrize("name", ZONES)
def test_what_is_seen_for_certain_is_read_and_nothing_put_right(name: str) -> None:
    what = read(ZONES[name])
    assert what.lines == ZONES[name]
    assert what.repaired == ()
    assert what.blank == ()
    assert what.weakest > -0.001
    assert what.below(-0.05) == frozenset()


# Line and column of what a check digit covers.
COVERED = [
    (CARD, (0, 8)), (CARD, (0, 14)), (CARD, (0, 20)), (CARD, (1, 2)), (CARD, (1, 6)),
    (CARD, (1, 10)), (CARD, (1, 29)), (PASSPORT, (1, 4)), (PASSPORT, (1, 9)),
    (PASSPORT, (1, 15)), (PASSPORT, (1, 24)), (PASSPORT, (1, 33)), (PASSPORT, (1, 42)),
    (PASSPORT, (1, 43)), (ZONES["visa A"], (1, 3)), (ZONES["French card"], (1, 3)),
    (ZONES["Russian internal passport"], (1, 5)), (ZONES["German card of size 2"], (1, 17)),
]  # fmt: skip


@pytest.mark.parametrize(("lines", "at"), COVERED)
def test_a_misread_digit_that_a_check_digit_catches_is_put_right_and_marked(
    lines: Lines, at: At
) -> None:
    right = lines[at[0]][at[1]]
    wrong = str((int(right) + 3) % 10)
    what = read(lines, {at: {wrong: 0.7, right: 0.3}})
    assert what.lines == lines
    assert what.repaired == (at,)
    assert what.below(-0.05) == {at}
    assert what.weakest == pytest.approx(np.log(0.3), abs=0.01)


@pytest.mark.parametrize(("lines", "at"), COVERED)
def test_what_looks_certain_is_never_changed_for_a_check_digit(lines: Lines, at: At) -> None:
    """A forged digit is to be seen as it is printed."""
    forged = but(lines, at, str((int(lines[at[0]][at[1]]) + 3) % 10))
    what = read(forged)
    assert what.lines == forged
    assert what.repaired == ()


def test_two_misread_digits_of_two_fields_are_put_right() -> None:
    looks = {(1, 3): {"4": 0.6, CARD[1][3]: 0.4}, (0, 9): {"9": 0.6, CARD[0][9]: 0.4}}
    what = read(CARD, looks)
    assert what.lines == CARD
    assert what.repaired == ((0, 9), (1, 3))


def test_the_likeliest_of_several_ways_to_please_a_check_digit_is_taken() -> None:
    right = CARD[0][10]
    looks = {
        (0, 10): {"1": 0.55, right: 0.45},
        # Another change that would please it, of a digit that looks certain.
        (0, 8): {CARD[0][8]: 0.97, str((int(CARD[0][8]) + 4) % 10): 0.03},
    }
    assert read(CARD, looks).lines == CARD


def test_a_mistake_that_nothing_likely_mends_is_left() -> None:
    looks = {(0, 9): {"9": 0.999}}
    what = read(CARD, looks)
    assert what.lines == but(CARD, (0, 9), "9")
    assert what.repaired == ()


COVERED_BY_NONE = [
    (CARD, (2, 0), "A", "4"), (CARD, (2, 2), "A", "H"), (PASSPORT, (0, 7), "K", "X"),
    (CARD, (1, 7), "F", "M"), (CARD, (1, 15), "K", "X"), (PASSPORT, (0, 40), "<", "K"),
]  # fmt: skip


@pytest.mark.parametrize(("lines", "at", "right", "other"), COVERED_BY_NONE)
def test_no_check_digit_chooses_a_character_that_it_does_not_cover(
    lines: Lines, at: At, right: str, other: str
) -> None:
    misread = {(1, 2): {"7": 0.6, lines[1][2]: 0.4}} if len(lines) == 3 else {}
    what = read(lines, {at: {right: 0.6, other: 0.4}, **misread})
    assert what.lines == lines
    assert at not in what.repaired


@settings(max_examples=80, deadline=None)
@given(st.sampled_from(sorted(ZONES)), st.integers(0, 2**32 - 1), st.integers(1, 12))
def test_a_reading_that_agrees_is_never_changed(name: str, seed: int, unsure: int) -> None:
    """However close to it other characters come."""
    lines = ZONES[name]
    random = np.random.default_rng(seed)
    looks = {}
    for _ in range(unsure):
        line = int(random.integers(len(lines)))
        column = int(random.integers(5 if line == 0 else 0, len(lines[0])))
        others = random.choice(list(ALPHABET), 3)
        shares = dict.fromkeys(others.tolist(), 0.2)
        looks[line, column] = {**shares, lines[line][column]: 0.4}
    what = read(lines, looks)
    assert what.lines == lines
    assert what.repaired == ()


# ---- what may stand in a place


BLIND = [
    # number of a Kyrgyz card and passport: two letters, seven digits
    (BEKOV.but(number="ID6081526").td1(), (0, 7), "6", "G"),
    (BEKOV.but(number="ID6081526").td1(), (0, 9), "8", "S"),
    (BEKOV.but(number="ID6081526").td1(), (0, 11), "5", "Z"),
    (BEKOV.but(number="ID1234567").td1(), (0, 5), "I", "8"),
    (BEKOV_PASSPORT.but(number="PE6081526").td3(), (1, 0), "P", "5"),
    (BEKOV_PASSPORT.but(number="PE6081526").td3(), (1, 2), "6", "G"),
    (KARIMOV.but(number="AA8654321").td1(), (0, 7), "8", "S"),
    # dates
    (CARD, (1, 0), "8", "S"),
    (CARD, (1, 1), "6", "G"),
    (CARD, (1, 10), "0", "U"),
    (PASSPORT, (1, 21), "3", "X"),
    # personal numbers
    (CARD, (0, 15), "1", "L"),
    (CARD, (0, 22), "8", "S"),
    (PASSPORT, (1, 29), "0", "K"),
    (AKHMETOV.td1(), (0, 15), "8", "S"),
    # check digits
    (CARD, (1, 29), CARD[1][29], "<"),
    # states
    (CARD, (0, 3), "G", "6"),
    (CARD, (1, 17), "Z", "5"),
    # names, and fillers among them
    (CARD, (2, 1), "S", "8"),
    (ERIKSSON.td3(), (0, 5 + 5), "S", "5"),
]


@pytest.mark.parametrize(("lines", "at", "right", "blind"), BLIND)
def test_what_no_check_digit_tells_apart_the_kind_of_the_place_does(
    lines: Lines, at: At, right: str, blind: str
) -> None:
    assert lines[at[0]][at[1]] == right
    what = read(lines, {at: {blind: 0.7, right: 0.3}})
    assert what.lines == lines
    assert what.repaired == ()


@pytest.mark.parametrize(
    ("lines", "at", "character"),
    [
        (ZONES["visa A"], (1, 0), "7"),
        (ZONES["visa A"], (1, 4), "B"),
        (ERIKSSON.td3(), (1, 2), "Q"),
        (MUSTERMANN.td1(), (0, 6), "7"),
    ],
)
def test_where_no_pattern_is_known_any_character_may_stand(
    lines: Lines, at: At, character: str
) -> None:
    odd = but(lines, at, character)
    assert read(odd).lines == odd


def test_the_number_of_a_kyrgyz_visa_is_not_held_to_the_pattern_of_a_passport() -> None:
    visa = BEKOV.but(code="V", number="70A123B45", optional="").mrva()
    assert read(visa).lines == visa


def test_a_long_number_is_left_to_the_composite() -> None:
    lines = LONG.td1()
    what = read(lines, {(0, 16): {"9": 0.6, lines[0][16]: 0.4}})
    assert what.lines == lines
    assert what.repaired == ((0, 16),)


@pytest.mark.parametrize("code", ["KGZ", "UZB", "D", "UTO", "RUS", "UNO"])
def test_the_code_of_a_state_is_the_likeliest_that_there_is(code: str) -> None:
    """Even where a character that no state has there looks likelier."""
    lines = BEKOV_PASSPORT.but(issuer=code, nationality=code).td3()
    look = {"0": 0.4, "X": 0.4, code[0]: 0.2}
    assert read(lines, {(0, 2): look, (1, 10): look}).lines == lines


def test_a_state_that_does_not_exist_is_read_as_the_next_one_and_is_hardly_certain() -> None:
    what = read(but(CARD, (0, 2), "Q"))
    assert what.lines[0][2:5] != "QGZ"
    assert what.weakest < -5


def test_two_states_that_look_the_same_are_told_apart_alike_each_time() -> None:
    looks = {(0, 2 + n): dict.fromkeys("ABCDEFGHIJKLMNOPQRSTUVWXYZ", 1 / 26) for n in range(3)}
    assert len({read(CARD, looks).lines for _ in range(5)}) == 1


# ---- doubts


def test_places_without_a_character_are_told() -> None:
    looks = {(0, 9): {" ": 0.9, CARD[0][9]: 0.1}, (2, 12): {" ": 0.6, "<": 0.4}}
    what = read(CARD, looks)
    assert what.blank == ((0, 9), (2, 12))
    assert what.below(-0.05) == {(0, 9), (2, 12)}


def test_a_look_alike_that_cannot_stand_there_makes_a_character_no_less_certain() -> None:
    in_date = read(CARD, {(1, 2): {"0": 0.5, "O": 0.5}})
    assert in_date.lines == CARD
    assert in_date.weakest > -0.01
    in_name = read(PASSPORT, {(0, 8): {"O": 0.5, "0": 0.5}})
    assert in_name.lines == PASSPORT
    assert in_name.weakest > -0.01


def test_a_look_alike_that_can_stand_there_makes_a_character_less_certain() -> None:
    free = ERIKSSON.but(number="L0989O2C3").td3()
    what = read(free, {(1, 1): {"0": 0.5, "O": 0.48}})
    assert what.weakest == pytest.approx(np.log(0.5), abs=0.03)
    name = read(PASSPORT, {(0, 8): {"O": 0.5, "D": 0.48}})
    assert name.weakest == pytest.approx(np.log(0.5), abs=0.03)


def test_an_other_character_that_cannot_stand_there_makes_one_less_certain() -> None:
    """What looks like an H in a date is no date that anybody should trust."""
    assert read(CARD, {(1, 2): {"0": 0.4, "H": 0.6}}).weakest < np.log(0.45)


# ---- anything


@pytest.mark.parametrize(
    "shape", [(1, 44), (2, 30), (2, 43), (3, 36), (4, 30), (2, 0), (0, 30)]
)
def test_lines_of_no_layout_are_not_decoded(shape: tuple[int, int]) -> None:
    assert decoded(np.full((*shape, NO_CHARACTER + 1), -3.6, np.float32)) is None


SHAPES = [(3, 30), (2, 36), (2, 44)]


@settings(max_examples=80, deadline=None)
@given(
    st.sampled_from(SHAPES),
    st.integers(0, 2**32 - 1),
    st.sampled_from([0.0, 0.3, 2.0, 4.0, 10.0, 100.0]),
)
def test_whatever_is_seen_makes_lines_of_the_same_shape_soon(
    shape: tuple[int, int], seed: int, contrast: float
) -> None:
    noise = np.random.default_rng(seed).standard_normal((*shape, NO_CHARACTER + 1)) * contrast
    noise -= noise.max(axis=2, keepdims=True)
    likely = (noise - np.log(np.exp(noise).sum(axis=2, keepdims=True))).astype(np.float32)
    began = time.process_time()
    what = decoded(likely)
    assert time.process_time() - began < 0.5
    if what is None:
        return
    assert [len(line) for line in what.lines] == [shape[1]] * shape[0]
    assert set("".join(what.lines)) <= set(ALPHABET)
    assert what.certainty.shape == shape
    assert np.isfinite(what.weakest)
    inside = set(places(shape))
    assert {*what.repaired, *what.blank, *what.below(0)} <= inside


def places(shape: tuple[int, int]) -> Iterator[At]:
    yield from ((line, column) for line in range(shape[0]) for column in range(shape[1]))


@settings(max_examples=80, deadline=None)
@given(
    st.builds(
        Holder,
        number=st.from_regex(r"\A[A-Z]{2}[0-9]{7}\Z"),
        birth=st.dates().map(lambda day: f"{day:%y%m%d}"),
        expiry=st.dates().map(lambda day: f"{day:%y%m%d}"),
        sex=st.sampled_from("MF<"),
        optional=st.from_regex(r"\A[0-9]{14}\Z"),
        surname=st.from_regex(r"\A[A-Z]{1,12}\Z"),
        given=st.from_regex(r"\A[A-Z]{0,9}\Z"),
    ),
    st.sampled_from(["td1", "td3", "mrva"]),
    st.data(),
)
def test_any_document_is_read_back_and_so_is_one_with_a_misread_digit(
    holder: Holder, layout: str, data: st.DataObject
) -> None:
    holder = holder.but(code={"td1": "ID", "td3": "P", "mrva": "V"}[layout])
    lines: Lines = getattr(holder, layout)()
    assert read(lines).lines == lines
    checked = 15 if layout == "td1" else 28  # what stands before the optional data
    line, column = (
        1,
        data.draw(st.sampled_from([at for at in range(checked) if lines[1][at].isdecimal()])),
    )
    right = lines[line][column]
    wrong = data.draw(st.sampled_from(sorted(set("0123456789") - {right})))
    what = read(lines, {(line, column): {wrong: 0.6, right: 0.4}})
    assert what.lines == lines
    assert what.repaired == ((line, column),)
