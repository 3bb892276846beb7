"""Acts in the storage: carried, handed over, sent back, forwarded, corrected, scanned."""

from __future__ import annotations

from uuid import UUID

from hypothesis import strategies as st
from hypothesis.stateful import rule

from kiosk import paper_code
from kiosk.codes import ItemReason, MedicalFate, PlaceKind, PrisonerEventKind, Status, Verdict
from kiosk.errors import Refused
from kiosk.services import prisoner_events
from kiosk.services.goods import (
    by_code,
    correcting,
    going_back,
    handing_over,
    medical,
    opened,
    places,
    storage,
    storing,
)
from kiosk.services.register_numbers import number_of
from kiosk.values import Officer
from kiosk.values.goods import Correction, ItemRecorded, ParcelCard, Share
from kiosk.values.standing import NewEvent
from tests.invariants.bringing import ACCEPT, MEDICAL, REFUSE, SEIZE, SIM_CARDS
from tests.invariants.finding import Finding
from tests.invariants.gate import chiefs, officers, pick, which
from tests.invariants.tables import ids
from tests.unit.services.gatehouse import at_once

# Mostly there is something to be done with a parcel, sometimes it is past that.
ANY = ("stored", "to_return", "handed_over", "closed", "forwarded", "refused", "void")
mostly = st.sampled_from([True, True, True, True, False])
# Which of the lines for the doctor are left, as bits.
leaves = st.sampled_from([0, 0, 1, 2, 3])
HOW = ("spoiled", "taken_back", "to_the_doctor", "seized", "mistyped", "not_so", "weighed_anew")


class InTheStorage(Finding):
    def parcels(self, *states: str) -> list[UUID]:
        marks = ", ".join(f"'{state}'" for state in states)
        return ids(
            self.house.rows(
                "SELECT n.case_id FROM case_now n JOIN parcel p ON p.case_id = n.case_id"
                f" WHERE n.state IN ({marks}) ORDER BY n.last_at, n.case_id"
            )
        )

    def a_parcel(self, no: int, fits: bool, *states: str) -> UUID | None:
        found = pick(self.parcels(*(states if fits else ANY)), no)
        if found is None:
            self.a_bag_comes(no)
        return found

    # ---- on its shelf

    @rule(no=which, place=st.integers(0, 6), fits=mostly, login=officers)
    def carry_elsewhere(self, no: int, place: int, fits: bool, login: str) -> None:
        case_id = self.a_parcel(no, fits, "stored", "to_return")
        there = pick(self.house.ask(places.places, self.house.officer), place)
        if case_id is not None and there is not None:
            self.do(storing.move, self.officer(login), case_id, there.place_id)

    @rule(
        code=st.sampled_from(["A-3", "C-2", "S-2", "R-2"]),
        capacity=st.integers(0, 2),
        login=chiefs,
    )
    def take_a_place_into_use(self, code: str, capacity: int, login: str) -> None:
        kinds = {kind.name[0]: kind for kind in reversed(PlaceKind)} | {"A": PlaceKind.SHELF}
        self.do(places.record, self.officer(login), code, kinds[code[0]], capacity)

    @rule(no=which, login=chiefs)
    def give_a_place_up(self, no: int, login: str) -> None:
        there = pick(self.house.ask(places.places, self.house.officer), no)
        if there is not None:
            self.do(places.end, self.officer(login), there.place_id)

    @rule(no=which, login=officers)
    def scan_a_label(self, no: int, login: str) -> None:
        """A scan leaves its trace; the storage list tells the same of what stands there."""
        case_id = self.a_parcel(no, False)
        if case_id is None:
            return
        number = self.house.ask(lambda _desk: number_of(case_id))
        code = paper_code.of_number(self.house.desk.gate, number)
        scanned = self.do(by_code.scanned, self.officer(login), code)
        assert scanned is not None
        assert (scanned.case_id, scanned.number) == (case_id, number)
        lines = {one.case_id: one for one in self.house.ask(storage.stored, self.house.officer)}
        listed = lines.get(case_id)
        if scanned.ready:
            assert listed is not None
            assert (listed.state, listed.waits) == ("stored", "")

    # ---- to its prisoner

    @rule(no=which, fits=mostly, login=officers)
    def hand_over(self, no: int, fits: bool, login: str) -> None:
        case_id = self.a_parcel(no, fits, "stored")
        if case_id is not None:
            self.do(handing_over.hand_over, self.officer(login), case_id)

    @rule(no=which, acts_first=st.booleans(), doctor_first=st.booleans(), leaves=leaves)
    def a_parcel_goes_its_way(
        self, no: int, acts_first: bool, doctor_first: bool, leaves: int
    ) -> None:
        """To its prisoner, the doctor, its sender, in whichever order: then nothing of it is
        open any more."""
        case_id = self.a_parcel(no, True, "stored")
        if case_id is None:
            return
        if acts_first:
            self._finish_finds_of(case_id)
        if doctor_first:
            self._pass_on(self.house.officer, case_id, leaves)
        self.do(handing_over.hand_over, self.house.officer, case_id)
        self.every_promise_holds()
        if not doctor_first:
            self._pass_on(self.house.officer, case_id, leaves)
        self._finish_finds_of(case_id)
        if leaves:
            self.do(going_back.returned, self.house.officer, case_id)

    def _pass_on(self, officer: Officer, case_id: UUID, leaves: int) -> None:
        """The doctor leaves those of the waiting lines whose bit is set."""
        card = self.house.ask(opened.open_parcel, self.house.officer, case_id)
        waiting = [one.no for one in card.lines if one.medical is MedicalFate.WAITS]
        left = [no for place, no in enumerate(waiting) if leaves >> place & 1]
        self.do(medical.pass_on, officer, case_id, "Осмонова Т.", left)
        self.every_promise_holds()

    def _finish_finds_of(self, case_id: UUID) -> None:
        for find_id in ids(
            self.house.rows("SELECT id FROM find WHERE case_id = ?", case_id.bytes)
        ):
            self.finish(find_id)

    @rule(no=which, declined=st.booleans())
    def two_windows_on_one_parcel(self, no: int, declined: bool) -> None:
        """Handed over at both at once, or declined at one of them: one of these happens."""
        case_id = self.a_parcel(no, True, "stored")
        if case_id is None:
            return
        second = going_back.decline if declined else handing_over.hand_over
        one, other = self.house.officer, self.officer("inspector")
        results = at_once(
            lambda: self.house.do(handing_over.hand_over, one, case_id),
            lambda: self.house.do(second, other, case_id),
        )
        done = [each for each in results if isinstance(each, ParcelCard)]
        assert len(done) + sum(isinstance(each, Refused) for each in results) == 2, results
        assert len(done) <= 1, results
        if done:
            self.wrote()
        else:
            assert self.counts() == self.rows

    @rule(no=which, fits=mostly, leaves=leaves, login=officers)
    def pass_medicine_on(self, no: int, fits: bool, leaves: int, login: str) -> None:
        waits = ids(
            self.house.rows(
                "SELECT DISTINCT i.case_id FROM item i JOIN case_now n ON n.case_id = i.case_id"
                " WHERE i.verdict = 'medical' AND n.state IN ('stored', 'handed_over')"
                " ORDER BY i.case_id"
            )
        )
        case_id = pick(waits, no) if fits else self.a_parcel(no, False)
        if case_id is None:
            self.a_bag_comes(no)
        else:
            self._pass_on(self.officer(login), case_id, leaves)

    # ---- back, or after the prisoner

    def _its_prisoner_is(self, case_id: UUID, status: Status) -> None:
        ((prisoner_id,),) = self.house.rows(
            "SELECT prisoner_id FROM gate_case WHERE id = ?", case_id.bytes
        )
        event = NewEvent(PrisonerEventKind.STATUS, status, self.house.clock.now(), None)
        supervisor, whose = self.house.supervisor, UUID(bytes=prisoner_id)
        self.do(prisoner_events.record, supervisor, whose, event)
        self.every_promise_holds()

    @rule(
        no=which,
        status=st.sampled_from(
            [Status.TRANSFERRED, Status.RELEASED, Status.ISOLATOR, Status.COURT, Status.PRESENT]
        ),
        goes_out=st.booleans(),
    )
    def its_prisoner_is_elsewhere(self, no: int, status: Status, goes_out: bool) -> None:
        """What waits for them is handed over then, or tried to be."""
        case_id = self.a_parcel(no, True, "stored")
        if case_id is None:
            return
        self._its_prisoner_is(case_id, status)
        if goes_out:
            self.do(handing_over.hand_over, self.house.officer, case_id)

    @rule(
        no=which,
        fits=mostly,
        why=st.sampled_from(["declined", "expired", "moved"]),
        comes=st.booleans(),
        login=st.sampled_from(["officer", "supervisor", "supervisor", "chief"]),
    )
    def send_back(self, no: int, fits: bool, why: str, comes: bool, login: str) -> None:
        """Sometimes its sender comes for it at once."""
        case_id = self.a_parcel(no, fits, "stored")
        act = {
            "declined": going_back.decline,
            "expired": going_back.expire,
            "moved": going_back.gone,
        }[why]
        if case_id is None or self.do(act, self.officer(login), case_id) is None:
            return
        if comes:
            self.every_promise_holds()
            self.do(going_back.returned, self.house.officer, case_id)

    @rule(no=which, fits=mostly, proxy=st.booleans(), login=officers)
    def give_it_to_its_sender(self, no: int, fits: bool, proxy: bool, login: str) -> None:
        left = self.parcels("to_return") + ids(
            self.house.rows(
                "SELECT DISTINCT s.case_id FROM step s JOIN case_now n ON n.case_id = s.case_id"
                " WHERE s.kind = 'not_taken' AND n.state IN ('stored', 'handed_over')"
                " ORDER BY s.case_id"
            )
        )
        case_id = pick(left, no) if fits else self.a_parcel(no, False)
        if case_id is not None:
            words = "брат" if proxy else ""
            act, officer = going_back.returned, self.officer(login)
            self.do(act, officer, case_id, proxy=proxy, words=words)

    @rule(
        no=which,
        went=mostly,
        finished=mostly,
        prison=st.sampled_from(["p27", "p27", "p27", "p1", ""]),
        login=chiefs,
    )
    def send_it_after_its_prisoner(
        self, no: int, went: bool, finished: bool, prison: str, login: str
    ) -> None:
        case_id = self.a_parcel(no, went, "stored")
        if case_id is not None:
            if went:
                self._its_prisoner_is(case_id, Status.TRANSFERRED)
            if finished:
                self._finish_finds_of(case_id)
            self.do(going_back.forward, self.officer(login), case_id, prison)

    # ---- corrected

    @rule(
        no=which,
        fits=mostly,
        line=which,
        how=st.lists(st.sampled_from(HOW), min_size=1, max_size=3),
        part=st.sampled_from([1, 1, 2]),
        login=st.sampled_from(["supervisor", "chief", "supervisor", "officer"]),
    )
    def correct(
        self, no: int, fits: bool, line: int, how: list[str], part: int, login: str
    ) -> None:
        """The whole of a line, or (`part` 2) a half of it; one line after the other."""
        case_id = self.a_parcel(no, fits, "stored")
        if case_id is None:
            return
        for more, what in enumerate(how):
            card = self.house.ask(opened.open_parcel, self.house.officer, case_id)
            lines = [one for one in card.lines if not one.replaced]
            here = [one for one in lines if one.verdict is not REFUSE] or lines
            meant = pick(here, line + more)
            if meant is not None:
                told = _told(meant, what, part)
                self.do(correcting.correct, self.officer(login), case_id, meant.no, told)
                self.every_promise_holds()


def _told(line: ItemRecorded, how: str, part: int) -> Correction:
    """What a supervisor says of a line. What was not weighed is weighed when it leaves."""
    if how == "mistyped":
        return Correction((Share(line.verdict, line.pieces + 1, line.grams),))
    if how == "weighed_anew":
        grams = line.grams * 3 // (2 * part)
        return Correction((Share(line.verdict, line.pieces, grams, line.reason),))
    leaves = {"taken_back": REFUSE, "to_the_doctor": MEDICAL, "seized": SEIZE, "not_so": ACCEPT}
    verdict = leaves.get(how, REFUSE)
    reason = {"spoiled": ItemReason.SPOILED, "taken_back": ItemReason.TAKEN_BACK}.get(how)
    pieces, grams = line.pieces // part, line.grams // part
    gone = Share(verdict, pieces, grams or 60, reason)
    stays: tuple[Share, ...] = ()
    if part > 1 and verdict is not line.verdict:
        stays = (Share(line.verdict, line.pieces - pieces, None, line.reason),)
    return Correction(
        (*stays, gone),
        seized=SIM_CARDS if verdict is SEIZE else None,
        act_no="Б-7" if how == "spoiled" else "",
        words="при осмотре" if verdict is Verdict.SEIZE else "",
    )
