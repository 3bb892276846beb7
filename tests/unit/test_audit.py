"""Whoever gets past the triggers does not get past the chain."""

from __future__ import annotations

import hashlib
import hmac
import json
import unicodedata
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from story import Story, add_person, add_step, tell

from kiosk.codes import Action
from kiosk.models import CHAINED, PERSONAL, Document, Erasure, PersonDetail, SearchKey, triggers
from kiosk.models.base import columns_of, table_of
from kiosk.models.database import Database
from kiosk.services import audit, chain
from kiosk.services.desk import Desk
from kiosk.services.entry import entry
from kiosk.services.findings import FindingKind

Tamper = Callable[..., dict[FindingKind, str]]


@pytest.fixture
def story(database: Database, desk: Desk) -> Story:
    return database.run_write(tell, desk)


@pytest.fixture
def tamper(database: Database, desk: Desk, story: Story) -> Tamper:
    """Runs SQL behind the triggers and tells what a verification then finds; undone after."""

    def tamper(*statements: str) -> dict[FindingKind, str]:
        def work() -> dict[FindingKind, str]:
            with database.file.atomic() as transaction:
                database.file.execute_sql("PRAGMA defer_foreign_keys = on")
                for name in triggers.present(database.file):
                    database.file.execute_sql(f"DROP TRIGGER {name}")
                for statement in statements:
                    assert database.file.execute_sql(statement).rowcount, statement
                result = audit.verify(desk)
                transaction.rollback()
            return {finding.kind: finding.what for finding in result.findings}

        return database.run_write(work)

    return tamper


def test_an_untouched_register_is_whole(database: Database, desk: Desk, story: Story) -> None:
    result = database.run_read(audit.verify, desk)
    assert result.is_whole, result.findings
    assert (result.entries, result.rows, result.personal_rows) == (4, 55, 10)


def test_an_empty_register_is_whole(database: Database, desk: Desk) -> None:
    result = database.run_read(audit.verify, desk)
    assert result.is_whole
    assert result.head == "0000 0000 0000 0000"


def test_the_head_code_is_what_stands_beside_the_file(
    database: Database, desk: Desk, story: Story
) -> None:
    result = database.run_read(audit.verify, desk)
    kept = database.file.head_path.read_text().split()[2]
    assert result.head.replace(" ", "") == kept[:16]
    assert [len(group) for group in result.head.split()] == [4, 4, 4, 4]


EVERY_COLUMN = [
    pytest.param(table_of(model), column, id=f"{table_of(model)}.{column}")
    for model in CHAINED
    for column in columns_of(model)
    # A CHECK ties these to another column of their row.
    if (table_of(model), column) not in (("ledger", "reverses"), ("slot_block", "slot_id"))
]


@pytest.mark.parametrize(("table", "column"), EVERY_COLUMN)
def test_a_change_of_any_column_of_any_fact_is_found(
    tamper: Tamper, table: str, column: str
) -> None:
    first = f"rowid = (SELECT max(rowid) FROM {table})"
    other = f"""CASE typeof("{column}")
        WHEN 'blob' THEN randomblob(length("{column}"))
        WHEN 'integer' THEN "{column}" + 1
        WHEN 'null' THEN
            CASE (SELECT type FROM pragma_table_info('{table}') WHERE name = '{column}')
                WHEN 'BLOB' THEN randomblob(16) WHEN 'INTEGER' THEN 1 ELSE 'x' END
        ELSE "{column}" || 'x' END"""
    found = tamper(f'UPDATE {table} SET "{column}" = {other} WHERE {first}')
    assert FindingKind.ROWS in found


@pytest.mark.parametrize("table", [table_of(model) for model in CHAINED])
def test_a_fact_that_was_deleted_is_found(tamper: Tamper, table: str) -> None:
    found = tamper(f"DELETE FROM {table} WHERE rowid = (SELECT max(rowid) FROM {table})")
    assert FindingKind.ROWS in found


def test_a_fact_that_was_slipped_in_is_found_with_its_entry(
    tamper: Tamper,
) -> None:
    insert = "INSERT INTO person VALUES (randomblob(16), 1, {seq}, 5)"
    assert tamper(insert.format(seq=2)) == {FindingKind.ROWS: "2"}
    assert tamper(insert.format(seq=99)) == {FindingKind.STRAY_ROW: "person, 99"}
    assert tamper(insert.format(seq=-1)) == {FindingKind.STRAY_ROW: "person, -1"}
    elsewhere = "INSERT INTO person VALUES (randomblob(16), 7, 1, 5)"
    assert tamper(elsewhere) == {FindingKind.STRAY_ROW: "person, 7"}


def test_a_fact_taken_out_and_put_back_as_it_was_is_whole(tamper: Tamper) -> None:
    assert (
        tamper(
            "CREATE TEMP TABLE kept AS SELECT * FROM person ORDER BY rowid LIMIT 1",
            "DELETE FROM person WHERE id = (SELECT id FROM kept)",
            "INSERT INTO person SELECT * FROM kept",
        )
        == {}
    )


@pytest.mark.parametrize(
    "column", ["at", "offset_min", "staff_id", "action", "object_id", "rows", "digest", "mac"]
)
def test_a_change_of_any_column_of_an_entry_is_found(tamper: Tamper, column: str) -> None:
    other = {
        "staff_id": "randomblob(16)",
        "object_id": "randomblob(16)",
        "digest": "randomblob(32)",
        "mac": "randomblob(32)",
        "action": "'leave'",
    }.get(column, f'"{column}" + 1')
    found = tamper(f'UPDATE audit_entry SET "{column}" = {other} WHERE seq = 2')
    assert found[FindingKind.MAC] == "2"


def test_an_entry_taken_out_is_named(tamper: Tamper) -> None:
    found = tamper("DELETE FROM audit_entry WHERE seq = 2")
    assert found[FindingKind.ENTRY_MISSING] == "2"
    # Its rows belong to nothing any more, and nothing else is blamed.
    assert found.keys() == {FindingKind.ENTRY_MISSING, FindingKind.STRAY_ROW}


def test_a_far_entry_slipped_in_is_found_at_once(tamper: Tamper) -> None:
    found = tamper(
        "INSERT INTO audit_entry SELECT 1, 1000000000000, at, offset_min, staff_id, action,"
        " object_id, rows, digest, mac FROM audit_entry WHERE seq = 2"
    )
    assert found[FindingKind.ENTRY_MISSING] == "5"


def test_entries_that_changed_places_are_found(tamper: Tamper) -> None:
    found = tamper(
        "UPDATE audit_entry SET seq = 99 WHERE seq = 2",
        "UPDATE audit_entry SET seq = 2 WHERE seq = 3",
        "UPDATE audit_entry SET seq = 3 WHERE seq = 99",
    )
    assert found[FindingKind.MAC] == "2"


# Tables that the last entry of the story wrote nothing to.
EARLIER = {"person", "person_detail", "document", "prisoner", "prisoner_detail", "staff"} | {
    *("prisoner_event", "restriction", "ending", "gate", "sign_in", "rule_set", "rule"),
    "erasure",
}
CUT = [
    f"DELETE FROM {table_of(model)} WHERE audit_seq = 4"
    for model in (*CHAINED, *PERSONAL)
    if table_of(model) not in EARLIER
] + ["DELETE FROM audit_entry WHERE seq = 4"]


def test_a_tail_cut_off_is_found_by_the_pen(tamper: Tamper) -> None:
    spool = "DELETE FROM spool"
    assert FindingKind.PEN in tamper(spool, *CUT)


def test_a_tail_cut_off_with_the_pen_set_back_is_found_by_the_head_beside_the_file(
    tamper: Tamper,
) -> None:
    found = tamper(
        "DELETE FROM spool",
        *CUT,
        "DELETE FROM sequence",
        "DELETE FROM case_now",
        "DELETE FROM presence",
        "UPDATE pen SET seq = 3, mac = (SELECT mac FROM audit_entry WHERE seq = 3)",
    )
    assert found == {FindingKind.CUT_OFF: "4"}


def test_a_head_that_lags_is_no_finding(database: Database, desk: Desk) -> None:
    """A kill between the commit and the file beside it leaves exactly that."""
    database.run_write(tell, desk)
    lagging = database.file.head_path.read_text()

    def more() -> None:
        with entry(desk, Action.RECORD_PERSON) as e:
            add_person(e, "Кийинки")

    database.run_write(more)
    database.file.head_path.write_text(lagging)
    assert database.run_read(audit.verify, desk).is_whole


def test_a_head_that_was_taken_away_or_spoiled_is_told(
    database: Database, desk: Desk, story: Story
) -> None:
    for spoil in (
        lambda: database.file.head_path.write_text("1 4 zz\n"),
        lambda: database.file.head_path.unlink(),
    ):
        spoil()
        (finding,) = database.run_read(audit.verify, desk).findings
        assert finding.kind is FindingKind.HEAD_MISSING


def test_another_head_of_the_same_height_is_told(tamper: Tamper, database: Database) -> None:
    database.file.head_path.write_text(f"1 4 {bytes(32).hex()}\n")
    assert tamper("UPDATE pen SET seq = seq") == {FindingKind.CUT_OFF: "4"}


@pytest.mark.parametrize("model", PERSONAL, ids=table_of)
def test_a_change_of_any_column_of_a_personal_row_breaks_its_seal(
    tamper: Tamper, model: type[PersonDetail]
) -> None:
    table = table_of(model)
    for column in columns_of(model):
        other = f"""CASE typeof("{column}") WHEN 'blob' THEN randomblob(length("{column}"))
            WHEN 'integer' THEN "{column}" + 1 WHEN 'text' THEN "{column}" || 'x'
            ELSE (SELECT CASE type WHEN 'BLOB' THEN randomblob(16) ELSE 'x' END
                FROM pragma_table_info('{table}') WHERE name = '{column}') END"""
        found = tamper(
            f'UPDATE {table} SET "{column}" = {other}'
            f" WHERE rowid = (SELECT min(rowid) FROM {table})"
        )
        assert {FindingKind.SEAL_BROKEN, FindingKind.SEAL_MISSING} & found.keys(), column


def test_a_personal_row_deleted_without_an_erasure_is_named(
    tamper: Tamper, story: Story
) -> None:
    found = tamper(f"DELETE FROM person_detail WHERE id = x'{story.detail.hex}'")
    assert found[FindingKind.PERSONAL_ROW_GONE] == f"person_detail {story.detail.hex}"


def test_a_personal_row_without_a_seal_is_named(tamper: Tamper) -> None:
    found = tamper(
        "INSERT INTO document SELECT randomblob(16), gate_id, audit_seq, salt, person_id, kind,"
        " country, number, surname, given, birth, sex, issued, expires, source, 'ok'"
        " FROM document LIMIT 1"
    )
    assert FindingKind.SEAL_MISSING in found


def test_an_erasure_leaves_the_chain_whole_and_no_name(
    database: Database, desk: Desk, story: Story
) -> None:
    def erase() -> None:
        with entry(desk, Action.ERASE) as e:
            e.add(Erasure, subject_id=story.person, ground="retention", at=e.now)
            for model in (PersonDetail, Document):
                model.delete().where(model.person_id == story.person).execute()
            SearchKey.delete().where(SearchKey.subject_id == story.person).execute()

    database.run_write(erase)
    result = database.run_read(audit.verify, desk)
    assert result.is_whole, result.findings
    assert result.personal_rows == 8


def test_a_name_that_an_erasure_left_in_the_search_is_named(
    database: Database, desk: Desk, story: Story
) -> None:
    def erase() -> None:
        with entry(desk, Action.ERASE) as e:
            e.add(Erasure, subject_id=story.person, ground="retention", at=e.now)
            for model in (PersonDetail, Document):
                model.delete().where(model.person_id == story.person).execute()

    database.run_write(erase)
    (finding,) = database.run_read(audit.verify, desk).findings
    assert (finding.kind, finding.what) == (FindingKind.SEARCH_KEY, story.person.hex)


@pytest.mark.parametrize(
    ("statement", "kind"),
    [
        ('UPDATE sequence SET "last" = "last" + 1', FindingKind.SEQUENCE),
        ("DELETE FROM sequence", FindingKind.SEQUENCE),
        ("UPDATE case_now SET state = 'void'", FindingKind.CASE_NOW),
        ("UPDATE case_now SET is_open = 0", FindingKind.CASE_NOW),
        ("UPDATE case_now SET last_at = 0", FindingKind.CASE_NOW),
        ("DELETE FROM case_now", FindingKind.CASE_NOW),
        (
            "INSERT INTO case_now VALUES (x'00', 'left', 1, 1, 1, NULL, NULL, NULL)",
            FindingKind.CASE_NOW,
        ),
        ("DELETE FROM presence", FindingKind.PRESENCE),
        ("INSERT INTO presence VALUES (x'00', x'00', x'00', 1, 1)", FindingKind.PRESENCE),
        ("DELETE FROM search_key WHERE kind = 2", FindingKind.SEARCH_KEY),
        ("UPDATE pen SET seq = seq + 1", FindingKind.PEN),
    ],
)
def test_a_cache_that_does_not_follow_from_the_facts_is_found(
    tamper: Tamper, statement: str, kind: FindingKind
) -> None:
    assert tamper(statement).keys() == {kind}


def test_who_left_is_no_longer_expected_inside(
    database: Database, desk: Desk, story: Story
) -> None:
    def leave() -> None:
        with entry(desk, Action.LEAVE) as e:
            add_step(e, story.case, 3, "left", "left", story.staff, story.member)
            database.file.execute_sql("DELETE FROM presence")

    database.run_write(leave)
    assert database.run_read(audit.verify, desk).is_whole


def test_with_another_key_nothing_fits(database: Database, desk: Desk, story: Story) -> None:
    stranger = replace(desk, audit_key=bytes(32))
    findings = database.run_read(audit.verify, stranger).findings
    assert {one.kind: one.count for one in findings} == {
        FindingKind.MAC: 4,
        FindingKind.SEAL_BROKEN: 10,
    }


def test_every_finding_has_a_sentence_with_a_place() -> None:
    for kind in FindingKind:
        assert "{what}" in audit.Finding(kind, "x", 1).sentence


# ---- the bytes

values = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**63), 2**63 - 1),
    st.binary(max_size=40),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=40),
)


@given(st.dictionaries(st.text("abcdefghij_", min_size=1), values))
def test_a_row_is_written_as_the_standard_library_writes_it(
    row: dict[str, chain.Value],
) -> None:
    plain = {name: value for name, value in row.items() if value is not None}
    for name, value in plain.items():
        if isinstance(value, bytes):
            plain[name] = value.hex()
        elif isinstance(value, bool):
            plain[name] = int(value)
    expected = json.dumps(
        ["step", plain], ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )
    assert chain.canonical("step", row) == expected.encode() + b"\n"


def test_a_row_in_bytes_never_changes() -> None:
    row = {"id": bytes(range(16)), "no": 2, "open": True, "given": "Өмүр", "left": None}
    assert chain.canonical("step", row).decode() == (
        '["step",{"given":"Өмүр","id":"000102030405060708090a0b0c0d0e0f","no":2,"open":1}]\n'
    )
    assert unicodedata.is_normalized("NFC", chain.canonical("step", row).decode())


def test_an_entry_is_signed_as_any_other_program_can_check_it() -> None:
    """Frozen: a chain written today is checked by every later Gatebook."""
    rows = [("step", b"b\n"), ("member", b"z\n"), ("step", b"a\n")]
    covered = hashlib.sha256(b"z\na\nb\n").digest()
    assert chain.digest(rows) == chain.digest(rows[::-1]) == covered
    signed = chain.mac(
        bytes(range(32)),
        gate=1,
        seq=7,
        at=1_772_767_800_123,
        offset_min=-90,
        staff_id=bytes(range(16)),
        object_id=None,
        rows=3,
        digest=covered,
        previous=bytes(range(32)),
        action=Action.ADMIT,
    )
    form = b"".join(
        (
            b"GBA1",
            (1).to_bytes(2, "big"),
            (7).to_bytes(8, "big"),
            (1_772_767_800_123).to_bytes(8, "big"),
            (-90).to_bytes(2, "big", signed=True),
            bytes(range(16)),
            bytes(16),
            (3).to_bytes(4, "big"),
            covered,
            bytes(range(32)),
            b"admit",
        )
    )
    assert signed == hmac.new(bytes(range(32)), form, "sha256").digest()
    assert signed.hex().startswith("2cce40c51b819d09")
