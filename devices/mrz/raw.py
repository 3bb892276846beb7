"""Bytes as a reader sends them → one `Document`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from devices.mrz.answer import Document, Reason, ReasonCode, Status
from devices.mrz.parse import parse_picture, rejected

# The framer asks this package for check digits, so only the module can be imported here, not
# its names: either may be loaded first.
from devices.readers import framing
from devices.readers.rejects import RejectReason

_REASONS = {
    RejectReason.TRUNCATED: ReasonCode.TRUNCATED,
    RejectReason.MISREAD: ReasonCode.MISREAD,
}

_BEST_FIRST = (Status.OK, Status.REVIEW, Status.REJECT)

# A line of any zone, two characters of it lost at the most.
_LINE = re.compile(rb"[A-Z0-9<]{28,}")
# A long word or number of the print beside a zone has neither its beginning nor, around the
# sex, its two dates.
_OF_A_ZONE = re.compile(
    rb"[PACIV][A-Z<]{4}.{0,37}<<|[0-9]{7}[MF<][0-9<]{7}|[0-9<]{7}[MF<][0-9]{7}"
)


def read(raw: bytes, today: date) -> Document:
    """The document in `raw`, whatever stands around it.

    Never raises. Of two different documents the better reading is given, for review; so is one
    that came with a line of another.
    """
    framer = framing.Framer()
    frames = [*framer.feed(raw), *framer.quiet()]
    zones = [frame for frame in frames if isinstance(frame, framing.MrzFrame)]
    if not zones:
        reasons = [frame.reason for frame in frames if isinstance(frame, framing.RejectedFrame)]
        return rejected(
            next((_REASONS[r] for r in reasons if r in _REASONS), ReasonCode.NOT_MRZ)
        )
    documents = [of_frame(frame, today) for frame in zones]
    best = min(documents, key=lambda document: _BEST_FIRST.index(document.status))
    # The same document may come once with its last fillers and once without.
    different = {tuple(line.rstrip("<") for line in frame.lines) for frame in zones}
    if best.status is Status.REJECT or not (
        len(different) > 1 or _holds_another_line(raw, best.lines)
    ):
        return best
    return replace(
        best,
        status=Status.REVIEW,
        reasons=(Reason(ReasonCode.TWO_DOCUMENTS), *best.reasons),
    )


def _holds_another_line(raw: bytes, lines: Sequence[str]) -> bool:
    """Whether a line came that is none of `lines` and no piece of them.

    No check digit ties the line with the name to the one with the number: of two documents
    whose lines came mixed, one's name would be trusted with the other's number.
    """
    whole = "".join(lines).encode()
    for run in _LINE.findall(raw.upper()):
        for line in lines:
            run = run.replace(line.encode(), b" ")
        if any(
            rest not in whole and _OF_A_ZONE.search(rest) is not None
            for rest in _LINE.findall(run)
        ):
            return True
    return False


def of_frame(frame: framing.MrzFrame, today: date) -> Document:
    """The document whose lines a reader sent; for review when some fillers came as other
    signs."""
    return parse_picture(frame.lines, today, doubts=(), repaired=frame.repaired)
