"""Whatever goes wrong in a command is said in a sentence, and its exit code says which."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kiosk import cli
from kiosk.config import Settings, Site
from kiosk.errors import ConfigurationError
from kiosk.post import GatePost
from kiosk.services.opening import open_register
from kiosk.support import doctor, reading

FINDING, CRASH, CONFIGURATION = 1, 70, 78
NOBODY = 65534
CANARY = "ASANOVA"


@contextmanager
def another_user(folder: Path) -> Iterator[None]:
    """For this long the folder is closed to whoever runs the tests."""
    folder.chmod(0o700)
    if os.geteuid() == 0:
        os.seteuid(NOBODY)
        try:
            yield
        finally:
            os.seteuid(0)
    else:
        folder.chmod(0)
        try:
            yield
        finally:
            folder.chmod(0o700)


@pytest.fixture
def config(tmp_path: Path) -> Iterator[Path]:
    """A configuration that anybody may read, of a folder that is somebody's."""
    state = tmp_path / "state"
    state.mkdir()
    config = tmp_path / "config.toml"
    config.write_text(f'[site]\nstate = "{state}"\nlanguages = ["en"]\n')
    closed = [one for one in (tmp_path, *tmp_path.parents) if "pytest-" in str(one)]
    before = [(one, one.stat().st_mode) for one in closed]
    for one, mode in before:
        one.chmod(mode | 0o055)
    yield config
    for one, mode in before:
        one.chmod(mode)


def test_the_state_folder_of_another_user_is_told_by_every_command(
    config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = Settings(site=Site(state=str(config.parent / "state")))
    commands = (["users", "list"], ["audit", "verify"])
    # Once as ourselves, so that all modules are loaded: an interpreter in somebody's closed
    # home gives none to another user.
    for command in commands:
        cli.main(["--config", str(config), *command])
    doctor.check(config)
    capsys.readouterr()
    with another_user(config.parent / "state"):
        with pytest.raises(ConfigurationError, match=r"gate\.db cannot be looked for"):
            GatePost(settings)
        with pytest.raises(ConfigurationError, match=r"gate\.db cannot be looked for"):
            open_register(settings, writer=False)
        for command in commands:
            assert cli.main(["--config", str(config), *command]) == CONFIGURATION
            assert "Permission denied" in capsys.readouterr().err
        checks = {one.name: one for one in doctor.check(config)}
    for name in ("state folder", "register"):
        assert checks[name].state is doctor.State.FAULT
        assert checks[name].do
    assert {"disk", "clock", "reader", "printer"} <= set(checks)


def test_a_fault_of_the_machine_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fails(raw: bytes, out: object, today: object) -> int:
        raise OSError(5, "Input/output error", "/srv/swipe.bin")

    monkeypatch.setattr(reading, "read_one", fails)
    assert cli.main(["read", os.devnull]) == FINDING
    said = capsys.readouterr().err
    assert said.splitlines() == [
        "The machine reported an error: /srv/swipe.bin: Input/output error."
    ]


def test_what_nobody_foresaw_is_one_sentence_and_its_place_is_in_the_log(
    config: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fails(settings: object) -> None:
        raise ValueError(CANARY)

    monkeypatch.setattr("kiosk.support.accounts.listing", fails)
    assert cli.main(["--config", str(config), "users", "list"]) == CRASH
    said = capsys.readouterr().err
    assert len(said.splitlines()) == 1
    assert "(ValueError)" in said
    log = (config.parent / "state" / "kiosk.log").read_text()
    assert "in fails" in log
    assert CANARY not in said + log


def test_an_interrupted_command_says_nothing_more(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(raw: bytes, out: object, today: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(reading, "read_one", interrupted)
    assert cli.main(["read", os.devnull]) == 130
    assert capsys.readouterr().err == ""
