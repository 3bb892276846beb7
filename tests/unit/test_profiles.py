"""What is known of makes of readers, and what a site's own file may say."""

from __future__ import annotations

from pathlib import Path

import pytest

from devices.errors import ProfileError
from devices.port import LineSettings
from devices.readers.profiles import SHIPPED, BlockCheck, Blocks, Profile, Tlv, load, parse

NAMES = [
    "generic",
    "access-is",
    "desko-cute",
    "3m",
    "elyctis",
    "honeywell",
    "newland",
    "stx-lrc",
]


def test_every_make_of_reader_is_shipped() -> None:
    assert list(parse(SHIPPED.read_text())) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_a_profile_says_how_to_open_its_line(name: str) -> None:
    profile = load(name)
    assert profile.name == name
    LineSettings(
        "/dev/kiosk/reader",
        profile.baud,
        profile.bits,
        profile.parity,
        profile.stop,
        profile.flow,
    )


def test_no_name_is_the_generic_reader() -> None:
    assert load() == load("generic") == Profile("generic")


def test_orders_are_the_bytes_of_the_manuals() -> None:
    assert load("elyctis").arm == bytes.fromhex("43 00 01 01")
    assert load("elyctis").disarm == bytes.fromhex("43 00 01 00")
    assert load("elyctis").tlv == Tlv(bytes.fromhex("49 4c"))
    assert load("honeywell").init.startswith(bytes.fromhex("16 4d 0d"))
    assert load("honeywell").arm == bytes.fromhex("16 54 0d")
    assert load("newland").heartbeat == bytes.fromhex(
        "7e 01 30 30 30 30 23 44 45 56 51 52 59 2a 3b 03"
    )
    assert load("stx-lrc").blocks == Blocks(
        b"\2", b"\3", check=BlockCheck.XOR, ack=b"\6", nak=b"\x15"
    )


@pytest.mark.parametrize("name", NAMES)
def test_a_reader_that_is_asked_whether_it_lives_has_a_known_answer(name: str) -> None:
    profile = load(name)
    assert bool(profile.heartbeat) == bool(profile.heartbeat_reply)
    assert profile.arm or not profile.arm_after_read


def test_every_entry_names_its_source() -> None:
    """Each table but the generic one has a comment, and what is no fact is said to be none."""
    tables = SHIPPED.read_text().split("\n[")[2:]
    for table in tables:
        name = table.partition("]")[0]
        assert "." in name or "\n# " in table, name


def test_a_site_may_bring_a_reader_of_its_own(tmp_path: Path) -> None:
    file = tmp_path / "ours.toml"
    file.write_text('[ours]\nbaud = 19200\nparity = "E"\nbits = 7\nbeep_ok = "\\u0007"\n')
    assert load(str(file)) == Profile("ours", baud=19200, bits=7, parity="E", beep_ok=b"\7")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[a]\nbuad = 9600", ["a: no key is called buad", "baud"]),
        ("[a]\nbaud = 9", ["a.baud", "300-921600"]),
        ("[a]\nbaud = true", ["a.baud", "300-921600"]),
        ("[a]\nbits = 9", ["a.bits", "7, 8"]),
        ('[a]\nparity = "even"', ["a.parity", '"N", "E", "O"']),
        ('[a]\nbeep_ok = "\\u0416"', ["a.beep_ok", "each one byte"]),
        ("[a]\nbeep_ok = 7", ["a.beep_ok", "each one byte"]),
        ("[a]\narm_after_read = 1", ["a.arm_after_read", "true, false"]),
        ("[a.blocks]\nstart = '12'", ["a.blocks.start", "one character"]),
        ("[a]\nheartbeat_s = 0.1", ["a.heartbeat_s", "1-3600"]),
        ("[a.blocks]\nstart = '2'", ["a.blocks.end is missing"]),
        (
            "[a.blocks]\nstart = '2'\nend = '3'\ncheck = 'crc'",
            ["a.blocks.check", '"none", "xor"'],
        ),
        ("[a.tlv]\ndocuments = ''", ["a.tlv.documents is missing"]),
        (
            "[a.tlv]\ndocuments = 'I'\n[a.blocks]\nstart = '2'\nend = '3'",
            ["a has both blocks and tlv"],
        ),
        ("a = 1", ["a is no table"]),
        ("[a]\n[b]", ["2 profiles", "one"]),
        ("", ["0 profiles"]),
        ("[a", ["not TOML"]),
    ],
)
def test_a_wrong_file_is_refused_with_the_key_and_what_is_allowed(
    tmp_path: Path, text: str, words: list[str]
) -> None:
    file = tmp_path / "ours.toml"
    file.write_text(text)
    with pytest.raises(ProfileError) as error:
        load(str(file))
    for word in [file.name, *words]:
        assert word in str(error.value)


def test_an_unknown_name_is_refused_with_those_that_are_known() -> None:
    with pytest.raises(ProfileError, match="generic, access-is, desko-cute, 3m"):
        load("desko")


def test_a_file_that_is_not_there_is_refused_with_its_path() -> None:
    with pytest.raises(ProfileError, match=r"/nowhere/x.toml: cannot be read: No such file"):
        load("/nowhere/x.toml")
