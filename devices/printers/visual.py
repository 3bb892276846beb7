"""Right-to-left names in the order in which a printer sets letters: from the left.

The papers run from left to right. Within a row each run of Hebrew or Arabic is turned
round; numbers within it keep their order, and Arabic letters take the forms in which they
join. This is what the Unicode bidirectional algorithm gives for such rows, but for two
things: what is set apart by two spaces stays in its own column, and a number behind a run
stays behind it.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

_RIGHT_TO_LEFT = re.compile(
    r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
# R right to left, N number, n neither, L all else: a run begins and ends with R.
_RUN = re.compile(r"R(?:[RNn]*R)?")
_NUMBER = re.compile(r"\d[\d.,:/-]*\d|\d+")
_ARABIC_FORMS = (*range(0xFB50, 0xFC00), *range(0xFE80, 0xFEF5))
_MIRRORED = str.maketrans("()[]{}<>«»‹›", ")(][}{><»«›‹")


def visual(text: str) -> str:
    """`text`, of one row and without marks, as it stands on paper from left to right."""
    if text.isascii() or not _RIGHT_TO_LEFT.search(text):
        return text
    row = list(text)
    for run in _RUN.finditer(_classes(text)):
        row[run.start() : run.end()] = _turned(text[run.start() : run.end()])
    return "".join(row)


def _classes(text: str) -> str:
    classes = "".join(map(_class_of, text))
    return re.sub(" {2,}", lambda spaces: "L" * len(spaces.group()), classes).replace(" ", "n")


@cache
def _class_of(character: str) -> str:
    match unicodedata.bidirectional(character):
        case "R" | "AL":
            return "R"
        case "EN" | "AN":
            return "N"
        case "L":
            return "L"
    return " " if character == " " else "n"


def _turned(run: str) -> str:
    turned = _joined(run)[::-1].translate(_MIRRORED)
    return _NUMBER.sub(lambda number: number.group()[::-1], turned)


@cache
def _forms() -> dict[tuple[str, str], str]:
    """(letter, "initial" | "medial" | "final") → the character of that form."""
    forms = {}
    for character in map(chr, _ARABIC_FORMS):
        kind, _, letter = unicodedata.decomposition(character).partition(" ")
        if len(letter) == 4:
            forms[chr(int(letter, 16)), kind.strip("<>")] = character
    return forms


def _joined(run: str) -> str:
    """Arabic letters in the forms in which they join their neighbours."""
    forms = _forms()
    joined = []
    for at, letter in enumerate(run):
        before, after = run[at - 1 : at] if at else "", run[at + 1 : at + 2]
        # A letter joins the next one when it has a form for that, and the next one can end.
        from_before = (before, "initial") in forms and (letter, "final") in forms
        to_after = (letter, "initial") in forms and (after, "final") in forms
        form = {(True, True): "medial", (True, False): "final", (False, True): "initial"}.get(
            (from_before, to_after), "isolated"
        )
        joined.append(forms.get((letter, form), letter))
    return "".join(joined)
