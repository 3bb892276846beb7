"""A relation entered at the desk of the office: who, to whom, on which proof, agreed or not."""

from __future__ import annotations

from uuid import UUID

from kiosk.codes import Consent, Proof, Relation
from kiosk.screens import choices, lookup
from kiosk.screens.listing import Subject
from kiosk.screens.screen import DONE, HeadedFormScreen
from kiosk.text import N_
from kiosk.values import PersonCard, PrisonerCard, Stated
from kiosk.widgets.fields import Choice, Field, Lookup
from kiosk.widgets.ink import Ink
from kiosk.widgets.lines import at, line


class NewRelation(HeadedFormScreen):
    HEAD_ROWS = 4
    TITLE_TEXT = N_("NEW RELATION")
    help_name = "card"

    def __init__(self) -> None:
        super().__init__()
        self.subject: Subject | None = None

    def forget(self) -> None:
        super().forget()
        self.subject = None
        self.head.show([])

    async def enter(self, *about: object) -> None:
        """`about`: the prisoner or the visitor; the form asks for the other one."""
        (subject,) = about
        assert isinstance(subject, PersonCard | PrisonerCard)
        if self.unsaved and subject == self.subject:
            return
        self.subject = subject
        self.form.load(
            [
                other_of(subject),
                Choice("relation", N_("Relation"), required=True, options=choices.relations()),
                choices.proof_field(),
                Choice(
                    "consent",
                    N_("Agreement"),
                    options=choices.options((Consent.YES, Consent.NO)),
                    help=N_("Does the prisoner agree to this visitor?  Empty = not asked"),
                ),
            ]
        )

    def draw(self) -> None:
        super().draw()
        if self.subject is not None:
            self.head.show([(), line(at(3, self.subject.name.full, Ink.BOLD)), ()])

    async def changed(self, field: str) -> None:
        if field == "other":
            await offer_other(self, self.subject)

    async def save(self) -> None:
        from kiosk.services import relations

        values, subject = self.form.values, self.subject
        assert subject is not None
        person_id, prisoner_id = pair_of(subject, UUID(values["other"]))
        officer = self.kiosk.signed_in
        proof = Proof(values["proof"]) if values["proof"] else None
        stated = Stated(prisoner_id, Relation(values["relation"]), proof)
        await self.kiosk.write(relations.state, officer, person_id, stated)
        if values["consent"]:
            await self.kiosk.write(
                relations.answer, officer, person_id, prisoner_id, Consent(values["consent"])
            )
        self.form.touched = False
        await self.kiosk.back()
        if stated.kind is Relation.NOT_KIN and not values["consent"]:
            self.kiosk.front.say(
                DONE, N_("Who is no kin needs no relation. Nothing to record.")
            )
        else:
            self.kiosk.front.say(DONE, N_("The relation is recorded."))


def other_of(subject: Subject, *, required: bool = True) -> Field:
    """The field that finds the other one: a visitor for a prisoner, and the reverse."""
    if isinstance(subject, PrisonerCard):
        return Lookup(
            "other",
            N_("Visitor"),
            required=required,
            help=N_("Two letters of the name, or the document number"),
        )
    return Lookup(
        "other",
        N_("Prisoner"),
        required=True,
        help=N_("Two letters of the name, or the file number"),
        missing=N_("The prisoner is missing. Two letters of the name find him."),
    )


async def offer_other(screen: HeadedFormScreen, subject: Subject | None) -> None:
    """Offer what is found for the letters typed there."""
    kind = "person" if isinstance(subject, PrisonerCard) else "prisoner"
    await lookup.offer(screen, "other", kind)


def pair_of(subject: Subject, other: UUID) -> tuple[UUID, UUID]:
    """The ids of the visitor and of the prisoner."""
    if isinstance(subject, PrisonerCard):
        return other, subject.prisoner_id
    return subject.person_id, other
