"""What every field of a form is: typed text on one side, a value to record on the other.

A field knows nothing of the glass and keeps no state. The form holds what is typed; the
field says what a letter does to it, how it is drawn, and what it means.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import KW_ONLY, dataclass, field
from typing import NamedTuple

from kiosk.text import N_, clean
from kiosk.widgets.lines import drawable


@dataclass(frozen=True)
class Complaint:
    """A sentence (msgid) with the values of its places."""

    sentence: str
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Reading:
    """What typed text means.

    `value` is canonical ("" when empty or wrong). `text` replaces what was typed when the
    field completes it (a two-digit year). Wrong cannot be saved; doubtful can, once a
    person confirms it.
    """

    value: str
    text: str | None = None
    wrong: Complaint | None = None
    doubtful: Complaint | None = None


@dataclass(frozen=True)
class Marks:
    """Characters that a person is to compare, from 0: of the recorded value, and of the
    evidence beside it."""

    value: frozenset[int] = frozenset()
    beside: frozenset[int] = frozenset()


NO_MARKS = Marks()


class Edit(NamedTuple):
    text: str
    at: int


@dataclass(frozen=True)
class Field:
    """`label`, `section`, `help` and `missing` are msgids, translated when drawn.

    `help` is the question of row 21 while the field is current; `missing` the sentence of
    row 23 when it is required and empty; `section` a heading drawn above the field.
    """

    name: str
    label: str
    _: KW_ONLY
    required: bool = False
    read_only: bool = False
    section: str = ""
    help: str = ""
    missing: str = N_("A field with a star is empty. Fill it in, then F2.")
    limit: int = 60

    tells_limit = True
    """Whether a letter too many is told; a field that draws its places shows it."""

    places = 20
    """How many dots show an empty field."""

    def put(self, text: str, at: int, character: str) -> Edit | None:
        """What typing `character` at `at` makes of the text; None: not for this field."""
        if len(character) != 1 or not character.isprintable() or len(text) >= self.limit:
            return None
        return Edit(text[:at] + character + text[at:], at + 1)

    def show(self, value: str) -> str:
        """The text that stands for a recorded value, as a person would have typed it."""
        return value

    def shown_at(self, place: int) -> int:
        """Where in that text a character of the recorded value stands."""
        return place

    def read(self, text: str, others: Mapping[str, str]) -> Reading:
        """What the text means. `others`: values of the form's other fields, by name."""
        return Reading(clean(text, self.limit))

    def hint(self, text: str) -> Complaint | None:
        """Something worth saying while typing; never stops anything."""
        return None

    def step(self, text: str, by: int) -> str | None:
        """The text `by` steps up or down; None when the arrows move between fields."""
        return None

    def drawn(self, text: str) -> str:
        """How the text is drawn; dots for what is still to come."""
        return drawable(text).text if text else "." * self.places

    def column(self, text: str, at: int) -> int:
        """The column of the cursor within what is drawn."""
        return len(drawable(text[:at]).text)


@dataclass(frozen=True, kw_only=True)
class Text(Field):
    """Free text on one line."""


@dataclass(frozen=True, kw_only=True)
class Name(Field):
    """A name in Cyrillic, kept as typed but for the raised first letters."""

    def put(self, text: str, at: int, character: str) -> Edit | None:
        if at == 0 or text[at - 1] in " -":
            character = character.upper() if len(character.upper()) == 1 else character
        return super().put(text, at, character)

    def hint(self, text: str) -> Complaint | None:
        # Two letters are enough to see the layout; foreign names stay possible.
        if sum(letter.isascii() and letter.isalpha() for letter in text) >= 2:
            return Complaint(N_("Latin letters: layout?"))
        return None

    def read(self, text: str, others: Mapping[str, str]) -> Reading:
        value = clean(text, self.limit)
        if any(letter.isdigit() for letter in value):
            return Reading(
                value,
                doubtful=Complaint(N_("A digit in a name. Enter again if it is so on paper.")),
            )
        if value and not any(letter.isalpha() for letter in value):
            return Reading(
                "", wrong=Complaint(N_("No letter in this name. Type it as on the card."))
            )
        return Reading(value)


@dataclass(frozen=True, kw_only=True)
class Passphrase(Field):
    """Shown as dots, and never cleaned: the hash sees exactly what was typed."""

    limit: int = 128

    def read(self, text: str, others: Mapping[str, str]) -> Reading:
        return Reading(text)

    def drawn(self, text: str) -> str:
        return "•" * len(text) if text else "." * self.places

    def column(self, text: str, at: int) -> int:
        return at
