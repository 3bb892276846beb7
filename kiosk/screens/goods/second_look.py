"""Who looked a bag through once more, where the lot fell on it: named by a digit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.errors import Refused
from kiosk.screens.screen import DESK
from kiosk.text import N_
from kiosk.values import Officer

if TYPE_CHECKING:
    from kiosk.app import KioskApp

_AT_ONCE = 9
"""So many stand there, one for each digit."""


@dataclass(slots=True)
class SecondLook:
    """All who may have done it; those from `first` on stand there."""

    officers: tuple[Officer, ...]
    first: int = 0

    @property
    def shown(self) -> tuple[Officer, ...]:
        return self.officers[self.first : self.first + _AT_ONCE]

    @property
    def are_more(self) -> bool:
        return len(self.officers) > _AT_ONCE

    def turn(self) -> None:
        """The next ones; behind the last the first again."""
        self.first += _AT_ONCE
        if self.first >= len(self.officers):
            self.first = 0

    def named(self, character: str | None) -> Officer | None:
        """Whom a digit names."""
        if character is None or character not in set("123456789"[: len(self.shown)]):
            return None
        return self.shown[int(character) - 1]


async def second_look(kiosk: KioskApp) -> SecondLook:
    """All who work at the gate by their names, but who is signed in. Raises Refused where there
    is nobody."""
    from kiosk.services import staff

    mine = kiosk.signed_in.staff_id
    users = await kiosk.read(staff.users)
    others = tuple(one for one in users if one.staff_id != mine and one.may(*DESK))
    if not others:
        raise Refused(N_("Nobody else has a login here. An administrator enters one."))
    return SecondLook(others)
