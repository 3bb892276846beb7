"""What a prisoner may still get today, in a few lines above a form: the count, the grams, and
what stands against it."""

from __future__ import annotations

from kiosk import wording
from kiosk.codes import GoodsClass, ReasonCode
from kiosk.screens import cards
from kiosk.text import _, fill
from kiosk.values.goods import MayBring
from kiosk.widgets.ink import Ink
from kiosk.widgets.lines import Line, at, line, shorten

ROWS = 9
_WIDTH = 76


def entitlement_lines(asked: MayBring) -> list[Line]:
    """At most `ROWS` lines: for whom, how much, whether, and why not."""
    prisoner = asked.prisoner
    whom = fill(
        _("For: {name}, file {number}, unit {unit}"),
        name=prisoner.name.full,
        number=prisoner.file_number,
        unit=prisoner.unit or "–",
    )
    lines: list[Line] = [
        (),
        line(at(2, shorten(whom, _WIDTH), Ink.BOLD)),
        line(at(2, cards.status_text(prisoner))),
        line(at(2, " · ".join(_amounts(asked)))),
    ]
    lines += _answer(asked)
    lines += _stopped(asked)
    if asked.earlier:
        said = fill(_("Brought today already: {numbers}"), numbers=", ".join(asked.earlier))
        lines.append(line(at(2, shorten(said, _WIDTH), Ink.WARN)))
    if asked.refuses_sender:
        lines.append(
            line(
                at(2, _("He refused to see this person: ask him before it is taken."), Ink.WARN)
            )
        )
    return lines[:ROWS]


def nobody_lines(sentence: str) -> list[Line]:
    """What becomes of something for a prisoner whom the register does not know."""
    return [(), line(at(2, sentence, Ink.WARN))]


def _amounts(asked: MayBring) -> list[str]:
    """How many of how many he got, and the grams that are left for this one."""
    room = asked.room
    said = [wording.label(asked.service)]
    if room.limit is not None:
        said.append(fill(_("got {used} of {limit}"), used=room.used or 0, limit=room.limit))
    else:
        said.append(_("not counted"))
    if room.grams_left is not None:
        said.append(fill(_("at most {weight}"), weight=wording.weight(max(0, room.grams_left))))
    else:
        said.append(_("any weight"))
    return said


def _answer(asked: MayBring) -> list[Line]:
    decision = asked.decision
    if decision.passes:
        lines = [line(at(2, _("MAY BE TAKEN"), Ink.GOOD))]
    else:
        first = next(iter(decision.reasons), None)
        lines = [line(at(2, _not_today(asked), Ink.BAD))]
        if first is not None:
            lines += [line(at(2, shorten(wording.reason_line(first), _WIDTH)))]
        if len(decision.reasons) > 1:
            more = fill(_("further reasons: {count}"), count=len(decision.reasons) - 1)
            lines.append(line(at(2, more)))
        if goes_back_unopened(asked):
            sentence = _("He is not in this prison: it goes back unopened, with the notice.")
            lines.append(line(at(2, sentence, Ink.WARN)))
    return lines


def _stopped(asked: MayBring) -> list[Line]:
    """The classes of things that a restriction keeps out now; the rest may come."""
    if not asked.stopped or not asked.decision.passes:
        return []
    classes = ", ".join(class_word(one.goods_class) for one in asked.stopped)
    said = fill(_("Not taken now: {classes}"), classes=classes)
    return [line(at(2, shorten(said, _WIDTH), Ink.WARN))]


def class_word(code: str) -> str:
    """A restriction of an older program may name a class that the catalogue does not have."""
    return wording.label(GoodsClass(code)) if code in set(GoodsClass) else code


def _not_today(asked: MayBring) -> str:
    day = asked.decision.next_allowed
    if day is None:
        return _("NOT TODAY")
    return fill(_("NOT TODAY, first day: {day}"), day=wording.day_text(day))


def goes_back_unopened(asked: MayBring) -> bool:
    """Whether nobody looks into it: the prisoner is not here, and nobody signs that away."""
    return any(one.code is ReasonCode.NOT_IN_PRISON for one in asked.decision.reasons)
