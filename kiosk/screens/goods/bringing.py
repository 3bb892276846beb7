"""A package at the window: who brings it and for whom, and what that prisoner may still get."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID

from kiosk.codes import DraftKind, Relation, Service
from kiosk.errors import Refused
from kiosk.screens import choices, lookup, person_card
from kiosk.screens.goods import entitlement_lines, sender_draft, ways_in
from kiosk.screens.goods.sender_draft import BringingDraft
from kiosk.screens.screen import GATE_KEYS, HeadedFormScreen
from kiosk.screens.visiting import Visitor, as_before
from kiosk.text import N_, _
from kiosk.values import DraftLine, PrisonerCard, Stated
from kiosk.values.goods import MayBring
from kiosk.values.waiting import TicketLine
from kiosk.widgets.fields import Choice, Complaint, Field, Lookup, Option

_ASKED_FOR = N_("Two letters of the name, or the file number")
_CHOSEN = N_("F2 = list what is in the bag   two letters = another prisoner")
_COMPARED = N_("Does the document agree with the screen?  Enter = yes   Esc = no")
_KEYS = {**GATE_KEYS, 2: N_("Go on"), 4: N_("List"), 7: N_("New")}


class Bringing(HeadedFormScreen):
    """A scan fills the form: who was scanned, and for whom they came last.

    `waits`: the next document that is scanned is the sender's. `ticket_id` is the ticket that
    was called for this package, None: whichever the sender holds.
    """

    TITLE_TEXT = N_("PACKAGE, SENDER")
    HEAD_ROWS = entitlement_lines.ROWS
    help_name = "bringing"

    def __init__(self) -> None:
        super().__init__()
        self.forget()

    def forget(self) -> None:
        super().forget()
        self.visitor: Visitor | None = None
        self.asked: MayBring | None = None
        self.ticket_id: UUID | None = None
        self.kept: BringingDraft | None = None
        self.waits = self.unknown = False
        self.head.show([])

    @property
    def keys(self) -> Mapping[int, str]:
        return _KEYS

    @property
    def unsaved(self) -> bool:
        # A document that is scanned here belongs here, whatever was typed.
        return False

    # ---- what it is about

    async def enter(self, *about: object) -> None:
        """`about`: nothing; a sender who was scanned or found; the ticket that was called;
        or the draft to go on with."""
        ways_in.must_take_packages(self.kiosk)
        subject = about[0] if about else None
        if not (self.waits and self.kiosk.came_by("bringing")):
            self.forget()  # another package: nothing of the last one is meant for it
        if isinstance(subject, Visitor):
            await self._take(subject)
        elif isinstance(subject, TicketLine):
            await self._called(subject)
        elif isinstance(subject, DraftLine):
            await self._take_up()
        else:
            self.forget()
            self._load(Service.PACKAGE, None)
        self.waits, self.unknown = True, False
        await self._look()
        await self._keep()

    async def returned(self) -> None:
        await super().returned()
        self.waits = True
        await self._look()

    async def _take(self, visitor: Visitor) -> None:
        """Somebody is the sender; whom they come for is as before, unless it was typed."""
        service = Service(self.form.values.get("service") or Service.PACKAGE)
        chosen = self.form.values.get("prisoner")
        if self.visitor is None and chosen:
            visitor = replace(visitor, prisoner=await self._prisoner(chosen), relation=None)
        if self.visitor is not None and not self.visitor.same_person(visitor):
            self.ticket_id = None
        self.visitor = visitor
        self._load(service, visitor.prisoner)
        await self._propose_relation()

    async def _called(self, ticket: TicketLine) -> None:
        """As far as the ticket says it; whoever was not scanned yet is scanned now."""
        from kiosk.services import identify

        self.visitor, self.ticket_id = None, ticket.ticket_id
        prisoner = await self._prisoner(str(ticket.prisoner_id)) if ticket.prisoner_id else None
        if ticket.person_id is not None:
            card = await self.kiosk.write(identify.card, self.kiosk.signed_in, ticket.person_id)
            self.visitor = as_before(card)
            if prisoner is not None:
                self.visitor = replace(self.visitor, prisoner=prisoner, relation=None)
            prisoner = self.visitor.prisoner
        self._load(ticket.service, prisoner)
        await self._propose_relation()

    async def _take_up(self) -> None:
        """Who stood here before a crash, and for whom they came."""
        left = await sender_draft.bringing(self.kiosk)
        if left is None:
            raise Refused(N_("This was finished meanwhile. Scan the document again."))
        self.visitor, self.ticket_id = left.visitor, left.ticket_id
        self._load(left.service, left.prisoner)

    async def _keep(self) -> None:
        """Each time that something else is said: a crash costs the field in work."""
        values, visitor = self.form.values, self.visitor
        if visitor is None and not values.get("prisoner"):
            return
        draft = BringingDraft(
            service=Service(values["service"] or Service.PACKAGE),
            sender_id=visitor.card.person_id if visitor is not None else None,
            prisoner_id=UUID(values["prisoner"]) if values["prisoner"] else None,
            relation=Relation(values["relation"]) if values["relation"] else None,
            seen=visitor.seen if visitor is not None else None,
            doubts=visitor.doubts if visitor is not None else (),
            ticket_id=self.ticket_id,
        )
        if draft != self.kept:
            await sender_draft.keep_bringing(self.kiosk, draft, self.undecided)
            self.kept = draft

    async def _prisoner(self, prisoner_id: str) -> PrisonerCard:
        from kiosk.services import prisoners

        return await self.kiosk.read(prisoners.card, UUID(prisoner_id))

    def _load(self, service: Service, prisoner: PrisonerCard | None) -> None:
        visitor = self.visitor
        values = {"service": service.value}
        doubts = visitor.doubts if visitor is not None and visitor.is_doubtful else ()
        if visitor is not None:
            values["sender"] = str(visitor.card.person_id)
            if visitor.relation is not None and prisoner == visitor.prisoner:
                values["relation"] = visitor.relation.value
        if prisoner is not None:
            values["prisoner"] = str(prisoner.prisoner_id)
        self.form.load(
            self._fields(visitor, prisoner),
            values,
            proposed=tuple(values),
            # Of two doubts about the document the first, which weighs more, is told.
            doubtful={"sender": Complaint(doubts[0].sentence)} if doubts else None,
            first="" if visitor is None or prisoner is None else "prisoner",
        )

    @staticmethod
    def _fields(visitor: Visitor | None, prisoner: PrisonerCard | None) -> list[Field]:
        sender = (
            ()
            if visitor is None
            else (Option(str(visitor.card.person_id), visitor.card.name.full),)
        )
        whom = (
            ()
            if prisoner is None
            else (Option(str(prisoner.prisoner_id), prisoner.name.full, prisoner.file_number),)
        )
        return [
            Choice(
                "service",
                N_("Service"),
                required=True,
                options=choices.options(ways_in.HANDED_IN),
            ),
            Lookup(
                "sender",
                N_("Sender"),
                required=True,
                help=_COMPARED
                if visitor is not None and visitor.is_doubtful
                else N_("Scan the document, or two letters of the name   F7 = somebody new"),
                missing=N_("Who brings it? Scan the document, or F7 for somebody new."),
                known=sender,
            ),
            Lookup(
                "prisoner",
                N_("Prisoner"),
                required=True,
                help=_ASKED_FOR if prisoner is None else _CHOSEN,
                missing=N_(
                    "No prisoner is chosen. Whoever is not found here gets nothing here."
                ),
                known=whom,
            ),
            Choice("relation", N_("Relation"), options=choices.relations()),
        ]

    # ---- while it is filled

    async def changed(self, field: str) -> None:
        if field == "sender":
            await lookup.offer(self, "sender", "person")
            await self._found()
        elif field == "prisoner":
            self.unknown = not await lookup.offer(self, "prisoner", "prisoner")
            self.form.set("relation", self._relation_before())
            await self._propose_relation()
        if field != "relation":
            await self._look()
            self._draw_head()

    async def _found(self) -> None:
        """Somebody was chosen from the list; letters alone are nobody yet."""
        from kiosk.services import identify

        person_id = self.form.values["sender"]
        known = self.visitor.card.person_id if self.visitor is not None else None
        if not person_id:
            self.visitor = None
        elif known != UUID(person_id):
            self.visitor = None
            card = await self.kiosk.write(identify.card, self.kiosk.signed_in, UUID(person_id))
            await self._take(as_before(card))
            self.show()

    def _relation_before(self) -> str:
        """As on their last visit to this prisoner; what they are to another says nothing."""
        visitor = self.visitor
        if visitor is None or visitor.prisoner is None or visitor.relation is None:
            return ""
        same = self.form.values["prisoner"] == str(visitor.prisoner.prisoner_id)
        return visitor.relation.value if same else ""

    async def _propose_relation(self) -> None:
        """What the register says of these two stands there already."""
        from kiosk.services import relations

        prisoner_id = self.form.values["prisoner"]
        if not prisoner_id or self.visitor is None:
            return
        known = await self.kiosk.read(
            relations.recorded, self.visitor.card.person_id, UUID(prisoner_id)
        )
        if known is not None:
            self.form.set("relation", known.kind.value)

    async def _look(self) -> None:
        """What this prisoner may still get, and whether from this sender."""
        from kiosk.services.goods import may_bring

        values = self.form.values
        self.asked = None
        if values.get("prisoner") and values.get("service"):
            self.asked = await self.kiosk.read(
                may_bring.look,
                self.kiosk.signed_in,
                Service(values["service"]),
                UUID(values["prisoner"]),
                self.visitor.asks if self.visitor is not None else None,
            )

    def draw(self) -> None:
        super().draw()
        self._draw_head()

    def _draw_head(self) -> None:
        """The document while it is still to be compared, then what may be brought."""
        visitor = self.visitor
        doubtful = visitor is not None and visitor.is_doubtful
        if visitor is not None and doubtful and "sender" not in self.form.confirmed_doubts:
            today = self.kiosk.today()
            card = person_card.person_lines(visitor.card, visitor.seen, today, visitor.marks)
            self.head.show([(), *card][: self.HEAD_ROWS])
        elif self.asked is not None:
            self.head.show(entitlement_lines.entitlement_lines(self.asked))
        elif self.unknown and not self.form.values.get("prisoner"):
            self.head.show(
                entitlement_lines.nobody_lines(
                    _("Nobody here is called so. Ask for the file number, or the whole name.")
                )
            )
        else:
            self.head.show([])

    @property
    def undecided(self) -> str:
        return self.visitor.card.name.short if self.visitor is not None else ""

    # ---- what leads on

    async def typed(self, key: str, character: str | None) -> bool:
        if key == "f7":
            await self.kiosk.go("person")
            return True
        known = await super().typed(key, character)
        self._draw_head()
        if self.kiosk.front is self:
            await self._keep()
        return known

    async def leave(self) -> None:
        """Esc: nobody brings anything any more."""
        await sender_draft.drop(self.kiosk, DraftKind.BRINGING)
        self.forget()
        await self.kiosk.back()

    async def save(self) -> None:
        assert self.visitor is not None
        values = self.form.values
        prisoner = await self._prisoner(values["prisoner"])
        relation = Relation(values["relation"]) if values["relation"] else None
        # F2 did not pass before a doubtful document was confirmed.
        visitor = replace(self.visitor, confirmed=True, prisoner=prisoner, relation=relation)
        await self._state(visitor, prisoner)
        await self.list_bag(visitor)

    async def _state(self, visitor: Visitor, prisoner: PrisonerCard) -> None:
        """What they say they are to him, when it is new."""
        from kiosk.services import relations

        if visitor.relation is not None:
            await self.kiosk.write(
                relations.state,
                self.kiosk.signed_in,
                visitor.card.person_id,
                Stated(prisoner.prisoner_id, visitor.relation),
            )

    async def list_bag(self, visitor: Visitor, *, replace_front: bool = False) -> None:
        """On to the till; whom a scan shows from now on is no sender of this package."""
        assert visitor.prisoner is not None
        await ways_in.list_bag(
            self.kiosk,
            visitor,
            visitor.prisoner,
            service=Service(self.form.values["service"]),
            ticket_id=self.ticket_id,
            replace=replace_front,
        )
        self.waits, self.kept = False, None
        await sender_draft.drop(self.kiosk, DraftKind.BRINGING)
