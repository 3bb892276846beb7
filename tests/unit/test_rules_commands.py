"""kiosk rules and kiosk decide as they are typed: what is said, and the exit code.

In one process with the tests, because a process of its own costs half a second each.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from kiosk import cli, text
from kiosk.clock import FixedClock
from kiosk.codes import Category, Condition, DocumentKind, Regime, Relation, Role, Service, Sex
from kiosk.config import load
from kiosk.services import people, prisoners, rule_import, staff, visits
from kiosk.services.desk import Desk
from kiosk.services.opening import open_register
from kiosk.values import DocumentSeen, MemberRequest, PersonEntry, PrisonerEntry, VisitRequest
from tests.conftest import MORNING
from tests.unit.rules import DRAFT

DONE, FINDING, REFUSED = 0, 1, 3
PASSPHRASE = "horse battery staple"
CHEAP = staff.Cost(memory_kib=8, passes=1)
TEXT = DRAFT.read_text("utf-8")
CASE = {
    "id": "x1",
    "settings": {"rule_set": "TEST-2026"},
    "prisoner": {
        "file_no": "P-1",
        "category": "convict",
        "regime": "strict",
        "condition": "ordinary",
        "sex": "M",
        "birth": "1980-05-01",
        "admitted": "2023-02-01",
        "status_events": [{"kind": "present", "at": "2023-02-01T04:00:00Z"}],
    },
    "request": {
        "service": "short_visit",
        "at": "2026-04-01T04:00:00Z",
        "people": [{"id": "A", "birth": "1985-07-01", "lead": True}],
    },
    "expect": {"outcome": "allowed", "remaining_before": 3},
}


@dataclass(frozen=True)
class House:
    config: Path
    folder: Path
    number: str  # of the one recorded visit
    person: str


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> House:
    """For all who only read."""
    return build(tmp_path_factory.mktemp("house"))


def build(folder: Path) -> House:
    """A register with an administrator, an officer, a prisoner, and one visit of the past."""
    config = folder / "config.toml"
    config.write_text(f'[site]\nstate = "{folder}"\nlanguages = ["en"]\n')
    (folder / "own").write_text(PASSPHRASE)
    register = open_register(load(config), clock=FixedClock(MORNING))
    try:
        number, person = register.db.run_write(furnish, register.desk)
    finally:
        register.db.close()
    return House(config, folder, number, person)


def furnish(desk: Desk) -> tuple[str, str]:
    administrator = staff.create_first_administrator(
        desk, "admin", "Админ", Sex.MALE, PASSPHRASE, cost=CHEAP
    )
    officer = staff.add_user(
        desk,
        administrator,
        "officer",
        "Офицер",
        Sex.MALE,
        frozenset({Role.OFFICER}),
        PASSPHRASE,
        cost=CHEAP,
    )
    prisoner = prisoners.enter_prisoner(
        desk,
        administrator,
        PrisonerEntry(
            file_number="0412/19",
            surname="Осмонов",
            given="Талант",
            patronymic="",
            birth_year=1980,
            sex=Sex.MALE,
            category=Category.CONVICT,
            regime=Regime.GENERAL,
            condition=Condition.ORDINARY,
            unit="3",
        ),
    )
    document = DocumentSeen(DocumentKind.ID_CARD, "KGZ", "ID1234567", birth="1985-07-01")
    visitor = people.register(
        desk,
        officer,
        PersonEntry("Асанова", "Айгүл", "", "1985-07-01", Sex.FEMALE, "", "", "ky", document),
    )
    request = VisitRequest(
        visits.new_case_id(desk),
        Service.SHORT_VISIT,
        prisoner.prisoner_id,
        (MemberRequest(visitor.person_id, Relation.NOT_KIN),),
    )
    seen = visits.propose(desk, officer, request).decision
    recorded = visits.admit(desk, officer, request, seen)
    return recorded.number, str(visitor.person_id)


Run = Callable[..., tuple[int, str]]


@pytest.fixture
def run(house: House, capsys: pytest.CaptureFixture[str]) -> Iterator[Run]:
    def run(*arguments: str, config: Path = house.config) -> tuple[int, str]:
        code = cli.main(["--config", str(config), *arguments])
        said = capsys.readouterr()
        return code, said.out + said.err

    yield run
    text.use("en")


def own(house: House, content: str, name: str = "own.toml") -> str:
    file = house.folder / name
    file.write_text(content)
    return str(file)


# ---- rules


def test_the_preset_decides_and_says_that_nobody_confirmed_it(run: Run) -> None:
    code, said = run("rules", "list")
    assert code == DONE
    [line] = [line for line in said.splitlines() if line.startswith(">")]
    assert line.startswith("> KG-DRAFT 2 ")
    assert line.endswith("NOT CONFIRMED")
    listed = json.loads(run("rules", "list", "--json")[1])
    assert [one["in_force"] for one in listed].count(True) == 1


def test_a_set_is_shown_in_words_and_with_the_keys_of_its_file(run: Run) -> None:
    code, said = run("rules", "show", "KG-DRAFT", "2")
    assert code == DONE
    assert "V-01  convicted, general regime, ordinary conditions  6 a year" in said
    shown = json.loads(run("rules", "show", "--file", "TEST-2026", "--json")[1])
    first = shown["rule"][0]
    assert (first["id"], first["service"], first["value"]) == ("T01", ["short_visit"], 3)
    assert first["scope"] == {
        "condition": "ordinary",
        "regime": "strict",
        "category": "convict",
    }
    assert run("rules", "show", "NIX")[0] == REFUSED


def test_a_finding_names_file_row_and_what_to_do(run: Run, house: House) -> None:
    twice = TEXT.replace('id = "V-02"', 'id = "V-01"').replace("period = ", "perod = ", 1)
    file = own(house, twice)
    code, said = run("rules", "check", file)
    assert code == FINDING
    lines = said.splitlines()
    assert f"{file}:V-01: no key is called perod. The nearest is period." in lines
    assert any(line.startswith(f"{file}:V-01: is there twice.") for line in lines)
    assert run("rules", "show", "--file", file)[0] == FINDING
    assert run("rules", "import", file)[0] == FINDING


def test_a_hole_is_a_warning(run: Run) -> None:
    code, said = run("rules", "check", "KG-DRAFT")
    assert code == DONE
    assert "KG-DRAFT:long_visit: warning: no row answers for remand" in said


HEAD = 'name = "A"\nversion = "1"\nvalid_from = 2026-01-01\nisolator_goods = "hold"\n'
ROW = '[[rule]]\nid = "R1"\nservice = ["short_visit"]\nlimit = "count"\nperiod = "year"\n'


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ("x = " + "[" * 5000 + "]" * 5000, ":TOML: this is not TOML"),
        (HEAD + ROW + f"value = {10**26}\n", ":R1: value is a whole number from 0 to 1"),
        (HEAD + ROW.replace("R1", r"\u001b[2J") + "value = 3\n", ":[2J: "),
    ],
)
def test_whatever_stands_in_a_file_is_a_finding(
    run: Run, house: House, content: str, found: str
) -> None:
    code, said = run("rules", "check", own(house, content))
    assert (code, found in said, "\x1b" in said) == (FINDING, True, False)


def test_a_file_that_is_not_there_is_named(run: Run) -> None:
    code, said = run("rules", "check", "nowhere.toml")
    assert code == FINDING
    assert "nowhere.toml cannot be read" in said


def test_a_set_is_looked_at_taken_in_and_signed(run: Run, tmp_path: Path) -> None:
    house = build(tmp_path)
    run = partial(run, config=house.config)
    newer = TEXT.replace('version = "2"', 'version = "3"').replace("value = 6", "value = 7", 1)
    file = own(house, newer)
    code, said = run("rules", "import", file)
    assert code == DONE
    assert "* V-01  short visit: 6 a year → 7 a year" in said
    assert "Nothing was changed." in said
    named = ("--as", "admin", "--passphrase-file", str(house.folder / "own"))
    (house.folder / "wrong").write_text("not the passphrase")
    wrong = ("--as", "admin", "--passphrase-file", str(house.folder / "wrong"))
    officer = ("--as", "officer", "--passphrase-file", str(house.folder / "own"))
    for refused in (wrong, officer):
        assert run("rules", "import", file, "--apply", *refused)[0] == REFUSED
    assert len(json.loads(run("rules", "list", "--json")[1])) == 1
    assert run("rules", "import", file, "--apply", *named)[0] == DONE
    sign = ("rules", "sign", "KG-DRAFT", "3", "--signer", "Асанов Б., head")
    assert run(*sign, *officer)[0] == REFUSED
    assert run(*sign, *named)[0] == DONE
    assert run(*sign, *named)[0] == REFUSED  # signed already
    [line] = [line for line in run("rules", "list")[1].splitlines() if line.startswith(">")]
    assert line.startswith("> KG-DRAFT 3 ")
    assert line.endswith(": Асанов Б., head; entered by: Админ")
    assert "signed" not in run("rules", "show")[1]
    altered = own(house, newer.replace("value = 7", "value = 8"))
    code, said = run("rules", "import", altered, "--apply", *named)
    assert code == REFUSED
    assert "Give the file another version" in said


def test_cases_are_run_against_the_set_they_name_or_another(run: Run, house: House) -> None:
    wrong: dict[str, Any] = {**CASE, "id": "x2", "expect": {"outcome": "refused"}}
    cases = own(house, f"{json.dumps(CASE)}\n\n{json.dumps(wrong)}\n", "cases.jsonl")
    code, said = run("rules", "test", cases)
    assert code == FINDING
    assert said.splitlines() == [
        f'{cases}:3: x2: outcome: expected "refused", answered "allowed"',
        "Cases: 2, as expected: 1",
    ]
    good = own(house, f"\ufeff{json.dumps(CASE)}\n", "good.jsonl")
    assert run("rules", "test", good) == (DONE, "Cases: 1, as expected: 1\n")
    stricter = own(house, TEXT.replace("value = 3", "value = 2"))
    code, said = run("rules", "test", good, "--rule-set", stricter)
    assert code == FINDING
    assert "remaining_before: expected 3, answered 2" in said
    assert run("rules", "test", good, "--rule-set", "NIX")[0] == REFUSED


@pytest.mark.parametrize("name", rule_import.presets())
def test_every_preset_is_taken_in_by_its_name(run: Run, name: str) -> None:
    code, said = run("rules", "import", name)
    assert code == DONE
    assert said.count("Compared with: ") == 1


# ---- decide


def test_a_decision_of_the_register_is_explained_in_words(run: Run, house: House) -> None:
    asked = ("decide", "--prisoner", "0412/19", "--person", "ID1234567")
    code, said = run(*asked, "--at", "2026-03-06T15:00")
    assert code == DONE
    lines = said.splitlines()
    assert lines[0] == "0412/19, short visit, 06.03.2026 15:00"
    assert "NOT TODAY" in lines
    assert "  ID1234567: Is inside already, by another visit" in lines
    assert any(line.startswith("    rule R-11: KG: reference not confirmed") for line in lines)
    assert any(line.startswith("Left: ") for line in lines)
    assert "Осмонов" not in said
    assert "Асанова" not in said


def test_as_json_people_are_named_as_asked_and_a_coming_year_counts_anew(
    run: Run, house: House
) -> None:
    asked = ("decide", "--prisoner", "0412/19", "--person", house.person, "--json")
    told = json.loads(run(*asked, "--at", "2026-03-06T15:00")[1])
    assert told["outcome"] == "refused"
    assert told["people"].keys() == {house.person}
    assert {one["code"] for one in told["explained"]} == {"already_inside", "duplicate_today"}
    assert {one["person"] for one in told["explained"]} == {house.person}
    assert told["at"] == "2026-03-06T15:00:00+06:00"
    next_year = json.loads(run(*asked, "--at", "2027-01-01T10:00")[1])
    assert (next_year["remaining_before"], next_year["remaining_unit"]) == (6, "count")


def test_whoever_is_unknown_is_refused(run: Run) -> None:
    code, said = run("decide", "--prisoner", "9999/99")
    assert code == REFUSED
    assert "9999/99" in said
    code, said = run("decide", "--case", "V-26-999999")
    assert code == REFUSED
    assert "V-26-999999" in said


def test_a_recorded_decision_is_shown_and_decided_again(run: Run, house: House) -> None:
    code, said = run("decide", "--case", house.number)
    assert code == DONE
    assert said.startswith(f"{house.number}  KG-DRAFT 2  MAY PASS")
    assert "The same rules give the same answer" in said


def test_a_moment_that_is_none_is_told(
    house: House, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["decide", "--prisoner", "0412/19", "--at", "soon"]
    with pytest.raises(SystemExit) as leaving:
        cli.main(["--config", str(house.config), *asked])
    assert leaving.value.code == 2
    assert "2026-11-24T10:00" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("at", "said"),
    [
        ("0001-01-01T00:00:00+12:00", "No rules are in force on 01.01.1."),
        ("1960-01-01T10:00", "No rules are in force on 01.01.1960."),
        ("9999-12-31T23:59:59Z", "MAY PASS"),
    ],
)
def test_any_moment_of_the_calendar_is_answered(
    run: Run, house: House, at: str, said: str
) -> None:
    assert said in run("decide", "--prisoner", "0412/19", "--at", at)[1]


def test_a_wrong_word_is_answered_with_those_there_are(
    house: House, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        cli.main(["decide", "--prisoner", "0412/19", "--service", "visit"])
    assert "'short_visit', 'long_visit'" in capsys.readouterr().err
    days = ["--from", "2026-01-01", "--to", "2026-01-01"]
    with pytest.raises(SystemExit):
        cli.main(["report", "visitors", *days])
    assert "'visits', 'refusals'" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        cli.main(["--config", str(house.config), "decide", "--case", "V-26-000001", "--json"])
    assert "--json goes with --prisoner" in capsys.readouterr().err
