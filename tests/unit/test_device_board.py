"""How the devices are, in a word of the status bar, and when what was said of one is over."""

from __future__ import annotations

import pytest

from devices.events import DeviceChanged, RejectReason
from devices.health import DeviceFlag, DeviceState
from kiosk.device_board import _READER, DeviceBoard, is_about, rejected_sentence


def board(device: str, state: DeviceState, *flags: DeviceFlag) -> DeviceBoard:
    board = DeviceBoard()
    board.heard(DeviceChanged(device, state, frozenset(flags)))
    return board


@pytest.mark.parametrize("state", DeviceState)
def test_every_state_of_a_reader_has_its_word(state: DeviceState) -> None:
    assert state.value in _READER


@pytest.mark.parametrize("device", ["reader", "printer"])
def test_a_device_that_answers_nothing_works_and_is_called_ready(device: str) -> None:
    mute = board(device, DeviceState.UNKNOWN, DeviceFlag.MUTE)
    assert mute.is_well(device)
    assert "ready" in (mute.reader_word(0) if device == "reader" else mute.printer_word)


def test_what_a_device_needs_is_told_before_its_state() -> None:
    folder = board("reader", DeviceState.ABSENT, DeviceFlag.NO_FOLDER)
    assert folder.sentence("reader").startswith("The folder of pictures is not there.")
    assert is_about("reader", folder.sentence("reader"))
    assert not folder.is_well("reader")


def test_a_picture_being_read_takes_the_place_of_the_state_and_of_scans_that_wait() -> None:
    ready = board("reader", DeviceState.READY)
    assert ready.reader_word(2) == "Reader scan 2"
    ready.reading = True
    assert ready.reader_word(2) == "Reader busy"


def test_every_rejection_has_a_sentence_of_its_own() -> None:
    assert len({rejected_sentence(reason) for reason in RejectReason}) == len(RejectReason)
