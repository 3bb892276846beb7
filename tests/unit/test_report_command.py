"""kiosk report as it is typed: what is written where, who may have it, and the exit code.

In one process with the tests, because a process of its own costs half a second each.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from kiosk import cli, text
from kiosk.clock import FixedClock
from kiosk.config import load
from kiosk.services.opening import open_register
from tests.conftest import MORNING
from tests.unit.services.gatehouse import PASSPHRASE, open_gatehouse
from tests.unit.services.registers import live_through_the_day

DONE, FINDING, USAGE, REFUSED, RUNNING = 0, 1, 2, 3, 75
DAYS = ("--from", "2026-03-06", "--to", "2026-03-06")

Run = Callable[..., tuple[int, str]]


@dataclass(frozen=True)
class House:
    config: Path
    folder: Path
    own: tuple[str, ...]
    """How the officer says who they are."""


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> House:
    folder = tmp_path_factory.mktemp("house")
    config = folder / "config.toml"
    config.write_text(f'[site]\nstate = "{folder}"\nlanguages = ["en"]\n')
    clock = FixedClock(MORNING)
    register = open_register(load(config), clock=clock)
    live_through_the_day(open_gatehouse(register.db, register.desk, clock))
    register.db.close()
    (folder / "own").write_text(PASSPHRASE)
    own = ("--as", "officer", "--passphrase-file", str(folder / "own"))
    return House(config, folder, own)


@pytest.fixture
def run(house: House, capsys: pytest.CaptureFixture[str]) -> Iterator[Run]:
    def run(*arguments: str) -> tuple[int, str]:
        try:
            code = cli.main(["--config", str(house.config), "report", *arguments])
        except SystemExit as ended:
            code = int(str(ended.code))
        said = capsys.readouterr()
        return code, said.out + said.err

    yield run
    text.use("en")


def traces(house: House) -> list[tuple[str, str]]:
    register = open_register(load(house.config), writer=False)
    try:
        return register.db.run_read(
            lambda: list(
                register.db.file.execute_sql("SELECT name, form FROM report_taken").fetchall()
            )
        )
    finally:
        register.db.close()


def test_without_a_login_nobody_is_named_and_nothing_is_written(run: Run, house: House) -> None:
    before = traces(house)
    code, said = run("visits", *DAYS)
    assert code == DONE
    assert said.startswith("REGISTER OF VISITS\n")
    assert "V-26-000004" in said
    assert "А. А." in said
    assert "Асанова" not in said
    assert traces(house) == before


def test_it_runs_beside_the_kiosk_without_a_login_and_not_with_one(
    run: Run, house: House
) -> None:
    register = open_register(load(house.config))
    try:
        assert run("refusals", *DAYS)[0] == DONE
        assert run("refusals", *DAYS, *house.own)[0] == RUNNING
    finally:
        register.db.close()


def test_with_a_login_names_are_whole_and_who_took_it_is_kept(run: Run, house: House) -> None:
    code, said = run("visits", *DAYS, "--format", "csv", *house.own)
    assert code == DONE
    assert "Асанова Айгүл" in said
    assert traces(house)[-1] == ("visits", "csv")
    code, said = run("visits", *DAYS, "--masked", *house.own)
    assert code == DONE
    assert "Асанова" not in said


def test_a_file_takes_its_form_from_its_name_and_is_not_overwritten(
    run: Run, house: House
) -> None:
    for ending, begins in (("csv", b"\xef\xbb\xbf"), ("xlsx", b"PK"), ("pdf", b"%PDF")):
        file = house.folder / f"visits.{ending}"
        assert run("visits", *DAYS, "--output", str(file)) == (DONE, "")
        assert file.read_bytes().startswith(begins)
        assert file.stat().st_mode & 0o777 == 0o600
        before, kept = file.read_bytes(), traces(house)
        code, said = run("visits", *DAYS, "--output", str(file), *house.own)
        assert code == REFUSED
        assert "exists already" in said
        assert (file.read_bytes(), traces(house)) == (before, kept)
    nowhere = house.folder / "no" / "such.csv"
    assert run("visits", *DAYS, "--output", str(nowhere))[0] == FINDING


def test_whoever_may_not_have_it_is_refused_and_no_file_is_left(run: Run, house: House) -> None:
    (house.folder / "wrong").write_text("not the passphrase")
    file = house.folder / "mine.csv"
    who = ("--as", "officer", "--passphrase-file", str(house.folder / "wrong"))
    assert run("visits", *DAYS, "--output", str(file), *who)[0] == REFUSED
    assert not file.exists()


def test_a_paper_is_ordered_and_waits_for_the_kiosk(run: Run, house: House) -> None:
    code, said = run("unvisited", *DAYS, "--print", *house.own)
    assert (code, said) == (DONE, "Ordered. The kiosk prints it when it runs.\n")
    assert traces(house)[-1] == ("unvisited", "paper")


@pytest.mark.parametrize(
    "wrong",
    [
        ("visits",),
        ("such", *DAYS),
        ("visits", "--from", "2026-03-07", "--to", "2026-03-06"),
        ("visits", "--from", "6.3.2026", "--to", "2026-03-06"),
        ("visits", *DAYS, "--format", "xlsx"),
        ("visits", *DAYS, "--print"),
        ("visits", *DAYS, "--print", "--format", "csv", "--as", "officer"),
        ("visits", *DAYS, "--print", "--output", "x.csv", "--as", "officer"),
    ],
)
def test_what_makes_no_sense_is_told_before_anything_is_opened(
    run: Run, wrong: tuple[str, ...]
) -> None:
    assert run(*wrong)[0] == USAGE
