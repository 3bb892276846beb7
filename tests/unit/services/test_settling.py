"""What an officer says about a paper is a fact, and nobody says it twice."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from uuid import UUID

import pytest

from kiosk.codes import JobState, Role
from kiosk.errors import NotAllowed, NotFound, Refused
from kiosk.services import print_queue, printing
from kiosk.values import Recorded

from .gatehouse import Gatehouse, at_once
from .paper_acts import (
    copy_no,
    endings,
    erase_bodies,
    last_act,
    print_all,
    state_of,
    two_badges,
)


@pytest.fixture
def recorded(gatehouse: Gatehouse) -> Recorded:
    return two_badges(gatehouse)


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
        looked_at = gatehouse.clock.at
        assert gatehouse.do(printing.settle_all_came_out, gatehouse.officer, looked_at) == 2
        assert [state_of(gatehouse, job) for job in recorded.jobs] == ["confirmed"] * 2
        assert endings(gatehouse) == [("print_job", "came_out")] * 2
        assert state_of(gatehouse, other.jobs[0]) == "uncertain"
        before = gatehouse.counts()
        assert gatehouse.do(printing.settle_all_came_out, gatehouse.officer, looked_at) == 0
        assert gatehouse.written(before) == {}

    def test_what_was_handed_over_after_the_officer_looked_is_not_settled_unseen(
        self, gatehouse: Gatehouse, recorded: Recorded
    ) -> None:
        print_all(gatehouse, JobState.SENT)
        looked_at = gatehouse.clock.at
        gatehouse.clock.at += 1
        other = gatehouse.visit(gatehouse.prisoner(), gatehouse.visitor("Сыдыкова"))
        print_all(gatehouse, JobState.SENT)
        assert gatehouse.do(printing.settle_all_came_out, gatehouse.officer, looked_at) == 2
        assert state_of(gatehouse, other.jobs[0]) == "sent"


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
        partial(printing.settle_all_came_out, gatehouse.desk, somebody, gatehouse.clock.at),
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
