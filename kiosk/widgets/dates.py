"""The date field: digits only, points drawn by the field, a side in time that it knows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from kiosk.text import N_
from kiosk.widgets.field import Complaint, Edit, Field, Reading


class Side(StrEnum):
    PAST = "past"  # a birth: today or before, at most 110 years ago
    FUTURE = "future"  # the next visit, the end of a ban: today or after
    EXPIRY = "expiry"  # of a document: within twenty years before and after today
    ANY = "any"


OLDEST_YEARS = 110
EXPIRY_YEARS = 20


@dataclass(frozen=True, kw_only=True)
class Date(Field):
    """Recorded as ISO; a birth date known in part as `YYYY-MM` or `YYYY` (00 typed)."""

    side: Side = Side.PAST
    today: date
    """The site's day; a screen gives it, since a field has no clock."""
    partly_unknown: bool = False
    limit: int = 8

    tells_limit = False

    def put(self, text: str, at: int, character: str) -> Edit | None:
        if "0" <= character <= "9":
            return super().put(text, at, character)
        # A point typed from habit fills up a day or month of one digit: 5.11. is 05.11.
        if character in ".,/-" and at == len(text) and len(text) in (1, 3):
            filled = text[:-1] + "0" + text[-1]
            return Edit(filled, len(filled))
        if character in ".,/-":
            return Edit(text, at)
        return None

    def show(self, value: str) -> str:
        year, _dash, rest = value.partition("-")
        month, _dash, day = rest.partition("-")
        return f"{day or '00'}{month or '00'}{year}" if value else ""

    def shown_at(self, place: int) -> int:
        if place >= len("YYYY-MM-"):
            return place - len("YYYY-MM-")
        if place >= len("YYYY-"):
            return place - len("YYYY-") + len("DD")
        return place + len("DDMM")

    def read(self, text: str, others: Mapping[str, str]) -> Reading:
        if not text:
            return Reading("")
        if len(text) == 6:
            text = text[:4] + self._year(text)
        if len(text) != 8:
            return _wrong(N_("The date is not whole: day, month, year. Type it again."), text)
        day, month, year = text[:2], text[2:4], text[4:]
        if day == "00" and self.partly_unknown:
            return self._partly(text, month, year)
        try:
            typed = date(int(year), int(month), int(day))
        except ValueError:
            return _wrong(N_("No such date: {typed}. Correct the day."), text)
        return self._judge(typed, text, typed.isoformat())

    def _partly(self, text: str, month: str, year: str) -> Reading:
        if int(month) > 12 or int(year) < 1:
            return _wrong(N_("No such date: {typed}. Correct the month."), text)
        known = date(int(year), int(month) or 1, 1)
        return self._judge(known, text, year if month == "00" else f"{year}-{month}")

    def _judge(self, typed: date, text: str, value: str) -> Reading:
        today = self.today
        if self.side is Side.PAST and typed > today:
            return _wrong(N_("{typed} has not come yet. Correct the date."), text)
        if self.side is Side.FUTURE and typed < today:
            return _wrong(N_("{typed} is past. Correct the date."), text)
        if self.side is Side.PAST and today.year - typed.year > OLDEST_YEARS:
            return _doubtful(
                N_("{typed} is more than 110 years ago. Enter again if it is right."),
                text,
                value,
            )
        if self.side is Side.EXPIRY and abs(today.year - typed.year) > EXPIRY_YEARS:
            return _doubtful(
                N_("{typed} is more than 20 years away. Enter again if it is right."),
                text,
                value,
            )
        return Reading(value, text=text)

    def _year(self, text: str) -> str:
        """The year that a two-digit one means on this field's side of today."""
        ending = int(text[4:6])
        years = [century + ending for century in (1900, 2000, 2100)]
        if self.side is Side.PAST:
            # Today's year counts as past only when day and month have come.
            today = self.today.strftime("%m%d")
            latest = self.today.year - (1 if text[2:4] + text[:2] > today else 0)
            years = [year for year in years if year <= latest] or years
            return str(years[-1])
        return str(min(years, key=lambda year: abs(year - self.today.year)))

    def step(self, text: str, by: int) -> str | None:
        """The date `by` days later; None when there is no whole date to step from."""
        try:
            typed = date(int(text[4:8]), int(text[2:4]), int(text[:2]))
            return self.show((typed + timedelta(days=by)).isoformat())
        except (ValueError, OverflowError):
            return None

    def drawn(self, text: str) -> str:
        return _pointed(text.ljust(8, "_"))

    def column(self, text: str, at: int) -> int:
        return at + (at >= 2) + (at >= 4)


def _pointed(text: str) -> str:
    return f"{text[:2]}.{text[2:4]}.{text[4:]}"


def _wrong(sentence: str, text: str) -> Reading:
    return Reading("", text=text, wrong=Complaint(sentence, {"typed": _pointed(text)}))


def _doubtful(sentence: str, text: str, value: str) -> Reading:
    return Reading(value, text=text, doubtful=Complaint(sentence, {"typed": _pointed(text)}))
