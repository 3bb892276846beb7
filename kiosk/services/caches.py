"""Rebuilds from facts what is only a cache or a counter, and compares."""

from __future__ import annotations

from kiosk import names
from kiosk.codes import FINAL_STATES, SearchKind
from kiosk.models.engine import RegisterFile
from kiosk.services.chained_rows import read
from kiosk.services.findings import FindingKind, Findings
from kiosk.services.goods.places import STANDS_NOW


def check_numbers(file: RegisterFile, found: Findings) -> None:
    """Each series and period: the counter, the highest number and their count are one."""
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


_STORED = """
    SELECT n.case_id, n.place_id, n.due_at, n.safe_id
    FROM case_now n JOIN parcel p USING (case_id)
"""


def check_caches(file: RegisterFile, found: Findings) -> None:
    """The states of cases, who is inside, and where each parcel stands, against the steps."""
    caches = (
        (
            FindingKind.CASE_NOW,
            _CASES_NOW,
            "SELECT case_id, state, last_no, last_at, is_open FROM case_now",
        ),
        (FindingKind.PRESENCE, _INSIDE, "SELECT member_id, case_id FROM presence"),
        (FindingKind.CASE_NOW, STANDS_NOW, _STORED),
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


# The columns whose words lead to somebody: personal table, subject, kind, texts.
_WORDS = (
    (
        "person_detail",
        "person_id",
        SearchKind.PERSON,
        "surname, given, patronymic, personal_number",
    ),
    ("document", "person_id", SearchKind.PERSON, "surname, given, number"),
    (
        "prisoner_detail",
        "prisoner_id",
        SearchKind.PRISONER,
        "surname, given, patronymic, file_number",
    ),
)


def check_words(file: RegisterFile, found: Findings) -> None:
    """Everybody is found by every recorded name and number, and nobody by an erased one."""
    for table, subject, kind, texts in _WORDS:
        for subject_id, *values in read(file, f"SELECT {subject}, {texts} FROM {table}"):
            lead = {
                word
                for (word,) in read(
                    file,
                    "SELECT word FROM search_key WHERE subject_id = ? AND kind = ?",
                    subject_id,
                    int(kind),
                )
            }
            due = frozenset().union(*(names.keys(text) for text in values if text))
            if not due <= lead:
                found.add(FindingKind.SEARCH_KEY, subject_id.hex())
    gone = " ".join(
        f"AND NOT EXISTS (SELECT 1 FROM {table} p WHERE p.{subject} = w.subject_id)"
        for table, subject, _, _ in _WORDS
    )
    orphans = f"SELECT DISTINCT subject_id FROM search_key w WHERE 1 {gone} ORDER BY subject_id"
    for (subject_id,) in read(file, orphans):
        found.add(FindingKind.SEARCH_KEY, subject_id.hex())
