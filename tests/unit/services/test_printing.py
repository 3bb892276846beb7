"""Papers: what an officer does about them is a fact, and a copy always bears its mark."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import partial
from typing import Any
from uuid import UUID

import pytest

from kiosk.codes import JobState, Role, Template
from kiosk.errors import NotAllowed, NotFound, Refused
from kiosk.services import print_queue, printing
from kiosk.values import PaperLine, PrintJob, Recorded

from .gatehouse import Gatehouse, at_once


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


class TestCopies:
    def test_a_copy_is_marked_and_says_when_the_first_was_made(
        self, gatehouse: Gatehouse, recorded: Recorded
    ) -> None:
        first = print_all(gatehouse)
        gatehouse.clock.at += 600_000
        before = gatehouse.counts()
        copies = gatehouse.do(printing.reprint, gatehouse.officer, recorded.case_id)
        assert [job.copy_no for job in copies] == [1, 1]
        assert gatehouse.written(before) == {"audit_entry": 1, "print_job": 2, "spool": 2}
        for copy, original in zip(copies, first, strict=True):
            expected = {
                **body(original),
                "copy_no": 1,
                "first_made": "2026-03-06T09:30+06:00",
            }
            assert body(copy) == expected
        print_all(gatehouse, JobState.SENT)
        again = gatehouse.do(printing.reprint, gatehouse.officer, recorded.case_id)
        assert [body(job)["copy_no"] for job in again] == [2, 2]
        papers = gatehouse.ask(printing.last_papers, recorded.case_id)
        assert [job.copy_no for job in papers] == [0, 0, 1, 1, 2, 2]

    def test_one_paper_of_a_case_is_copied_alone(
        self, gatehouse: Gatehouse, recorded: Recorded
    ) -> None:
        print_all(gatehouse)
        job_id = recorded.jobs[1]
        gatehouse.do(printing.copy, gatehouse.officer, job_id)
        (copy,) = print_all(gatehouse)
        first = gatehouse.ask(printing.body, job_id)
        assert body(copy) == {
            **body(first),
            "copy_no": 1,
            "first_made": "2026-03-06T09:30+06:00",
        }
        action, staff_id, object_id = last_act(gatehouse)
        assert action == "reprint"
        assert (UUID(bytes=staff_id), UUID(bytes=object_id)) == (
            gatehouse.officer.staff_id,
            job_id,
        )

    def test_a_copy_of_a_copy_is_the_next_copy_of_the_first(
        self, gatehouse: Gatehouse, recorded: Recorded
    ) -> None:
        print_all(gatehouse)
        copy = recorded.jobs[0]
        for number in (1, 2, 3):
            copy = gatehouse.do(printing.copy, gatehouse.officer, copy)
            assert copy_no(gatehouse, copy) == number
            print_all(gatehouse)
        rows = gatehouse.rows("SELECT copy_of FROM print_job WHERE copy_no > 0")
        assert rows == [(recorded.jobs[0].bytes,)] * 3

    def test_copies_of_a_paper_and_of_its_case_are_counted_together(
        self, gatehouse: Gatehouse, recorded: Recorded
    ) -> None:
        print_all(gatehouse)
        gatehouse.do(printing.copy, gatehouse.officer, recorded.jobs[0])
        print_all(gatehouse)
        copies = gatehouse.do(printing.reprint, gatehouse.officer, recorded.case_id)
        assert [job.copy_no for job in copies] == [2, 1]

    @pytest.mark.parametrize("sending", [False, True])
    def test_no_copy_while_the_first_is_on_its_way(
        self, gatehouse: Gatehouse, recorded: Recorded, sending: bool
    ) -> None:
        if sending:
            gatehouse.do(print_queue.next_job, "printer")
        before = gatehouse.counts()
        with pytest.raises(Refused, match="still on its way"):
            gatehouse.do(printing.reprint, gatehouse.officer, recorded.case_id)
        with pytest.raises(Refused, match="still on its way"):
            gatehouse.do(printing.copy, gatehouse.officer, recorded.jobs[0])
        assert gatehouse.written(before) == {}

    def test_no_second_copy_while_one_is_on_its_way(
        self, gatehouse: Gatehouse, recorded: Recorded
    ) -> None:
        print_all(gatehouse)
        gatehouse.do(printing.copy, gatehouse.officer, recorded.jobs[0])
        with pytest.raises(Refused, match="still on its way"):
            gatehouse.do(printing.copy, gatehouse.officer, recorded.jobs[0])
        gatehouse.do(printing.copy, gatehouse.officer, recorded.jobs[1])

    def test_an_uncertain_paper_may_be_copied(
        self, gatehouse: Gatehouse, recorded: Recorded
    ) -> None:
        print_all(gatehouse, JobState.UNCERTAIN)
        assert len(gatehouse.do(printing.reprint, gatehouse.officer, recorded.case_id)) == 2

    def test_a_notice_is_copied_like_a_badge(self, gatehouse: Gatehouse) -> None:
        refused = gatehouse.refuse(gatehouse.request(gatehouse.prisoner(), gatehouse.child()))
        print_all(gatehouse)
        (copy,) = gatehouse.do(printing.reprint, gatehouse.officer, refused.case_id)
        assert body(copy)["number"] == refused.number
        assert body(copy)["copy_no"] == 1

    def test_an_erased_paper_has_no_copy_and_cannot_be_looked_at(
        self, gatehouse: Gatehouse, recorded: Recorded
    ) -> None:
        print_all(gatehouse)
        erase_bodies(gatehouse)
        officer = gatehouse.officer
        with pytest.raises(NotFound):
            gatehouse.do(printing.reprint, officer, recorded.case_id)
        with pytest.raises(NotFound):
            gatehouse.do(printing.reprint, officer, recorded.jobs[0])
        with pytest.raises(NotFound):
            gatehouse.do(printing.copy, officer, recorded.jobs[0])
        with pytest.raises(NotFound):
            gatehouse.ask(printing.body, recorded.jobs[0])
        assert gatehouse.ask(printing.papers)[0].name == ""


class TestSettling:
    @pytest.mark.parametrize("state", [JobState.UNCERTAIN, JobState.SENT])
    def test_a_paper_that_came_out_is_confirmed_by_whoever_saw_it(
        self, gatehouse: Gatehouse, recorded: Recorded, state: JobState
    ) -> None:
        print_all(gatehouse, state)
        job_id = recorded.jobs[0]
        before = gatehouse.counts()
        assert gatehouse.do(printing.settle, gatehouse.supervisor, job_id, True) is None
        assert gatehouse.written(before) == {"audit_entry": 1, "ending": 1}
        assert endings(gatehouse) == [("print_job", "came_out")]
        assert state_of(gatehouse, job_id) == "confirmed"
        action, staff_id, object_id = last_act(gatehouse)
        assert action == "settle_paper"
        assert UUID(bytes=staff_id) == gatehouse.supervisor.staff_id
        assert UUID(bytes=object_id) == job_id

    @pytest.mark.parametrize("state", [JobState.UNCERTAIN, JobState.SENT])
    def test_a_paper_that_did_not_and_is_not_needed_is_done_with(
        self, gatehouse: Gatehouse, recorded: Recorded, state: JobState
    ) -> None:
        print_all(gatehouse, state)
        job_id = recorded.jobs[0]
        gatehouse.do(printing.settle, gatehouse.officer, job_id, False)
        assert state_of(gatehouse, job_id) == "settled"
        assert endings(gatehouse) == [("print_job", "not_printed")]
        assert gatehouse.do(print_queue.next_job, "printer") is None

    def test_a_paper_that_did_not_comes_again_as_a_marked_copy(
        self, gatehouse: Gatehouse, recorded: Recorded
    ) -> None:
        print_all(gatehouse, JobState.UNCERTAIN)
        job_id = recorded.jobs[0]
        before = gatehouse.counts()
        copy = gatehouse.do(printing.settle, gatehouse.officer, job_id, False, again=True)
        assert copy is not None
        assert gatehouse.written(before) == {
            "audit_entry": 1,
            "ending": 1,
            "print_job": 1,
            "spool": 1,
        }
        assert copy_no(gatehouse, copy) == 1
        (printed,) = print_all(gatehouse, JobState.UNCERTAIN)
        assert printed.job_id == copy
        third = gatehouse.do(printing.settle, gatehouse.officer, copy, False, again=True)
        assert third is not None
        assert copy_no(gatehouse, third) == 2

    @pytest.mark.parametrize("came_out", [True, False])
    def test_nobody_settles_a_paper_twice(
        self, gatehouse: Gatehouse, recorded: Recorded, came_out: bool
    ) -> None:
        print_all(gatehouse, JobState.UNCERTAIN)
        job_id = recorded.jobs[0]
        gatehouse.do(printing.settle, gatehouse.officer, job_id, came_out)
        before = gatehouse.counts()
        for again in (True, False):
            with pytest.raises(Refused, match="known already"):
                gatehouse.do(printing.settle, gatehouse.officer, job_id, not again, again=again)
        assert gatehouse.written(before) == {}

    def test_of_two_officers_who_settle_at_once_one_does_and_one_copy_is_printed(
        self, gatehouse: Gatehouse, recorded: Recorded
    ) -> None:
        print_all(gatehouse, JobState.UNCERTAIN)
        settle = partial(
            printing.settle, gatehouse.desk, gatehouse.officer, recorded.jobs[0], False, True
        )
        results = at_once(settle, settle, settle)
        assert sorted(type(result) is UUID for result in results) == [False, False, True]
        assert sum(isinstance(result, Refused) for result in results) == 2
        assert len(print_all(gatehouse)) == 1

    @pytest.mark.parametrize("sending", [False, True])
    def test_what_is_on_its_way_is_not_settled(
        self, gatehouse: Gatehouse, recorded: Recorded, sending: bool
    ) -> None:
        if sending:
            gatehouse.do(print_queue.next_job, "printer")
        with pytest.raises(Refused, match="still on its way"):
            gatehouse.do(printing.settle, gatehouse.officer, recorded.jobs[0], True)

    def test_what_was_proved_is_not_settled(
        self, gatehouse: Gatehouse, recorded: Recorded
    ) -> None:
        print_all(gatehouse)
        with pytest.raises(Refused, match="known already"):
            gatehouse.do(printing.settle, gatehouse.officer, recorded.jobs[0], False)

    def test_a_paper_that_was_never_ordered_is_not_found(self, gatehouse: Gatehouse) -> None:
        with pytest.raises(NotFound):
            gatehouse.do(printing.settle, gatehouse.officer, UUID(int=7), True)

    def test_an_erased_paper_is_settled_but_not_printed_again(
        self, gatehouse: Gatehouse, recorded: Recorded
    ) -> None:
        print_all(gatehouse, JobState.UNCERTAIN)
        erase_bodies(gatehouse)
        job_id = recorded.jobs[0]
        with pytest.raises(NotFound):
            gatehouse.do(printing.settle, gatehouse.officer, job_id, False, again=True)
        assert state_of(gatehouse, job_id) == "uncertain"
        gatehouse.do(printing.settle, gatehouse.officer, job_id, False)
        assert state_of(gatehouse, job_id) == "settled"

    def test_all_that_a_silent_printer_took_are_settled_with_one_answer(
        self, gatehouse: Gatehouse, recorded: Recorded
    ) -> None:
        print_all(gatehouse, JobState.SENT)
        other = gatehouse.visit(gatehouse.prisoner(), gatehouse.visitor("Сыдыкова"))
        print_all(gatehouse, JobState.UNCERTAIN)
        assert gatehouse.do(printing.settle_all_came_out, gatehouse.officer) == 2
        assert [state_of(gatehouse, job) for job in recorded.jobs] == ["confirmed"] * 2
        assert endings(gatehouse) == [("print_job", "came_out")] * 2
        assert state_of(gatehouse, other.jobs[0]) == "uncertain"
        before = gatehouse.counts()
        assert gatehouse.do(printing.settle_all_came_out, gatehouse.officer) == 0
        assert gatehouse.written(before) == {}


class TestTakingBack:
    def test_a_paper_that_waits_is_taken_back_and_never_printed(
        self, gatehouse: Gatehouse, recorded: Recorded
    ) -> None:
        job_id = recorded.jobs[0]
        before = gatehouse.counts()
        gatehouse.do(printing.cancel, gatehouse.officer, job_id)
        assert gatehouse.written(before) == {"audit_entry": 1, "ending": 1}
        assert endings(gatehouse) == [("print_job", "cancelled")]
        action, staff_id, object_id = last_act(gatehouse)
        assert (action, staff_id, object_id) == (
            "cancel_paper",
            gatehouse.officer.staff_id.bytes,
            job_id.bytes,
        )
        assert [job.job_id for job in print_all(gatehouse)] == [recorded.jobs[1]]
        assert state_of(gatehouse, job_id) == "cancelled"

    @pytest.mark.parametrize(
        "state", [None, JobState.CONFIRMED, JobState.SENT, JobState.UNCERTAIN]
    )
    def test_what_the_printer_has_is_not_taken_back(
        self, gatehouse: Gatehouse, recorded: Recorded, state: JobState | None
    ) -> None:
        attempt = gatehouse.do(print_queue.next_job, "printer")
        assert attempt is not None
        if state is not None:
            gatehouse.do(print_queue.mark, attempt.job.job_id, state)
        before = gatehouse.counts()
        with pytest.raises(Refused, match="waits no more"):
            gatehouse.do(printing.cancel, gatehouse.officer, recorded.jobs[0])
        assert gatehouse.written(before) == {}

    def test_of_the_officer_and_the_spool_at_once_one_gets_the_paper(
        self, gatehouse: Gatehouse, recorded: Recorded
    ) -> None:
        gatehouse.do(printing.cancel, gatehouse.officer, recorded.jobs[0])
        job_id = recorded.jobs[1]
        results = at_once(
            partial(printing.cancel, gatehouse.desk, gatehouse.officer, job_id),
            partial(print_queue.next_job, gatehouse.desk, "printer"),
        )
        taken, refused = results[1] is not None, isinstance(results[0], Refused)
        assert taken is refused
        assert state_of(gatehouse, job_id) == ("sending" if taken else "cancelled")

    def test_a_cancelled_paper_may_still_be_copied(
        self, gatehouse: Gatehouse, recorded: Recorded
    ) -> None:
        job_id = recorded.jobs[0]
        gatehouse.do(printing.cancel, gatehouse.officer, job_id)
        copy = gatehouse.do(printing.copy, gatehouse.officer, job_id)
        assert copy_no(gatehouse, copy) == 1


@pytest.mark.parametrize("role", Role)
def test_only_who_works_at_the_gate_decides_about_papers(
    gatehouse: Gatehouse, recorded: Recorded, role: Role
) -> None:
    print_all(gatehouse, JobState.UNCERTAIN)
    somebody = replace(gatehouse.officer, roles=frozenset({role}))
    works_at_the_gate = role in (Role.OFFICER, Role.INSPECTOR, Role.SUPERVISOR)
    settled, copied = recorded.jobs
    acts = (
        partial(printing.settle, gatehouse.desk, somebody, settled, True),
        partial(printing.copy, gatehouse.desk, somebody, copied),
        partial(printing.settle_all_came_out, gatehouse.desk, somebody),
    )
    for act in acts:
        if works_at_the_gate:
            gatehouse.db.run_write(act)
        else:
            with pytest.raises(NotAllowed):
                gatehouse.db.run_write(act)
    cancel = partial(printing.cancel, gatehouse.desk, somebody, settled)
    with pytest.raises(Refused if works_at_the_gate else NotAllowed):
        gatehouse.db.run_write(cancel)


class TestTheList:
    def test_a_paper_says_whose_it_is_and_how_it_fares(
        self, gatehouse: Gatehouse, recorded: Recorded
    ) -> None:
        attempt = gatehouse.do(print_queue.next_job, "printer")
        assert attempt is not None
        sending, queued = gatehouse.ask(printing.papers)
        assert sending == PaperLine(
            job_id=recorded.jobs[0],
            case_id=recorded.case_id,
            template=Template.BADGE,
            number=recorded.number,
            name="Асанова Айгүл",
            state=JobState.SENDING,
            copy_no=0,
            at=gatehouse.clock.at,
            printer="printer",
            attempts=1,
        )
        assert (queued.state, queued.printer, queued.attempts) == (JobState.QUEUED, "", 0)
        assert "Асанова" not in repr(sending)

    def test_what_needs_somebody_stands_first(self, gatehouse: Gatehouse) -> None:
        numbers: dict[JobState | str, str] = {}
        for state in (
            JobState.CONFIRMED,
            JobState.SENT,
            JobState.UNCERTAIN,
            "newer",
            JobState.SENDING,
            JobState.QUEUED,
        ):
            visit = gatehouse.visit(gatehouse.prisoner(), gatehouse.visitor())
            numbers[state] = visit.number
            if state is JobState.SENDING:
                gatehouse.do(print_queue.next_job, "printer")
            elif state is not JobState.QUEUED:
                print_all(
                    gatehouse, JobState.CONFIRMED if state == "newer" else JobState(state)
                )
        lines = gatehouse.ask(printing.papers)
        assert [line.number for line in lines] == [
            numbers[state]
            for state in (
                JobState.UNCERTAIN,
                JobState.SENDING,
                JobState.QUEUED,
                JobState.SENT,
                "newer",
                JobState.CONFIRMED,
            )
        ]
        assert gatehouse.ask(printing.papers, 2) == lines[:2]

    def test_a_refusal_notice_names_the_first_who_was_refused(
        self, gatehouse: Gatehouse
    ) -> None:
        gatehouse.refuse(gatehouse.request(gatehouse.prisoner(), gatehouse.child("Асанов")))
        (line,) = gatehouse.ask(printing.papers)
        assert line.name == "Асанов Айгүл"

    def test_the_list_of_years_is_read_from_its_end(self, gatehouse: Gatehouse) -> None:
        plan = gatehouse.rows(
            "EXPLAIN QUERY PLAN SELECT * FROM print_job JOIN spool ON job_id = id"
            " WHERE state IN ('confirmed', 'settled', 'cancelled')"
            " ORDER BY job_id DESC LIMIT 50"
        )
        assert not any("TEMP B-TREE" in step[3] for step in plan)


def erase_bodies(gatehouse: Gatehouse) -> None:
    gatehouse.db.run_write(
        lambda: gatehouse.db.file.execute_sql("UPDATE spool SET body = NULL")
    )
