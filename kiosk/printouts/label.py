"""The label of a stored parcel: whose, where, how heavy, what spoils first.

Only the storage reads it, so it is in the site's first language alone. The sender's name does
not stand on it: it lies open on a shelf.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from kiosk.papers import LabelBody
from kiosk.printouts.layout import Align, Element, Line, Pair, Rule
from kiosk.printouts.words import (
    copy_mark,
    foot,
    for_prison,
    labels,
    moment,
    weight,
)
from kiosk.text import N_, fill, in_language


def elements(label: LabelBody) -> Iterator[Element]:
    """The label as it stands on a roll of any width."""
    languages = for_prison(label)
    say = in_language(languages[0])
    yield Line(label.number, Align.CENTER, bold=True, tall=True, wide=True)
    yield from copy_mark(label, languages)
    if label.renewed_at:
        newer = fill(say(N_("NEW LABEL {time}")), time=moment(label.renewed_at))
        yield Line(newer, Align.CENTER, bold=True)
        yield Line(say(N_("Take the earlier one off.")), Align.CENTER)
    first, *more = _places(label, say)
    yield Pair(labels(label.service, languages)[0], first, bold=True)
    for place in more:
        yield Pair("", f"+ {place}", bold=True)
    yield Rule("=")
    yield Line(label.prisoner.upper(), bold=True, tall=True, rows=3)
    yield Pair(label.file_number, label.unit, bold=True)
    yield Pair(weight(label.net_grams, languages), moment(label.accepted_at))
    if label.perishable and label.until:
        what = f"{say(N_('SPOILS'))}: {label.perishable.in_language(languages[0])}"
        yield Pair(what, moment(label.until), bold=True)
    yield Pair(label.site_name, label.officer)
    yield from foot(label)


def _places(label: LabelBody, say: Callable[[str], str]) -> Iterator[str]:
    """Where the parcel stands, and where its money and papers lie."""
    if label.shelf or not label.safe:
        yield f"{say(N_('shelf'))} {label.shelf}"
    if label.safe:
        yield f"{say(N_('safe'))} {label.safe}"
