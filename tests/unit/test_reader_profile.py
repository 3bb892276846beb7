"""Which make of reader config.toml names, and how its line is set."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from devices.port import LineSettings
from devices.readers.profiles import GENERIC, load
from kiosk import config
from kiosk.errors import ConfigurationError
from kiosk.wiring import line_of, profile_of


def line(text: str) -> LineSettings:
    settings = config.parse(text)
    return line_of(settings, profile_of(settings))


def test_a_line_is_set_as_its_profile_says() -> None:
    usual = LineSettings("/dev/kiosk/reader")
    assert line("") == usual
    assert line('[reader]\nprofile = "access-is"') == replace(usual, baud=115200)


def test_what_config_toml_says_of_the_line_holds_against_the_profile() -> None:
    own = 'baud = 19200\nbits = 7\nparity = "E"\nstop = 2\nflow = "xonxoff"\ndtr = "off"'
    assert line(f'[reader]\nprofile = "access-is"\n{own}') == LineSettings(
        "/dev/kiosk/reader", 19200, 7, "E", 2, "xonxoff", dtr=False
    )


def test_a_site_names_a_profile_of_its_own_in_its_state_folder(tmp_path: Path) -> None:
    (tmp_path / "ours.toml").write_text('[ours]\nbaud = 4800\ninit = "\\u0007"\n')
    settings = config.parse(f'[site]\nstate = "{tmp_path}"\n[reader]\nprofile = "ours.toml"\n')
    profile = profile_of(settings)
    assert (profile.name, profile.init) == ("ours", b"\x07")
    assert line_of(settings, profile).baud == 4800


@pytest.mark.parametrize(
    ("profile", "said"), [("honeywel", "honeywell"), ("nowhere/own.toml", "own.toml")]
)
def test_a_profile_that_cannot_be_used_is_named(profile: str, said: str) -> None:
    with pytest.raises(ConfigurationError, match=said):
        profile_of(config.parse(f'[reader]\nprofile = "{profile}"'))


def test_any_reader_is_taken_for_granted_as_the_shipped_table_says() -> None:
    assert load() == GENERIC
