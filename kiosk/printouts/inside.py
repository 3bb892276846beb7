"""Who is inside, on paper: to be called over at a fire, and handed over with the shift.

Only the prison reads it, so it is in the site's first language alone. It has no number: it is
true for its minute only. A box stands before each, and the count again at the end, so that a
torn list is noticed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime

from kiosk.papers import InsideBody, PersonInside
from kiosk.printouts.layout import Blank, Element, Line, Pair, Rule, Terms
from kiosk.printouts.words import each, foot, for_prison, head, signature
from kiosk.text import N_, in_language
from kiosk.wording import LABELS


def elements(body: InsideBody) -> Iterator[Element]:
    """The list as it stands on a roll of any width."""
    languages = for_prison(body)
    say = in_language(languages[0])
    at = datetime.fromisoformat(body.at)
    overdue = [one for one in body.people if _is_overdue(one, at)]
    others = [one for one in body.people if not _is_overdue(one, at)]
    yield from head(body, each(N_("WHO IS INSIDE"), languages), body.at, languages)
    yield Pair(say(N_("Inside")), str(len(body.people)), bold=True)
    for service, count in sorted(Counter(one.service for one in body.people).items()):
        yield Terms((say(LABELS[type(service)][service]),), str(count), indent=2)
    yield Rule()
    if overdue:
        yield Pair(say(N_("OVERDUE")), str(len(overdue)), bold=True)
        yield from _lines(overdue, at, bold=True)
        yield Rule()
    yield from _lines(others, at)
    if others:
        yield Rule()
    yield Pair(say(N_("End of the list")), str(len(body.people)))
    yield Blank()
    yield signature(languages, body.officer)
    yield from foot(body)


def _is_overdue(one: PersonInside, at: datetime) -> bool:
    return one.due is not None and datetime.fromisoformat(one.due) < at


def _lines(
    people: Iterable[PersonInside], at: datetime, bold: bool = False
) -> Iterator[Element]:
    for one in people:
        until = _clock(one.due, at) if one.due else "..."
        yield Pair(f"[ ] {one.badge}", f"{_clock(one.since, at)} - {until}", bold)
        year = one.born[:4]
        yield Line(f"{one.name}, {year}" if year else one.name, start=4, indent=4, bold=bold)
        whither = ", ".join(part for part in (one.file_number, one.place) if part)
        if whither:
            yield Line(whither, start=4, indent=4)


def _clock(iso: str, at: datetime) -> str:
    """The time of day; the day too, when it is another than that of the list."""
    when = datetime.fromisoformat(iso)
    return f"{when:%H:%M}" if when.date() == at.date() else f"{when:%d.%m. %H:%M}"
