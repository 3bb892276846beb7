"""`kiosk print` as a process, with a simulated printer on a line or on the network."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from devices.health import DeviceFlag
from devices.port import LineSettings, open_line
from devices.sim.printer import SimulatedPrinter
from kiosk.codes import Template
from kiosk.models.database import open_database
from tests.tty.gate import KIOSK
from tests.tty.harness import ROOT

DONE, FINDING, USAGE, REFUSED, RUNNING, CONFIGURATION = 0, 1, 2, 3, 75, 78
INTERRUPTED, TERMINATED = 130, 143

TEST_PAGE = ("--test-page",)
SAMPLE = ("--sample", "receipt")
ON_THE_LINE = 'port = "printer.line"\nwrite_deadline_s = 1\nproof_deadline_s = 1\n'


class Post:
    """A simulated printer, a config.toml that names it, and the command beside it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.sim = SimulatedPrinter(folder / "printer.line")
        self.sim.plug_in()
        self.config = folder / "config.toml"
        self.configure(ON_THE_LINE)

    def configure(self, printer: str, more: str = "") -> None:
        self.config.write_text(
            f'[site]\nstate = "{self.folder}"\nlanguages = ["en"]\n[printer]\n{printer}{more}'
        )

    async def start(self, *arguments: str) -> Process:
        return await asyncio.create_subprocess_exec(
            *KIOSK,
            *("--config", str(self.config), "print", *arguments),
            cwd=ROOT,
            stdout=PIPE,
            stderr=PIPE,
        )

    async def run(self, *arguments: str) -> tuple[int | None, str, str]:
        """The exit code, and what was said on either stream."""
        return await ended(await self.start(*arguments))


async def ended(process: Process) -> tuple[int | None, str, str]:
    out, err = await asyncio.wait_for(process.communicate(), 40)
    assert b"Traceback" not in err, err.decode()
    return process.returncode, out.decode(), err.decode()


async def says(process: Process, text: str) -> None:
    """Until it has said so on its standard error."""
    assert process.stderr is not None
    async with asyncio.timeout(20):
        while line := (await process.stderr.readline()).decode():
            if text in line:
                return
    raise AssertionError(f"it ended and never said {text!r}")


@pytest.fixture
async def post(tmp_path: Path) -> AsyncIterator[Post]:
    post = Post(tmp_path)
    yield post
    post.sim.close()


# ---- printed


async def test_the_test_page_is_proved_and_says_what_to_set(post: Post) -> None:
    code, out, err = await post.run(*TEST_PAGE)
    assert (code, err) == (DONE, "")
    assert out.startswith("Printed. ")
    assert "[printer]: text_mode" in out
    assert "columns" in out
    assert "codepages" in out
    assert len(post.sim.papers) == 1


async def test_a_sample_is_printed_over_the_network_and_can_pass_for_no_paper(
    post: Post,
) -> None:
    port = post.sim.listen()
    post.configure(f'driver = "tcp"\nhost = "127.0.0.1"\ntcp_port = {port}\n')
    code, out, _err = await post.run(*SAMPLE)
    assert code == DONE
    assert out.startswith("Printed. ")
    assert "text_mode" not in out
    (paper,) = post.sim.papers
    rows = paper.splitlines()
    assert rows[0].strip() == rows[-1].strip() == "ҮЛГҮ / ОБРАЗЕЦ / SAMPLE"


async def test_a_printer_that_never_says_is_looked_at_by_whoever_stands_there(
    post: Post,
) -> None:
    post.sim.mute = True
    code, out, _err = await post.run(*SAMPLE)
    assert code == DONE
    assert "never says more" in out
    await post.sim.until(lambda: len(post.sim.papers) == 1)


async def test_the_second_printer_is_another_one(post: Post) -> None:
    second = SimulatedPrinter(post.folder / "second.line")
    second.plug_in()
    post.configure(ON_THE_LINE, '[second_printer]\ndriver = "serial"\nport = "second.line"\n')
    code, out, _err = await post.run("--test-page", "--second")
    assert code == DONE
    assert "[second_printer]: text_mode" in out
    assert (len(second.papers), post.sim.papers) == (1, [])
    second.close()


async def test_a_file_takes_papers_too(post: Post) -> None:
    post.configure('driver = "file"\nport = "papers.bin"\n')
    code, out, _err = await post.run(*SAMPLE)
    assert (code, out) == (DONE, f"Written to {post.folder / 'papers.bin'}.\n")


async def test_paper_that_ends_in_the_middle_is_told_and_the_rest_goes_on(post: Post) -> None:
    post.sim.paper_ends_after(5)
    process = await post.start(*SAMPLE)
    await says(process, "Paper is out.")
    post.sim.mend(DeviceFlag.PAPER_OUT)
    code, out, _err = await ended(process)
    assert code == DONE
    assert out.startswith("Printed. ")
    assert len(post.sim.papers) == 1


# ---- not printed, and why


@pytest.mark.parametrize(
    ("flag", "why"),
    [
        (DeviceFlag.PAPER_OUT, "no paper"),
        (DeviceFlag.COVER_OPEN, "its lid is open"),
        (DeviceFlag.CUTTER, "its cutter is stuck"),
        (DeviceFlag.OVERHEATED, "too hot"),
    ],
)
async def test_what_hinders_the_printer_is_said_in_one_line(
    post: Post, flag: DeviceFlag, why: str
) -> None:
    post.sim.fault(flag)
    code, out, err = await post.run(*SAMPLE)
    assert (code, out) == (FINDING, "")
    assert err.startswith("Nothing was printed at ")
    assert why in err
    assert err.count("\n") == 1
    post.sim.mend(flag)
    assert post.sim.papers == []


async def test_a_printer_that_is_not_there_is_named(post: Post) -> None:
    post.sim.pull_out()
    code, _out, err = await post.run(*SAMPLE)
    assert code == FINDING
    assert f"{post.folder / 'printer.line'}: it is not there" in err


async def test_nobody_at_that_address_is_named(post: Post) -> None:
    with socket.socket() as deaf:  # bound, so that nobody else gets the port, and not listening
        deaf.bind(("127.0.0.1", 0))
        port = deaf.getsockname()[1]
        post.configure(f'driver = "tcp"\nhost = "127.0.0.1"\ntcp_port = {port}\n')
        code, _out, err = await post.run(*SAMPLE)
    assert code == FINDING
    assert f"127.0.0.1:{port}" in err


async def test_a_printer_that_takes_no_bytes_is_given_up(post: Post) -> None:
    # As pictures a receipt is 34 kB, three times what a pseudo-terminal holds.
    post.configure(ON_THE_LINE + 'text_mode = "raster"\n')
    post.sim.freeze()
    code, out, err = await post.run("--sample", "receipt")
    assert (code, out) == (FINDING, "")
    assert err
    assert post.sim.papers == []


async def test_a_cable_pulled_out_in_the_middle_leaves_the_question_open(post: Post) -> None:
    post.sim.cut_cable_after(200)
    code, _out, err = await post.run(*SAMPLE)
    assert code == FINDING
    assert "Look at the paper" in err


async def test_a_line_that_another_program_has_is_refused(post: Post) -> None:
    other = open_line(LineSettings(str(post.folder / "printer.line")))
    code, _out, err = await post.run(*SAMPLE)
    os.close(other)
    assert code == REFUSED
    assert "another program uses it" in err


async def test_it_keeps_off_while_the_kiosk_runs(post: Post) -> None:
    kiosk = open_database(post.folder / "gate.db", None, writer=True, create=True)
    code, _out, err = await post.run(*SAMPLE)
    assert code == RUNNING
    assert "already running" in err
    assert not post.sim.received
    # What needs no printer is looked at beside it.
    assert (await post.run(*SAMPLE, "--preview"))[0] == DONE
    kiosk.close()
    assert (await post.run(*SAMPLE))[0] == DONE


async def test_a_printer_that_nobody_configured_is_a_matter_of_configuration(
    post: Post,
) -> None:
    code, _out, err = await post.run("--test-page", "--second")
    assert code == CONFIGURATION
    assert "[second_printer]" in err
    post.configure('driver = "none"\n')
    assert (await post.run(*TEST_PAGE))[0] == CONFIGURATION


@pytest.mark.parametrize(
    ("number", "exit_code"), [(signal.SIGINT, INTERRUPTED), (signal.SIGTERM, TERMINATED)]
)
async def test_a_signal_ends_it_at_once_and_leaves_the_line_free(
    post: Post, number: signal.Signals, exit_code: int
) -> None:
    post.sim.paper_ends_after(5)
    process = await post.start(*SAMPLE)
    await says(process, "Paper is out.")
    process.send_signal(number)
    assert await ended(process) == (exit_code, "", "")
    os.close(open_line(LineSettings(str(post.folder / "printer.line"))))
    # What the printer held of it was thrown away.
    post.sim.mend(DeviceFlag.PAPER_OUT)
    assert post.sim.papers == []
    assert sorted(path.name for path in post.folder.iterdir()) == [
        "config.toml",
        "printer.line",
    ]


# ---- without a printer


async def test_the_list_names_every_paper(post: Post) -> None:
    code, out, _err = await post.run("--list")
    assert code == DONE
    assert [line.split()[0] for line in out.splitlines()] == list(Template)


@pytest.mark.parametrize(("paper", "columns"), [("80", 48), ("58", 32)])
async def test_every_sample_is_looked_at_as_text(post: Post, paper: str, columns: int) -> None:
    post.sim.pull_out()
    for template in Template:
        code, out, _err = await post.run(
            "--sample", template.value, "--paper", paper, "--preview"
        )
        assert code == DONE
        assert "SAMPLE" in out
        assert max(map(len, out.splitlines())) <= columns


async def test_the_bytes_are_those_that_the_printer_gets(post: Post) -> None:
    code, _out, _err = await post.run(*SAMPLE, "--bytes", str(post.folder / "paper.bin"))
    assert code == DONE
    assert not post.sim.received
    await post.run(*SAMPLE)
    data = (post.folder / "paper.bin").read_bytes()
    assert data.startswith(b"\x1b@\x1c.")
    # Without what was asked in the middle of it.
    (printed,) = post.sim.raw_papers
    assert printed.endswith(data)
    process = await post.start(*SAMPLE, "--bytes", "-")
    out, _err = await process.communicate()
    assert out == data


async def test_a_file_that_stands_is_never_written_over(post: Post) -> None:
    kept = post.folder / "kept"
    kept.write_text("what somebody needs")
    code, _out, err = await post.run(*TEST_PAGE, "--bytes", str(kept))
    assert code == REFUSED
    assert "exists already" in err
    assert kept.read_text() == "what somebody needs"
    assert (await post.run(*TEST_PAGE, "--bytes", str(kept / "below")))[0] == FINDING


async def test_what_does_not_go_together_is_a_usage_error(post: Post) -> None:
    for arguments in (
        (),
        ("--test-page", "--list"),
        ("--test-page", "--preview", "--bytes", "-"),
        ("--sample", "receipt", "--paper", "81"),
    ):
        assert (await post.run(*arguments))[0] == USAGE
    code, _out, err = await post.run("--sample", "menu")
    assert code == USAGE
    assert "receipt" in err
