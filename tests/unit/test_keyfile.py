"""The key file: made once, safe on the disk, and refused when it is not as it must be."""

from __future__ import annotations

import os
import resource
from pathlib import Path

import pytest

from kiosk import keyfile
from kiosk.errors import ConfigurationError


def test_a_new_key_file_is_its_owners_alone_and_opens_again(tmp_path: Path) -> None:
    path = tmp_path / "key"
    keys = keyfile.create(path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.stat().st_size == 32
    assert keyfile.read(path) == keys
    assert keys.database != keys.audit


def test_two_key_files_are_different(tmp_path: Path) -> None:
    assert keyfile.create(tmp_path / "a") != keyfile.create(tmp_path / "b")


def test_an_existing_key_file_is_never_written_over(tmp_path: Path) -> None:
    path = tmp_path / "key"
    keys = keyfile.create(path)
    with pytest.raises(ConfigurationError, match="already"):
        keyfile.create(path)
    assert keyfile.read(path) == keys


def test_a_disk_without_room_leaves_no_piece_of_a_key(tmp_path: Path) -> None:
    path = tmp_path / "key"
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (16, before[1]))
    try:
        with pytest.raises(ConfigurationError, match="could not be written"):
            keyfile.create(path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert list(tmp_path.iterdir()) == []
    assert keyfile.create(path) == keyfile.read(path)


def test_what_a_loss_of_power_left_aside_is_removed(tmp_path: Path) -> None:
    (tmp_path / "key.new-1234").write_bytes(bytes(7))
    (tmp_path / "other").touch()
    keyfile.create(tmp_path / "key")
    assert sorted(one.name for one in tmp_path.iterdir()) == ["key", "other"]


@pytest.mark.parametrize("length", [0, 31, 33, 4096])
def test_a_file_of_another_length_is_no_key(tmp_path: Path, length: int) -> None:
    path = tmp_path / "key"
    path.write_bytes(bytes(length))
    path.chmod(0o600)
    with pytest.raises(ConfigurationError, match="32 bytes"):
        keyfile.read(path)


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o644])
def test_a_key_file_that_others_may_read_is_refused_with_what_to_do(
    tmp_path: Path, mode: int
) -> None:
    path = tmp_path / "key"
    keyfile.create(path)
    path.chmod(mode)
    with pytest.raises(ConfigurationError, match=f"chmod 600 {path}"):
        keyfile.read(path)


def test_a_missing_key_file_is_told_apart(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="no key file"):
        keyfile.read(tmp_path / "key")


def test_a_folder_in_its_place_is_told_in_words(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="could not be read"):
        keyfile.read(tmp_path)


def test_a_folder_that_is_missing_is_told_in_words(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="could not be written"):
        keyfile.create(tmp_path / "nowhere" / "key")


def test_keys_are_never_shown(tmp_path: Path) -> None:
    keys = keyfile.create(tmp_path / "key")
    assert repr(keys) == "Keys()"


@pytest.mark.parametrize(
    ("master", "salt", "label", "length", "expected"),
    [
        # RFC 5869, test cases 1, 2 and 3.
        (
            "0b" * 22,
            bytes(range(13)).hex(),
            bytes(range(0xF0, 0xFA)).hex(),
            42,
            "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865",
        ),
        (
            bytes(range(80)).hex(),
            bytes(range(0x60, 0xB0)).hex(),
            bytes(range(0xB0, 0x100)).hex(),
            82,
            "b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c59045a99cac7827271cb"
            "41c65e590e09da3275600c2f09b8367793a9aca3db71cc30c58179ec3e87c14c01d5c1f3434f1d87",
        ),
        (
            "0b" * 22,
            "",
            "",
            42,
            "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8",
        ),
    ],
)
def test_keys_follow_by_hkdf_as_rfc_5869_gives_it(
    master: str, salt: str, label: str, length: int, expected: str
) -> None:
    derived = keyfile.hkdf(
        bytes.fromhex(master), bytes.fromhex(label), length, bytes.fromhex(salt)
    )
    assert derived.hex() == expected


def test_the_keys_of_a_master_never_change() -> None:
    """A register written today must open with its key file in ten years."""
    keys = keyfile.derive(bytes(range(32)))
    assert keys.database.hex().startswith("bc4791a16ec50385")
    assert keys.audit.hex().startswith("fa57d5bf2dad2f30")


def test_the_file_is_not_left_open(tmp_path: Path) -> None:
    before = len(os.listdir("/proc/self/fd"))
    keyfile.create(tmp_path / "key")
    keyfile.read(tmp_path / "key")
    assert len(os.listdir("/proc/self/fd")) == before
