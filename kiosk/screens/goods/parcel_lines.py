"""What the screens of a recorded parcel show: whose it is, where it stands, what is in it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from zoneinfo import ZoneInfo

from kiosk import wording
from kiosk.clock import local
from kiosk.codes import CaseState, GoneReason, ItemReason, StepKind, Unit, Verdict, VoidReason
from kiosk.decimals import som
from kiosk.screens import cards
from kiosk.text import N_, _, fill, language
from kiosk.values.goods import ItemRecorded, ParcelCard, StepTaken
from kiosk.widgets.ink import Ink
from kiosk.widgets.lines import Line, at, cell, line, shorten

HEAD_ROWS = 6
HOUR = 3_600_000  # ms
PAST = N_("Something of it is past its time. Look before it is handed over.")
MEDICINE_BACK = N_("The doctor did not take some of it: that waits for the sender.")
_NAME, _AMOUNT, _WEIGHT, _NOTE = 6, 36, 47, 57
_STEP_BY = 65
_STEP_BY_AT_LEAST = 46
_WHOSE = 36
# Whose word the reason of a step is.
_REASONS: Mapping[StepKind, type[StrEnum]] = {
    StepKind.NOT_TO_PRISONER: GoneReason,
    StepKind.CORRECTED: ItemReason,
    StepKind.VOID: VoidReason,
}


def head_lines(card: ParcelCard, now: int, zone: ZoneInfo) -> list[Line]:
    """HEAD_ROWS rows, at the moment `now` (UTC ms)."""
    prisoner = card.prisoner
    # A long name gives way, so that by whom and from where he is known stands there whole.
    whose = fill(
        _("{name}, {year}, file {number}, unit {unit}"),
        name=shorten(prisoner.name.full, _WHOSE),
        year=prisoner.birth_year,
        number=prisoner.file_number,
        unit=prisoner.unit or "–",
    )
    sent = card.sender.full
    if card.post_no:
        sent = fill(_("{name}, post number {number}"), name=sent, number=card.post_no)
    weights = fill(
        _("accepted {net} of {gross}"),
        net=wording.weight(card.net_grams),
        gross=wording.weight(card.gross_grams),
    )
    keeps, ink = _keeps(card, now, zone)
    return [
        (),
        line(
            at(2, card.number, Ink.BOLD),
            cell(15, wording.label(card.service), 24),
            at(39, shorten(where(card, now), 41), Ink.BOLD),
        ),
        line(at(2, _("For whom"), Ink.HEAD), at(12, shorten(whose, 67), Ink.BOLD)),
        line(at(12, cards.status_text(prisoner), _status_ink(card))),
        line(at(2, _("From"), Ink.HEAD), at(12, shorten(sent, 67))),
        line(at(12, weights), at(50, keeps, ink)),
    ]


def where(card: ParcelCard, now: int) -> str:
    """Where it stands: in the storage, C-04 + S-01, 6 h 15 min."""
    parts = [wording.label(card.state)]
    if card.stands_at:
        parts.append(card.stands_at)
    if card.state in (CaseState.STORED, CaseState.TO_RETURN):
        parts.append(time_span(now - card.accepted_at))
    return ", ".join(parts)


def time_span(milliseconds: int) -> str:
    """6 h 15 min; in days from the second one on."""
    minutes = max(0, milliseconds) // 60_000
    if minutes >= 48 * 60:
        return fill(_("{days} d"), days=minutes // (24 * 60))
    return fill(_("{hours} h {minutes} min"), hours=minutes // 60, minutes=minutes % 60)


def _keeps(card: ParcelCard, now: int, zone: ZoneInfo) -> tuple[str, Ink]:
    if card.keep_until is None:
        return "", Ink.PLAIN
    until = f"{local(card.keep_until, zone):%d.%m %H:%M}"
    if is_past(card, now):
        return fill(_("SPOILS SINCE {time}"), time=until), Ink.BAD
    return fill(_("keeps until {time}"), time=until), Ink.WARN


def _status_ink(card: ParcelCard) -> Ink:
    return Ink.WARN if card.barred else Ink.PLAIN


# ---- what is in it


def columns() -> Line:
    """The heads over `item_line`."""
    return line(
        at(3, _("No"), Ink.HEAD),
        at(_NAME, _("thing"), Ink.HEAD),
        at(_AMOUNT, _("how many"), Ink.HEAD),
        at(_WEIGHT, _("weight"), Ink.HEAD),
        at(_NOTE, _("what became of it"), Ink.HEAD),
    )


def item_line(item: ItemRecorded, card: ParcelCard, zone: ZoneInfo) -> Line:
    ink = Ink.PLAIN
    if item.replaced:
        ink = Ink.DIM
    elif item.verdict is not Verdict.ACCEPT:
        ink = Ink.WARN
    by_weight = item.unit is Unit.KILOGRAM
    return line(
        at(3, f"{item.no:>2}", ink),
        cell(_NAME, item_name(item), _AMOUNT - _NAME, ink),
        cell(_AMOUNT, "" if by_weight else amount(item), _WEIGHT - _AMOUNT, ink),
        cell(_WEIGHT, wording.weight(item.grams) if item.grams else "", _NOTE - _WEIGHT, ink),
        at(_NOTE, shorten(_fate(item, card, zone), 80 - _NOTE), ink),
    )


def item_name(item: ItemRecorded) -> str:
    """In the language of the screen; a document with its number."""
    name = item.name.in_language(language())
    return f"{name} {item.paper_number}" if item.paper_number else name


def amount(item: ItemRecorded) -> str:
    """12 pc, 1.250 kg, or 1 500 som."""
    if item.tyiyn is not None:
        return fill(_("{som} som"), som=som(item.tyiyn))
    if item.unit is Unit.KILOGRAM:
        return wording.weight(item.grams)
    return f"{item.pieces} {wording.label(item.unit)}"


def _fate(item: ItemRecorded, card: ParcelCard, zone: ZoneInfo) -> str:
    if item.verdict is Verdict.ACCEPT and item.perishable_hours and not item.replaced:
        until = local(card.accepted_at + item.perishable_hours * HOUR, zone)
        return fill(_("until {time}"), time=f"{until:%d.%m %H:%M}")
    if item.replaced:
        return _("corrected below")
    if item.find:
        return f"{wording.label(item.verdict)}, {item.find}"
    if item.medical is not None:
        return wording.label(item.medical)
    return wording.label(item.reason or item.verdict)


def in_the_parcel(card: ParcelCard) -> tuple[ItemRecorded, ...]:
    """What the prisoner looks at when it is handed over: what is theirs, and their medicine."""
    return tuple(
        one
        for one in card.lines
        if one.verdict in (Verdict.ACCEPT, Verdict.MEDICAL) and not one.replaced
    )


def is_past(card: ParcelCard, now: int) -> bool:
    """Whether something of it is past its hour."""
    return card.keep_until is not None and card.keep_until < now


# ---- what happened to it


def step_lines(card: ParcelCard, rows: int, zone: ZoneInfo) -> list[Line]:
    """Its last steps, the oldest of them first."""
    return [step_line(one, zone) for one in card.steps[-rows:]]


def step_line(step: StepTaken, zone: ZoneInfo) -> Line:
    """When, what, why, and who did it."""
    said = wording.label(step.kind)
    if step.signed_by:
        said = f"{said}: {step.signed_by}"
    if step.reason and step.kind in _REASONS:
        said = f"{said}: {wording.label(_REASONS[step.kind](step.reason))}"
    if step.named:
        said = f"{said}, {step.named}"
    # Two who opened it together need more room than one; then there is no reason to be told.
    begins = max(_STEP_BY_AT_LEAST, min(_STEP_BY, 80 - len(step.by)))
    return line(
        at(3, f"{local(step.at, zone):%d.%m.%Y %H:%M}", Ink.DIM),
        cell(21, said, begins - 21),
        at(begins, shorten(step.by, 80 - begins)),
    )
