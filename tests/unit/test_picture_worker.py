"""The picture worker, whatever happens to it: it is replaced, watched, and leaves nothing."""

from __future__ import annotations

import logging
import os
import select
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from devices.images.process import Limits, PictureProcess
from devices.mrz import ReasonCode, Status
from devices.readers.stages import Stage
from tests.unit.mrz_builder import ASANOVA
from tests.unit.picture_workers import GENEROUS, HASTY, TODAY, codes, command, ended, picture


@pytest.fixture
async def pictures() -> AsyncIterator[PictureProcess]:
    pictures = PictureProcess(command("confined"), GENEROUS)
    yield pictures
    await pictures.stop()


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
