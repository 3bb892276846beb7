"""Arrival: who stands there, whether the visit may pass and why, the key that settles it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from textual.widget import Widget

from devices.events import DocumentRead
from kiosk.device_board import PRINTER
from kiosk.errors import AlreadyDone, DecisionChanged, Refused
from kiosk.screens import arrival_draft, arrival_questions
from kiosk.screens.arrival_lines import Asked, lines_of, request_of
from kiosk.screens.arrival_papers import CasePapers
from kiosk.screens.screen import ATTENTION, DONE, GATE_KEYS, KioskScreen
from kiosk.screens.visiting import Visitor
from kiosk.spool import SpoolState
from kiosk.text import N_
from kiosk.values import DraftLine, PrisonerCard, Recorded, Wanted
from kiosk.widgets.lines import Line
from kiosk.widgets.sheet import Sheet

_STEPS = {"up": -1, "down": 1}


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
        self.papers: CasePapers | None = None
        self.adding = self.choosing = False
        self.waiting: DocumentRead | None = None
        self.top = 0
        self.sheet.show([])

    @property
    def keys(self) -> Mapping[int, str]:
        if self.recorded is not None:
            return {**GATE_KEYS, 5: N_("Print")}
        own = {4: N_("Kind"), 7: N_("Overr.") if self._is_refused else N_("Add")}
        return {**GATE_KEYS, **own}

    # ---- what it is about

    async def enter(self, *about: object) -> None:
        """`about`: a visitor, with the prisoner proposed or chosen; another kind of visit for
        the case that stands here; what was recorded of it, once a second person has signed
        for it; or the draft to go on with."""
        (subject,) = about
        if isinstance(subject, Recorded):
            self._record(subject)
            return
        if isinstance(subject, DraftLine):
            await self._take_up()
        elif isinstance(subject, Wanted):
            asked = self.asked
            assert asked is not None
            await self._ask(subject, asked.members, asked.prisoner)
        else:
            assert isinstance(subject, Visitor)
            await self._enter_visitor(subject)
        self.adding = self.choosing = False
        self.waiting = None
        self.top = 0

    async def _enter_visitor(self, visitor: Visitor) -> None:
        asked = self.asked
        assert visitor.prisoner is not None
        if asked is not None and self.adding_to is not None:
            if any(one.same_person(visitor) for one in asked.members):
                raise Refused(N_("This person is in the group already. Scan somebody else."))
            await self._ask(asked.wanted, (*asked.members, visitor), asked.prisoner)
            return
        wanted = await self._begin(visitor, visitor.prisoner)
        if asked is not None and self.choosing and asked.lead.same_person(visitor):
            others = tuple(replace(one, relation=None) for one in asked.members[1:])
            if not wanted.booked and not asked.wanted.booked:
                wanted = replace(wanted, case_id=asked.wanted.case_id)
            await self._ask(wanted, (visitor, *others), visitor.prisoner)
            return
        await self._ask(wanted, (visitor,), visitor.prisoner)
        self.recorded = self.papers = None

    async def _begin(self, visitor: Visitor, prisoner: PrisonerCard) -> Wanted:
        from kiosk.services import arrivals

        kiosk = self.kiosk
        person_id = visitor.card.person_id
        return await kiosk.read(
            arrivals.begin, kiosk.signed_in, person_id, prisoner.prisoner_id
        )

    async def _take_up(self) -> None:
        """Go on with the case that this officer left half done."""
        left = await arrival_draft.taken(self.kiosk)
        if left is None:
            raise Refused(N_("This was finished meanwhile. Scan the document again."))
        self.recorded = self.papers = None
        wanted, members, prisoner, session_is_gone = left
        await self._ask(wanted, members, prisoner)
        if session_is_gone:
            self.kiosk.soon(self._session_is_gone)  # said once the screen stands there

    async def _session_is_gone(self) -> None:
        self.say(ATTENTION, N_("Their session was taken back. What stands above holds now."))

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
        self, wanted: Wanted, members: tuple[Visitor, ...], prisoner: PrisonerCard
    ) -> None:
        """Let the rules answer, and keep it as a draft; what stood here stays when they
        cannot."""
        from kiosk.services import relation_lines, visits

        kiosk, request = self.kiosk, request_of(wanted, prisoner, members)
        proposal = await kiosk.read(visits.propose, kiosk.signed_in, request)
        standing = await kiosk.read(
            relation_lines.standing,
            kiosk.signed_in,
            prisoner.prisoner_id,
            [one.card.person_id for one in members],
        )
        self.asked = Asked(wanted, members, proposal, standing)
        self.quiet()
        await arrival_draft.keep(self.kiosk, wanted, members, prisoner)

    async def _ask_again(self) -> None:
        asked = self.asked
        assert asked is not None
        await self._ask(asked.wanted, asked.members, asked.prisoner)
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
        """Whether the rules refuse what stands here, or the one of a group who is looked at,
        and nothing is recorded yet: a second person may sign for it."""
        asked = self.asked
        if asked is None or self.recorded is not None:
            return False
        decision = asked.proposal.decision
        if decision.passes and asked.chosen is not None:
            person = str(asked.members[asked.chosen].card.person_id)
            return person not in decision.admitted
        return not decision.passes

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
        if self.waiting is not None and (key in ("enter", "escape") or character == "2"):
            await self._answer(self.waiting, key)
        elif key == "escape" and self.recorded is None and self.adding:
            self.adding = False
            self._question(asked)
        elif key == "escape":
            await self.kiosk.home()
        elif key in ("pagedown", "pageup"):
            self._turn(1 if key == "pagedown" else -1)
        elif key == "enter":
            await self._enter()
        elif self.recorded is not None:
            return await self._typed_afterwards(key, character)
        else:
            return await self._typed_before(asked, key, character)
        return True

    async def _typed_afterwards(self, key: str, character: str | None) -> bool:
        assert self.papers is not None
        assert self.recorded is not None
        if key == "f5":
            await self.papers.copy()
        elif character == "8" and self.kiosk.post.demo:
            await self.kiosk.go("paper")
        elif character == "2":
            await self._list_bag()
        elif key == "f2" and self._goes_to_the_search(self.recorded):
            await self.kiosk.go("deposit_search", self.recorded.case_id)
        else:
            return False
        return True

    async def _typed_before(self, asked: Asked, key: str, character: str | None) -> bool:
        if self._is_refused and key == "f7":
            names = [one.card.name.short for one in asked.members]
            await self.kiosk.go("override", asked.request, asked.proposal, *names)
        elif key == "f7" or character == "7":
            self.adding = True
            self._question(asked)
        elif character == "1":
            one = asked.members[asked.chosen or 0]
            await self.kiosk.go("person_card", one.card.person_id)
        elif character == "2":
            await self._list_bag()
        elif character == "3":
            self.choosing = True
            await self.kiosk.go("choose", asked.lead)
        elif key == "f4" or character == "4":
            await self.kiosk.go("visit_kind", asked.wanted)
        elif asked.is_group and key in _STEPS:
            self._look_at(asked, _STEPS[key])
        elif key == "f8" or character == "8":
            await (self._take_out(asked) if asked.is_group else self._drop(asked))
        else:
            return False
        return True

    async def _list_bag(self) -> None:
        """2: who stands here brings a package for the same prisoner. Somebody alone may have
        come for no more, so their arrival waits in no menu; Esc comes back to it. A group
        waits."""
        from kiosk.screens.goods import ways_in

        asked = self.asked
        assert asked is not None
        one = asked.members[asked.chosen or 0]
        await ways_in.list_bag(self.kiosk, one, asked.prisoner)
        if self.recorded is None and not asked.is_group:
            await arrival_draft.drop(self.kiosk)

    def _look_at(self, asked: Asked, by: int) -> None:
        """One person of the group, then the next; behind the last one all of them."""
        places = [None, *range(len(asked.members))]
        chosen = places[(places.index(asked.chosen) + by) % len(places)]
        self.asked = replace(asked, chosen=chosen)
        self.top = 0
        self.show()

    async def _take_out(self, asked: Asked) -> None:
        """8: the one who is looked at does not ask to enter; else who joined last."""
        place = asked.chosen if asked.chosen is not None else len(asked.members) - 1
        staying = (*asked.members[:place], *asked.members[place + 1 :])
        gone = asked.members[place].card.name.short
        await self._ask(asked.wanted, staying, asked.prisoner)
        self.show()
        self.say(DONE, N_("Not in this group any more: {name}"), name=gone)

    async def _drop(self, asked: Asked) -> None:
        """8: whoever stands here goes away, nothing is recorded."""
        gone = asked.lead.card.name.short
        self.forget()
        await arrival_draft.drop(self.kiosk)
        await self.kiosk.home()
        self.kiosk.front.say(DONE, N_("Nothing was recorded: {name}"), name=gone)

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
            if self._goes_to_the_search(self.recorded):
                await self.kiosk.go("deposit_search", self.recorded.case_id)
            else:
                self.say(DONE, N_("Already recorded: {number}."), number=self.recorded.number)
        elif doubtful is not None:
            members = tuple(
                replace(one, confirmed=True) if one is doubtful else one
                for one in asked.members
            )
            await self._ask(asked.wanted, members, asked.prisoner)
            self.show()
            self.read_from_now()
        else:
            await self._settle(asked)

    async def _settle(self, asked: Asked) -> None:
        """Admit or refuse, as the decision on the screen says."""
        from kiosk.services import visits

        decision = asked.proposal.decision
        step = visits.admit if decision.passes else visits.refuse
        try:
            recorded = await self.kiosk.write(
                step, self.kiosk.signed_in, asked.request, decision
            )
        except DecisionChanged as changed:
            await self._ask_again()
            self.kiosk.bell()
            self.say(ATTENTION, changed.sentence, **changed.values)
            return
        except AlreadyDone as done:
            self.say(DONE, N_("Already recorded: {number}."), number=done.number)
            return
        self._record(recorded)
        if self._goes_to_the_search(recorded):
            await self.kiosk.go("deposit_search", recorded.case_id)
        else:
            self.show()
        sentence = (
            N_("Visit {number} is recorded. The badge is printing.")
            if decision.passes
            else N_("Refusal {number} is recorded. The notice is printing.")
        )
        self.kiosk.front.say(DONE, sentence, number=recorded.number)
        # The number stands in the frame; why no paper comes stands nowhere else.
        self.kiosk.news.tell_fault(PRINTER)

    def _record(self, recorded: Recorded) -> None:
        self.recorded = recorded
        self.papers = CasePapers(self, recorded)
        self.adding = False
        self.top = 0

    def _goes_to_the_search(self, recorded: Recorded) -> bool:
        """Whether this post also takes what is left at the gate, or searches."""
        here = {"deposit", "search"}.intersection(self.kiosk.settings.desk.steps)
        return bool(here) and bool(recorded.badges)

    async def paper_changed(self, state: SpoolState) -> None:
        """What became of the papers of this case."""
        if self.papers is not None:
            await self.papers.changed()

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
            to_the_search = self._goes_to_the_search(self.recorded)
            demo = self.kiosk.post.demo
            self.ask(arrival_questions.afterwards(to_the_search=to_the_search, demo=demo))
        elif self.waiting is not None:
            self.ask(N_("Another document: Enter = to the same visit   2 = next case   Esc"))
        elif self.adding:
            self.ask(N_("Scan the next person of this group.   Esc = nobody else"))
        elif doubtful is not None:
            question, values = arrival_questions.comparing(doubtful)
            self.ask(question, **values)
            self.say(ATTENTION, doubtful.doubts[0].sentence)
        elif len(self._lines()) > self.top + self.sheet.rows:
            self.ask(N_("PgDn = more reasons   Enter = as the frame says   Esc = back"))
        else:
            self.ask(arrival_questions.before(asked))
