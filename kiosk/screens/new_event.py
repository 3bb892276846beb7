"""What happened to a prisoner, with its day and hour, and when it ends by itself."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial

from kiosk.clock import milliseconds
from kiosk.codes import PrisonerEventKind
from kiosk.screens.screen import DONE, HeadedFormScreen
from kiosk.services.prisoner_events import CODES
from kiosk.text import N_
from kiosk.values import PrisonerCard
from kiosk.values.standing import NewEvent
from kiosk.widgets.choices import Option
from kiosk.widgets.fields import Choice, Complaint, Date, Field, Reading, Side, Text
from kiosk.widgets.ink import Ink
from kiosk.widgets.lines import at, line
from kiosk.wording import prisoners as words

_HOUR = re.compile(r"(\d{1,2})[:.,]?(\d\d)?")


@dataclass(frozen=True, kw_only=True)
class Hour(Text):
    """Recorded as HH:MM; 9, 930 and 9.30 are understood."""

    limit: int = 5
    places = 5

    def read(self, text: str, others: Mapping[str, str]) -> Reading:
        typed = _HOUR.fullmatch(text.strip())
        if not text.strip():
            return Reading("")
        if typed is None or int(typed[1]) > 23 or int(typed[2] or 0) > 59:
            return Reading("", wrong=Complaint(N_("An hour is written like 14:30.")))
        return Reading(f"{int(typed[1]):02d}:{typed[2] or '00'}")


class NewEventScreen(HeadedFormScreen):
    HEAD_ROWS = 4
    TITLE_TEXT = N_("NEW EVENT")
    help_name = "setup"

    def __init__(self) -> None:
        super().__init__()
        self.card: PrisonerCard | None = None
        self.kind = PrisonerEventKind.STATUS

    def forget(self) -> None:
        super().forget()
        self.card = None
        self.head.show([])

    async def enter(self, *about: object) -> None:
        """`about`: the prisoner, and which of their states changes."""
        card, kind = about
        assert isinstance(card, PrisonerCard)
        assert isinstance(kind, PrisonerEventKind)
        if self.unsaved and (card, kind) == (self.card, self.kind):
            return
        self.card, self.kind = card, kind
        today = self.kiosk.today()
        told = {"from_day": today.isoformat()}
        self.form.load(self._fields(kind, today), told, proposed=["from_day"])

    def _fields(self, kind: PrisonerEventKind, today: date) -> list[Field]:
        codes = CODES[kind]
        value: Field
        if codes is None:
            value = Text("value", N_("Unit"), required=True, limit=24)
        else:
            options = tuple(
                Option(one.value, partial(words.state, kind, one.value)) for one in codes
            )
            value = Choice("value", N_("New state"), required=True, options=options)
        fields: list[Field] = [
            value,
            Date("from_day", N_("Day"), required=True, side=Side.ANY, today=today),
            Hour("from_hour", N_("Hour"), help=N_("Like 14:30; empty = now, or midnight")),
        ]
        if kind in (PrisonerEventKind.STATUS, PrisonerEventKind.MEDICAL):
            fields += [
                Date(
                    "until_day",
                    N_("Last day"),
                    side=Side.FUTURE,
                    today=today,
                    help=N_("Empty = no end is known"),
                ),
                Hour("until_hour", N_("Until hour"), help=N_("Empty = to the end of the day")),
            ]
        return [*fields, Text("paper", N_("Paper number"), limit=20)]

    def draw(self) -> None:
        super().draw()
        if self.card is not None:
            who = f"{self.card.file_number}   {self.card.name.full}"
            kind = words.kind(self.kind)
            self.head.show([(), line(at(3, who, Ink.BOLD)), line(at(3, kind)), ()])

    async def save(self) -> None:
        from kiosk.services import prisoner_events

        assert self.card is not None
        values = self.form.values
        new = NewEvent(
            self.kind,
            values["value"],
            self._from(values["from_day"], values["from_hour"]),
            self._until(values.get("until_day", ""), values.get("until_hour", "")),
            values["paper"],
        )
        await self.kiosk.write(
            prisoner_events.record, self.kiosk.signed_in, self.card.prisoner_id, new
        )
        self.form.touched = False
        await self.kiosk.back()
        self.kiosk.front.say(
            DONE, N_("Recorded. Planned visits that it concerns are up for review.")
        )

    def _from(self, day: str, hour: str) -> int:
        """Without an hour: now for today, midnight for any other day."""
        if not hour and date.fromisoformat(day) == self.kiosk.today():
            return self.kiosk.now()
        return self._moment(date.fromisoformat(day), hour or "00:00")

    def _until(self, day: str, hour: str) -> int | None:
        if not day:
            return None
        if hour:
            return self._moment(date.fromisoformat(day), hour)
        return self._moment(date.fromisoformat(day) + timedelta(days=1), "00:00")

    def _moment(self, day: date, hour: str) -> int:
        moment = datetime.combine(day, time.fromisoformat(hour), self.kiosk.zone)
        return milliseconds(moment)
