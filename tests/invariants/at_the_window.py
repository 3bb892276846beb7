"""Acts between the decision and the way out: searches, things left, leaving, calling off."""

from __future__ import annotations

from uuid import UUID

from hypothesis import strategies as st
from hypothesis.stateful import rule

from kiosk import badge_code
from kiosk.codes import (
    CancelReason,
    JobState,
    Left,
    OverrideGround,
    Screening,
    ScreeningConsent,
    ScreeningResult,
    VisitOutcome,
    VoidReason,
)
from kiosk.services import (
    departures,
    deposits,
    going_in,
    outcomes,
    print_queue,
    printing,
    searches,
)
from kiosk.values import Override, SearchRecord, ThingLeft
from tests.invariants.gate import Gate, officers, pick, which

HERE = ("admitted", "inside")
OVER = ("left", "closed", "refused", "cancelled", "admitted", "booked", "void")
PARCELS = ("stored", "to_return", "handed_over", "forwarded")


class AtTheWindow(Gate):
    def _member(self, no: int, *states: str) -> UUID | None:
        """Somebody of a case in one of the states."""
        marks = ", ".join(f"'{state}'" for state in states)
        found = self.house.rows(
            "SELECT m.id FROM member m JOIN case_now n ON n.case_id = m.case_id"
            f" WHERE n.state IN ({marks}) ORDER BY n.last_at, m.id"
        )
        row = pick(found, no)
        return UUID(bytes=row[0]) if row is not None else None

    @rule(
        no=which,
        login=officers,
        level=st.sampled_from([Screening.THINGS, Screening.DETECTOR, Screening.PAT_DOWN]),
        consent=st.sampled_from([ScreeningConsent.YES] * 4 + list(ScreeningConsent)),
        goes_in=st.sampled_from([True, True, True, False]),
    )
    def search(
        self, no: int, login: str, level: Screening, consent: ScreeningConsent, goes_in: bool
    ) -> None:
        member_id = self._member(no, *HERE)
        if member_id is None:
            self.next_in_line(no)
            return
        yes = consent is ScreeningConsent.YES
        result = ScreeningResult.NOTHING if yes else ScreeningResult.NOT_DONE
        if not goes_in:
            result = ScreeningResult.FOUND
        searcher = self.officer(login).staff_id
        search = SearchRecord(level, searcher, consent, result, goes_in)
        self.do(searches.record, self.officer(login), member_id, search)

    @rule(no=which)
    def search_all_who_wait(self, no: int) -> None:
        """As most are: their things only, and nothing found."""
        case_id = pick(self.cases(*HERE), no)
        window = (
            self.ask(searches.at_window, self.house.officer, case_id)
            if case_id is not None
            else None
        )
        for one in window.members if window is not None else ():
            search = SearchRecord(
                Screening.THINGS,
                self.house.officer.staff_id,
                ScreeningConsent.YES,
                ScreeningResult.NOTHING,
            )
            if one.waits:
                self.do(searches.record, self.house.officer, one.member_id, search)
                self.every_promise_holds()

    @rule(
        no=which,
        login=officers,
        how=st.sampled_from(["let in", "turn away", "by two"]),
        signer=st.sampled_from(["supervisor", "chief", "officer"]),
    )
    def settle_who_is_kept_out(self, no: int, login: str, how: str, signer: str) -> None:
        """Somebody was searched, and something came since they were admitted."""
        case_id = pick(self.cases(*HERE), no)
        if case_id is None:
            self.next_in_line(no)
            return
        officer = self.officer(login)
        kept = self.ask(going_in.kept_out, officer, case_id)
        if how == "by two" and kept is not None:
            signed = Override(self.officer(signer), OverrideGround.ORDER, "приказ 9")
            self.do(going_in.let_in, officer, case_id, kept.decision, signed)
        elif how == "let in":
            self.do(going_in.let_in, officer, case_id)
        else:
            self.do(going_in.turn_away, officer, case_id)

    @rule(no=which, tag=st.integers(0, 3), what=st.sampled_from([Left.PHONE, Left.MONEY]))
    def leave_things(self, no: int, tag: int, what: Left) -> None:
        member_id = self._member(no, *HERE)
        if member_id is None:
            self.next_in_line(no)
        else:
            things = (ThingLeft(what), ThingLeft(Left.KEYS, 2))
            self.do(deposits.leave_things, self.house.officer, member_id, str(tag), things)

    @rule(tag=st.integers(1, 3), login=officers, kept=st.booleans())
    def clear_a_tag(self, tag: int, login: str, kept: bool) -> None:
        act = deposits.write_off if kept else deposits.give_back
        self.do(act, self.officer(login), f"{tag:03d}")

    @rule(
        no=which,
        login=officers,
        some=st.none() | st.sets(st.integers(0, 2)),
        things_back=st.booleans(),
        child_stays=st.sampled_from([False, False, False, True]),
        outcome=st.sampled_from([VisitOutcome.NORMAL, VisitOutcome.LEFT_EARLY_VISITOR]),
    )
    def leave(
        self,
        no: int,
        login: str,
        some: set[int] | None,
        things_back: bool,
        child_stays: bool,
        outcome: VisitOutcome,
    ) -> None:
        case_id = pick(self.cases("inside"), no)
        if case_id is None:
            self.next_in_line(no)
            return
        members = self.house.rows(
            "SELECT id FROM member WHERE case_id = ? ORDER BY no", case_id.bytes
        )
        badge = self.ask(departures.open_badge, self.officer(login), self._badge(case_id))
        assert badge is not None
        assert badge.case_id == case_id
        leaving = None
        if some is not None:
            leaving = {UUID(bytes=row[0]) for at, row in enumerate(members) if at in some}
        if child_stays:
            self.told.child_stays.add(case_id.bytes)
        self.do(
            departures.leave,
            self.officer(login),
            case_id,
            leaving,
            outcome,
            things_back=things_back,
            child_stays=child_stays,
        )

    def _badge(self, case_id: UUID) -> str:
        """What the QR of the first badge of a case holds."""
        ((gate, year, no),) = self.house.rows(
            "SELECT gate_id, period, no FROM register_number"
            " WHERE object_id = ? AND series = 'V'",
            case_id.bytes,
        )
        return badge_code.encode(gate, int(year), no, 1)

    @rule(login=officers)
    def the_day_ends(self, login: str) -> None:
        """Everybody leaves, and the next morning comes."""
        for case_id in self.cases("inside"):
            self.do(departures.leave, self.officer(login), case_id)
            self.every_promise_holds()
        clock, hour = self.house.clock, 3_600_000
        clock.at += 24 * hour - clock.at % hour

    @rule(no=which, login=officers)
    def stop(self, no: int, login: str) -> None:
        case_id = pick(self.cases("inside", "admitted"), no)
        if case_id is None:
            self.next_in_line(no)
        else:
            self.do(outcomes.stop, self.officer(login), case_id)

    @rule(no=which, login=officers, reason=st.sampled_from(CancelReason))
    def cancel(self, no: int, login: str, reason: CancelReason) -> None:
        case_id = pick(self.cases("booked", "admitted", "inside", "closed"), no)
        if case_id is None:
            self.next_in_line(no)
        else:
            self.do(outcomes.cancel, self.officer(login), case_id, reason)

    @rule(no=which, login=officers, inside=st.booleans())
    def void(self, no: int, login: str, inside: bool) -> None:
        case_id = pick(self.cases(*(("inside",) if inside else PARCELS), *OVER), no)
        if case_id is None:
            self.next_in_line(no)
        else:
            self.do(outcomes.void, self.officer(login), case_id, VoidReason.TWICE)

    # ---- papers

    @rule(how=st.sampled_from([JobState.CONFIRMED, JobState.UNCERTAIN]))
    def print_what_waits(self, how: JobState) -> None:
        while (attempt := self.house.do(print_queue.next_job, "printer")) is not None:
            self.house.do(print_queue.mark, attempt.job.job_id, how)
        self.rows = self.counts()

    @rule(no=which, whole=st.booleans())
    def copy_a_paper(self, no: int, whole: bool) -> None:
        found = self.house.rows(
            "SELECT case_id, id FROM print_job WHERE case_id IS NOT NULL ORDER BY id DESC"
        )
        row = pick(found, no)
        if row is None:
            self.next_in_line(no)
            return
        case_id, job_id = (UUID(bytes=one) for one in row)
        if whole:
            self.do(printing.reprint, self.house.officer, case_id)
        else:
            self.do(printing.copy, self.house.officer, job_id)

    @rule(no=which, came_out=st.booleans(), again=st.booleans())
    def say_what_came_out(self, no: int, came_out: bool, again: bool) -> None:
        found = self.house.rows(
            "SELECT job_id FROM spool WHERE state = 'uncertain' ORDER BY job_id"
        )
        row = pick(found, no)
        if row is None:
            self.next_in_line(no)
        else:
            job_id = UUID(bytes=row[0])
            self.do(printing.settle, self.house.officer, job_id, came_out, again)
