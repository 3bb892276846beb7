"""Bytes as a reader sends them → one `Document`."""

from __future__ import annotations

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


def read(raw: bytes, today: date) -> Document:
    """The document in `raw`, whatever stands around it.

    Never raises. Of two different documents the better reading is given, for review.
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
    if len(different) == 1 or best.status is Status.REJECT:
        return best
    return replace(
        best,
        status=Status.REVIEW,
        reasons=(Reason(ReasonCode.TWO_DOCUMENTS), *best.reasons),
    )


def of_frame(frame: framing.MrzFrame, today: date) -> Document:
    """The document whose lines a reader sent; for review when some fillers came as other
    signs."""
    return parse_picture(frame.lines, today, doubts=(), repaired=frame.repaired)
