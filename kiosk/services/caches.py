"""Rebuilds from facts what is only a cache or a counter, and compares."""

from __future__ import annotations

from kiosk.codes import FINAL_STATES
from kiosk.models.engine import RegisterFile
from kiosk.services.chained_rows import read
from kiosk.services.findings import FindingKind, Findings


def check_numbers(file: RegisterFile, found: Findings) -> None:
    numbers = {
        (gate, series, period): (highest, count)
        for gate, series, period, highest, count in read(
            file,
            "SELECT gate_id, series, period, max(no), count(*) FROM register_number"
            " GROUP BY gate_id, series, period",
        )
    }
    given = {
        (gate, series, period): last
        for gate, series, period, last in read(
            file, 'SELECT gate_id, series, period, "last" FROM sequence'
        )
    }
    for one in sorted(numbers.keys() | given.keys()):
        highest, count = numbers.get(one, (0, 0))
        if not given.get(one, 0) == highest == count:
            found.add(FindingKind.SEQUENCE, f"{one[1]} {one[2]}")


_FINAL = ", ".join(f"'{state}'" for state in sorted(FINAL_STATES))

# With max(), SQLite takes the bare columns from the row that holds the maximum.
_CASES_NOW = f"""
    SELECT case_id, state, no, at, state NOT IN ({_FINAL}) FROM
        (SELECT case_id, state, max(no) AS no, at FROM step GROUP BY case_id)
"""
_INSIDE = """
    SELECT member_id, case_id FROM
        (SELECT member_id, case_id, kind, max(no) FROM step
         WHERE member_id IS NOT NULL AND kind IN ('entered', 'left', 'stopped')
         GROUP BY member_id)
    WHERE kind = 'entered'
"""


def check_caches(file: RegisterFile, found: Findings) -> None:
    caches = (
        (
            FindingKind.CASE_NOW,
            _CASES_NOW,
            "SELECT case_id, state, last_no, last_at, is_open FROM case_now",
        ),
        (FindingKind.PRESENCE, _INSIDE, "SELECT member_id, case_id FROM presence"),
    )
    for kind, rebuilt, cached in caches:
        differs = f"""
            SELECT DISTINCT case_id FROM
                (SELECT * FROM ({rebuilt} EXCEPT {cached})
                 UNION ALL SELECT * FROM ({cached} EXCEPT {rebuilt}))
            ORDER BY case_id
        """
        for (case_id,) in read(file, differs):
            found.add(kind, case_id.hex())
