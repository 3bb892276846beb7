"""What `ok` promises, reckoned anew by the tests' own builder, and what a reading costs."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path
from statistics import median
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mrz_builder import digit
from mrz_cases import KINDS, RIGHT, TODAY, Kind, Lines, put
from mrz_cases_wrong import CORE

from devices.mrz import Document, Format, Status, as_json, parse
from devices.mrz.check_digits import ALPHABET, check_digit
from devices.mrz.countries import ISSUERS, NATIONALITIES

ROOT = Path(__file__).parents[2]
OKS = [case.lines for case in RIGHT]

# Of each format: what a check digit covers, and where it stands; line, from, to before.
LOWER = {"number": (((1, 0, 9),), (1, 9)), "birth": (((1, 13, 19),), (1, 19))}
EXPIRY = {"expiry": (((1, 21, 27),), (1, 27))}
COVERED = {
    Format.TD1: {
        "birth": (((1, 0, 6),), (1, 6)),
        "expiry": (((1, 8, 14),), (1, 14)),
        "composite": (((0, 5, 30), (1, 0, 7), (1, 8, 15), (1, 18, 29)), (1, 29)),
    },
    Format.TD2: {
        "birth": LOWER["birth"],
        **EXPIRY,
        "composite": (((1, 0, 10), (1, 13, 20), (1, 21, 35)), (1, 35)),
    },
    Format.TD3: {
        **LOWER,
        **EXPIRY,
        "optional": (((1, 28, 42),), (1, 42)),
        "composite": (((1, 0, 10), (1, 13, 20), (1, 21, 43)), (1, 43)),
    },
    Format.MRVA: {**LOWER, **EXPIRY},
    Format.MRVB: {**LOWER, **EXPIRY},
    Format.FRA_ID: {
        "number": (((1, 0, 12),), (1, 12)),
        "birth": (((1, 27, 33),), (1, 33)),
        "composite": (((0, 0, 36), (1, 0, 35)), (1, 35)),
    },
}
COVERED[Format.RUS_INTERNAL] = COVERED[Format.TD3]


def holds(lines: Lines, kind: Format) -> bool:
    """Whether every check digit is right; a filler may stand for that of nothing."""
    for places, (line, column) in COVERED[kind].values():
        text = "".join(lines[n][start:stop] for n, start, stop in places)
        printed = lines[line][column]
        if printed != digit(text) and (printed != "<" or text.strip("<")):
            return False
    return kind not in (Format.TD1, Format.TD2) or _number_holds(lines, kind)


def _number_holds(lines: Lines, kind: Format) -> bool:
    number, rest = (
        (lines[0][5:15], lines[0][15:30])
        if kind is Format.TD1
        else (lines[1][:10], lines[1][28:35])
    )
    if number[9] != "<":
        return number[9] == digit(number[:9])
    long = number[:9] + rest.split("<")[0]
    return long[-1] == digit(long[:-1])


def is_real(text: str) -> bool:
    known = text.rstrip("<")
    if len(known) not in (0, 2, 4, 6) or not (known.isdecimal() or not known):
        return False
    year, month, day = (
        (known + "960101"[len(known) :])[:2],
        known[2:4] or "1",
        known[4:6] or "1",
    )
    try:
        date(2000 + int(year), int(month), int(day))
    except ValueError:
        try:
            date(1900 + int(year), int(month), int(day))
        except ValueError:
            return False
    return True


def check_promise(document: Document, lines: Lines) -> None:
    if document.status is not Status.OK:
        return
    assert document.format is not None
    assert holds(lines, document.format)
    covered = COVERED[document.format]
    for name in ("birth", "expiry"):
        if name in covered:
            ((line, start, stop),), _ = covered[name]
            assert is_real(lines[line][start:stop])
    assert document.issuer in ISSUERS
    assert document.nationality in NATIONALITIES
    assert document.sex is not None
    assert document.surname
    assert document.repaired == ()


def changed(lines: Lines, changes: list[tuple[int, int, str]]) -> Lines:
    for line, column, character in changes:
        lines = put(
            lines, (line % len(lines), column % len(lines[line % len(lines)])), character
        )
    return lines


changes_ = st.lists(
    st.tuples(st.integers(0, 2), st.integers(0, 43), st.sampled_from(ALPHABET)),
    min_size=1,
    max_size=4,
)


@settings(max_examples=1500, deadline=None)
@given(st.sampled_from(OKS), changes_)
def test_ok_means_that_every_check_digit_holds_that_dates_exist_and_states_are_known(
    lines: Lines, changes: list[tuple[int, int, str]]
) -> None:
    damaged = changed(lines, changes)
    check_promise(parse(damaged, TODAY), damaged)


@pytest.mark.parametrize("lines", [case.lines for case in CORE], ids=[c.name for c in CORE])
def test_the_promise_holds_for_the_corpus(lines: Lines) -> None:
    document = parse(lines, TODAY)
    check_promise(document, lines)
    as_json(document)


def covered_places(kind: Kind) -> list[tuple[int, int]]:
    return sorted(
        {
            (line, column)
            for places, (line_of_digit, digit_at) in COVERED[Format(kind.format)].values()
            for line, start, stop in (*places, (line_of_digit, digit_at, digit_at + 1))
            for column in range(start, stop)
        }
    )


def test_no_wrong_character_under_a_check_digit_that_can_tell_it_is_ok() -> None:
    """Every place, every character, on a document of each format: 20,000 in all."""
    for kind in KINDS:
        lines = kind.build(kind.holder)
        for line, column in covered_places(kind):
            right = lines[line][column]
            for wrong in ALPHABET:
                if check_digit(wrong) != check_digit(right):
                    document = parse(put(lines, (line, column), wrong), TODAY)
                    assert document.status is not Status.OK, (kind.format, line, column, wrong)


def test_where_a_check_digit_is_blind_the_kind_of_character_tells() -> None:
    """6 and G, 8 and S, 5 and Z, 1 and L, a filler and K: in dates, in personal numbers and in
    numbers whose build is known, one for the other is never ok. In the number of a state whose
    numbers may hold any characters it is, and nothing could tell."""
    for kind in KINDS:
        lines = kind.build(kind.holder)
        places = covered_places(kind)
        if kind.holder.issuer in ("UTO", "FRA"):
            sure = ("birth",) if kind.holder.issuer == "UTO" else ("birth", "number")
            of_format = COVERED[Format(kind.format)]
            places = [
                (line, column)
                for name in sure
                for line, start, stop in of_format[name][0]
                for column in range(start, stop)
            ]
        for line, column in places:
            right = lines[line][column]
            for wrong in ALPHABET.replace(right, ""):
                if right.isdecimal() and check_digit(wrong) == check_digit(right):
                    document = parse(put(lines, (line, column), wrong), TODAY)
                    assert document.status is not Status.OK, (kind.format, line, column, wrong)


def test_a_reading_takes_less_than_a_millisecond() -> None:
    spent = []
    for case in CORE:
        times = []
        for _ in range(3):
            begun = process_time()
            parse(case.lines, TODAY)
            times.append(process_time() - begun)
        spent.append(min(times))
    assert median(spent) < 0.001
    assert sorted(spent)[len(spent) * 95 // 100] < 0.001


def test_a_process_that_reads_text_loads_nothing_but_the_standard_library() -> None:
    script = (
        "import sys; before = set(sys.modules); import devices.mrz as mrz;"
        "from datetime import date; mrz.read(b'hello', date(2026, 11, 24));"
        "loaded = {name.split('.')[0] for name in set(sys.modules) - before};"
        "print(sorted(loaded - set(sys.stdlib_module_names) - {'devices'}))"
    )
    done = subprocess.run(
        [sys.executable, "-S", "-c", script],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=True,
    )
    assert done.stdout.strip() == "[]"
