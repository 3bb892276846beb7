"""How the devices are, in a word of the status bar, and when what was said of one is over."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from devices.events import DeviceChanged, RejectReason
from devices.health import DeviceFlag, DeviceState
from kiosk import text
from kiosk.device_board import (
    _READER,
    PRINTER,
    READER,
    SCALE,
    SECOND_PRINTER,
    DeviceBoard,
    Notice,
    is_about,
    rejected_sentence,
)
from kiosk.printer_words import WORDS, Words, condition
from kiosk.text import LANGUAGES, fill, in_language

PRINTER_WIDTH = 15  # of the status bar: "Printer " and a word


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    text.use("en")
    yield
    text.use("en")


def board(device: str, state: DeviceState, *flags: DeviceFlag) -> DeviceBoard:
    board = DeviceBoard()
    board.heard(DeviceChanged(device, state, frozenset(flags)))
    return board


def printers(first: DeviceState | DeviceFlag, second: DeviceState | DeviceFlag) -> DeviceBoard:
    """A post with two printers; a flag is of one that cannot print because of it."""
    board = DeviceBoard()
    for device, how in ((PRINTER, first), (SECOND_PRINTER, second)):
        if isinstance(how, DeviceFlag):
            board.heard(DeviceChanged(device, DeviceState.BLOCKED, frozenset({how})))
        else:
            board.heard(DeviceChanged(device, how))
    return board


@pytest.mark.parametrize("state", DeviceState)
def test_every_state_of_a_reader_has_its_word(state: DeviceState) -> None:
    assert state.value in _READER


@pytest.mark.parametrize("state", DeviceState)
def test_every_state_of_a_printer_has_its_word(state: DeviceState) -> None:
    assert state in WORDS


def test_every_flag_of_a_printer_that_stands_still_has_its_word() -> None:
    of_others = {"types", "no_folder", "pictures_left", "no_scanner", "unreadable"}
    stops = [flag for flag in DeviceFlag if flag.value not in {*of_others, "paper_near_end"}]
    assert set(stops) <= set(WORDS)
    for flag in stops:
        assert condition(DeviceChanged(PRINTER, DeviceState.BLOCKED, frozenset({flag}))) == flag


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("words", WORDS.values(), ids=WORDS)
def test_a_word_about_the_printer_fits_its_place_in_every_language(
    language: str, words: Words
) -> None:
    say = in_language(language)
    word = say(words.word)
    assert len(f"{say('Printer')} {word}") <= PRINTER_WIDTH
    assert word.endswith("!") == words.word.endswith("!")


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_to_do_about_either_of_two_printers_fits_the_message_row(language: str) -> None:
    text.use(language)
    say = in_language(language)
    for fault in (state for state, words in WORDS.items() if words.fault):
        for pair in ((fault, "ready"), ("ready", fault), (fault, fault)):
            two = DeviceBoard(states=dict(zip((PRINTER, SECOND_PRINTER), pair, strict=True)))
            notice = two.notice(PRINTER)
            assert notice is not None
            assert len(fill(say(notice.sentence), **notice.values)) <= 78


@pytest.mark.parametrize(
    ("flag", "word"),
    [
        (DeviceFlag.PAPER_OUT, "paper!"),
        (DeviceFlag.COVER_OPEN, "lid!"),
        (DeviceFlag.CUTTER, "cutter!"),
        (DeviceFlag.OVERHEATED, "hot!"),
        (DeviceFlag.OFFLINE, "stop!"),
        (DeviceFlag.MUTE, "silent!"),
        (DeviceFlag.FORBIDDEN, "denied!"),
        (DeviceFlag.BUSY, "in use!"),
    ],
)
def test_each_reason_why_a_printer_stands_still_has_a_word_and_what_to_do(
    flag: DeviceFlag, word: str
) -> None:
    one = board(PRINTER, DeviceState.BLOCKED, flag, DeviceFlag.PAPER_NEAR_END)
    assert one.printer_word == f"Printer {word}"
    notice = one.notice(PRINTER)
    assert notice is not None
    assert is_about(PRINTER, notice.sentence)
    assert not one.is_well(PRINTER)


def test_paper_that_nearly_ends_stops_nothing_and_rings_no_alarm() -> None:
    low = board(PRINTER, DeviceState.DEGRADED, DeviceFlag.PAPER_NEAR_END)
    assert low.printer_word == "Printer roll"
    low.waiting = 2
    assert low.printer_word == "Printer wait 2"


def test_a_printer_that_says_nothing_is_never_called_ready_and_is_no_fault() -> None:
    mute = board(PRINTER, DeviceState.UNKNOWN, DeviceFlag.MUTE)
    assert mute.printer_word == "Printer unsure"
    assert mute.notice(PRINTER) is None
    assert mute.is_well(PRINTER)


def test_a_reader_that_says_nothing_works_and_is_called_ready() -> None:
    mute = board(READER, DeviceState.UNKNOWN, DeviceFlag.MUTE)
    assert mute.is_well(READER)
    assert mute.reader_word(0) == "Reader ready"


def test_papers_that_wait_or_may_not_have_come_out_take_the_place_of_ready() -> None:
    one = board(PRINTER, DeviceState.READY)
    one.waiting = 1
    assert one.printer_word == "Printer ready"
    one.waiting = 3
    assert one.printer_word == "Printer wait 3"
    one.uncertain = 1
    assert one.printer_word == "Printer check"
    one.heard(DeviceChanged(PRINTER, DeviceState.BLOCKED, frozenset({DeviceFlag.PAPER_OUT})))
    assert one.printer_word == "Printer paper!"


def test_a_printer_pulled_out_stays_so_while_it_is_looked_for_in_vain() -> None:
    one = board(PRINTER, DeviceState.LOST)
    said = one.notice(PRINTER)
    one.heard(DeviceChanged(PRINTER, DeviceState.ABSENT))
    assert one.notice(PRINTER) == said
    assert one.printer_word == "Printer off"


@pytest.mark.parametrize("well", [DeviceState.READY, DeviceState.DEGRADED, DeviceState.UNKNOWN])
def test_the_second_printer_takes_over_and_the_screen_says_so(well: DeviceState) -> None:
    two = printers(DeviceFlag.PAPER_OUT, well)
    assert two.printer_word == "Printer second"
    assert two.notice(PRINTER) == Notice(
        "First printer: {fault}. Papers go to the second one meanwhile.",
        {"fault": "no paper"},
    )
    two.waiting = 2
    assert two.printer_word == "Printer wait 2"


def test_of_two_printers_that_stand_still_the_first_is_told() -> None:
    two = printers(DeviceFlag.PAPER_OUT, DeviceState.LOST)
    assert two.printer_word == "Printer paper!"
    assert two.notice(SECOND_PRINTER) == Notice(
        "Paper is out. Put in a roll; printing goes on by itself."
    )


def test_a_second_printer_that_stands_still_stops_nothing() -> None:
    two = printers(DeviceState.READY, DeviceFlag.COVER_OPEN)
    assert two.printer_word == "Printer ready"
    assert two.notice(SECOND_PRINTER) == Notice(
        "Second printer: {fault}. Papers go to the first one.", {"fault": "its lid is open"}
    )


def test_the_second_printers_own_paper_nearly_out_is_told_of_it_alone() -> None:
    two = printers(DeviceState.READY, DeviceState.DEGRADED)
    assert two.notice(PRINTER) == Notice(
        "Second printer: {fault}.", {"fault": "paper is nearly out"}
    )


def test_a_first_printer_not_heard_yet_is_not_given_up_for_the_second() -> None:
    one = board(SECOND_PRINTER, DeviceState.READY)
    assert one.printer_word == "Printer busy"
    assert one.notice(PRINTER) is None


def test_what_a_device_needs_is_told_before_its_state() -> None:
    folder = board(READER, DeviceState.ABSENT, DeviceFlag.NO_FOLDER)
    notice = folder.notice(READER)
    assert notice is not None
    assert notice.sentence.startswith("The folder of pictures is not there.")
    assert is_about(READER, notice.sentence)
    assert not folder.is_well(READER)


def test_what_is_said_of_the_reader_is_not_about_the_printer() -> None:
    notice = board(READER, DeviceState.LOST).notice(READER)
    assert notice is not None
    assert not is_about(PRINTER, notice.sentence)


def test_a_picture_being_read_takes_the_place_of_the_state_and_of_scans_that_wait() -> None:
    ready = board(READER, DeviceState.READY)
    assert ready.reader_word(2) == "Reader scan 2"
    ready.reading = True
    assert ready.reader_word(2) == "Reader busy"


def test_every_rejection_has_a_sentence_of_its_own() -> None:
    assert len({rejected_sentence(reason) for reason in RejectReason}) == len(RejectReason)


@pytest.mark.parametrize(
    ("state", "flags", "begins"),
    [
        (DeviceState.ABSENT, (), "There is no scale."),
        (DeviceState.LOST, (), "The scale was unplugged."),
        (DeviceState.STUCK, (), "The scale is silent."),
        (DeviceState.BLOCKED, (DeviceFlag.BUSY,), "The scale cannot be opened."),
        (DeviceState.BLOCKED, (DeviceFlag.UNREADABLE,), "The scale sends what nobody"),
    ],
)
def test_a_scale_that_weighs_nothing_says_what_to_do_and_that_weights_are_typed(
    state: DeviceState, flags: tuple[DeviceFlag, ...], begins: str
) -> None:
    seen = board(SCALE, state, *flags)
    notice = seen.notice(SCALE)
    assert notice is not None
    assert notice.sentence.startswith(begins)
    assert "type" in notice.sentence
    assert is_about(SCALE, notice.sentence)
    assert not is_about(READER, notice.sentence)
    assert not seen.is_well(SCALE)
    assert not seen.notice(READER)


@pytest.mark.parametrize(
    "state", [DeviceState.OPENING, DeviceState.UNKNOWN, DeviceState.READY, DeviceState.DISABLED]
)
def test_a_scale_that_weighs_or_was_never_there_is_no_news(state: DeviceState) -> None:
    seen = board(SCALE, state)
    assert seen.notice(SCALE) is None
    assert seen.is_well(SCALE) is (state is DeviceState.READY)


def test_a_scale_that_was_unplugged_is_not_told_once_more_to_be_absent() -> None:
    seen = board(SCALE, DeviceState.LOST)
    seen.heard(DeviceChanged(SCALE, DeviceState.ABSENT))
    notice = seen.notice(SCALE)
    assert notice is not None
    assert notice.sentence.startswith("The scale was unplugged.")
