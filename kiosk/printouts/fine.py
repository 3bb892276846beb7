"""The notice to who brought a forbidden thing: what was seized, by which act, which fine the
law sets for it, where and by when it is paid, and where to complain."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.papers import FineBody
from kiosk.printouts.act import found, law
from kiosk.printouts.layout import Blank, Element, Line, Rule, Terms
from kiosk.printouts.words import (
    Languages,
    complaint,
    day,
    each,
    foot,
    for_visitor,
    head,
    signature,
)
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
    yield from _payment(notice, languages)
    yield Blank()
    yield from complaint(languages)
    yield Blank()
    yield signature(languages, notice.officer)
    yield from foot(notice)


def _payment(notice: FineBody, languages: Languages) -> Iterator[Element]:
    """Where it is paid stands once, as the prison wrote it: account and bank are facts."""
    if notice.pay_by is not None:
        yield Terms(each(N_("Pay by"), languages), day(notice.pay_by), bold=True)
    if notice.payment:
        yield Terms(each(N_("Where to pay"), languages))
        for line in notice.payment:
            yield Line(line, start=2, indent=2, rows=3)
    else:
        for sentence in each(
            N_("Where and how it is paid: ask the officer who signs below."), languages
        ):
            yield Line(sentence)
