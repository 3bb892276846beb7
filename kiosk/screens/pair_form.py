"""What the forms about a visitor and a prisoner share: one stands above, the other is found."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from kiosk.screens import lookup
from kiosk.screens.listing import Subject
from kiosk.screens.screen import HeadedFormScreen
from kiosk.text import N_
from kiosk.values import PersonCard, PrisonerCard
from kiosk.widgets.fields import Field, Lookup
from kiosk.widgets.ink import Ink
from kiosk.widgets.lines import at, line


class PairForm(HeadedFormScreen):
    """`subject` stands above the form; its field "other" finds the other of the two."""

    HEAD_ROWS: ClassVar[int] = 4
    help_name = "card"

    def __init__(self) -> None:
        super().__init__()
        self.subject: Subject | None = None

    def forget(self) -> None:
        super().forget()
        self.subject = None
        self.head.show([])

    async def enter(self, *about: object) -> None:
        """`about`: the prisoner or the visitor; what was typed about them is kept."""
        (subject,) = about
        assert isinstance(subject, PersonCard | PrisonerCard)
        if self.unsaved and subject == self.subject:
            return
        self.subject = subject
        self.load(subject)

    def load(self, subject: Subject) -> None:
        """Put the empty fields into the form."""
        raise NotImplementedError

    def draw(self) -> None:
        super().draw()
        if self.subject is not None:
            self.head.show([(), line(at(3, self.subject.name.full, Ink.BOLD)), ()])

    async def changed(self, field: str) -> None:
        if field == "other":
            kind = "person" if isinstance(self.subject, PrisonerCard) else "prisoner"
            await lookup.offer(self, "other", kind)


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


def pair_of(subject: Subject, other: UUID) -> tuple[UUID, UUID]:
    """The ids of the visitor and of the prisoner."""
    if isinstance(subject, PrisonerCard):
        return other, subject.prisoner_id
    return subject.person_id, other
