"""The notice to who brought a forbidden thing: what was seized, by which act, which fine the
law sets for it, and where to complain."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.papers import FineBody
from kiosk.printouts.act import found, law
from kiosk.printouts.layout import Blank, Element, Line, Rule, Terms
from kiosk.printouts.words import complaint, each, foot, for_visitor, head, signature
from kiosk.text import N_


def elements(notice: FineBody) -> Iterator[Element]:
    """The notice as it stands on a roll of any width."""
    languages = for_visitor(notice)
    yield from head(notice, each(N_("NOTICE OF A FINE"), languages), notice.made_at, languages)
    yield Rule()
    yield Line(notice.bringer, bold=True, indent=2)
    yield Blank()
    for sentence in each(
        N_("Forbidden things were found in what you brought, and seized:"), languages
    ):
        yield Line(sentence)
    yield from found(notice.things, languages)
    yield Rule()
    yield Terms(each(N_("Act number"), languages), notice.act_no, bold=True)
    yield from law(notice.article, notice.fine_tyiyn, languages)
    yield Blank()
    yield from complaint(languages)
    yield Blank()
    yield signature(languages, notice.officer)
    yield from foot(notice)
