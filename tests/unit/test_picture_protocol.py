"""The messages between kiosk and picture worker: what is believed of them."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.images.protocol import (
    LENGTH,
    MOST_ANSWER_BYTES,
    Failure,
    Message,
    Progress,
    Ready,
    decode,
    encode,
)
from devices.images.reading import PictureReading
from devices.mrz import ReasonCode
from devices.readers.stages import Stage
from tests.unit.mrz_builder import ASANOVA

READING = {"lines": ["IDKGZ"], "doubts": [], "repaired": [], "unsure": []}


@pytest.mark.parametrize(
    "message",
    [
        Ready(),
        Progress(Stage.FINDING),
        Progress(Stage.SECOND_OPINION, loading=True),
        Failure("MemoryError", "pipeline.py:41"),
        PictureReading(),
        PictureReading(
            ASANOVA.td1(), (ReasonCode.HARDLY_LEGIBLE,), ((0, 5), (2, 29)), ((1, 0), (1, 1))
        ),
    ],
)
def test_a_message_arrives_as_it_was_sent(message: Message) -> None:
    sent = encode(message)
    assert LENGTH.unpack_from(sent) == (len(sent) - LENGTH.size,)
    assert decode(sent[LENGTH.size :]) == message


@pytest.mark.parametrize(
    "said",
    [
        READING | {"lines": ["A" * 101]},
        READING | {"lines": ["A"] * 7},
        READING | {"lines": [3]},
        READING | {"lines": "IDKGZ"},
        READING | {"doubts": ["surely"]},
        READING | {"doubts": [{}]},
        READING | {"repaired": [[0]]},
        READING | {"repaired": [[-1, 0]]},
        READING | {"repaired": [[0, 1000]]},
        READING | {"repaired": [["0", "1"]]},
        READING | {"unsure": [[0, 1000]]},
        {name: READING[name] for name in ("lines", "doubts", "repaired")},
        {"ready": 2},
        {"stage": "dreaming", "loading": False},
        {"stage": "reading", "loading": "no"},
        {"failed": "Error\n2026-11-24 INFO all is well", "at": "x.py:1"},
        {"failed": "Error", "at": "\x1b[2J"},
        {"failed": "E" * 200, "at": "x.py:1"},
        {},
        [],
        None,
    ],
)
def test_what_no_worker_of_ours_says_is_not_believed(said: object) -> None:
    with pytest.raises(ValueError):
        decode(json.dumps(said).encode())


def test_what_has_no_end_is_not_believed() -> None:
    for text in (b"[" * MOST_ANSWER_BYTES, b"7" * 5000, b"\xff\xfe", b""):
        with pytest.raises(ValueError):
            decode(text)


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3),
)


@given(
    st.binary(max_size=300)
    | st.dictionaries(
        st.sampled_from(
            [
                *("ready", "stage", "loading", "failed", "at"),
                *("lines", "doubts", "repaired", "unsure"),
            ]
        ),
        PLAIN,
    ).map(lambda said: json.dumps(said).encode())
)
def test_whatever_comes_is_a_message_or_a_value_error(text: bytes) -> None:
    try:
        message = decode(text)
    except ValueError:
        return
    assert decode(encode(message)[LENGTH.size :]) == message
