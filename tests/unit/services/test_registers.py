"""The registers tell what was done at the gate, whole: no number is missing, nobody twice."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.codes import (
    Action,
    CancelReason,
    ReportForm,
    ReportName,
    Series,
    Service,
    VisitOutcome,
)
from kiosk.errors import KioskError, Refused
from kiosk.models import Document, Erasure, PersonDetail, SearchKey
from kiosk.reports import as_csv, output
from kiosk.services import (
    outcomes,
    ticket_window,
    tickets,
    unvisited,
    visit_register,
    visits,
)
from kiosk.services.entry import entry
from kiosk.services.numbered import numbered
from kiosk.values.waiting import TicketRequest

from .gatehouse import Gatehouse
from .registers import DAY, leave, table, written


def test_what_was_called_off_keeps_its_number_and_says_by_whom(gatehouse: Gatehouse) -> None:
    desk = replace(gatehouse.desk, enters_after_search=True)
    request = gatehouse.request(gatehouse.prisoner(), gatehouse.visitor())
    seen = gatehouse.propose(request).decision
    case = gatehouse.db.run_write(visits.admit, desk, gatehouse.officer, request, seen)
    (row,) = table(gatehouse, ReportName.VISITS)
    assert row[3:5] == ("", "")
    assert row[12] == "has not gone in yet"
    gatehouse.do(outcomes.cancel, gatehouse.officer, case.case_id, CancelReason.PRISONER)
    (row,) = table(gatehouse, ReportName.VISITS)
    assert row[12] == "called off: by the prisoner"


def test_waiting_times_are_told_by_hour_by_kind_and_in_all(gatehouse: Gatehouse) -> None:
    gatehouse.at(2026, 3, 6, 10, 0)
    taken = [
        gatehouse.do(ticket_window.take, gatehouse.officer, TicketRequest(Service.SHORT_VISIT))
        for _ in range(3)
    ]
    for minutes, ticket in zip((5, 20, 40), taken, strict=True):
        gatehouse.at(2026, 3, 6, 10, minutes)
        gatehouse.do(tickets.call, gatehouse.officer, ticket.ticket_id)
    rows = table(gatehouse, ReportName.WAITING)
    assert [row[:5] for row in rows] == [
        ("10:00–11:00", "3", "20", "40", "40"),
        ("short visit", "3", "20", "40", "40"),
        ("all", "3", "20", "40", "40"),
    ]


def test_prisoners_whom_nobody_came_to_see_are_named_and_new_ones_are_not(
    gatehouse: Gatehouse,
) -> None:
    gatehouse.at(2026, 4, 10, 9, 0)
    silent = gatehouse.prisoner("Абдиев")
    seen, lately = gatehouse.prisoner("Беков"), gatehouse.prisoner("Ветров")
    first = gatehouse.visit(seen, gatehouse.visitor())
    leave(gatehouse, first.case_id, None, VisitOutcome.NORMAL)
    gatehouse.at(2026, 5, 20, 9, 0)
    gatehouse.visit(lately, gatehouse.visitor("Ветрова"))
    gatehouse.at(2026, 6, 1, 9, 0)
    gatehouse.prisoner("Новый")
    gatehouse.at(2026, 6, 6, 9, 0)

    def named(first: date) -> list[tuple[str, date | None]]:
        def read() -> list[tuple[str, date | None]]:
            found = unvisited.unvisited(gatehouse.desk, first, date(2026, 6, 6))
            return [(one.prisoner.surname, one.last_day) for one in found]

        return gatehouse.db.run_read(read)

    assert named(date(2026, 5, 1)) == [("Абдиев", None), ("Беков", date(2026, 4, 10))]
    assert named(date(2026, 4, 10)) == [("Абдиев", None)]
    assert silent.file_number < seen.file_number


def test_both_days_are_included_and_no_other(gatehouse: Gatehouse) -> None:
    for day in (7, 8, 9, 10):
        gatehouse.at(2026, 3, day, 0, 0)
        gatehouse.visit(gatehouse.prisoner(), gatehouse.visitor())
        gatehouse.at(2026, 3, day, 23, 59)
        gatehouse.visit(gatehouse.prisoner(), gatehouse.visitor())

    def days(first: date, last: date) -> list[date]:
        return [one.day for one in visit_register.visits(gatehouse.desk, first, last)]

    eighth, ninth = date(2026, 3, 8), date(2026, 3, 9)
    assert gatehouse.db.run_read(days, eighth, ninth) == [eighth] * 2 + [ninth] * 2
    assert len(gatehouse.db.run_read(days, date.min, date.max)) == 8
    assert gatehouse.db.run_read(days, date.min, date(1969, 12, 31)) == []


def test_no_number_is_missing_where_one_part_of_the_register_follows_another(
    gatehouse: Gatehouse,
) -> None:
    banned = gatehouse.visitor("Ван")
    gatehouse.ban(banned)
    prisoner = gatehouse.prisoner()
    for number in range(5):
        gatehouse.at(2026, 3, 6, 9, 40 + number)
        gatehouse.visit(prisoner, gatehouse.visitor(), banned)

    def numbers(series: Series) -> list[str]:
        parts = numbered(gatehouse.desk, series, DAY, DAY, None, at_once=2)
        return [one.number for part in parts for one in part]

    for series in (Series.VISIT, Series.REFUSAL):
        told = gatehouse.db.run_read(numbers, series)
        assert told == [f"{series}-26-{no:06d}" for no in range(1, 6)]


def test_an_erased_visitor_is_told_as_erased_and_the_line_stays(gatehouse: Gatehouse) -> None:
    gatehouse.visit(gatehouse.prisoner(), gatehouse.visitor("Асанова"))
    erase(gatehouse, "Асанова")
    (row,) = table(gatehouse, ReportName.VISITS)
    assert row[0] == "V-26-000001"
    assert row[5:7] == ("erased", "")
    assert row[12] == "is inside"


def erase(gatehouse: Gatehouse, surname: str) -> None:
    def work() -> None:
        subject = PersonDetail.get(PersonDetail.surname == surname).person_id
        with entry(gatehouse.desk, Action.ERASE, officer=gatehouse.administrator) as e:
            e.add(Erasure, subject_id=subject, ground="retention", at=e.now)
            for model in (PersonDetail, Document):
                model.delete().where(model.person_id == subject).execute()
            SearchKey.delete().where(SearchKey.subject_id == subject).execute()

    gatehouse.db.run_write(work)


texts = st.text(st.characters(exclude_categories=("Cs",)), max_size=20)


@given(st.sampled_from(["", *"=+-@\t\r＝＠"]), texts)
def test_no_cell_of_a_csv_begins_a_formula(first: str, rest: str) -> None:
    text = as_csv.safe(first + rest)
    assert not text.startswith(("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"))
    assert text in (first + rest, f"'{first}{rest}")


def test_a_name_typed_as_a_formula_is_text_everywhere(
    gatehouse: Gatehouse, tmp_path: Path
) -> None:
    evil = '=cmd|"/C calc"!A0'
    gatehouse.visit(gatehouse.prisoner(), gatehouse.visitor(evil, given="+1"))
    data = written(gatehouse, ReportName.VISITS, ReportForm.CSV, tmp_path).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(data, newline=""), delimiter=";"))
    assert rows[1][5] == f"'{evil} +1"
    book = written(gatehouse, ReportName.VISITS, ReportForm.XLSX, tmp_path)
    sheet = openpyxl.load_workbook(io.BytesIO(book)).active
    assert sheet is not None
    cell = sheet.cell(5, 6)
    assert (cell.value, cell.data_type) == (f"{evil} +1", "s")


def test_a_file_is_never_overwritten_and_is_only_its_owners(tmp_path: Path) -> None:
    file = tmp_path / "visits.csv"
    with output.new_file(file) as out:
        out.write(b"x")
    assert file.stat().st_mode & 0o777 == 0o600
    with pytest.raises(Refused, match="exists already"), output.new_file(file):
        pass
    assert file.read_bytes() == b"x"


def test_a_file_that_could_not_be_finished_is_not_there(tmp_path: Path) -> None:
    def half() -> None:
        with output.new_file(tmp_path / "visits.csv") as out:
            out.write(b"half")
            raise KioskError("The register cannot be read.")

    with pytest.raises(KioskError, match="cannot be read"):
        half()
    assert list(tmp_path.iterdir()) == []
    nowhere = output.new_file(tmp_path / "no" / "such.csv")
    with pytest.raises(KioskError, match="cannot be written"), nowhere:
        pass
