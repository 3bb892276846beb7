"""Papers: ordered with what they are about, copied with a mark, never sent twice by itself."""

from __future__ import annotations

import json
from typing import Any

import pytest

from kiosk.codes import JobState
from kiosk.errors import NotFound, Refused
from kiosk.services import print_queue, printing
from kiosk.values import PapersOpen, PrintJob, Recorded

from .gatehouse import Gatehouse


@pytest.fixture
def recorded(gatehouse: Gatehouse) -> Recorded:
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


def states(gatehouse: Gatehouse) -> list[str]:
    return [state for (state,) in gatehouse.rows("SELECT state FROM spool ORDER BY job_id")]


def body(job: PrintJob) -> dict[str, Any]:
    decoded: dict[str, Any] = json.loads(job.body)
    return decoded


def test_papers_come_in_the_order_in_which_they_were_ordered(
    gatehouse: Gatehouse, recorded: Recorded
) -> None:
    assert [job.job_id for job in print_all(gatehouse)] == list(recorded.jobs)
    assert gatehouse.do(print_queue.next_job, "printer") is None


def test_a_paper_taken_by_the_spool_is_not_given_out_again(
    gatehouse: Gatehouse, recorded: Recorded
) -> None:
    first = gatehouse.do(print_queue.next_job, "printer")
    second = gatehouse.do(print_queue.next_job, "printer")
    assert first is not None
    assert second is not None
    assert [first.job.job_id, second.job.job_id] == list(recorded.jobs)
    assert first.job.state is JobState.SENDING
    assert states(gatehouse) == ["sending", "sending"]


def test_no_mark_leads_where_it_cannot(gatehouse: Gatehouse, recorded: Recorded) -> None:
    (job, _) = recorded.jobs
    gatehouse.do(print_queue.mark, job, JobState.CONFIRMED)  # it was never sent
    assert states(gatehouse)[0] == "queued"
    print_all(gatehouse)
    for state in JobState:
        gatehouse.do(print_queue.mark, job, state)
        assert states(gatehouse)[0] == "confirmed"


def test_what_was_on_its_way_at_a_crash_is_uncertain_and_what_waited_still_waits(
    gatehouse: Gatehouse, recorded: Recorded
) -> None:
    gatehouse.do(print_queue.next_job, "printer")
    assert gatehouse.ask(print_queue.waiting) == PapersOpen(queued=1, sending=1)
    gatehouse.do(print_queue.unsettled_at_start)
    assert states(gatehouse) == ["uncertain", "queued"]
    assert gatehouse.ask(print_queue.waiting) == PapersOpen(queued=1, uncertain=1)
    gatehouse.do(print_queue.unsettled_at_start)


def test_a_copy_is_marked_and_says_when_the_first_was_made(
    gatehouse: Gatehouse, recorded: Recorded
) -> None:
    first = print_all(gatehouse)
    gatehouse.clock.at += 600_000
    before = gatehouse.counts()
    copies = gatehouse.do(printing.reprint, gatehouse.officer, recorded.case_id)
    assert [job.copy_no for job in copies] == [1, 1]
    assert gatehouse.written(before) == {"audit_entry": 1, "print_job": 2, "spool": 2}
    for copy, original in zip(copies, first, strict=True):
        expected = {**body(original), "copy_no": 1, "first_made": "2026-03-06T09:30+06:00"}
        assert body(copy) == expected
    print_all(gatehouse, JobState.SENT)
    again = gatehouse.do(printing.reprint, gatehouse.officer, recorded.case_id)
    assert [body(job)["copy_no"] for job in again] == [2, 2]
    papers = gatehouse.ask(printing.last_papers, recorded.case_id)
    assert [job.copy_no for job in papers] == [0, 0, 1, 1, 2, 2]


@pytest.mark.parametrize("sending", [False, True])
def test_no_copy_while_the_first_is_on_its_way(
    gatehouse: Gatehouse, recorded: Recorded, sending: bool
) -> None:
    if sending:
        gatehouse.do(print_queue.next_job, "printer")
    before = gatehouse.counts()
    with pytest.raises(Refused, match="still on its way"):
        gatehouse.do(printing.reprint, gatehouse.officer, recorded.case_id)
    assert gatehouse.written(before) == {}


def test_an_uncertain_paper_may_be_copied(gatehouse: Gatehouse, recorded: Recorded) -> None:
    print_all(gatehouse, JobState.UNCERTAIN)
    assert len(gatehouse.do(printing.reprint, gatehouse.officer, recorded.case_id)) == 2


def test_a_notice_is_copied_like_a_badge(gatehouse: Gatehouse) -> None:
    refused = gatehouse.refuse(gatehouse.request(gatehouse.prisoner(), gatehouse.child()))
    print_all(gatehouse)
    (copy,) = gatehouse.do(printing.reprint, gatehouse.officer, refused.case_id)
    assert body(copy)["number"] == refused.number
    assert body(copy)["copy_no"] == 1


def test_a_case_without_a_paper_has_no_copy(gatehouse: Gatehouse, recorded: Recorded) -> None:
    print_all(gatehouse)
    gatehouse.db.run_write(
        lambda: gatehouse.db.file.execute_sql("UPDATE spool SET body = NULL")
    )
    with pytest.raises(NotFound):
        gatehouse.do(printing.reprint, gatehouse.officer, recorded.case_id)
    with pytest.raises(NotFound):
        gatehouse.do(printing.reprint, gatehouse.officer, recorded.jobs[0])


def test_counting_what_waits_does_not_read_the_papers_of_years(gatehouse: Gatehouse) -> None:
    (plan,) = gatehouse.rows(
        "EXPLAIN QUERY PLAN SELECT count(*) FROM spool"
        " WHERE state NOT IN ('confirmed', 'settled', 'cancelled') AND state IN ('queued')"
    )
    assert "spool_open" in plan[3]
