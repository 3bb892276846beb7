"""A reader that plays keyboard, through the real program: its keys come down the same terminal
as the officer's, under whatever layout is on, and nothing of a scan may act on the screen.

Without a device to grab, so by the speed of its keys, and again with a prefix.
"""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from contextlib import suppress
from itertools import count, pairwise
from pathlib import Path

import pytest

from kiosk import badge_code
from kiosk.bursts import QUIET_S
from kiosk.models import RegisterNumber
from tests.tty import house
from tests.tty.gate import Gate
from tests.tty.harness import Glass
from tests.unit.keyboards import typed

# A reader that plays keyboard is told by its speed.
pytestmark = [pytest.mark.tty, pytest.mark.alone]

VISITORS = count()
NEWCOMERS = iter(house.NEWCOMERS)


def wedge(gate: Gate, prefix: str = "", port: str = "") -> None:
    """The gate's reader plays keyboard from now on."""
    settings = f'driver = "wedge"\nport = "{port}"\nprefix = "{prefix}"'
    text = gate.config.read_text()
    gate.config.write_text(text.replace('[reader]\nport = "reader"', f"[reader]\n{settings}"))
    assert settings in gate.config.read_text()


@pytest.fixture(scope="module", params=["", "~"], ids=["by-speed", "prefix"])
def prefix(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def gate(tmp_path_factory: pytest.TempPathFactory, prefix: str) -> Iterator[Gate]:
    gate = Gate(tmp_path_factory.mktemp("gate"), language="en")
    wedge(gate, prefix)
    house.furnish(gate)
    yield gate
    gate.close()


@pytest.fixture(scope="module")
def kiosk(gate: Gate) -> Iterator[Glass]:
    with gate.run() as glass:
        house.enter(gate, glass)
        glass.wait_for("Reader types")
        yield glass


@pytest.fixture
def glass(kiosk: Glass, prefix: str) -> Iterator[Glass]:
    """The kiosk on its menu; afterwards the next scan must work."""
    yield kiosk
    home(kiosk)
    one = known()
    kiosk.send(scan(one, prefix).encode())
    card_of(kiosk, one)
    home(kiosk)


# ---- what the tests say


def known() -> house.Visitor:
    return house.COMING[next(VISITORS) % len(house.COMING)]


def scan(one: house.Visitor, prefix: str, end: str = "\r") -> str:
    """What the reader types for a visitor's document."""
    return prefix + end.join(house.lines(one.holder)) + end


def strike(glass: Glass, text: str) -> None:
    """Key by key, as a reader does: nothing else of the machine may come between its keys,
    else they would be those of an officer."""
    niceness = os.getpriority(os.PRIO_PROCESS, 0)
    with suppress(PermissionError):  # only root may
        os.setpriority(os.PRIO_PROCESS, 0, -20)
    try:
        for character in text:
            glass.send(character.encode())
    finally:
        os.setpriority(os.PRIO_PROCESS, 0, niceness)


def home(glass: Glass) -> None:
    if "NEW PERSON" in glass.row(0):
        glass.press("f8")
        glass.quiet()
        glass.press("enter")
        glass.wait_for(lambda g: "NEW PERSON" not in g.row(0))
    if "MENU" not in glass.row(0):  # where F10 locks
        glass.press("f10")
    glass.wait_for(lambda g: "MENU" in g.row(0))


def card_of(glass: Glass, one: house.Visitor) -> None:
    glass.wait_for(lambda g: one.name in g.row(1) and "MAY PASS" in g.text())


def open_form(glass: Glass) -> None:
    """The form of a new person, with a letter typed in it."""
    glass.press("1")
    glass.wait_for(lambda g: "NEW PERSON" in g.row(0))
    glass.press("tab", *["tab"] * 6)
    glass.quiet()
    glass.press("Абв")
    glass.wait_for("Абв_")


def visits(gate: Gate) -> int:
    """How many were admitted so far."""
    db = house.register_of(gate)
    try:
        return int(
            db.run_read(
                lambda: RegisterNumber.select().where(RegisterNumber.series == "V").count()
            )
        )
    finally:
        db.close()


# ---- scans


@pytest.mark.parametrize("end", ["\r", "\t", "\r\n"])
def test_a_scan_opens_the_card_of_somebody_known(glass: Glass, prefix: str, end: str) -> None:
    one = known()
    strike(glass, scan(one, prefix, end))
    card_of(glass, one)


def test_a_scan_read_in_one_go_opens_the_card(glass: Glass, prefix: str) -> None:
    one = known()
    glass.send(scan(one, prefix).encode())
    card_of(glass, one)


@pytest.mark.parametrize("caps", [False, True], ids=["", "caps"])
@pytest.mark.parametrize("layout", ["winkeys", "kyrgyz"])
def test_a_scan_under_another_layout_opens_the_card(
    glass: Glass, prefix: str, layout: str, caps: bool
) -> None:
    one = known()
    strike(glass, typed(scan(one, prefix), layout, caps=caps))
    card_of(glass, one)


def test_a_scan_over_an_open_form_leaves_it_as_it_is_and_waits(
    glass: Glass, prefix: str
) -> None:
    open_form(glass)
    before = [glass.row(number) for number in range(1, 20)]
    one = known()
    strike(glass, scan(one, prefix))
    glass.wait_for("Scan waiting: 1.")
    assert [glass.row(number) for number in range(1, 20)] == before
    glass.press("г")
    glass.wait_for("Абвг_")
    home(glass)
    glass.press("f6")
    card_of(glass, one)


def test_two_scans_glued_together_are_two(glass: Glass, prefix: str) -> None:
    open_form(glass)
    first, second = known(), known()
    strike(glass, scan(first, prefix) + scan(second, prefix))
    glass.wait_for("Scan waiting: 2.")
    home(glass)
    for one in (first, second):
        glass.press("f6")
        card_of(glass, one)
        home(glass)


@pytest.mark.parametrize("together", [False, True], ids=["key-by-key", "together"])
def test_the_line_ends_of_a_scan_admit_nobody(
    gate: Gate, glass: Glass, prefix: str, together: bool
) -> None:
    one, other = known(), known()
    strike(glass, scan(one, prefix))
    card_of(glass, one)
    glass.quiet()
    before = visits(gate)
    if together:
        glass.send(scan(other, prefix).encode())
    else:
        strike(glass, scan(other, prefix))
    glass.wait_for(lambda g: "?" in g.row(21) and "2" in g.row(21))
    glass.quiet(0.3)
    glass.press("escape")
    glass.quiet()
    assert one.name in glass.row(1)
    assert "MAY PASS" in glass.text()
    assert visits(gate) == before


def test_a_damaged_scan_types_nothing_admits_nobody_and_says_why(
    gate: Gate, glass: Glass, prefix: str
) -> None:
    one, other = known(), known()
    strike(glass, scan(one, prefix))
    card_of(glass, one)
    glass.quiet()
    before = visits(gate)
    upper, middle, lower = house.lines(other.holder)
    damaged = (
        f"{upper[:20]}?{upper[21:]}\r{middle}\r{lower}\r",
        f"{upper}\r{middle[:10]}",
        f"{upper}\r{middle}\r",
    )
    for text in damaged:
        bells = glass.bells
        strike(glass, prefix + text)
        glass.wait_for(
            lambda g, bells=bells: (
                g.bells > bells and g.row(23).startswith("! The document was not read")
            )
        )
        glass.quiet()
        assert one.name in glass.row(1)
        assert "MAY PASS" in glass.text()
    assert visits(gate) == before


def test_a_badge_opens_the_departure(gate: Gate, glass: Glass, prefix: str) -> None:
    one = known()
    strike(glass, scan(one, prefix))
    card_of(glass, one)
    glass.quiet()
    glass.press("enter")
    glass.wait_for("ADMITTED")
    number = next(word for word in glass.text().split() if word.startswith("V-"))
    _series, year, serial = number.rstrip(".,").split("-")[:3]
    glass.press("f10")
    glass.wait_for(lambda g: "MENU" in g.row(0))
    strike(glass, prefix + badge_code.encode(1, int(year), int(serial), 1) + "\r")
    glass.wait_for("DEPARTURE")
    glass.wait_for(one.surname)
    glass.quiet(0.3)
    assert "ALL HAVE LEFT" not in glass.text()
    glass.press("enter")
    glass.wait_for("ALL HAVE LEFT")


# ---- an officer


@pytest.mark.parametrize("surname", ["Мамытова", "Шаршенова", "Пазылова", "Сыдыкова"])
def test_what_is_typed_ahead_reaches_its_fields(glass: Glass, surname: str) -> None:
    glass.press("1", *["tab"] * 7, surname, "tab", "Айгүл", "tab", "Виктория")
    glass.wait_for("Виктория_")
    assert surname in glass.text()
    assert "Айгүл" in glass.text()


def test_a_scan_that_the_machine_is_held_up_in_is_one_scan(glass: Glass, prefix: str) -> None:
    one = known()
    open_form(glass)
    text = scan(one, prefix)
    for start, end in pairwise((0, 5, 12, 50, len(text))):
        strike(glass, text[start : end - 2])
        # Two keys lie unread for longer than any silence of a reader lasts.
        glass.kill(signal.SIGSTOP)
        strike(glass, text[end - 2 : end])
        time.sleep(1.5 * QUIET_S)
        glass.kill(signal.SIGCONT)
    glass.wait_for("Scan waiting: 1.")
    assert "Абв_" in glass.text()
    home(glass)
    glass.press("f6")
    card_of(glass, one)


def test_keys_that_pile_up_while_the_machine_is_held_up_are_sorted_all_the_same(
    glass: Glass, prefix: str
) -> None:
    one = known()
    open_form(glass)
    glass.kill(signal.SIGSTOP)
    strike(glass, "Мам" + scan(one, prefix) + "ыт")
    glass.kill(signal.SIGCONT)
    glass.wait_for("АбвМамыт_")
    glass.wait_for("Scan waiting: 1.")


# ---- the rest


def test_a_scan_while_nobody_is_signed_in_is_typed_into_no_field(
    gate: Gate, glass: Glass, prefix: str
) -> None:
    glass.press("0")
    glass.wait_for(lambda g: "SIGN IN" in g.row(0))
    before = len(glass.received)
    strike(glass, scan(known(), prefix))
    glass.wait_for("A document lies on the reader. Sign in first, then scan it.")
    assert b"KGZ" not in glass.received[before:]
    house.enter(gate, glass)


def test_a_scan_before_the_register_is_open_is_typed_into_no_field(
    tmp_path: Path, prefix: str
) -> None:
    gate = Gate(tmp_path, language="en")
    wedge(gate, prefix)
    house.furnish(gate, coming=house.COMING[:1])
    try:
        with gate.run() as glass:
            glass.wait_for("SIGN IN")
            strike(glass, scan(house.COMING[0], prefix))
            glass.wait_for("A document lies on the reader. Sign in first, then scan it.")
            assert b"KGZ" not in glass.received
            glass.press("abc")
            glass.wait_for("abc_")
    finally:
        gate.close()


def test_a_device_that_is_not_there_is_told_and_its_typing_heard_all_the_same(
    tmp_path: Path,
) -> None:
    gate = Gate(tmp_path, language="en")
    wedge(gate, port="/dev/input/by-id/no-reader-event-kbd")
    house.furnish(gate, coming=house.COMING[:1])
    try:
        with gate.run() as glass:
            house.enter(gate, glass)
            glass.wait_for("Reader lost")
            strike(glass, scan(house.COMING[0], ""))
            card_of(glass, house.COMING[0])
    finally:
        gate.close()
