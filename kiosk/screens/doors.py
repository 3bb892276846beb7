"""A list of screens, each behind its digit: what a role may not do does not stand there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.widget import Widget

from kiosk.codes import Role
from kiosk.screens.screen import GATE_KEYS, KioskScreen
from kiosk.text import N_, _
from kiosk.widgets.ink import Ink
from kiosk.widgets.lines import Line, at, line
from kiosk.widgets.sheet import Sheet


@dataclass(frozen=True, slots=True)
class Door:
    """`label` is a msgid. The digit stays the same for every role."""

    digit: str
    screen: str
    label: str
    roles: frozenset[Role]


def door(digit: str, screen: str, label: str, *roles: Role) -> Door:
    return Door(digit, screen, label, frozenset(roles))


class Doors(KioskScreen):
    KEYS = GATE_KEYS
    DOORS: ClassVar[Sequence[Door]] = ()

    def __init__(self) -> None:
        super().__init__()
        self.sheet = Sheet()

    def body(self) -> Iterable[Widget]:
        yield self.sheet

    def open_doors(self) -> list[Door]:
        """Those that the officer's roles open."""
        officer = self.kiosk.officer
        return [one for one in self.DOORS if officer is not None and officer.may(*one.roles)]

    def draw(self) -> None:
        lines: list[Line] = [()]
        for one in self.open_doors():
            lines += [line(at(2, one.digit, Ink.BOLD), at(5, _(one.label))), ()]
        self.sheet.show(lines)
        self.ask(N_("Press a digit, or Esc"))

    async def typed(self, key: str, character: str | None) -> bool:
        for one in self.open_doors():
            if one.digit == character:
                await self.kiosk.go(one.screen)
                return True
        return False
