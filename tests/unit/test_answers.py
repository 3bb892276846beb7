"""What a printer's answers mean, mixed as they come."""

from __future__ import annotations

from itertools import pairwise

import pytest

from devices.health import DeviceState
from devices.printers.answers import Answers
from devices.printers.codepages import TextMode
from devices.printers.commands import (
    AUTOMATIC_STATUS,
    CLEAR,
    LONGEST_COMMAND,
    PADDING,
    ProcessIds,
    with_automatic_status,
)
from devices.printers.escpos import Page
from devices.printers.print_time import seconds
from devices.printers.status import Ask
from devices.sim.printer.commands import Splitter

OPEN = b"\x38\x00\x00\x00"
ID = b"\x37\x22 A~z\x00"


def test_answers_to_different_questions_share_the_line() -> None:
    answers = Answers()
    answers.asked(Ask.PAPER)
    # An automatic status (cover open), the proof, a process id, then the answer: paper out.
    answers.feed(OPEN + b"\x00" + ID + b"\x37\x25\x00" + b"\x72")
    assert answers.condition.cover_open
    assert answers.condition.paper_out
    assert (answers.answered, answers.proofs, answers.pushed, answers.cleared) == (1, 1, 1, 1)
    assert answers.printed(b" A~z")
    assert not answers.printed(b" A~y")


def test_bytes_of_flow_control_may_stand_anywhere() -> None:
    answers = Answers()
    answers.feed(b"\x13".join(bytes((byte,)) for byte in OPEN + ID) + b"\x11")
    assert (answers.pushed, answers.printed(b" A~z"), answers.proofs) == (1, True, 0)


@pytest.mark.parametrize("kept", range(1, 7))
def test_a_process_id_that_was_cut_off_proves_nothing_and_hides_nothing(kept: int) -> None:
    answers = Answers()
    answers.feed(ID[:kept] + OPEN + ID.replace(b"A", b"B"))
    assert not answers.printed(b" A~z")
    assert answers.printed(b" B~z")


def test_what_nobody_asked_for_says_nothing() -> None:
    answers = Answers()
    answers.feed(b"\x72")
    assert answers.condition.paper_out is None
    assert answers.condition.state is DeviceState.UNKNOWN


def test_what_was_not_said_is_unknown_and_never_ready() -> None:
    answers = Answers()
    answers.asked(Ask.PAPER)
    answers.feed(b"\x12")
    assert answers.condition.state is DeviceState.UNKNOWN
    answers.asked(Ask.OFFLINE_CAUSE)
    answers.feed(b"\x12")
    assert answers.condition.state is DeviceState.READY


def test_process_ids_ascend_in_printable_bytes_and_begin_anywhere() -> None:
    ids = ProcessIds()
    some = [ids.next() for _ in range(20_000)]
    assert len(set(some)) == len(some)
    assert all(len(one) == 4 and all(0x20 <= byte <= 0x7E for byte in one) for one in some)
    wraps = sum(after < before for before, after in pairwise(some))
    assert wraps <= 1
    assert len({ProcessIds().next() for _ in range(10)}) > 1


def test_every_paper_of_a_run_goes_on_telling_how_the_printer_is() -> None:
    scrap = b"\x1b@\x1c.INCOMPLETE\n\x1dVA\x06"
    paper = b"\x1b@\x1c.\x1bt\x35\xc0\n\x1b@\x1dVA\x06"
    told = with_automatic_status(scrap + paper)
    begun = b"\x1b@\x1c." + AUTOMATIC_STATUS
    assert told.count(begun) == 2
    assert told.replace(AUTOMATIC_STATUS, b"") == scrap + paper
    # In the middle of a paper ESC @ may as well be the data of a picture.
    assert told.endswith(b"\n\x1b@\x1dVA\x06")


def test_what_brings_a_printer_into_step_prints_nothing() -> None:
    assert max(CLEAR) < 0x20
    assert not set(CLEAR) & set(b"\t\n\x0c\r\x18\x1b\x1c\x1d")
    assert set(PADDING) == {0}
    assert len(PADDING) == LONGEST_COMMAND


@pytest.mark.parametrize("mode", TextMode)
def test_no_command_of_a_paper_is_longer_than_what_ends_a_broken_one(mode: TextMode) -> None:
    page = Page(mode, columns=48)
    page.line("王 ӨҮҢ" * 6, tall=True, wide=True)
    page.line("Өмүрбек 王" * 3)
    page.qr("GBV0126004512" * 8)
    page.barcode("V26004512")
    page.cut()
    assert max(map(len, Splitter().feed(page.output))) <= LONGEST_COMMAND


@pytest.mark.parametrize(
    ("paper", "millimetres"),
    [
        (b"\x1b@" + b"text\n" * 24, 24 * 4.25),
        (b"\x1b@\x1d!\x11big\n", 8.5),
        (b"\x1dv0\x00\x48\x00\x40\x00" + b"\n" * 72 * 64, 8),
        (b"\x1bd\x06", 25.5),
    ],
)
def test_a_paper_is_waited_for_as_long_as_a_slow_printer_needs(
    paper: bytes, millimetres: float
) -> None:
    assert seconds(paper) == pytest.approx(millimetres / 50 + 1)
