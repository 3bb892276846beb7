"""Arrival: who stands there, whether the visit may pass and why, the key that settles it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from uuid import UUID

from textual.widget import Widget

from kiosk import wording
from kiosk.clock import local
from kiosk.codes import Service
from kiosk.doubts import COMPARE
from kiosk.errors import AlreadyDone, DecisionChanged
from kiosk.screens import cards
from kiosk.screens.screen import ATTENTION, DONE, GATE_KEYS, KioskScreen
from kiosk.screens.visiting import Visitor
from kiosk.spool import SpoolState
from kiosk.text import N_, _, fill
from kiosk.values import (
    MemberRequest,
    PrisonerCard,
    Proposal,
    Recorded,
    VisitRequest,
)
from kiosk.widgets.ink import Ink
from kiosk.widgets.lines import Line, at, line, shorten
from kiosk.widgets.sheet import Sheet


class Arrival(KioskScreen):
    """Card left, decision right, one question below (screens/1-design.md §2)."""

    TITLE_TEXT = N_("ARRIVAL")
    help_name = "arrival"

    def __init__(self) -> None:
        super().__init__()
        self.sheet = Sheet()
        self.members: list[Visitor] = []
        self.prisoner: PrisonerCard | None = None
        self.case_id: UUID | None = None
        self.proposal: Proposal | None = None
        self.recorded: Recorded | None = None
        self.uncertain = 0
        self.adding = False

    def body(self) -> Iterable[Widget]:
        yield self.sheet

    def forget(self) -> None:
        self.members, self.prisoner, self.case_id = [], None, None
        self.proposal = self.recorded = None
        self.adding = False
        self.sheet.show([])

    @property
    def keys(self) -> Mapping[int, str]:
        own = {5: N_("Print")} if self.recorded is not None else {7: N_("Add")}
        return {**GATE_KEYS, **own}

    # ---- what it is about

    async def enter(self, *about: object) -> None:
        """`about`: a visitor, with the prisoner proposed or chosen."""
        (visitor,) = about
        assert isinstance(visitor, Visitor)
        person_id = visitor.card.person_id
        if self.adding_to is not None:
            self.adding = False
            self.members = [one for one in self.members if one.card.person_id != person_id]
            self.members.append(visitor)
        else:
            from kiosk.services import visits

            self.members, self.prisoner = [visitor], visitor.prisoner
            self.case_id = await self.kiosk.read(visits.new_case_id)
            self.recorded = None
            self.uncertain = self.kiosk.board.uncertain
        await self._propose()

    async def returned(self) -> None:
        if self.members and self.recorded is None:
            await self._propose()

    @property
    def adding_to(self) -> PrisonerCard | None:
        """Whom the group visits that the next person joins; None: the next scan is a new case.

        Whoever went to the menu meanwhile has left the group alone.
        """
        waits = self.adding and self.recorded is None and self.kiosk.came_by("arrival")
        return self.prisoner if waits and self.members else None

    def request(self) -> VisitRequest:
        assert self.case_id is not None
        assert self.prisoner is not None
        return VisitRequest(
            case_id=self.case_id,
            service=Service.SHORT_VISIT,
            prisoner_id=self.prisoner.prisoner_id,
            members=tuple(
                MemberRequest(one.card.person_id, one.relation, one.confirmations, one.seen)
                for one in self.members
            ),
        )

    async def _propose(self) -> None:
        from kiosk.services import visits

        self.proposal = await self.kiosk.read(
            visits.propose, self.kiosk.signed_in, self.request()
        )
        self.prisoner = self.proposal.prisoner
        self.quiet()

    @property
    def doubtful(self) -> Visitor | None:
        """The first member whose document an officer has still to compare."""
        if self.recorded is not None:
            return None
        return next((one for one in self.members if one.is_doubtful), None)

    @property
    def consequence(self) -> bool:
        """A refusal or a doubt must have been read; MAY PASS may be answered blindly."""
        if self.recorded is not None or self.proposal is None:
            return False
        return self.doubtful is not None or not self.proposal.decision.passes

    @property
    def undecided(self) -> str:
        if self.recorded is not None or self.adding or not self.members:
            return ""
        return self.members[0].card.name.short

    # ---- keys

    async def typed(self, key: str, character: str | None) -> bool:
        if key == "escape" and (self.recorded is not None or not self.adding):
            await self.kiosk.home()
        elif key == "escape":
            self.adding = False
            self._question()
        elif key == "enter":
            await self._enter()
        elif key == "f5":
            await self._copy()
        elif key == "f7" or character == "7":
            self._add()
        elif character == "3" and self.recorded is None:
            await self.kiosk.go("choose", self.members[0])
        elif character == "8" and self.recorded is not None and self.kiosk.post.demo:
            await self.kiosk.go("paper")
        else:
            return False
        return True

    def _add(self) -> None:
        if self.recorded is None:
            self.adding = True
            self.ask(N_("Scan the next person of this group.   Esc = nobody else"))

    async def _enter(self) -> None:
        if self.recorded is not None:
            self.say(DONE, N_("Already recorded: {number}."), number=self.recorded.number)
            return
        doubtful = self.doubtful
        if doubtful is not None:
            self.members[self.members.index(doubtful)] = replace(doubtful, confirmed=True)
            await self._propose()
            self.show()
            self.read_from_now()
            return
        await self._settle()

    async def _settle(self) -> None:
        """Admit or refuse, as the decision on the screen says."""
        from kiosk.services import visits

        assert self.proposal is not None
        decision = self.proposal.decision
        step = visits.admit if decision.passes else visits.refuse
        try:
            self.recorded = await self.kiosk.write(
                step, self.kiosk.signed_in, self.request(), decision
            )
        except DecisionChanged as changed:
            await self._propose()
            self.show()
            self.read_from_now()
            self.kiosk.bell()
            self.say(ATTENTION, changed.sentence, **changed.values)
            return
        except AlreadyDone as done:
            self.say(DONE, N_("Already recorded: {number}."), number=done.number)
            return
        self.show()
        if decision.passes:
            self.say(
                DONE,
                N_("Visit {number} is recorded. The badge is printing."),
                number=self.recorded.number,
            )
        else:
            self.say(
                DONE,
                N_("Refusal {number} is recorded. The notice is printing."),
                number=self.recorded.number,
            )
        # The number stands in the frame; why no paper comes stands nowhere else.
        self.kiosk.tell_fault("printer")

    async def _copy(self) -> None:
        """F5: a marked copy, once the first paper is out."""
        from kiosk.services import printing

        if self.recorded is None:
            return
        await self.kiosk.write(printing.reprint, self.kiosk.signed_in, self.recorded.case_id)
        self.say(DONE, N_("A marked copy is printing."))

    async def paper_changed(self, state: SpoolState) -> None:
        if self.recorded is None:
            return
        number = self.recorded.number
        if state.uncertain > self.uncertain and state.last_printed != number:
            self.kiosk.bell()
            self.say(
                ATTENTION,
                N_("{number} is recorded. Look whether its paper came out; F5 prints a copy."),
                number=number,
            )
        elif state.last_printed == number and state.printing is None:
            self.say(DONE, N_("Recorded and printed: {number}."), number=number)
        self.uncertain = state.uncertain

    # ---- drawing

    def draw(self) -> None:
        if self.proposal is None or not self.members:
            self.sheet.show([])
            self.ask("")
            return
        if len(self.members) == 1 and self.proposal.decision.passes:
            self.sheet.show(self._two_panes())
        else:
            self.sheet.show(self._whole_width())
        self._question()

    def _question(self) -> None:
        assert self.proposal is not None
        doubtful = self.doubtful
        if self.adding:
            self._add()
        elif self.recorded is not None:
            demo = self.kiosk.post.demo
            self.ask(
                N_("Scan the next person   8 the paper   Esc = menu")
                if demo
                else N_("Scan the next person   F5 a copy   Esc = menu")
            )
        elif doubtful is not None:
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
        elif self.proposal.decision.passes:
            self.ask(N_("Enter = admit   3 other prisoner   7 add a person   Esc = back"))
        else:
            self.ask(N_("Enter = refuse, print the notice   3 other prisoner   Esc = back"))

    def _two_panes(self) -> list[Line]:
        assert self.proposal is not None
        member = self.members[0]
        today = self.kiosk.today()
        left = cards.person_lines(member.card, member.seen, today)
        right: list[Line] = []
        last = member.card.last_cases[:1]
        head = (
            fill(_("PROPOSED, as on {day}"), day=cards.day_text(last[0].day))
            if last and self.recorded is None
            else _("TO VISIT")
        )
        right.append(line((head, Ink.HEAD)))
        right += cards.prisoner_lines(self.proposal.prisoner)
        if member.relation is not None:
            right.append(
                line(fill(_("as stated: {relation}"), relation=wording.label(member.relation)))
            )
        right += [line(wording.label(Service.SHORT_VISIT)), ()]
        if self.recorded is None:
            right += cards.passing_lines(self.proposal)
        else:
            right += self._recorded_lines(cards.RIGHT_WIDTH)
        return cards.beside(left, right, self.sheet.rows)

    def _recorded_lines(self, width: int) -> list[Line]:
        assert self.recorded is not None
        admitted = self.recorded.decision.passes
        lines = cards.frame(
            f"{_('ADMITTED') if admitted else _('REFUSED')}   {self.recorded.number}",
            Ink.GOOD if admitted else Ink.BAD,
            width,
        )
        if self.recorded.due is not None:
            due = local(self.recorded.due, self.kiosk.zone).strftime("%H:%M")
            lines.append(line("  ", fill(_("inside until {time}"), time=due)))
        return lines

    def _whole_width(self) -> list[Line]:
        """A refusal or a group: every reason, with its rule and its date."""
        assert self.proposal is not None
        decision = self.proposal.decision
        prisoner = self.proposal.prisoner
        lines: list[Line] = []
        for member in self.members[:4]:
            born = cards.day_text(member.card.birth)
            passes = str(member.card.person_id) in decision.admitted
            verdict = _("MAY PASS") if passes else _("NO")
            alone = len(self.members) == 1
            lines.append(
                line(
                    at(2, f"{shorten(member.card.name.full, 44)}, {born}", Ink.BOLD),
                    at(60, "" if alone else verdict, Ink.GOOD if passes else Ink.BAD),
                )
            )
        lines.append(
            line(
                at(2, "→ " + prisoner.name.full),
                f", {prisoner.file_number}, ",
                wording.label(Service.SHORT_VISIT),
            )
        )
        if self.recorded is not None:
            lines += self._recorded_lines(80)
        elif decision.passes:
            lines += cards.frame(_("MAY PASS"), Ink.GOOD, 80)
            lines += [line("  ", *one) for one in cards.balance_lines(self.proposal)]
        else:
            lines += cards.frame(self._not_today(), Ink.BAD, 80)
        names = {str(m.card.person_id): m.card.name.short for m in self.members}
        several = len(self.members) > 1
        for number, reason in enumerate(decision.reasons, 1):
            who = names.get(reason.person or "", "") if several else ""
            lines += cards.reason_lines(number, reason, who)
        lines += [line("  ", *one) for one in cards.rules_lines(self.proposal)]
        return lines[: self.sheet.rows]

    def _not_today(self) -> str:
        assert self.proposal is not None
        first = self.proposal.decision.next_allowed
        if first is None:
            return _("NOT TODAY")
        return fill(_("NOT TODAY   first possible day: {day}"), day=cards.day_text(first))
