"""A visit booked for a session to come: who, to whom; the answer; Enter books it."""

from __future__ import annotations

from uuid import UUID

from kiosk import wording
from kiosk.codes import Relation, RoomKind, Service
from kiosk.errors import DecisionChanged
from kiosk.screens import cards, choices, lookup
from kiosk.screens.screen import ATTENTION, DONE, HeadedFormScreen
from kiosk.text import N_, _, fill
from kiosk.values import MemberRequest, Proposal, VisitRequest
from kiosk.values.waiting import SessionLine
from kiosk.widgets.fields import Choice, Field, Lookup, Number
from kiosk.widgets.ink import Ink
from kiosk.widgets.lines import Line, at, line

_PEOPLE = ("person", "second", "third")
_SERVICES = {
    RoomKind.SHORT: (Service.SHORT_VISIT,),
    RoomKind.LONG: (Service.LONG_VISIT,),
    RoomKind.OFFICIAL: (
        Service.LAWYER_VISIT,
        Service.OFFICIAL_VISIT,
        Service.CONSULAR_VISIT,
        Service.MONITOR_VISIT,
        Service.CLERGY_VISIT,
    ),
}


class Booking(HeadedFormScreen):
    """`proposal` is what the rules answered about the form as it stands."""

    TITLE_TEXT = N_("NEW BOOKING")
    HEAD_ROWS = 8
    help_name = "booking"

    def __init__(self) -> None:
        super().__init__()
        self.session: SessionLine | None = None
        self.proposal: Proposal | None = None

    def forget(self) -> None:
        super().forget()
        self.session = self.proposal = None
        self.head.show([])

    async def enter(self, *about: object) -> None:
        """`about`: the session with the place."""
        if self.unsaved:
            return
        (session,) = about
        assert isinstance(session, SessionLine)
        self.session, self.proposal = session, None
        self.form.load(list(_fields(session)))

    # ---- drawing

    def draw(self) -> None:
        super().draw()
        if self.session is None:
            return
        session = self.session
        said = fill(
            _("{day} {hours}   room {room}   free {free} of {seats}"),
            day=wording.day_text(session.day),
            hours=session.hours,
            room=session.room,
            free=session.free,
            seats=session.seats,
        )
        self.head.show([line(at(2, said, Ink.BOLD)), (), *self._answer()][: self.HEAD_ROWS])

    def _answer(self) -> list[Line]:
        if self.proposal is None:
            return []
        decision = self.proposal.decision
        if decision.passes and not decision.reasons:
            return [line(at(2, _("MAY COME"), Ink.GOOD))]
        word = (_("NOT ALL OF THEM"), Ink.WARN) if decision.passes else (_("NOT THEN"), Ink.BAD)
        day = fill(_("first day {day}"), day=wording.day_text(decision.next_allowed))
        lines: list[Line] = [line(at(2, *word), at(24, day))]
        for reason in decision.reasons:
            lines += cards.wrapped("! " + wording.reason_line(reason), 76)
        return lines

    def speak(self) -> None:
        if self.proposal is not None and self.proposal.decision.passes:
            self.ask(N_("Book it?  Enter = book   Esc = change"))
        elif self.proposal is not None:
            self.ask(N_("It cannot be booked so.  Esc = change"))
        else:
            super().speak()

    # ---- keys

    @property
    def consequence(self) -> bool:
        return self.proposal is not None

    async def typed(self, key: str, character: str | None) -> bool:
        if self.proposal is None:
            return await super().typed(key, character)
        if key == "enter" and self.proposal.decision.passes:
            await self._book(self.proposal)
        elif key in ("escape", "enter"):
            self.proposal = None
            self.show()
        else:
            return False
        return True

    async def changed(self, field: str) -> None:
        if field in (*_PEOPLE, "prisoner"):
            await lookup.offer(self, field, "prisoner" if field == "prisoner" else "person")

    async def save(self) -> None:
        """F2: the answer stands above the form; nothing is recorded yet."""
        from kiosk.services import bookings, visits

        kiosk, values = self.kiosk, self.form.values
        assert self.session is not None
        relation = Relation(values["relation"]) if values.get("relation") else None
        request = VisitRequest(
            case_id=await kiosk.read(visits.new_case_id),
            service=Service(values["service"]),
            prisoner_id=UUID(values["prisoner"]),
            members=tuple(
                MemberRequest(UUID(values[name]), relation if name == "person" else None)
                for name in _PEOPLE
                if values[name]
            ),
            slot_id=self.session.slot_id,
            nights=int(values.get("nights") or 0),
        )
        self.proposal = await kiosk.read(bookings.propose, kiosk.signed_in, request)
        self.show()
        self.read_from_now()

    async def _book(self, proposal: Proposal) -> None:
        from kiosk.services import bookings

        kiosk = self.kiosk
        try:
            await kiosk.write(
                bookings.book, kiosk.signed_in, proposal.request, proposal.decision
            )
        except DecisionChanged as changed:
            await self.save()
            kiosk.bell()
            self.say(ATTENTION, changed.sentence, **changed.values)
            return
        self.form.touched = False
        self.proposal = None
        await kiosk.back()
        kiosk.front.say(DONE, N_("The visit is booked; its place and one visit are held."))


def _fields(session: SessionLine) -> list[Field]:
    fields: list[Field] = [
        Choice(
            "service",
            N_("Service"),
            required=True,
            options=choices.options(_SERVICES[session.kind]),
        ),
        Lookup(
            "prisoner",
            N_("Prisoner"),
            required=True,
            help=N_("Two letters of the name, or the file number"),
            missing=N_("The prisoner is missing. Two letters of the name find him."),
        ),
        Lookup(
            "person",
            N_("Visitor"),
            required=True,
            help=N_("Two letters of the name, or the document number"),
        ),
        Choice("relation", N_("Relation"), options=choices.relations()),
        Lookup("second", N_("Second visitor"), help=N_("May stay empty")),
        Lookup("third", N_("Third visitor"), help=N_("May stay empty")),
    ]
    if session.kind is RoomKind.LONG:
        fields.append(Number("nights", N_("Nights"), required=True, least=1, most=10))
    return fields
