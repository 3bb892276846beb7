"""kiosk.log tells what happened to the program, and nothing about people."""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import Iterator
from pathlib import Path
from time import monotonic

import pytest

from devices.events import CodeRead
from kiosk import log_file
from kiosk.scans import Scans

CANARY = "ASANOVA"


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Path]:
    """A log that is kept for the time of a test."""
    root = logging.getLogger()
    before = root.level, logging.lastResort, list(root.handlers)
    path = tmp_path / "kiosk.log"
    log_file.keep(path)
    yield path
    (ours,) = (one for one in root.handlers if one not in before[2])
    root.removeHandler(ours)
    ours.close()
    root.setLevel(before[0])
    logging.lastResort = before[1]


def fail() -> None:
    raise ValueError(CANARY)


def test_a_dropped_scan_stands_in_the_log(log: Path) -> None:
    scans = Scans(None)  # type: ignore[arg-type]  # it asks the app for nothing
    scans._waiting.append((monotonic() - 3600, CodeRead(CANARY, at=0.0, source="reader")))
    scans.drop_old()
    (line,) = log.read_text().splitlines()
    assert "INFO kiosk.scans a waiting scan was dropped" in line
    assert CANARY not in line


def test_an_error_leaves_its_kind_and_its_place_and_not_its_words(log: Path) -> None:
    try:
        fail()
    except ValueError:
        logging.getLogger("kiosk.models.engine").exception("what follows a commit failed")
    said = log.read_text()
    assert "what follows a commit failed" in said
    assert "builtins.ValueError" in said
    assert "in fail" in said
    assert CANARY not in said


def test_of_what_a_library_says_only_the_place_is_kept(log: Path) -> None:
    """asyncio quotes a task's error in the text of its complaint."""

    async def lose_a_task() -> None:
        task = asyncio.ensure_future(asyncio.to_thread(fail))
        await asyncio.wait({task})

    asyncio.run(lose_a_task())
    said = log.read_text()
    assert "ERROR asyncio base_events:" in said
    assert "builtins.ValueError" in said
    assert CANARY not in said


def test_the_log_is_its_owners_alone_and_is_appended_to(log: Path) -> None:
    before = os.umask(0)
    try:
        logging.getLogger("kiosk").warning("first")
    finally:
        os.umask(before)
    logging.getLogger("devices").warning("second")
    assert log.stat().st_mode & 0o777 == 0o600
    assert [line.rsplit(" ", 1)[1] for line in log.read_text().splitlines()] == [
        "first",
        "second",
    ]


def test_it_grows_to_a_few_megabytes_and_no_further(log: Path) -> None:
    line = "x" * 100_000
    for _ in range(150):
        logging.getLogger("kiosk").info(line)
    kept = sorted(log.parent.iterdir())
    assert [one.name for one in kept] == ["kiosk.log", "kiosk.log.1", "kiosk.log.2"]
    assert sum(one.stat().st_size for one in kept) <= 3 * log_file.MOST_BYTES


def test_a_log_that_cannot_be_written_disturbs_nobody(
    log: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    log.mkdir()
    logging.getLogger("kiosk").error("a line")
    log.rmdir()
    assert capfd.readouterr() == ("", "")


def test_an_account_of_an_error_kept_by_another_handler_is_not_taken_over(log: Path) -> None:
    try:
        fail()
    except ValueError as error:
        record = logging.LogRecord("kiosk", logging.ERROR, __file__, 1, "failed", (), None)
        record.exc_info = (ValueError, error, error.__traceback__)
        record.exc_text = f"Traceback …: {CANARY}"
    logging.getLogger("kiosk").handle(record)
    assert "builtins.ValueError" in log.read_text()
    assert CANARY not in log.read_text()
