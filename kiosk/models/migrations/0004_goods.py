"""What is brought: the catalogue, parcels and items, places, lots, finds and their acts.

Frozen: this file says what was made then, whatever the models say now.
"""

from typing import Any

TABLES = """
CREATE TABLE catalogue_item (id BLOB NOT NULL PRIMARY KEY, gate_id INTEGER NOT NULL,
    audit_seq INTEGER NOT NULL, code TEXT NOT NULL, code_ky TEXT, code_ru TEXT, name_ky TEXT
    NOT NULL, name_ru TEXT NOT NULL, name_en TEXT NOT NULL, goods_class TEXT NOT NULL, unit
    TEXT NOT NULL, allowed TEXT NOT NULL, max_pieces INTEGER, max_grams INTEGER,
    perishable_hours INTEGER, medical INTEGER NOT NULL, inspection TEXT NOT NULL, valid_from
    TEXT NOT NULL, legal_ref TEXT NOT NULL, staff_id BLOB, CHECK (max_pieces IS NULL OR
    max_pieces > 0), CHECK (max_grams IS NULL OR max_grams > 0), CHECK (perishable_hours IS
    NULL OR perishable_hours > 0)) STRICT;
CREATE INDEX catalogue_item_code_valid_from ON catalogue_item (code, valid_from);

CREATE TABLE parcel (id BLOB NOT NULL PRIMARY KEY, gate_id INTEGER NOT NULL, audit_seq
    INTEGER NOT NULL, case_id BLOB NOT NULL REFERENCES gate_case (id), gross_grams INTEGER
    NOT NULL, net_grams INTEGER NOT NULL, weighed_by TEXT NOT NULL, keep_until INTEGER,
    post_no TEXT, CHECK (0 <= net_grams AND net_grams <= gross_grams), CHECK (gross_grams <=
    500000)) STRICT;
CREATE UNIQUE INDEX parcel_case_id ON parcel (case_id);
CREATE INDEX parcel_post_no ON parcel (post_no) WHERE post_no IS NOT NULL;

CREATE TABLE item (id BLOB NOT NULL PRIMARY KEY, gate_id INTEGER NOT NULL, audit_seq INTEGER
    NOT NULL, case_id BLOB NOT NULL REFERENCES gate_case (id), no INTEGER NOT NULL,
    catalogue_id BLOB, code TEXT, goods_class TEXT NOT NULL, unit TEXT NOT NULL, pieces
    INTEGER NOT NULL, grams INTEGER NOT NULL, tyiyn INTEGER, verdict TEXT NOT NULL, reason
    TEXT, rule TEXT, replaces INTEGER, CHECK (grams >= 0), CHECK (pieces >= 0), CHECK (tyiyn
    IS NULL OR tyiyn >= 0)) STRICT;
CREATE UNIQUE INDEX item_case_id_no ON item (case_id, no);

CREATE TABLE item_words (id BLOB NOT NULL PRIMARY KEY, gate_id INTEGER NOT NULL, audit_seq
    INTEGER NOT NULL, salt BLOB NOT NULL, item_id BLOB NOT NULL, prisoner_id BLOB NOT NULL,
    words TEXT, paper_number TEXT) STRICT;
CREATE INDEX item_words_item_id ON item_words (item_id);
CREATE INDEX item_words_prisoner_id ON item_words (prisoner_id);

CREATE TABLE step_words (id BLOB NOT NULL PRIMARY KEY, gate_id INTEGER NOT NULL, audit_seq
    INTEGER NOT NULL, salt BLOB NOT NULL, step_id BLOB NOT NULL, prisoner_id BLOB NOT NULL,
    signed_by TEXT NOT NULL) STRICT;
CREATE INDEX step_words_step_id ON step_words (step_id);
CREATE INDEX step_words_prisoner_id ON step_words (prisoner_id);

CREATE TABLE place (id BLOB NOT NULL PRIMARY KEY, gate_id INTEGER NOT NULL, audit_seq
    INTEGER NOT NULL, code TEXT NOT NULL, kind TEXT NOT NULL, capacity INTEGER NOT NULL,
    staff_id BLOB NOT NULL, CHECK (capacity > 0)) STRICT;

CREATE TABLE draw_seed (id BLOB NOT NULL PRIMARY KEY, gate_id INTEGER NOT NULL, audit_seq
    INTEGER NOT NULL, day TEXT NOT NULL, seed BLOB NOT NULL, percent INTEGER NOT NULL)
    STRICT;
CREATE UNIQUE INDEX draw_seed_gate_id_day ON draw_seed (gate_id, day);

CREATE TABLE drawing (id BLOB NOT NULL PRIMARY KEY, gate_id INTEGER NOT NULL, audit_seq
    INTEGER NOT NULL, seed_id BLOB NOT NULL REFERENCES draw_seed (id), no INTEGER NOT NULL,
    person_id BLOB, prisoner_id BLOB NOT NULL, drawn INTEGER NOT NULL, at INTEGER NOT NULL,
    staff_id BLOB NOT NULL) STRICT;
CREATE UNIQUE INDEX drawing_seed_id_no ON drawing (seed_id, no);
CREATE INDEX drawing_prisoner_id_seed_id ON drawing (prisoner_id, seed_id);

CREATE TABLE find (id BLOB NOT NULL PRIMARY KEY, gate_id INTEGER NOT NULL, audit_seq INTEGER
    NOT NULL, case_id BLOB REFERENCES gate_case (id), item_no INTEGER, member_id BLOB,
    person_id BLOB, prisoner_id BLOB, channel TEXT NOT NULL, at INTEGER NOT NULL, found_by
    BLOB NOT NULL, staff_id BLOB NOT NULL) STRICT;
CREATE INDEX find_case_id ON find (case_id);
CREATE INDEX find_person_id ON find (person_id);
CREATE INDEX find_prisoner_id ON find (prisoner_id);

CREATE TABLE find_thing (id BLOB NOT NULL PRIMARY KEY, gate_id INTEGER NOT NULL, audit_seq
    INTEGER NOT NULL, find_id BLOB NOT NULL REFERENCES find (id), kind TEXT NOT NULL, pieces
    INTEGER NOT NULL, grams INTEGER, unit TEXT NOT NULL, hidden_in TEXT NOT NULL, staff_id
    BLOB NOT NULL, CHECK (pieces >= 0), CHECK (grams IS NULL OR grams > 0)) STRICT;
CREATE INDEX find_thing_find_id ON find_thing (find_id);

CREATE TABLE find_words (id BLOB NOT NULL PRIMARY KEY, gate_id INTEGER NOT NULL, audit_seq
    INTEGER NOT NULL, salt BLOB NOT NULL, find_id BLOB NOT NULL, subject_id BLOB NOT NULL,
    hidden TEXT, photos TEXT, witness TEXT, bringer TEXT, words TEXT) STRICT;
CREATE INDEX find_words_find_id ON find_words (find_id);
CREATE INDEX find_words_subject_id ON find_words (subject_id);

CREATE TABLE find_act (id BLOB NOT NULL PRIMARY KEY, gate_id INTEGER NOT NULL, audit_seq
    INTEGER NOT NULL, find_id BLOB NOT NULL REFERENCES find (id), act_no TEXT NOT NULL,
    article TEXT NOT NULL, passed_to TEXT NOT NULL, witness_id BLOB, seal_no TEXT,
    fine_tyiyn INTEGER, at INTEGER NOT NULL, staff_id BLOB NOT NULL, CHECK (witness_id <>
    staff_id), CHECK (fine_tyiyn IS NULL OR fine_tyiyn > 0)) STRICT;
CREATE UNIQUE INDEX find_act_find_id_gate_id ON find_act (find_id, gate_id);
"""

FACTS = (
    "catalogue_item",
    "parcel",
    "item",
    "place",
    "draw_seed",
    "drawing",
    "find",
    "find_thing",
    "find_act",
)
# Each with the column that says whose data a row is.
PERSONAL = {
    "item_words": "prisoner_id",
    "step_words": "prisoner_id",
    "find_words": "subject_id",
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


# Money and papers of a parcel lie apart from the rest of it.
SAFE = "ALTER TABLE case_now ADD COLUMN safe_id BLOB"


def up(migrator: Any, db: Any) -> None:
    db.execute_sql(SAFE)
    for statement in TABLES.split(";"):
        if statement.strip():
            db.execute_sql(statement)
    for table in (*FACTS, *PERSONAL):
        subject = PERSONAL.get(table)
        unless = UNLESS_ERASED.format(subject=subject) if subject is not None else ""
        db.execute_sql(NO_UPDATE.format(table=table))
        db.execute_sql(NO_DELETE.format(table=table, unless=unless))
