"""Scanners that SANE itself pretends: its `test` and `pnm` backends, through `scanimage`."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
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
from devices.readers.scanimage import USUAL_OPTIONS, ScanimageReader, Scanner
from tests.processes import children
from tests.programs import need

ENDS = (DocumentRead, ReadRejected, ReadingGivenUp)
# The picture of the `test` backend, slowed down to some ten seconds.
SLOW = (*USUAL_OPTIONS, "--read-delay=yes", "--read-delay-duration=200000", "-y", "200")


@pytest.fixture(autouse=True)
def backends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """SANE with two make-believe makes of scanner and no real ones, which take seconds."""
    need("scanimage", "sane-utils")
    folder = tmp_path / "sane.d"
    folder.mkdir()
    (folder / "dll.conf").write_text("pnm\ntest\n")
    monkeypatch.setenv("SANE_CONFIG_DIR", str(folder))


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """What lies in the scanner that the `pnm` backend pretends."""
    page = tmp_path / "page.pgm"
    page.write_bytes(b"P5\n40 30\n255\n" + bytes(range(100)) * 12)
    return page


def program(folder: Path, script: str) -> str:
    """A program in scanimage's place, for what SANE's make-believe scanners never do."""
    path = folder / "scanimage"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return str(path)


def lying(page: Path, *options: str) -> tuple[str, ...]:
    return ("--resolution=300", f"--filename={page}", *options)


async def test_a_scan_is_a_grey_picture(tmp_path: Path) -> None:
    picture = await Scanner("test:0", ("--mode=Gray", "--resolution=100")).scan()
    assert isinstance(picture, bytes)
    head, size = picture.split(b"\n", 3)[:3:2]
    assert (head, size) == (b"P5", b"314 393")
    assert len(picture) == len(b"P5\n# SANE data follows\n314 393\n255\n") + 314 * 393


async def test_what_lies_in_the_scanner_comes_as_it_is(page: Path) -> None:
    picture = await Scanner("pnm:0", lying(page)).scan()
    assert isinstance(picture, bytes)
    assert picture.endswith(bytes(range(100)) * 12)


# The `test` backend could say busy, too, but now and then it hangs when a scan of it fails.
@pytest.mark.parametrize(
    ("status", "reason"),
    [
        ("jammed", RejectReason.SCANNER_JAMMED),
        ("nodocs", RejectReason.SCANNER_EMPTY),
        ("coveropen", RejectReason.SCANNER_COVER),
        ("accessdenied", RejectReason.SCANNER_REFUSED),
        ("ioerror", RejectReason.SCANNER_FAULT),
        ("nomem", RejectReason.SCANNER_FAULT),
        ("eof", RejectReason.SCANNER_FAULT),
    ],
)
async def test_what_is_wrong_with_the_scanner_is_told(
    status: str, reason: RejectReason, page: Path
) -> None:
    assert await Scanner("pnm:0", lying(page, f"--status-{status}=yes")).scan() is reason


async def test_a_scanner_that_others_use_is_busy(tmp_path: Path) -> None:
    said = "echo 'scanimage: open of device epson2:usb failed: Device busy' >&2; exit 1"
    busy = Scanner(program=program(tmp_path, said))
    assert await busy.scan() is RejectReason.SCANNER_BUSY


async def test_a_scanner_that_is_not_there_is_absent() -> None:
    assert await Scanner("test:77").probe() is RejectReason.SCANNER_ABSENT
    assert await Scanner("nosuch:0").scan() is RejectReason.SCANNER_ABSENT


async def test_without_any_scanner_or_without_the_program_there_is_none(
    tmp_path: Path,
) -> None:
    (tmp_path / "sane.d" / "dll.conf").write_text("")
    assert await Scanner().probe() is RejectReason.SCANNER_ABSENT
    program = str(tmp_path / "scanimage")
    assert await Scanner(program=program).probe() is RejectReason.SCANNER_ABSENT


async def test_an_option_the_scanner_does_not_know_is_told_at_the_start() -> None:
    scanner = Scanner("pnm:0", ("--mode=Gray",))
    assert await scanner.probe() is RejectReason.SCANNER_REFUSED


async def test_a_scanner_that_is_there_answers_the_first_question() -> None:
    assert await Scanner("test:0").probe() is None
    assert await Scanner("", ()).probe() is None


async def test_a_scan_that_never_ends_is_ended() -> None:
    before = children()
    scanner = Scanner("test:0", SLOW, deadline_s=0.3)
    assert await scanner.scan() is RejectReason.SCANNER_FAULT
    assert children() == before


async def test_a_program_that_does_not_listen_is_ended_all_the_same(tmp_path: Path) -> None:
    before = children()
    deaf = program(tmp_path, "trap '' TERM\nwhile :; do sleep 9; done")
    scanner = Scanner(program=deaf, deadline_s=0.1)
    assert await scanner.scan() is RejectReason.SCANNER_FAULT
    assert children() == before


async def test_a_scanner_that_does_not_answer_the_first_question_is_absent(
    tmp_path: Path,
) -> None:
    for said in ("exec sleep 9", "exit 1"):
        scanner = Scanner(program=program(tmp_path, said), deadline_s=0.1)
        assert await scanner.probe() is RejectReason.SCANNER_ABSENT


async def test_a_flood_is_cut_off(tmp_path: Path) -> None:
    before = children()
    flood = Scanner(program=program(tmp_path, "exec cat /dev/zero"))
    assert await flood.scan() is RejectReason.TOO_LARGE
    assert children() == before


# ---- the reader


class Flatbed:
    def __init__(self, scanner: Scanner) -> None:
        self.worker = Worker()
        self.told = Told()
        self.reader = ScanimageReader(scanner, self.worker, lambda: TODAY)

    async def end(self) -> Event:
        return (await self.told.until(*ENDS))[-1]

    async def rejection(self) -> RejectReason:
        end = await self.end()
        assert isinstance(end, ReadRejected), end
        return end.reason

    async def state(self, state: DeviceState) -> DeviceChanged:
        while True:
            (*_before, change) = await self.told.until(DeviceChanged)
            assert isinstance(change, DeviceChanged)
            if change.state is state:
                return change


@asynccontextmanager
async def standing(
    device: str, options: Sequence[str] = USUAL_OPTIONS
) -> AsyncIterator[Flatbed]:
    flatbed = Flatbed(Scanner(device, options))
    task = asyncio.create_task(flatbed.reader.run(flatbed.told))
    yield flatbed
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert flatbed.worker.stopped


async def test_nothing_is_scanned_before_somebody_asks() -> None:
    async with standing("test:0") as flatbed:
        await flatbed.state(DeviceState.READY)
        assert flatbed.worker.saw == []
        assert flatbed.reader.scan()
        told = await flatbed.told.until(*ENDS)
        assert [type(one) for one in told] == [
            ReadingStarted,
            ReadingWentOn,
            ReadingWentOn,
            ReadRejected,
        ]
        stages = [one.stage for one in told if isinstance(one, ReadingWentOn)]
        assert stages == [Stage.SCANNING, Stage.FINDING]
        assert flatbed.worker.is_warm.is_set()
        assert len(flatbed.worker.saw) == 1


async def test_asked_while_it_starts_it_scans_as_soon_as_it_can() -> None:
    async with standing("test:0") as flatbed:
        assert flatbed.reader.scan()
        assert await flatbed.rejection() is RejectReason.NO_ZONE


async def test_asked_twice_it_scans_once() -> None:
    async with standing("test:0") as flatbed:
        flatbed.worker.slow = True
        flatbed.reader.scan()
        await flatbed.told.until(ReadingStarted)
        flatbed.reader.scan()
        flatbed.worker.go_on.set()
        await flatbed.end()
        flatbed.reader.scan()
        await flatbed.end()
        assert len(flatbed.worker.saw) == 2


async def test_given_up_the_scanner_stops_and_can_scan_again() -> None:
    before = children()
    async with standing("test:0", SLOW) as flatbed:
        await flatbed.state(DeviceState.READY)
        flatbed.reader.scan()
        await flatbed.told.until(ReadingWentOn)
        assert flatbed.reader.give_up()
        assert not flatbed.reader.give_up()
        flatbed.reader.scan()  # before it has ended
        assert isinstance(await flatbed.end(), ReadingGivenUp)
        await flatbed.told.until(ReadingStarted)
        assert flatbed.worker.saw == []
    assert children() == before


async def test_a_scanner_switched_on_later_is_ready_after_its_first_scan(
    tmp_path: Path,
) -> None:
    backends = tmp_path / "sane.d" / "dll.conf"
    backends.write_text("")
    async with standing("") as flatbed:
        change = await flatbed.state(DeviceState.ABSENT)
        assert change.flags == {DeviceFlag.NO_SCANNER}
        flatbed.reader.scan()
        assert await flatbed.rejection() is RejectReason.SCANNER_ABSENT
        backends.write_text("test\n")
        flatbed.reader.scan()
        assert (await flatbed.state(DeviceState.READY)).flags == frozenset()
        assert await flatbed.rejection() is RejectReason.NO_ZONE


async def test_a_fault_of_one_scan_leaves_the_scanner_ready(page: Path) -> None:
    async with standing("pnm:0", lying(page, "--status-coveropen=yes")) as flatbed:
        await flatbed.state(DeviceState.READY)
        flatbed.reader.scan()
        told = await flatbed.told.until(*ENDS)
        assert not any(isinstance(one, DeviceChanged) for one in told)
        assert isinstance(told[-1], ReadRejected)
        assert told[-1].reason is RejectReason.SCANNER_COVER


async def test_the_end_of_the_kiosk_ends_a_scan() -> None:
    before = children()
    async with standing("test:0", SLOW) as flatbed:
        flatbed.reader.scan()
        await flatbed.told.until(ReadingWentOn)
    assert children() == before
