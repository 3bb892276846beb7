"""Reading pictures in another process: in order, in time, and whatever happens to it."""

from __future__ import annotations

import asyncio
import logging
import os
import select
import subprocess
import sys
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import pytest

from devices.images.process import Limits, PictureProcess
from devices.images.protocol import MOST_PICTURE_BYTES
from devices.mrz import Document, ReasonCode, Status
from devices.readers.stages import Stage
from tests.unit.mrz_builder import ASANOVA, BEKOV_PASSPORT

TODAY = date(2026, 11, 24)
WORKER = str(Path(__file__).with_name("odd_worker.py"))
GENEROUS = Limits(reading_s=60, loading_s=60)
HASTY = Limits(reading_s=0.3, loading_s=60)


def command(*arguments: str) -> tuple[str, ...]:
    return (sys.executable, WORKER, *arguments)


def picture(lines: tuple[str, ...]) -> bytes:
    return "\n".join(lines).encode()


@pytest.fixture
async def pictures() -> AsyncIterator[PictureProcess]:
    pictures = PictureProcess(command("confined"), GENEROUS)
    yield pictures
    await pictures.stop()


@pytest.fixture
async def hasty() -> AsyncIterator[PictureProcess]:
    """Gives a picture 0.3 s."""
    pictures = PictureProcess(command("confined"), HASTY)
    yield pictures
    await pictures.stop()


def codes(document: Document) -> list[ReasonCode]:
    return [reason.code for reason in document.reasons]


def lives(pid: int | None) -> bool:
    return Path(f"/proc/{pid}").exists()


async def ended(pid: int) -> None:
    """Waits until the process has ended; it need not be ours."""
    handle = os.pidfd_open(pid)
    loop = asyncio.get_running_loop()
    event = asyncio.Event()
    loop.add_reader(handle, event.set)
    try:
        await asyncio.wait_for(event.wait(), 20)
    finally:
        loop.remove_reader(handle)
        os.close(handle)


async def opened(fifo: Path) -> None:
    """Waits until the worker has opened the fifo, which lets it go on."""
    await asyncio.to_thread(lambda: os.close(os.open(fifo, os.O_WRONLY)))


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
    await asyncio.sleep(3 * HASTY.reading_s)
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


# ---- whatever happens to it


@pytest.mark.parametrize("order", ["crash", "raise ID1234567", "grow 4000", "\udcff"])
async def test_a_picture_on_which_the_reading_breaks_off_is_rejected_and_the_next_is_read(
    pictures: PictureProcess, order: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        document = await pictures.read(order.encode(errors="surrogateescape"), TODAY)
    assert codes(document) == [ReasonCode.READING_FAILED]
    assert caplog.messages
    assert "ID1234567" not in caplog.text
    assert (await pictures.read(picture(ASANOVA.td1()), TODAY)).status is Status.OK


async def test_the_log_names_kind_and_place_of_what_was_raised(
    pictures: PictureProcess, caplog: pytest.LogCaptureFixture
) -> None:
    await pictures.read(b"raise", TODAY)
    assert any("RuntimeError at odd_worker.py:" in line for line in caplog.messages)


@pytest.mark.parametrize(
    "start", ["dead", "greedy", "garbled", "cut off", "ready twice", "unasked"]
)
async def test_a_worker_that_talks_nonsense_is_ended_and_the_picture_rejected(
    start: str,
) -> None:
    pictures = PictureProcess(command(start), GENEROUS)
    for _ in range(2):
        assert codes(await pictures.read(b"", TODAY)) == [ReasonCode.READING_FAILED]
        assert pictures.pid is None
    await pictures.stop()


async def test_a_worker_that_takes_no_picture_is_ended_in_time() -> None:
    pictures = PictureProcess(command("garbled"), HASTY)
    more_than_a_pipe_holds = bytes(1_000_000)
    assert codes(await pictures.read(more_than_a_pipe_holds, TODAY)) == [ReasonCode.TOO_SLOW]
    assert pictures.pid is None
    await pictures.stop()


async def test_a_worker_that_never_gets_ready_is_ended() -> None:
    pictures = PictureProcess(command("mute"), Limits(loading_s=0.3))
    assert codes(await pictures.read(b"", TODAY)) == [ReasonCode.READING_FAILED]
    await pictures.warm()
    assert pictures.pid is None
    await pictures.stop()


async def test_a_program_that_is_not_there_rejects_the_picture() -> None:
    pictures = PictureProcess(("/nowhere/python",))
    assert codes(await pictures.read(b"", TODAY)) == [ReasonCode.READING_FAILED]
    await pictures.warm()
    await pictures.stop()


async def test_a_worker_that_died_between_two_pictures_is_replaced(
    pictures: PictureProcess,
) -> None:
    await pictures.warm()
    pid = pictures.pid
    assert pid is not None
    os.kill(pid, 9)
    await ended(pid)
    documents = [await pictures.read(picture(ASANOVA.td1()), TODAY) for _ in range(2)]
    assert documents[-1].status is Status.OK
    assert pictures.pid != pid


# ---- memory


async def test_a_worker_that_grew_is_made_anew_before_the_next_picture() -> None:
    pictures = PictureProcess(command("confined"), Limits(memory_mib=100))
    await pictures.read(b"grow 1", TODAY)
    pid = pictures.pid
    assert pid is not None
    await pictures.read(b"grow 120", TODAY)
    assert pictures.pid is None
    assert (await pictures.read(picture(ASANOVA.td1()), TODAY)).status is Status.OK
    assert pictures.pid != pid
    await pictures.stop()


async def test_with_the_second_opinion_in_memory_it_may_have_more() -> None:
    limits = Limits(memory_mib=5, memory_with_second_opinion_mib=500)
    pictures = PictureProcess(command("confined"), limits)
    await pictures.read(b"", TODAY)
    assert pictures.pid is None
    await pictures.read(b"ask", TODAY)
    assert pictures.pid is not None
    await pictures.stop()


async def test_a_worker_is_made_anew_after_many_pictures() -> None:
    pictures = PictureProcess(command("confined"), Limits(pictures=3))
    pids = []
    for _ in range(5):
        stages: list[Stage] = []
        await pictures.read(b"", TODAY, stages.append)
        pids.append(pictures.pid)
    assert pids[0] == pids[1] is not None
    assert pids[2] is None
    assert pids[3] == pids[4] not in {None, pids[0]}
    await pictures.stop()


async def test_a_worker_with_nothing_to_do_gives_its_memory_back() -> None:
    pictures = PictureProcess(command("confined"), Limits(idle_s=0.2))
    await pictures.warm()
    pid = pictures.pid
    assert pid is not None
    await ended(pid)
    assert (await pictures.read(picture(ASANOVA.td1()), TODAY)).status is Status.OK
    await pictures.stop()


# ---- nothing stays behind


async def test_no_file_can_keep_a_picture(pictures: PictureProcess, tmp_path: Path) -> None:
    kept = tmp_path / "picture.bmp"
    document = await pictures.read(f"write {kept}".encode(), TODAY)
    assert codes(document) == [ReasonCode.READING_FAILED]
    assert kept.read_bytes() == b""


def test_the_second_opinion_needs_no_file_and_no_more_memory_than_there_is() -> None:
    program = """
from devices.images.confinement import confine
confine()
import numpy
from devices.images.second_opinion import SecondOpinion
print(SecondOpinion().read(numpy.full((800, 1200), 200, numpy.uint8), seconds=60))
"""
    done = subprocess.run([sys.executable, "-c", program], stdout=subprocess.PIPE, check=True)
    assert done.stdout == b"None\n"


KIOSK = """
import asyncio, sys
from datetime import date
from devices.images.process import Limits, PictureProcess

async def main():
    pictures = PictureProcess(sys.argv[2:], Limits(reading_s=600, idle_s=600))
    await pictures.warm()
    tell = lambda stage: print(pictures.pid, flush=True)
    await pictures.read(sys.argv[1].encode(), date(2026, 11, 24), tell)
    await asyncio.Event().wait()

asyncio.run(main())
"""


@pytest.mark.parametrize(
    ("doing", "start"),
    [("hang", "confined"), ("nothing", "confined"), ("nothing", "loose")],
)
def test_no_worker_survives_a_kiosk_that_was_killed(doing: str, start: str) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", KIOSK, doing, *command(start)], stdout=subprocess.PIPE
    ) as kiosk:
        assert kiosk.stdout is not None
        worker = os.pidfd_open(int(kiosk.stdout.readline()))
        kiosk.kill()
    waiting = select.poll()
    waiting.register(worker, select.POLLIN)
    assert waiting.poll(20_000)
    os.close(worker)


def test_the_kiosk_loads_nothing_that_opens_pictures() -> None:
    program = """
import sys
import kiosk.app, devices.images.process, devices.images.reading
print(*sorted({name.partition(".")[0] for name in sys.modules}))
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    loaded = set(done.stdout.decode().split())
    assert "devices" in loaded
    assert not loaded & {"numpy", "scipy", "PIL", "passporteye", "skimage", "tesserocr"}
