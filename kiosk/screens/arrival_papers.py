"""The papers of a case that was just recorded: a copy of them, and what became of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk import wording
from kiosk.codes import ON_ITS_WAY, JobState
from kiosk.errors import Refused
from kiosk.screens.copying import say_why_not
from kiosk.screens.screen import ATTENTION, DONE, PLAIN
from kiosk.text import N_

if TYPE_CHECKING:
    from kiosk.screens.screen import KioskScreen
    from kiosk.values import Recorded
    from kiosk.values.goods import GoodsRecorded

# What a person has to look at goes before what is well.
_TOLD_FIRST = (JobState.UNCERTAIN, JobState.SENT, JobState.CONFIRMED)


class CasePapers:
    """Follows the papers of one case for its screen; `told` is what it spoke of last."""

    def __init__(self, screen: KioskScreen, recorded: Recorded | GoodsRecorded) -> None:
        self._screen = screen
        self._recorded = recorded
        self._told: tuple[JobState, ...] = ()

    async def copy(self) -> None:
        """F5: a marked copy, once the first paper is out."""
        from kiosk.services import printing

        kiosk = self._screen.kiosk
        try:
            await kiosk.write(printing.reprint, kiosk.signed_in, self._recorded.case_id)
        except Refused as refusal:
            say_why_not(kiosk, refusal)
        else:
            self._screen.say(DONE, N_("A marked copy is printing."))

    async def changed(self) -> None:
        """What became of them, once none is on its way any more."""
        from kiosk.services import printing

        screen, number = self._screen, self._recorded.number
        jobs = await screen.kiosk.read(printing.last_papers, self._recorded.case_id)
        told, self._told = self._told, tuple(job.state for job in jobs)
        if not jobs or self._told == told or ON_ITS_WAY.intersection(self._told):
            return
        copy_no = jobs[-1].copy_no
        of_last = [job for job in jobs if job.copy_no == copy_no]
        states = {job.state for job in of_last}
        state = next((one for one in _TOLD_FIRST if one in states), None)
        if state is None:
            return
        # Of a group: its badges before the notice of those who stay outside.
        first = next(job for job in of_last if job.state is state)
        values = {"paper": wording.paper(first.template), "number": number}
        if state is JobState.UNCERTAIN:
            screen.kiosk.bell()
            screen.say(
                ATTENTION,
                N_("Recorded. Look whether it came out: {paper} {number}. F5 prints a copy."),
                **values,
            )
        elif state is JobState.SENT:
            screen.say(
                PLAIN, N_("Recorded. Look whether it came out: {paper} {number}."), **values
            )
        elif copy_no:
            screen.say(DONE, N_("The marked copy of {number} is printed."), number=number)
        else:
            screen.say(DONE, N_("Printed and proved: {paper} {number}."), **values)
