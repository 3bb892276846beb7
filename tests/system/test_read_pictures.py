"""`kiosk read` of pictures, as a process: what it answers, and what it leaves behind."""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from devices.images.protocol import MOST_PICTURE_BYTES
from devices.mrz import as_json, parse
from kiosk.support.pictures import is_picture
from tests.pictures.corpus import FIXED_SEED, standard
from tests.processes import children
from tests.tty.gate import KIOSK
from tests.tty.harness import ROOT
from tests.unit.mrz_builder import ASANOVA

DONE, FINDING, INTERRUPTED = 0, 1, 130
TODAY = date(2026, 11, 24)
READ = (*KIOSK, "read", "--today", TODAY.isoformat())
BLANK = b"P5 300 200 255\n" + bytes([200]) * 300 * 200


def run(*arguments: str, data: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    done = subprocess.run(
        [*READ, *arguments], input=data, capture_output=True, cwd=ROOT, check=False
    )
    assert b"Traceback" not in done.stderr, done.stderr.decode()
    return done


def answers(*requests: dict[str, Any]) -> list[dict[str, Any]]:
    lines = "".join(json.dumps(request) + "\n" for request in requests)
    done = run("--jsonl", data=lines.encode())
    assert done.returncode == DONE
    return [json.loads(line) for line in done.stdout.splitlines()]


def codes(answer: dict[str, Any]) -> list[str]:
    return [reason["code"] for reason in answer["reasons"]]


# ---- one picture


def test_a_document_in_a_picture_is_answered_with_its_fields(tmp_path: Path) -> None:
    specimen = next(standard(FIXED_SEED))
    assert specimen.truth is not None
    truth = as_json(parse(specimen.truth, TODAY))
    picture = tmp_path / "picture"
    picture.write_bytes(specimen.picture)
    answer = json.loads(run(str(picture)).stdout)
    assert answer == truth
    assert answer["status"] == "ok"


def test_a_picture_without_a_zone_is_answered_like_any_document(tmp_path: Path) -> None:
    picture = tmp_path / "no-name-that-tells"
    picture.write_bytes(BLANK)
    done = run(str(picture))
    assert done.returncode == DONE
    answer = json.loads(done.stdout)
    assert (answer["status"], codes(answer)) == ("reject", ["not_mrz"])
    assert set(answer) == set(json.loads(run(data=b"").stdout))


def test_a_picture_on_the_standard_input_is_read_too() -> None:
    assert codes(json.loads(run(data=BLANK).stdout)) == ["not_mrz"]


def test_reader_bytes_are_reader_bytes_whatever_the_file_is_called(tmp_path: Path) -> None:
    swipe = tmp_path / "swipe.png"
    swipe.write_bytes("\r\n".join(ASANOVA.td1()).encode())
    assert json.loads(run(str(swipe)).stdout)["status"] == "ok"


def test_a_damaged_picture_and_one_of_another_kind_say_what_can_be_opened(
    tmp_path: Path,
) -> None:
    file = tmp_path / "picture"
    for data in (b"\x89PNG\r\n\x1a\n\x00", b"%PDF-1.7\n", b"\x00\x00\x00\x1cftypheic"):
        file.write_bytes(data)
        assert codes(json.loads(run(str(file)).stdout)) == ["not_a_picture"]


def test_a_file_larger_than_any_picture_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "film"
    with file.open("wb") as opened:
        opened.truncate(MOST_PICTURE_BYTES + 1)
    done = run(str(file))
    assert done.returncode == FINDING
    assert b"film is larger than 40 MB" in done.stderr
    assert run("/dev/zero").returncode == FINDING


@pytest.mark.parametrize(
    ("start", "picture"),
    [
        (b"\xff\xd8\xff\xe0", True),
        (b"\xff\xd8\xff\xe1", True),
        (b"II*\x00", True),
        (b"MM\x00*", True),
        (b"BM\x36\x10\x0e\x00\x00\x00\x00\x00\x36\x00\x00\x00\x28\x00\x00\x00", True),
        (b"P4\n", True),
        (b"P6 ", True),
        (b"RIFF\x10\x00\x00\x00WEBPVP8L", True),
        (b"", False),
        (b"P<KGZBEKOV<<", False),
        (b"P5<KGZ", False),
        (b"IIKGZ", False),
        (b"MMR<<", False),
        (b"BMKGZ1234567890123456789", False),
        (b"\x02IDKGZ", False),
    ],
)
def test_a_picture_is_known_by_how_it_begins(start: bytes, picture: bool) -> None:
    assert is_picture(start) is picture


# ---- one a line


def test_pictures_and_reader_bytes_are_answered_in_the_order_asked(tmp_path: Path) -> None:
    blank = tmp_path / "blank.pgm"
    blank.write_bytes(BLANK)
    text = tmp_path / "text.txt"
    text.write_text("no picture\n")
    whole = "\r\n".join(ASANOVA.td1())
    told = answers(
        {"id": 1, "image": str(blank)},
        {"id": 2, "raw": whole},
        {"id": 3, "image": str(text)},
        {"id": "4", "image": str(blank)},
    )
    assert [answer["id"] for answer in told] == [1, 2, 3, "4"]
    assert [answer["status"] for answer in told] == ["reject", "ok", "reject", "reject"]
    assert codes(told[2]) == ["not_a_picture"]


def test_a_path_that_is_no_plain_file_is_an_error_and_holds_nobody_up(tmp_path: Path) -> None:
    fifo = tmp_path / "fifo"
    os.mkfifo(fifo)
    film = tmp_path / "film"
    with film.open("wb") as opened:
        opened.truncate(MOST_PICTURE_BYTES + 1)
    paths = (
        str(fifo),
        str(tmp_path),
        "/dev/zero",
        str(tmp_path / "nowhere"),
        str(film),
        "x" * 5000,
        "nul\0byte",
        "\ud800",
        "",
        3,
        None,
        ["blank.pgm"],
    )
    told = answers(*({"id": i, "image": path} for i, path in enumerate(paths)))
    assert [answer["id"] for answer in told] == list(range(len(paths)))
    for answer in told:
        assert set(answer) == {"id", "error"}
    assert told[0]["error"] == f"{fifo} is no plain file"
    assert told[3]["error"].endswith("nowhere cannot be read: No such file or directory")
    assert told[4]["error"].endswith("film is larger than 40 MB")


# ---- processes


def test_one_worker_reads_all_lines_and_none_is_left(tmp_path: Path) -> None:
    blank = tmp_path / "blank.pgm"
    blank.write_bytes(BLANK)
    with subprocess.Popen(
        [*READ, "--jsonl"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT
    ) as kiosk:
        assert kiosk.stdin is not None
        assert kiosk.stdout is not None
        seen = []
        for number in range(3):
            request = json.dumps({"id": number, "image": str(blank)})
            kiosk.stdin.write(request.encode() + b"\n")
            kiosk.stdin.flush()
            assert json.loads(kiosk.stdout.readline())["id"] == number
            seen.append(children(kiosk.pid))
        assert seen[0] == seen[1] == seen[2]
        (worker,) = seen[0]
        handle = os.pidfd_open(worker)
        kiosk.stdin.close()
        assert kiosk.wait() == DONE
    assert_ended(handle)


def assert_ended(handle: int) -> None:
    """It has, or does within moments."""
    waiting = select.poll()
    waiting.register(handle, select.POLLIN)
    assert waiting.poll(10_000)
    os.close(handle)


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        (signal.SIGINT, INTERRUPTED),
        (signal.SIGTERM, -signal.SIGTERM),
        (signal.SIGKILL, -signal.SIGKILL),
    ],
)
def test_who_ends_the_command_ends_its_worker(
    tmp_path: Path, sent: signal.Signals, code: int
) -> None:
    blank = tmp_path / "blank.pgm"
    blank.write_bytes(BLANK)
    with subprocess.Popen(
        [*READ, "--jsonl"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
    ) as kiosk:
        assert kiosk.stdin is not None
        assert kiosk.stdout is not None
        assert kiosk.stderr is not None
        kiosk.stdin.write(json.dumps({"id": 1, "image": str(blank)}).encode() + b"\n")
        kiosk.stdin.flush()
        kiosk.stdout.readline()
        (worker,) = children(kiosk.pid)
        handle = os.pidfd_open(worker)
        kiosk.send_signal(sent)
        assert kiosk.wait() == code
        assert kiosk.stderr.read() == b""
    assert_ended(handle)


def test_reading_text_loads_nothing_that_opens_pictures() -> None:
    program = (
        "import sys; from kiosk.cli import main; main(['read']); "
        "print(*{name.partition('.')[0] for name in sys.modules}, file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        input="\r\n".join(ASANOVA.td1()).encode(),
        capture_output=True,
        cwd=ROOT,
        check=True,
    )
    assert json.loads(done.stdout)["status"] == "ok"
    loaded = set(done.stderr.decode().split())
    assert "devices" in loaded
    assert not loaded & {"numpy", "scipy", "PIL", "passporteye", "tesserocr", "asyncio"}
