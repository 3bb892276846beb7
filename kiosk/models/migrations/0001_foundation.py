"""The thirty tables of the foundation, and the triggers that protect them.

Frozen: this file says what was made then, whatever the models say now. On a fact table a
later migration may add a nullable column and nothing else; a table that is rebuilt
loses its triggers, and a default would break the digest of every old row.
"""

from typing import Any

TABLES = """
CREATE TABLE person (
    id BLOB NOT NULL PRIMARY KEY, gate_id INTEGER NOT NULL, audit_seq INTEGER NOT NULL,
    at INTEGER NOT NULL
) STRICT;

CREATE TABLE person_detail (
    id BLOB NOT NULL PRIMARY KEY, gate_id INTEGER NOT NULL, audit_seq INTEGER NOT NULL,
    salt BLOB NOT NULL, person_id BLOB NOT NULL, surname TEXT NOT NULL, given TEXT NOT NULL,
    patronymic TEXT, birth TEXT NOT NULL, sex TEXT NOT NULL, personal_number TEXT,
    number_conflict INTEGER NOT NULL, phone TEXT, language TEXT
) STRICT;
CREATE INDEX person_detail_person_id ON person_detail (person_id);
CREATE INDEX person_detail_personal_number ON person_detail (personal_number);

CREATE TABLE document (
    id BLOB NOT NULL PRIMARY KEY, gate_id INTEGER NOT NULL, audit_seq INTEGER NOT NULL,
    salt BLOB NOT NULL, person_id BLOB NOT NULL, kind TEXT NOT NULL, country TEXT NOT NULL,
    number TEXT NOT NULL, surname TEXT, given TEXT, birth TEXT, sex TEXT, issued TEXT,
    expires TEXT, source TEXT NOT NULL, "check" TEXT NOT NULL
) STRICT;
CREATE INDEX document_person_id ON document (person_id);
CREATE INDEX document_number_country ON document (number, country);

CREATE TABLE search_key (
    kind INTEGER NOT NULL, word TEXT NOT NULL, subject_id BLOB NOT NULL,
    PRIMARY KEY (kind, word, subject_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX search_key_subject_id_word ON search_key (subject_id, word);

CREATE TABLE prisoner (
    id BLOB NOT NULL PRIMARY KEY, gate_id INTEGER NOT NULL, audit_seq INTEGER NOT NULL,
    at INTEGER NOT NULL
) STRICT;

CREATE TABLE prisoner_detail (
    id BLOB NOT NULL PRIMARY KEY, gate_id INTEGER NOT NULL, audit_seq INTEGER NOT NULL,
    salt BLOB NOT NULL, prisoner_id BLOB NOT NULL, file_number TEXT NOT NULL,
    prison TEXT NOT NULL, surname TEXT NOT NULL, given TEXT NOT NULL, patronymic TEXT,
    birth_year INTEGER NOT NULL, sex TEXT NOT NULL, import_id BLOB
) STRICT;
CREATE INDEX prisoner_detail_prisoner_id ON prisoner_detail (prisoner_id);
CREATE INDEX prisoner_detail_file_number ON prisoner_detail (file_number);

CREATE TABLE prisoner_event (
    id BLOB NOT NULL PRIMARY KEY, gate_id INTEGER NOT NULL, audit_seq INTEGER NOT NULL,
    prisoner_id BLOB NOT NULL, kind TEXT NOT NULL, value TEXT NOT NULL,
    from_at INTEGER NOT NULL, staff_id BLOB, paper TEXT
) STRICT;
CREATE INDEX prisoner_event_prisoner_id_kind_from_at ON prisoner_event
    (prisoner_id, kind, from_at);

CREATE TABLE restriction (
    id BLOB NOT NULL PRIMARY KEY, gate_id INTEGER NOT NULL, audit_seq INTEGER NOT NULL,
    person_id BLOB, prisoner_id BLOB, other_prisoner_id BLOB, kind TEXT NOT NULL,
    services TEXT, goods TEXT, "from" TEXT NOT NULL, "to" TEXT, ground TEXT NOT NULL,
    issuer TEXT NOT NULL,
    CHECK (other_prisoner_id IS NULL OR (prisoner_id IS NOT NULL AND person_id IS NULL)),
    CHECK ("to" IS NULL OR "from" <= "to")
) STRICT;
CREATE INDEX restriction_person_id ON restriction (person_id);
CREATE INDEX restriction_prisoner_id ON restriction (prisoner_id);

CREATE TABLE ending (
    id BLOB NOT NULL PRIMARY KEY, gate_id INTEGER NOT NULL, audit_seq INTEGER NOT NULL,
    target_id BLOB NOT NULL, target TEXT NOT NULL, reason TEXT NOT NULL, "on" TEXT NOT NULL,
    staff_id BLOB NOT NULL, second_id BLOB, CHECK (second_id <> staff_id)
) STRICT;
CREATE UNIQUE INDEX ending_gate_id_target_id ON ending (gate_id, target_id);

CREATE TABLE gate (
    id INTEGER NOT NULL PRIMARY KEY, gate_id INTEGER NOT NULL, audit_seq INTEGER NOT NULL,
    prison TEXT NOT NULL, prison_name TEXT NOT NULL, name TEXT NOT NULL,
    time_zone TEXT NOT NULL
) STRICT;

CREATE TABLE staff (
    id BLOB NOT NULL PRIMARY KEY, gate_id INTEGER NOT NULL, audit_seq INTEGER NOT NULL,
    salt BLOB NOT NULL, staff_id BLOB NOT NULL, login TEXT NOT NULL, name TEXT NOT NULL,
    sex TEXT NOT NULL, roles TEXT NOT NULL, active INTEGER NOT NULL, by_id BLOB
) STRICT;
CREATE INDEX staff_staff_id ON staff (staff_id);
CREATE INDEX staff_login ON staff (login);

CREATE TABLE credential (
    staff_id BLOB NOT NULL PRIMARY KEY, passphrase_hash TEXT NOT NULL, unlock_hash TEXT,
    failures INTEGER NOT NULL, locked_until INTEGER
) STRICT;

CREATE TABLE sign_in (
    id BLOB NOT NULL PRIMARY KEY, gate_id INTEGER NOT NULL, audit_seq INTEGER NOT NULL,
    staff_id BLOB, kind TEXT NOT NULL, subject_id BLOB, "window" TEXT NOT NULL
) STRICT;
CREATE INDEX sign_in_staff_id_id ON sign_in (staff_id, id);

CREATE TABLE rule_set (
    id BLOB NOT NULL PRIMARY KEY, gate_id INTEGER NOT NULL, audit_seq INTEGER NOT NULL,
    name TEXT NOT NULL, version TEXT NOT NULL, valid_from TEXT NOT NULL,
    source TEXT NOT NULL, content_hash BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX rule_set_gate_id_name_version ON rule_set (gate_id, name, version);

CREATE TABLE rule (
    id BLOB NOT NULL PRIMARY KEY, gate_id INTEGER NOT NULL, audit_seq INTEGER NOT NULL,
    rule_set_id BLOB NOT NULL REFERENCES rule_set (id), code TEXT NOT NULL,
    services TEXT NOT NULL, prisoner_id BLOB, minor INTEGER, category TEXT, regime TEXT,
    condition TEXT, sex TEXT, medical TEXT, "limit" TEXT NOT NULL, period TEXT NOT NULL,
    value INTEGER, bypass TEXT, legal_ref TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX rule_rule_set_id_code ON rule (rule_set_id, code);

CREATE TABLE gate_case (
    id BLOB NOT NULL PRIMARY KEY, gate_id INTEGER NOT NULL, audit_seq INTEGER NOT NULL,
    service TEXT NOT NULL, prisoner_id BLOB NOT NULL, prisoner_detail_id BLOB NOT NULL,
    day TEXT NOT NULL, at INTEGER NOT NULL, staff_id BLOB NOT NULL, ticket_id BLOB,
    permission_id BLOB
) STRICT;
CREATE INDEX gate_case_prisoner_id_id ON gate_case (prisoner_id, id);
CREATE INDEX gate_case_day_service ON gate_case (day, service);

CREATE TABLE member (
    id BLOB NOT NULL PRIMARY KEY, gate_id INTEGER NOT NULL, audit_seq INTEGER NOT NULL,
    case_id BLOB NOT NULL REFERENCES gate_case (id), no INTEGER NOT NULL,
    person_id BLOB NOT NULL, detail_id BLOB NOT NULL, document_id BLOB, role TEXT NOT NULL,
    relation TEXT
) STRICT;
CREATE UNIQUE INDEX member_case_id_no ON member (case_id, no);
CREATE INDEX member_person_id_case_id ON member (person_id, case_id);

CREATE TABLE step (
    id BLOB NOT NULL PRIMARY KEY, gate_id INTEGER NOT NULL, audit_seq INTEGER NOT NULL,
    case_id BLOB NOT NULL REFERENCES gate_case (id), no INTEGER NOT NULL, kind TEXT NOT NULL,
    state TEXT NOT NULL, member_id BLOB REFERENCES member (id), at INTEGER NOT NULL,
    staff_id BLOB NOT NULL, second_id BLOB, reason TEXT, data TEXT,
    CHECK (second_id <> staff_id)
) STRICT;
CREATE UNIQUE INDEX step_case_id_gate_id_no ON step (case_id, gate_id, no);
CREATE UNIQUE INDEX step_handed_over ON step (gate_id, case_id) WHERE kind = 'handed_over';

CREATE TABLE register_number (
    id BLOB NOT NULL PRIMARY KEY, gate_id INTEGER NOT NULL, audit_seq INTEGER NOT NULL,
    series TEXT NOT NULL, period TEXT NOT NULL, no INTEGER NOT NULL, object_id BLOB NOT NULL
) STRICT;
CREATE INDEX register_number_object_id ON register_number (object_id);
CREATE UNIQUE INDEX register_number_gate_id_series_period_no ON register_number
    (gate_id, series, period, no);

CREATE TABLE decision (
    id BLOB NOT NULL PRIMARY KEY, gate_id INTEGER NOT NULL, audit_seq INTEGER NOT NULL,
    case_id BLOB NOT NULL REFERENCES gate_case (id), at INTEGER NOT NULL,
    rule_set_id BLOB NOT NULL, result TEXT NOT NULL, reasons TEXT NOT NULL,
    inputs TEXT NOT NULL, staff_id BLOB NOT NULL, second_id BLOB,
    CHECK (second_id <> staff_id)
) STRICT;
CREATE INDEX decision_case_id ON decision (case_id);

CREATE TABLE ledger (
    id BLOB NOT NULL PRIMARY KEY, gate_id INTEGER NOT NULL, audit_seq INTEGER NOT NULL,
    prisoner_id BLOB NOT NULL, service TEXT NOT NULL, counts_on TEXT NOT NULL,
    kind TEXT NOT NULL, pieces INTEGER NOT NULL, grams INTEGER NOT NULL,
    case_id BLOB REFERENCES gate_case (id), reverses BLOB REFERENCES ledger (id), rule TEXT,
    reason TEXT, staff_id BLOB NOT NULL, second_id BLOB, CHECK (second_id <> staff_id),
    CHECK ((kind = 'refund') = (reverses IS NOT NULL))
) STRICT;
CREATE INDEX ledger_case_id ON ledger (case_id);
CREATE INDEX ledger_prisoner_id_service_counts_on ON ledger
    (prisoner_id, service, counts_on);
CREATE UNIQUE INDEX ledger_gate_id_reverses ON ledger (gate_id, reverses);

CREATE TABLE case_now (
    case_id BLOB NOT NULL PRIMARY KEY, state TEXT NOT NULL, last_no INTEGER NOT NULL,
    last_at INTEGER NOT NULL, is_open INTEGER NOT NULL, place_id BLOB, due_at INTEGER
) STRICT;
CREATE INDEX case_now_open ON case_now (state) WHERE is_open;

CREATE TABLE presence (
    member_id BLOB NOT NULL PRIMARY KEY, person_root BLOB NOT NULL, case_id BLOB NOT NULL,
    since INTEGER NOT NULL, due INTEGER
) STRICT;
CREATE UNIQUE INDEX presence_person_root ON presence (person_root);

CREATE TABLE print_job (
    id BLOB NOT NULL PRIMARY KEY, gate_id INTEGER NOT NULL, audit_seq INTEGER NOT NULL,
    case_id BLOB REFERENCES gate_case (id), template TEXT NOT NULL, language TEXT NOT NULL,
    copy_no INTEGER NOT NULL, copy_of BLOB REFERENCES print_job (id), body_mac BLOB NOT NULL
) STRICT;
CREATE INDEX print_job_case_id ON print_job (case_id);

CREATE TABLE spool (
    job_id BLOB NOT NULL PRIMARY KEY REFERENCES print_job (id), state TEXT NOT NULL,
    body TEXT, last_at INTEGER NOT NULL
) STRICT;
CREATE INDEX spool_open ON spool (state)
    WHERE state NOT IN ('confirmed', 'settled', 'cancelled');

CREATE TABLE audit_entry (
    gate_id INTEGER NOT NULL, seq INTEGER NOT NULL, at INTEGER NOT NULL,
    offset_min INTEGER NOT NULL, staff_id BLOB, action TEXT NOT NULL, object_id BLOB,
    rows INTEGER NOT NULL, digest BLOB NOT NULL, mac BLOB NOT NULL,
    PRIMARY KEY (gate_id, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX audit_entry_object_id ON audit_entry (object_id);

CREATE TABLE pen (
    gate_id INTEGER NOT NULL PRIMARY KEY, seq INTEGER NOT NULL, mac BLOB NOT NULL,
    last_id BLOB NOT NULL, last_at INTEGER NOT NULL
) STRICT;

CREATE TABLE sequence (
    gate_id INTEGER NOT NULL, series TEXT NOT NULL, period TEXT NOT NULL,
    "last" INTEGER NOT NULL, PRIMARY KEY (gate_id, series, period)
) STRICT, WITHOUT ROWID;

CREATE TABLE seal (
    id BLOB NOT NULL PRIMARY KEY, gate_id INTEGER NOT NULL, audit_seq INTEGER NOT NULL,
    subject_id BLOB NOT NULL, "table" TEXT NOT NULL, mac BLOB NOT NULL
) STRICT;
CREATE INDEX seal_subject_id ON seal (subject_id);

CREATE TABLE erasure (
    id BLOB NOT NULL PRIMARY KEY, gate_id INTEGER NOT NULL, audit_seq INTEGER NOT NULL,
    subject_id BLOB NOT NULL, ground TEXT NOT NULL, at INTEGER NOT NULL, staff_id BLOB
) STRICT;
CREATE INDEX erasure_subject_id ON erasure (subject_id);
"""

FACTS = (
    "person",
    "prisoner",
    "prisoner_event",
    "restriction",
    "ending",
    "gate",
    "sign_in",
    "rule_set",
    "rule",
    "gate_case",
    "member",
    "step",
    "register_number",
    "decision",
    "ledger",
    "print_job",
    "audit_entry",
    "seal",
    "erasure",
)

PERSONAL = {
    "person_detail": "person_id",
    "document": "person_id",
    "prisoner_detail": "prisoner_id",
    "staff": "staff_id",
}

NO_UPDATE = (
    "CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table}"
    " BEGIN SELECT RAISE(ABORT, '{table}: facts are never changed'); END"
)
NO_DELETE = (
    "CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table}{unless}"
    " BEGIN SELECT RAISE(ABORT, '{table}: facts are never deleted'); END"
)
UNLESS_ERASED = " WHEN NOT EXISTS (SELECT 1 FROM erasure WHERE subject_id = OLD.{subject})"

STEP_KEEPS_CASE_NOW = (
    "CREATE TRIGGER step_keeps_case_now AFTER INSERT ON step"
    " BEGIN INSERT INTO case_now (case_id, state, last_no, last_at, is_open)"
    " VALUES (NEW.case_id, NEW.state, NEW.no, NEW.at,"
    " NEW.state NOT IN ('cancelled', 'closed', 'forwarded', 'refused', 'void'))"
    " ON CONFLICT (case_id) DO UPDATE SET state = excluded.state, last_no = excluded.last_no,"
    " last_at = excluded.last_at, is_open = excluded.is_open"
    " WHERE excluded.last_no > case_now.last_no; END"
)


def up(migrator: Any, db: Any) -> None:
    for statement in TABLES.split(";"):
        if statement.strip():
            db.execute_sql(statement)
    for table in (*FACTS, *PERSONAL):
        unless = UNLESS_ERASED.format(subject=PERSONAL[table]) if table in PERSONAL else ""
        db.execute_sql(NO_UPDATE.format(table=table))
        db.execute_sql(NO_DELETE.format(table=table, unless=unless))
    db.execute_sql(STEP_KEEPS_CASE_NOW)
