"""kiosk catalogue as it is typed: listed, written out, changed, and taken in again."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

from kiosk import cli, text
from kiosk.codes import Inspection, Role, Sex
from kiosk.config import load
from kiosk.lists import catalogue as lists
from kiosk.services import audit, staff
from kiosk.services.desk import Desk
from kiosk.services.goods import shipped_catalogue
from kiosk.services.opening import open_register
from kiosk.values.goods import CatalogueEntry
from tests.unit.lists import files

DONE, FINDING, REFUSED, USAGE = 0, 1, 3, 2
PASSPHRASE = "horse battery staple"
CHEAP = staff.Cost(memory_kib=8, passes=1)
HEADS = ";".join(lists.HEADS)
JERKY = "jk2;;;эт;мясо вяленое;dried meat;food;piece;allowed;;;;no;cut;;order 1"

Run = Callable[..., tuple[int, str]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A register with an administrator and an officer, as a first start makes it."""
    config = tmp_path / "config.toml"
    config.write_text(f'[site]\nstate = "{tmp_path}"\nlanguages = ["en"]\n')
    (tmp_path / "own").write_text(PASSPHRASE)
    register = open_register(load(config))
    try:
        register.db.run_write(furnish, register.desk)
    finally:
        register.db.close()
    return tmp_path


def furnish(desk: Desk) -> None:
    administrator = staff.create_first_administrator(
        desk, "admin", "Админ", Sex.MALE, PASSPHRASE, cost=CHEAP
    )
    roles = frozenset({Role.OFFICER})
    staff.add_user(
        desk, administrator, "officer", "Офицер", Sex.MALE, roles, PASSPHRASE, cost=CHEAP
    )


@pytest.fixture
def run(folder: Path, capsys: pytest.CaptureFixture[str]) -> Iterator[Run]:
    def run(*arguments: str) -> tuple[int, str]:
        code = cli.main(["--config", str(folder / "config.toml"), "catalogue", *arguments])
        said = capsys.readouterr()
        return code, said.out + said.err

    yield run
    text.use("en")


def apply(run: Run, folder: Path, file: Path, login: str = "admin") -> tuple[int, str]:
    signed = ("--apply", "--as", login, "--passphrase-file", str(folder / "own"))
    return run("import", str(file), *signed, "--json")


def written(folder: Path, *lines: str, name: str = "own.csv") -> Path:
    file = folder / name
    file.write_text("\n".join(lines) + "\n", "utf-8")
    return file


def listed(run: Run) -> dict[str, dict[str, str]]:
    return {one["code"]: one for one in json.loads(run("list", "--json")[1])}


def test_a_first_start_brings_the_whole_catalogue(run: Run) -> None:
    code, said = run("list")
    assert code == DONE
    assert f"things: {len(shipped_catalogue.entries())}" in said
    [sugar] = [line for line in said.splitlines() if line.startswith("su ")]
    assert sugar.split() == ["su", "ше", "са", "sugar", "food", "at", "most", "2.000", "kg"]


def test_what_is_shipped_reads_the_same_as_a_list_of_an_office() -> None:
    things = lists.read_bytes("KG-DRAFT.csv", shipped_catalogue.content())
    assert things.rejected == ()
    assert tuple(one.entry for one in things.lines) == shipped_catalogue.entries()


def test_an_export_taken_in_again_changes_nothing(run: Run, folder: Path) -> None:
    file = folder / "all.csv"
    assert run("export", "--output", str(file)) == (DONE, "")
    told = json.loads(run("import", str(file), "--json")[1])
    count = len(shipped_catalogue.entries())
    assert told == {
        "new": [],
        "changed": [],
        "unchanged": count,
        "rejected": [],
        "missing": [],
    }
    assert run("export", "--output", str(file))[0] == REFUSED  # never over a file
    assert run("export")[1].lstrip("\ufeff").startswith(HEADS)


def test_a_changed_file_is_first_told_then_recorded_then_known(run: Run, folder: Path) -> None:
    sugar = "su;ше;са;шекер;сахар;sugar;food;kilogram;limited;;3000;;no;open;;order 1"
    gone = "rai"
    withdrawn = ";".join([*lists.cells_of(_thing(gone))]).replace(";allowed;", ";withdrawn;")
    file = written(folder, HEADS, JERKY.replace("jk2", "jy"), sugar, withdrawn)
    code, said = run("import", str(file))
    assert code == DONE
    assert "jy: new from" in said
    assert "max_grams: 2000 → 3000" in said
    assert "allowed: allowed → withdrawn" in said
    assert "Nothing was recorded." in said
    assert "jy" not in listed(run)
    told = json.loads(apply(run, folder, file)[1])
    assert (told["new"], sorted(told["changed"])) == (["jy"], sorted(["su", gone]))
    things = listed(run)
    assert things["su"]["max_grams"] == "3000"
    assert things["jy"]["name_ru"] == "мясо вяленое"
    assert gone not in things
    again = json.loads(apply(run, folder, file)[1])
    assert (again["new"], again["changed"], again["unchanged"]) == ([], [], 3)
    register = open_register(load(folder / "config.toml"), writer=False)
    assert register.db.run_read(audit.verify, register.desk).is_whole
    register.db.close()


def _thing(code: str) -> CatalogueEntry:
    return next(one for one in shipped_catalogue.entries() if one.code == code)


def test_a_faulty_line_is_named_with_its_column_and_the_others_are_taken(
    run: Run, folder: Path
) -> None:
    file = written(
        folder,
        HEADS,
        JERKY.replace("jk2", "j2"),  # a digit in the code
        JERKY.replace("jk2", "jy"),
        JERKY.replace("jk2", "jz").replace(";food;", ";fodder;"),
        JERKY.replace("jk2", "jx").replace(";allowed;;", ";limited;;"),
        JERKY.replace("jk2;;", "jw;ча;"),  # tea has it
        JERKY.replace("jk2", "jy"),
    )
    code, said = run("check", str(file))
    assert code == FINDING
    assert "line 4, class: fodder is not known here." in said
    told = json.loads(apply(run, folder, file)[1])
    assert told["new"] == ["jy"]
    assert "jw" not in told["missing"]
    assert [(one["line"], one["column"]) for one in told["rejected"]] == [
        (2, "code"),
        (4, "class"),
        (5, "allowed"),
        (6, "code_ky"),
        (7, "code"),
    ]
    assert "ча stands for te already" in told["rejected"][3]["reason"]


def test_two_things_may_exchange_their_codes_in_one_file(run: Run, folder: Path) -> None:
    tea, coffee = (";".join(lists.cells_of(_thing(code))) for code in ("te", "co"))
    swapped = (
        tea.replace("te;ча;ча;", "te;кф;кф;"),
        coffee.replace("co;кф;кф;", "co;ча;ча;"),
    )
    told = json.loads(apply(run, folder, written(folder, HEADS, *swapped))[1])
    assert sorted(told["changed"]) == ["co", "te"]
    assert listed(run)["co"]["code_ru"] == "ча"


def test_half_of_an_exchange_is_refused_whole(run: Run, folder: Path) -> None:
    """Where one line cannot be taken, its old code still stands, so the other cannot either."""
    tea, coffee = (";".join(lists.cells_of(_thing(code))) for code in ("te", "co"))
    broken = coffee.replace("co;кф;кф;", "co;ча;ча;").replace(";piece;", ";pinch;")
    file = written(folder, HEADS, tea.replace("te;ча;ча;", "te;кф;кф;"), broken)
    told = json.loads(run("import", str(file), "--json")[1])
    assert told["changed"] == []
    assert sorted(one["line"] for one in told["rejected"]) == [2, 3]


def test_the_shipped_catalogue_is_taken_in_again_by_its_name(run: Run, folder: Path) -> None:
    sugar = "su;ше;са;шекер;сахар;sugar;food;kilogram;limited;;3000;;no;open;;order 1"
    apply(run, folder, written(folder, HEADS, sugar))
    told = json.loads(apply(run, folder, Path("KG-DRAFT"))[1])
    assert (told["changed"], told["missing"]) == (["su"], [])
    assert listed(run)["su"]["max_grams"] == "2000"


def test_an_officer_and_nobody_take_nothing_in(run: Run, folder: Path) -> None:
    file = written(folder, HEADS, JERKY.replace("jk2", "jy"))
    assert apply(run, folder, file, "officer")[0] == REFUSED
    assert "jy" not in listed(run)
    with pytest.raises(SystemExit) as usage:
        run("import", str(file), "--apply")
    assert usage.value.code == USAGE


def test_a_file_that_is_no_catalogue_is_told_what_it_lacks(run: Run, folder: Path) -> None:
    file = written(folder, "code;name_ky;name_ru", "te;чай;чай")
    code, said = run("check", str(file))
    assert code == REFUSED
    assert "class" in said
    assert run("check", "KG-DRAFT")[0] == DONE


def test_a_spreadsheet_of_the_office_with_its_own_heads_is_read(folder: Path) -> None:
    heads = "Код;Код ru;Аталышы;Название;Класс;Единица;Разрешено;Не больше штук;Основание"
    file = folder / "windows.csv"
    file.write_bytes(
        f"{heads}\r\nTE;Ча;кара чай;чай чёрный;food;pack;limited;4;приказ 379\r\n".encode(
            "cp1251"
        )
    )
    (line,) = lists.read(file).lines
    assert (line.entry.code, line.entry.code_ru, line.entry.max_pieces) == ("te", "ча", 4)
    assert line.entry.name.en == "чай чёрный"
    assert line.entry.valid_from is None


def test_a_workbook_is_read_with_its_numbers_and_days(tmp_path: Path) -> None:
    row = ["su", "ше", "са", "шекер", "сахар", "sugar", "food", "kilogram", "limited"]
    rest: list[files.Value] = ["", 2000, "", "no", "x_ray", datetime(2027, 1, 1), "order 1"]  # noqa: DTZ001  # a cell
    file = files.workbook(tmp_path / "own.xlsx", [list(lists.HEADS), [*row, *rest]])
    things = lists.read(file)
    assert things.rejected == ()
    entry = things.lines[0].entry
    assert (entry.max_grams, entry.inspection) == (2000, Inspection.X_RAY)
    assert entry.valid_from == date(2027, 1, 1)
