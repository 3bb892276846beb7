"""A bag on the scale: its weight stands at the till, and is typed when the scale is gone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.text import fill
from tests.tty import house
from tests.tty.gate import Gate
from tests.tty.harness import Glass
from tests.tty.looks import MESSAGE, check, wait_title
from tests.tty.weighing import Scale

pytestmark = pytest.mark.tty

SENDER = house.COMING[0]


@pytest.fixture
def gate(tmp_path: Path) -> Iterator[Gate]:
    gate = Gate(tmp_path)
    house.furnish(gate, coming=(SENDER,))
    yield gate
    gate.close()


@pytest.fixture
def scale(gate: Gate) -> Iterator[Scale]:
    scale = Scale(gate)
    yield scale
    scale.close()


def kilograms(grams: int) -> str:
    return f"{grams // 1000},{grams % 1000:03d}"  # as Kyrgyz writes it


def shows(gate: Gate, glass: Glass, grams: int) -> None:
    text = fill(gate.say("on the scale {number}"), number=kilograms(grams))
    glass.wait_for(text)
    check(glass)


def test_a_bag_is_weighed_and_what_no_scale_weighs_is_typed(gate: Gate, scale: Scale) -> None:
    with gate.run() as glass:
        house.enter(gate, glass)
        scale.put(5400)
        gate.swipe(house.lines(SENDER.holder))
        wait_title(gate, glass, "ARRIVAL")
        glass.press("2")
        wait_title(gate, glass, "PACKAGE")
        shows(gate, glass, 5400)
        scale.put(12_650)
        shows(gate, glass, 12_650)

        scale.unplug()
        gone = gate.say("The scale was unplugged. Plug it in; until then type weights.")
        glass.wait_for(lambda g: gone in g.row(MESSAGE))
        glass.wait_for(lambda g: kilograms(12_650) not in g.text())
        check(glass)

        scale.put(700)
        scale.plug()
        shows(gate, glass, 700)
        assert gone not in glass.text()
        scale.put(5400)
        shows(gate, glass, 5400)
        glass.press("enter")
        glass.wait_for(fill(gate.say("weighs {number}"), number=kilograms(5400)))
        check(glass)
