"""config.toml: every setting has a default, and a mistake is named."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import msgspec
import pytest

from kiosk import config
from kiosk.errors import ConfigurationError
from kiosk.models.fields import Code

SHIPPED = Path(__file__).parents[2] / "config.toml"


def complaint(text: str) -> str:
    with pytest.raises(ConfigurationError) as caught:
        config.parse(text)
    return str(caught.value)


def test_an_empty_file_gives_the_defaults() -> None:
    settings = config.parse("")
    assert settings == config.Settings()
    assert settings.site.gate == 1
    assert settings.zone.key == "Asia/Bishkek"


def test_a_file_changes_only_what_it_says() -> None:
    settings = config.parse('[printer]\npaper = "58"\n[printer.codepages]\nkz1048 = 27')
    assert settings.printer.paper == "58"
    assert settings.printer.codepages.kz1048 == 27
    assert settings.printer.baud == config.PrinterSettings().baud


def test_the_shipped_file_holds_every_setting_with_its_default() -> None:
    defaults = msgspec.json.decode(msgspec.json.encode(config.Settings()))
    assert tomllib.loads(SHIPPED.read_text(encoding="utf-8")) == defaults


def test_the_shipped_file_explains_every_setting() -> None:
    for line in SHIPPED.read_text(encoding="utf-8").splitlines():
        if "=" in line and not line.startswith("#"):
            assert "# " in line, line


def test_an_unknown_key_is_answered_with_the_nearest_one() -> None:
    said = complaint('[reader]\nprot = "/dev/ttyUSB0"')
    assert "reader.prot" in said
    assert "reader.port" in said
    assert "reader" in complaint("[raeder]")


@pytest.mark.parametrize(
    ("text", "key", "allowed"),
    [
        ("[site]\ngate = 0", "site.gate", "1-99"),
        ('[site]\ngate = "one"', "site.gate", "1-99"),
        ('[site]\ntime_zone = "Asia/Nowhere"', "site.time_zone", "Asia/Bishkek"),
        ('[site]\ntime_zone = "../../etc/passwd"', "site.time_zone", "Asia/Bishkek"),
        ('[site]\nlanguages = ["uz"]', "site.languages", '"ky", "ru", "en"'),
        ("[site]\nlanguages = []", "site.languages", '"ky", "ru", "en"'),
        ('[site]\nlanguages = ["ky", "ky"]', "site.languages", "once"),
        ('[site]\nprison = "ИК-16"', "site.prison", "A-Z a-z 0-9 _ -"),
        ('[site]\nprison = "16\\n"', "site.prison", "A-Z a-z 0-9 _ -"),
        ("[site.name]\nof = 1", "site.name", '"…"'),
        ("site = 3", "site", "time_zone"),
        ('[database]\nurl = "postgresql://x"', "database.url", "sqlcipher:///"),
        ('[reader]\ndriver = "tcp"', "reader.driver", '"wedge", "folder"'),
        ("[reader.parity]\nX = 1", "reader.parity", '"N", "E", "O"'),
        ('[reader]\nport = ""', "reader.port", '"/dev/…"'),
        ('[reader]\ndriver = "folder"\nport = ""', "reader.port", '"/srv/pictures"'),
        ("[desk.steps.arrival]", "desk.steps", "arrival"),
        ("[reader]\ngap_ms = 0", "reader.gap_ms", "10-2000"),
        ("[printer]\npaper = 80", "printer.paper", '"80", "58"'),
        ("[printer.codepages]\nkz1048 = 999", "printer.codepages.kz1048", "0-255"),
        ('[printer]\ndriver = "tcp"', "printer.host", '"192.168.1.50"'),
        ('[printer]\nproof = "none"', "printer.proof", '"procid", "gs_r", "status", "ask"'),
        ('[second_printer]\ndriver = "lpt"', "second_printer.driver", '"usblp", "tcp"'),
        ('[second_printer]\ndriver = "tcp"', "second_printer.host", '"192.168.1.50"'),
        ('[desk]\nsteps = ["cook"]', "desk.steps", "arrival"),
        ('[desk]\nwindow = "window 2"', "desk.window", "1-4 of A-Z"),
    ],
)
def test_a_wrong_value_names_its_key_and_what_is_allowed(
    text: str, key: str, allowed: str
) -> None:
    said = complaint(text)
    assert key in said
    assert allowed in said


@pytest.mark.parametrize("driver", ["wedge", "scanimage", "none"])
def test_a_reader_without_a_line_or_a_folder_needs_no_port(driver: str) -> None:
    assert config.parse(f'[reader]\ndriver = "{driver}"\nport = ""').reader.port == ""


def test_there_is_no_second_printer_unless_a_site_has_one() -> None:
    settings = config.parse("")
    assert settings.printer.driver == "serial"
    assert settings.second_printer.driver == "none"
    second = config.parse('[second_printer]\ndriver = "tcp"\nhost = "10.0.0.7"').second_printer
    assert (second.host, second.tcp_port, second.text_mode) == ("10.0.0.7", 9100, "kz1048")


def test_there_is_no_scale_unless_a_site_has_one() -> None:
    assert config.parse("").scale.driver == "none"
    scale = config.parse('[scale]\ndriver = "serial"\nprofile = "sics"').scale
    assert (scale.port, scale.baud, scale.parity) == ("/dev/kiosk/scale", 0, "")


def test_a_prison_may_be_called_as_the_prison_service_writes_it() -> None:
    assert Code().db_value(config.parse('[site]\nprison = "IK-16"').site.prison) == "IK-16"


def test_broken_toml_names_the_line() -> None:
    assert "line 2" in complaint("[site]\ngate = = 1")


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"absent\.toml"):
        config.load(tmp_path / "absent.toml")
    (tmp_path / "latin.toml").write_bytes(b'[site]\nname = "\xff"')
    with pytest.raises(ConfigurationError, match="UTF-8"):
        config.load(tmp_path / "latin.toml")


def test_paths_stand_in_the_state_folder() -> None:
    settings = config.parse('[site]\nstate = "/srv/gate"\n[database]\nkey_file = "/etc/key"')
    assert settings.database_file == Path("/srv/gate/gate.db")
    assert settings.key_file == Path("/etc/key")
    assert settings.place("reader.pty") == Path("/srv/gate/reader.pty")
    assert config.parse('[database]\nurl = "sqlcipher:////d/g.db"').database_file == Path(
        "/d/g.db"
    )


def test_the_file_named_first_wins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("flag", "environment", "here"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "config.toml").write_text(f'[site]\nname = "{name}"')
    monkeypatch.chdir(tmp_path / "here")
    monkeypatch.delenv("KIOSK_CONFIG", raising=False)
    assert config.load().site.name == "here"
    monkeypatch.setenv("KIOSK_CONFIG", str(tmp_path / "environment" / "config.toml"))
    assert config.load().site.name == "environment"
    assert config.load(tmp_path / "flag" / "config.toml").site.name == "flag"


def test_settings_are_frozen() -> None:
    with pytest.raises(AttributeError):
        config.parse("").site.gate = 2  # type: ignore[misc]  # that is the test


def test_reading_the_settings_loads_nothing_heavy() -> None:
    heavy = ("textual", "peewee", "rich", "asyncio", "zoneinfo", "kiosk.models")
    code = f"import sys, kiosk.config; print([m for m in {heavy!r} if m in sys.modules])"
    here = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=here, check=True
    )
    assert run.stdout.strip() == "[]"
