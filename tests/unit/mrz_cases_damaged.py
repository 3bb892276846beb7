"""The text corpus, third part: zones damaged in several places at once.

What cannot be told there is for a person, and nothing of it is `ok`.
"""

from __future__ import annotations

from collections.abc import Iterator

from mrz_builder import ERIKSSON, MUSTERMANN, SHCHUKINA
from mrz_cases import (
    FRENCH,
    MRVA,
    MRVB,
    RUSSIAN,
    TD1,
    TD3,
    VISITOR,
    Case,
    Lines,
    doubtful,
    put,
)
from mrz_cases_wrong import LOOKS_LIKE, NURLAN, NURLANS_PASSPORT


def _all(lines: Lines, changes: dict[tuple[int, int], str]) -> Lines:
    for place, text in changes.items():
        lines = put(lines, place, text)
    return lines


def damaged() -> Iterator[Case]:
    """Where everything can still be told, the fields are right; a person compares them."""
    card, passport = NURLAN.td1(), NURLANS_PASSPORT.td3()
    eriksson, visa = ERIKSSON.td3(), VISITOR.mrva()
    russian, french = SHCHUKINA.russian(), FRENCH.build(FRENCH.holder)
    german = MUSTERMANN.but(code="P")
    # Every digit of the lower line that has a look-alike letter but one.
    shouted = (passport[0], passport[1].replace("0", "O"))
    for name, kind, lines, holder in (
        ("two letters in the number", TD1, _all(card, {(0, 7): "O", (0, 8): "I"}), NURLAN),
        ("number and PIN", TD1, _all(card, {(0, 7): "O", (0, 16): "O"}), NURLAN),
        (
            "number, PIN and birth",
            TD1,
            _all(card, {(0, 7): "O", (0, 16): "O", (1, 1): "O"}),
            NURLAN,
        ),
        ("both states", TD1, _all(card, {(0, 4): "2", (1, 17): "2"}), NURLAN),
        ("state and number", TD1, _all(card, {(0, 4): "2", (0, 8): "I"}), NURLAN),
        ("every 0 an O", TD3, shouted, NURLANS_PASSPORT),
        (
            "letters for the check digits",
            TD1,
            _all(card, {(1, 6): _letter(card[1][6]), (0, 14): _letter(card[0][14])}),
            NURLAN,
        ),
        (
            "PK and fillers behind the names",
            TD3,
            _all(eriksson, {(0, 1): "K", (0, 40): "KK"}),
            ERIKSSON,
        ),
        (
            "fillers of three kinds",
            TD3,
            _all(eriksson, {(0, 28): "KKKK", (0, 35): "SSLK"}),
            ERIKSSON,
        ),
        (
            "PK and the optional data",
            TD3,
            _all(eriksson, {(0, 1): "K", (1, 41): "K"}),
            ERIKSSON,
        ),
        (
            "name and date",
            TD3,
            _all(eriksson, {(0, 6): "R", (1, 14): "A", (0, 8): "K", (0, 9): "5"}),
            ERIKSSON,
        ),
        ("both dates", MRVA, _all(visa, {(1, 15): "O", (1, 23): "O"}), VISITOR),
        ("date and state", MRVA, _all(visa, {(1, 15): "O", (0, 4): "0"}), VISITOR),
        ("state and fillers", MRVA, _all(visa, {(0, 4): "0", (0, 42): "K"}), VISITOR),
        (
            "nationality and issuer",
            MRVB,
            _all(VISITOR.mrvb(), {(1, 12): "0", (0, 4): "0"}),
            VISITOR,
        ),
        ("number and birth", RUSSIAN, _all(russian, {(1, 2): "I", (1, 13): "B"}), SHCHUKINA),
        (
            "series and date of issue",
            RUSSIAN,
            _all(russian, {(1, 28): "O", (1, 29): "I"}),
            SHCHUKINA,
        ),
        ("number and birth", FRENCH, _all(french, {(1, 0): "I", (1, 29): "I"}), FRENCH.holder),
        ("D read DK, and noise", TD3, _all(german.td3(), {(0, 3): "K", (0, 42): "K"}), german),
    ):
        yield doubtful(name, kind, lines, holder, "repaired")
    trimmed = (card[0], put(card, (1, 1), "O")[1], card[2].rstrip("<"))
    yield doubtful(
        "letter and trimmed name", TD1, trimmed, NURLAN, "repaired", "name_line_length"
    )


def _letter(digit_: str) -> str:
    return LOOKS_LIKE.get(digit_, digit_)[0]


def beyond_repair() -> Iterator[Case]:
    """More than one answer is possible, or none."""
    card, passport = NURLAN.td1(), NURLANS_PASSPORT.td3()
    for name, lines in (
        # Either of two letters may be the misread one, and both mends close the zone.
        ("a wrong digit in number and composite", _all(card, {(0, 9): "7", (1, 29): "9"})),
        ("number, birth and expiry", _all(card, {(0, 9): "7", (1, 0): "7", (1, 8): "1"})),
        ("a digit of the PIN", put(card, (0, 27), "9")),
        ("number of a blind 6", put(passport, (1, 7), "G")),
        (
            "two digits of the number swapped",
            put(passport, (1, 4), passport[1][5] + passport[1][4]),
        ),
        ("letters where nothing looks like them", _all(passport, {(1, 13): "WX"})),
        ("a name of digits", put(passport, (0, 5), "97397")),
        ("lines swapped", (passport[1], passport[0])),
    ):
        yield Case(f"beyond repair: {name}", lines, ("review", "reject"))


STRETCH = (*damaged(), *beyond_repair())
