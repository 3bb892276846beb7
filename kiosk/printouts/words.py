"""What every paper has in common: its languages, its head, dates, and the mark of a copy.

What a visitor takes away is in Kyrgyz and Russian, always; English is added when the
visitor's language is neither. Facts stand once, sentences once in each language.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from kiosk.codes import Service
from kiosk.printouts.layout import Align, Element, Line, Pair
from kiosk.text import N_, fill, in_language
from kiosk.wording import LABELS


def paper_languages(spoken: str) -> tuple[str, ...]:
    """The languages of a paper for somebody who speaks `spoken`; "" when nobody asked."""
    return ("ky", "ru") if spoken in ("", "ky", "ru") else ("ky", "ru", "en")


def each(msgid: str, spoken: str, **values: object) -> Iterator[str]:
    """The sentence once in each language of the paper; no sentence twice."""
    translated = (in_language(one)(msgid) for one in paper_languages(spoken))
    # A law that a prison wrote may hold a brace, and has no places.
    filled = (fill(one, **values) if values else one for one in translated)
    yield from dict.fromkeys(filled)


def joined(msgid: str, spoken: str, **values: object) -> str:
    """A label in all languages of the paper: Кирди / Вход."""
    return " / ".join(each(msgid, spoken, **values))


def head(site_name: str, title: str) -> Iterator[Element]:
    """Whose paper it is, and what."""
    if site_name:
        yield Line(site_name, Align.CENTER, rows=3)
    yield Line(title, Align.CENTER, bold=True)


def copy_mark(copy_no: int, first_made: str | None, spoken: str) -> Iterator[Element]:
    """Marks a copy, with the moment of the first print. Nothing on the first print."""
    if copy_no <= 0:
        return
    yield Line(joined(N_("COPY {number}"), spoken, number=copy_no), Align.CENTER, bold=True)
    if first_made:
        yield Pair(joined(N_("First printed"), spoken), moment(first_made))


def service_lines(service: Service, spoken: str) -> Iterator[Element]:
    for sentence in each(LABELS[Service][service], spoken):
        yield Line(_raised(sentence), indent=2)


def prisoner_line(prisoner: str, file_number: str, spoken: str) -> Iterator[Element]:
    """To whom; nothing when the visit is to nobody (an official, the monitor)."""
    whom = ", ".join(part for part in (prisoner, file_number) if part)
    if whom:
        yield Line(f"{joined(N_('To'), spoken)}: {whom}", indent=2)


def moment(iso: str) -> str:
    """24.11.2026 09:42, as the site's clocks showed it."""
    return f"{datetime.fromisoformat(iso):%d.%m.%Y %H:%M}"


def day(on: date) -> str:
    return f"{on:%d.%m.%Y}"


def _raised(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]
