"""The queue as the spool sees it: which paper is next, and what became of each attempt.

That a paper was ordered is a fact; how it fared is known to this machine only, so nothing
here leaves an audit entry. An attempt is written before the first byte leaves, so that it
stands there after a crash, and completed when it has ended:

    queued → sending ─┬→ confirmed, sent, uncertain
                      └→ queued       not a byte left this machine
    sent, uncertain ─→ confirmed, settled    a person says whether it came out
    queued ──────────→ cancelled             a person takes it back
"""

from __future__ import annotations

from typing import cast
from uuid import UUID

import msgspec
from peewee import SQL, ModelSelect, fn

from kiosk.codes import ON_ITS_WAY, TO_BE_ASKED, JobState
from kiosk.models import PrintAttempt, PrintJob, Spool
from kiosk.services.desk import Desk
from kiosk.services.prepared import Prepared
from kiosk.values import Attempt, AttemptEnd, PapersOpen
from kiosk.values import PrintJob as Job

INTERRUPTED = "interrupted"
"""The outcome of an attempt during which the kiosk itself ended."""

UNPROVEN = "unproven"
"""The proof of an attempt that should have been proved and was not."""

# What may still become of a job in this state; a state without any is final.
_NEXT: dict[JobState, frozenset[JobState]] = {
    JobState.QUEUED: frozenset({JobState.SENDING, JobState.CANCELLED}),
    JobState.SENDING: frozenset(
        {JobState.SENT, JobState.CONFIRMED, JobState.UNCERTAIN, JobState.QUEUED}
    ),
    # A printer that never proves anything leaves its papers here.
    JobState.SENT: frozenset({JobState.CONFIRMED, JobState.SETTLED}),
    JobState.UNCERTAIN: frozenset({JobState.CONFIRMED, JobState.SETTLED}),
    JobState.CONFIRMED: frozenset(),
    JobState.SETTLED: frozenset(),
    JobState.CANCELLED: frozenset(),
}


def next_job(desk: Desk, printer: str) -> Attempt | None:
    """The oldest queued paper, marked `sending` with an attempt at `printer`; or None."""
    with Spool._meta.database.atomic():
        row = next(iter(_OLDEST()), None)
        if row is None:
            return None
        broken = ends_broken(printer)
        ((before,),) = _ATTEMPTS(row.job_id)
        no = 1 + before
        PrintAttempt.create(job_id=row.job_id, no=no, at=desk.clock.now(), printer=printer)
        mark(desk, row.job_id, JobState.SENDING)
        (ordered,) = _ORDERED(row.job_id)
    job = Job(
        job_id=ordered.id,
        case_id=ordered.case_id,
        template=ordered.template,
        state=JobState.SENDING,
        copy_no=ordered.copy_no,
        body=msgspec.json.encode(row.body),
    )
    return Attempt(job, no, broken)


_ATTEMPTS = Prepared(
    lambda job_id: (
        PrintAttempt.select(fn.COUNT(SQL("*"))).where(PrintAttempt.job_id == job_id).tuples()
    )
)
_ORDERED = Prepared(lambda job_id: PrintJob.select().where(PrintJob.id == job_id))


def complete(desk: Desk, job_id: UUID, no: int, end: AttemptEnd) -> None:
    """What became of attempt `no`, and of the paper by it."""
    with Spool._meta.database.atomic():
        PrintAttempt.update(bytes=end.sent, outcome=end.outcome, proof=end.proof).where(
            PrintAttempt.job_id == job_id, PrintAttempt.no == no
        ).execute()
        mark(desk, job_id, end.state)


def mark(desk: Desk, job_id: UUID, state: JobState) -> bool:
    """Whether the paper is now in `state`: one that cannot follow changes nothing."""
    before = [one for one, after in _NEXT.items() if state in after]
    marked = Spool.update(state=state, last_at=desk.clock.now()).where(
        Spool.job_id == job_id, Spool.state.in_(before)
    )
    return bool(marked.execute())


def unsettled_at_start(desk: Desk) -> None:
    """Papers on their way when the machine stopped become uncertain."""
    with Spool._meta.database.atomic():
        left = [row.job_id for row in open_papers(JobState.SENDING)]
        PrintAttempt.update(outcome=INTERRUPTED).where(
            PrintAttempt.job_id.in_(left), PrintAttempt.outcome.is_null()
        ).execute()
        for job_id in left:
            mark(desk, job_id, JobState.UNCERTAIN)


def waiting(desk: Desk) -> PapersOpen:
    """How many papers wait, are being printed, or only a person can tell about."""
    count = dict(cast("list[tuple[JobState, int]]", _STATES()))
    return PapersOpen(
        queued=count.get(JobState.QUEUED, 0),
        sending=count.get(JobState.SENDING, 0),
        uncertain=count.get(JobState.UNCERTAIN, 0),
        asked=count.get(JobState.SENT, 0),
    )


_STATES = Prepared(
    lambda: (
        open_papers(*ON_ITS_WAY, *TO_BE_ASKED)
        .select(Spool.state, fn.COUNT(SQL("*")))
        .group_by(Spool.state)
        .tuples()
    )
)


def open_papers(*states: JobState) -> ModelSelect[Spool]:
    """Papers of which something may still become; `states` are not final."""
    # SQLite takes a partial index only where the query repeats its condition word by word.
    still_open = SQL("state NOT IN ('confirmed', 'settled', 'cancelled')")
    return Spool.select().where(still_open, Spool.state.in_(states))


_OLDEST = Prepared(lambda: open_papers(JobState.QUEUED).order_by(Spool.job_id).limit(1))


def ends_broken(printer: str) -> bool:
    """Whether half a paper may hang in `printer`: its last one is neither whole nor untouched.

    Also after a crash: an attempt that was never completed has no number of bytes. Of a
    printer that never says it is known when a person has said that the paper is not there.
    """
    last = next(iter(_LAST_TRIED(printer)), None)
    if last is None:
        return False
    not_there = Spool.get_by_id(last.job_id).state is JobState.SETTLED
    return not_there or last.bytes is None or last.proof == UNPROVEN


_LAST_TRIED = Prepared(
    lambda printer: (
        PrintAttempt.select()
        .where(
            PrintAttempt.printer == printer,
            PrintAttempt.bytes.is_null() | (PrintAttempt.bytes > 0),
        )
        # In the order in which they were written: a clock may be set back.
        .order_by(SQL("rowid").desc())
        .limit(1)
    )
)
