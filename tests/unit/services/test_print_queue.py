"""The queue of papers: given out in order, every attempt a row, and what a crash leaves."""

from __future__ import annotations

import pytest

from kiosk.codes import JobState
from kiosk.services import print_queue, printing
from kiosk.values import Attempt, AttemptEnd, PapersOpen, Recorded

from .gatehouse import Gatehouse

PROVED = AttemptEnd(JobState.CONFIRMED, 700, "done", "procid")
HANDED_OVER = AttemptEnd(JobState.SENT, 700, "mute", "none")
BROKEN = AttemptEnd(JobState.UNCERTAIN, 300, "line_lost", "unproven")
NOT_PROVED = AttemptEnd(JobState.UNCERTAIN, 700, "no_proof", "unproven")
UNTOUCHED = AttemptEnd(JobState.QUEUED, 0, "blocked", "none")
NOT_LAID_OUT = AttemptEnd(JobState.UNCERTAIN, 0, "fault", "unproven")
NOBODY_KNOWS = AttemptEnd(JobState.UNCERTAIN, None, "fault", "unproven")


@pytest.fixture
def recorded(gatehouse: Gatehouse) -> Recorded:
    return gatehouse.visit(
        gatehouse.prisoner(), gatehouse.visitor("Асанова"), gatehouse.visitor("Бекова")
    )


def take(gatehouse: Gatehouse, printer: str = "printer") -> Attempt:
    attempt = gatehouse.do(print_queue.next_job, printer)
    assert attempt is not None
    return attempt


def end(gatehouse: Gatehouse, attempt: Attempt, end: AttemptEnd = PROVED) -> None:
    gatehouse.do(print_queue.complete, attempt.job.job_id, attempt.no, end)


def states(gatehouse: Gatehouse) -> list[str]:
    return [state for (state,) in gatehouse.rows("SELECT state FROM spool ORDER BY job_id")]


def attempts(gatehouse: Gatehouse) -> list[tuple[object, ...]]:
    return gatehouse.rows("SELECT no, printer, bytes, outcome, proof FROM print_attempt")


def test_papers_come_in_the_order_in_which_they_were_ordered(
    gatehouse: Gatehouse, recorded: Recorded
) -> None:
    first, second = take(gatehouse), take(gatehouse, "second_printer")
    assert (first.job.job_id, second.job.job_id) == recorded.jobs
    assert first.job.state is JobState.SENDING
    assert states(gatehouse) == ["sending", "sending"]
    assert gatehouse.do(print_queue.next_job, "printer") is None


def test_an_attempt_stands_there_before_the_first_byte_leaves_and_is_completed_after(
    gatehouse: Gatehouse, recorded: Recorded
) -> None:
    attempt = take(gatehouse)
    assert attempts(gatehouse) == [(1, "printer", None, None, None)]
    end(gatehouse, attempt)
    assert attempts(gatehouse) == [(1, "printer", 700, "done", "procid")]
    assert states(gatehouse) == ["confirmed", "queued"]


def test_each_attempt_of_a_paper_is_a_row_of_its_own(
    gatehouse: Gatehouse, recorded: Recorded
) -> None:
    end(gatehouse, take(gatehouse), UNTOUCHED)
    assert states(gatehouse) == ["queued", "queued"]
    again = take(gatehouse, "second_printer")
    assert (again.job.job_id, again.no) == (recorded.jobs[0], 2)
    end(gatehouse, again)
    assert attempts(gatehouse) == [
        (1, "printer", 0, "blocked", "none"),
        (2, "second_printer", 700, "done", "procid"),
    ]


def test_printing_leaves_no_trace_in_the_chain(
    gatehouse: Gatehouse, recorded: Recorded
) -> None:
    before = gatehouse.counts()
    end(gatehouse, take(gatehouse))
    assert gatehouse.written(before) == {"print_attempt": 1}


def test_no_mark_leads_where_it_cannot(gatehouse: Gatehouse, recorded: Recorded) -> None:
    job = recorded.jobs[0]
    assert not gatehouse.do(print_queue.mark, job, JobState.CONFIRMED)  # it was never sent
    assert states(gatehouse)[0] == "queued"
    end(gatehouse, take(gatehouse))
    for state in JobState:
        assert not gatehouse.do(print_queue.mark, job, state)
        assert states(gatehouse)[0] == "confirmed"


def test_what_was_on_its_way_at_a_crash_is_uncertain_and_what_waited_still_waits(
    gatehouse: Gatehouse, recorded: Recorded
) -> None:
    take(gatehouse)
    assert gatehouse.ask(print_queue.waiting) == PapersOpen(queued=1, sending=1)
    for _ in range(2):
        gatehouse.do(print_queue.unsettled_at_start)
        assert states(gatehouse) == ["uncertain", "queued"]
        assert attempts(gatehouse) == [(1, "printer", None, "interrupted", None)]
    assert gatehouse.ask(print_queue.waiting) == PapersOpen(queued=1, uncertain=1)


@pytest.mark.parametrize(
    ("last", "broken"),
    [
        (PROVED, False),
        (HANDED_OVER, False),
        (UNTOUCHED, False),
        (NOT_LAID_OUT, False),
        (BROKEN, True),
        (NOT_PROVED, True),
        (NOBODY_KNOWS, True),
        (None, True),  # a crash
    ],
)
def test_half_a_paper_in_a_printer_is_known_of_until_a_whole_one_came_out(
    gatehouse: Gatehouse, recorded: Recorded, last: AttemptEnd | None, broken: bool
) -> None:
    attempt = take(gatehouse)
    assert not attempt.after_break
    if last is not None:
        end(gatehouse, attempt, last)
    gatehouse.do(print_queue.unsettled_at_start)
    after = take(gatehouse)
    assert after.after_break is broken
    end(gatehouse, after)
    gatehouse.visit(gatehouse.prisoner(), gatehouse.visitor("Сыдыкова"))
    assert not take(gatehouse).after_break


def test_half_a_paper_hangs_in_one_printer_only(
    gatehouse: Gatehouse, recorded: Recorded
) -> None:
    end(gatehouse, take(gatehouse), BROKEN)
    assert not take(gatehouse, "second_printer").after_break


def test_half_a_paper_is_not_forgotten_over_one_of_which_no_byte_left(
    gatehouse: Gatehouse, recorded: Recorded
) -> None:
    end(gatehouse, take(gatehouse), BROKEN)
    end(gatehouse, take(gatehouse), UNTOUCHED)
    assert take(gatehouse).after_break


def test_half_a_paper_in_a_printer_that_never_says_is_known_of_by_the_officers_word(
    gatehouse: Gatehouse, recorded: Recorded
) -> None:
    first, second = take(gatehouse), take(gatehouse)
    for attempt in (first, second):
        end(gatehouse, attempt, HANDED_OVER)
    gatehouse.do(printing.settle, gatehouse.officer, first.job.job_id, False, again=True)
    copy = take(gatehouse)
    assert not copy.after_break  # another has come out since
    end(gatehouse, copy, HANDED_OVER)
    gatehouse.do(printing.settle, gatehouse.officer, copy.job.job_id, False, again=True)
    assert take(gatehouse).after_break


def test_half_a_paper_is_known_of_although_the_clock_was_set_back(
    gatehouse: Gatehouse, recorded: Recorded
) -> None:
    end(gatehouse, take(gatehouse))
    gatehouse.clock.at -= 3_600_000
    end(gatehouse, take(gatehouse), BROKEN)
    gatehouse.clock.at += 3_600_000
    gatehouse.visit(gatehouse.prisoner(), gatehouse.visitor("Сыдыкова"))
    assert take(gatehouse).after_break


def test_counting_what_waits_does_not_read_the_papers_of_years(gatehouse: Gatehouse) -> None:
    (plan,) = gatehouse.rows(
        "EXPLAIN QUERY PLAN SELECT state, count(*) FROM spool"
        " WHERE state NOT IN ('confirmed', 'settled', 'cancelled') AND state IN ('queued')"
        " GROUP BY state"
    )
    assert "spool_open" in plan[3]


def test_the_last_paper_of_a_printer_is_found_without_reading_all(gatehouse: Gatehouse) -> None:
    """It is looked up before each paper: backwards from the end, where it stands."""
    plan = gatehouse.rows(
        "EXPLAIN QUERY PLAN SELECT * FROM print_attempt WHERE printer = 'printer'"
        " AND (bytes IS NULL OR bytes > 0) ORDER BY rowid DESC LIMIT 1"
    )
    assert [step[3] for step in plan] == ["SCAN print_attempt"]
