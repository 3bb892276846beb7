"""A kiosk that dies while a group is put together goes on where it was."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.tty import house
from tests.tty.gate import Gate

pytestmark = pytest.mark.tty


@pytest.fixture
def gate(tmp_path: Path) -> Iterator[Gate]:
    gate = Gate(tmp_path, language="en")
    house.furnish(gate, coming=house.COMING[:2])
    yield gate
    gate.close()


def test_a_group_and_a_form_are_taken_up_after_a_kill(gate: Gate) -> None:
    first, second = house.COMING[:2]
    newcomer = house.NEWCOMERS[0]
    with gate.run() as glass:
        house.enter(gate, glass)
        gate.swipe(house.lines(first.holder))
        glass.wait_for("MAY PASS")
        glass.press("7")
        glass.wait_for("Scan the next person of this group.")
        gate.swipe(house.lines(second.holder))
        glass.wait_for(lambda g: second.name in g.row(2))
        glass.kill()
        glass.wait_exit()
    with gate.run() as glass:
        house.enter(gate, glass)
        glass.wait_for(f"Draft: {first.surname}")
        glass.press("f6")
        glass.wait_for(lambda g: first.name in g.row(1) and second.name in g.row(2))
        glass.press("enter")
        glass.wait_for("ADMITTED")
        glass.press("f10")
        glass.wait_for("MENU")
        assert "Draft" not in glass.text()
        gate.swipe(house.lines(newcomer.holder))
        glass.wait_for("ARRIVAL, NEW PERSON")
        glass.press("Сатыбалдиева", "enter")
        glass.wait_for(lambda g: "Сатыбалдиева_" not in g.text())
        glass.quiet(0.1)
        glass.kill()
        glass.wait_exit()
    with gate.run() as glass:
        house.enter(gate, glass)
        glass.wait_for("Draft: Сатыбалдиева")
        glass.press("f6")
        glass.wait_for("ARRIVAL, NEW PERSON")
        assert "Сатыбалдиева" in glass.text()
        assert newcomer.holder.number in glass.text()
