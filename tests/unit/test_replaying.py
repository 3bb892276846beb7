"""A recording is read as the line was when it was made: with its silences, and its orders."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

from mrz_builder import ASANOVA
from picture_worker import TODAY

from devices.readers.profiles import load
from devices.readers.recording import Chunk, head
from devices.sim.framings import framed
from devices.sim.makes import Newland
from kiosk.support.replaying import replay


def read(folder: Path, *chunks: Chunk) -> list[dict[str, Any]]:
    file = folder / "kept.txt"
    file.write_text(head("newland", "9600 8N1 none") + "".join(f"{one}\n" for one in chunks))
    out = io.StringIO()
    assert replay(file, None, out, TODAY) == 0
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_no_answer_to_a_question_is_a_reading_however_many_were_asked(tmp_path: Path) -> None:
    question = load("newland").heartbeat
    answer = Newland().ordered(question)
    asked = [
        chunk
        for at in (0.0, 30.0, 60.0)
        for chunk in (Chunk(at, True, question), Chunk(at + 0.03, False, answer))
    ]
    document = Chunk(70.0, False, framed(ASANOVA.td1()))
    assert [one["kind"] for one in read(tmp_path, *asked, document)] == ["document"]


def test_what_was_said_long_after_a_question_is_no_answer(tmp_path: Path) -> None:
    question = Chunk(0.0, True, load("newland").heartbeat)
    hello = Chunk(5.0, False, b"hello\r\n")
    (one,) = read(tmp_path, question, hello)
    assert (one["kind"], one["reason"]) == ("rejected", "unknown")
