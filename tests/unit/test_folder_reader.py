"""A folder of pictures on a real disk: what is new is read once and gone, the rest is left."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from mrz_builder import ASANOVA, BEKOV, BEKOV_PASSPORT
from picture_worker import TODAY, Told, Worker

from devices.events import (
    DeviceChanged,
    DocumentRead,
    Event,
    ReadingGivenUp,
    ReadingStarted,
    ReadingWentOn,
    ReadRejected,
    RejectReason,
    Stage,
)
from devices.health import DeviceFlag, DeviceState
from devices.readers.folder import FolderReader

ENDS = (DocumentRead, ReadRejected, ReadingGivenUp)


def picture(lines: tuple[str, ...]) -> bytes:
    """What the worker of these tests takes for a picture of the document."""
    return "\n".join(lines).encode()


CARD, OTHER_CARD = picture(ASANOVA.td1()), picture(BEKOV.td1())
PASSPORT = picture(BEKOV_PASSPORT.td3())


class Camera:
    """A folder, its reader, and what that said."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.worker = Worker()
        self.told = Told()
        self.reader = FolderReader(folder, self.worker, lambda: TODAY, look=0.01)

    def drop(self, name: str, data: bytes) -> Path:
        """As a well-made program does: written elsewhere, then moved in."""
        self.folder.joinpath(".half").write_bytes(data)
        return self.folder.joinpath(".half").rename(self.folder / name)

    async def state(self) -> DeviceChanged:
        (*_before, change) = await self.told.until(DeviceChanged)
        assert isinstance(change, DeviceChanged)
        return change

    async def end(self) -> Event:
        """How the next reading ends."""
        return (await self.told.until(*ENDS))[-1]

    async def document(self) -> DocumentRead:
        end = await self.end()
        assert isinstance(end, DocumentRead), end
        return end


@asynccontextmanager
async def watching(folder: Path) -> AsyncIterator[Camera]:
    camera = Camera(folder)
    task = asyncio.create_task(camera.reader.run(camera.told))
    yield camera
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert camera.worker.stopped


@pytest.fixture
async def camera(tmp_path: Path) -> AsyncIterator[Camera]:
    async with watching(tmp_path) as camera:
        assert (await camera.state()).state is DeviceState.READY
        yield camera


async def test_a_picture_moved_in_is_read_and_gone(camera: Camera) -> None:
    camera.drop("passport.PNG", PASSPORT)
    told = await camera.told.until(*ENDS)
    assert [type(one) for one in told] == [
        ReadingStarted,
        ReadingWentOn,
        ReadingWentOn,
        DocumentRead,
    ]
    assert [one.stage for one in told if isinstance(one, ReadingWentOn)] == [
        Stage.FINDING,
        Stage.READING,
    ]
    assert isinstance(told[-1], DocumentRead)
    assert (told[-1].document.surname, told[-1].source) == ("BEKOV", "reader")
    assert list(camera.folder.iterdir()) == []


async def test_the_worker_is_made_ready_while_a_picture_is_written(camera: Camera) -> None:
    assert not camera.worker.is_warm.is_set()
    with camera.folder.joinpath("slow.png").open("wb", buffering=0) as file:
        file.write(CARD)
        await asyncio.wait_for(camera.worker.is_warm.wait(), 30)
        assert camera.worker.saw == []
    await camera.document()


async def test_the_picture_is_off_the_disk_before_it_is_read(camera: Camera) -> None:
    camera.worker.slow = True
    camera.drop("card.jpg", CARD)
    await camera.told.until(ReadingWentOn)
    assert list(camera.folder.iterdir()) == []


async def test_a_picture_without_a_document_is_said_and_gone(camera: Camera) -> None:
    camera.drop("sky.png", b"nothing to read here")
    end = await camera.end()
    assert isinstance(end, ReadRejected)
    assert end.reason is RejectReason.NO_ZONE
    assert list(camera.folder.iterdir()) == []


async def test_given_up_is_an_end_and_the_next_picture_is_read(camera: Camera) -> None:
    camera.worker.slow = True
    camera.drop("card.png", CARD)
    await camera.told.until(ReadingWentOn)
    assert camera.reader.give_up()
    assert not camera.reader.give_up()
    assert isinstance(await camera.end(), ReadingGivenUp)
    assert camera.worker.given_up == 1
    camera.worker.slow = False
    camera.drop("other.png", OTHER_CARD)
    await camera.document()


async def test_there_is_nothing_to_give_up_while_nothing_is_read(camera: Camera) -> None:
    assert not camera.reader.give_up()
    assert not camera.reader.scan()


async def test_several_at_once_are_read_one_after_another(camera: Camera) -> None:
    for number, data in enumerate((CARD, OTHER_CARD, PASSPORT)):
        camera.drop(f"{number}.png", data)
    read = {(await camera.document()).document.lines for _ in range(3)}
    assert read == {ASANOVA.td1(), BEKOV.td1(), BEKOV_PASSPORT.td3()}


async def test_the_same_document_twice_is_one_and_still_an_end(camera: Camera) -> None:
    camera.drop("1.png", CARD)
    await camera.document()
    camera.drop("2.png", CARD)
    assert isinstance(await camera.end(), ReadingGivenUp)


async def test_old_pictures_are_left_and_said(tmp_path: Path) -> None:
    old = tmp_path / "old.png"
    old.write_bytes(CARD)
    async with watching(tmp_path) as camera:
        change = await camera.state()
        assert change.state is DeviceState.DEGRADED
        assert change.flags == {DeviceFlag.PICTURES_LEFT}
        camera.drop("new.png", OTHER_CARD)
        assert (await camera.document()).document.surname == "BEKOV"
        assert old.exists()
        old.unlink()
        assert (await camera.state()).state is DeviceState.READY


async def test_a_folder_that_is_gone_is_waited_for(tmp_path: Path) -> None:
    folder = tmp_path / "camera"
    async with watching(folder) as camera:
        change = await camera.state()
        assert change.state is DeviceState.ABSENT
        assert change.flags == {DeviceFlag.NO_FOLDER}
        folder.mkdir()
        assert (await camera.state()).state is DeviceState.READY
        camera.drop("card.png", CARD)
        await camera.document()
        folder.rmdir()
        assert (await camera.state()).state is DeviceState.ABSENT
        folder.mkdir()
        assert (await camera.state()).state is DeviceState.READY


async def test_a_reader_that_ends_ends_the_reading_and_the_worker(tmp_path: Path) -> None:
    async with watching(tmp_path) as camera:
        await camera.state()
        camera.worker.slow = True
        camera.drop("card.png", CARD)
        await camera.told.until(ReadingWentOn)
    assert camera.worker.given_up == 1
    assert isinstance(await camera.end(), ReadingGivenUp)


async def test_a_worker_that_breaks_down_leaves_no_reading_open(tmp_path: Path) -> None:
    class Broken(Worker):
        async def read(self, *picture: object) -> Event:  # type: ignore[override]  # raises
            raise RuntimeError

    camera = Camera(tmp_path)
    camera.reader = FolderReader(tmp_path, Broken(), lambda: TODAY, look=0.01)  # type: ignore[arg-type]  # raises
    task = asyncio.create_task(camera.reader.run(camera.told))
    await camera.state()
    camera.drop("card.png", CARD)
    assert isinstance(await camera.end(), ReadingGivenUp)
    with pytest.raises(RuntimeError):
        await task
