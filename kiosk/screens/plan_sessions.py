"""Sessions planned by a small time table, and a day or a session closed with its reason."""

from __future__ import annotations

import re
from datetime import date
from functools import partial
from uuid import UUID

from kiosk import wording
from kiosk.codes import BlockReason
from kiosk.errors import Invalid
from kiosk.screens import choices
from kiosk.screens.screen import DONE, FormScreen
from kiosk.text import N_
from kiosk.values.waiting import RoomLine, SessionLine, SessionTable
from kiosk.widgets.fields import Choice, Date, Number, Option, Side, Text

_HOURS = re.compile(r"(\d{1,2})[:.]?(\d{2})?\s*[-–]\s*(\d{1,2})[:.]?(\d{2})?", re.ASCII)


class PlanSessions(FormScreen):
    TITLE_TEXT = N_("PLAN SESSIONS")
    help_name = "plan_sessions"

    async def enter(self, *about: object) -> None:
        if not self.unsaved:
            await self._begin()

    async def _begin(self) -> None:
        from kiosk.services import rooms

        found = await self.kiosk.read(rooms.rooms, self.kiosk.signed_in)
        if not found:
            raise Invalid("room", N_("Make a room first: Setup, 9."))
        today = self.kiosk.today()
        options = tuple(Option(str(one.room_id), partial(_named, one)) for one in found)
        self.form.load(
            [
                Choice("room", N_("Room"), required=True, options=options),
                Text(
                    "weekdays",
                    N_("Weekdays"),
                    required=True,
                    limit=7,
                    help=N_("Digits from 1 (Monday) to 7 (Sunday): 135"),
                ),
                Text(
                    "hours",
                    N_("Hours"),
                    help=N_("09:00-11:00 14:00-16:00; empty = take back what nobody booked"),
                ),
                Date("from_day", N_("First day"), required=True, side=Side.ANY, today=today),
                Date("to_day", N_("Last day"), required=True, side=Side.ANY, today=today),
                Number(
                    "seats",
                    N_("Places"),
                    help=N_("Visits in one session; empty = as many as the room has"),
                ),
            ],
            {"weekdays": "12345", "from_day": today.isoformat()},
            proposed=("weekdays", "from_day"),
        )

    async def save(self) -> None:
        from kiosk.services import timetable

        values = self.form.values
        room_id = UUID(values["room"])
        from_day, to_day = (date.fromisoformat(values[one]) for one in ("from_day", "to_day"))
        kiosk = self.kiosk
        if values["hours"]:
            planned = await kiosk.write(
                timetable.plan,
                kiosk.signed_in,
                SessionTable(
                    room_id=room_id,
                    weekdays=weekdays_of(values["weekdays"]),
                    hours=hours_of(values["hours"]),
                    from_day=from_day,
                    to_day=to_day,
                    seats=int(values["seats"]) if values["seats"] else None,
                ),
            )
            sentence = N_("Sessions planned: {count}; already there: {left}.")
        else:
            planned = await kiosk.write(
                timetable.take_back, kiosk.signed_in, room_id, from_day, to_day
            )
            sentence = N_("Sessions taken back: {count}; kept for their visits: {left}.")
        self.form.touched = False
        await kiosk.back()
        kiosk.front.say(DONE, sentence, count=planned.added, left=planned.left_out)


class CloseSession(FormScreen):
    """`about` is a session, or a day that is closed as a whole."""

    TITLE_TEXT = N_("CLOSE FOR VISITS")
    help_name = "plan_sessions"

    def __init__(self) -> None:
        super().__init__()
        self.about: SessionLine | date | None = None

    def forget(self) -> None:
        super().forget()
        self.about = None

    async def enter(self, *about: object) -> None:
        if self.unsaved:
            return
        (wanted,) = about
        assert isinstance(wanted, SessionLine | date)
        self.about = wanted
        self.form.load(
            [
                Text("what", N_("What"), read_only=True),
                Choice(
                    "reason", N_("Reason"), required=True, options=choices.options(BlockReason)
                ),
                Text(
                    "words", N_("In words"), help=N_("Needed where the reason is another one")
                ),
            ],
            {"what": _said(wanted)},
            first="reason",
        )

    async def save(self) -> None:
        from kiosk.services import timetable

        values, about, kiosk = self.form.values, self.about, self.kiosk
        reason = BlockReason(values["reason"])
        if isinstance(about, SessionLine):
            await kiosk.write(
                timetable.close_session, kiosk.signed_in, about.slot_id, reason, values["words"]
            )
        else:
            assert about is not None
            await kiosk.write(
                timetable.close_day, kiosk.signed_in, about, reason, values["words"]
            )
        self.form.touched = False
        await kiosk.back()
        kiosk.front.say(DONE, N_("Closed. The visits planned there are up for review."))


def weekdays_of(typed: str) -> frozenset[int]:
    """1 (Monday) to 7. Raises Invalid for anything but such digits."""
    if not typed or not all(digit in "1234567" for digit in typed):
        raise Invalid("weekdays", N_("Weekdays are digits from 1 (Monday) to 7 (Sunday)."))
    return frozenset(int(digit) for digit in typed)


def hours_of(typed: str) -> tuple[tuple[int, int], ...]:
    """09:00-11:00 14-16 as pairs of minutes after midnight. Raises Invalid."""
    rest = _HOURS.sub("", typed).replace(",", "").replace(";", "").strip()
    found = tuple(
        (int(a) * 60 + int(b or 0), int(c) * 60 + int(d or 0))
        for a, b, c, d in _HOURS.findall(typed)
    )
    if rest or not found:
        raise Invalid("hours", N_("Hours are written so: 09:00-11:00 11:30-13:30."))
    return found


def _named(room: RoomLine) -> str:
    return f"{room.code}, {wording.label(room.kind)}"


def _said(about: SessionLine | date) -> str:
    if isinstance(about, SessionLine):
        return f"{about.day:%d.%m.%Y} {about.hours}, {about.room}"
    return f"{about:%d.%m.%Y}"
