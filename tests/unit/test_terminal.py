"""Bytes of a terminal → keys, and what a crash may leave in the log."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk import crash
from kiosk.errors import Refused
from kiosk.keyboard import Keyboard
from tests.tty.harness import KEYS


def keys(text: str) -> list[str]:
    keyboard = Keyboard()
    strokes = keyboard.feed(text) + keyboard.give_up()
    return [stroke.key for stroke in strokes]


@pytest.mark.parametrize("name", [name for name in KEYS if not name.startswith("ctrl")])
def test_every_key_of_the_linux_console_has_its_name(name: str) -> None:
    assert keys(KEYS[name].decode()) == [name]


@pytest.mark.parametrize("name", [name for name in KEYS if not name.startswith("ctrl")])
def test_a_sequence_that_arrives_in_pieces_is_one_key(name: str) -> None:
    keyboard = Keyboard()
    strokes = [stroke for letter in KEYS[name].decode() for stroke in keyboard.feed(letter)]
    strokes += keyboard.give_up()
    assert [stroke.key for stroke in strokes] == [name]


def test_xterm_names_the_same_keys() -> None:
    assert keys("\x1bOP\x1b[15~\x1bOH\x1b[Z") == ["f1", "f5", "home", "shift+tab"]


def test_a_name_typed_at_once_is_its_letters() -> None:
    keyboard = Keyboard()
    assert [stroke.character for stroke in keyboard.feed("Өмүр ")] == list("Өмүр ")


@pytest.mark.parametrize(
    "sequence",
    [
        "\x1b[P",  # Pause on the console
        "\x1b[M",  # Macro
        "\x1b1",  # Alt+1
        "\x1bq",  # Alt+q
        "\x1b\r",  # Alt+Enter
        "\x1b[35~",  # F21
        "\x1b[200~",  # a paste, bracketed unasked
        "\x1b[?6c",  # an answer to a question nobody asked
        "\x1b[?2026;2$y",
        "\x1b[1;1R",
        "\x1b[<0;10;10M",  # a mouse
        "\x1bOz",
    ],
)
def test_what_is_no_key_of_the_kiosk_types_nothing(sequence: str) -> None:
    assert keys(f"a{sequence}b") == ["a", "b"]


def test_esc_is_pending_until_something_or_nothing_follows() -> None:
    keyboard = Keyboard()
    assert keyboard.feed("\x1b") == []
    assert keyboard.pending
    assert [stroke.key for stroke in keyboard.give_up()] == ["escape"]
    assert not keyboard.pending
    assert [stroke.key for stroke in keyboard.feed("\x1b\x1b[[A")] == ["escape", "f1"]


def test_half_a_sequence_is_nothing() -> None:
    assert keys("\x1b[2") == []
    assert keys("\x1b[") == []


@given(st.text(alphabet=st.sampled_from("\x1b[OPA1;~?<aң\r\t\x00 "), max_size=30))
def test_no_bytes_type_a_control_character(text: str) -> None:
    keyboard = Keyboard()
    for stroke in keyboard.feed(text) + keyboard.give_up():
        if len(stroke.key) == 1:
            assert stroke.character is not None
            assert stroke.character.isprintable()


# ---- what a crash leaves


def broken(name: str) -> None:
    secret = f"the name {name}"
    try:
        raise ValueError(secret)
    except ValueError as error:
        raise Refused("cannot admit {name}", name=secret) from error


def test_the_log_says_where_and_never_who(tmp_path: Path) -> None:
    log = tmp_path / "kiosk.log"
    visitor = "".join(["Асан", "ова"])  # the line of the call stands in the log
    with pytest.raises(Refused) as caught:
        broken(visitor)
    crash.record(caught.value, log)
    text = log.read_text()
    assert "Refused" in text
    assert "ValueError" in text
    assert "in broken" in text
    assert visitor not in text
    assert "Traceback" not in text


def test_only_the_owner_may_read_the_log(tmp_path: Path) -> None:
    log = tmp_path / "kiosk.log"
    crash.record(ValueError(), log)
    crash.record(OSError(28, "No space left on device"), log)
    assert log.stat().st_mode & 0o777 == 0o600
    assert log.read_text().count("crash at") == 2
    assert "No space left" in log.read_text()


def test_a_log_that_cannot_be_written_stops_nothing(tmp_path: Path) -> None:
    crash.record(ValueError(), tmp_path / "missing" / "kiosk.log")
    crash.record(ValueError(), None)
