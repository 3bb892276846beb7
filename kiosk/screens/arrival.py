"""Arrival: who stands there, whether the visit may pass and why, the key that settles it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from uuid import UUID

from textual.widget import Widget

from devices.events import DocumentRead
from kiosk import wording
from kiosk.codes import ON_ITS_WAY, JobState
from kiosk.device_board import PRINTER
from kiosk.doubts import COMPARE
from kiosk.errors import AlreadyDone, DecisionChanged, Refused
from kiosk.screens import cards
from kiosk.screens.arrival_lines import SERVICE, Asked, lines_of
from kiosk.screens.copying import say_why_not
from kiosk.screens.screen import ATTENTION, DONE, GATE_KEYS, PLAIN, KioskScreen
from kiosk.screens.visiting import Visitor
from kiosk.spool import SpoolState
from kiosk.text import N_
from kiosk.values import MemberRequest, PrisonerCard, Recorded, VisitRequest
from kiosk.widgets.lines import Line
from kiosk.widgets.sheet import Sheet


class Arrival(KioskScreen):
    """Card left, decision right, one question below.

    A case is asked for, then settled: `recorded` says how. While `adding`, the next person
    scanned joins the group; while `choosing`, the prisoner of the whole group is chosen anew.
    """

    TITLE_TEXT = N_("ARRIVAL")
    help_name = "arrival"

    def __init__(self) -> None:
        super().__init__()
        self.sheet = Sheet()
        self.forget()

    def body(self) -> Iterable[Widget]:
        yield self.sheet

    def forget(self) -> None:
        self.asked: Asked | None = None
        self.recorded: Recorded | None = None
        self.adding = self.choosing = False
        self.waiting: DocumentRead | None = None
        self.told: tuple[JobState, ...] = ()
        self.top = 0
        self.sheet.show([])

    @property
    def keys(self) -> Mapping[int, str]:
        if self.recorded is not None:
            return {**GATE_KEYS, 5: N_("Print")}
        return {**GATE_KEYS, 7: N_("Overr.") if self._is_refused else N_("Add")}

    # ---- what it is about

    async def enter(self, *about: object) -> None:
        """`about`: a visitor, with the prisoner proposed or chosen; or what was recorded of
        the case that stands here, once a second person has signed for it."""
        (visitor,) = about
        if isinstance(visitor, Recorded):
            self.recorded = visitor
            self.told = ()
            return
        assert isinstance(visitor, Visitor)
        asked = self.asked
        if asked is not None and self.adding_to is not None:
            if any(_same(one, visitor) for one in asked.members):
                raise Refused(N_("This person is in the group already. Scan somebody else."))
            await self._ask(asked.case_id, (*asked.members, visitor), asked.prisoner)
        elif asked is not None and self.choosing and _same(asked.lead, visitor):
            assert visitor.prisoner is not None
            others = tuple(replace(one, relation=None) for one in asked.members[1:])
            await self._ask(asked.case_id, (visitor, *others), visitor.prisoner)
        else:
            from kiosk.services import visits

            assert visitor.prisoner is not None
            case_id = await self.kiosk.read(visits.new_case_id)
            await self._ask(case_id, (visitor,), visitor.prisoner)
            self.recorded = None
            self.told = ()
        self.adding = self.choosing = False
        self.waiting = None
        self.top = 0

    async def offered(self, event: DocumentRead) -> bool:
        """Somebody stands here undecided: the same visit, or the next case?"""
        if not self.undecided:
            return False
        self.waiting = event
        self.kiosk.bell()
        self.draw()
        self.read_from_now()
        return True

    async def returned(self) -> None:
        self.choosing = False
        if self.asked is not None and self.recorded is None:
            await self._ask_again()

    @property
    def adding_to(self) -> PrisonerCard | None:
        """Whom the group visits that the next person joins; None: the next scan is a new case.

        Whoever went to the menu meanwhile has left the group alone.
        """
        waits = self.adding and self.recorded is None and self.kiosk.came_by("arrival")
        return self.asked.prisoner if waits and self.asked is not None else None

    async def _ask(
        self, case_id: UUID, members: tuple[Visitor, ...], prisoner: PrisonerCard
    ) -> None:
        """Let the rules answer; what stood here stays when they cannot."""
        from kiosk.services import visits

        request = _request(case_id, members, prisoner)
        proposal = await self.kiosk.read(visits.propose, self.kiosk.signed_in, request)
        self.asked = Asked(case_id, members, proposal.prisoner, proposal)
        self.quiet()

    async def _ask_again(self) -> None:
        asked = self.asked
        assert asked is not None
        await self._ask(asked.case_id, asked.members, asked.prisoner)
        self.show()
        self.read_from_now()

    @property
    def doubtful(self) -> Visitor | None:
        """The first member whose document an officer has still to compare."""
        if self.asked is None or self.recorded is not None:
            return None
        return next((one for one in self.asked.members if one.is_doubtful), None)

    @property
    def consequence(self) -> bool:
        """A refusal or a doubt must have been read; MAY PASS may be answered blindly."""
        if self.asked is None or self.recorded is not None:
            return False
        if self.waiting is not None:
            return True
        return self.doubtful is not None or not self.asked.proposal.decision.passes

    @property
    def _is_refused(self) -> bool:
        """Whether the rules refuse what stands here, and nothing is recorded yet."""
        return (
            self.asked is not None
            and self.recorded is None
            and not self.asked.proposal.decision.passes
        )

    @property
    def undecided(self) -> str:
        if self.asked is None or self.recorded is not None or self.adding:
            return ""
        return self.asked.lead.card.name.short

    # ---- keys

    async def typed(self, key: str, character: str | None) -> bool:
        asked = self.asked
        if asked is None:
            return False
        open_case = self.recorded is None
        if self.waiting is not None and (key in ("enter", "escape") or character == "2"):
            await self._answer(self.waiting, key)
        elif key == "escape" and open_case and self.adding:
            self.adding = False
            self._question(asked)
        elif key == "escape":
            await self.kiosk.home()
        elif key in ("pagedown", "pageup"):
            self._turn(1 if key == "pagedown" else -1)
        elif key == "enter":
            await self._enter()
        elif key == "f5" and not open_case:
            await self._copy()
        elif self._is_refused and key == "f7":
            await self._ask_for_override(asked)
        elif open_case and (key == "f7" or character == "7"):
            self.adding = True
            self._question(asked)
        elif open_case and character == "3":
            self.choosing = True
            await self.kiosk.go("choose", asked.lead)
        elif character == "8" and not open_case and self.kiosk.post.demo:
            await self.kiosk.go("paper")
        else:
            return False
        return True

    async def _answer(self, event: DocumentRead, key: str) -> None:
        """Enter: who was scanned joins; 2: they are the next case; Esc: neither."""
        self.waiting = None
        if key == "escape":
            self.draw()
            return
        self.adding = key == "enter"
        await self.kiosk.scans.open(event)

    async def _enter(self) -> None:
        asked, doubtful = self.asked, self.doubtful
        assert asked is not None
        if self.recorded is not None:
            self.say(DONE, N_("Already recorded: {number}."), number=self.recorded.number)
        elif doubtful is not None:
            members = tuple(
                replace(one, confirmed=True) if one is doubtful else one
                for one in asked.members
            )
            self.asked = replace(asked, members=members)
            await self._ask_again()
        else:
            await self._settle(asked)

    async def _settle(self, asked: Asked) -> None:
        """Admit or refuse, as the decision on the screen says."""
        from kiosk.services import visits

        decision = asked.proposal.decision
        step = visits.admit if decision.passes else visits.refuse
        request = _request(asked.case_id, asked.members, asked.prisoner)
        try:
            self.recorded = await self.kiosk.write(
                step, self.kiosk.signed_in, request, decision
            )
        except DecisionChanged as changed:
            await self._ask_again()
            self.kiosk.bell()
            self.say(ATTENTION, changed.sentence, **changed.values)
            return
        except AlreadyDone as done:
            self.say(DONE, N_("Already recorded: {number}."), number=done.number)
            return
        self.adding = False
        self.show()
        sentence = (
            N_("Visit {number} is recorded. The badge is printing.")
            if decision.passes
            else N_("Refusal {number} is recorded. The notice is printing.")
        )
        self.say(DONE, sentence, number=self.recorded.number)
        # The number stands in the frame; why no paper comes stands nowhere else.
        self.kiosk.news.tell_fault(PRINTER)

    async def _ask_for_override(self, asked: Asked) -> None:
        """Somebody else may sign against the rules; the refusal stands here until they do."""
        request = _request(asked.case_id, asked.members, asked.prisoner)
        names = [one.card.name.short for one in asked.members]
        await self.kiosk.go("override", request, asked.proposal, *names)

    async def _copy(self) -> None:
        """F5: a marked copy, once the first paper is out."""
        from kiosk.services import printing

        assert self.recorded is not None
        case_id = self.recorded.case_id
        try:
            await self.kiosk.write(printing.reprint, self.kiosk.signed_in, case_id)
        except Refused as refusal:
            say_why_not(self.kiosk, refusal)
        else:
            self.say(DONE, N_("A marked copy is printing."))

    async def paper_changed(self, state: SpoolState) -> None:
        """What became of the papers of this case, once none is on its way any more."""
        if self.recorded is None:
            return
        from kiosk.services import printing

        jobs = await self.kiosk.read(printing.last_papers, self.recorded.case_id)
        told, self.told = self.told, tuple(job.state for job in jobs)
        if not jobs or self.told == told or ON_ITS_WAY.intersection(self.told):
            return
        last = jobs[-1]
        states = {job.state for job in jobs if job.copy_no == last.copy_no}
        values = {"paper": wording.paper(last.template), "number": self.recorded.number}
        if JobState.UNCERTAIN in states:
            self.kiosk.bell()
            self.say(
                ATTENTION,
                N_("Recorded. Look whether it came out: {paper} {number}. F5 prints a copy."),
                **values,
            )
        elif JobState.SENT in states:
            self.say(
                PLAIN, N_("Recorded. Look whether it came out: {paper} {number}."), **values
            )
        elif JobState.CONFIRMED in states and last.copy_no:
            self.say(DONE, N_("The marked copy of {number} is printed."), **values)
        elif JobState.CONFIRMED in states:
            self.say(DONE, N_("Printed and proved: {paper} {number}."), **values)

    # ---- drawing

    def draw(self) -> None:
        if self.asked is None:
            self.sheet.show([])
            self.ask("")
            return
        self.sheet.show(self._lines()[self.top :][: self.sheet.rows])
        self._question(self.asked)

    def _lines(self) -> list[Line]:
        assert self.asked is not None
        kiosk = self.kiosk
        return lines_of(self.asked, self.recorded, kiosk.today(), kiosk.zone, self.sheet.rows)

    def _turn(self, pages: int) -> None:
        """More reasons than the screen has rows: the next page of them."""
        last = max(0, len(self._lines()) - self.sheet.rows)
        self.top = min(max(0, self.top + pages * self.sheet.rows), last)
        self.draw()

    def _question(self, asked: Asked) -> None:
        doubtful = self.doubtful
        if self.recorded is not None:
            self.ask(
                N_("Scan the next person   8 the paper   Esc = menu")
                if self.kiosk.post.demo
                else N_("Scan the next person   F5 a copy   Esc = menu")
            )
        elif self.waiting is not None:
            self.ask(N_("Another document: Enter = to the same visit   2 = next case   Esc"))
        elif self.adding:
            self.ask(N_("Scan the next person of this group.   Esc = nobody else"))
        elif doubtful is not None:
            self._ask_to_compare(doubtful)
        elif len(self._lines()) > self.top + self.sheet.rows:
            self.ask(N_("PgDn = more reasons   Enter = as the frame says   Esc = back"))
        elif asked.proposal.decision.passes:
            self.ask(N_("Enter = admit   3 other prisoner   7 add a person   Esc = back"))
        else:
            self.ask(N_("Enter = refuse, print notice   3 other prisoner   F7 override   Esc"))

    def _ask_to_compare(self, doubtful: Visitor) -> None:
        personal = doubtful.card.personal_number
        sentences = [doubt.sentence for doubt in doubtful.doubts]
        if personal and COMPARE in sentences:
            self.ask(
                N_("Is the PIN on the card {number}?  Enter = yes   F6 = scan again"),
                number=cards.grouped(personal),
            )
        else:
            self.ask(N_("Does the document agree with the screen?  Enter = yes   Esc = no"))
        self.say(ATTENTION, sentences[0])


def _same(one: Visitor, other: Visitor) -> bool:
    return one.card.person_id == other.card.person_id


def _request(
    case_id: UUID, members: tuple[Visitor, ...], prisoner: PrisonerCard
) -> VisitRequest:
    return VisitRequest(
        case_id=case_id,
        service=SERVICE,
        prisoner_id=prisoner.prisoner_id,
        members=tuple(
            MemberRequest(one.card.person_id, one.relation, one.confirmations, one.seen)
            for one in members
        ),
    )
