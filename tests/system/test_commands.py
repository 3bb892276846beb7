"""The commands beside the kiosk, as processes: what they print, and their exit codes."""

from __future__ import annotations

import base64
import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kiosk import keyfile
from kiosk.models.database import open_database
from kiosk.models.engine import RegisterFile
from tests.tty import house
from tests.tty.gate import KIOSK, PASSPHRASE, Gate
from tests.tty.harness import ROOT
from tests.unit.mrz_builder import ASANOVA, BEKOV_PASSPORT, ERIKSSON, SHCHUKINA

DONE, FINDING, USAGE, REFUSED, RUNNING, CONFIGURATION = 0, 1, 2, 3, 75, 78
TODAY = ("--today", "2026-11-24")
VISA = ERIKSSON.but(code="V", optional="")


@pytest.fixture(scope="module")
def gate(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gate]:
    gate = Gate(tmp_path_factory.mktemp("gate"), language="en")
    house.furnish(gate, coming=house.COMING[:2])
    (gate.folder / "own").write_text(PASSPHRASE + "\n")
    (gate.folder / "new").write_text("four words for bekov\n")
    yield gate
    gate.close()


def run(
    *arguments: str, config: Path | None = None, data: bytes = b""
) -> subprocess.CompletedProcess[bytes]:
    named = ["--config", str(config)] if config else []
    done = subprocess.run(
        [*KIOSK, *named, *arguments], input=data, capture_output=True, cwd=ROOT, check=False
    )
    assert b"Traceback" not in done.stderr, done.stderr.decode()
    return done


# ---- read


def read(data: bytes, *arguments: str) -> dict[str, Any]:
    done = run("read", *TODAY, *arguments, data=data)
    assert done.returncode == DONE
    answer = json.loads(done.stdout)
    assert isinstance(answer, dict)
    return answer


def sent(lines: tuple[str, ...]) -> bytes:
    return "".join(f"{line}\r\n" for line in lines).encode()


def test_read_answers_what_a_document_says() -> None:
    answer = read(sent(ASANOVA.td1()))
    assert answer["status"] == "ok"
    assert answer["format"] == "TD1"
    assert answer["document_number"] == "ID1234567"
    assert answer["personal_number"] == "11203198601234"
    assert answer["birth_date"] == "1986-03-12"
    assert answer["evidence"]["document_number"] == "verified"
    assert answer["reasons"] == []


def test_read_answers_for_a_russian_internal_passport_in_cyrillic() -> None:
    answer = read(sent(SHCHUKINA.russian()))
    assert (answer["status"], answer["format"]) == ("ok", "RUS_INTERNAL")
    assert (answer["surname"], answer["given_names"]) == ("ЩУКИНА", "ЮЛИЯ ЮРЬЕВНА")
    assert (answer["document_number"], answer["expiry_date"]) == ("4510123456", None)
    assert answer["optional"] == "150320770001"
    assert answer["reasons"] == []


def test_read_answers_for_a_visa_which_has_no_composite_check_digit() -> None:
    for lines in (VISA.mrva(), VISA.mrvb()):
        answer = read(sent(lines))
        assert (answer["status"], answer["document_number"]) == ("ok", "L898902C3")
        assert answer["evidence"]["composite"] == "uncovered"
    assert read(sent(VISA.mrva()))["format"] == "MRVA"
    assert read(sent(VISA.mrvb()))["format"] == "MRVB"


def test_the_day_given_decides_what_has_expired() -> None:
    def codes(day: str) -> list[str]:
        done = run("read", "--today", day, data=sent(ASANOVA.td1()))
        return [reason["code"] for reason in json.loads(done.stdout)["reasons"]]

    assert codes("2031-05-20") == []
    assert codes("2031-05-21") == ["expired"]


def test_an_answer_is_written_for_bytes_that_are_no_document() -> None:
    for noise in (b"", b"\x00\xff" * 40, b"hello\r\n"):
        answer = read(noise)
        assert answer["status"] == "reject"
        assert answer["document_number"] is None
        assert answer["reasons"]


def test_read_takes_recorded_bytes_from_a_file(tmp_path: Path) -> None:
    recorded = tmp_path / "swipe.bin"
    recorded.write_bytes(sent(BEKOV_PASSPORT.td3()))
    assert read(b"", str(recorded))["document_number"] == "PE1234567"


def test_a_file_that_is_not_there_is_named() -> None:
    done = run("read", "no-such-file")
    assert done.returncode == FINDING
    assert b"no-such-file cannot be read" in done.stderr


def test_a_file_and_requests_on_the_standard_input_exclude_each_other(tmp_path: Path) -> None:
    done = run("read", str(tmp_path), "--jsonl", data=b"{}\n")
    assert done.returncode == USAGE
    assert done.stdout == b""


def test_who_reads_only_the_beginning_of_an_answer_ends_it_quietly(tmp_path: Path) -> None:
    recorded = tmp_path / "swipe.bin"
    recorded.write_bytes(sent(ASANOVA.td1()))
    reader, writer = os.pipe()
    os.close(reader)
    for unbuffered in ("", "1"):
        done = subprocess.run(
            [*KIOSK, "read", str(recorded)],
            stdout=writer,
            stderr=subprocess.PIPE,
            cwd=ROOT,
            env={**os.environ, "PYTHONUNBUFFERED": unbuffered},
            check=False,
        )
        assert (done.returncode, done.stderr) == (FINDING, b"")
    os.close(writer)


def test_an_answer_that_finds_no_room_is_told_in_a_sentence() -> None:
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [*KIOSK, "read"],
            input=b"",
            stdout=full,
            stderr=subprocess.PIPE,
            cwd=ROOT,
            check=False,
        )
    assert done.returncode == FINDING
    assert done.stderr.decode().startswith("The machine reported an error: ")
    assert len(done.stderr.splitlines()) == 1


def test_a_day_that_is_none_is_a_usage_error() -> None:
    done = run("read", "--today", "31.02.2026")
    assert done.returncode == USAGE
    assert b"2026-11-24" in done.stderr


def test_one_request_a_line_gets_one_answer_a_line() -> None:
    whole = "\r\n".join(ASANOVA.td1())
    requests = [
        json.dumps({"id": 1, "raw": whole}),
        json.dumps({"id": 2, "raw_base64": base64.b64encode(whole.encode()).decode()}),
        "",
        json.dumps({"id": 3, "raw": "ÿ\u202e"}),
        "no json",
        json.dumps(["a", "list"]),
        json.dumps({"id": 4}),
        json.dumps({"id": 5, "raw_base64": "%"}),
        json.dumps({"id": "\ud800", "raw": whole}),
        "[" * 100_000,
        '{"id": ' + "[" * 800 + "]" * 800 + ', "raw": ""}',
        '{"id": ' + "7" * 5000 + "}",
        '{"id": 1e999}',
    ]
    data = "\n".join(requests).encode() + b"\n\xff\xfe\n"
    done = run("read", "--jsonl", *TODAY, data=data)
    assert done.returncode == DONE
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    known = [1, 2, 3, None, None, 4, 5, "\ud800"]
    assert [answer["id"] for answer in answers] == [*known, *[None] * 5]
    assert [answer.get("status") for answer in answers[:3]] == ["ok", "ok", "reject"]
    assert all("error" in answers[place] for place in (3, 4, 5, 6, *range(8, 13)))
    assert answers[7]["surname"] == "ASANOVA"


# ---- doctor


def test_doctor_finds_everything_in_order(gate: Gate) -> None:
    done = run("doctor", "--json", config=gate.config)
    checks = {one["check"]: one for one in json.loads(done.stdout)}
    assert done.returncode == DONE, done.stdout.decode()
    assert set(checks) >= {
        "configuration",
        "state folder",
        "register",
        "audit chain",
        "rules",
        "disk",
        "reader",
        "printer",
        "clock",
    }
    for one in checks.values():
        assert set(one) == {"check", "state", "text", "do"}
        assert one["state"] in {"ok", "warn", "fault"}
    text = run("doctor", config=gate.config)
    assert text.returncode == DONE
    assert text.stdout.decode().startswith("+ configuration")


def test_doctor_says_what_to_do_about_each_fault(tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    config.write_text(f'[site]\nstate = "{tmp_path}"\nlanguages = ["en"]\n')
    done = run("doctor", "--json", config=config)
    assert done.returncode == FINDING
    checks = {one["check"]: one for one in json.loads(done.stdout)}
    assert checks["register"]["state"] == "warn"
    assert checks["reader"]["state"] == "fault"
    assert all(one["do"] for one in checks.values() if one["state"] != "ok")
    text = run("doctor", config=config)
    assert text.returncode == FINDING
    assert "! reader" in text.stdout.decode()
    assert "→ Plug it in" in text.stdout.decode()


def test_doctor_tells_a_broken_configuration_and_goes_no_further(tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    config.write_text("[reader]\nbuad = 1\n")
    done = run("doctor", "--json", config=config)
    assert done.returncode == CONFIGURATION
    (only,) = json.loads(done.stdout)
    assert "reader.baud" in only["text"]


def test_a_prisons_code_that_cannot_be_names_what_can(tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    config.write_text('[site]\nprison = "ИК-16"\n', encoding="utf-8")
    for command in (("run",), ("doctor",)):
        done = run(*command, config=config)
        assert done.returncode == CONFIGURATION
        said = (done.stdout + done.stderr).decode()
        assert "site.prison" in said
        assert "A-Z a-z 0-9 _ -" in said


def test_doctor_speaks_the_language_of_the_site(gate: Gate, tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    config.write_text(gate.config.read_text().replace('["en", "ky", "ru"]', '["ky"]'))
    said = {
        one["check"]: one["text"]
        for one in json.loads(run("doctor", "--json", config=config).stdout)
    }
    assert said["disk"].startswith("бош орун: ")


# ---- users


def add(gate: Gate, login: str, *more: str, own: str = "own", new: str = "new") -> int:
    arguments = ("--name", "Беков Н.", "--sex", "M", "--as", house.ADMINISTRATOR)
    files = (
        "--passphrase-file",
        str(gate.folder / own),
        "--new-passphrase-file",
        str(gate.folder / new),
    )
    roles = more or ("--role", "officer")
    return run("users", "add", login, *arguments, *files, *roles, config=gate.config).returncode


def test_an_administrator_adds_a_user_and_sees_all(gate: Gate) -> None:
    assert add(gate, "bekov", "--role", "officer", "--role", "inspector") == DONE
    done = run("users", "list", config=gate.config)
    assert done.returncode == DONE
    listed = {line.split()[0]: line for line in done.stdout.decode().splitlines()}
    assert set(listed) == {"bekov", house.OFFICER, house.ADMINISTRATOR, house.SUPERVISOR}
    assert "inspector, officer" in listed["bekov"]


def test_what_is_no_account_is_refused(gate: Gate) -> None:
    (gate.folder / "short").write_text("short\n")
    before = run("users", "list", config=gate.config).stdout
    assert add(gate, house.OFFICER) == REFUSED  # taken
    assert add(gate, "Беков") == REFUSED  # no login
    assert add(gate, "kubatov", "--role", "king") == USAGE
    assert add(gate, "kubatov", new="short") == REFUSED
    assert add(gate, "kubatov", own="new") == REFUSED  # the administrator's is wrong
    assert add(gate, "kubatov", own="nowhere") == CONFIGURATION
    (gate.folder / "latin").write_bytes("Өмүр Үсөнов".encode("kz1048"))
    assert add(gate, "kubatov", own="latin") == CONFIGURATION
    nobody_types = ("--name", "Б", "--sex", "M", "--role", "officer", "--as", "x")
    assert run("users", "add", "y", *nobody_types, config=gate.config).returncode == REFUSED
    assert run("users", "add", "kubatov", config=gate.config).returncode == USAGE
    assert run("users", "list", config=gate.config).stdout == before


def test_beside_a_running_kiosk_reading_works_and_writing_waits(gate: Gate) -> None:
    with gate.run() as glass:
        house.enter(gate, glass)
        assert add(gate, "kubatov") == RUNNING
        named = ("--as", house.ADMINISTRATOR, "--passphrase-file", str(gate.folder / "own"))
        taking = ("rules", "import", "RU-UIK")
        assert run(*taking, "--apply", *named, config=gate.config).returncode == RUNNING
        assert run(*taking, config=gate.config).returncode == DONE
        assert run("decide", "--prisoner", "0001/20", config=gate.config).returncode == DONE
        assert run("users", "list", config=gate.config).returncode == DONE
        assert run("audit", "verify", config=gate.config).returncode == DONE
        assert run("doctor", config=gate.config).returncode == DONE


# ---- audit


def test_the_chain_is_verified_and_a_changed_entry_is_found(gate: Gate, tmp_path: Path) -> None:
    whole = run("audit", "verify", config=gate.config)
    assert whole.returncode == DONE
    assert b"entries, head" in whole.stdout
    other = Gate(tmp_path, language="en")
    try:
        for name in ("gate.db", "gate.db.head", "key"):
            (tmp_path / name).write_bytes((gate.folder / name).read_bytes())
        (tmp_path / "key").chmod(0o600)
        change(other)
        broken = run("audit", "verify", config=other.config)
        assert broken.returncode == FINDING
        assert len(broken.stdout.splitlines()) > 1
        assert run("doctor", config=other.config).returncode == FINDING
    finally:
        other.close()


def change(gate: Gate) -> None:
    """What somebody with the key and a tool could do to a register."""

    def forge(file: RegisterFile) -> None:
        (trigger,) = file.execute_sql(
            "SELECT sql FROM sqlite_master WHERE type = 'trigger'"
            " AND tbl_name = 'person_detail' AND sql LIKE '%UPDATE%'"
        ).fetchone()
        (name,) = file.execute_sql(
            "SELECT name FROM sqlite_master WHERE sql = ?", (trigger,)
        ).fetchone()
        file.execute_sql(f"DROP TRIGGER {name}")
        file.execute_sql("UPDATE person_detail SET surname = 'Башка' WHERE rowid = 1")
        file.execute_sql(trigger)

    keys = keyfile.read(gate.folder / "key")
    db = open_database(gate.folder / "gate.db", keys.database)
    try:
        db.run_write(forge, db.file)
    finally:
        db.close()


# ---- all of them


def test_a_command_without_a_register_says_how_one_is_made(tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    config.write_text(f'[site]\nstate = "{tmp_path}"\nlanguages = ["en"]\n')
    someone = ("--name", "Беков Н.", "--sex", "M", "--role", "officer", "--as", "admin")
    for command in (("users", "list"), ("audit", "verify"), ("users", "add", "b", *someone)):
        done = run(*command, config=config)
        assert done.returncode == FINDING
        assert b"Start the kiosk once" in done.stderr
    assert list(tmp_path.iterdir()) == [config]


def test_help_tells_what_a_request_is_and_which_roles_there_are() -> None:
    assert b'"raw_base64"' in run("read", "--help").stdout
    told = run("users", "add", "--help").stdout.decode()
    assert "supervisor" in told
    assert "The kiosk must be stopped." in told


def test_a_folder_for_the_demo_that_cannot_be_made_is_named() -> None:
    done = run("demo", "--state", "/proc/x")
    assert done.returncode == CONFIGURATION
    assert b"/proc/x cannot be made" in done.stderr


def test_an_unknown_command_is_a_usage_error() -> None:
    assert run("fly").returncode == USAGE
    assert run().returncode == USAGE
