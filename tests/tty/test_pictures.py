"""Pictures as the reader, in the real program: what is said meanwhile, and Esc."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from kiosk.text import in_language
from tests.processes import children
from tests.programs import need
from tests.tty import house
from tests.tty.gate import Gate
from tests.tty.harness import Glass
from tests.tty.test_at_work import escape, title, wait_title
from tests.unit.printed import page

pytestmark = pytest.mark.tty

SKY = "No document is in the picture. Lay it straight, all of it, and take another."
LOOKING = "Looking for the document in the picture: "
GIVEN_UP = "Given up. Take the picture again"


class Studio:
    """A gate whose reader is what `reader` (lines of config.toml) says, and its camera."""

    def __init__(self, folder: Path, reader: str, language: str = "en") -> None:
        self.gate = Gate(folder, language=language)
        config = self.gate.config.read_text(encoding="utf-8")
        config = config.replace('port = "reader"', reader)
        self.gate.config.write_text(config, encoding="utf-8")
        self.pictures = folder / "pictures"
        self.pictures.mkdir()
        house.furnish(self.gate, coming=house.COMING[:3])

    def picture_of(self, who: house.Visitor) -> Path:
        """The camera's picture of this visitor's card."""
        return self._moved_in(card_of(who), "card.png")

    def picture_of_the_sky(self, name: str = "sky.png") -> Path:
        """A picture with nothing in it."""
        return self._moved_in(Image.new("L", (1200, 800), 180), name)

    def _moved_in(self, picture: Image.Image, name: str) -> Path:
        half = self.pictures / ".half.png"
        picture.save(half)
        return half.rename(self.pictures / name)


def card_of(who: house.Visitor) -> Image.Image:
    return Image.fromarray(page(house.lines(who.holder)))


@pytest.fixture(scope="module")
def camera(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    folder = tmp_path_factory.mktemp("gate")
    studio = Studio(folder, 'driver = "folder"\nport = "pictures"')
    yield studio
    studio.gate.close()


@pytest.fixture
def glass(camera: Studio) -> Iterator[Glass]:
    with camera.gate.run() as glass:
        house.enter(camera.gate, glass)
        glass.wait_for("Reader ready")
        yield glass


def running(glass: Glass, program: str) -> list[int]:
    """The processes with this in their command that the kiosk has started."""
    return [
        pid
        for pid in children(glass.pid)
        if program in Path(f"/proc/{pid}/cmdline").read_text()
    ]


def workers(glass: Glass) -> list[int]:
    return running(glass, "devices.images.worker")


def hold_up(studio: Studio, glass: Glass) -> int:
    """Make the next picture wait: the worker, once it has read one, is stopped. Its pid."""
    studio.picture_of_the_sky()
    glass.wait_for(SKY)
    (worker,) = workers(glass)
    os.kill(worker, signal.SIGSTOP)
    return worker


def test_a_picture_without_a_document_is_said_and_deleted(camera: Studio, glass: Glass) -> None:
    path = camera.picture_of_the_sky()
    glass.wait_for(SKY)
    glass.wait_for("Reader ready")
    assert title(glass) == "MENU"
    assert not path.exists()
    camera.pictures.joinpath("text.png").write_text("no picture at all")
    glass.wait_for("This file is no picture.")


def test_a_picture_of_a_card_opens_its_holders_arrival(camera: Studio, glass: Glass) -> None:
    who = house.COMING[0]
    path = camera.picture_of(who)
    glass.wait_for(lambda g: who.name in g.row(1))
    glass.wait_for("MAY PASS")
    glass.wait_for("Reader ready")
    assert not path.exists()


def test_over_an_unsaved_form_what_was_read_waits(camera: Studio, glass: Glass) -> None:
    who = house.COMING[1]
    glass.press("1")
    wait_title(glass, "ARRIVAL, NEW PERSON")
    glass.press("1", "enter", "AC12")
    glass.wait_for("AC12_")
    camera.picture_of(who)
    glass.wait_for("Scan waiting: 1. F6 takes it after this form.")
    glass.wait_for("Reader scan 1")
    assert "AC12_" in glass.text()
    glass.press("f8", "enter")
    wait_title(glass, "MENU")
    glass.press("f6")
    glass.wait_for(lambda g: who.name in g.row(1))


def test_how_long_it_takes_is_said_and_esc_gives_up_and_does_nothing_else(
    camera: Studio, glass: Glass
) -> None:
    worker = hold_up(camera, glass)
    glass.press("f3")
    wait_title(glass, "FIND")
    camera.picture_of_the_sky()
    for seconds in (0, 1):
        glass.wait_for(f"{LOOKING}{seconds} s.  Esc = give up")
    assert "Reader busy" in glass.row(0)
    escape(glass)
    glass.wait_for(GIVEN_UP)
    glass.wait_for("Reader ready")
    assert title(glass) == "FIND"
    glass.wait_for(lambda g: worker not in workers(g))
    # The next Esc is the officer's again, and the next picture is read.
    escape(glass)
    wait_title(glass, "MENU")
    camera.picture_of_the_sky()
    glass.wait_for(SKY)


def test_typing_goes_on_while_a_picture_is_read(camera: Studio, glass: Glass) -> None:
    hold_up(camera, glass)
    glass.press("1")
    wait_title(glass, "ARRIVAL, NEW PERSON")
    glass.press("1", "enter", "AC12")
    glass.wait_for("AC12_")
    camera.picture_of_the_sky()
    glass.wait_for(LOOKING)
    glass.press("3456")
    glass.wait_for("AC123456_")
    glass.wait_for(LOOKING)
    # In a field Esc takes back what was typed; this one does not.
    escape(glass)
    glass.wait_for(GIVEN_UP)
    assert "AC123456_" in glass.text()
    escape(glass)
    glass.wait_for(lambda g: "AC123456" not in g.text())


def test_a_folder_that_is_gone_is_said_and_waited_for(camera: Studio, glass: Glass) -> None:
    camera.pictures.rmdir()
    glass.wait_for("The folder of pictures is not there.")
    assert "Reader lost" in glass.row(0)
    camera.pictures.mkdir()
    glass.wait_for("Reader ready")
    assert "The folder of pictures" not in glass.text()


def test_the_end_of_the_kiosk_is_the_end_of_the_worker(camera: Studio, glass: Glass) -> None:
    worker = hold_up(camera, glass)
    camera.picture_of_the_sky()
    glass.wait_for(LOOKING)
    glass.term()
    assert glass.wait_exit() == 143
    assert not Path(f"/proc/{worker}").exists()


@pytest.mark.parametrize("language", ["ky", "ru"])
def test_each_language_says_it_on_one_row(tmp_path: Path, language: str) -> None:
    studio = Studio(tmp_path, 'driver = "folder"\nport = "pictures"', language)
    say = in_language(language)
    old = studio.picture_of_the_sky("old.png")
    with studio.gate.run() as glass:
        house.enter(studio.gate, glass)
        glass.wait_for(
            say("Old pictures lie unread in the folder of pictures. Have them deleted.")
        )
        studio.picture_of_the_sky()
        glass.wait_for(lambda g: g.row(23).rstrip() == f"! {say(SKY)}")
        (worker,) = workers(glass)
        os.kill(worker, signal.SIGSTOP)
        studio.picture_of_the_sky()
        sentence = say("Looking for the document in the picture: {seconds} s.  Esc = give up")
        glass.wait_for(lambda g: g.row(23).rstrip() == f"  {sentence.format(seconds=1)}")
        assert f"{say('Reader')} {say('busy')}" in glass.row(0)
        escape(glass)
        glass.wait_for(say("Given up. Take the picture again, or type the document: menu, 1."))
    assert old.exists()
    studio.gate.close()


# ---- a scanner


@pytest.fixture
def pretended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    need("scanimage", "sane-utils")
    (tmp_path / "dll.conf").write_text("test\npnm\n")
    monkeypatch.setenv("SANE_CONFIG_DIR", str(tmp_path))


@pytest.mark.usefixtures("pretended")
def test_f6_scans_and_esc_stops_the_scanner(tmp_path: Path) -> None:
    slow = (
        '"--mode=Gray", "--resolution=300", "-y", "200", '
        '"--read-delay=yes", "--read-delay-duration=200000"'
    )
    studio = Studio(tmp_path, f'driver = "scanimage"\ndevice = "test:0"\noptions = [{slow}]')
    with studio.gate.run() as glass:
        house.enter(studio.gate, glass)
        glass.wait_for("Reader ready")
        assert running(glass, "scanimage") == []
        glass.press("f6")
        glass.wait_for("The scanner takes the picture: 1 s.  Esc = give up")
        scanner = running(glass, "scanimage")
        assert len(scanner) == 1
        escape(glass)
        glass.wait_for(GIVEN_UP)
        # Ended after its reading: by then the scanner is free.
        glass.press("f6")
        glass.wait_for("The scanner takes the picture: 1 s.")
        another = running(glass, "scanimage")
        assert len(another) == 1
        assert another != scanner
    studio.gate.close()


@pytest.mark.usefixtures("pretended")
def test_f6_reads_the_card_that_lies_in_the_scanner(tmp_path: Path) -> None:
    who, glass_plate = house.COMING[2], tmp_path / "plate.pgm"
    options = f'"--resolution=300", "--filename={glass_plate}"'
    studio = Studio(tmp_path, f'driver = "scanimage"\ndevice = "pnm:0"\noptions = [{options}]')
    with studio.gate.run() as glass:
        house.enter(studio.gate, glass)
        glass.wait_for("Reader ready")
        Image.new("L", (1200, 800), 180).save(glass_plate)
        glass.press("f6")
        glass.wait_for(SKY)
        card_of(who).save(glass_plate)
        glass.press("f6")
        glass.wait_for(lambda g: who.name in g.row(1))
    studio.gate.close()


@pytest.mark.usefixtures("pretended")
def test_a_scanner_that_is_not_there_is_said_with_what_to_do(tmp_path: Path) -> None:
    studio = Studio(tmp_path, 'driver = "scanimage"\ndevice = "test:77"')
    with studio.gate.run() as glass:
        house.enter(studio.gate, glass)
        glass.wait_for("There is no scanner. Switch it on, then F6")
        assert "Reader lost" in glass.row(0)
        glass.press("f6")
        glass.wait_for(
            "The scanner does not answer. Check its cable and switch, then press F6."
        )
    studio.gate.close()


def test_a_scanner_that_stops_late_makes_no_crash_of_the_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "bin" / "scanimage"
    program.parent.mkdir()
    deaf = "trap '' TERM\nwhile :; do sleep 9; done"
    program.write_text(f'#!/bin/sh\n[ "$1" = --dont-scan ] && exit\n{deaf}\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:{os.environ['PATH']}")
    studio = Studio(tmp_path, 'driver = "scanimage"')
    with studio.gate.run() as glass:
        house.enter(studio.gate, glass)
        glass.wait_for("Reader ready")
        glass.press("f6")
        glass.wait_for("The scanner takes the picture: 0 s.")
        glass.term()
        assert glass.wait_exit() == 143
    # It ends some two seconds later; the seconds on the screen are not counted any more.
    assert "crash" not in "".join(log.read_text() for log in tmp_path.glob("kiosk.log*"))
    studio.gate.close()
