"""One more document of a visitor: as it was scanned, or typed from the paper."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from kiosk.codes import DocumentCheck, DocumentKind, DocumentSource
from kiosk.screens import cards, choices
from kiosk.screens.screen import DONE, HeadedFormScreen
from kiosk.text import N_
from kiosk.values import DocumentSeen, PersonCard
from kiosk.widgets.fields import Choice, Country, Date, DocumentNumber, Side
from kiosk.widgets.ink import Ink
from kiosk.widgets.lines import at, line


class NewDocument(HeadedFormScreen):
    HEAD_ROWS = 4
    TITLE_TEXT = N_("NEW DOCUMENT")
    help_name = "card"

    def __init__(self) -> None:
        super().__init__()
        self.card: PersonCard | None = None
        self.seen: DocumentSeen | None = None

    def forget(self) -> None:
        super().forget()
        self.card = self.seen = None
        self.head.show([])

    async def enter(self, *about: object) -> None:
        """`about`: whose it is, and the document when it was scanned."""
        card, *seen = about
        assert isinstance(card, PersonCard)
        if self.unsaved and self.card is not None and self.card.person_id == card.person_id:
            return
        self.card = card
        self.seen = next((one for one in seen if isinstance(one, DocumentSeen)), None)
        values = _values(self.seen) if self.seen is not None else {"country": "KGZ"}
        self.form.load(
            [
                Choice("kind", N_("Document"), required=True, options=choices.documents()),
                Country("country", N_("Issued by"), required=True),
                DocumentNumber("number", N_("Number"), required=True),
                Date("expires", N_("Valid to"), side=Side.EXPIRY, today=self.kiosk.today()),
            ],
            values,
            proposed=[name for name, value in values.items() if value],
        )

    def draw(self) -> None:
        super().draw()
        if self.card is not None:
            name, born = self.card.name.full, cards.day_text(self.card.birth)
            self.head.show([(), line(at(3, name, Ink.BOLD), f", {born}"), ()])

    async def save(self) -> None:
        from kiosk.services import documents

        assert self.card is not None
        await self.kiosk.write(
            documents.add, self.kiosk.signed_in, self.card.person_id, self._entered()
        )
        self.form.touched = False
        await self.kiosk.back()
        self.kiosk.front.say(DONE, N_("The document is recorded."))

    def _entered(self) -> DocumentSeen:
        values, seen = self.form.values, self.seen
        if seen is not None and _values(seen) == dict(values):
            return seen
        return replace(
            seen or DocumentSeen(DocumentKind.OTHER, "", ""),
            kind=DocumentKind(values["kind"]),
            country=values["country"],
            number=values["number"],
            expires=date.fromisoformat(values["expires"]) if values["expires"] else None,
            source=DocumentSource.TYPED,
            check=DocumentCheck.REVIEW,
        )


def _values(seen: DocumentSeen) -> Mapping[str, str]:
    return {
        "kind": seen.kind.value,
        "country": seen.country,
        "number": seen.number,
        "expires": seen.expires.isoformat() if seen.expires else "",
    }
