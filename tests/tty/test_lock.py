"""The kiosk can be left alone: locked, it shows nobody and gives nothing away."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.demo.documents import td1
from tests.tty.gate import PASSPHRASE, Gate
from tests.tty.torture import LOGIN, furnish

pytestmark = pytest.mark.tty


@pytest.fixture
def gate(tmp_path: Path) -> Iterator[Gate]:
    gate = Gate(tmp_path, language="en")
    yield gate
    gate.close()


def test_a_locked_kiosk_shows_nobody_and_goes_on_where_it_was_left(gate: Gate) -> None:
    (visitor,) = furnish(gate, 1)
    with gate.run() as glass:
        glass.wait_for("SIGN IN")
        glass.press(LOGIN, "enter", PASSPHRASE, "enter")
        glass.wait_for("MENU", timeout=20)
        glass.press("1")
        glass.wait_for("NEW PERSON")
        glass.press("5", "enter", "AC1234567", "f10")
        glass.wait_for("MENU")
        glass.quiet()
        glass.press("f10")
        glass.wait_for("LOCKED")
        assert "AC1234567" not in glass.text()

        gate.swipe(td1(visitor.document))
        glass.wait_for("Sign in first")
        glass.press("f3", "f9", "f10", "f1")
        glass.wait_for("HELP")
        glass.press("escape")
        glass.wait_for("LOCKED")
        assert visitor.surname not in glass.text()

        glass.press("somebody else's", "enter")
        glass.wait_for(lambda g: g.row(23).startswith("!"))
        glass.press(PASSPHRASE, "enter")
        glass.wait_for("MENU", timeout=20)
        glass.press("1")
        glass.wait_for("AC1234567")
