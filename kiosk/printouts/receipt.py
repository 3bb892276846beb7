"""The receipt of a package: what was taken in, what came back, and why. The sender keeps it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kiosk.codes import ItemReason, Verdict
from kiosk.papers import ItemLine, ReceiptBody
from kiosk.printouts.layout import Element, Line, Rule, Terms
from kiosk.printouts.words import (
    Languages,
    each,
    foot,
    for_visitor,
    head,
    labels,
    prisoner_lines,
    quantity,
    signature,
    thing,
    weight,
)
from kiosk.text import N_
from kiosk.wording import LABELS

IN_THE_SAFE = N_("Money, papers: in the safe")
VERDICTS = {
    Verdict.ACCEPT: N_("Accepted"),
    Verdict.MEDICAL: N_("To the medical unit"),
    Verdict.REFUSE: N_("Returned"),
    Verdict.SEIZE: N_("Seized"),
}


def elements(receipt: ReceiptBody) -> Iterator[Element]:
    """The receipt as it stands on a roll of any width."""
    languages = for_visitor(receipt)
    yield from head(receipt, each(N_("RECEIPT"), languages), receipt.accepted_at, languages)
    yield Terms(each(N_("From"), languages), receipt.sender)
    yield from prisoner_lines(receipt, languages)
    yield Terms(labels(receipt.service, languages))
    yield Rule()
    for verdict in VERDICTS:
        yield from decided(receipt.lines, verdict, languages)
    yield Rule()
    net = weight(receipt.net_grams, languages)
    yield Terms(each(N_("ACCEPTED"), languages), net, bold=True)
    if receipt.safe:
        yield Terms(each(IN_THE_SAFE, languages), receipt.safe)
    if receipt.limit is not None:
        yield Terms(each(N_("This year"), languages), f"{receipt.used or 0} / {receipt.limit}")
    yield signature(languages, receipt.officer)
    for sentence in each(N_("Complaints: head, prosecutor, Ombudsman"), languages):
        yield Line(sentence)
    yield from foot(receipt)


def decided(
    lines: tuple[ItemLine, ...], verdict: Verdict, languages: Languages
) -> Iterator[Element]:
    """The things of one verdict below its name; nothing when there is none."""
    those = [line for line in lines if line.verdict is verdict]
    if those:
        yield Terms(each(VERDICTS[verdict], languages), bold=True)
    yield from listed(those, languages)


def listed(lines: Iterable[ItemLine], languages: Languages) -> Iterator[Element]:
    """Things, how many of each, and why one does not stay."""
    for line in lines:
        yield Terms(thing(line.name, languages), quantity(line, languages), indent=1)
        if line.paper_number:
            yield Terms(("№",), line.paper_number, indent=3)
        if line.reason:
            rule = _rule(line.rule, languages) if line.rule else ""
            yield Terms(each(LABELS[ItemReason][line.reason], languages), rule, indent=3)
        if line.act:
            yield Terms(each(N_("act"), languages), line.act, indent=3)


def _rule(code: str, languages: Languages) -> str:
    """A rule has capitals, P-14; the code of a thing has none, and its row of the catalogue
    says on which law it rests."""
    word = N_("catalogue") if code.islower() else N_("rule")
    return f"{'/'.join(each(word, languages))} {code}"
