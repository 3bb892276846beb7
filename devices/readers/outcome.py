"""A document that was made out, of characters or of a picture, as what the program is told."""

from __future__ import annotations

from devices.events import DocumentRead, ReadRejected
from devices.mrz import Document, ReasonCode, Status
from devices.readers.rejects import RejectReason

_REJECTS = {
    ReasonCode.TRUNCATED: RejectReason.TRUNCATED,
    ReasonCode.MISREAD: RejectReason.MISREAD,
    ReasonCode.UNREADABLE: RejectReason.CHECK_DIGITS,
    ReasonCode.UNSUPPORTED_FORMAT: RejectReason.UNSUPPORTED,
    # Of pictures.
    ReasonCode.NOT_A_PICTURE: RejectReason.NOT_A_PICTURE,
    ReasonCode.TOO_SLOW: RejectReason.TOO_SLOW,
    ReasonCode.TOO_LARGE: RejectReason.TOO_LARGE,
    ReasonCode.READING_FAILED: RejectReason.READING_FAILED,
}


def outcome(
    document: Document, at: float, source: str, no_zone: RejectReason
) -> DocumentRead | ReadRejected:
    """`no_zone`: what this reader says when there are no lines of a document at all."""
    if document.status is not Status.REJECT:
        return DocumentRead(document, at, source)
    reason = _REJECTS.get(document.reasons[0].code, no_zone)
    return ReadRejected(reason, at, source)
