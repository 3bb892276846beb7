"""What doctor says of a reader that plays keyboard."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kiosk.support.doctor import Check, State, check

NOBODY = 65534


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that every user may use."""
    with tempfile.TemporaryDirectory() as name:
        os.chmod(name, 0o777)
        yield Path(name)


@contextmanager
def somebody_else() -> Iterator[None]:
    """A user without the device's group, whoever runs the tests."""
    own = os.geteuid()
    if own == 0:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(own)


def reader(folder: Path, settings: str) -> Check:
    config = folder / "config.toml"
    config.write_text(
        f'[site]\nstate = "{folder}"\nlanguages = ["en"]\n'
        f'[reader]\ndriver = "wedge"\n{settings}'
    )
    return next(one for one in check(config) if one.name == "reader")


def test_one_that_is_not_there_is_a_fault(tmp_path: Path) -> None:
    found = reader(tmp_path, 'port = "/dev/input/by-id/nothing-event-kbd"')
    assert found.state is State.FAULT
    assert "/dev/input/by-id" in found.do


def test_one_that_may_be_opened_is_in_order(tmp_path: Path) -> None:
    (tmp_path / "event-kbd").touch()
    assert reader(tmp_path, 'port = "event-kbd"').state is State.OK


def test_one_that_may_not_be_opened_wants_the_group_input(open_folder: Path) -> None:
    device = open_folder / "event-kbd"
    device.touch(mode=0o000)
    with somebody_else():
        found = reader(open_folder, 'port = "event-kbd"')
    assert found.state is State.FAULT
    assert "group input" in found.do


def test_one_that_only_types_is_told_from_an_officer_better_by_a_prefix(tmp_path: Path) -> None:
    by_speed, by_prefix = (
        reader(tmp_path, 'port = ""\n' + prefix) for prefix in ("", 'prefix = "~"')
    )
    assert (by_speed.state, by_prefix.state) == (State.WARN, State.OK)
    assert "prefix" in by_speed.do
    assert "nobody can know" in by_prefix.text
