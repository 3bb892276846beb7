"""A place in the queue: scan the document, or type who waits for what; the ticket prints."""

from __future__ import annotations

from uuid import UUID

from devices.events import DocumentRead
from kiosk import wording
from kiosk.codes import EarlyAnswer, Service
from kiosk.rules.kinds import GOODS
from kiosk.scans import document_seen
from kiosk.screens import choices, lookup
from kiosk.screens.screen import ATTENTION, DONE, FormScreen
from kiosk.text import N_
from kiosk.values import PersonCard
from kiosk.values.waiting import TicketLine, TicketRequest
from kiosk.widgets.fields import Choice, Lookup, Number, Option

# Nobody waits at the gate for what comes by post.
_WAITED_FOR = tuple(one for one in Service if one not in (Service.PARCEL, Service.SMALL_PARCEL))


class NewTicket(FormScreen):
    """A scan fills the form: the one who was scanned, and whom they visited last."""

    TITLE_TEXT = N_("NEW TICKET")
    help_name = "new_ticket"

    async def enter(self, *about: object) -> None:
        if not self.form.touched:
            self._begin()

    @property
    def unsaved(self) -> bool:
        # A document that is scanned here belongs here, whatever was typed.
        return False

    def _begin(self, card: PersonCard | None = None) -> None:
        prisoner = card.last_prisoner if card is not None else None
        values = {"service": Service.SHORT_VISIT.value}
        if card is not None:
            values["person"] = str(card.person_id)
        if prisoner is not None:
            values["prisoner"] = str(prisoner.prisoner_id)
        self.form.load(
            [
                Choice(
                    "service",
                    N_("Service"),
                    required=True,
                    options=choices.options(_WAITED_FOR),
                ),
                Lookup(
                    "person",
                    N_("Visitor"),
                    help=N_("Scan the document, or two letters; empty = not scanned yet"),
                    known=() if card is None else (_person(card),),
                ),
                Lookup(
                    "prisoner",
                    N_("Prisoner"),
                    help=N_("Two letters of the name, or the file number; may stay empty"),
                    known=()
                    if prisoner is None
                    else (
                        Option(values["prisoner"], prisoner.name.full, prisoner.file_number),
                    ),
                ),
                Number("others", N_("Come along"), whole_digits=2, most=20),
            ],
            values,
            proposed=tuple(values),
        )

    async def offered(self, event: DocumentRead) -> bool:
        """Somebody known is put into the form; who is new waits without a name."""
        from kiosk.services import identify

        seen = document_seen(event.document)
        card = await self.kiosk.write(identify.identify, self.kiosk.signed_in, seen)
        self._begin(card)
        self.show()
        if card is None:
            self.kiosk.bell()
            self.say(
                ATTENTION, N_("Not in the register yet. F2 gives a ticket without a name.")
            )
        return True

    async def changed(self, field: str) -> None:
        if field in ("person", "prisoner"):
            await lookup.offer(self, field, field)

    async def save(self) -> None:
        from kiosk.services import ticket_window

        values = self.form.values
        line = await self.kiosk.write(
            ticket_window.take,
            self.kiosk.signed_in,
            TicketRequest(
                service=Service(values["service"]),
                person_id=UUID(values["person"]) if values["person"] else None,
                prisoner_id=UUID(values["prisoner"]) if values["prisoner"] else None,
                others=int(values["others"] or 0),
            ),
        )
        self.form.touched = False
        self._begin()
        self.show()
        self._tell(line)

    def _tell(self, line: TicketLine) -> None:
        """The early answer, to be said to whoever stands there."""
        values = {"number": line.shown, "day": wording.day_text(line.next_day)}
        if line.answer is EarlyAnswer.PASS and line.service in GOODS:
            self.say(DONE, N_("Ticket {number}. It may be brought today."), **values)
        elif line.answer is EarlyAnswer.PASS:
            self.say(DONE, N_("Ticket {number}. May pass today."), **values)
        elif line.answer is EarlyAnswer.UNKNOWN:
            self.say(DONE, N_("Ticket {number}. The answer is given at the window."), **values)
        elif line.answer is EarlyAnswer.ASK:
            self.say(ATTENTION, N_("Ticket {number}. A person or a paper decides."), **values)
        else:
            self.say(ATTENTION, N_("Ticket {number}. Not today; first day: {day}."), **values)


def _person(card: PersonCard) -> Option:
    return Option(str(card.person_id), card.name.full)
