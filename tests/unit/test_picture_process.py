"""Reading pictures in another process: in order, and in time."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from devices.images.process import Limits, PictureProcess
from devices.images.protocol import MOST_PICTURE_BYTES
from devices.mrz import ReasonCode, Status
from devices.readers.stages import Stage
from tests.unit.mrz_builder import ASANOVA, BEKOV_PASSPORT
from tests.unit.picture_workers import (
    GENEROUS,
    HASTY,
    TODAY,
    codes,
    command,
    ended,
    lives,
    opened,
    picture,
)


@pytest.fixture
async def pictures() -> AsyncIterator[PictureProcess]:
    pictures = PictureProcess(command("confined"), GENEROUS)
    yield pictures
    await pictures.stop()


@pytest.fixture
async def hasty() -> AsyncIterator[PictureProcess]:
    """Gives a picture one second."""
    pictures = PictureProcess(command("confined"), HASTY)
    yield pictures
    await pictures.stop()


# ---- as it should be


async def test_a_picture_is_read_and_each_stage_is_told(pictures: PictureProcess) -> None:
    stages: list[Stage] = []
    document = await pictures.read(picture(ASANOVA.td1()), TODAY, stages.append)
    assert document.status is Status.OK
    assert document.document_number == "ID1234567"
    assert stages == [Stage.FINDING, Stage.READING]


async def test_the_reference_day_reaches_the_worker(pictures: PictureProcess) -> None:
    assert (await pictures.read(b"day", TODAY)).lines == ("2026<11<24",)


async def test_nothing_is_started_before_the_first_picture(pictures: PictureProcess) -> None:
    assert pictures.pid is None
    await pictures.read(b"", TODAY)
    assert pictures.pid is not None


async def test_one_worker_reads_all_in_the_order_given(pictures: PictureProcess) -> None:
    await pictures.warm()
    pid = pictures.pid
    order: list[str | None] = []

    async def read(lines: tuple[str, ...]) -> None:
        order.append((await pictures.read(picture(lines), TODAY)).document_number)

    await asyncio.gather(*(read(lines) for lines in [ASANOVA.td1(), BEKOV_PASSPORT.td3()] * 5))
    assert order == ["ID1234567", "PE1234567"] * 5
    assert pictures.pid == pid


async def test_what_libraries_print_does_not_disturb_the_answer(
    pictures: PictureProcess,
) -> None:
    assert (await pictures.read(b"print", TODAY)).lines == ("PRINT",)
    assert (await pictures.read(picture(ASANOVA.td1()), TODAY)).status is Status.OK


async def test_the_largest_picture_arrives_and_a_larger_one_is_not_sent(
    pictures: PictureProcess,
) -> None:
    largest = b"count ".ljust(MOST_PICTURE_BYTES, b"\0")
    assert (await pictures.read(largest, TODAY)).lines == (str(MOST_PICTURE_BYTES),)
    pid = pictures.pid
    assert codes(await pictures.read(largest + b"\0", TODAY)) == [ReasonCode.TOO_LARGE]
    assert pictures.pid == pid


async def test_the_worker_of_the_kiosk_answers_for_a_picture_without_a_zone() -> None:
    pictures = PictureProcess(limits=GENEROUS)
    try:
        blank = b"P5 64 64 255\n" + bytes([200]) * 64 * 64
        assert codes(await pictures.read(blank, TODAY)) == [ReasonCode.NOT_MRZ]
        assert codes(await pictures.read(b"\x89PNG\r\n", TODAY)) == [ReasonCode.NOT_A_PICTURE]
    finally:
        await pictures.stop()


# ---- in time


async def test_a_picture_that_takes_too_long_is_rejected_and_its_worker_ended(
    hasty: PictureProcess,
) -> None:
    await hasty.warm()
    pid = hasty.pid
    assert codes(await hasty.read(b"hang", TODAY)) == [ReasonCode.TOO_SLOW]
    assert hasty.pid is None
    assert (await hasty.read(picture(ASANOVA.td1()), TODAY)).status is Status.OK
    assert hasty.pid != pid
    await hasty.stop()
    assert not lives(pid)


async def test_what_a_worker_started_ends_with_it(hasty: PictureProcess) -> None:
    started = int((await hasty.read(b"start", TODAY)).lines[0])
    assert codes(await hasty.read(b"hang", TODAY)) == [ReasonCode.TOO_SLOW]
    await ended(started)


async def test_giving_up_ends_the_worker_and_the_next_picture_gets_another(
    pictures: PictureProcess,
) -> None:
    begun = asyncio.Event()
    reading = asyncio.create_task(pictures.read(b"hang", TODAY, lambda stage: begun.set()))
    await asyncio.wait_for(begun.wait(), 20)
    pid = pictures.pid
    reading.cancel()
    with pytest.raises(asyncio.CancelledError):
        await reading
    assert pictures.pid is None
    assert (await pictures.read(picture(ASANOVA.td1()), TODAY)).status is Status.OK
    await pictures.stop()
    assert not lives(pid)


async def test_giving_up_while_it_starts_leaves_nothing_behind(tmp_path: Path) -> None:
    fifo = tmp_path / "starting"
    os.mkfifo(fifo)
    pictures = PictureProcess(command("mute", str(fifo)), GENEROUS)
    reading = asyncio.create_task(pictures.read(b"", TODAY))
    await opened(fifo)
    pid = pictures.pid
    reading.cancel()
    with pytest.raises(asyncio.CancelledError):
        await reading
    await pictures.stop()
    assert not lives(pid)


async def test_giving_up_a_picture_whose_turn_has_not_come_disturbs_nobody(
    pictures: PictureProcess,
) -> None:
    begun = asyncio.Event()
    first = asyncio.create_task(pictures.read(b"hang", TODAY, lambda stage: begun.set()))
    await asyncio.wait_for(begun.wait(), 20)
    pid = pictures.pid
    second = asyncio.create_task(pictures.read(b"", TODAY))
    await asyncio.sleep(0)
    second.cancel()
    with pytest.raises(asyncio.CancelledError):
        await second
    assert not first.done()
    assert pictures.pid == pid
    await pictures.stop()
    assert codes(await first) == [ReasonCode.READING_FAILED]


async def test_the_import_of_the_second_opinion_is_not_counted(tmp_path: Path) -> None:
    fifo = tmp_path / "imported"
    os.mkfifo(fifo)
    pictures = PictureProcess(command("slow import", str(fifo)), HASTY)
    told: list[Stage] = []
    reading = asyncio.create_task(pictures.read(b"", TODAY, told.append))
    await asyncio.sleep(1.2 * HASTY.reading_s)
    assert not reading.done()
    await opened(fifo)
    assert codes(await reading) == [ReasonCode.NOT_MRZ]
    assert told == [Stage.SECOND_OPINION]
    await pictures.stop()


async def test_after_that_import_the_rest_of_the_time_runs(tmp_path: Path) -> None:
    fifo = tmp_path / "imported"
    os.mkfifo(fifo)
    pictures = PictureProcess(command("slow import", str(fifo), "then hang"), HASTY)
    reading = asyncio.create_task(pictures.read(b"", TODAY))
    await opened(fifo)
    assert codes(await reading) == [ReasonCode.TOO_SLOW]
    await pictures.stop()


async def test_an_import_that_never_ends_is_ended(tmp_path: Path) -> None:
    fifo = tmp_path / "imported"
    os.mkfifo(fifo)
    limits = Limits(reading_s=60, loading_s=1)
    pictures = PictureProcess(command("slow import", str(fifo)), limits)
    assert codes(await pictures.read(b"", TODAY)) == [ReasonCode.TOO_SLOW]
    await pictures.stop()


async def test_the_worker_imports_the_second_opinion_when_it_is_first_asked(
    pictures: PictureProcess,
) -> None:
    told: list[Stage] = []
    await pictures.read(b"ask", TODAY, told.append)
    assert told == [Stage.FINDING, Stage.SECOND_OPINION, Stage.READING]
