"""Every attempt to print a paper becomes a row of its own.

Frozen: this file says what was made then, whatever the models say now. A paper that was on
its way when the older Gatebook stopped gets the attempt of which nobody knows the end.
"""

from typing import Any

TABLE = """
CREATE TABLE print_attempt (
    job_id BLOB NOT NULL REFERENCES print_job (id), no INTEGER NOT NULL, at INTEGER NOT NULL,
    printer TEXT NOT NULL, bytes INTEGER, outcome TEXT, proof TEXT, PRIMARY KEY (job_id, no)
) STRICT"""
ON_ITS_WAY = """
INSERT INTO print_attempt (job_id, no, at, printer)
    SELECT job_id, 1, last_at, 'printer' FROM spool WHERE state = 'sending'"""


def up(migrator: Any, db: Any) -> None:
    db.execute_sql(TABLE)
    db.execute_sql(ON_ITS_WAY)
