"""A marked copy ordered at a screen: what is said of it, until the printer is done with it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from kiosk import wording
from kiosk.codes import ON_ITS_WAY, TO_BE_ASKED, JobState
from kiosk.device_board import PRINTER, SECOND_PRINTER
from kiosk.errors import NotAllowed, NotFound, Refused
from kiosk.printer_words import PRINTS
from kiosk.screens.screen import DONE, PLAIN, KioskScreen
from kiosk.text import N_
from kiosk.values import PaperLine

if TYPE_CHECKING:
    from kiosk.app import KioskApp


def say_why_not(kiosk: KioskApp, refusal: Refused) -> None:
    """Why no copy is ordered: while the first paper waits for a printer that stands still,
    what to do about the printer, which brings the paper too."""
    other = isinstance(refusal, (NotAllowed, NotFound))
    states = (kiosk.board.states.get(printer) for printer in (PRINTER, SECOND_PRINTER))
    if other or PRINTS.intersection(states) or kiosk.board.notice(PRINTER) is None:
        kiosk.tell(refusal)
    else:
        kiosk.news.tell_fault(PRINTER)


class Copying:
    """Of one paper at a time; `screen` calls `follow` whenever a paper has changed."""

    def __init__(self, screen: KioskScreen) -> None:
        self._screen = screen
        self.forget()

    def forget(self) -> None:
        self._job_id: UUID | None = None
        self._said = ""

    async def order(self, job_id: UUID) -> None:
        """A marked copy of the paper `job_id`, once no other of it is on its way."""
        from kiosk.services import printing

        kiosk = self._screen.kiosk
        try:
            await kiosk.write(printing.copy, kiosk.signed_in, job_id)
        except Refused as refusal:
            say_why_not(kiosk, refusal)
        else:
            self._screen.say(DONE, N_("A marked copy is printing."))
        self.watch(job_id)

    def watch(self, job_id: UUID) -> None:
        """What the screen says now is true until this paper and its copies are out."""
        self._job_id = job_id
        self._said = self._screen.said

    async def follow(self) -> None:
        """Once none of them is on its way any more: what became of the last."""
        if self._job_id is None:
            return
        from kiosk.services import printing

        kiosk, job_id = self._screen.kiosk, self._job_id
        papers = await kiosk.read(printing.papers, kiosk.signed_in, besides=job_id)
        watched = next((one for one in papers if one.job_id == job_id), None)
        alike = [one for one in papers if watched is not None and _same(one, watched)]
        if any(one.state in ON_ITS_WAY for one in alike):
            return
        # What a device said meanwhile, and takes back itself, says more.
        free = self._screen.said in ("", self._said)
        self.forget()
        if alike and free:
            self._tell(max(alike, key=lambda one: one.copy_no))

    def _tell(self, last: PaperLine) -> None:
        values = {"paper": wording.paper(last.template), "number": last.number}
        if last.state in TO_BE_ASKED:
            self._screen.say(
                PLAIN, N_("Recorded. Look whether it came out: {paper} {number}."), **values
            )
        elif last.state is not JobState.CONFIRMED or not last.number:
            self._screen.quiet()
        elif last.copy_no:
            self._screen.say(DONE, N_("The marked copy of {number} is printed."), **values)
        else:
            self._screen.say(DONE, N_("Printed and proved: {paper} {number}."), **values)


def _same(one: PaperLine, other: PaperLine) -> bool:
    """Whether they are a paper and its copy: a group has several of one number."""
    return (one.template, one.number, one.name) == (other.template, other.number, other.name)
