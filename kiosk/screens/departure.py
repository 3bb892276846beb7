"""Departure: the badge is scanned or its number typed; one key and the visit ends."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from textual.widget import Widget

from kiosk.codes import CancelReason, CaseState, Role, VisitOutcome
from kiosk.errors import Refused
from kiosk.screens import choices
from kiosk.screens.departure_lines import Leaving, lines_of
from kiosk.screens.screen import ANOTHER_POST, ATTENTION, DONE, GATE_KEYS, FormScreen
from kiosk.text import N_
from kiosk.values import Departure
from kiosk.widgets.fields import Choice, Text
from kiosk.widgets.sheet import Sheet

ENTRY_ROWS = 5  # as many as there are outcomes
_STOPPED = VisitOutcome.STOPPED
# How a visit of people who are inside may end; the others belong to those who never went in.
_OUTCOMES = (
    VisitOutcome.NORMAL,
    VisitOutcome.LEFT_EARLY_VISITOR,
    VisitOutcome.LEFT_EARLY_PRISONER,
    VisitOutcome.PRISONER_REFUSED,
    VisitOutcome.STOPPED,
)


class DepartureScreen(FormScreen):
    """`leaving` is what the next Enter would record. While `ending`, the form asks how the
    visit ended; a visit that nobody entered is called off instead."""

    TITLE_TEXT = N_("DEPARTURE")
    help_name = "departure"

    def __init__(self) -> None:
        super().__init__(rows=ENTRY_ROWS)
        self.sheet = Sheet(rows=20 - ENTRY_ROWS)
        self.departure: Departure | None = None
        self.leaving = Leaving()
        self.done = self.ending = self.child_told = self.writing_off = False
        self.chosen_now = self.number_begun = False

    def body(self) -> Iterable[Widget]:
        yield self.form
        yield self.sheet

    @property
    def keys(self) -> Mapping[int, str]:
        own = {4: N_("Outc.")} if self.waiting or self.not_in_yet else {}
        if self.departure is not None and self._may_void:
            own[8] = N_("Annul")
        return {**GATE_KEYS, **own}

    @property
    def _may_void(self) -> bool:
        return self.kiosk.signed_in.may(Role.SUPERVISOR, Role.ADMINISTRATOR)

    @property
    def unsaved(self) -> bool:
        return False  # a typed number is quicker typed again than a waiting scan is taken up

    @property
    def consequence(self) -> bool:
        """A child that would stay alone, things written off, or a number typed over somebody
        who waits, must have been read about."""
        return self.child_told or self.writing_off or self.number_begun

    def forget(self) -> None:
        super().forget()
        self._begin(None)
        self.sheet.show([])

    async def enter(self, *about: object) -> None:
        """`about`: a badge's code; nothing when its number is to be typed."""
        if "departure" not in self.kiosk.settings.desk.steps:
            raise Refused(ANOTHER_POST)
        opened = await self._read(str(about[0])) if about else None
        self._begin(opened)
        self._ask_number()

    async def returned(self) -> None:
        """Back from another screen: as it stands now."""
        await super().returned()
        if self.departure is not None:
            from kiosk.services import departures

            case_id = self.departure.case_id
            self._begin(await self.kiosk.read(departures.of_case, case_id))

    def misread(self) -> None:
        """Whoever stands here now is not the one on the glass: that visit is not ended."""
        if self.waiting:
            self._begin(None)
            self._ask_number()
            self.draw()

    def _begin(self, opened: Departure | None) -> None:
        self.departure, self.leaving = opened, Leaving()
        self.done = self.ending = self.child_told = self.writing_off = False
        self.chosen_now = self.number_begun = False

    def _ask_number(self) -> None:
        self.ending = False
        self.form.load(
            [
                Text(
                    "badge",
                    N_("Badge"),
                    limit=16,
                    required=True,
                    help=N_("Scan the badge, or type its number and Enter"),
                    missing=N_("Scan the badge, or type its number and Enter"),
                )
            ]
        )

    def _ask_how_it_ended(self) -> None:
        self.ending = True
        codes = CancelReason if self.not_in_yet else _OUTCOMES
        self.form.load(
            [
                Choice(
                    "outcome",
                    N_("Outcome"),
                    required=True,
                    options=choices.options(codes),
                    help=N_("Who calls it off, by a digit   Esc = nobody")
                    if self.not_in_yet
                    else N_("How the visit ended, by its digit   Esc = as usual"),
                )
            ]
        )

    async def _read(self, code: str) -> Departure:
        from kiosk.services import departures

        return await self.kiosk.read(departures.open_badge, self.kiosk.signed_in, code)

    @property
    def waiting(self) -> bool:
        """Whether somebody stands here who may leave with Enter."""
        return self.departure is not None and bool(self.departure.members) and not self.done

    @property
    def not_in_yet(self) -> bool:
        """Whether this visit was admitted and nobody of it is inside yet."""
        departure = self.departure
        return departure is not None and departure.state is CaseState.ADMITTED

    @property
    def hanging(self) -> bool:
        """Whether all have left and something of theirs hangs here still."""
        departure = self.departure
        return departure is not None and not departure.members and bool(departure.tags)

    # ---- keys

    async def typed(self, key: str, character: str | None) -> bool:
        if self.writing_off and self.departure is not None:
            self.writing_off = False
            self.show()
            if key == "enter":
                await self._settle_tags(self.departure, taken=False)
            return True
        if self.ending and key != "escape":
            return await super().typed(key, character)
        if self.ending:
            self._ask_number()
            self.show()
            return True
        if key == "f8" and self.departure is not None and self._may_void:
            await self.kiosk.go("void", self.departure)
            return True
        if key == "f4" and (self.waiting or self.not_in_yet):
            self._ask_how_it_ended()
            self.show()
            return True
        if self.waiting:
            return await self._typed_for_those_inside(key, character)
        if self.departure is not None and not self.form.typed("badge"):
            if key == "enter" and self.hanging and not self.done:
                await self._settle_tags(self.departure, taken=True)
                return True
            if key == "enter":
                return True  # a second Enter does nothing
            if character == "0" and self.hanging and self._may_void:
                # A number that is typed next may begin with 0 as well.
                self.writing_off = True
                self.show()
                self.read_from_now()
                return True
        return await super().typed(key, character)

    async def _settle_tags(self, departure: Departure, *, taken: bool) -> None:
        """All have left and something of theirs hangs here: it is back with them; or a
        supervisor says that they did not take it."""
        from kiosk.services import departures, deposits

        kiosk = self.kiosk
        act = deposits.give_back if taken else deposits.write_off
        for line in departure.tags:
            await kiosk.write(act, kiosk.signed_in, line.tag)
        self._begin(await kiosk.read(departures.of_case, departure.case_id))
        self.done = True
        self.show()
        self.say(DONE, N_("Visit {number} has ended."), number=departure.number)

    async def _typed_for_those_inside(self, key: str, character: str | None) -> bool:
        assert self.departure is not None
        after_a_digit, self.chosen_now = self.chosen_now, False
        if self.number_begun and key == "enter":
            # It was meant for somebody else's badge.
            self.number_begun = False
            self.show()
        elif key == "enter":
            await self._leave()
        elif key == "escape" and self.child_told:
            self.child_told = False
            self.show()
        elif key == "escape":
            self._begin(None)
            self._ask_number()
            self.show()
        elif character == "7" and self.departure.tags:
            self._set(things_back=not self.leaving.things_back)
        elif character and character in "0123456789":
            self.chosen_now = int(character) <= len(self.departure.members)
            self.number_begun |= after_a_digit or not self.chosen_now
            if not self.number_begun:
                self._set(chosen=int(character))
                return True
            self.kiosk.bell()
            self.show()
            self.say(ATTENTION, N_("Nothing was recorded. Esc first, then the other number."))
            self.read_from_now()
        else:
            return False
        return True

    def _set(self, **what: int | bool) -> None:
        self.leaving = self.leaving.with_(**what)
        self.child_told = False
        self.show()

    async def save(self) -> None:
        if self.ending:
            await self._end(self.form.values["outcome"])
            return
        badge = self.form.values["badge"]
        # Also when there is no such badge, the next digit begins a new number.
        self._ask_number()
        self._begin(None)
        self.draw()
        self._begin(await self._read(badge))
        self.show()

    async def _end(self, code: str) -> None:
        """How it ended: kept until they leave; a visit stopped, or called off, ends now."""
        from kiosk.services import departures, outcomes

        kiosk, departure = self.kiosk, self.departure
        assert departure is not None
        if self.not_in_yet:
            reason = CancelReason(code)
            await kiosk.write(outcomes.cancel, kiosk.signed_in, departure.case_id, reason)
            self._begin(None)
            self._ask_number()
            self.show()
            self.say(DONE, N_("Visit {number} is called off."), number=departure.number)
        elif VisitOutcome(code) is _STOPPED:
            await kiosk.write(outcomes.stop, kiosk.signed_in, departure.case_id)
            self._begin(await kiosk.read(departures.of_case, departure.case_id))
            self.done = True
            self._ask_number()
            self.show()
            self.say(DONE, N_("Visit {number} was stopped."), number=departure.number)
        else:
            self._ask_number()
            self.leaving = self.leaving.with_outcome(VisitOutcome(code))
            self.show()

    async def _leave(self) -> None:
        from kiosk.services import departures

        assert self.departure is not None
        leaving = self.leaving.members(self.departure)
        alone = self.departure.leaves_a_child(leaving)
        if alone and not self.child_told:
            self.child_told = True
            self.kiosk.bell()
            self.show()
            self.say(ATTENTION, N_("A child would stay inside without an adult."))
            self.read_from_now()
            return
        left = await self.kiosk.write(
            departures.leave,
            self.kiosk.signed_in,
            self.departure.case_id,
            leaving,
            self.leaving.outcome,
            things_back=self.leaving.things_back,
            child_stays=alone,
        )
        self._begin(left)
        self.done = not left.members
        self.show()
        if not self.done:
            self.say(DONE, N_("Recorded. {count} still inside."), count=len(left.members))
        elif left.tags:
            tag = left.tags[0].tag
            self.say(ATTENTION, N_("Out. Tag {tag} still hangs here: open."), tag=tag)
        elif left.finds:
            self.say(
                ATTENTION,
                N_("Out. {number} has no act yet: the visit stays open until then."),
                number=left.finds[0],
            )
        else:
            self.say(DONE, N_("Visit {number} has ended."), number=left.number)

    # ---- drawing

    def draw(self) -> None:
        super().draw()
        departure = self.departure
        if departure is None:
            self.sheet.show([])
            return
        kiosk = self.kiosk
        self.sheet.show(
            lines_of(departure, self.leaving, kiosk.now(), kiosk.today(), kiosk.zone)
        )

    def speak(self) -> None:
        super().speak()
        departure = self.departure
        if self.ending or departure is None:
            return
        if self.number_begun:
            self.ask(N_("Somebody waits here: Enter = back to them   Esc = another number"))
        elif self.child_told:
            self.ask(N_("Does the child stay alone?  Enter = yes, record it   Esc = no"))
        elif self.writing_off:
            self.ask(N_("Did nobody take the things?  Enter = write them off   Esc = no"))
        elif self.not_in_yet:
            self.ask(N_("Not inside yet: the search comes first.   F4 = call it off   Esc"))
        elif self.waiting and departure.tags:
            self.ask(N_("Enter = out, things back   7 things stay   a digit = only this one"))
        elif self.waiting and len(departure.members) == 1:
            self.ask(N_("Enter = leaves, the badge is back   Esc = somebody else"))
        elif self.waiting:
            self.ask(N_("Enter = the marked leave   a digit = only this one   Esc = back"))
        elif self.hanging and self._may_void:
            self.ask(N_("Enter = the things are back   0 nobody took them   Esc = menu"))
        elif self.hanging:
            self.ask(N_("Enter = the things are back with their owner   Esc = menu"))
