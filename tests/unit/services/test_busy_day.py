"""One busy day, told by every register and in every form."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Iterator
from datetime import date, time
from pathlib import Path
from typing import Any

import openpyxl
import pypdf
import pytest

from kiosk.clock import FixedClock
from kiosk.codes import (
    ReportForm,
    ReportName,
    Role,
    Service,
    Sex,
)
from kiosk.errors import Invalid, NotAllowed, Refused
from kiosk.keyfile import Keys
from kiosk.lists import workbook
from kiosk.models.database import open_database
from kiosk.reports import output, paper
from kiosk.reports.table import Column, Report, Row, Writing
from kiosk.services import (
    report_access,
    staff,
)
from kiosk.services.desk import Desk
from kiosk.values import Officer
from kiosk.values.reports import ReportAsked
from tests.conftest import MORNING

from .gatehouse import BISHKEK, CHEAP, PASSPHRASE, Gatehouse, open_gatehouse
from .registers import DAY, asked, live_through_the_day, table, written

FORMS = (ReportForm.TABLE, ReportForm.CSV, ReportForm.XLSX, ReportForm.PDF)


@pytest.fixture(scope="module")
def busy(
    tmp_path_factory: pytest.TempPathFactory, empty_register: Path, keys: Keys
) -> Iterator[Gatehouse]:
    """A day that is over: a pair of whom one left early, a group of whom one was refused, a
    refusal, an override, a visit made void. The tests read it, and leave traces."""
    path = tmp_path_factory.mktemp("busy") / "gate.db"
    shutil.copy(empty_register, path)
    shutil.copy(f"{empty_register}.head", f"{path}.head")
    database, clock = open_database(path, keys.database), FixedClock(MORNING)
    desk = Desk(1, "p1", "Prison 1", BISHKEK, clock, keys.audit)
    gatehouse = open_gatehouse(database, desk, clock)
    live_through_the_day(gatehouse)
    yield gatehouse
    gatehouse.must_be_whole()
    database.close()


def test_the_register_of_visits_tells_each_visitor_with_their_hours_and_outcome(
    busy: Gatehouse,
) -> None:
    rows = table(busy, ReportName.VISITS)
    assert [row[0] for row in rows] == [
        "V-26-000001",
        "V-26-000001",
        "V-26-000002",
        "V-26-000002",
        "V-26-000003",
        "V-26-000004",
    ]
    assert rows[0] == (
        "V-26-000001",
        "06.03.2026",
        "1",
        "09:30",
        "10:15",
        "Асанова Айгүл",
        rows[0][6],
        "wife/husband",
        "Осмонов Талант Акматович",
        rows[0][9],
        "short visit",
        "Officer",
        "visitor left early",
    )
    assert rows[0][6].startswith("ID")
    assert [(row[3], row[4], row[12]) for row in rows[1:]] == [
        ("09:30", "12:40", "as usual"),
        ("12:40", "", "is inside"),
        ("", "", "refused: R-26-000001"),
        ("12:40", "", "is inside; let in by two"),
        ("12:40", "12:40", "void: wrong prisoner"),
    ]


def test_the_register_of_refusals_tells_who_why_and_by_which_rule(busy: Gatehouse) -> None:
    rows = table(busy, ReportName.REFUSALS)
    assert [row[0] for row in rows] == ["R-26-000001", "R-26-000002"]
    for row in rows:
        assert row[1:3] == ("06.03.2026", "Ван Айгүл")
        assert row[3] == "Осмонов Талант Акматович"
        assert "Banned, no end is set" in row[6]
        assert row[7].count(": ") >= 1
        assert "reference not confirmed" in row[7]
        assert row[8:] == ("Officer", "", "")


def test_overrides_tell_who_asked_who_signed_and_against_what(busy: Gatehouse) -> None:
    (row,) = table(busy, ReportName.OVERRIDES)
    assert row[:4] == ("V-26-000003", "06.03.2026", "12:40", "Ван Айгүл")
    assert "Banned, no end is set" in row[7]
    assert row[8:] == ("death in the family", "Похороны", "Officer", "Supervisor")


def test_only_the_kind_asked_for_is_told(busy: Gatehouse) -> None:
    assert table(busy, ReportName.VISITS, service=Service.LONG_VISIT) == []
    assert table(busy, ReportName.OVERRIDES, service=Service.LONG_VISIT) == []
    assert len(table(busy, ReportName.VISITS, service=Service.SHORT_VISIT)) == 6


def test_masked_names_are_initials_and_documents_their_ends(busy: Gatehouse) -> None:
    rows = table(busy, ReportName.VISITS, masked=True)
    assert rows[0][5] == "А. А."
    assert rows[0][6][0] == "…"
    assert len(rows[0][6]) == 4
    assert rows[0][8] == "О. Т. А."
    told = [table(busy, name, masked=True) for name in ReportName]
    for surname in ("Асанова", "Беков", "Ван ", "Осмонов", "Токтосунов", "Похороны"):
        assert surname not in str(told)


def test_whoever_takes_a_register_leaves_who_which_and_in_what_form(busy: Gatehouse) -> None:
    before = busy.counts()
    wanted = asked(ReportName.VISITS, masked=False)
    busy.do(report_access.take, busy.officer, wanted, ReportForm.CSV)
    assert busy.written(before) == {"audit_entry": 1, "report_taken": 1}
    assert busy.rows('SELECT name, form, "from", "to", masked, staff_id FROM report_taken') == [
        ("visits", "csv", "2026-03-06", "2026-03-06", 0, busy.officer.staff_id.bytes)
    ]


def test_support_is_given_no_register_and_the_auditor_is(busy: Gatehouse) -> None:
    wanted = asked(ReportName.VISITS)
    busy.do(report_access.take, somebody(busy, Role.AUDITOR), wanted, ReportForm.SCREEN)
    before = busy.counts()
    support = somebody(busy, Role.SUPPORT)
    before = busy.counts()
    with pytest.raises(NotAllowed):
        busy.do(report_access.take, support, wanted, ReportForm.SCREEN)
    with pytest.raises(NotAllowed):
        busy.do(report_access.order_paper, support, wanted, "", (), ())
    assert busy.written(before) == {}


def test_days_the_wrong_way_round_are_refused(busy: Gatehouse) -> None:
    wanted = ReportAsked(ReportName.VISITS, date(2026, 3, 7), DAY)
    with pytest.raises(Invalid):
        busy.do(report_access.take, busy.officer, wanted, ReportForm.SCREEN)


def test_a_register_goes_to_the_roll_in_the_sites_language_but_not_a_long_one(
    busy: Gatehouse,
) -> None:
    wanted = asked(ReportName.VISITS)
    writing = Writing(busy.desk, wanted, busy.desk.languages[0])
    title, heads, lines = busy.db.run_read(paper.said, writing)
    assert title == "ЖОЛУГУШУУЛАР ЖУРНАЛЫ"
    assert len(lines) == 6
    busy.do(report_access.order_paper, busy.officer, wanted, title, heads, lines)
    (job,) = busy.rows("SELECT id FROM print_job WHERE template = 'report'")
    assert job
    before = busy.counts()
    with pytest.raises(Refused, match="300"):
        busy.do(report_access.order_paper, busy.officer, wanted, title, heads, lines * 51)
    assert busy.written(before) == {}


def test_every_register_is_written_in_every_form(busy: Gatehouse, tmp_path: Path) -> None:
    for name in ReportName:
        for form in FORMS:
            assert written(busy, name, form, tmp_path)
    # What had to wait on the disk meanwhile is gone.
    assert list(tmp_path.iterdir()) == []


def test_a_csv_is_read_again_as_it_was_told(busy: Gatehouse, tmp_path: Path) -> None:
    data = written(busy, ReportName.VISITS, ReportForm.CSV, tmp_path)
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert [tuple(row) for row in rows[1:]] == table(busy, ReportName.VISITS, "ky")


def test_a_workbook_holds_days_hours_and_text_each_as_such(
    busy: Gatehouse, tmp_path: Path
) -> None:
    data = written(busy, ReportName.VISITS, ReportForm.XLSX, tmp_path)
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    assert sheet is not None
    rows: list[list[Any]] = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=5)]
    assert rows[0][0] == "V-26-000001"
    assert rows[0][1].date() == DAY
    assert rows[0][2:5] == [1, time(9, 30), time(10, 15)]
    assert rows[0][9] == table(busy, ReportName.VISITS)[0][9]
    # Our own reader takes the workbook too.
    again = list(workbook.read(data, len).rows)
    assert len(again) == 2 + 1 + len(rows)


def test_a_pdf_is_across_and_has_the_kyrgyz_letters_in_its_own_font(
    busy: Gatehouse, tmp_path: Path
) -> None:
    data = written(busy, ReportName.VISITS, ReportForm.PDF, tmp_path)
    (page,) = pypdf.PdfReader(io.BytesIO(data)).pages
    assert page.mediabox.width > page.mediabox.height
    said = page.extract_text()
    for word in ("ЖОЛУГУШУУЛАР ЖУРНАЛЫ", "Дүйшеева", "Үсөнов", "V-26-000004", "чыкты"):
        assert word in said
    resources: Any = page["/Resources"]
    fonts = resources["/Font"]
    (font,) = (one.get_object() for one in fonts.values())
    described = font["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
    assert "/FontFile2" in described


def test_a_pdf_goes_over_pages_with_its_heads_and_numbers(
    busy: Gatehouse, tmp_path: Path
) -> None:
    report = Report("NOT VISITED", (Column("number", 10), Column("unit", 20)), many)
    out = io.BytesIO()
    writing = Writing(busy.desk, asked(ReportName.UNVISITED), "ru")
    output.write(report, writing, ReportForm.PDF, out, tmp_path)
    pages = [page.extract_text() for page in pypdf.PdfReader(out).pages]
    assert len(pages) > 2
    for number, said in enumerate(pages, 1):
        assert "БЕЗ СВИДАНИЙ" in said
        assert "отряд" in said
        assert said.rstrip().splitlines()[-1].isdigit() or str(number) in said.split()
    assert "199" in pages[-1]


def somebody(gatehouse: Gatehouse, role: Role) -> Officer:
    return gatehouse.do(
        staff.add_user,
        gatehouse.administrator,
        role.value,
        role.value,
        Sex.MALE,
        frozenset({role}),
        PASSPHRASE,
        cost=CHEAP,
    )


def many(_writing: Writing) -> Iterator[Row]:
    for number in range(200):
        yield Row((number, "word " * 12))
