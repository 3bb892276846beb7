"""What the doctor did not take of a package: it lies with these things, their sender signs it.

The sender reads what they get back and who said so; the prison keeps the signed sheet.
"""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.papers import GivenBackBody
from kiosk.printouts.layout import Blank, Element, Pair, Rule, Terms
from kiosk.printouts.receipt import listed
from kiosk.printouts.words import (
    each,
    foot,
    for_visitor,
    head,
    joined,
    labels,
    prisoner_lines,
    signature,
)
from kiosk.text import N_


def elements(back: GivenBackBody) -> Iterator[Element]:
    """The sheet as it stands on a roll of any width."""
    languages = for_visitor(back)
    yield from head(back, each(N_("BACK TO THE SENDER"), languages), back.seen_at, languages)
    yield Terms(each(N_("From"), languages), back.sender)
    yield from prisoner_lines(back, languages)
    yield Terms(labels(back.service, languages))
    yield Rule()
    yield Terms(each(N_("Not taken by the medical unit"), languages), bold=True)
    yield from listed(back.lines, languages)
    yield Rule()
    yield Terms(each(N_("Doctor"), languages), back.doctor)
    yield Terms(each(N_("On duty"), languages), back.officer)
    yield Blank()
    yield Pair(f"[ ] {joined(N_('received back'), languages)}", "__.__.____  __:__")
    yield Blank()
    yield signature(languages)
    yield from foot(back)
