"""Which make of scale config.toml names, and how its line is set."""

from __future__ import annotations

from pathlib import Path

import pytest

from devices.port import LineSettings
from kiosk import config
from kiosk.errors import ConfigurationError
from kiosk.wiring import scale_line_of, scale_of, scale_profile_of


def test_a_site_without_a_scale_has_none() -> None:
    assert scale_of(config.parse("")) is None
    assert scale_of(config.parse('[scale]\ndriver = "serial"')) is not None


def test_what_config_toml_says_of_the_line_holds_against_the_profile() -> None:
    # As A&D balances come from the maker.
    own = 'port = "scale"\nbaud = 2400\nbits = 7\nparity = "E"\ndtr = "off"'
    settings = config.parse(f'[site]\nstate = "/srv"\n[scale]\ndriver = "serial"\n{own}')
    line = scale_line_of(settings, scale_profile_of(settings))
    assert line == LineSettings("/srv/scale", 2400, 7, "E", dtr=False)


def test_a_site_names_a_profile_of_its_own_in_its_state_folder(tmp_path: Path) -> None:
    (tmp_path / "ours.toml").write_text('[ours]\nbaud = 4800\nrequest = "W\\r"\n')
    settings = config.parse(f'[site]\nstate = "{tmp_path}"\n[scale]\nprofile = "ours.toml"\n')
    profile = scale_profile_of(settings)
    assert (profile.name, profile.request) == ("ours", b"W\r")
    assert scale_line_of(settings, profile).baud == 4800


def test_a_profile_that_cannot_be_used_is_named() -> None:
    with pytest.raises(ConfigurationError, match=r"sisc.*allowed: generic.*\[scale\] profile"):
        scale_of(config.parse('[scale]\ndriver = "serial"\nprofile = "sisc"'))
