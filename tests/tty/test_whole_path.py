"""The whole path through the real program: first start, scan, decision, badge, departure.

Bytes of a keyboard go in, bytes of the Linux console come out and are read as a person would;
the reader and the printer are serial lines (ptys) of which this test holds the other end.
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from kiosk import badge_code
from kiosk.clock import SystemClock, local_day
from kiosk.codes import DocumentKind, Sex
from kiosk.demo.documents import td1
from kiosk.values import DocumentSeen
from tests.paper import decode
from tests.programs import need
from tests.tty.gate import PASSPHRASE, Gate
from tests.tty.harness import Glass

pytestmark = pytest.mark.tty

ADMINISTRATOR = ("admin", "the first key of the house")
OFFICER = ("ismailov", PASSPHRASE)
VISITOR = DocumentSeen(
    kind=DocumentKind.ID_CARD,
    country="KGZ",
    number="ID1234567",
    surname="OMURALIEVA",
    given="AIGUL",
    birth="1986-03-12",
    sex=Sex.FEMALE,
    expires=date(2031, 5, 20),
    personal_number="11203198601234",
)
CUT = b"\x1dV"


@pytest.fixture
def gate(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Gate]:
    gate = Gate(tmp_path, language=getattr(request, "param", "ky"))
    yield gate
    gate.close()


def year() -> int:
    """The register's year: the site's, whatever the machine's zone is."""
    return local_day(SystemClock().now(), ZoneInfo("Asia/Bishkek")).year


def first_start(gate: Gate, glass: Glass) -> None:
    """Make the first administrator."""
    glass.wait_for(gate.say("FIRST START"))
    login, passphrase = ADMINISTRATOR
    glass.press("Осмонов Д.", "enter", "1", login, "enter")
    glass.press(passphrase, "enter", passphrase, "enter")
    glass.wait_for(gate.say("MENU"))


def enter_prisoner(gate: Gate, glass: Glass) -> None:
    glass.press("9", "1")
    glass.wait_for(gate.say("NEW PRISONER"))
    glass.press(
        "0412/19", "enter", "Өмүралиев", "enter", "Руслан", "enter", "Темирович", "enter"
    )
    glass.press("1983", "enter", "1", "1", "1", "1", "3", "enter", "1")
    glass.wait_for("0412/19, Өмүралиев Р.")


def enter_officer(gate: Gate, glass: Glass) -> None:
    login, passphrase = OFFICER
    glass.press("f10", "9", "6")
    glass.wait_for(gate.say("NEW USER"))
    glass.press("Исмаилов Б.", "enter", "1", login, "enter", "1", "enter")
    glass.press(passphrase, "enter", passphrase, "enter")
    glass.wait_for(lambda g: login in g.row(23))


def sign_out_and_in(gate: Gate, glass: Glass) -> None:
    glass.press("f10", "0")
    glass.wait_for(gate.say("SIGN IN"))
    login, passphrase = OFFICER
    glass.press(login, "enter", passphrase, "enter")
    glass.wait_for(gate.say("MENU"))


def arrive(gate: Gate, glass: Glass, surname: str = "", given: str = "") -> int:
    """A new visitor: the swipe fills the form, the rest is typed in one run, up to the proof.

    A name that is given stands over the one proposed. How many keys it took.
    """
    gate.swipe(td1(VISITOR))
    glass.wait_for(gate.say("ARRIVAL, NEW PERSON"))
    before = (surname, "enter", given, "enter", "Маратовна", "enter")
    before += ("555123456", "enter", "enter", "өм")
    glass.press(*filter(None, before))
    glass.wait_for("Өмүралиев Руслан")
    after = ("enter", "1", "3")
    glass.press(*after)
    glass.wait_for(gate.say("MAY PASS"))
    return sum(1 if key == "enter" else len(key) for key in before + after)


def admit(gate: Gate, glass: Glass) -> str:
    """Enter; the number the visit got."""
    number = f"V-{year() % 100:02d}-000001"
    glass.press("enter")
    glass.wait_for(number)
    return number


def read_by_zbarimg(picture: Path) -> str:
    command = [need("zbarimg", "zbar-tools"), "--quiet", "--raw", str(picture)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


@pytest.mark.parametrize("gate", ["ky"], indirect=True)
def test_a_visitor_is_scanned_admitted_and_leaves_again_in_kyrgyz(
    gate: Gate, tmp_path: Path
) -> None:
    with gate.run() as glass:
        first_start(gate, glass)
        key = tmp_path / "key"
        assert key.stat().st_mode & 0o777 == 0o600
        enter_prisoner(gate, glass)
        enter_officer(gate, glass)
        sign_out_and_in(gate, glass)
        arrive(gate, glass, "Өмүралиева", "Айгүл")
        number = admit(gate, glass)

        decoded = decode(gate.printer.wait_for(lambda data: CUT in data))
        (paper,) = decoded.papers
        assert not decoded.faults
        assert "Өмүралиева Айгүл" in paper.text
        assert f"{number}-1" in paper.text
        code = badge_code.encode(1, year(), 1, 1)
        assert paper.qrs == [code]
        paper.png(tmp_path / "badge.png")
        assert read_by_zbarimg(tmp_path / "badge.png") == code

        printed = gate.printer.received
        glass.press("enter")
        glass.wait_for(lambda g: number in g.row(23))
        glass.press("f9")
        glass.wait_for("Өмүралиева А.")

        gate.reader.send(code.encode() + b"\r")
        glass.wait_for(gate.say("DEPARTURE"))
        glass.wait_for("Өмүралиева Айгүл Маратовна")
        glass.press("enter")
        glass.wait_for(gate.say("ALL HAVE LEFT"))
        assert gate.printer.received == printed, "a second Enter printed something"
        glass.press("f9")
        glass.wait_for(gate.say("Nobody is inside."))
        glass.term()
        assert glass.wait_exit() == 143


@pytest.mark.parametrize("gate", ["en", "ru"], indirect=True)
def test_the_same_path_in_the_other_languages(gate: Gate) -> None:
    with gate.run() as glass:
        first_start(gate, glass)
        enter_prisoner(gate, glass)
        enter_officer(gate, glass)
        sign_out_and_in(gate, glass)
        keys = arrive(gate, glass)
        admit(gate, glass)
        assert keys + 1 <= 40
        gate.printer.wait_for(lambda data: CUT in data)
        glass.press("f10", "2", "1", "enter", "enter")
        glass.wait_for(gate.say("ALL HAVE LEFT"))
