"""What fails behind the first screen is told, even while a typed key already waits for it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.tty.gate import PASSPHRASE, Gate
from tests.tty.torture import LOGIN, furnish

pytestmark = pytest.mark.tty


@pytest.fixture
def gate(tmp_path: Path) -> Iterator[Gate]:
    gate = Gate(tmp_path, language="en")
    yield gate
    gate.close()


def test_keys_typed_ahead_do_not_keep_a_kiosk_that_cannot_open_its_register(gate: Gate) -> None:
    furnish(gate, 1)
    (gate.folder / "key").write_bytes(bytes(32))
    with gate.run() as glass:
        glass.press(LOGIN, "enter", PASSPHRASE, "enter")
        assert glass.wait_exit() == 1
        assert "key" in glass.text()
