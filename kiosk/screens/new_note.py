"""A note about a visitor or a prisoner, below what was noted before."""

from __future__ import annotations

from kiosk.screens import cards
from kiosk.screens.listing import Subject, id_of
from kiosk.screens.screen import BODY_ROWS, DONE, HeadedFormScreen
from kiosk.text import N_
from kiosk.values import NoteLine, PersonCard, PrisonerCard
from kiosk.widgets.fields import Text
from kiosk.widgets.ink import Ink
from kiosk.widgets.lines import Line, at, line

LONGEST = 57  # what the field shows whole


class NewNote(HeadedFormScreen):
    HEAD_ROWS = BODY_ROWS - 4
    TITLE_TEXT = N_("NOTE")
    help_name = "card"

    def __init__(self) -> None:
        super().__init__()
        self.subject: Subject | None = None
        self.notes: tuple[NoteLine, ...] = ()

    def forget(self) -> None:
        super().forget()
        self.subject, self.notes = None, ()
        self.head.show([])

    async def enter(self, *about: object) -> None:
        from kiosk.services import notes

        (subject,) = about
        assert isinstance(subject, PersonCard | PrisonerCard)
        if not self.unsaved or subject != self.subject:
            self.form.load(
                [
                    Text(
                        "text",
                        N_("Note"),
                        required=True,
                        limit=LONGEST,
                        help=N_("What the next officer has to know; no names of others"),
                    )
                ]
            )
        self.subject = subject
        self.notes = await self.kiosk.read(notes.of, self.kiosk.signed_in, id_of(subject))

    def draw(self) -> None:
        super().draw()
        if self.subject is None:
            return
        lines: list[Line] = [(), line(at(3, self.subject.name.full, Ink.BOLD)), ()]
        for note in self.notes:
            first, *rest = cards.wrapped(note.text, 60)
            lines.append(line(at(3, cards.day_text(note.day), Ink.HEAD), at(16, ""), *first))
            lines += [line(at(16, ""), *one) for one in rest]
            lines.append(line(at(16, note.by, Ink.DIM)))
        self.head.show(lines[: self.HEAD_ROWS])

    async def save(self) -> None:
        from kiosk.services import notes

        assert self.subject is not None
        await self.kiosk.write(
            notes.write, self.kiosk.signed_in, id_of(self.subject), self.form.values["text"]
        )
        self.form.touched = False
        await self.kiosk.back()
        self.kiosk.front.say(DONE, N_("The note is recorded."))
