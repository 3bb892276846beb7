"""Scans, in their turn among the keys: what each opens, and those that have to wait."""

from __future__ import annotations

import logging
from collections import deque
from dataclasses import replace
from time import monotonic
from typing import TYPE_CHECKING

from devices.events import CodeRead, DocumentRead, ReadRejected
from devices.mrz.answer import Document
from devices.mrz.answer import Status as MrzStatus
from kiosk.codes import DocumentCheck, DocumentKind, DocumentSource, Sex
from kiosk.device_board import rejected_sentence
from kiosk.doubts import of as doubts_of
from kiosk.errors import KioskError, Refused
from kiosk.screens.screen import ATTENTION
from kiosk.screens.visiting import Visitor, as_before
from kiosk.text import N_
from kiosk.values import DocumentSeen, PrisonerCard

if TYPE_CHECKING:
    from kiosk.app import KioskApp

log = logging.getLogger(__name__)

Reading = DocumentRead | CodeRead

WAITING_AT_MOST = 3
WAITING_SECONDS = 600  # a scan that nobody takes up: ten minutes


def document_seen(document: Document) -> DocumentSeen:
    """The reader's document as the register knows documents."""
    return DocumentSeen(
        kind=DocumentKind.PASSPORT
        if (document.document_code or "").startswith("P")
        else DocumentKind.ID_CARD,
        country=document.issuer or "",
        number=document.document_number or "",
        surname=document.surname or "",
        given=document.given_names or "",
        birth=document.birth_date or "",
        sex=Sex(document.sex.value) if document.sex else None,
        expires=document.expiry_date,
        personal_number=document.personal_number or "",
        source=DocumentSource.SCAN,
        check=DocumentCheck.OK if document.status is MrzStatus.OK else DocumentCheck.REVIEW,
    )


class Scans:
    """Takes each scan of the app's reader to its screen; over an unsaved form it waits."""

    def __init__(self, app: KioskApp) -> None:
        self._app = app
        self._waiting: deque[tuple[float, Reading]] = deque(maxlen=WAITING_AT_MOST)

    async def came(self, event: Reading | ReadRejected) -> None:
        """Something was put on the reader."""
        app, front = self._app, self._app.front
        if app.officer is None or app.locked:
            app.bell()
            front.say(
                ATTENTION, N_("A document lies on the reader. Sign in first, then scan it.")
            )
        elif isinstance(event, ReadRejected):
            app.bell()
            front.say(ATTENTION, rejected_sentence(event.reason))
        elif front.unsaved:
            self._waiting.append((monotonic(), event))
            app.bell()
            front.say(
                ATTENTION,
                N_("Scan waiting: {count}. F6 takes it after this form."),
                count=len(self._waiting),
            )
        else:
            await self._take(event)

    async def take_up(self) -> None:
        """F6: the oldest scan that waits."""
        self.drop_old()
        front = self._app.front
        if front.unsaved and self._waiting:
            front.say(
                ATTENTION,
                N_("This form is not saved yet. F2 saves it, then F6 takes the scan."),
            )
        elif self._waiting:
            _at, event = self._waiting.popleft()
            await self._take(event)
        elif not self._app.post.scan_next():
            front.say(ATTENTION, N_("No scan is waiting. Put the document on the reader."))

    def forget(self) -> None:
        """The officer signs out: their scans are nobody else's."""
        self._waiting.clear()

    def drop_old(self) -> None:
        limit = monotonic() - WAITING_SECONDS
        while self._waiting and self._waiting[0][0] < limit:
            self._waiting.popleft()
            log.info("a waiting scan was dropped after ten minutes")

    async def _take(self, event: Reading) -> None:
        app, front = self._app, self._app.front
        left = front.undecided
        try:
            await take(app, event)
        except KioskError as refusal:
            app.bell()
            front.say(ATTENTION, refusal.sentence, **refusal.values)
            return
        shown = app.front
        if left and shown.undecided not in ("", left) and not shown.said:
            shown.say(
                ATTENTION,
                N_("Not decided yet: {name}; scan that document again afterwards."),
                name=left,
            )


async def take(app: KioskApp, event: Reading) -> None:
    """Open what was scanned. Raises KioskError with a sentence when nothing can be opened."""
    step = "departure" if isinstance(event, CodeRead) else "arrival"
    if step not in app.settings.desk.steps:
        raise Refused(
            N_("This post does not do that step. Nothing was recorded; another post does it.")
        )
    if isinstance(event, CodeRead):
        await app.go("departure", event.code)
        return
    from kiosk.services import identify

    seen = document_seen(event.document)
    doubts = doubts_of(event.document)
    card = await app.write(identify.identify, app.signed_in, seen)
    if card is None or any(doubt.retype for doubt in doubts):
        await app.go("person", seen, doubts, _group(app), card)
    else:
        await show(app, as_before(card, seen, doubts))


async def show(app: KioskApp, visitor: Visitor) -> None:
    """Open the arrival of somebody known: proposed as before, or to whom, to be chosen."""
    joined = _group(app)
    if joined is not None and visitor.prisoner != joined:
        visitor = replace(visitor, prisoner=joined, relation=None)
    await app.go("choose" if visitor.prisoner is None else "arrival", visitor)


def _group(app: KioskApp) -> PrisonerCard | None:
    """Whom the group visits that the next person is to join."""
    from kiosk.screens.arrival import Arrival

    arrival = app.kept("arrival")
    return arrival.adding_to if isinstance(arrival, Arrival) else None
