"""A visitor's card: who they are, to whom they belong, and what can be recorded about them."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from textual.widget import Widget

from kiosk import scans, wording
from kiosk.codes import Consent
from kiosk.screens import cards
from kiosk.screens.person_card import person_lines
from kiosk.screens.screen import DESK, GATE_KEYS, KioskScreen
from kiosk.screens.visiting import as_before
from kiosk.text import N_, _, fill
from kiosk.values import NoteLine, PersonCard, RelationLine
from kiosk.widgets.ink import Ink
from kiosk.widgets.lines import Line, at, line, shorten
from kiosk.widgets.sheet import Sheet

RELATIONS, NOTES = 3, 2

_DOORS = (
    ("1", "documents", N_("documents")),
    ("2", "relations", N_("relations, permissions")),
    ("3", "restrictions", N_("restrictions")),
    ("4", "joins", N_("recorded twice?")),
    ("5", "correct", N_("correct the details")),
    ("6", "new_note", N_("write a note")),
)


class PersonRecord(KioskScreen):
    """Who and what happened here on the left, what leads on from here on the right."""

    TITLE_TEXT = N_("VISITOR")
    KEYS = GATE_KEYS
    help_name = "card"

    def __init__(self) -> None:
        super().__init__()
        self.sheet = Sheet()
        self.forget()

    def body(self) -> Iterable[Widget]:
        yield self.sheet

    def forget(self) -> None:
        self.card: PersonCard | None = None
        self.relations: tuple[RelationLine, ...] = ()
        self.notes: tuple[NoteLine, ...] = ()
        self.sheet.show([])

    async def enter(self, *about: object) -> None:
        """`about`: the id of a person; opening their card leaves a trace."""
        from kiosk.services import identify

        (person_id,) = about
        assert isinstance(person_id, UUID)
        self.card = await self.kiosk.write(identify.card, self.kiosk.signed_in, person_id)
        await self._look(self.card)

    async def returned(self) -> None:
        from kiosk.services import person_card

        if self.card is not None:
            self.card = await self.kiosk.read(person_card.card_of, self.card.person_id)
            await self._look(self.card)

    async def _look(self, card: PersonCard) -> None:
        from kiosk.services import notes, relation_lines

        officer = self.kiosk.signed_in
        self.relations = await self.kiosk.read(
            relation_lines.of_person, officer, card.person_id
        )
        self.notes = await self.kiosk.read(notes.of, officer, card.person_id)

    def draw(self) -> None:
        if self.card is None:
            return
        left = person_lines(self.card, None, self.kiosk.today())
        self.sheet.show(cards.beside(left, self._right(self.card), self.sheet.rows))
        self.ask(
            N_("Press a digit   Enter = a visit   Esc = back")
            if self.kiosk.signed_in.may(*DESK)
            else N_("Press a digit, or Esc")
        )

    def _right(self, card: PersonCard) -> list[Line]:
        lines = [line((digit, Ink.BOLD), "  ", _(label)) for digit, _screen, label in _DOORS]
        if card.records > 1:
            lines.append(
                line((fill(_("joined records: {count}"), count=card.records), Ink.WARN))
            )
        lines += [(), line((_("BELONGS TO"), Ink.HEAD))]
        for one in self.relations[:RELATIONS]:
            lines += _relation(one)
        if not self.relations:
            lines.append(line("–"))
        hidden = len(self.relations) - RELATIONS
        if hidden > 0:
            lines.append(line((fill(_("and more: {count}"), count=hidden), Ink.DIM)))
        if self.notes:
            lines += [(), line((_("NOTES"), Ink.HEAD))]
        for note in self.notes[:NOTES]:
            lines += cards.wrapped(
                f"{cards.day_text(note.day)} {note.text}", cards.RIGHT_WIDTH
            )[:3]
        return lines

    async def typed(self, key: str, character: str | None) -> bool:
        if self.card is None:
            return False
        for digit, screen, _label in _DOORS:
            if digit == character:
                await self.kiosk.go(screen, self.card)
                return True
        if key == "enter" and self.kiosk.signed_in.may(*DESK):
            await scans.show(self.kiosk, as_before(self.card))
            return True
        return False


def _relation(one: RelationLine) -> list[Line]:
    refuses = one.consent is Consent.NO
    state = "" if one.approved else _("not approved")
    return [
        line(shorten(f"{one.prisoner.short}, {one.file_number}", cards.RIGHT_WIDTH)),
        line(
            at(2, wording.label(one.kind)),
            at(19, wording.label(one.consent) if refuses else state, Ink.WARN),
        ),
    ]
