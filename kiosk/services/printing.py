"""Papers: ordered inside the transaction that makes them due, printed after it; and what an
officer does about one: look, copy, take back, say whether it came out.

How a paper fares on its way stands in `services.print_queue`. What a person decides about it
is a fact: an `ending` of its print job, or a new print job that bears COPY n. A paper that
may have been printed is never printed again but so.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterable
from dataclasses import replace
from typing import Any, cast
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec
from peewee import ModelSelect, fn

from kiosk.clock import local
from kiosk.codes import ON_ITS_WAY, TO_BE_ASKED, Action, JobState, PaperEnding, Template
from kiosk.errors import NotFound, Refused
from kiosk.models import AuditEntry, Ending, PrintAttempt, PrintJob, Spool
from kiosk.papers import BODIES, Body
from kiosk.services import print_queue
from kiosk.services.desk import Desk
from kiosk.services.duty import must_look_up, must_register
from kiosk.services.entry import Entry, entry
from kiosk.text import N_
from kiosk.values import Officer, PaperLine
from kiosk.values import PrintJob as Job

_NO_PAPER = N_("There is no such paper here any more.")
# Of one parcel there may be several: the latest says what is so.
_RENEWED = (Template.LABEL, Template.CONTENTS, Template.GIVEN_BACK)
_ON_ITS_WAY = N_("The first paper is still on its way. Wait for it.")


def order(
    desk: Desk,
    e: Entry,
    case_id: UUID | None,
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


# ---- looking


def papers(
    desk: Desk, officer: Officer, limit: int = 50, besides: UUID | None = None
) -> tuple[PaperLine, ...]:
    """The papers of this machine: first those that may have come out, then those on their way
    in the order of printing, then those handed over to a printer that never says, then the
    rest; the newest first where no order was said. At most `limit`, and behind them the paper
    `besides` when it is not one of these.

    They bear names, so only who may see people may see them. Raises NotAllowed.
    """
    must_look_up(officer)
    rows: list[dict[str, Any]] = []
    for states, newest_first in (
        ((JobState.UNCERTAIN,), True),
        (ON_ITS_WAY, False),
        ((JobState.SENT,), True),
        ((JobState.CONFIRMED, JobState.SETTLED, JobState.CANCELLED), True),
    ):
        order_by = Spool.job_id.desc() if newest_first else Spool.job_id
        left = limit - len(rows)
        if left > 0:
            query = _listed(Spool.state.in_(states)).order_by(order_by).limit(left)
            rows += cast("list[dict[str, Any]]", list(query.dicts()))
    if besides is not None and all(row["id"] != besides for row in rows):
        rows += cast("list[dict[str, Any]]", list(_listed(PrintJob.id == besides).dicts()))
    tried = _attempts(row["id"] for row in rows)
    return tuple(_line(row, *tried.get(row["id"], ("", 0))) for row in rows)


def body(desk: Desk, job_id: UUID) -> Job:
    """A paper with all it says. Raises NotFound when it was erased, or grew too old."""
    return _job(_paper(job_id))


def last_papers(desk: Desk, case_id: UUID) -> tuple[Job, ...]:
    """The papers of a case with what became of them, in the order in which they were made."""
    return tuple(_job(row) for row in _papers_of(case_id))


# ---- copying


def reprint(desk: Desk, officer: Officer, case_id: UUID) -> tuple[Job, ...]:
    """Order a marked copy of each paper of a case: the badges, the notice.

    An officer, inspector or supervisor does this. The copy says when the first was made; of
    papers that a newer one stands in for there is none. Raises Refused while a paper of the
    case is on its way, NotFound when there is none.
    """
    must_register(officer)
    with entry(desk, Action.REPRINT, officer=officer, object_id=case_id) as e:
        there = _papers_of(case_id)
        # A body that was erased, or grew too old, cannot be printed again.
        firsts = [one for one in there if one["copy_of"] is None and one["body"] is not None]
        if not firsts:
            raise NotFound(N_("This case has no paper."))
        if any(paper["state"] in ON_ITS_WAY for paper in there):
            raise Refused(_ON_ITS_WAY)
        for first in firsts:
            if _newest(first)["id"] == first["id"]:
                _order_copy(desk, e, first)
    return last_papers(desk, case_id)[len(there) :]


def copy(desk: Desk, officer: Officer, job_id: UUID) -> UUID:
    """Order a marked copy of one paper, and give its id; that of a copy is one of the first,
    and that of a label or list that a newer one stands in for is one of the newer.

    An officer, inspector or supervisor does this. Raises Refused while the first or a copy of
    it is on its way, NotFound when there is none, or it was erased.
    """
    must_register(officer)
    with entry(desk, Action.REPRINT, officer=officer, object_id=job_id) as e:
        first = _first(job_id)
        alike = (PrintJob.id == first["id"]) | (PrintJob.copy_of == first["id"])
        if _listed(alike, Spool.state.in_(ON_ITS_WAY)).exists():
            raise Refused(_ON_ITS_WAY)
        return _order_copy(desk, e, first)


def _first(job_id: UUID) -> dict[str, Any]:
    """The paper of which one like `job_id` is a copy. Raises NotFound."""
    paper = _paper(job_id)
    return _newest(_paper(paper["copy_of"]) if paper["copy_of"] else paper)


def _newest(first: dict[str, Any]) -> dict[str, Any]:
    """What stands in for `first` now: nobody sticks a label of yesterday's shelf on again."""
    if first["template"] not in _RENEWED:
        return first
    same = (PrintJob.case_id == first["case_id"], PrintJob.template == first["template"])
    firsts = _listed(*same, PrintJob.copy_of.is_null(), Spool.body.is_null(False))
    return cast("dict[str, Any]", firsts.order_by(PrintJob.id.desc()).dicts().first() or first)


def _order_copy(desk: Desk, e: Entry, first: dict[str, Any]) -> UUID:
    copies = PrintJob.select().where(PrintJob.copy_of == first["id"]).count()
    template: Template = first["template"]
    said = replace(
        msgspec.convert(first["body"], BODIES[template]),
        copy_no=copies + 1,
        first_made=iso_local(first["made_at"], desk.zone),
    )
    return order(desk, e, first["case_id"], template, said, first["id"])


# ---- taking back, and saying what came out


def cancel(desk: Desk, officer: Officer, job_id: UUID) -> None:
    """Take back a paper that still waits: it is not printed.

    An officer, inspector or supervisor does this. Raises Refused once the printer has it.
    """
    must_register(officer)
    with entry(desk, Action.CANCEL_PAPER, officer=officer, object_id=job_id) as e:
        if not print_queue.mark(desk, job_id, JobState.CANCELLED):
            raise Refused(N_("This paper waits no more: the printer has it, or it is done."))
        _end(e, officer, job_id, PaperEnding.CANCELLED)


def settle(
    desk: Desk, officer: Officer, job_id: UUID, came_out: bool, again: bool = False
) -> UUID | None:
    """Say whether a paper came out, of which nobody knew it; `again` orders a marked copy of
    one that did not, whose id is given.

    An officer, inspector or supervisor does this. Raises Refused when it is on its way or was
    settled before, NotFound when a copy was asked for and the paper was erased.
    """
    must_register(officer)
    with entry(desk, Action.SETTLE_PAPER, officer=officer, object_id=job_id) as e:
        paper = Spool.get_or_none(Spool.job_id == job_id)
        if paper is None:
            raise NotFound(_NO_PAPER)
        if paper.state in ON_ITS_WAY:
            raise Refused(_ON_ITS_WAY)
        if paper.state not in TO_BE_ASKED:
            raise Refused(N_("What became of this paper is known already."))
        _settle(desk, e, officer, job_id, came_out)
        if came_out or not again:
            return None
        return _order_copy(desk, e, _first(job_id))


def settle_all_came_out(desk: Desk, officer: Officer, looked_at: int) -> int:
    """Say of all papers handed over to a printer that never says that they came out; how many.

    Those only that were handed over when the officer looked (UTC ms): of another nobody spoke.
    An officer, inspector or supervisor does this. Those that may have stopped half-way are
    asked about one by one.
    """
    must_register(officer)
    with entry(desk, Action.SETTLE_PAPER, officer=officer) as e:
        handed_over = print_queue.open_papers(JobState.SENT).where(Spool.last_at <= looked_at)
        sent = [row.job_id for row in handed_over]
        for job_id in sent:
            _settle(desk, e, officer, job_id, came_out=True)
    return len(sent)


def _settle(desk: Desk, e: Entry, officer: Officer, job_id: UUID, came_out: bool) -> None:
    state = JobState.CONFIRMED if came_out else JobState.SETTLED
    print_queue.mark(desk, job_id, state)
    _end(e, officer, job_id, PaperEnding.CAME_OUT if came_out else PaperEnding.NOT_PRINTED)


def _end(e: Entry, officer: Officer, job_id: UUID, reason: PaperEnding) -> None:
    """The fact that a person has said what became of a paper; the index takes one of each."""
    e.add(
        Ending,
        target_id=job_id,
        target="print_job",
        reason=reason,
        on_day=e.day,
        staff_id=officer.staff_id,
    )


# ---- rows


def _listed(*conditions: Any) -> ModelSelect[PrintJob]:
    return (
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
        .where(*conditions)
    )


def _papers_of(case_id: UUID) -> list[dict[str, Any]]:
    query = _listed(PrintJob.case_id == case_id).order_by(PrintJob.id)
    return cast("list[dict[str, Any]]", list(query.dicts()))


def _paper(job_id: UUID) -> dict[str, Any]:
    """One paper whose body still stands. Raises NotFound."""
    row = _listed(PrintJob.id == job_id).dicts().first()
    if row is None or row["body"] is None:
        raise NotFound(_NO_PAPER)
    return cast("dict[str, Any]", row)


def _attempts(job_ids: Iterable[UUID]) -> dict[UUID, tuple[str, int]]:
    """The printer tried last, and how many tries there were, of each paper that was tried."""
    # With max(), SQLite takes the bare column from the row that holds the maximum.
    query = (
        PrintAttempt.select(PrintAttempt.job_id, PrintAttempt.printer, fn.MAX(PrintAttempt.no))
        .where(PrintAttempt.job_id.in_(list(job_ids)))
        .group_by(PrintAttempt.job_id)
    )
    rows = cast("list[tuple[UUID, str, int]]", list(query.tuples()))
    return {job_id: (printer, count) for job_id, printer, count in rows}


def _job(row: dict[str, Any]) -> Job:
    return Job(
        job_id=row["id"],
        case_id=row["case_id"],
        template=row["template"],
        state=row["state"],
        copy_no=row["copy_no"],
        body=msgspec.json.encode(row["body"]),
    )


def _line(row: dict[str, Any], printer: str, attempts: int) -> PaperLine:
    said = row["body"] or {}
    named = (said.get(who) for who in ("name", "sender", "bringer"))
    names = said.get("names") or [next(filter(None, named), "")]
    return PaperLine(
        job_id=row["id"],
        case_id=row["case_id"],
        template=row["template"],
        number=said.get("number", ""),
        name=names[0] or said.get("prisoner", ""),
        state=row["state"],
        copy_no=row["copy_no"],
        at=row["made_at"],
        printer=printer,
        attempts=attempts,
    )
