"""Rooms of the prison where visits take place, and how many at one time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import ClassVar

from textual.widget import Widget

from kiosk import wording
from kiosk.codes import RoomKind
from kiosk.screens import choices
from kiosk.screens.screen import DONE, GATE_KEYS, FormScreen, KioskScreen
from kiosk.text import N_, _, fill
from kiosk.values.waiting import RoomLine
from kiosk.widgets.fields import Choice, Number, Text
from kiosk.widgets.ink import Ink
from kiosk.widgets.lines import Line, at, line
from kiosk.widgets.rows import Rows, RowsKind


class Rooms(KioskScreen):
    """`closing`: the officer is asked whether the room in focus is used no more."""

    TITLE_TEXT = N_("ROOMS")
    KEYS: ClassVar[Mapping[int, str]] = {**GATE_KEYS, 7: N_("New"), 8: N_("Close")}
    help_name = "rooms"

    def __init__(self) -> None:
        super().__init__()
        self.rows = Rows()
        self.found: tuple[RoomLine, ...] = ()
        self.closing = False

    def body(self) -> Iterable[Widget]:
        yield self.rows

    def forget(self) -> None:
        self.found = ()

    async def enter(self, *about: object) -> None:
        await self._look()

    async def returned(self) -> None:
        await self._look()

    async def _look(self) -> None:
        from kiosk.services import rooms

        self.closing = False
        self.found = await self.kiosk.read(rooms.rooms, self.kiosk.signed_in)

    @property
    def chosen(self) -> RoomLine | None:
        index = self.rows.index
        return self.found[index] if index is not None and index < len(self.found) else None

    @property
    def consequence(self) -> bool:
        return self.closing

    def draw(self) -> None:
        head = line(
            at(3, _("room"), Ink.HEAD),
            at(14, _("for"), Ink.HEAD),
            at(42, _("visits at one time"), Ink.HEAD),
        )
        self.rows.show(
            [_row(one) for one in self.found],
            head=head,
            index=self.rows.index,
            empty=_("No room is entered yet. F7 enters one."),
        )
        self._question()

    def _question(self) -> None:
        chosen = self.chosen
        if self.closing and chosen is not None:
            self.ask(
                N_("Room {code} is used no more?  Enter = yes   Esc = no"), code=chosen.code
            )
        else:
            self.ask(N_("F7 = a new room   F8 = used no more   Esc = back"))

    async def typed(self, key: str, character: str | None) -> bool:
        chosen = self.chosen
        if self.closing:
            self.closing = False
            self._question()
            if key == "enter" and chosen is not None:
                await self._close(chosen)
            return True
        if key == "f7":
            await self.kiosk.go("new_room")
        elif key == "f8" and chosen is not None:
            self.closing = True
            self._question()
            self.read_from_now()
        else:
            return self.rows.press(key).kind is not RowsKind.IGNORED
        return True

    async def _close(self, chosen: RoomLine) -> None:
        from kiosk.services import rooms

        await self.kiosk.write(rooms.close, self.kiosk.signed_in, chosen.room_id)
        await self._look()
        self.show()
        self.say(DONE, N_("Room {code} is used no more."), code=chosen.code)


class NewRoom(FormScreen):
    TITLE_TEXT = N_("NEW ROOM")
    help_name = "rooms"

    async def enter(self, *about: object) -> None:
        if not self.unsaved:
            self._begin()

    def _begin(self) -> None:
        self.form.load(
            [
                Text(
                    "code",
                    N_("Room"),
                    required=True,
                    limit=8,
                    help=N_("A number or a short Latin name, as on the door: 1, 2, B3"),
                ),
                Choice("kind", N_("For"), required=True, options=choices.options(RoomKind)),
                Number(
                    "seats",
                    N_("Visits"),
                    required=True,
                    least=1,
                    help=N_("How many visits take place in it at one time"),
                ),
            ]
        )

    async def save(self) -> None:
        from kiosk.services import rooms

        values = self.form.values
        room = await self.kiosk.write(
            rooms.add,
            self.kiosk.signed_in,
            values["code"],
            RoomKind(values["kind"]),
            int(values["seats"]),
        )
        self._begin()
        self.show()
        self.say(DONE, N_("Room {code} is entered."), code=room.code)


def _row(one: RoomLine) -> Line:
    return line(
        at(3, one.code, Ink.BOLD),
        at(14, wording.label(one.kind)),
        at(42, fill(_("{count} visits"), count=one.seats)),
    )
