"""What the program is told of a document: it, or why it is none, the same of every reader."""

from __future__ import annotations

import pytest
from mrz_builder import ASANOVA, BEKOV_PASSPORT
from picture_worker import TODAY

from devices.events import DocumentRead, ReadRejected, RejectReason
from devices.mrz import ReasonCode, Status, parse
from devices.mrz.parse import rejected
from devices.readers.outcome import outcome


def reason(code: ReasonCode) -> RejectReason:
    event = outcome(rejected(code), 7.0, "reader", no_zone=RejectReason.NO_ZONE)
    assert isinstance(event, ReadRejected)
    assert (event.at, event.source) == (7.0, "reader")
    return event.reason


def test_a_document_for_review_is_a_document() -> None:
    upper, lower = BEKOV_PASSPORT.td3()
    for lines, status in (
        (ASANOVA.td1(), Status.OK),
        ((upper, lower[:4] + "9" + lower[5:]), Status.REVIEW),
    ):
        event = outcome(parse(lines, TODAY), 7.0, "reader", no_zone=RejectReason.UNKNOWN)
        assert isinstance(event, DocumentRead)
        assert (event.document.status, event.at, event.source) == (status, 7.0, "reader")


@pytest.mark.parametrize(
    "code",
    [
        ReasonCode.TRUNCATED,
        ReasonCode.MISREAD,
        ReasonCode.NOT_A_PICTURE,
        ReasonCode.TOO_SLOW,
        ReasonCode.TOO_LARGE,
        ReasonCode.READING_FAILED,
    ],
)
def test_what_went_wrong_keeps_its_name(code: ReasonCode) -> None:
    assert reason(code).value == code.value


def test_what_has_another_name_is_said_by_that() -> None:
    assert reason(ReasonCode.UNREADABLE) is RejectReason.CHECK_DIGITS
    assert reason(ReasonCode.UNSUPPORTED_FORMAT) is RejectReason.UNSUPPORTED
    assert reason(ReasonCode.NOT_MRZ) is RejectReason.NO_ZONE
