"""Fields whose answer is one of several: a closed choice, and a search."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from kiosk.widgets.field import Field

NUMBERED = 9  # digits 1-9 take at once; the rest is found by letters or in the list


@dataclass(frozen=True)
class Option:
    """`says` stands in the field: data as it is, or a function that gives a word in the
    language of the screen, for that may change while the form stands there. `note` is a
    finished text beside it in a list."""

    code: str
    says: str | Callable[[], str]
    note: str = ""

    @property
    def label(self) -> str:
        return self.says if isinstance(self.says, str) else self.says()


@dataclass(frozen=True, kw_only=True)
class Choosing(Field):
    """The value is the code of an option; what is typed only finds it."""


@dataclass(frozen=True, kw_only=True)
class Choice(Choosing):
    """A closed choice: a digit takes at once and goes on, letters filter."""

    options: tuple[Option, ...] = ()

    def label_of(self, code: str) -> str:
        return next((option.label for option in self.options if option.code == code), "")

    def found(self, typed: str) -> tuple[Option, ...]:
        """The options of which a word begins with what was typed."""
        wanted = typed.casefold().strip()
        return tuple(option for option in self.options if _begins(option.label, wanted))

    def numbered(self, character: str) -> Option | None:
        """The option that a digit takes."""
        if len(character) == 1 and "1" <= character <= "9":
            place = int(character) - 1
            return self.options[place] if place < len(self.options) else None
        return None


def _begins(label: str, wanted: str) -> bool:
    folded = label.casefold()
    return folded.startswith(wanted) or any(
        word.startswith(wanted) for word in folded.replace("/", " ").replace("-", " ").split()
    )


@dataclass(frozen=True, kw_only=True)
class Lookup(Choosing):
    """A search: the screen offers lines for what is typed, Enter takes the one shown.

    `known` gives the labels of codes that the form is loaded with.
    """

    known: tuple[Option, ...] = ()

    def label_of(self, code: str) -> str:
        return next((option.label for option in self.known if option.code == code), "")
