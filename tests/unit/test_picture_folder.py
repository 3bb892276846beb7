"""Which pictures of a folder are new and whole; the clock is an argument, so nothing waits."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from devices.events import RejectReason
from devices.images.protocol import MOST_PICTURE_BYTES
from devices.readers.folder import FORGOTTEN_S, MOST_AT_ONCE, PictureFolder

CARD, OTHER_CARD = b"a picture of a card", b"a picture of another card"


@pytest.fixture
def folder(tmp_path: Path) -> PictureFolder:
    folder = PictureFolder(tmp_path)
    assert folder.look(0.0) == []
    return folder


def names(folder: PictureFolder, now: float) -> list[str]:
    return [one.name for one in folder.look(now)]


def test_a_picture_is_whole_when_it_stays_as_it_is(
    folder: PictureFolder, tmp_path: Path
) -> None:
    path = tmp_path / "slow.png"
    path.write_bytes(b"x")
    assert names(folder, 1.0) == []
    for now in (2.0, 3.0):
        with path.open("ab") as growing:
            growing.write(b"x")
        assert names(folder, now) == []
    assert names(folder, 4.0) == ["slow.png"]
    assert names(folder, 5.0) == []


def test_a_picture_that_is_written_still_is_waited_for(
    folder: PictureFolder, tmp_path: Path
) -> None:
    with (tmp_path / "slow.png").open("wb", buffering=0) as file:
        file.write(b"x")
        assert names(folder, 1.0) == []
        assert names(folder, 2.0) == []  # nothing more came, but who writes it has not closed
        file.write(b"y")
        assert names(folder, 3.0) == []
    assert names(folder, 4.0) == ["slow.png"]


def test_a_writer_that_never_closes_is_not_waited_for_long(
    folder: PictureFolder, tmp_path: Path
) -> None:
    with (tmp_path / "open.png").open("wb", buffering=0) as file:
        file.write(b"x")
        assert names(folder, 1.0) == []
        assert names(folder, 1.0 + FORGOTTEN_S) == []
        assert names(folder, 1.1 + FORGOTTEN_S) == ["open.png"]


def test_an_empty_file_is_no_picture_yet(folder: PictureFolder, tmp_path: Path) -> None:
    (tmp_path / "empty.png").touch()
    assert names(folder, 1.0) == names(folder, 2.0) == names(folder, 99.0) == []


def test_links_pipes_folders_hidden_files_and_texts_are_no_pictures(
    folder: PictureFolder, tmp_path: Path
) -> None:
    (tmp_path / "notes.txt").write_text("no picture")
    (tmp_path / "photo.png.part").write_bytes(CARD)
    (tmp_path / ".photo.png").write_bytes(CARD)
    (tmp_path / "link.png").symlink_to("/etc/passwd")
    (tmp_path / "folder.png").mkdir()
    os.mkfifo(tmp_path / "pipe.png")
    assert names(folder, 1.0) == names(folder, 2.0) == []
    assert (tmp_path / "notes.txt").exists()


def test_of_an_album_the_newest_are_read_and_the_rest_is_left(
    folder: PictureFolder, tmp_path: Path
) -> None:
    for number in range(MOST_AT_ONCE + 3):
        path = tmp_path / f"{number:02}.png"
        path.write_bytes(CARD)
        os.utime(path, ns=(0, number))
    assert names(folder, 1.0) == []
    assert names(folder, 2.0) == [f"{number:02}.png" for number in range(3, MOST_AT_ONCE + 3)]
    assert folder.left == 3


def test_a_picture_replaced_before_it_is_taken_is_not_taken(
    folder: PictureFolder, tmp_path: Path
) -> None:
    path = tmp_path / "card.png"
    path.write_bytes(CARD)
    folder.look(1.0)
    (one,) = folder.look(2.0)
    path.write_bytes(OTHER_CARD + b"\n")
    assert folder.take(one) is None
    folder.look(3.0)
    (one,) = folder.look(4.0)
    assert folder.take(one) == OTHER_CARD + b"\n"
    assert folder.take(one) is None


def test_a_pipe_put_in_a_pictures_place_holds_up_nobody(
    folder: PictureFolder, tmp_path: Path
) -> None:
    path = tmp_path / "card.png"
    path.write_bytes(CARD)
    folder.look(1.0)
    (one,) = folder.look(2.0)
    path.unlink()
    os.mkfifo(path)
    assert folder.take(one) is None
    path.unlink()
    path.symlink_to("/etc/passwd")
    assert folder.take(one) is RejectReason.NOT_OPENED


def test_a_picture_that_is_too_large_is_left_and_said_once(
    folder: PictureFolder, tmp_path: Path
) -> None:
    path = tmp_path / "huge.tif"
    with path.open("wb") as file:
        file.truncate(MOST_PICTURE_BYTES + 1)
    folder.look(1.0)
    (one,) = folder.look(2.0)
    assert folder.take(one) is RejectReason.TOO_LARGE
    assert path.exists()
    assert names(folder, 3.0) == names(folder, 4.0) == []


def test_a_picture_that_cannot_be_removed_is_read_once(tmp_path: Path) -> None:
    class Stubborn(PictureFolder):
        """A disk that may only be read; root, who runs these tests, may write anywhere."""

        def remove(self, path: Path) -> None:
            raise PermissionError(13, "Permission denied")

    folder = Stubborn(tmp_path)
    folder.look(0.0)
    (tmp_path / "card.png").write_bytes(CARD)
    folder.look(1.0)
    (one,) = folder.look(2.0)
    assert folder.take(one) == CARD
    assert names(folder, 3.0) == names(folder, 4.0) == []
    assert folder.left == 1
