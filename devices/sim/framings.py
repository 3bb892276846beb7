"""How readers in the field send a document's lines: what stands before, between and after."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from functools import reduce
from operator import xor


class Framing(StrEnum):
    """What a reader puts around the lines."""

    CRLF = "crlf"
    CR = "cr"
    LF = "lf"
    TAB = "tab"
    STX_ETX = "stx-etx"
    STX_LRC = "stx-lrc"
    """ETX, then the exclusive or of all between STX and ETX, which may be any character."""
    CUTE = "cute"
    """DESKO: every line ends with CR between STX and ETX."""
    OU = "ou"
    """3M: length, name and a flag before the lines, always three of them, then BCC.

    The length is a word, low byte first, of what stands between it and the BCC."""
    TLV = "tlv"
    """Elyctis: a command byte, the length as two bytes, the lines each with CR."""
    CODE_ID = "code-id"
    """Honeywell, if so set: one letter before the text says which kind of code was read."""
    RAW = "raw"
    RAW_CR = "raw-cr"
    TILDE = "tilde"


def framed(lines: Sequence[str], framing: Framing = Framing.CRLF) -> bytes:
    """`lines` as a reader with this framing sends them."""
    texts = [line.encode("ascii") for line in lines]
    match framing:
        case Framing.CRLF:
            return b"".join(text + b"\r\n" for text in texts)
        case Framing.CR:
            return b"".join(text + b"\r" for text in texts)
        case Framing.LF:
            return b"".join(text + b"\n" for text in texts)
        case Framing.TAB:
            return b"\t".join(texts) + b"\r\n"
        case Framing.STX_ETX:
            return b"\x02" + b"\r\n".join(texts) + b"\x03"
        case Framing.STX_LRC:
            body = b"\r".join(texts) + b"\x03"
            return b"\x02" + body + bytes((reduce(xor, body),))
        case Framing.CUTE:
            return b"\x01\x02" + b"".join(text + b"\r" for text in texts) + b"\x03\x04"
        case Framing.OU:
            three = [b""] * (3 - len(texts)) + texts
            body = b"OU\x021" + b"".join(text + b"\r" for text in three) + b"\x03"
            block = len(body).to_bytes(2, "little") + body
            return b"\x01" + block + bytes((reduce(xor, block),))
        case Framing.TLV:
            value = b"".join(text + b"\r" for text in texts)
            return b"I" + len(value).to_bytes(2, "big") + value
        case Framing.CODE_ID:
            return b"O" + b"".join(text + b"\r" for text in texts)
        case Framing.RAW:
            return b"".join(texts)
        case Framing.RAW_CR:
            return b"".join(texts) + b"\r"
        case Framing.TILDE:
            return b"~" + b"~".join(texts) + b"~\r"
