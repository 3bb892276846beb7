"""CODE128 as a printer takes it: which code set each character is in, and how wide it gets."""

from __future__ import annotations

import re
from dataclasses import dataclass

SYMBOL_MODULES = 11
STOP_MODULES = 13
# GS k takes one byte of length, and code sets are changed within the data.
_LONGEST = 255

# Pairs of digits share a symbol in code set C, which pays from two pairs on. A digit too
# many stays in code set B, before the pairs.
_PAIRS = re.compile(r"(?:[0-9]{2}){2,}(?![0-9])")
_NO_PAIRS = re.compile(r"(?!)")
_REAL_TIME = re.compile(rb"\x10[\x04\x05\x14]")


@dataclass(frozen=True, slots=True)
class Symbols:
    """`data` of GS k 73, and the width of the bars in modules, without white."""

    data: bytes
    modules: int


def symbols(text: str) -> Symbols:
    """`text` in code sets B and C.

    Raises ValueError when it is empty, too long or has a character that is not printable
    ASCII.
    """
    if not text or not (text.isascii() and text.isprintable()):
        raise ValueError("CODE128 takes printable ASCII")
    paired = _symbols(text, _PAIRS)
    # The pair 16 is the byte DLE, and a printer obeys DLE EOT even within a barcode.
    return _symbols(text, _NO_PAIRS) if _REAL_TIME.search(paired.data) else paired


def _symbols(text: str, pairing: re.Pattern[str]) -> Symbols:
    data = bytearray()
    count = 0
    at = 0
    code_set = ""
    while at < len(text):
        pairs = pairing.match(text, at)
        wanted = "C" if pairs else "B"
        if wanted != code_set:
            # The first one is the start symbol.
            data += b"{" + wanted.encode()
            count += 1
            code_set = wanted
        if pairs:
            digits = pairs.group()
            # In code set C a byte is the number of its pair.
            data += bytes(int(digits[i : i + 2]) for i in range(0, len(digits), 2))
            count += len(digits) // 2
            at = pairs.end()
        else:
            data += b"{{" if text[at] == "{" else text[at].encode()
            count += 1
            at += 1
    if len(data) > _LONGEST:
        raise ValueError(f"a barcode of {len(text)} characters is too long")
    check_symbol = 1
    return Symbols(bytes(data), (count + check_symbol) * SYMBOL_MODULES + STOP_MODULES)
