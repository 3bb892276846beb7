"""The queue of papers: ordered inside the transaction that makes them due, printed after it.

That a paper was ordered is a fact; what became of it is known to this machine only, so
marking a job leaves no audit entry. Its states:

    queued → sending → sent | confirmed | uncertain | queued (provably unprinted)
    uncertain → confirmed, or cancelled by a person who says that it did not come out
"""

from __future__ import annotations

import hmac
from dataclasses import replace
from typing import Any, cast
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec
from peewee import SQL, ModelSelect

from kiosk.clock import local
from kiosk.codes import Action, JobState, Template
from kiosk.errors import NotFound, Refused
from kiosk.models import AuditEntry, PrintJob, Spool
from kiosk.papers import BODIES, Body
from kiosk.services.desk import Desk
from kiosk.services.duty import must_register
from kiosk.services.entry import Entry, entry
from kiosk.text import N_
from kiosk.values import Officer
from kiosk.values import PrintJob as Job

# What may still become of a job in this state; a state without any is final.
_NEXT: dict[JobState, frozenset[JobState]] = {
    JobState.QUEUED: frozenset({JobState.SENDING, JobState.CANCELLED}),
    JobState.SENDING: frozenset(
        {JobState.SENT, JobState.CONFIRMED, JobState.UNCERTAIN, JobState.QUEUED}
    ),
    # A printer that never proves anything leaves its papers here.
    JobState.SENT: frozenset({JobState.CONFIRMED, JobState.UNCERTAIN}),
    JobState.UNCERTAIN: frozenset({JobState.CONFIRMED, JobState.CANCELLED}),
    JobState.CONFIRMED: frozenset(),
    JobState.CANCELLED: frozenset(),
}
# The printer may still bring it out by itself, so a copy would make two.
_ON_ITS_WAY = (JobState.QUEUED, JobState.SENDING)


def order(
    desk: Desk,
    e: Entry,
    case_id: UUID,
    template: Template,
    body: Body,
    copy_of: UUID | None = None,
) -> UUID:
    """Order a paper inside the transaction `e`; it is printed once that is committed."""
    encoded = msgspec.json.encode(body, order="sorted")
    job_id = e.add(
        PrintJob,
        case_id=case_id,
        template=template,
        language=body.language or desk.languages[0],
        copy_no=body.copy_no,
        copy_of=copy_of,
        body_mac=hmac.digest(desk.audit_key, encoded, "sha256"),
    )
    Spool.create(job_id=job_id, state=JobState.QUEUED, body=encoded, last_at=e.now)
    return job_id


def iso_local(at: int, zone: ZoneInfo) -> str:
    """The moment `at` (UTC ms) as papers hold it: 2026-11-24T10:06+06:00."""
    return local(at, zone).isoformat(timespec="minutes")


# ---- for the spool


def next_job(desk: Desk) -> Job | None:
    """The oldest queued paper, marked `sending`; None when none waits."""
    row = _open_papers(JobState.QUEUED).order_by(Spool.job_id).first()
    if row is None:
        return None
    mark(desk, row.job_id, JobState.SENDING)
    ordered = PrintJob.get_by_id(row.job_id)
    return Job(
        job_id=ordered.id,
        case_id=ordered.case_id,
        template=ordered.template,
        state=JobState.SENDING,
        copy_no=ordered.copy_no,
        body=msgspec.json.encode(row.body),
    )


def mark(desk: Desk, job_id: UUID, state: JobState) -> None:
    """Say what became of a paper. A state that cannot follow changes nothing."""
    before = [one for one, after in _NEXT.items() if state in after]
    Spool.update(state=state, last_at=desk.clock.now()).where(
        Spool.job_id == job_id, Spool.state.in_(before)
    ).execute()


def unsettled_at_start(desk: Desk) -> int:
    """Papers on their way when the machine stopped become uncertain; how many are uncertain."""
    for row in list(_open_papers(JobState.SENDING)):
        mark(desk, row.job_id, JobState.UNCERTAIN)
    return waiting(desk)[1]


def waiting(desk: Desk) -> tuple[int, int]:
    """How many papers are queued or on their way, and how many are uncertain."""
    return _open_papers(*_ON_ITS_WAY).count(), _open_papers(JobState.UNCERTAIN).count()


def _open_papers(*states: JobState) -> ModelSelect[Spool]:
    # SQLite takes a partial index only where the query repeats its condition word by word.
    still_open = SQL("state NOT IN ('confirmed', 'settled', 'cancelled')")
    return Spool.select().where(still_open, Spool.state.in_(states))


# ---- for the officer


def last_papers(desk: Desk, case_id: UUID) -> tuple[Job, ...]:
    """The papers of a case with what became of them, in the order in which they were made."""
    return tuple(
        Job(
            job_id=row["id"],
            case_id=case_id,
            template=row["template"],
            state=row["state"],
            copy_no=row["copy_no"],
            body=msgspec.json.encode(row["body"]),
        )
        for row in _papers_of(case_id)
    )


def reprint(desk: Desk, officer: Officer, case_id: UUID) -> tuple[Job, ...]:
    """Order a marked copy of each paper of a case: the badges, the notice.

    An officer, inspector or supervisor does this. The copy says when the first was made.
    Raises Refused while a paper of the case is on its way, NotFound when there is none.
    """
    must_register(officer)
    with entry(desk, Action.REPRINT, officer=officer, object_id=case_id) as e:
        papers = _papers_of(case_id)
        # A body that was erased, or grew too old, cannot be printed again.
        firsts = [one for one in papers if one["copy_of"] is None and one["body"] is not None]
        if not firsts:
            raise NotFound(N_("This case has no paper."))
        if any(paper["state"] in _ON_ITS_WAY for paper in papers):
            raise Refused(N_("The first paper is still on its way. Wait for it."))
        for first in firsts:
            copies = sum(paper["copy_of"] == first["id"] for paper in papers)
            _order_copy(desk, e, first, copies + 1)
    return last_papers(desk, case_id)[len(papers) :]


def _order_copy(desk: Desk, e: Entry, first: dict[str, Any], copy_no: int) -> None:
    template: Template = first["template"]
    body = msgspec.convert(first["body"], BODIES[template])
    copy = replace(body, copy_no=copy_no, first_made=iso_local(first["made_at"], desk.zone))
    order(desk, e, first["case_id"], template, copy, first["id"])


def _papers_of(case_id: UUID) -> list[dict[str, Any]]:
    query = (
        PrintJob.select(
            PrintJob.id,
            PrintJob.case_id,
            PrintJob.template,
            PrintJob.copy_no,
            PrintJob.copy_of,
            Spool.state,
            Spool.body,
            AuditEntry.at.alias("made_at"),
        )
        .join(Spool, on=(Spool.job_id == PrintJob.id))
        .join(
            AuditEntry,
            on=(AuditEntry.gate_id == PrintJob.gate_id)
            & (AuditEntry.seq == PrintJob.audit_seq),
        )
        .where(PrintJob.case_id == case_id)
        .order_by(PrintJob.id)
    )
    return cast("list[dict[str, Any]]", list(query.dicts()))
