"""The refusal notice: why not today, by which rule, from which day, and where to complain."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.codes import Service
from kiosk.papers import PaperReason, RefusalBody
from kiosk.printouts.layout import Align, Blank, Element, Line, Rule, Terms
from kiosk.printouts.reasons import as_told, told
from kiosk.printouts.words import (
    Languages,
    complaint,
    day,
    each,
    foot,
    for_visitor,
    head,
    joined,
    prisoner_lines,
    signature,
)
from kiosk.text import N_, in_language
from kiosk.wording import LABELS

NOT_CONFIRMED = N_("These rules are not confirmed by the prison.")
PACKAGE_TODAY = {
    True: N_("You may hand in a package today."),
    False: N_("No package is taken today."),
}


def elements(notice: RefusalBody) -> Iterator[Element]:
    """The notice as it stands on a roll of any width."""
    languages = for_visitor(notice)
    reasons = tuple(as_told(notice.reasons))
    yield from head(notice, each(N_("NOTICE"), languages), notice.refused_at, languages)
    yield Rule()
    for name in notice.names:
        yield Line(name, bold=True, indent=2)
    yield from prisoner_lines(notice, languages)
    for language in languages:
        service = in_language(language)(LABELS[Service][notice.service])
        (refused,) = each(N_("Not possible today: {service}."), (language,), service=service)
        yield Blank()
        yield Line(refused, bold=True)
        yield from told(reasons, notice.service, language)
        if notice.package_today is not None:
            yield Line(in_language(language)(PACKAGE_TODAY[notice.package_today]))
        yield from complaint((language,))
    yield Rule()
    if notice.next_allowed:
        yield Terms(each(N_("First possible day"), languages), align=Align.CENTER, bold=True)
        yield Line(day(notice.next_allowed), Align.CENTER, bold=True, tall=True, wide=True)
        yield Blank()
    yield from _law(reasons, languages)
    if not notice.confirmed:
        yield Terms(each(NOT_CONFIRMED, languages))
        yield Blank()
    yield signature(languages, notice.officer)
    yield from foot(notice)


def _law(reasons: tuple[PaperReason, ...], languages: Languages) -> Iterator[Element]:
    """The law behind each rule, once; a set of the prison quotes it in its own language."""
    quoted = dict.fromkeys((r.rule, r.legal_ref) for r in reasons if r.legal_ref)
    if not quoted:
        return
    yield Line(joined(N_("By law"), languages) + ":")
    for rule, legal_ref in quoted:
        source = joined(legal_ref, languages)
        yield Line(f"{rule}: {source}" if rule else source, indent=2)
    yield Blank()
