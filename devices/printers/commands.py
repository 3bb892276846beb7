"""What is said to a printer besides its papers, in the terms of Epson's ESC/POS reference.

Real-time commands (DLE …) are executed when they arrive, whatever stands before them, even
inside the data of another command; all others in their order.
"""

from __future__ import annotations

import re
import secrets

# DLE DC4 fn 8: throws away what is in the receive and print buffers, and the command that is
# being received; answered with 37 25 00. Nothing may be sent until that came. All ten bytes
# are control codes that a printer without the command ignores: it prints nothing.
CLEAR = b"\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08"

# DLE ENQ 2: the same, but only while it is stopped by an error that can be recovered from (a
# jammed knife); at any other time it is ignored. Not answered.
CLEAR_AND_RECOVER = b"\x10\x05\x02"

# GS r 1 stands in the printer's buffer behind the job: its answer says that all before it was
# executed.
ASK_PROOF = b"\x1dr\x01"

# GS a: tell every change of on-line, error and paper; not of the cash drawer.
AUTOMATIC_STATUS = b"\x1da\x0e"

INITIALISE = b"\x1b@"
_KANJI_OFF = b"\x1c."

# The longest command of a paper is the picture of a tall line: GS v 0 with 48 rows of 72
# bytes, 8 bytes before them. More would cost a printer at 9600 baud seconds at each opening.
LONGEST_COMMAND = 8 + 48 * 72

# Ends whatever command a printer is in the middle of (see greeting).
PADDING = bytes(LONGEST_COMMAND)
# Enough for all but pictures, codes and taught letters.
SHORT_PADDING = bytes(8)

_BEGINNING = re.compile(
    rb"(\A|\x1dV[\x00\x01\x30\x31]|\x1dV[\x41\x42].)"
    + re.escape(INITIALISE)
    + b"(?:"
    + re.escape(_KANJI_OFF)
    + b")?",
    re.DOTALL,
)


def with_automatic_status(paper: bytes) -> bytes:
    """`paper`, in which the printer goes on telling its condition.

    ESC @ at the beginning of a paper ends automatic status back (GS a: "effective until ESC @
    is executed"), and it is while it prints that paper ends.
    """
    return _BEGINNING.sub(lambda found: found[0] + AUTOMATIC_STATUS, paper)


class ProcessIds:
    """Numbers of papers for GS ( H fn 48: four bytes of 0x20-0x7E each, ascending.

    They begin anywhere, so that an answer to a kiosk that was killed proves nothing to the
    next one. Epson confirms only the newest pending id: papers go one at a time.
    """

    _FIRST, _DIGITS = 0x20, 0x7E - 0x20 + 1

    def __init__(self) -> None:
        self._last = secrets.randbelow(self._DIGITS**4)

    def next(self) -> bytes:
        self._last = (self._last + 1) % self._DIGITS**4
        rest, digits = self._last, []
        for _ in range(4):
            rest, digit = divmod(rest, self._DIGITS)
            digits.append(self._FIRST + digit)
        return bytes(reversed(digits))


def ask_process_id(process_id: bytes) -> bytes:
    """GS ( H fn 48: answered 37 22, the id, 00 when what stands before it is printed."""
    return b"\x1d(H\x06\x00\x30\x30" + process_id
