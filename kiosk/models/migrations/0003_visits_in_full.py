"""Relations, permissions, doubles, notes; sessions; the queue; things left, searches, reviews.

Frozen: this file says what was made then, whatever the models say now.
"""

from typing import Any

TABLES = """
CREATE TABLE relation (id BLOB NOT NULL PRIMARY KEY, gate_id INTEGER NOT NULL, audit_seq
    INTEGER NOT NULL, person_id BLOB NOT NULL, prisoner_id BLOB NOT NULL, kind TEXT NOT
    NULL, proof TEXT, consent TEXT NOT NULL, approved_by BLOB, "from" TEXT, "to" TEXT,
    staff_id BLOB NOT NULL, CHECK ("to" IS NULL OR "from" IS NULL OR "from" <= "to")) STRICT;
CREATE INDEX relation_person_id ON relation (person_id);
CREATE INDEX relation_prisoner_id_person_id ON relation (prisoner_id, person_id);

CREATE TABLE permission (id BLOB NOT NULL PRIMARY KEY, gate_id INTEGER NOT NULL, audit_seq
    INTEGER NOT NULL, prisoner_id BLOB NOT NULL, person_id BLOB, office TEXT, issuer TEXT
    NOT NULL, paper_no TEXT NOT NULL, "from" TEXT NOT NULL, "to" TEXT, uses INTEGER,
    staff_id BLOB NOT NULL, CHECK ("to" IS NULL OR "from" <= "to"), CHECK (uses IS NULL OR
    uses > 0)) STRICT;
CREATE INDEX permission_prisoner_id ON permission (prisoner_id);

CREATE TABLE same_person (id BLOB NOT NULL PRIMARY KEY, gate_id INTEGER NOT NULL, audit_seq
    INTEGER NOT NULL, a_id BLOB NOT NULL, b_id BLOB NOT NULL, ground TEXT NOT NULL, staff_id
    BLOB NOT NULL, CHECK (a_id <> b_id)) STRICT;
CREATE INDEX same_person_a_id ON same_person (a_id);
CREATE INDEX same_person_b_id ON same_person (b_id);

CREATE TABLE note (id BLOB NOT NULL PRIMARY KEY, gate_id INTEGER NOT NULL, audit_seq INTEGER
    NOT NULL, salt BLOB NOT NULL, subject_id BLOB NOT NULL, case_id BLOB, text TEXT NOT
    NULL, staff_id BLOB NOT NULL) STRICT;
CREATE INDEX note_subject_id ON note (subject_id);
CREATE INDEX note_case_id ON note (case_id);

CREATE TABLE signature (id BLOB NOT NULL PRIMARY KEY, gate_id INTEGER NOT NULL, audit_seq
    INTEGER NOT NULL, target_id BLOB NOT NULL REFERENCES rule_set (id), signer TEXT NOT
    NULL, staff_id BLOB NOT NULL) STRICT;
CREATE INDEX signature_target_id ON signature (target_id);

CREATE TABLE individual_rule (id BLOB NOT NULL PRIMARY KEY, gate_id INTEGER NOT NULL,
    audit_seq INTEGER NOT NULL, prisoner_id BLOB NOT NULL, code TEXT NOT NULL, services TEXT
    NOT NULL, "limit" TEXT NOT NULL, period TEXT NOT NULL, value INTEGER, legal_ref TEXT NOT
    NULL, "from" TEXT NOT NULL, "to" TEXT, staff_id BLOB NOT NULL, second_id BLOB, CHECK
    (second_id <> staff_id), CHECK ("to" IS NULL OR "from" <= "to")) STRICT;
CREATE INDEX individual_rule_prisoner_id ON individual_rule (prisoner_id);

CREATE TABLE import_batch (id BLOB NOT NULL PRIMARY KEY, gate_id INTEGER NOT NULL, audit_seq
    INTEGER NOT NULL, kind TEXT NOT NULL, file_hash BLOB NOT NULL, rows INTEGER NOT NULL,
    rejected INTEGER NOT NULL, staff_id BLOB NOT NULL) STRICT;

CREATE TABLE room (id BLOB NOT NULL PRIMARY KEY, gate_id INTEGER NOT NULL, audit_seq INTEGER
    NOT NULL, code TEXT NOT NULL, kind TEXT NOT NULL, seats INTEGER NOT NULL, staff_id BLOB
    NOT NULL) STRICT;

CREATE TABLE visit_slot (id BLOB NOT NULL PRIMARY KEY, gate_id INTEGER NOT NULL, audit_seq
    INTEGER NOT NULL, room_id BLOB NOT NULL, day TEXT NOT NULL, from_min INTEGER NOT NULL,
    to_min INTEGER NOT NULL, seats INTEGER NOT NULL, staff_id BLOB NOT NULL, CHECK (0 <=
    from_min AND from_min < to_min AND to_min <= 1440), CHECK (seats > 0)) STRICT;
CREATE INDEX visit_slot_day ON visit_slot (day);

CREATE TABLE slot_block (id BLOB NOT NULL PRIMARY KEY, gate_id INTEGER NOT NULL, audit_seq
    INTEGER NOT NULL, slot_id BLOB, day TEXT, reason TEXT NOT NULL, staff_id BLOB NOT NULL,
    CHECK ((slot_id IS NULL) <> (day IS NULL))) STRICT;
CREATE INDEX slot_block_slot_id ON slot_block (slot_id);
CREATE INDEX slot_block_day ON slot_block (day);

CREATE TABLE visit_plan (id BLOB NOT NULL PRIMARY KEY, gate_id INTEGER NOT NULL, audit_seq
    INTEGER NOT NULL, case_id BLOB NOT NULL REFERENCES gate_case (id), slot_id BLOB NOT
    NULL, nights INTEGER NOT NULL) STRICT;
CREATE INDEX visit_plan_case_id ON visit_plan (case_id);
CREATE INDEX visit_plan_slot_id ON visit_plan (slot_id);

CREATE TABLE ticket (id BLOB NOT NULL PRIMARY KEY, gate_id INTEGER NOT NULL, audit_seq
    INTEGER NOT NULL, day TEXT NOT NULL, at INTEGER NOT NULL, service TEXT NOT NULL,
    person_id BLOB, prisoner_id BLOB, others INTEGER NOT NULL, answer TEXT NOT NULL, reasons
    TEXT, staff_id BLOB NOT NULL) STRICT;
CREATE INDEX ticket_day ON ticket (day);

CREATE TABLE ticket_step (id BLOB NOT NULL PRIMARY KEY, gate_id INTEGER NOT NULL, audit_seq
    INTEGER NOT NULL, ticket_id BLOB NOT NULL REFERENCES ticket (id), no INTEGER NOT NULL,
    state TEXT NOT NULL, at INTEGER NOT NULL, "window" TEXT NOT NULL, reason TEXT, staff_id
    BLOB NOT NULL) STRICT;
CREATE UNIQUE INDEX ticket_step_ticket_id_gate_id_no ON ticket_step (ticket_id, gate_id, no);

CREATE TABLE deposit (id BLOB NOT NULL PRIMARY KEY, gate_id INTEGER NOT NULL, audit_seq
    INTEGER NOT NULL, member_id BLOB NOT NULL REFERENCES member (id), tag TEXT NOT NULL,
    what TEXT NOT NULL, pieces INTEGER NOT NULL, at INTEGER NOT NULL, staff_id BLOB NOT
    NULL, CHECK (pieces > 0)) STRICT;
CREATE INDEX deposit_member_id ON deposit (member_id);

CREATE TABLE search (id BLOB NOT NULL PRIMARY KEY, gate_id INTEGER NOT NULL, audit_seq
    INTEGER NOT NULL, member_id BLOB NOT NULL REFERENCES member (id), level TEXT NOT NULL,
    officer_id BLOB NOT NULL, officer_sex TEXT NOT NULL, consent TEXT NOT NULL, result TEXT
    NOT NULL, at INTEGER NOT NULL, staff_id BLOB NOT NULL) STRICT;
CREATE INDEX search_member_id ON search (member_id);

CREATE TABLE review (id BLOB NOT NULL PRIMARY KEY, gate_id INTEGER NOT NULL, audit_seq
    INTEGER NOT NULL, case_id BLOB, subject_id BLOB, kind TEXT NOT NULL, cause_id BLOB NOT
    NULL, at INTEGER NOT NULL) STRICT;
CREATE INDEX review_case_id ON review (case_id);
CREATE INDEX review_subject_id ON review (subject_id);
CREATE INDEX review_cause_id ON review (cause_id);

CREATE TABLE draft (id BLOB NOT NULL PRIMARY KEY, staff_id BLOB NOT NULL, "window" TEXT NOT
    NULL, kind TEXT NOT NULL, body TEXT NOT NULL, at INTEGER NOT NULL) STRICT;
CREATE INDEX draft_window ON draft ("window");

CREATE TABLE report_taken (id BLOB NOT NULL PRIMARY KEY, gate_id INTEGER NOT NULL, audit_seq
    INTEGER NOT NULL, staff_id BLOB NOT NULL, name TEXT NOT NULL, form TEXT NOT NULL, "from"
    TEXT NOT NULL, "to" TEXT NOT NULL, service TEXT, masked INTEGER NOT NULL) STRICT;
CREATE INDEX report_taken_staff_id ON report_taken (staff_id);
"""

FACTS = (
    "relation",
    "permission",
    "same_person",
    "signature",
    "individual_rule",
    "import_batch",
    "room",
    "visit_slot",
    "slot_block",
    "visit_plan",
    "ticket",
    "ticket_step",
    "deposit",
    "search",
    "review",
    "report_taken",
)
PERSONAL = "note"
SUBJECT = "subject_id"

NO_UPDATE = (
    "CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table}"
    " BEGIN SELECT RAISE(ABORT, '{table}: facts are never changed'); END"
)
NO_DELETE = (
    "CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table}{unless}"
    " BEGIN SELECT RAISE(ABORT, '{table}: facts are never deleted'); END"
)
UNLESS_ERASED = f" WHEN NOT EXISTS (SELECT 1 FROM erasure WHERE subject_id = OLD.{SUBJECT})"

# On what ground two persons signed against the rules.
GROUND = 'ALTER TABLE decision ADD COLUMN "ground" TEXT'
# From which moment of its first day a restriction holds, and the number of its paper.
FROM_AT = 'ALTER TABLE restriction ADD COLUMN "from_at" INTEGER'
PAPER_NO = 'ALTER TABLE restriction ADD COLUMN "paper_no" TEXT'
# When a stay in the isolator or a medical conclusion ends by itself.
UNTIL_AT = 'ALTER TABLE prisoner_event ADD COLUMN "until_at" INTEGER'
# By whose paper somebody comes; how often it was used is counted from those who name it.
PERMISSION = 'ALTER TABLE member ADD COLUMN "permission_id" BLOB'
PERMISSION_USED = (
    "CREATE INDEX member_permission ON member (permission_id) WHERE permission_id IS NOT NULL"
)
# Also finds those of the whole facility, which name neither.
RESTRICTION_INDEX = (
    "CREATE INDEX restriction_person_id_prisoner_id ON restriction (person_id, prisoner_id)"
)

# A year of birth typed beside a name tells namesakes apart.
BORN = "CREATE INDEX person_detail_birth_person_id ON person_detail (birth, person_id)"
PRISONER_BORN = (
    "CREATE INDEX prisoner_detail_birth_year_prisoner_id"
    " ON prisoner_detail (birth_year, prisoner_id)"
)


def up(migrator: Any, db: Any) -> None:
    for statement in TABLES.split(";"):
        if statement.strip():
            db.execute_sql(statement)
    for table in (*FACTS, PERSONAL):
        unless = UNLESS_ERASED if table == PERSONAL else ""
        db.execute_sql(NO_UPDATE.format(table=table))
        db.execute_sql(NO_DELETE.format(table=table, unless=unless))
    for statement in (
        GROUND,
        FROM_AT,
        PAPER_NO,
        UNTIL_AT,
        PERMISSION,
        PERMISSION_USED,
        RESTRICTION_INDEX,
        BORN,
        PRISONER_BORN,
    ):
        db.execute_sql(statement)
