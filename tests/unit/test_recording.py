"""A recording holds what went over the line, and nothing else is taken for one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.readers import recording
from devices.readers.recording import Chunk, NotARecording

HEAD = recording.head("generic", "9600 8N1 none")

CHUNKS = st.builds(
    Chunk,
    at=st.integers(0, 10**9).map(lambda ms: ms / 1000),
    told=st.booleans(),
    data=st.binary(min_size=1, max_size=300),
)


@given(st.lists(CHUNKS, max_size=20))
def test_what_was_written_is_read(chunks: list[Chunk]) -> None:
    text = HEAD + "".join(f"{chunk}\n" for chunk in chunks)
    read = recording.parse(text.splitlines(keepends=True))
    assert read == recording.Recording("generic", "9600 8N1 none", tuple(chunks))


def test_a_line_cut_off_by_a_crash_is_left_out() -> None:
    read = recording.parse([*HEAD.splitlines(keepends=True), "5 < 41\n", "9 < 41 4"])
    assert [chunk.data for chunk in read.chunks] == [b"A"]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", 1),
        ("hello\n", 2),
        (HEAD.replace("recording 1", "recording 2"), 1),
        (HEAD.replace("profile generic", "profile"), 2),
        (HEAD.replace("9600", "fast"), 3),
        (HEAD + "5 < 4\n", 5),
        (HEAD + "5 ? 41\n", 5),
        (HEAD + "-5 < 41\n", 5),
        (HEAD + "5 < 41\nten < 41\n", 6),
    ],
)
def test_what_is_no_recording_is_named_by_its_line(text: str, line: int) -> None:
    with pytest.raises(NotARecording) as caught:
        recording.parse(text.splitlines(keepends=True))
    assert caught.value.line == line


def test_a_chunk_shows_no_bytes_in_a_log() -> None:
    assert "41" not in repr(Chunk(0.0, False, b"A"))
