"""What the spool and the register say about papers, for the tests of what officers do."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from kiosk.codes import JobState
from kiosk.services import print_queue, printing
from kiosk.values import PrintJob, Recorded

from .gatehouse import Gatehouse


def two_badges(gatehouse: Gatehouse) -> Recorded:
    """A visit of two, so with a badge each."""
    return gatehouse.visit(
        gatehouse.prisoner(), gatehouse.visitor("Асанова"), gatehouse.visitor("Бекова")
    )


def print_all(gatehouse: Gatehouse, state: JobState = JobState.CONFIRMED) -> list[PrintJob]:
    """Send what is queued, and mark what became of each."""
    sent = []
    while (attempt := gatehouse.do(print_queue.next_job, "printer")) is not None:
        gatehouse.do(print_queue.mark, attempt.job.job_id, state)
        sent.append(attempt.job)
    return sent


def state_of(gatehouse: Gatehouse, job_id: UUID) -> str:
    ((state,),) = gatehouse.rows("SELECT state FROM spool WHERE job_id = ?", job_id.bytes)
    return str(state)


def last_act(gatehouse: Gatehouse) -> tuple[Any, ...]:
    """Who did what about what, by the last audit entry."""
    (found,) = gatehouse.rows(
        "SELECT action, staff_id, object_id FROM audit_entry ORDER BY seq DESC LIMIT 1"
    )
    return found


def endings(gatehouse: Gatehouse) -> list[tuple[Any, ...]]:
    return gatehouse.rows("SELECT target, reason FROM ending ORDER BY id")


def body(job: PrintJob) -> dict[str, Any]:
    decoded: dict[str, Any] = json.loads(job.body)
    return decoded


def copy_no(gatehouse: Gatehouse, job_id: UUID) -> int:
    return int(body(gatehouse.ask(printing.body, job_id))["copy_no"])


def erase_bodies(gatehouse: Gatehouse) -> None:
    gatehouse.db.run_write(
        lambda: gatehouse.db.file.execute_sql("UPDATE spool SET body = NULL")
    )
