"""Rooms of the prison where visits take place, and how many at one time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kiosk import wording
from kiosk.codes import RoomKind
from kiosk.screens import choices
from kiosk.screens.in_use import InUse, NewInUse
from kiosk.text import N_, _, fill
from kiosk.values.waiting import RoomLine
from kiosk.widgets.fields import Choice, Field, Number, Text
from kiosk.widgets.ink import Ink
from kiosk.widgets.lines import Line, at, line

_CODE, _KIND, _SEATS = 3, 14, 42


class Rooms(InUse[RoomLine]):
    TITLE_TEXT = N_("ROOMS")
    help_name = "rooms"
    NEW = "new_room"
    HEADS = ((_CODE, N_("room")), (_KIND, N_("for")), (_SEATS, N_("visits at one time")))
    EMPTY = N_("No room is entered yet. F7 enters one.")
    ADDS = N_("F7 = a new room   Esc = back")
    ADDS_OR_ENDS = N_("F7 = a new room   F8 = used no more   Esc = back")
    IS_ENDED = N_("Room {code} is used no more?  Enter = yes   Esc = no")
    ENDED = N_("Room {code} is used no more.")

    async def read(self) -> tuple[RoomLine, ...]:
        from kiosk.services import rooms

        return await self.kiosk.read(rooms.rooms, self.kiosk.signed_in)

    async def end(self, one: RoomLine) -> None:
        from kiosk.services import rooms

        await self.kiosk.write(rooms.close, self.kiosk.signed_in, one.room_id)

    def row(self, one: RoomLine) -> Line:
        return line(
            at(_CODE, one.code, Ink.BOLD),
            at(_KIND, wording.label(one.kind)),
            at(_SEATS, fill(_("{count} visits"), count=one.seats)),
        )


class NewRoom(NewInUse):
    TITLE_TEXT = N_("NEW ROOM")
    help_name = "rooms"
    ENTERED = N_("Room {code} is entered.")

    def fields(self) -> Sequence[Field]:
        return (
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
        )

    async def record(self, values: Mapping[str, str]) -> RoomLine:
        from kiosk.services import rooms

        kind, seats = RoomKind(values["kind"]), int(values["seats"])
        return await self.kiosk.write(
            rooms.add, self.kiosk.signed_in, values["code"], kind, seats
        )
