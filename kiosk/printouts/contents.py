"""What a parcel holds: the prisoner reads it, compares, and signs or declines.

It goes with the parcel to somebody whose language nobody recorded, so it speaks Kyrgyz and
Russian like a visitor's paper. What was returned at the window or seized never reached the
parcel; a seizure may be under investigation, so neither stands here.
"""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.codes import Verdict
from kiosk.papers import ContentsBody
from kiosk.printouts.layout import Blank, Element, Pair, Rule, Terms
from kiosk.printouts.receipt import IN_THE_SAFE, decided
from kiosk.printouts.words import (
    each,
    foot,
    for_visitor,
    head,
    joined,
    labels,
    prisoner_lines,
    signature,
    weight,
)
from kiosk.text import N_

IN_THE_PARCEL = (Verdict.ACCEPT, Verdict.MEDICAL)


def elements(contents: ContentsBody) -> Iterator[Element]:
    """The list as it stands on a roll of any width."""
    languages = for_visitor(contents)
    yield from head(contents, each(N_("CONTENTS"), languages), contents.accepted_at, languages)
    yield Terms(labels(contents.service, languages))
    yield from prisoner_lines(contents, languages)
    yield Terms(each(N_("From"), languages), contents.sender)
    yield Rule()
    for verdict in IN_THE_PARCEL:
        yield from decided(contents.lines, verdict, languages)
    yield Rule()
    net = weight(contents.net_grams, languages)
    yield Terms(each(N_("ACCEPTED"), languages), net, bold=True)
    if contents.safe:
        yield Terms(each(IN_THE_SAFE, languages), contents.safe, bold=True)
    yield Blank()
    yield Pair(f"[ ] {joined(N_('received'), languages)}", "__.__.____  __:__")
    yield Pair(f"[ ] {joined(N_('declined'), languages)}", "")
    yield Blank()
    yield signature(languages)
    yield from foot(contents)
