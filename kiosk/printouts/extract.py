"""The extract of a prisoner's ledger: what is left of each entitlement, and by which lines.

The prison's own paper, which a prisoner, a lawyer or the prosecutor may ask for, so it is in
the site's first language alone. Each line bears its case and its rule: the sum can be done
again by hand.
"""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.papers import ExtractBody, ExtractLine, ExtractSum
from kiosk.printouts.layout import Blank, Element, Line, Pair, Rule
from kiosk.printouts.words import (
    Languages,
    day,
    each,
    foot,
    for_prison,
    head,
    raised,
    signature,
    weight,
)
from kiosk.text import N_, in_language
from kiosk.wording import LABELS


def elements(extract: ExtractBody) -> Iterator[Element]:
    """The extract as it stands on a roll of any width."""
    languages = for_prison(extract)
    say = in_language(languages[0])
    yield from head(extract, each(N_("EXTRACT"), languages), extract.made_at, languages)
    yield Rule()
    yield Line(extract.prisoner, bold=True)
    yield Pair(extract.file_number, extract.rule_set)
    yield Rule()
    for one in extract.sums:
        yield from _sum(one, languages)
    yield Rule()
    for line in extract.lines:
        yield from _line(line, languages)
    yield Pair(say(N_("End of the list")), str(len(extract.lines)))
    yield Blank()
    yield signature(languages, extract.officer)
    yield from foot(extract)


def _sum(one: ExtractSum, languages: Languages) -> Iterator[Element]:
    say = in_language(languages[0])
    services = " + ".join(say(LABELS[type(service)][service]) for service in one.services)
    used = _amount(one.used, one.in_grams, languages)
    if one.limit is None:
        counted = f"{used} / {say(N_('no limit'))}"
    else:
        counted = f"{used} / {_amount(one.limit, one.in_grams, languages)}"
    yield Pair(raised(services), counted, bold=True)
    until = f" - {day(one.last)}" if one.last is not None else ""
    yield Line(f"{one.rule}   {day(one.first)}{until}", start=2)
    if one.next_on is not None:
        yield Pair(f"  {say(N_('Again from'))}", day(one.next_on))


def _line(line: ExtractLine, languages: Languages) -> Iterator[Element]:
    say = in_language(languages[0])
    service = say(LABELS[type(line.service)][line.service])
    kind = say(LABELS[type(line.kind)][line.kind])
    yield Pair(f"{day(line.day)} {line.number}", _amount(line.amount, line.in_grams, languages))
    left = ""
    if line.left is not None:
        left = f"{say(N_('left'))} {_amount(line.left, line.left_in_grams, languages)}"
    yield Pair(f"  {service}, {kind} {line.rule}".rstrip(), left)


def _amount(amount: int, in_grams: bool, languages: Languages) -> str:
    if not in_grams:
        return str(amount)
    sign = "-" if amount < 0 else ""
    return sign + weight(abs(amount), languages)
