"""Keys of the terminal on a real loop: passed on, held a moment, or given to the reader."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence

from mrz_builder import ASANOVA
from textual.events import Key

from kiosk import badge_code
from kiosk.bursts import HOLD_S, Bursts
from kiosk.typed_scans import TypedScans
from kiosk.wiring import BADGE

CARD = "\r".join(ASANOVA.td1()) + "\r"


class Reader:
    """A reader that only remembers."""

    def __init__(self, *, grabbed: bool = False) -> None:
        self.grabbed = grabbed
        self.text = ""

    def typed(self, text: str) -> None:
        self.text += text


class Desk:
    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.typed = ""
        self.under_way = False
        self.news = asyncio.Event()
        bursts: Bursts[Key] = Bursts([BADGE], [badge_code.BEGINNING])
        self.scans = TypedScans(bursts, reader, self._pass_on, lambda: self.under_way)

    def _pass_on(self, keys: Sequence[Key]) -> None:
        self.typed += "".join(key.character or "" for key in keys)
        self.news.set()

    def read(self, text: str) -> None:
        names = {"\r": "enter"}
        self.scans.came([Key(names.get(one, one), one) for one in text])


async def test_while_the_reader_is_grabbed_every_key_is_the_officers() -> None:
    desk = Desk(Reader(grabbed=True))
    desk.read(CARD)
    assert (desk.typed, desk.reader.text) == (CARD, "")


async def test_a_scan_is_the_readers_and_what_is_typed_around_it_the_officers() -> None:
    desk = Desk(Reader())
    desk.read("Бек" + CARD + "ова")
    assert (desk.typed, desk.reader.text) == ("Бекова", CARD)
    desk.scans.stop()


async def test_a_key_that_nothing_follows_is_passed_on_by_itself() -> None:
    desk = Desk(Reader())
    desk.read("P")
    assert desk.typed == ""
    await asyncio.wait_for(desk.news.wait(), 30)
    assert desk.typed == "P"


async def test_a_kiosk_that_was_held_up_does_not_take_lateness_for_silence() -> None:
    desk = Desk(Reader())
    desk.read(CARD[0])
    # The loop stands still, as on a machine that has other things to do; then what had come
    # meanwhile is read, a little after the timer is found to be over.
    time.sleep(0.2)  # noqa: ASYNC251 - blocking the loop is what is tested
    heard = asyncio.Event()
    asyncio.get_running_loop().call_later(0.002, lambda: (desk.read(CARD[1:]), heard.set()))
    await asyncio.wait_for(heard.wait(), 30)
    assert (desk.typed, desk.reader.text) == ("", CARD)
    desk.scans.stop()


async def test_no_silence_is_believed_while_keys_are_under_way() -> None:
    desk = Desk(Reader())
    loop = asyncio.get_running_loop()
    desk.under_way = True
    desk.read(CARD[:3])
    heard = asyncio.Event()
    loop.call_later(3 * HOLD_S, heard.set)
    await heard.wait()
    assert desk.typed == ""
    desk.under_way = False
    desk.read(CARD[3:])
    assert (desk.typed, desk.reader.text) == ("", CARD)
    desk.scans.stop()
