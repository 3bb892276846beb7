"""Warnings before a visit ends: fifteen and five minutes ahead, and when it is over.

Each is told once, with a bell, on the message row, and only at a quiet moment: when the
officer is there, nothing typed or asked stands in front, and no other message is being read.
One that finds no such moment waits for it, unless a later one of its visit takes its place.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from kiosk.screens.screen import ATTENTION, DESK
from kiosk.text import N_

if TYPE_CHECKING:
    from kiosk.app import KioskApp
    from kiosk.values.waiting import LeavingSoon

MINUTE = 60_000  # ms
FIRST, SECOND = 15, 5  # minutes before the end

_SOON = N_("Ends at {at}, in {minutes} min: {name}, badge {badge}")
_OVER = N_("Should have left at {at}: {name}, badge {badge}")


class EndWarnings:
    """`look` finds what is to be told, `tell` says one of it when the moment is quiet."""

    def __init__(self, app: KioskApp) -> None:
        self._app = app
        self._stage: dict[UUID, int] = {}  # the last warning of each visit, told or waiting
        self._waiting: dict[UUID, LeavingSoon] = {}

    async def look(self) -> None:
        """A minute has passed: which visits have come closer to their end?"""
        app = self._app
        if app.officer is None or app.locked or not app.officer.may(*DESK):
            return
        from kiosk.services import inside_list

        soon = await app.read(inside_list.leaving, app.officer, FIRST * MINUTE)
        now = app.now()
        here = {one.case_id for one in soon}
        self._stage = {case: stage for case, stage in self._stage.items() if case in here}
        self._waiting = {case: one for case, one in self._waiting.items() if case in here}
        for one in soon:
            stage = stage_of(one.due - now)
            if self._stage.get(one.case_id) != stage:
                self._stage[one.case_id] = stage
                self._waiting[one.case_id] = one
        await self.tell()

    async def tell(self) -> None:
        """Say the most urgent one, if anybody can read it now."""
        if not self._waiting or not self._is_quiet():
            return
        case_id, one = min(self._waiting.items(), key=lambda item: item[1].due)
        del self._waiting[case_id]
        left = one.due - self._app.now()
        self._app.bell()
        self._app.front.say(
            ATTENTION,
            _SOON if left >= 0 else _OVER,
            at=one.at,
            minutes=-(-left // MINUTE),
            name=one.name.short,
            badge=one.badge,
        )

    def forget(self) -> None:
        """The officer signs out; the next one is told anew."""
        self._stage.clear()
        self._waiting.clear()

    def _is_quiet(self) -> bool:
        app = self._app
        if app.officer is None or app.locked:
            return False
        front = app.front
        return (
            front.NEEDS_OFFICER
            and not front.said
            and not front.unsaved
            and not front.undecided
            # The menu asks nothing: it only guards F10 against a key that bounces.
            and not (front.consequence and front.answers("enter", None))
        )


def stage_of(left: int) -> int:
    """Which warning holds when so many milliseconds are left."""
    if left < 0:
        return 0
    return SECOND if left <= SECOND * MINUTE else FIRST
