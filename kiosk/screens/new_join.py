"""Two records of one person: found, compared, and joined by a supervisor."""

from __future__ import annotations

from uuid import UUID

from kiosk import wording
from kiosk.codes import SameGround
from kiosk.screens import cards, choices, lookup
from kiosk.screens.listing import Subject, id_of
from kiosk.screens.screen import ATTENTION, DONE, HeadedFormScreen
from kiosk.text import N_
from kiosk.values import Comparison, PersonCard, PrisonerCard
from kiosk.widgets.fields import Choice, Lookup
from kiosk.widgets.ink import Ink
from kiosk.widgets.lines import at, line


class NewJoin(HeadedFormScreen):
    """`differing` is what the officer has to read before the two are joined all the same."""

    HEAD_ROWS = 4
    TITLE_TEXT = N_("JOIN TWO RECORDS")
    help_name = "card"

    def __init__(self) -> None:
        super().__init__()
        self.subject: Subject | None = None
        self.differing: Comparison | None = None

    def forget(self) -> None:
        super().forget()
        self.subject = self.differing = None
        self.head.show([])

    @property
    def _kind(self) -> str:
        return "person" if isinstance(self.subject, PersonCard) else "prisoner"

    async def enter(self, *about: object) -> None:
        (subject,) = about
        assert isinstance(subject, PersonCard | PrisonerCard)
        self.subject, self.differing = subject, None
        self.form.load(
            [
                Lookup(
                    "other",
                    N_("Other record"),
                    required=True,
                    help=N_("The other record of this person: two letters, or a number"),
                ),
                Choice(
                    "ground",
                    N_("Ground"),
                    required=True,
                    options=choices.same_grounds(),
                    help=N_("From what do you know that they are one?"),
                ),
            ]
        )

    def draw(self) -> None:
        super().draw()
        if self.subject is None:
            return
        subject = self.subject
        born = (
            cards.day_text(subject.birth)
            if isinstance(subject, PersonCard)
            else f"{subject.birth_year}   {subject.file_number}"
        )
        self.head.show([(), line(at(3, subject.name.full, Ink.BOLD), f", {born}"), ()])

    def speak(self) -> None:
        super().speak()
        if self.differing is not None:
            words = sorted(wording.label(one) for one in self.differing.differences)
            self.ask(N_("One person all the same?   Enter = join them   Esc = no"))
            self.say(ATTENTION, N_("The two records differ: {what}."), what=", ".join(words))

    @property
    def consequence(self) -> bool:
        return self.differing is not None

    async def typed(self, key: str, character: str | None) -> bool:
        if self.differing is not None:
            seen, self.differing = self.differing, None
            if key == "enter":
                await self._join(seen)
            else:
                self.speak()
            return True
        return await super().typed(key, character)

    async def changed(self, field: str) -> None:
        if field == "other":
            await lookup.offer(self, "other", self._kind)

    async def save(self) -> None:
        from kiosk.services import doubles

        assert self.subject is not None
        other = UUID(self.form.values["other"])
        compared = await self.kiosk.read(
            doubles.compare, self.kiosk.signed_in, id_of(self.subject), other
        )
        if compared.differences:
            self.differing = compared
            self.kiosk.bell()
            self.speak()
            self.read_from_now()
        else:
            await self._join(compared)

    async def _join(self, seen: Comparison) -> None:
        from kiosk.services import doubles

        await self.kiosk.write(
            doubles.join,
            self.kiosk.signed_in,
            seen.one_id,
            seen.other_id,
            SameGround(self.form.values["ground"]),
            seen.differences,
        )
        self.form.touched = False
        await self.kiosk.back()
        self.kiosk.front.say(DONE, N_("The two records are one person from now on."))
