"""`kiosk doctor` about the devices: the folder, the scanner, the printer's file."""

from __future__ import annotations

import asyncio
import os
import socket
from pathlib import Path

import pytest
from device_users import open_folder, somebody_else

from devices.port import LineSettings, open_line
from devices.scales.profiles import load
from devices.scales.serial import SerialScale
from devices.sim.scale import SimulatedScale
from devices.sim.scale_makes import Indicator, Make, Sics
from kiosk.config import Settings, parse
from kiosk.support.check import Check, State
from kiosk.support.device_check import devices
from kiosk.support.scale_check import listened_to
from tests.programs import need


def site(state: Path, driver: str, **reader: str) -> Settings:
    lines = [f'{key} = "{value}"' for key, value in reader.items()]
    return parse(
        f'[site]\nstate = "{state}"\n[reader]\ndriver = "{driver}"\n' + "\n".join(lines)
    )


def reader(settings: Settings) -> Check:
    """What is said of the reader, and that nothing else is."""
    (one, _printer) = devices(settings)
    assert one.name == "reader"
    return one


def test_a_folder_that_is_not_there_is_a_fault_with_its_remedy(tmp_path: Path) -> None:
    one = reader(site(tmp_path, "folder", port="pictures"))
    assert one.state is State.FAULT
    assert str(tmp_path / "pictures") in one.text
    assert "[reader] port" in one.do


def test_an_empty_folder_is_in_order_and_pictures_in_it_are_told(tmp_path: Path) -> None:
    pictures = tmp_path / "pictures"
    pictures.mkdir()
    settings = site(tmp_path, "folder", port="pictures")
    one = reader(settings)
    assert one.state is State.OK
    for name in ("1.png", "2.jpg"):
        (pictures / name).write_bytes(b"x")
    one = reader(settings)
    assert one.state is State.WARN
    assert one.text.endswith("2")
    assert len(list(pictures.iterdir())) == 2


def test_a_scanner_that_answers_is_in_order_and_one_that_does_not_is_a_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    need("scanimage", "sane-utils")
    (tmp_path / "dll.conf").write_text("test\n")
    monkeypatch.setenv("SANE_CONFIG_DIR", str(tmp_path))
    one = reader(site(tmp_path, "scanimage", device="test:0"))
    assert (one.state, one.text) == (State.OK, "test:0")
    one = reader(site(tmp_path, "scanimage", device="test:77"))
    assert one.state is State.FAULT
    assert "scanimage -L" in one.do


def test_without_scanimage_the_package_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    one = reader(site(tmp_path, "scanimage"))
    assert one.state is State.FAULT
    assert "sane-utils" in one.do


def test_a_printer_that_is_a_file_wants_a_folder_that_may_be_written() -> None:
    def printer(file: Path) -> Check:
        config = f'[reader]\ndriver = "none"\n[printer]\ndriver = "file"\nport = "{file}"'
        (reader, printer) = devices(parse(config))
        assert (reader.state, printer.name) == (State.OK, "printer")
        return printer

    with open_folder() as folder:
        papers = folder / "papers.bin"
        with somebody_else():
            assert printer(papers).state is State.OK
        folder.chmod(0o555)
        with somebody_else():
            locked = printer(papers)
    assert locked.state is State.FAULT
    assert str(papers) in locked.text


def printers(text: str) -> list[Check]:
    return [
        one
        for one in devices(parse(f'[reader]\ndriver = "none"\n{text}'))
        if one.name != "reader"
    ]


def test_a_printer_on_the_network_is_called() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        there = f'driver = "tcp"\nhost = "127.0.0.1"\ntcp_port = {port}'
        (one,) = printers(f"[printer]\n{there}")
        assert (one.state, one.text) == (State.OK, f"127.0.0.1:{port}")
    (one,) = printers(f"[printer]\n{there}")
    assert one.state is State.FAULT
    assert "host" in one.do


def test_a_usb_printer_that_is_not_there_names_its_driver(tmp_path: Path) -> None:
    (one,) = printers(f'[printer]\ndriver = "usblp"\nport = "{tmp_path / "lp0"}"')
    assert one.state is State.FAULT
    assert "modprobe usblp" in one.do
    (tmp_path / "lp0").touch()
    (one,) = printers(f'[printer]\ndriver = "usblp"\nport = "{tmp_path / "lp0"}"')
    assert one.state is State.OK


def test_the_second_printer_is_looked_at_when_there_is_one(tmp_path: Path) -> None:
    first, second = printers(
        '[printer]\ndriver = "none"\n[second_printer]\ndriver = "serial"\n'
        f'port = "{tmp_path / "absent"}"'
    )
    assert (first.name, first.state) == ("printer", State.OK)
    assert (second.name, second.state) == ("second printer", State.FAULT)


def scale(state: Path, lines: str) -> list[Check]:
    """What is said of the scale."""
    text = f'[site]\nstate = "{state}"\n[reader]\ndriver = "none"\n[scale]\n{lines}'
    return [one for one in devices(parse(text)) if one.name.startswith("scale")]


def test_a_site_that_types_weights_hears_nothing_of_a_scale(tmp_path: Path) -> None:
    assert scale(tmp_path, 'driver = "none"') == []


def test_a_scale_that_is_not_there_is_a_fault_whatever_its_make(tmp_path: Path) -> None:
    profile, line = scale(tmp_path, 'driver = "serial"\nprofile = "sics"\nport = "scale.line"')
    assert (profile.name, profile.state, profile.text) == ("scale profile", State.OK, "sics")
    assert (line.name, line.state) == ("scale", State.FAULT)
    assert "/dev/serial/by-id" in line.do


def test_a_scale_of_an_unknown_make_is_a_fault_that_names_those_known(tmp_path: Path) -> None:
    profile, _line = scale(tmp_path, 'driver = "serial"\nprofile = "kern"')
    assert profile.state is State.FAULT
    assert "generic, toledo, sics, cas" in profile.text


async def listened(folder: Path, name: str, make: Make | None, silence: float) -> Check:
    """What is said of a simulated scale with 5,400 g on it; without a make it is silent."""
    sim = SimulatedScale(folder, make, every=0.02)
    sim.mute = make is None
    sim.start()
    sim.put(5400)
    known = SerialScale(LineSettings(str(sim.port)), load(name), silence=silence)
    try:
        return await asyncio.to_thread(listened_to, known, "/dev/x")
    finally:
        sim.stop()


async def test_a_scale_that_weighs_is_in_order_and_says_what_lies_on_it(tmp_path: Path) -> None:
    for name, make in (("generic", Indicator()), ("sics", Sics())):
        line = await listened(tmp_path, name, make, silence=60)
        assert (line.name, line.state) == ("scale", State.OK)
        assert line.text == "/dev/x, shows 5,400 g"


async def test_a_scale_of_another_make_or_switched_off_is_a_fault(tmp_path: Path) -> None:
    line = await listened(tmp_path, "toledo", Indicator(), silence=1)
    assert line.state is State.FAULT
    assert "[scale] profile, baud" in line.do
    line = await listened(tmp_path, "generic", None, silence=0.05)
    assert (line.state, line.text) == (State.FAULT, "/dev/x is silent")


async def test_a_scale_that_the_kiosk_holds_is_left_to_it(tmp_path: Path) -> None:
    sim = SimulatedScale(tmp_path)
    sim.start()
    by_the_kiosk = open_line(LineSettings(str(sim.port)))
    (_profile, line) = await asyncio.to_thread(
        scale, tmp_path, 'driver = "serial"\nport = "scale.line"'
    )
    os.close(by_the_kiosk)
    sim.stop()
    assert line.state is State.OK
    assert "in use" in line.text
