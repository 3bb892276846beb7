"""CODE128 as GS k gives it to a printer: code sets in braces, values from 0 to 105.

Epson's reference, GS k function B, m = 73: the first two bytes choose the code set; `{{` is
a brace; in code set C a byte is a pair of digits by its value, not by its digits.
"""

from __future__ import annotations

from dataclasses import dataclass

_START = {"A": 103, "B": 104, "C": 105}
_CHANGE = {"A": 101, "B": 100, "C": 99}
_SHIFT = 98
_FUNCTIONS = {b"1": {"A": 102, "B": 102, "C": 102}, b"2": {"A": 97, "B": 97},
              b"3": {"A": 96, "B": 96}, b"4": {"A": 101, "B": 100}}  # fmt: skip


class BadCode(Exception):
    """The printer would print nothing of it, or go on with the rest as text."""


@dataclass(frozen=True, slots=True)
class Code128:
    """What a reader will say, and the symbol's values, start character first.

    The check character and the stop are the printer's, and not among the values.
    """

    text: str
    values: tuple[int, ...]

    @property
    def check(self) -> int:
        first, *others = self.values
        return (first + sum(at * value for at, value in enumerate(others, start=1))) % 103

    @property
    def modules(self) -> int:
        """How wide the symbol is: eleven a character, the check too, and a stop of thirteen."""
        return 11 * (len(self.values) + 1) + 13


def parse(data: bytes) -> Code128:
    """The symbol of the data bytes of GS k 73. Raises BadCode."""
    if len(data) < 2 or data[:1] != b"{" or data[1:2] not in (b"A", b"B", b"C"):
        raise BadCode("no code set at its beginning")
    code_set = chr(data[1])
    text, values = "", [_START[code_set]]
    at, shifted = 2, False
    while at < len(data):
        byte, at = data[at], at + 1
        if byte == ord("{"):
            escape, at = data[at : at + 1], at + 1
            if escape in (b"A", b"B", b"C"):
                code_set = escape.decode()
                values.append(_CHANGE[code_set])
                continue
            if escape == b"S" and code_set != "C":
                values.append(_SHIFT)
                shifted = True
                continue
            if escape in _FUNCTIONS and code_set in _FUNCTIONS[escape]:
                values.append(_FUNCTIONS[escape][code_set])
                continue
            if escape != b"{" or code_set == "C":
                raise BadCode(f"unknown escape {escape!r}")
        drawn_in = {"A": "B", "B": "A"}[code_set] if shifted else code_set
        shifted = False
        values.append(_value(byte, drawn_in))
        text += f"{byte:02d}" if drawn_in == "C" else chr(byte)
    if not text:
        raise BadCode("nothing in it")
    return Code128(text, tuple(values))


def _value(byte: int, code_set: str) -> int:
    match code_set:
        case "A" if byte < 0x60:
            return byte - 32 if byte >= 32 else byte + 64
        case "B" if 32 <= byte < 128:
            return byte - 32
        case "C" if byte < 100:
            return byte
    raise BadCode(f"byte {byte:02x} is not in code set {code_set}")
