"""Lists as offices write them: the same prisoners in every kind of file."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import openpyxl

TODAY = date(2026, 3, 6)
CODES = (
    *("file_no", "surname", "given_names", "patronymic", "birth_year", "sex"),
    *("category", "regime", "condition", "unit", "status", "status_since"),
)
RUSSIAN = (
    *("Личное дело", "Фамилия", "Имя", "Отчество", "Год рождения", "Пол"),
    *("Категория", "Режим", "Условия", "Отряд", "Статус", "Статус с"),
)

Value = str | int | float | date


def prisoner(number: int = 412, **told: Value) -> dict[str, Value]:
    """One prisoner in the words of an office; `told` replaces cells by their code."""
    row: dict[str, Value] = {
        "file_no": f"{number:04d}/19",
        "surname": "Осмонов",
        "given_names": "Талант",
        "patronymic": "Акматович",
        "birth_year": "1980",
        "sex": "м",
        "category": "осуждённый",
        "regime": "строгий",
        "condition": "обычные",
        "unit": "3 отряд",
        "status": "на месте",
        "status_since": "04.02.2020",
    }
    return row | told


def rows(
    prisoners: Sequence[dict[str, Value]], heads: Sequence[str] = RUSSIAN
) -> list[list[Value]]:
    return [list(heads), *([one[column] for column in CODES] for one in prisoners)]


def text(table: Sequence[Sequence[Value]], separator: str = ";") -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=separator).writerows(table)
    return out.getvalue()


def write(path: Path, written: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(written.encode(encoding))
    return path


def workbook(path: Path, table: Sequence[Sequence[Value]], *, from_1904: bool = False) -> Path:
    book = openpyxl.Workbook()
    if from_1904:
        book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    sheet = book.active
    assert sheet is not None
    sheet.title = "Список"
    for row in table:
        sheet.append(list(row))
    book.save(path)
    return path
