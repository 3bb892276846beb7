"""The documents of a visitor: all that were seen; one more is scanned here, or typed."""

from __future__ import annotations

from collections.abc import Sequence

from devices.events import DocumentRead
from kiosk import wording
from kiosk.codes import DocumentCheck
from kiosk.scans import document_seen
from kiosk.screens import cards
from kiosk.screens.listing import Listing, Subject
from kiosk.text import N_, _
from kiosk.values import DocumentLine, PersonCard
from kiosk.widgets.ink import Ink
from kiosk.widgets.lines import Line, at, line, shorten


class Documents(Listing[DocumentLine]):
    TITLE_TEXT = N_("DOCUMENTS")
    FOOT_ROWS = 3
    EMPTY = N_("No document is recorded.")

    async def look(self, subject: Subject) -> tuple[DocumentLine, ...]:
        from kiosk.services import documents

        assert isinstance(subject, PersonCard)
        return await self.kiosk.read(
            documents.of_person, self.kiosk.signed_in, subject.person_id
        )

    async def offered(self, event: DocumentRead) -> bool:
        """Who lays a document on the reader here adds it to the card that is open."""
        await self.kiosk.go("new_document", self.subject, document_seen(event.document))
        return True

    def columns(self) -> Line:
        return line(
            at(3, _("kind"), Ink.HEAD),
            at(31, _("number"), Ink.HEAD),
            at(56, _("valid to"), Ink.HEAD),
            at(68, _("how"), Ink.HEAD),
        )

    def line_of(self, one: DocumentLine) -> Line:
        document = one.document
        over = document.expires is not None and document.expires < self.kiosk.today()
        typed = document.check is DocumentCheck.REVIEW
        return line(
            at(3, shorten(wording.label(document.kind), 27)),
            at(31, f"{document.country} {document.number}"),
            at(56, cards.day_text(document.expires), Ink.BAD if over else Ink.PLAIN),
            at(68, wording.label(document.source), Ink.WARN if typed else Ink.PLAIN),
        )

    def more_of(self, one: DocumentLine) -> Sequence[Line]:
        names = f"{one.document.surname} {one.document.given}".strip() or "–"
        return [
            (),
            line(at(3, _("printed name"), Ink.HEAD), at(20, names)),
            line(at(3, _("recorded"), Ink.HEAD), at(20, cards.day_text(one.day))),
        ]

    def question(self, one: DocumentLine | None) -> str:
        return N_("Scan one more document, or 1 = type it   Esc = back")

    async def act(self, key: str, one: DocumentLine | None) -> bool:
        if key == "1":
            await self.kiosk.go("new_document", self.subject)
            return True
        return False
