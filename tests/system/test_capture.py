"""`kiosk read --capture` on a real line, and `--replay` of what it kept, as processes."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import stat
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from devices.port import LineSettings, open_line
from devices.readers import recording
from devices.sim.makes import Elyctis, Menu
from devices.sim.reader import Framing, SimulatedReader, framed
from tests.tty.gate import KIOSK
from tests.tty.harness import ROOT
from tests.unit.mrz_builder import ASANOVA, BEKOV, BEKOV_PASSPORT

DONE, FINDING, USAGE, REFUSED, CONFIGURATION, TERMINATED = 0, 1, 2, 3, 78, 143


class Post:
    """A simulated reader, a config.toml that names it, and the commands beside it."""

    def __init__(self, folder: Path) -> None:
        self.sim = SimulatedReader(folder)
        self.kept = folder / "kept.txt"
        self.config = folder / "config.toml"
        self.configure()

    def configure(self, reader: str = "") -> None:
        self.config.write_text(
            f'[site]\nstate = "{self.config.parent}"\nlanguages = ["en"]\n'
            f'[reader]\nport = "reader.line"\n{reader}'
        )

    async def start(self, *arguments: str, stderr: int = PIPE) -> Process:
        return await asyncio.create_subprocess_exec(
            *KIOSK,
            "--config",
            str(self.config),
            "read",
            *arguments,
            cwd=ROOT,
            stdin=PIPE,
            stdout=PIPE,
            stderr=stderr,
        )

    async def run(self, *arguments: str) -> tuple[int | None, str, str]:
        """The exit code, and what was said on either stream."""
        process = await self.start(*arguments)
        out, err = await asyncio.wait_for(process.communicate(), 20)
        return process.returncode, out.decode(), err.decode()

    async def capture(self) -> Process:
        """One that listens."""
        process = await self.start("--capture", str(self.kept))
        await says(process, "Listening to")
        return process

    async def replay(self, *arguments: str) -> list[dict[str, Any]]:
        code, out, err = await self.run("--replay", str(self.kept), *TODAY, *arguments)
        assert code == DONE, err
        return [json.loads(line) for line in out.splitlines()]


TODAY = ("--today", "2026-11-24")


async def says(process: Process, text: str) -> str:
    """The line on its standard error that holds `text`."""
    assert process.stderr is not None
    async with asyncio.timeout(20):
        while line := (await process.stderr.readline()).decode():
            if text in line:
                return line
    raise AssertionError(f"it ended and never said {text!r}")


async def ended(process: Process, number: signal.Signals = signal.SIGINT) -> tuple[int, str]:
    """The exit code after a signal, and what it said in the end."""
    process.send_signal(number)
    out, err = await asyncio.wait_for(process.communicate(), 20)
    assert (out, process.returncode is None) == (b"", False)
    return process.returncode or 0, err.decode()


@pytest.fixture
async def post(tmp_path: Path) -> AsyncIterator[Post]:
    post = Post(tmp_path)
    post.sim.start()
    yield post
    post.sim.stop()


async def test_what_was_captured_is_read_again_elsewhere(post: Post) -> None:
    capture = await post.capture()
    await says(capture, "personal data")
    post.sim.swipe(ASANOVA.td1())
    await says(capture, "document TD1: ok")
    post.sim.send(framed(BEKOV.td1())[:50])
    await says(capture, "rejected: truncated")
    post.sim.swipe(BEKOV_PASSPORT.td3(), Framing.STX_LRC)
    await says(capture, "document TD3: ok")
    assert await ended(capture) == (DONE, "")
    assert stat.S_IMODE(post.kept.stat().st_mode) == 0o600
    read = await post.replay()
    assert [one["kind"] for one in read] == ["document", "rejected", "document"]
    assert read[0]["document_number"] == "ID1234567"
    assert read[1]["reason"] == "truncated"
    assert (read[2]["format"], read[2]["status"]) == ("TD3", "ok")
    times = [one["at_ms"] for one in read]
    assert times == sorted(times)


async def test_nothing_of_a_document_is_said_on_the_screen(post: Post) -> None:
    capture = await post.capture()
    post.sim.swipe(ASANOVA.td1())
    said = await says(capture, "document TD1")
    said += (await ended(capture))[1]
    assert not any(word in said for word in ("ASANOVA", "AIGUL", "1234567", "11203198601234"))


async def test_it_speaks_to_the_reader_as_the_kiosk_does_and_keeps_that_too(
    post: Post,
) -> None:
    post.configure('profile = "elyctis"\n')
    post.sim.make = Elyctis()
    capture = await post.capture()
    for lines in (ASANOVA.td1(), BEKOV.td1()):
        await post.sim.was_told(b"C\x00\x01\x01", within=20)
        post.sim.swipe(lines)
        await says(capture, "document TD1: ok")
    await ended(capture)
    await post.sim.was_told(b"C\x00\x01\x00")
    kept = recording.parse(post.kept.read_text().splitlines(keepends=True))
    assert kept.profile == "elyctis"
    assert kept.line == "115200 8N1 none"
    assert next(chunk.data for chunk in kept.chunks if chunk.told) == b"C\x00\x01\x01"
    read = await post.replay()
    assert [one["kind"] for one in read] == ["document", "document"]


async def test_replies_to_orders_are_kept_and_are_no_readings(post: Post) -> None:
    post.configure('profile = "honeywell"\n')
    post.sim.make = Menu()
    capture = await post.capture()
    await post.sim.was_told(b"OCRATS2!", within=20)
    post.sim.swipe(ASANOVA.td1())
    await says(capture, "document TD1: ok")
    await ended(capture)
    assert b"OCRENA1\x06!".hex(" ") in post.kept.read_text()
    assert [one["kind"] for one in await post.replay()] == ["document"]


async def test_another_profile_may_be_tried_on_a_recording(post: Post) -> None:
    capture = await post.capture()
    block = framed(ASANOVA.td1(), Framing.STX_LRC)
    post.sim.send(block.replace(b"AIGUL", b"AIGIL"))
    await says(capture, "document TD1")
    await ended(capture)
    assert [one["kind"] for one in await post.replay()] == ["document"]
    read = await post.replay("--profile", "stx-lrc")
    assert [one["kind"] for one in read] == ["rejected", "block"]
    code, _out, err = await post.run("--replay", str(post.kept), "--profile", "newlund")
    assert code == FINDING
    assert "newland" in err


async def test_it_ends_by_itself_after_the_seconds_given(post: Post) -> None:
    code, out, err = await post.run("--capture", str(post.kept), "--seconds", "0.2")
    assert (code, out) == (DONE, "")
    assert "Listening to" in err
    assert await post.replay() == []


async def test_a_capture_that_is_terminated_keeps_what_it_has(post: Post) -> None:
    capture = await post.capture()
    post.sim.swipe(ASANOVA.td1())
    await says(capture, "document TD1: ok")
    assert (await ended(capture, signal.SIGTERM))[0] == TERMINATED
    assert len(await post.replay()) == 1


async def test_a_reader_pulled_out_and_put_back_goes_on(post: Post) -> None:
    capture = await post.capture()
    post.sim.unplug()
    await says(capture, "reader: lost")
    post.sim.plug()
    await says(capture, "reader: ready")
    post.sim.swipe(ASANOVA.td1())
    await says(capture, "document TD1: ok")
    await ended(capture)
    assert len(await post.replay()) == 1


async def test_it_is_refused_while_another_program_holds_the_line(post: Post) -> None:
    other = open_line(LineSettings(str(post.sim.port)))
    code, _out, err = await post.run("--capture", str(post.kept))
    os.close(other)
    assert code == REFUSED
    assert err.endswith("nothing was kept. Stop it, then start again.\n")
    assert err.count("\n") == 1
    assert not post.kept.exists()


async def test_no_reader_is_said_in_one_sentence(post: Post) -> None:
    post.sim.unplug()
    code, _out, err = await post.run("--capture", str(post.kept))
    assert code == FINDING
    assert "reader.line is not there; nothing was kept. Plug the reader in." in err
    assert err.count("\n") == 1
    assert not post.kept.exists()
    post.configure('driver = "none"\n')
    assert (await post.run("--capture", str(post.kept)))[0] == REFUSED
    post.configure('profile = "honeywel"\n')
    code, _out, err = await post.run("--capture", str(post.kept))
    assert code == CONFIGURATION
    assert "honeywell" in err


async def test_a_capture_that_nobody_can_be_told_of_ends(post: Post) -> None:
    read, write = os.pipe()
    os.close(read)
    process = await post.start("--capture", str(post.kept), stderr=write)
    os.close(write)
    await asyncio.wait_for(process.communicate(), 20)
    assert process.returncode == FINDING


async def test_a_file_that_stands_is_never_written_over(post: Post) -> None:
    post.kept.write_text("what somebody needs")
    code, _out, err = await post.run("--capture", str(post.kept))
    assert code == REFUSED
    assert "exists already" in err
    assert post.kept.read_text() == "what somebody needs"
    code, _out, err = await post.run("--capture", str(post.kept / "below"))
    assert code == FINDING
    assert "cannot be written" in err


async def test_what_is_no_recording_is_named(post: Post) -> None:
    post.kept.write_bytes(framed(ASANOVA.td1()))
    code, out, err = await post.run("--replay", str(post.kept))
    assert (code, out) == (FINDING, "")
    assert "line 1" in err
    assert "ASANOVA" not in err
    assert (await post.run("--replay", "no-such-file"))[0] == FINDING


async def test_what_does_not_go_together_is_a_usage_error(post: Post) -> None:
    for arguments in (
        ("--seconds", "5"),
        ("--profile", "newland"),
        ("--capture", "a", "--replay", "b"),
        ("--capture", "a", "--seconds", "never"),
    ):
        assert (await post.run(*arguments))[0] == USAGE


async def test_doctor_names_a_profile_that_cannot_be_used(post: Post) -> None:
    post.configure('profile = "own.toml"\n')
    (post.config.parent / "own.toml").write_text("[mine]\nbuad = 300\n")
    process = await asyncio.create_subprocess_exec(
        *KIOSK, "--config", str(post.config), "doctor", "--json", cwd=ROOT, stdout=PIPE
    )
    out, _err = await asyncio.wait_for(process.communicate(), 20)
    assert process.returncode == FINDING
    checks = {one["check"]: one for one in json.loads(out)}
    assert checks["reader profile"]["state"] == "fault"
    assert "baud" in checks["reader profile"]["text"]
    assert checks["reader profile"]["do"]
