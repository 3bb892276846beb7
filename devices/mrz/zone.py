"""The lines of a machine-readable zone cut into fields, each with the place it was cut from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from devices.mrz.answer import Format
from devices.mrz.check_digits import agrees

# A long number goes on in the optional data for at least this: a character and a check digit.
_SHORTEST_REST = 2


@dataclass(frozen=True, slots=True)
class Place:
    """Characters `start` to before `stop` of a line; all counted from 0."""

    line: int
    start: int
    stop: int

    def of(self, lines: Sequence[str]) -> str:
        return lines[self.line][self.start : self.stop]


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the fields of one format stand. None: the format has no such field."""

    format: Format
    width: int
    lines: int
    document_code: Place
    issuer: Place
    names: tuple[Place, ...]
    """One place for both names, or the surname's and the given names'."""
    number: Place
    number_check: Place
    overflow: Place | None
    """Where a number of more than nine characters goes on (parts 5 and 6, note to the check
    digit of the number)."""
    nationality: Place | None
    birth: Place
    birth_check: Place
    sex: Place
    expiry: Place | None
    expiry_check: Place | None
    optional: tuple[Place, ...]
    optional_check: Place | None
    composite: Place | None
    composite_of: tuple[Place, ...]

    @property
    def name_line(self) -> int | None:
        """The line that ends in the name, whose last fillers may be missing or too many."""
        return self.names[0].line if self.names[0].stop == self.width else None


@dataclass(frozen=True, slots=True)
class Zone:
    """The fields of `lines`, fillers and all; `…_check` is the digit printed for one.

    Lines are as long as the layout says.
    """

    layout: Layout
    lines: tuple[str, ...] = field(repr=False)

    def cut(self, place: Place | None) -> str:
        return "" if place is None else place.of(self.lines)

    @property
    def format(self) -> Format:
        return self.layout.format

    @property
    def document_code(self) -> str:
        return self.cut(self.layout.document_code)

    @property
    def issuer(self) -> str:
        return self.cut(self.layout.issuer)

    @property
    def nationality(self) -> str:
        return self.cut(self.layout.nationality)

    @property
    def number(self) -> str:
        return self._number_parts()[0]

    @property
    def number_check(self) -> str:
        return self._number_parts()[1]

    @property
    def birth(self) -> str:
        return self.cut(self.layout.birth)

    @property
    def birth_check(self) -> str:
        return self.cut(self.layout.birth_check)

    @property
    def sex(self) -> str:
        return self.cut(self.layout.sex)

    @property
    def expiry(self) -> str:
        return self.cut(self.layout.expiry)

    @property
    def expiry_check(self) -> str:
        """Empty where the layout has no expiry."""
        return self.cut(self.layout.expiry_check)

    @property
    def optional(self) -> tuple[str, ...]:
        first, *rest = (place.of(self.lines) for place in self.layout.optional)
        return (self._number_parts()[2] if self.layout.overflow else first), *rest

    def _number_parts(self) -> tuple[str, str, str]:
        """Number, its check digit, and what is left of the first optional data."""
        number = self.cut(self.layout.number)
        check = self.cut(self.layout.number_check)
        optional = self.cut(self.layout.overflow)
        if check == "<" and self.layout.overflow is not None:
            rest, _, after = optional.partition("<")
            if len(rest) >= _SHORTEST_REST:
                return number + rest[:-1], rest[-1], after
        return number, check, optional

    @property
    def number_agrees(self) -> bool:
        number, check, _ = self._number_parts()
        return number.strip("<") != "" and agrees(number, check)

    @property
    def birth_agrees(self) -> bool:
        return agrees(self.birth, self.birth_check)

    @property
    def expiry_agrees(self) -> bool:
        """True where the layout has no expiry."""
        return self.layout.expiry_check is None or agrees(self.expiry, self.expiry_check)

    @property
    def optional_agrees(self) -> bool:
        """By the optional data's own check digit; true where there is none."""
        place = self.layout.optional_check
        return place is None or agrees(self.optional[0], self.cut(place))

    @property
    def composite_agrees(self) -> bool:
        """True where there is none (visas)."""
        if self.layout.composite is None:
            return True
        digit = self.cut(self.layout.composite)
        covered = "".join(place.of(self.lines) for place in self.layout.composite_of)
        return digit != "<" and agrees(covered, digit)

    @property
    def agrees(self) -> bool:
        """Whether every check digit is right."""
        return (
            self.composite_agrees
            and self.number_agrees
            and self.birth_agrees
            and self.expiry_agrees
            and self.optional_agrees
        )
