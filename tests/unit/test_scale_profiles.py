"""What is known of makes of scales, and what a site's own file may say."""

from __future__ import annotations

from pathlib import Path

import pytest

from devices.errors import ProfileError
from devices.port import LineSettings
from devices.scales.profiles import SHIPPED, Messages, Profile, framer, load, parse

NAMES = ["generic", "toledo", "sics", "cas"]


def test_every_make_of_scale_is_shipped() -> None:
    assert list(parse(SHIPPED.read_text())) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_a_profile_says_how_to_open_its_line_and_what_comes_over_it(name: str) -> None:
    profile = load(name)
    LineSettings("x", profile.baud, profile.bits, profile.parity, profile.stop, profile.flow)
    assert framer(profile).feed(b"") == []


def test_questions_are_the_bytes_of_the_manuals() -> None:
    assert load() == Profile("generic")
    assert load("sics").request == b"SI\r\n"
    cas = load("cas")
    assert (cas.greeting, cas.greeted, cas.request) == (b"\x05", b"\x06", b"\x11")
    assert cas.messages is Messages.CAS


def test_a_site_names_a_file_of_its_own(tmp_path: Path) -> None:
    file = tmp_path / "ours.toml"
    file.write_text('[ours]\nbaud = 2400\nbits = 7\nparity = "E"\nrequest = "Q\\r\\n"')
    assert load(str(file)) == Profile("ours", 2400, 7, "E", request=b"Q\r\n")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[x]\nbuad = 2400", "baud"),
        ("[x]\nbaud = 0", "300-921600"),
        ('[x]\nmessages = "morse"', '"lines", "toledo", "cas"'),
        ('[x]\nunit = "st"', '"g", "kg", "t", "lb", "oz"'),
        ("[x]\nrequest_s = 0", "0.05-10"),
        ('[x]\ngreeting = "\\u0005"', "allowed: both, or neither"),
        ('[x]\ngreeting = "a"\ngreeted = "b"', "greeting with request"),
        ("x = 1", "no table"),
        ("[x", "not TOML"),
    ],
)
def test_a_wrong_file_is_told_with_its_key_and_what_is_allowed(text: str, said: str) -> None:
    with pytest.raises(ProfileError) as refusal:
        parse(text, "ours.toml")
    assert said in str(refusal.value)
    assert "ours.toml" in str(refusal.value)


def test_an_unknown_name_is_told_with_those_that_are_shipped() -> None:
    with pytest.raises(ProfileError, match=r"no scale profile is called 'kern'.*generic.*cas"):
        load("kern")
