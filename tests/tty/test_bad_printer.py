"""Trouble with the printer never stops the gate: papers wait, and each comes out once.

The printer is the simulated one, which answers and proves as an Epson does.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from devices.health import DeviceFlag
from tests.tty import house
from tests.tty.gate import Gate, Press
from tests.tty.harness import Glass

pytestmark = pytest.mark.tty

COMING = iter(house.COMING)


@pytest.fixture(scope="module")
def gate(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gate]:
    gate = Gate(tmp_path_factory.mktemp("gate"), language="en", printer_port="press")
    house.furnish(gate, coming=house.COMING[:25])
    yield gate
    gate.close()


@pytest.fixture(scope="module")
def press(gate: Gate) -> Iterator[Press]:
    press = Press(gate.folder / "press")
    yield press
    press.close()


@pytest.fixture(scope="module")
def kiosk(gate: Gate, press: Press) -> Iterator[Glass]:
    with gate.run() as glass:
        house.enter(gate, glass)
        glass.wait_for("Printer ready")
        yield glass


@pytest.fixture
def glass(kiosk: Glass, press: Press) -> Iterator[Glass]:
    """The kiosk; afterwards the printer is well again and every paper came out once."""
    yield kiosk
    kiosk.wait_for("Printer ready")
    numbers = [paper.partition("V-")[2][:11] for paper in press.papers]
    assert len(numbers) == len(set(numbers))


def admit(gate: Gate, glass: Glass) -> str:
    """The next visitor goes in; the number the visit got."""
    return house.admit(gate, glass, next(COMING))


@pytest.mark.parametrize(
    ("flag", "word", "sentence"),
    [
        (
            DeviceFlag.PAPER_OUT,
            "Printer paper!",
            "Paper is out. Put in a roll; printing goes on by itself.",
        ),
        (
            DeviceFlag.COVER_OPEN,
            "Printer lid!",
            "The lid of the printer is open. Close it; it goes on by itself.",
        ),
        (
            DeviceFlag.CUTTER,
            "Printer cutter!",
            "The cutter is stuck. Open the lid, take the scrap of paper out, close it.",
        ),
        (
            DeviceFlag.OVERHEATED,
            "Printer hot!",
            "The print head is too hot. Leave it alone; it goes on by itself.",
        ),
        (
            DeviceFlag.OFFLINE,
            "Printer stop!",
            "The printer has stopped and does not say why. Look at its lamps and keys.",
        ),
    ],
)
def test_a_printer_that_cannot_print_lets_people_in_and_prints_later(
    gate: Gate, glass: Glass, press: Press, flag: DeviceFlag, word: str, sentence: str
) -> None:
    press.fault(flag)
    bells = glass.bells
    number = admit(gate, glass)
    glass.wait_for(word)
    glass.wait_for(f"! {sentence}")
    assert glass.bells > bells
    another = admit(gate, glass)
    assert not any(one in paper for paper in press.papers for one in (number, another))
    press.mend(flag)
    press.wait_for(number)
    press.wait_for(another)
    glass.wait_for(f"Printed and proved: badge {another}.")


def test_a_roll_that_ends_in_the_middle_of_a_badge_goes_on_behind_the_new_one(
    gate: Gate, glass: Glass, press: Press
) -> None:
    press.paper_ends_after(3)
    number = admit(gate, glass)
    glass.wait_for("Printer paper!")
    assert not any(number in paper for paper in press.papers)
    press.mend(DeviceFlag.PAPER_OUT)
    press.wait_for(number)
    glass.wait_for(f"Printed and proved: badge {number}.")


def test_a_printer_that_falls_silent_is_not_called_ready_and_gets_no_papers(
    gate: Gate, glass: Glass, press: Press
) -> None:
    press.hush()
    number = admit(gate, glass)
    glass.wait_for("Printer silent!")
    glass.wait_for("! The printer has fallen silent.")
    assert not any(number in paper for paper in press.papers)
    press.hush(False)
    press.wait_for(number)
    glass.wait_for(f"Printed and proved: badge {number}.")


def test_paper_that_nearly_ends_is_told_and_stops_nothing(
    gate: Gate, glass: Glass, press: Press
) -> None:
    press.fault(DeviceFlag.PAPER_NEAR_END)
    number = admit(gate, glass)
    press.wait_for(number)
    glass.wait_for("Printer roll")
    # Proved, before the next test pulls the cable out.
    glass.wait_for(f"Printed and proved: badge {number}.")
    press.mend(DeviceFlag.PAPER_NEAR_END)


def test_a_printer_unplugged_prints_when_it_is_plugged_in_again(
    gate: Gate, glass: Glass, press: Press
) -> None:
    press.unplug()
    glass.wait_for("Printer off")
    glass.wait_for("! Printer is unplugged. Visits are saved; papers wait. Check the cable.")
    number = admit(gate, glass)
    another = admit(gate, glass)
    press.plug()
    press.wait_for(number)
    press.wait_for(another)


def test_a_kiosk_started_without_its_printer_says_so_and_admits(
    gate: Gate, kiosk: Glass, press: Press
) -> None:
    kiosk.term()
    assert kiosk.wait_exit() == 143
    press.unplug()
    with gate.run() as glass:
        glass.wait_for("Printer off")
        house.enter(gate, glass)
        glass.wait_for("! There is no printer. Visits are saved; papers wait. Check the cable.")
        number = admit(gate, glass)
        another = admit(gate, glass)
        glass.press("f10")
        glass.wait_for("waiting          2")
        press.plug()
        press.wait_for(number)
        press.wait_for(another)
    assert sum(number in paper for paper in press.papers) == 1
