"""A list of prisoners is read however an office wrote it, and says what it could not read."""

from __future__ import annotations

import os
import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.codes import Category, Condition, Regime, Sex, Status
from kiosk.errors import Invalid
from kiosk.lists.prisoners import PrisonerLine, PrisonerList, read

from .files import CODES, RUSSIAN, TODAY, prisoner, rows, text, workbook, write

# By the site's clocks, as in the list.
SINCE = datetime.fromisoformat("2020-02-04")
# Letters that every one of the encodings has.
PLAIN = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1251", "cp866", "koi8-r"]


def the_one(read_list: PrisonerList) -> PrisonerLine:
    assert read_list.rejected == ()
    (line,) = read_list.lines
    return line


def reasons(read_list: PrisonerList) -> list[tuple[int, str]]:
    return [(one.line, one.column) for one in read_list.rejected]


@pytest.mark.parametrize("heads", [CODES, RUSSIAN], ids=["codes", "Russian"])
@pytest.mark.parametrize("separator", [",", ";", "\t"], ids=["comma", "semicolon", "tab"])
@pytest.mark.parametrize("encoding", PLAIN)
def test_every_encoding_and_separator_gives_the_same_prisoner(
    tmp_path: Path, encoding: str, separator: str, heads: tuple[str, ...]
) -> None:
    path = tmp_path / "list.csv"
    written = text(rows([prisoner()], heads), separator)
    path.write_bytes(written.encode(encoding, "replace"))
    line = the_one(read(path, TODAY))
    assert (line.surname, line.given, line.patronymic) == ("Осмонов", "Талант", "Акматович")
    assert (line.file_number, line.birth_year, line.unit) == ("0412/19", 1980, "3")
    assert (line.sex, line.category) == (Sex.MALE, Category.CONVICT)
    assert (line.regime, line.condition) == (Regime.STRICT, Condition.ORDINARY)
    assert (line.status, line.since) == (Status.PRESENT, SINCE)


def test_it_is_said_which_letters_were_taken(tmp_path: Path) -> None:
    for encoding, name in (
        ("cp1251", "Windows-1251"),
        ("cp866", "CP866"),
        ("utf-16", "UTF-16"),
    ):
        path = tmp_path / encoding
        path.write_bytes(text(rows([prisoner()], CODES)).encode(encoding))
        assert read(path, TODAY).written_in == f"{name} (;)"


@pytest.mark.parametrize("from_1904", [False, True])
def test_a_workbook_gives_its_dates_in_either_calendar(tmp_path: Path, from_1904: bool) -> None:
    told = prisoner(birth_year=1980, status_since=date(2020, 2, 4), unit=3)
    line = the_one(
        read(workbook(tmp_path / "l.xlsx", rows([told]), from_1904=from_1904), TODAY)
    )
    assert (line.birth_year, line.since, line.unit) == (1980, SINCE, "3")


def test_a_number_that_excel_made_a_date_is_rejected_with_that_reason(tmp_path: Path) -> None:
    told = prisoner(file_no=date(2019, 12, 4))
    (rejected,) = read(workbook(tmp_path / "l.xlsx", rows([told])), TODAY).rejected
    assert (rejected.line, rejected.column, rejected.head) == (2, "file_no", "Личное дело")
    assert "made a date of the number" in rejected.reason


def test_numbers_as_text_and_serial_days_are_read(tmp_path: Path) -> None:
    told = prisoner(file_no=412, birth_year="1980", status_since=43865)
    line = the_one(read(workbook(tmp_path / "l.xlsx", rows([told])), TODAY))
    assert (line.file_number, line.since) == ("412", SINCE)


def test_heads_stand_in_any_order_below_a_title_and_in_any_spelling(tmp_path: Path) -> None:
    table = [
        ["Список осуждённых, учреждение № 16", "", "", "", "", ""],
        [],
        ["№ п/п", "ГОД  рождения", "Ф.И.О.", " № ДЕЛА ", "Пол", "Режим"],
        ["1", "2", "3", "4", "5", "6"],
        [
            "1",
            "01.05.1980 г.р.",
            "ОСМОНОВ ТАЛАНТ АКМАТ УУЛУ",
            "0412/19",
            "муж.",
            "Строгий режим",
        ],
        [],
        ["Итого:", "1"],
        ["Начальник спецчасти", "", "Иванов И."],
    ]
    read_list = read(write(tmp_path / "l.csv", text(table), "cp1251"), TODAY)
    line = the_one(read_list)
    assert (line.line, line.surname, line.given) == (5, "Осмонов", "Талант")
    assert (line.patronymic, line.regime) == ("Акмат уулу", Regime.STRICT)
    assert read_list.unknown == ("№ п/п",)
    assert read_list.skipped == (7, 8)


def test_a_name_over_two_lines_keeps_the_numbers_of_the_lines_below(tmp_path: Path) -> None:
    table = rows([prisoner(1, surname="Осмонов\nАсанов"), prisoner(2, sex="?")])
    read_list = read(write(tmp_path / "l.csv", text(table)), TODAY)
    assert read_list.lines[0].surname == "Осмонов Асанов"
    assert reasons(read_list) == [(4, "sex")]


FAULTS = {
    "file_no": ["", "=1+1", "нет", "12.04.2019", "апр.19", "4,12E+10", "1" * 21, "0\x007"],
    "surname": ["", "=cmd|' /C calc'!A0", "Осмонов1", "@x", "О\ufffdсмонов", "о" * 61, "\x00"],
    "birth_year": ["", "80", "1900", "2020", "31.02.1980", "май"],
    "sex": ["мж", "1"],
    "category": ["гость"],
    "regime": ["усиленный"],
    "condition": ["никакие"],
    "unit": ["=3", "о" * 25],
    "status": ["неизвестно"],
    "status_since": ["вчера", "31.02.2026", "07.03.2026", "01.01.1950", "2026-13-01"],
}


@pytest.mark.parametrize(
    ("column", "value"),
    [(column, value) for column, values in FAULTS.items() for value in values],
)
def test_a_faulty_cell_names_its_line_and_column(
    tmp_path: Path, column: str, value: str
) -> None:
    table = rows([prisoner(1), prisoner(2, **{column: value}), prisoner(3)])
    read_list = read(write(tmp_path / "l.csv", text(table)), TODAY)
    assert [line.line for line in read_list.lines] == [2, 4]
    (rejected,) = read_list.rejected
    assert (rejected.line, rejected.column) == (3, column)
    assert rejected.head == dict(zip(CODES, RUSSIAN, strict=True))[column]
    assert rejected.reason.endswith(".")


def test_all_faults_of_a_line_are_told_in_one_reason(tmp_path: Path) -> None:
    table = rows([prisoner(birth_year="", sex="?", regime="?")])
    (rejected,) = read(write(tmp_path / "l.csv", text(table)), TODAY).rejected
    assert rejected.reason.endswith("Look also at: Пол, Режим.")


def test_a_line_with_more_cells_than_heads_is_displaced(tmp_path: Path) -> None:
    table = [*rows([prisoner()]), [*rows([prisoner(2)])[1], "лишнее"]]
    assert reasons(read(write(tmp_path / "l.csv", text(table)), TODAY)) == [(3, "file_no")]


def test_a_number_twice_in_one_list_names_the_first_line(tmp_path: Path) -> None:
    read_list = read(write(tmp_path / "l.csv", text(rows([prisoner(), prisoner()]))), TODAY)
    assert len(read_list.lines) == 1
    assert "line 2" in read_list.rejected[0].reason


# ---- files that are no list


def refusal(path: Path) -> str:
    with pytest.raises(Invalid) as told:
        read(path, TODAY)
    return str(told.value)


def test_what_is_no_list_is_refused_in_a_sentence(tmp_path: Path) -> None:
    doubled = rows([prisoner()], [*RUSSIAN[:-1], "Фамилия"])
    lacking = [["№ дела", "Фамилия", "Имя"], ["1/19", "Осмонов", "Талант"]]
    assert "stands twice" in refusal(write(tmp_path / "doubled", text(doubled)))
    assert "lack: birth_year" in refusal(write(tmp_path / "lacking", text(lacking)))
    assert "no heads" in refusal(write(tmp_path / "prose", "Уважаемый Асан!\n\nВсего.\n"))
    assert "no heads" in refusal(write(tmp_path / "blank", "\n\n  \n"))
    assert "is empty" in refusal(write(tmp_path / "empty", ""))
    assert "cannot be read" in refusal(tmp_path / "missing")
    assert "cannot be read" in refusal(tmp_path)
    assert "Save the list as .xlsx" in refusal(write(tmp_path / "zip", "PK\x03\x04", "latin-1"))
    old = tmp_path / "old.xls"
    old.write_bytes(b"\xd0\xcf\x11\xe0" + bytes(512))
    assert "Save the list as .xlsx" in refusal(old)


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert "is no file" in refusal(tmp_path / "pipe")


def test_damaged_utf_8_is_not_taken_for_another_encoding(tmp_path: Path) -> None:
    data = text(rows([prisoner(1), prisoner(2)])).encode()
    path = tmp_path / "l.csv"
    path.write_bytes(data[:-40] + b"\xd0" + data[-40:])
    assert "damaged in line 3" in refusal(path)


def test_a_cell_without_end_names_the_line_where_it_begins(tmp_path: Path) -> None:
    table = text(rows([prisoner(1)])) + '0002/19;"Осмонов;' + "x" * 200_000
    assert "line 3 a cell does not end" in refusal(write(tmp_path / "l.csv", table))


def test_a_million_lines_are_refused_before_they_are_held(tmp_path: Path) -> None:
    path = tmp_path / "l.csv"
    path.write_bytes((text(rows([])) + ";\n" * 1_000_000).encode())
    assert "more than 200000 lines" in refusal(path)


def test_a_file_larger_than_any_list_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "l.csv"
    with path.open("wb") as file:
        file.truncate(10**12)
    assert "larger than 64 MB" in refusal(path)


def changed_part(path: Path, part: str, body: bytes) -> None:
    """The workbook with one of its parts replaced."""
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new:
        for name, content in (parts | {part: body}).items():
            new.writestr(name, content)


SHEET = "xl/worksheets/sheet1.xml"
OPENED = (
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
)


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        (b"<worksheet>", "damaged"),
        (b'<!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet>&a;</worksheet>', "damaged"),
        (OPENED + b'<row r="999999999"><c r="A1"/></row></sheetData></worksheet>', "more than"),
        (OPENED + b"<row><c><v>" + b"7" * 135_000_000, "larger than 128 MB"),
    ],
    ids=["cut", "entities", "far row", "bomb"],
)
def test_a_crafted_workbook_is_refused(tmp_path: Path, body: bytes, sentence: str) -> None:
    path = workbook(tmp_path / "l.xlsx", rows([prisoner()]))
    changed_part(path, SHEET, body)
    assert sentence in refusal(path)


def test_a_cell_at_the_far_end_of_a_sheet_makes_no_rectangle(tmp_path: Path) -> None:
    path = workbook(tmp_path / "l.xlsx", rows([prisoner()]))
    with zipfile.ZipFile(path) as old:
        sheet = old.read(SHEET)
    far = b'<row r="190000"><c r="XFD190000"><v>1</v></c></row></sheetData>'
    changed_part(path, SHEET, sheet.replace(b"</sheetData>", far))
    assert len(read(path, TODAY).lines) == 1


# ---- round trips

NAMES = st.from_regex(r"[А-Я][а-я]{1,11}(-[А-Я][а-я]{1,9})?", fullmatch=True)
PRISONERS = st.lists(
    st.builds(
        lambda number, surname, given, year, unit: prisoner(
            number, surname=surname, given_names=given, birth_year=str(year), unit=str(unit)
        ),
        st.integers(1, 9999),
        NAMES,
        NAMES,
        st.integers(1930, 2005),
        st.integers(1, 12),
    ),
    min_size=1,
    max_size=4,
    unique_by=lambda one: one["file_no"],
)


@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(PRISONERS, st.sampled_from(["utf-8", "utf-16", "cp1251", "xlsx"]))
def test_what_is_written_is_read(
    tmp_path: Path, prisoners: list[dict[str, str]], kind: str
) -> None:
    if kind == "xlsx":
        path = workbook(tmp_path / "l.xlsx", rows(prisoners))
    else:
        path = write(tmp_path / "l.csv", text(rows(prisoners)), kind)
    read_list = read(path, TODAY)
    assert read_list.rejected == ()
    assert [
        (line.file_number, line.surname, line.given, str(line.birth_year), line.unit)
        for line in read_list.lines
    ] == [
        (one["file_no"], one["surname"], one["given_names"], one["birth_year"], one["unit"])
        for one in prisoners
    ]


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.binary(max_size=400), st.booleans())
def test_any_bytes_are_read_or_refused_in_a_sentence(
    tmp_path: Path, data: bytes, headed: bool
) -> None:
    path = tmp_path / "l.csv"
    path.write_bytes((text(rows([])).encode() if headed else b"") + data)
    try:
        told = [one.reason for one in read(path, TODAY).rejected]
    except Invalid as refused:
        told = [str(refused)]
    assert all(sentence.endswith(".") for sentence in told)
