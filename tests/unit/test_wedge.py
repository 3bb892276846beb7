"""A reader that plays keyboard, grabbed: real key records through a pipe, and a grab that is
made up. No machine of ours has such a device; opening it and EVIOCGRAB are all that is fake.
"""

from __future__ import annotations

import asyncio
import errno
import os
import struct
from collections.abc import AsyncIterator, Iterable

import pytest
from mrz_builder import ASANOVA, BEKOV, BEKOV_PASSPORT
from reader_desk import BADGE, BADGE_TEXT, TODAY, held

from devices.events import CodeRead, DeviceChanged, DocumentRead, Event, ReadRejected
from devices.health import DeviceFlag, DeviceState
from devices.mrz import Status
from devices.readers import evdev
from devices.readers.listening import Patience
from devices.readers.rejects import RejectReason
from devices.readers.wedge import WedgeReader

# linux/input-event-codes.h, the keys of a US keyboard, written out for the tests.
CODES = {
    **dict(zip("1234567890", range(2, 12), strict=True)),
    **dict(zip("qwertyuiop", range(16, 26), strict=True)),
    **dict(zip("asdfghjkl", range(30, 39), strict=True)),
    **dict(zip("zxcvbnm", range(44, 51), strict=True)),
    "\r": 28,
    "\t": 15,
    " ": 57,
}
LEFT_SHIFT, RIGHT_SHIFT, LEFT_CONTROL, CAPS_LOCK, COMMA, ENTER_OF_PAD = 42, 54, 29, 58, 51, 96
PAD = dict(zip("7894561230", (71, 72, 73, 75, 76, 77, 79, 80, 81, 82), strict=True))
SCAN_CODE, LED, AUTO_REPEAT = (4, 4), (17, 1), 2


def record(kind: int, code: int, value: int) -> bytes:
    return struct.pack("@llHHi", 1_700_000_000, 250_000, kind, code, value)


SYN = record(0, 0, 0)


def key(code: int, value: int) -> bytes:
    """One change of a key, with the scan code before it and the report's end after it."""
    return record(*SCAN_CODE, code) + record(1, code, value) + SYN


def stroke(code: int) -> bytes:
    return key(code, 1) + key(code, 0)


def shifted(code: int, shift: int = LEFT_SHIFT) -> bytes:
    return key(shift, 1) + stroke(code) + key(shift, 0)


def struck(text: str) -> bytes:
    """The records of a reader that types `text`."""
    strokes = b""
    for character in text:
        if character == "<":
            strokes += shifted(COMMA)
        elif character.isupper():
            strokes += shifted(CODES[character.lower()])
        else:
            strokes += stroke(CODES[character])
    return strokes


def read(records: bytes) -> str:
    return evdev.KeyEvents().feed(records)


# ---- keys


def test_a_record_has_the_size_of_this_machines_input_event() -> None:
    assert evdev.RECORD.size == 2 * struct.calcsize("@l") + 8


@pytest.mark.parametrize(
    "text", ["\r".join(ASANOVA.td1()) + "\r", "\t".join(BEKOV_PASSPORT.td3()), "abc 0z"]
)
def test_what_was_struck_is_read(text: str) -> None:
    assert read(struck(text)) == text


def test_records_may_come_in_any_pieces() -> None:
    keys = evdev.KeyEvents()
    records = struck("P<KGZ1")
    assert "".join(keys.feed(records[at : at + 7]) for at in range(0, len(records), 7)) == (
        "P<KGZ1"
    )


def test_a_key_held_down_types_once() -> None:
    code = CODES["a"]
    assert read(key(code, 1) + key(code, AUTO_REPEAT) * 30 + key(code, 0)) == "a"


def test_shift_holds_until_it_is_released() -> None:
    strokes = stroke(CODES["p"]) + stroke(COMMA)
    assert read(key(RIGHT_SHIFT, 1) + strokes + key(RIGHT_SHIFT, 0) + strokes) == "P<p,"
    both = key(LEFT_SHIFT, 1) + key(RIGHT_SHIFT, 1) + key(LEFT_SHIFT, 0)
    assert read(both + stroke(COMMA) + key(RIGHT_SHIFT, 0) + stroke(COMMA)) == "<,"
    assert read(key(LEFT_SHIFT, 1) + key(LEFT_SHIFT, AUTO_REPEAT) + stroke(COMMA)) == "<"


def test_caps_lock_its_lamp_and_unknown_keys_type_nothing() -> None:
    lamp = record(*LED, 1) + SYN
    assert read(stroke(CAPS_LOCK) + lamp + stroke(CODES["a"]) + stroke(240)) == "a"


def test_the_digits_of_the_number_pad_are_digits() -> None:
    assert read(b"".join(stroke(PAD[digit]) for digit in "0123456789")) == "0123456789"
    assert read(stroke(ENTER_OF_PAD)) == "\r"


def test_control_and_a_letter_are_the_character_that_begins_or_ends_a_text() -> None:
    assert read(key(LEFT_CONTROL, 1) + stroke(CODES["b"]) + key(LEFT_CONTROL, 0)) == "\x02"


def test_keys_that_the_kernel_dropped_are_never_skipped_in_silence() -> None:
    dropped = record(0, 3, 0)
    assert read(struck("P<") + dropped + struck("KGZ")) == "P<\0KGZ"


# ---- the reader


class Usb:
    """Where a reader may be plugged in; counts who holds it."""

    def __init__(self) -> None:
        self._cable: int | None = None
        self.refusal: int | None = None

    def grab(self, path: str) -> int:
        """As `evdev.grab`."""
        if self.refusal is not None:
            raise OSError(self.refusal, os.strerror(self.refusal), path)
        if self._cable is not None:
            raise OSError(errno.EBUSY, os.strerror(errno.EBUSY), path)
        device, self._cable = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
        return device

    def strike(self, records: bytes) -> None:
        assert self._cable is not None
        os.write(self._cable, records)

    def unplug(self) -> None:
        assert self._cable is not None
        os.close(self._cable)
        self._cable, self.refusal = None, errno.ENOENT

    def plug(self) -> None:
        self.refusal = None

    @property
    def is_held(self) -> bool:
        """Whether somebody still has the device open, so that its keys are theirs alone."""
        if self._cable is None:
            return False
        try:
            os.write(self._cable, SYN)
        except BrokenPipeError:
            return False
        return True


class Desk:
    def __init__(self, path: str = "/dev/input/by-id/reader-event-kbd") -> None:
        self.usb = Usb()
        self.reader = WedgeReader(
            path,
            [BADGE],
            today=lambda: TODAY,
            patience=Patience(gap=0.02, look=0.01),
            grab=self.usb.grab,
        )
        self.events: asyncio.Queue[Event] = asyncio.Queue()
        self._task: asyncio.Task[object] | None = None

    def listen(self) -> None:
        self._task = asyncio.create_task(self.reader.run(self.events.put_nowait))

    async def event(self) -> Event:
        return await asyncio.wait_for(self.events.get(), 30)

    async def state(self, state: DeviceState) -> DeviceChanged:
        while True:
            event = await self.event()
            if isinstance(event, DeviceChanged) and event.state is state:
                return event

    async def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)


@pytest.fixture
async def desk() -> AsyncIterator[Desk]:
    desk = Desk()
    desk.listen()
    await desk.state(DeviceState.READY)
    yield desk
    await desk.stop()


async def documents(desk: Desk, lines: Iterable[tuple[str, ...]]) -> None:
    for one in lines:
        event = await desk.event()
        assert isinstance(event, DocumentRead)
        assert (event.document.lines, event.source) == (one, "reader")
        assert event.document.status is Status.OK


async def test_a_grabbed_reader_reads_documents_and_badges(desk: Desk) -> None:
    assert desk.reader.grabbed
    card, passport = ASANOVA.td1(), BEKOV_PASSPORT.td3()
    desk.usb.strike(struck("\r".join(card) + "\r"))
    await documents(desk, [card])
    desk.usb.strike(struck("".join(passport)) + stroke(ENTER_OF_PAD))
    await documents(desk, [passport])
    desk.usb.strike(struck(BADGE_TEXT.lower() + "\r"))
    event = await desk.event()
    assert isinstance(event, CodeRead)
    assert event.code == BADGE_TEXT


async def test_keys_lost_by_the_kernel_make_a_document_misread(desk: Desk) -> None:
    upper, middle, lower = ASANOVA.td1()
    dropped = record(0, 3, 0)
    desk.usb.strike(struck(f"{upper}\r{middle[:9]}") + dropped)
    desk.usb.strike(struck(f"{middle[10:]}\r{lower}\r"))
    event = await desk.event()
    assert isinstance(event, ReadRejected)
    assert event.reason is RejectReason.MISREAD


async def test_a_reader_pulled_out_mid_scan_says_so_and_comes_back(desk: Desk) -> None:
    desk.usb.strike(struck(BADGE_TEXT + "\r" + ASANOVA.td1()[0]))
    assert isinstance(await desk.event(), CodeRead)
    desk.usb.unplug()
    event = await desk.event()
    assert isinstance(event, ReadRejected)
    assert event.reason is RejectReason.INTERRUPTED
    await desk.state(DeviceState.LOST)
    assert not desk.reader.grabbed
    await desk.state(DeviceState.ABSENT)
    desk.usb.plug()
    await desk.state(DeviceState.READY)
    desk.usb.strike(struck("\r".join(BEKOV.td1())))
    await documents(desk, [BEKOV.td1()])


@pytest.mark.parametrize(
    ("refusal", "flags"),
    [
        (errno.EACCES, {DeviceFlag.FORBIDDEN}),
        (errno.EBUSY, {DeviceFlag.BUSY}),
        (errno.ENOTTY, set()),
    ],
)
async def test_a_reader_that_cannot_be_grabbed_says_why_and_is_heard_by_its_typing(
    refusal: int, flags: set[DeviceFlag]
) -> None:
    desk = Desk()
    desk.usb.refusal = refusal
    desk.listen()
    assert (await desk.state(DeviceState.BLOCKED)).flags == flags
    assert not desk.reader.grabbed
    desk.reader.typed("\r".join(ASANOVA.td1()) + "\r")
    await documents(desk, [ASANOVA.td1()])
    desk.usb.plug()
    await desk.state(DeviceState.READY)
    await desk.stop()


async def test_without_a_device_nobody_knows_whether_a_reader_is_there() -> None:
    desk = Desk(path="")
    desk.listen()
    assert (await desk.state(DeviceState.UNKNOWN)).flags == {DeviceFlag.TYPES}
    desk.reader.typed(BADGE_TEXT)
    assert isinstance(await desk.event(), CodeRead)
    desk.reader.typed(ASANOVA.td1()[0] + "\r")
    event = await desk.event()
    assert isinstance(event, ReadRejected)
    assert event.reason is RejectReason.TRUNCATED
    await desk.stop()
    desk.reader.typed(BADGE_TEXT)
    assert desk.events.empty()


async def test_a_stopped_reader_is_let_go(desk: Desk) -> None:
    assert desk.usb.is_held
    await desk.stop()
    assert not desk.usb.is_held


async def test_fifty_flaps_leak_neither_descriptors_nor_tasks(desk: Desk) -> None:
    before = held()
    for _ in range(50):
        desk.usb.unplug()
        await desk.state(DeviceState.LOST)
        desk.usb.plug()
        await desk.state(DeviceState.READY)
    assert held() == before


def test_nothing_is_grabbed_where_nothing_stands() -> None:
    with pytest.raises(FileNotFoundError):
        evdev.grab("/dev/input/by-id/nothing-event-kbd")


def test_what_is_no_keyboard_is_given_back() -> None:
    before = os.listdir("/proc/self/fd")
    with pytest.raises(OSError) as refused:
        evdev.grab("/dev/null")
    assert refused.value.errno == errno.ENOTTY
    assert os.listdir("/proc/self/fd") == before
