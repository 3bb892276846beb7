"""A device's condition is told when it changes, and anew by a driver that starts again."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest
from picture_worker import TODAY, Told, Worker

from devices.condition import Condition
from devices.errors import PortAbsent, PortBusy, PortForbidden, PortUnavailable
from devices.events import DeviceChanged, Event
from devices.health import DeviceFlag, DeviceState
from devices.hub import Device
from devices.port import LineSettings
from devices.printers.escpos_printer import EscposPrinter
from devices.printers.lines import SerialLine
from devices.readers.folder import FolderReader
from devices.readers.scanimage import ScanimageReader, Scanner
from devices.readers.serial import SerialReader
from devices.readers.wedge import WedgeReader


def test_the_same_condition_is_told_once() -> None:
    told: list[Event] = []
    condition = Condition("reader", told.append)
    assert condition.tell(DeviceState.READY)
    assert not condition.tell(DeviceState.READY)
    assert condition.tell(DeviceState.DEGRADED, DeviceFlag.MUTE)
    assert told == [
        DeviceChanged("reader", DeviceState.READY),
        DeviceChanged("reader", DeviceState.DEGRADED, frozenset({DeviceFlag.MUTE})),
    ]


@pytest.mark.parametrize(
    ("fault", "state", "flags"),
    [
        (PortAbsent, DeviceState.ABSENT, set()),
        (PortBusy, DeviceState.BLOCKED, {DeviceFlag.BUSY}),
        (PortForbidden, DeviceState.BLOCKED, {DeviceFlag.FORBIDDEN}),
        (PortUnavailable, DeviceState.BLOCKED, set()),
    ],
)
def test_why_a_line_cannot_be_opened_is_told(
    fault: type[PortUnavailable], state: DeviceState, flags: set[DeviceFlag]
) -> None:
    told: list[Event] = []
    Condition("reader", told.append).tell_unavailable(fault("it"))
    assert told == [DeviceChanged("reader", state, frozenset(flags))]


def scanner(folder: Path) -> ScanimageReader:
    program = folder / "scanimage"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    return ScanimageReader(Scanner(program=str(program)), Worker(), lambda: TODAY)


DEVICES: dict[str, Callable[[Path], Device]] = {
    "serial": lambda folder: SerialReader(
        LineSettings(str(folder / "reader")), [], lambda: TODAY
    ),
    "wedge": lambda folder: WedgeReader("", [], lambda: TODAY),
    "folder": lambda folder: FolderReader(folder, Worker(), lambda: TODAY),
    "scanimage": scanner,
    "printer": lambda folder: EscposPrinter(SerialLine(LineSettings(str(folder / "printer")))),
}
SETTLED = {
    "serial": DeviceState.ABSENT,
    "wedge": DeviceState.UNKNOWN,
    "folder": DeviceState.READY,
    "scanimage": DeviceState.READY,
    "printer": DeviceState.ABSENT,
}


@pytest.mark.parametrize("driver", DEVICES)
async def test_a_driver_that_starts_again_says_again_how_its_device_is(
    driver: str, tmp_path: Path
) -> None:
    """The hub starts one that failed, after it has told that the device is lost."""
    device = DEVICES[driver](tmp_path)
    for _ in range(2):
        told = Told()
        task = asyncio.create_task(device.run(told))
        states = []
        while SETTLED[driver] not in states:
            event = await told.next()
            assert isinstance(event, DeviceChanged)
            states.append(event.state)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
