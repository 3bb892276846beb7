"""No paper lost, none printed twice by itself, whatever the printer or the disk does."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator
from uuid import UUID

import pytest
from papers import BADGE, NOTICE
from spool_bench import (
    A_BADGE,
    A_NOTICE,
    BLOCKED,
    HANDED_OVER,
    IN_PART,
    PROVEN,
    UNPROVEN,
    Bench,
    let_all_run,
)

from devices.printers.printer import UNTOUCHED, Delivered, Outcome, Proof, ProofBy, Why
from kiosk.codes import JobState, Template
from kiosk.errors import DiskFull
from kiosk.spool import SpoolState
from kiosk.values import AttemptEnd
from tests.paper import decode


@pytest.fixture
async def bench() -> AsyncIterator[Bench]:
    bench = Bench()
    yield bench
    await bench.stop()


async def printed(bench: Bench, body: bytes = A_BADGE) -> UUID:
    """One paper through the spool, from the commit to its end."""
    job = bench.queue.add(body)
    bench.start()
    await bench.idle()
    return job


@pytest.mark.parametrize(
    ("outcome", "state"),
    [
        (PROVEN, JobState.CONFIRMED),
        (HANDED_OVER, JobState.SENT),
        (UNPROVEN, JobState.UNCERTAIN),
        (IN_PART, JobState.UNCERTAIN),
    ],
)
async def test_what_the_printer_says_is_what_the_queue_says(
    bench: Bench, outcome: Outcome, state: JobState
) -> None:
    bench.printer.outcomes = [outcome]
    job = await printed(bench)
    assert bench.queue.state(job) is state
    assert len(bench.printer.papers) == 1


async def test_a_badge_reaches_the_printer_whole(bench: Bench) -> None:
    await printed(bench)
    (paper,) = decode(bench.printer.papers[0]).papers
    assert "Асанова Айгүл Өмүрбековна" in paper.text
    assert paper.qrs == [BADGE.code]


async def test_papers_come_out_in_the_order_in_which_they_were_ordered(bench: Bench) -> None:
    bench.queue.add(A_BADGE)
    bench.queue.add(A_NOTICE, Template.REFUSAL)
    bench.start()
    await bench.until(lambda: bench.spool.state.last_printed == NOTICE.number)
    texts = [decode(paper).papers[0].text for paper in bench.printer.papers]
    assert BADGE.badge in texts[0]
    assert NOTICE.number in texts[1]


async def test_nothing_is_printed_before_it_is_woken_by_a_commit(bench: Bench) -> None:
    bench.start()
    # Once to tell what waits, once to print it: then it sleeps.
    await bench.queue.looked_at(2)
    job = bench.queue.add(A_BADGE)
    await let_all_run()
    assert bench.queue.looks == 2
    assert bench.printer.papers == []
    threading.Thread(target=bench.spool.wake).start()
    await bench.until(lambda: bench.spool.state.last_printed is not None)
    assert bench.queue.state(job) is JobState.CONFIRMED


async def test_a_paper_that_provably_did_not_print_is_tried_again(bench: Bench) -> None:
    bench.printer.outcomes = [BLOCKED]
    job = await printed(bench)
    assert bench.queue.history == [
        JobState.SENDING,
        JobState.QUEUED,
        JobState.SENDING,
        JobState.CONFIRMED,
    ]
    assert bench.queue.state(job) is JobState.CONFIRMED


async def test_papers_wait_queued_and_counted_while_the_printer_is_not_ready(
    bench: Bench,
) -> None:
    bench.printer.is_ready.clear()
    first = bench.queue.add(A_BADGE)
    bench.start()
    await bench.until(lambda: bench.spool.state.waiting == 1)
    second = bench.queue.add(A_BADGE)
    bench.spool.wake()
    await bench.until(lambda: bench.spool.state.waiting == 2)
    assert {bench.queue.state(first), bench.queue.state(second)} == {JobState.QUEUED}
    bench.printer.is_ready.set()
    await bench.idle()
    assert bench.queue.state(second) is JobState.CONFIRMED


async def test_an_uncertain_paper_is_never_sent_again_by_itself(bench: Bench) -> None:
    bench.printer.outcomes = [UNPROVEN]
    await printed(bench)
    bench.queue.add(A_NOTICE, Template.REFUSAL)
    bench.spool.wake()
    await bench.until(lambda: bench.spool.state.last_printed == NOTICE.number)
    assert len(bench.printer.papers) == 2
    assert bench.spool.state.uncertain == 1


async def test_what_was_under_way_when_the_kiosk_died_is_uncertain(bench: Bench) -> None:
    job = bench.queue.add(A_BADGE, state=JobState.SENDING)
    bench.start()
    await bench.until(lambda: bench.spool.state.uncertain == 1)
    assert bench.queue.state(job) is JobState.UNCERTAIN
    assert bench.printer.papers == []


async def test_a_kiosk_that_ends_while_printing_leaves_the_paper_as_under_way(
    bench: Bench,
) -> None:
    bench.printer.holds.clear()
    job = bench.queue.add(A_BADGE)
    bench.start()
    await bench.until(lambda: bench.spool.state.printing == BADGE.number)
    await bench.stop()
    assert bench.queue.state(job) is JobState.SENDING


@pytest.mark.parametrize("body", [b"{}", b"not json", b'{"number": "V-26-1", "code": 5}'])
async def test_a_paper_that_cannot_be_laid_out_is_shown_to_a_person_and_stops_no_other(
    bench: Bench, body: bytes
) -> None:
    broken = bench.queue.add(body)
    whole = bench.queue.add(A_BADGE)
    bench.start()
    await bench.until(lambda: bench.spool.state.last_printed == BADGE.number)
    assert bench.queue.state(broken) is JobState.UNCERTAIN
    assert bench.queue.state(whole) is JobState.CONFIRMED


async def test_a_printed_paper_is_marked_when_the_disk_has_room_again(bench: Bench) -> None:
    bench.queue.faults = [DiskFull("The disk has no room left.")]
    job = await printed(bench)
    assert bench.queue.state(job) is JobState.CONFIRMED
    assert len(bench.printer.papers) == 1


async def test_a_paper_whose_printing_failed_as_nobody_foresaw_is_uncertain_and_sent_once(
    bench: Bench, caplog: pytest.LogCaptureFixture
) -> None:
    bench.printer.outcomes = [RuntimeError("ASANOVA AIGUL")]
    failed = bench.queue.add(A_BADGE)
    later = bench.queue.add(A_NOTICE, Template.REFUSAL)
    bench.start()
    await bench.until(lambda: bench.spool.state.last_printed == NOTICE.number)
    assert bench.queue.state(failed) is JobState.UNCERTAIN
    assert bench.queue.state(later) is JobState.CONFIRMED
    assert len(bench.printer.papers) == 2
    assert "RuntimeError in paper" in caplog.text
    assert "ASANOVA" not in caplog.text


async def test_a_paper_whose_end_could_not_be_recorded_is_sent_once(bench: Bench) -> None:
    bench.queue.faults = [RuntimeError("a bug")]
    job = await printed(bench)
    assert bench.queue.state(job) is JobState.CONFIRMED
    assert len(bench.printer.papers) == 1


async def test_the_status_bar_hears_what_is_being_printed(bench: Bench) -> None:
    await printed(bench)
    assert {state.printing for state in bench.states} == {None, BADGE.number}
    assert {state.printing_on for state in bench.states} == {None, "printer"}
    assert bench.states[-1] == SpoolState(
        last_printed=BADGE.number, last_printer="printer", last_state=JobState.CONFIRMED
    )


async def test_a_paper_handed_to_a_printer_that_never_says_is_to_be_asked_about(
    bench: Bench,
) -> None:
    bench.printer.outcomes = [HANDED_OVER]
    await printed(bench)
    assert bench.spool.state.asked == 1
    assert bench.spool.state.last_state is JobState.SENT


async def test_an_attempt_is_completed_with_what_the_printer_told(bench: Bench) -> None:
    bench.printer.outcomes = [
        Outcome(Delivered.ALL, Proof.PROVEN, Why.DONE, ProofBy.GS_R, 700),
        Outcome(Delivered.PART, Proof.UNPROVEN, Why.LINE_LOST, sent=12),
    ]
    bench.queue.add(A_BADGE)
    await printed(bench)
    assert bench.queue.ends == [
        AttemptEnd(JobState.CONFIRMED, 700, "done", "gs_r"),
        AttemptEnd(JobState.UNCERTAIN, 12, "line_lost", "unproven"),
    ]


class TestAfterABreak:
    """Half a paper neither passes for one nor grows together with the next."""

    async def test_an_end_of_scrap_is_cut_off_before_the_next_paper(self, bench: Bench) -> None:
        bench.queue.broken = {"printer"}
        await printed(bench)
        scrap, badge = decode(bench.printer.papers[0]).papers
        assert "INCOMPLETE, NOT VALID" in scrap.text
        assert BADGE.badge in badge.text
        assert "NOT VALID" not in badge.text

    async def test_only_the_printer_in_which_it_hangs_gets_one(self, bench: Bench) -> None:
        bench.queue.broken = {"second_printer"}
        await printed(bench)
        assert len(decode(bench.printer.papers[0]).papers) == 1


class TestTwoPrinters:
    """What waits goes to the second one, and only what provably never went to the first."""

    @pytest.fixture(autouse=True)
    def both(self, bench: Bench) -> None:
        bench.serve(bench.printer, bench.second)

    async def test_the_first_prints_while_it_can(self, bench: Bench) -> None:
        for _ in range(3):
            bench.queue.add(A_BADGE)
        await printed(bench)
        assert bench.queue.printers == ["printer"] * 4
        assert bench.second.papers == []

    async def test_what_waits_goes_to_the_second_when_the_first_is_not_ready(
        self, bench: Bench
    ) -> None:
        bench.printer.is_ready.clear()
        await printed(bench)
        assert bench.queue.printers == ["second_printer"]
        assert bench.printer.papers == []
        assert bench.spool.state.last_printer == "second_printer"

    async def test_what_the_first_has_begun_stays_there_and_the_next_goes_to_the_second(
        self, bench: Bench
    ) -> None:
        bench.printer.holds.clear()
        begun = bench.queue.add(A_BADGE)
        bench.start()
        await bench.until(lambda: bench.spool.state.printing == BADGE.number)
        bench.printer.is_ready.clear()  # it has run out of paper in the middle
        bench.queue.add(A_NOTICE, Template.REFUSAL)
        bench.spool.wake()
        await bench.until(lambda: bench.spool.state.last_printer == "second_printer")
        assert bench.spool.state.last_printed == NOTICE.number
        assert bench.queue.state(begun) is JobState.SENDING
        bench.printer.is_ready.set()
        bench.printer.holds.set()
        await bench.idle()
        assert bench.queue.state(begun) is JobState.CONFIRMED
        assert bench.queue.printers == ["printer", "second_printer"]

    async def test_what_may_have_come_out_of_the_first_never_goes_to_the_second(
        self, bench: Bench
    ) -> None:
        bench.printer.outcomes = [IN_PART]
        job = await printed(bench)
        assert bench.queue.state(job) is JobState.UNCERTAIN
        assert bench.second.papers == []

    async def test_the_first_is_preferred_as_soon_as_it_is_back(self, bench: Bench) -> None:
        bench.printer.is_ready.clear()
        await printed(bench)
        bench.printer.is_ready.set()
        bench.queue.add(A_BADGE)
        bench.spool.wake()
        await bench.until(lambda: bench.spool.state.last_printer == "printer")
        assert bench.queue.printers == ["second_printer", "printer"]

    async def test_with_none_ready_papers_wait(self, bench: Bench) -> None:
        bench.printer.is_ready.clear()
        bench.second.is_ready.clear()
        job = bench.queue.add(A_BADGE)
        bench.start()
        await bench.until(lambda: bench.spool.state.waiting == 1)
        await let_all_run()
        assert bench.queue.state(job) is JobState.QUEUED
        bench.second.is_ready.set()
        await bench.idle()
        assert bench.queue.printers == ["second_printer"]


class TestGivingUp:
    """An officer ends the wait of a paper that has gone to the printer."""

    async def given_up(self, bench: Bench, outcome: Outcome) -> JobState:
        bench.printer.holds.clear()
        bench.printer.outcomes = [outcome]
        job = bench.queue.add(A_BADGE)
        bench.start()
        await bench.printer.begun.wait()
        assert bench.spool.abort(job)
        await bench.idle()
        assert bench.printer.aborted
        assert len(bench.printer.papers) == 1
        return bench.queue.state(job)

    async def test_it_becomes_uncertain(self, bench: Bench) -> None:
        outcome = Outcome(Delivered.ALL, Proof.UNPROVEN, Why.ABORTED, sent=800)
        assert await self.given_up(bench, outcome) is JobState.UNCERTAIN

    async def test_it_is_not_tried_again_even_if_nothing_of_it_left(self, bench: Bench) -> None:
        outcome = UNTOUCHED[Why.ABORTED]
        assert await self.given_up(bench, outcome) is JobState.UNCERTAIN

    async def test_what_was_proved_in_that_moment_is_confirmed(self, bench: Bench) -> None:
        assert await self.given_up(bench, PROVEN) is JobState.CONFIRMED

    async def test_a_paper_that_is_not_on_its_way_cannot_be_given_up(
        self, bench: Bench
    ) -> None:
        job = await printed(bench)
        assert not bench.spool.abort(job)
        assert not bench.printer.aborted


async def test_nothing_is_printed_while_the_disk_takes_nothing_and_that_is_told(
    bench: Bench,
) -> None:
    bench.queue.no_room = True
    job = bench.queue.add(A_BADGE)
    bench.start()
    await bench.until(lambda: bench.spool.state.fault is not None)
    assert isinstance(bench.spool.state.fault, DiskFull)
    assert bench.queue.state(job) is JobState.QUEUED
    assert bench.printer.papers == []
    bench.queue.no_room = False
    await bench.idle()
    assert bench.spool.state.fault is None
    assert len(bench.printer.papers) == 1


async def test_a_new_paper_is_counted_while_another_is_being_printed(bench: Bench) -> None:
    bench.printer.holds.clear()
    bench.queue.add(A_BADGE)
    bench.start()
    await bench.until(lambda: bench.spool.state.printing == BADGE.number)
    bench.queue.add(A_BADGE)
    bench.spool.wake()
    await bench.until(lambda: bench.spool.state.waiting == 2)
