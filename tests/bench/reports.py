"""`python -m tests.bench.reports FOLDER`: how long a report takes with ten years behind it.

The register is that of `tests.bench.history`, built in FOLDER once and kept there. Two months
of it hold some 4,800 visitors, as a busy prison has in one.
"""

from __future__ import annotations

import argparse
import io
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from kiosk.codes import ReportForm, ReportName
from kiosk.reports import REPORTS, output
from kiosk.reports.table import Writing
from kiosk.values.reports import ReportAsked
from tests.bench.ten_years import TODAY, History, Size, open_history

FORMS = (ReportForm.TABLE, ReportForm.CSV, ReportForm.XLSX, ReportForm.PDF)
DAYS = timedelta(days=60)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="where the register is kept")
    arguments = parser.parse_args()
    history = open_history(arguments.folder, Size())
    for row in rows(history, arguments.folder):
        print("| " + " | ".join(row) + " |", flush=True)
    history.db.close()
    return 0


def rows(history: History, folder: Path) -> Iterator[tuple[str, ...]]:
    yield "report", "form", "CPU", "memory now"
    yield "---", "---", "---", "---"
    for name in ReportName:
        for form in FORMS:
            spent = write(history, ReportAsked(name, TODAY - DAYS, TODAY), form, folder)
            yield name, form, f"{spent:.2f} s", f"{memory()} MB"


def write(history: History, asked: ReportAsked, form: ReportForm, folder: Path) -> float:
    """The seconds of CPU that it took."""
    writing = Writing(history.desk, asked, "ky")
    begun = time.process_time()
    history.db.run_read(output.write, REPORTS[asked.name], writing, form, io.BytesIO(), folder)
    return time.process_time() - begun


def memory() -> int:
    told = Path("/proc/self/status").read_text().partition("VmRSS:")[2].split()[0]
    return int(told) // 1024


if __name__ == "__main__":
    sys.exit(main())
