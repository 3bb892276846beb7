"""The act of a find: what was found, where, with whom, who saw it, and who got it.

It is signed by the officer, the witness and whoever brought the thing, so it speaks Kyrgyz and
Russian like a visitor's paper. There are two sheets of it: one stays, one goes with the thing.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum

from kiosk.papers import ACT_SHEETS, ActBody, FoundLine
from kiosk.printouts.layout import BESIDE, Blank, Element, Line, Pair, Rule, Terms
from kiosk.printouts.words import (
    UNITS,
    Languages,
    each,
    foot,
    for_visitor,
    head,
    joined,
    moment,
    money,
    raised,
    weight,
)
from kiosk.text import N_
from kiosk.wording import LABELS

_TO_SIGN = "________________"


def elements(act: ActBody) -> Iterator[Element]:
    """The act as it stands on a roll of any width."""
    languages = for_visitor(act)
    yield from head(act, each(N_("ACT OF A FIND"), languages), act.made_at, languages)
    yield Pair(act.act_no, f"{act.sheet} / {ACT_SHEETS}", bold=True)
    yield Rule()
    yield Terms(each(N_("Found"), languages), moment(act.found_at))
    yield Terms(words_of(act.channel, languages), act.case_number)
    yield from found(act.things, languages)
    yield from _told(N_("Where exactly"), act.hidden, languages)
    yield Rule()
    bringer = ", ".join(part for part in (act.bringer, act.born) if part)
    prisoner = ", ".join(part for part in (act.prisoner, act.file_number) if part)
    yield from _told(N_("Brought by"), bringer, languages)
    yield from _told(N_("Meant for"), prisoner, languages)
    for label, short in (
        (N_("Found by"), act.found_by),
        (N_("Witness"), act.witness),
        (N_("Witness"), act.second_witness),
        (N_("Photos"), act.photos),
        (N_("Seal"), act.seal_no),
    ):
        if short:
            yield Terms(each(label, languages), short)
    yield Terms(
        each(N_("Passed to"), languages), BESIDE.join(words_of(act.passed_to, languages))
    )
    yield from law(act.article, act.fine_tyiyn, languages)
    if act.words:
        yield Line(act.words, rows=8)
    for signs in (act.officer, act.witness, act.second_witness, act.bringer):
        if signs:
            yield Blank()
            yield Pair(signs, _TO_SIGN)
    yield from foot(act)


def found(things: tuple[FoundLine, ...], languages: Languages) -> Iterator[Element]:
    """Each thing with how much of it, and where it was hidden."""
    for one in things:
        many = (
            f"{one.pieces} {'/'.join(each(UNITS[one.unit], languages))}" if one.pieces else ""
        )
        yield Terms(words_of(one.kind, languages), many, bold=True)
        if one.grams:
            yield Terms(each(N_("Weight"), languages), weight(one.grams, languages), indent=2)
        yield Terms(words_of(one.hidden_in, languages), indent=2)


def law(article: str, fine_tyiyn: int | None, languages: Languages) -> Iterator[Element]:
    """The article, quoted as the prison wrote it, and the fine that it sets."""
    yield Terms(each(N_("By law"), languages))
    yield Terms(each(article, languages), indent=2)
    if fine_tyiyn is not None:
        yield Terms(each(N_("Fine"), languages), money(fine_tyiyn, languages), bold=True)


def words_of(code: Enum, languages: Languages) -> tuple[str, ...]:
    return tuple(map(raised, each(LABELS[type(code)][code], languages)))


def _told(label: str, told: str, languages: Languages) -> Iterator[Element]:
    """What somebody said, below its label: it is as long as they liked."""
    if told:
        yield Line(f"{joined(label, languages)}:")
        yield Line(told, start=2, indent=2)
