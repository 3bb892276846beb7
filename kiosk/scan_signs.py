"""What the letters of a scan look like, and how one begins: known from the content alone."""

from __future__ import annotations

from collections.abc import Sequence

from devices.mrz.countries import ISSUERS

SIGNS_FOR_SURE = 10
"""So many that go on as a document or a code does are a scan."""

_LETTERS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ<")
_DIGITS = frozenset("0123456789")
# Readers' marks for a letter they could not read; the comma is ? under a Russian layout.
_UNREAD = frozenset("?*_,")
OF_A_DOCUMENT = _LETTERS | _DIGITS | _UNREAD

# Doc 9303: P passports, A C I cards, V visas; then a letter, then the issuing state.
_DOCUMENTS = "PACIV"
_ISSUERS = frozenset(
    issuer[:length] for code in ISSUERS for issuer in (f"{code:<<3}",) for length in range(4)
)

# Shorter than any line of a document, longer than what people write without a space.
_LONG_RUN = 24
_DIGITS_OF_A_CARD = 10
_DIFFERENT = 4


class Beginnings:
    """Of documents, and of codes that begin with one of `codes` and go on with digits.

    Signs are capitals as on a US keyboard; a None stands for a key that no reader has.
    """

    def __init__(self, codes: Sequence[str]) -> None:
        self._codes = tuple(codes)

    def may_be(self, text: str) -> bool:
        """Whether a scan may begin so; `text` has at least one sign and at most ten."""
        return _may_be_document(text) or any(
            text.startswith(code[: len(text)]) and _DIGITS.issuperset(text[len(code) :])
            for code in self._codes
        )

    def runs_without(self, signs: Sequence[str | None]) -> frozenset[int]:
        """Where a document's letters begin whose own beginning was misread."""
        places: set[int] = set()
        begin = 0
        for place, sign in enumerate([*signs, None]):
            if sign is not None and sign in OF_A_DOCUMENT:
                continue
            run = "".join(one for one in signs[begin:place] if one is not None)
            if is_of_a_document(run):
                starts = (run[at:][:SIGNS_FOR_SURE] for at in range(len(run) - SIGNS_FOR_SURE))
                if not any(map(self.may_be, starts)):
                    places.add(begin)
            begin = place + 1
        return frozenset(places)


def is_of_a_document(run: str) -> bool:
    """Whether a long run has what documents have; words, or a key held down, have not."""
    return (
        len(run) >= _LONG_RUN
        and ("<<" in run or sum(map(run.count, _DIGITS)) >= _DIGITS_OF_A_CARD)
        and len(set(run)) >= _DIFFERENT
    )


def _may_be_document(text: str) -> bool:
    return text[0] in _DOCUMENTS and _LETTERS.issuperset(text[1:5]) and text[2:5] in _ISSUERS
