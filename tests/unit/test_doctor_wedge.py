"""What doctor says of a reader that plays keyboard."""

from __future__ import annotations

from pathlib import Path

import pytest
from device_users import open_folder, somebody_else

from kiosk.support.check import Check, State
from kiosk.support.doctor import check


def reader(folder: Path, settings: str, name: str = "reader") -> Check:
    config = folder / "config.toml"
    config.write_text(
        f'[site]\nstate = "{folder}"\nlanguages = ["en"]\n'
        f'[reader]\ndriver = "wedge"\n{settings}'
    )
    return next(one for one in check(config) if one.name == name)


def test_one_that_is_not_there_is_a_fault(tmp_path: Path) -> None:
    found = reader(tmp_path, 'port = "/dev/input/by-id/nothing-event-kbd"')
    assert found.state is State.FAULT
    assert "/dev/input/by-id" in found.do


def test_one_that_may_be_opened_is_in_order(tmp_path: Path) -> None:
    (tmp_path / "event-kbd").touch()
    assert reader(tmp_path, 'port = "event-kbd"').state is State.OK


def test_one_that_may_not_be_opened_wants_the_group_input() -> None:
    with open_folder() as folder:
        device = folder / "event-kbd"
        device.touch(mode=0o000)
        with somebody_else():
            found = reader(folder, 'port = "event-kbd"')
    assert found.state is State.FAULT
    assert "group input" in found.do


def test_one_that_only_types_is_told_from_an_officer_better_by_a_prefix(tmp_path: Path) -> None:
    assert "nobody can know" in reader(tmp_path, 'port = ""\nprefix = "("').text
    without = reader(tmp_path, 'port = ""', "reader prefix")
    assert without.state is State.WARN
    assert "prefix" in without.do
    with pytest.raises(StopIteration):
        reader(tmp_path, 'port = ""\nprefix = "("', "reader prefix")


def test_a_prefix_that_is_a_letter_of_the_gates_keyboards_is_told(tmp_path: Path) -> None:
    found = reader(tmp_path, 'port = ""\nprefix = "~"', "reader prefix")
    assert found.state is State.WARN
    assert "~ is a letter on a Russian or Kyrgyz keyboard: Ё ё" in found.text
    assert "lost" in found.do
