"""Taking in a list of prisoners: previewed, whole or not at all, and twice the same."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from kiosk.codes import Category, Condition, Regime, Status
from kiosk.errors import NotAllowed
from kiosk.keyfile import Keys
from kiosk.lists import prisoners as lists
from kiosk.models.database import Database, open_database
from kiosk.services import find, prisoner_import, prisoners
from kiosk.values import PrisonerCard
from kiosk.values.imports import ListPreview
from tests.unit.lists.files import CODES, TODAY, Value, prisoner, rows, text, write

from .gatehouse import Gatehouse

Told = dict[str, Value]


def listed(folder: Path, *told: Told) -> lists.PrisonerList:
    return lists.read(write(folder / "list.csv", text(rows(told, CODES))), TODAY)


def look(gatehouse: Gatehouse, folder: Path, *told: Told) -> ListPreview:
    return gatehouse.ask(prisoner_import.preview, listed(folder, *told))


def take_in(gatehouse: Gatehouse, folder: Path, *told: Told) -> ListPreview:
    return gatehouse.do(prisoner_import.apply, gatehouse.administrator, listed(folder, *told))


def card(gatehouse: Gatehouse, file_number: str) -> PrisonerCard:
    (found,) = gatehouse.ask(find.find, gatehouse.officer, file_number)
    return gatehouse.ask(prisoners.card, found.subject_id)


def test_new_prisoners_are_recorded_as_listed(gatehouse: Gatehouse, tmp_path: Path) -> None:
    before = gatehouse.counts()
    assert len(look(gatehouse, tmp_path, prisoner(1), prisoner(2)).new) == 2
    assert gatehouse.written(before) == {}
    take_in(gatehouse, tmp_path, prisoner(1), prisoner(2))
    written = gatehouse.written(before)
    assert (written["prisoner"], written["prisoner_event"], written["seal"]) == (2, 10, 2)
    assert (written["import_batch"], written["audit_entry"]) == (1, 1)
    taken = card(gatehouse, "000119")
    assert (taken.name.full, taken.birth_year) == ("Осмонов Талант Акматович", 1980)
    assert (taken.category, taken.regime) == (Category.CONVICT, Regime.STRICT)
    assert (taken.condition, taken.status) == (Condition.ORDINARY, Status.PRESENT)
    _card, standing = gatehouse.ask(prisoners.known_at, taken.prisoner_id, gatehouse.clock.at)
    assert standing.admitted == date(2020, 2, 4)


def test_the_same_list_again_writes_nothing(gatehouse: Gatehouse, tmp_path: Path) -> None:
    several = [prisoner(1), prisoner(2, status="изолятор", status_since="01.03.2026 10:30")]
    take_in(gatehouse, tmp_path, *several)
    gatehouse.clock.at += 3_600_000
    before = gatehouse.counts()
    again = take_in(gatehouse, tmp_path, *several)
    assert (again.new, again.changed, again.unchanged, again.rejected) == ((), (), 2, ())
    assert gatehouse.written(before) == {}


CHANGES = {
    "given_names": "Талантбек",
    "patronymic": "Асанович",
    "sex": "ж",
    "category": "под стражей",
    "regime": "общий",
    "condition": "облегчённые",
    "unit": "7",
}


@pytest.mark.parametrize("column", CHANGES)
def test_a_change_names_its_field_and_is_taken_once(
    gatehouse: Gatehouse, tmp_path: Path, column: str
) -> None:
    take_in(gatehouse, tmp_path, prisoner())
    told = prisoner(**{column: CHANGES[column]})
    gatehouse.clock.at += 60_000
    (change,) = take_in(gatehouse, tmp_path, told).changed
    assert [one.column for one in change.fields] == [column]
    gatehouse.clock.at += 60_000
    assert look(gatehouse, tmp_path, told).unchanged == 1


def test_a_new_status_begins_on_its_day_and_hour(gatehouse: Gatehouse, tmp_path: Path) -> None:
    take_in(gatehouse, tmp_path, prisoner())
    told = prisoner(status="в ШИЗО", status_since="05.03.2026 18:30")
    take_in(gatehouse, tmp_path, told)
    prisoner_id = card(gatehouse, "041219").prisoner_id
    _card, standing = gatehouse.ask(prisoners.known_at, prisoner_id, gatehouse.clock.at)
    assert standing.status is Status.ISOLATOR
    gatehouse.at(2026, 3, 5, 18, 30)
    assert standing.since == gatehouse.clock.at
    gatehouse.at(2026, 3, 7, 10, 0)
    assert look(gatehouse, tmp_path, told).unchanged == 1


def test_an_older_list_does_not_undo_what_is_known_later(
    gatehouse: Gatehouse, tmp_path: Path
) -> None:
    take_in(gatehouse, tmp_path, prisoner(status="освобождён", status_since="01.03.2026"))
    stale = prisoner(status="в суде", status_since="20.02.2026")
    (rejected,) = look(gatehouse, tmp_path, stale).rejected
    assert "the register has something later, released since 01.03.2026" in rejected.reason


@pytest.mark.parametrize(
    "told", [{"surname": "Садыров"}, {"birth_year": "1981"}], ids=["surname", "year"]
)
def test_a_number_used_again_is_left_to_a_person(
    gatehouse: Gatehouse, tmp_path: Path, told: Told
) -> None:
    take_in(gatehouse, tmp_path, prisoner())
    before = gatehouse.counts()
    (rejected,) = take_in(gatehouse, tmp_path, prisoner(**told)).rejected
    assert (rejected.line, rejected.column) == (2, "file_no")
    assert "recorded for Осмонов Талант, born 1980" in rejected.reason
    assert gatehouse.written(before) == {}


def test_the_other_script_capitals_and_yo_are_the_same_prisoner(
    gatehouse: Gatehouse, tmp_path: Path
) -> None:
    take_in(gatehouse, tmp_path, prisoner(surname="Семёнов"))
    for written in ("СЕМЕНОВ", "семёнов"):
        assert look(gatehouse, tmp_path, prisoner(surname=written)).unchanged == 1


def test_who_is_missing_is_named_and_kept(gatehouse: Gatehouse, tmp_path: Path) -> None:
    gone = prisoner(3, status="освобождён")
    take_in(gatehouse, tmp_path, prisoner(1), prisoner(2), gone)
    before = gatehouse.counts()
    shown = take_in(gatehouse, tmp_path, prisoner(1))
    assert shown.missing == ("0002/19",)
    assert gatehouse.written(before) == {}


def test_somebody_new_needs_what_a_visit_is_decided_by(
    gatehouse: Gatehouse, tmp_path: Path
) -> None:
    lacking = [
        prisoner(1, sex=""),
        prisoner(2, category=""),
        prisoner(3, regime=""),
        prisoner(4, given_names=""),
        prisoner(5, category="под стражей", regime="", condition="", status=""),
    ]
    shown = take_in(gatehouse, tmp_path, *lacking)
    assert [(one.line, one.column) for one in shown.rejected] == [
        (2, "sex"),
        (3, "category"),
        (4, "regime"),
        (5, "given_names"),
    ]
    assert card(gatehouse, "000519").status is Status.PRESENT


def test_four_hundred_people_with_thirty_faulty_lines(
    gatehouse: Gatehouse, tmp_path: Path
) -> None:
    wrong = dict.fromkeys(range(7, 400, 13), "нет такого")
    faulty = sorted(wrong)[:30]
    several = [
        prisoner(number, **({"regime": "?"} if number in faulty else {}))
        for number in range(1, 401)
    ]
    shown = take_in(gatehouse, tmp_path, *several)
    assert [one.line for one in shown.rejected] == [number + 1 for number in faulty]
    assert len(shown.new) == 370
    assert gatehouse.rows("SELECT rows, rejected FROM import_batch") == [(400, 30)]
    assert look(gatehouse, tmp_path, *several).unchanged == 370


def test_only_an_administrator_takes_in_a_list(gatehouse: Gatehouse, tmp_path: Path) -> None:
    before = gatehouse.counts()
    for officer in (gatehouse.officer, gatehouse.supervisor):
        with pytest.raises(NotAllowed):
            gatehouse.do(prisoner_import.apply, officer, listed(tmp_path, prisoner()))
    assert gatehouse.written(before) == {}


PROGRAM = Path(__file__).with_name("killed_import.py")


@pytest.fixture
def reopened(
    database: Database, tmp_path: Path, keys: Keys
) -> Iterator[Callable[[], Database]]:
    """Opens the register of the gatehouse again; asked for before it, so closed after it."""
    opened: list[Database] = []

    def again() -> Database:
        opened.append(open_database(tmp_path / "gate.db", keys.database))
        return opened[-1]

    yield again
    for one in opened:
        one.close()


@pytest.mark.parametrize("after", [1, 2])
def test_a_kill_in_the_middle_leaves_nothing(
    reopened: Callable[[], Database], gatehouse: Gatehouse, tmp_path: Path, after: int
) -> None:
    several = [prisoner(number) for number in range(1, 1201)]
    write(tmp_path / "list.csv", text(rows(several, CODES)))
    before = gatehouse.counts()
    at = gatehouse.clock.at
    gatehouse.db.close()
    killed = subprocess.run([sys.executable, PROGRAM, tmp_path, str(at), str(after)])
    assert killed.returncode == -signal.SIGKILL
    gatehouse.db = reopened()
    assert gatehouse.written(before) == {}
    gatehouse.must_be_whole()
    assert len(take_in(gatehouse, tmp_path, *several).new) == 1200
    assert gatehouse.written(before)["audit_entry"] == 3
