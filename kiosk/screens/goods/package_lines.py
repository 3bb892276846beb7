"""What the package screen shows apart from its till: why nothing passes, what was recorded."""

from __future__ import annotations

from collections.abc import Sequence

from kiosk import wording
from kiosk.codes import Service, Status
from kiosk.decimals import kilograms
from kiosk.screens import cards
from kiosk.screens.goods.entitlement_lines import class_word
from kiosk.screens.goods.package_case import PackageCase
from kiosk.screens.goods.till_lines import Heading, heading_lines
from kiosk.text import _, fill
from kiosk.values import Officer
from kiosk.values.goods import GoodsProposal, GoodsRecorded
from kiosk.widgets.ink import Ink
from kiosk.widgets.lines import Line, at, line, shorten

_WIDTH = 80
_NAME = 22


def heading(case: PackageCase, number: str = "") -> Heading:
    """From whom to whom, how many there may be, and what to mind before the first line.

    `number` is that of a bag that is recorded.
    """
    brought, proposal = case.brought, case.proposal
    prisoner = proposal.prisoner
    # Long names give way, so that the file number stands there whole.
    sender, name = (shorten(one.name.short, _NAME) for one in (brought.sender, prisoner))
    whom = f"{sender} → {name}, {prisoner.file_number}"
    room = proposal.room
    counted = ""
    if number == "" and room.limit is not None:
        counted = fill(
            _("packages {number} / {limit}"), number=(room.used or 0) + 1, limit=room.limit
        )
    notices: list[str] = []
    if case.drawn and case.extra_by is None and not number:
        notices.append(_("! The lot fell on it: somebody else looks it through once more."))
    if case.other_window:
        notices.append(fill(_("! Listed at window {window} too"), window=case.other_window))
    if prisoner.status is not Status.PRESENT:
        notices.append(cards.status_text(prisoner))
    if proposal.stopped and not number:
        classes = ", ".join(class_word(one.goods_class) for one in proposal.stopped)
        notices.append(fill(_("Not taken now: {classes}"), classes=classes))
    if brought.service is not Service.PACKAGE:
        notices.append(wording.label(brought.service))
    if brought.post_no:
        notices.append(fill(_("post number {number}"), number=brought.post_no))
    if proposal.earlier and not number:
        notices.append(fill(_("today already {numbers}"), numbers=", ".join(proposal.earlier)))
    if not proposal.rules_confirmed:
        notices.append(_("rules not confirmed by the prison"))
    return Heading(f"{number}  {whom}" if number else whom, counted, tuple(notices))


def refusal_lines(top: Heading, proposal: GoodsProposal) -> list[Line]:
    """Every reason with its rule and its date, as for a visit."""
    first = proposal.decision.next_allowed
    verdict = _("NOT TODAY")
    if first is not None:
        day = cards.day_text(first)
        verdict = fill(_("NOT TODAY   first possible day: {day}"), day=day)
    lines = [*heading_lines(top), *cards.frame(verdict, Ink.BAD, _WIDTH)]
    for number, reason in enumerate(proposal.decision.reasons, 1):
        lines += cards.reason_lines(number, reason, "")
    lines.append(line(at(2, fill(_("rules {name}"), name=proposal.rule_set), Ink.DIM)))
    return lines


def verdict_lines(recorded: GoodsRecorded, medical: int) -> list[Line]:
    """The frame below the lines of a bag that is over: its number, what it weighs, where.

    `medical` grams went to the doctor; of a medical package that is all of it.
    """
    if recorded.refused:
        return cards.frame(f"{_('REFUSED')}   {recorded.number}", Ink.BAD, _WIDTH)
    weighs = f"{kilograms(recorded.net_grams)} {_('kg')}"
    if medical and not recorded.net_grams:
        weighs = fill(_("to the doctor {number}"), number=f"{kilograms(medical)} {_('kg')}")
    said = [_("ACCEPTED"), recorded.number, weighs]
    if recorded.stands_at:
        said.append(fill(_("place {place}"), place=recorded.stands_at))
    if recorded.finds:
        said.append(fill(_("finds {count}"), count=len(recorded.finds)))
    return cards.frame("   ".join(said), Ink.GOOD, _WIDTH)


def officer_lines(top: Heading, officers: Sequence[Officer]) -> list[Line]:
    """Who may have looked it through once more, by digit."""
    lines = [*heading_lines(top), ()]
    lines.append(line(at(2, _("Who looked it through once more?"), Ink.HEAD)))
    for number, one in enumerate(officers, 1):
        lines.append(line(at(4, f"{number}  {one.name}", Ink.BOLD)))
    return lines
