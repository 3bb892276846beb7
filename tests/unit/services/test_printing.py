"""Papers: a copy always bears its mark, and the list begins with what needs somebody."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import pytest

from kiosk.codes import JobState, Role, Template
from kiosk.errors import NotAllowed, NotFound, Refused
from kiosk.services import consult, print_queue, printing
from kiosk.values import PaperLine, Recorded

from .gatehouse import Gatehouse
from .paper_acts import body, copy_no, erase_bodies, last_act, print_all, two_badges


@pytest.fixture
def recorded(gatehouse: Gatehouse) -> Recorded:
    return two_badges(gatehouse)


def test_papers_bear_names_and_are_shown_to_who_may_see_people(
    gatehouse: Gatehouse, recorded: Recorded
) -> None:
    for role in Role:
        somebody = replace(gatehouse.officer, roles=frozenset({role}))
        before = gatehouse.counts()
        if role in (Role.AUDITOR, Role.SUPPORT):
            with pytest.raises(NotAllowed):
                gatehouse.ask(printing.papers, somebody)
            with pytest.raises(NotAllowed):
                gatehouse.do(consult.paper, somebody, recorded.jobs[0])
            assert gatehouse.written(before) == {}
        else:
            assert len(gatehouse.ask(printing.papers, somebody)) == 2


def test_looking_at_a_paper_leaves_a_trace(gatehouse: Gatehouse, recorded: Recorded) -> None:
    before = gatehouse.counts()
    job = gatehouse.do(consult.paper, gatehouse.officer, recorded.jobs[0])
    assert job == gatehouse.ask(printing.body, recorded.jobs[0])
    assert gatehouse.written(before) == {"audit_entry": 1, "sign_in": 1}
    trace = (gatehouse.officer.staff_id.bytes, recorded.jobs[0].bytes)
    found = gatehouse.rows("SELECT staff_id, subject_id FROM sign_in WHERE kind = 'consult'")
    assert trace in found


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
        assert gatehouse.ask(printing.papers, gatehouse.officer)[0].name == ""


class TestTheList:
    def test_a_paper_says_whose_it_is_and_how_it_fares(
        self, gatehouse: Gatehouse, recorded: Recorded
    ) -> None:
        attempt = gatehouse.do(print_queue.next_job, "printer")
        assert attempt is not None
        sending, queued = gatehouse.ask(printing.papers, gatehouse.officer)
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
        lines = gatehouse.ask(printing.papers, gatehouse.officer)
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
        assert gatehouse.ask(printing.papers, gatehouse.officer, 2) == lines[:2]

    def test_the_paper_in_focus_stands_on_the_list_however_old_it_is(
        self, gatehouse: Gatehouse, recorded: Recorded
    ) -> None:
        print_all(gatehouse)
        old, new = sorted(recorded.jobs)
        for wanted, listed in ((old, [new, old]), (new, [new]), (UUID(int=7), [new])):
            lines = gatehouse.ask(printing.papers, gatehouse.officer, 1, wanted)
            assert [line.job_id for line in lines] == listed

    def test_a_refusal_notice_names_the_first_who_was_refused(
        self, gatehouse: Gatehouse
    ) -> None:
        gatehouse.refuse(gatehouse.request(gatehouse.prisoner(), gatehouse.child("Асанов")))
        (line,) = gatehouse.ask(printing.papers, gatehouse.officer)
        assert line.name == "Асанов Айгүл"

    def test_the_list_of_years_is_read_from_its_end(self, gatehouse: Gatehouse) -> None:
        plan = gatehouse.rows(
            "EXPLAIN QUERY PLAN SELECT * FROM print_job JOIN spool ON job_id = id"
            " WHERE state IN ('confirmed', 'settled', 'cancelled')"
            " ORDER BY job_id DESC LIMIT 50"
        )
        assert not any("TEMP B-TREE" in step[3] for step in plan)
