"""A find in a few lines: what, on which way, with whom, for whom, and its act."""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from kiosk import wording
from kiosk.clock import local
from kiosk.decimals import som
from kiosk.text import _, fill
from kiosk.values.finds import ActRecorded, FindCard, Thing
from kiosk.widgets.ink import Ink
from kiosk.widgets.lines import Line, at, line, shorten

HEAD_ROWS = 8
_THINGS = 2  # lines; more are told by their number


def thing_text(one: Thing) -> str:
    """6 pc SIM card, 0.012 kg."""
    many = f"{one.pieces} {wording.label(one.unit)} " if one.pieces else ""
    weight = f", {wording.weight(one.grams)}" if one.grams else ""
    return f"{many}{wording.label(one.kind)}{weight}"


def in_short(things: Sequence[Thing]) -> str:
    """The first thing, and how many kinds more there are."""
    if not things:
        return _("not told yet")
    more = f" +{len(things) - 1}" if len(things) > 1 else ""
    first = things[0]
    many = f"{first.pieces} " if first.pieces else ""
    return f"{many}{wording.label(first.kind)}{more}"


def head(card: FindCard, zone: ZoneInfo) -> list[Line]:
    """What is known of a find, above its form."""
    found_at = local(card.at, zone).strftime("%d.%m.%Y %H:%M")
    came = wording.label(card.channel)
    if card.case_number:
        came = f"{came} {card.case_number}"
    if card.item_no is not None:
        came += ", " + fill(_("line {no}"), no=card.item_no)
    ban = _("ban proposed") if card.ban_proposed else ""
    bringer = ", ".join(part for part in (card.brought_by, card.born, ban) if part)
    prisoner = card.prisoner.full if card.prisoner is not None else ""
    whom = ", ".join(part for part in (prisoner, card.file_number) if part)
    seen_by = [card.found_by]
    if card.act is not None:
        seen_by.append(fill(_("witness: {name}"), name=card.act.witness))
    lines: list[Line] = [
        line(at(2, card.number, Ink.BOLD), at(16, found_at), at(34, shorten(came, 44))),
        _pair(_("Brought by"), bringer or _("nobody known")),
        _pair(_("Meant for"), whom or _("nobody known")),
        _pair(_("Found by"), ", ".join(seen_by)),
        *_things(card.things),
    ]
    lines += [()] * (HEAD_ROWS - 2 - len(lines))
    return lines + (_act(card.act, zone) if card.act is not None else _not_finished(card))


def _things(things: Sequence[Thing]) -> list[Line]:
    if not things:
        return [_pair(_("What"), _("not told yet"), Ink.WARN)]
    shown = things if len(things) <= _THINGS else things[: _THINGS - 1]
    lines = [
        _pair(
            _("What") if place == 0 else "",
            f"{thing_text(one)}, {wording.label(one.hidden_in)}",
            Ink.BOLD,
        )
        for place, one in enumerate(shown)
    ]
    left = len(things) - len(shown)
    if left:
        more = ", ".join(thing_text(one) for one in things[len(shown) :])
        lines.append(_pair("", shorten(f"+{left}: {more}", 58), Ink.BOLD))
    return lines


def _not_finished(card: FindCard) -> list[Line]:
    return [
        line(at(2, _("NOT FINISHED: its act is still to be written"), Ink.BAD)),
        _pair(_("Article"), _(card.article)),
    ]


def _act(act: ActRecorded, zone: ZoneInfo) -> list[Line]:
    when = local(act.at, zone).strftime("%d.%m.%Y %H:%M")
    told = [act.act_no, when, act.by, f"{_('passed to')}: {wording.label(act.passed_to)}"]
    law = [_(act.article)]
    if act.fine_tyiyn is not None:
        law.append(fill(_("fine {som} som"), som=som(act.fine_tyiyn)))
    if act.seal_no:
        law.append(fill(_("seal {number}"), number=act.seal_no))
    return [
        line(at(2, shorten(", ".join(told), 76), Ink.GOOD)),
        line(at(2, shorten(", ".join(law), 76))),
    ]


def _pair(label: str, told: str, ink: Ink = Ink.PLAIN) -> Line:
    return line(at(3, shorten(label, 15), Ink.DIM), at(20, shorten(told, 58), ink))
