"""The movement slip: whom the escort brings, from where, to which room, and when back.

The prison's own order, so it is in the site's first language alone. It goes through the
units, so it says how many came, not who.
"""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.papers import MovementBody
from kiosk.printouts.layout import Blank, Element, Line, Pair, Rule
from kiosk.printouts.words import each, foot, for_prison, head, labels, moment
from kiosk.text import N_, in_language

BY_HAND = "__:__  ____________"


def elements(slip: MovementBody) -> Iterator[Element]:
    """The slip as it stands on a roll of any width."""
    languages = for_prison(slip)
    say = in_language(languages[0])
    yield from head(slip, each(N_("MOVEMENT SLIP"), languages), slip.ordered_at, languages)
    yield Rule()
    yield Line(slip.prisoner, bold=True, tall=True, rows=3)
    yield Pair(slip.file_number, slip.unit, bold=True)
    yield Rule()
    yield Line(labels(slip.service, languages)[0])
    if slip.room:
        yield Pair(say(N_("Room")), slip.room, bold=True)
    yield Pair(say(N_("People")), str(slip.people))
    if slip.due_at:
        yield Pair(say(N_("Leave by")), moment(slip.due_at), bold=True)
    yield Blank()
    for done in (N_("Left the unit"), N_("In the room"), N_("Back in the unit")):
        yield Pair(say(done), BY_HAND)
    yield Blank()
    yield Pair(slip.officer, "____________")
    yield from foot(slip)
