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
from kiosk import paper_code
from kiosk.codes import CaseState, DocumentCheck, DocumentKind, DocumentSource, Sex
from kiosk.device_board import rejected_sentence
from kiosk.doubts import of as doubts_of
from kiosk.errors import KioskError, NotAllowed, Refused, StorageError
from kiosk.screens.screen import ANOTHER_POST, ATTENTION, DESK, FormUnfinished
from kiosk.screens.visiting import Visitor, as_before
from kiosk.text import N_
from kiosk.values import DocumentSeen, PrisonerCard

if TYPE_CHECKING:
    from kiosk.app import KioskApp
    from kiosk.screens.goods.bringing import Bringing

log = logging.getLogger(__name__)

Reading = DocumentRead | CodeRead

WAITING_AT_MOST = 3
WAITING_SECONDS = 600  # a scan that nobody takes up: ten minutes


# By the first letter of the document code; a visa is no document of its holder's state.
_KINDS = {"P": DocumentKind.PASSPORT, "V": DocumentKind.OTHER}


def document_seen(document: Document) -> DocumentSeen:
    """The reader's document as the register knows documents."""
    return DocumentSeen(
        kind=_KINDS.get((document.document_code or "")[:1], DocumentKind.ID_CARD),
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
        self._waiting: deque[tuple[float, Reading]] = deque()

    @property
    def count(self) -> int:
        """How many wait, for the status bar."""
        return len(self._waiting)

    async def came(self, event: Reading | ReadRejected) -> None:
        """Something was put on the reader."""
        app, front = self._app, self._app.front
        if app.officer is None or app.locked:
            self._attention(N_("A document lies on the reader. Sign in first, then scan it."))
        elif isinstance(event, ReadRejected):
            app.misread()
            self._attention(rejected_sentence(event.reason))
        elif front.unsaved:
            self._wait(event)
        elif isinstance(event, CodeRead) or not await front.offered(event):
            await self.open(event)

    async def take_up(self) -> None:
        """F6: the oldest scan that waits; it waits on when it cannot be taken."""
        self.drop_old()
        if self._app.front.unsaved and self._waiting:
            self._attention(
                N_("This form is not saved yet. F2 saves it, then F6 takes the scan.")
            )
        elif self._waiting:
            at, event = self._waiting.popleft()
            if not await self.open(event):
                self._waiting.appendleft((at, event))
            self._app.refresh_bar()
        elif not await self._app.scan_next():
            self._attention(N_("No scan is waiting. Put the document on the reader."))

    def _attention(self, sentence: str, **values: object) -> None:
        self._app.bell()
        self._app.front.say(ATTENTION, sentence, **values)

    def _wait(self, event: Reading) -> None:
        if len(self._waiting) == WAITING_AT_MOST:
            self._attention(
                N_("{count} scans wait already. Save this form, then scan that one again."),
                count=WAITING_AT_MOST,
            )
            return
        self._waiting.append((monotonic(), event))
        self._app.refresh_bar()
        self._attention(
            N_("Scan waiting: {count}. F6 takes it after this form."), count=self.count
        )

    def forget(self) -> None:
        """The officer signs out: their scans are nobody else's."""
        self._waiting.clear()

    def drop_old(self) -> None:
        limit = monotonic() - WAITING_SECONDS
        while self._waiting and self._waiting[0][0] < limit:
            self._waiting.popleft()
            log.info("a waiting scan was dropped after ten minutes")

    async def open(self, event: Reading) -> bool:
        """Show what it opens; False when it opened nothing and is still to be taken."""
        app = self._app
        left = app.front.undecided
        try:
            await take(app, event)
        except FormUnfinished as refusal:
            if self.count < WAITING_AT_MOST:
                self._waiting.append((monotonic(), event))
                app.refresh_bar()
            app.tell(refusal)
            return True
        except KioskError as refusal:
            if isinstance(event, CodeRead):
                app.misread()
            app.tell(refusal)
            return not isinstance(refusal, StorageError)
        shown = app.front
        if left and shown.undecided not in ("", left) and not shown.said:
            shown.say(
                ATTENTION,
                N_("Not decided yet: {name}; scan that document again afterwards."),
                name=left,
            )
        return True


async def take(app: KioskApp, event: Reading) -> None:
    """Open what was scanned. Raises KioskError with a sentence when nothing can be opened."""
    if not app.signed_in.may(*DESK):
        raise NotAllowed(N_("Your role registers no visits. An officer has to sign in."))
    if isinstance(event, CodeRead):
        if paper_code.is_ticket(event.code):
            await _open_ticket(app, event.code)
        elif paper_code.is_find(event.code):
            await _open_find(app, event.code)
        elif paper_code.is_parcel(event.code):
            from kiosk.screens.goods import by_label

            await by_label.open_parcel(app, event.code)
        else:
            await _open_badge(app, event.code)
        return
    from kiosk.services import identify

    seen = document_seen(event.document)
    doubts = doubts_of(event.document)
    card = await app.write(identify.identify, app.signed_in, seen)
    brings = bringing(app) is not None
    if not brings:
        _must_admit_here(app)
    visits = not brings and _group(app) is None
    if card is not None and card.inside is not None and visits:
        await app.go("departure", card.inside.badge)
        app.front.say(
            ATTENTION, N_("Is inside already, badge {badge}."), badge=card.inside.badge
        )
    elif card is None or any(doubt.retype for doubt in doubts):
        await app.go("person", seen, doubts, _group(app), card)
    else:
        await show(app, as_before(card, seen, doubts))


async def _open_ticket(app: KioskApp, code: str) -> None:
    """Whoever holds a ticket of today stands here: the board, with it in focus."""
    from kiosk.services import tickets

    await app.go("board", await app.read(tickets.by_code, app.signed_in, code))


async def _open_find(app: KioskApp, code: str) -> None:
    """The paper of an act or of a fine: the find it is about."""
    from kiosk.services.goods import find_cards

    find_id = await app.read(find_cards.by_code, app.signed_in, code)
    await app.go("find_record", find_id)


async def _open_badge(app: KioskApp, code: str) -> None:
    """A badge leads out; where this post searches, who did not go in yet is searched first."""
    steps = app.settings.desk.steps
    if {"deposit", "search"}.intersection(steps):
        from kiosk.services import departures

        opened = await app.read(departures.open_badge, app.signed_in, code)
        if opened.state is CaseState.ADMITTED or "departure" not in steps:
            await app.go("deposit_search", opened.case_id)
            return
    await app.go("departure", code)


async def show(app: KioskApp, visitor: Visitor) -> None:
    """Open the arrival of somebody known: proposed as before, or to whom, to be chosen.

    While a package waits for its sender, and where nothing but packages is taken in, they
    bring one.
    """
    if bringing(app) is not None or _takes_only_packages(app):
        await app.go("bringing", visitor)
        return
    _must_admit_here(app)
    joined = _group(app)
    if joined is not None and visitor.prisoner != joined:
        visitor = replace(visitor, prisoner=joined, relation=None)
    await app.go("choose" if visitor.prisoner is None else "arrival", visitor)


async def registered(app: KioskApp, visitor: Visitor) -> None:
    """Somebody new was written down, in the form in front: on to what they came for."""
    from kiosk.screens.goods import ways_in

    sender_of = bringing(app)
    if sender_of is not None:
        await sender_of.list_bag(visitor, replace_front=True)
    elif _takes_only_packages(app):
        assert visitor.prisoner is not None
        await ways_in.list_bag(app, visitor, visitor.prisoner, replace=True)
    else:
        await app.go("arrival", visitor, replace=True)


def bringing(app: KioskApp) -> Bringing | None:
    """The package that waits for its sender: the next document that is scanned is theirs."""
    if not app.came_by("bringing"):
        return None
    from kiosk.screens.goods.bringing import Bringing

    screen = app.kept("bringing")
    return screen if isinstance(screen, Bringing) and screen.waits else None


def _must_admit_here(app: KioskApp) -> None:
    if "arrival" not in app.settings.desk.steps and not _takes_only_packages(app):
        raise Refused(ANOTHER_POST)


def _takes_only_packages(app: KioskApp) -> bool:
    steps = app.settings.desk.steps
    return "package" in steps and "arrival" not in steps


def _group(app: KioskApp) -> PrisonerCard | None:
    """Whom the group visits that the next person is to join."""
    if bringing(app) is not None:
        return None
    from kiosk.screens.arrival import Arrival

    arrival = app.kept("arrival")
    return arrival.adding_to if isinstance(arrival, Arrival) else None
