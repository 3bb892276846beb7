"""What Arrival shows: the two panes of one who may pass, or the whole width for all else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from kiosk import wording
from kiosk.clock import local
from kiosk.codes import Service
from kiosk.screens import cards, person_card
from kiosk.screens.visiting import Visitor
from kiosk.text import _, fill
from kiosk.values import PrisonerCard, Proposal, Recorded
from kiosk.widgets.ink import Ink
from kiosk.widgets.lines import Line, at, line, shorten

WIDTH = 80
SERVICE = Service.SHORT_VISIT


@dataclass(frozen=True, slots=True)
class Asked:
    """A case at the window: who asks, to visit whom, and what the rules answered."""

    case_id: UUID
    members: tuple[Visitor, ...]
    prisoner: PrisonerCard
    proposal: Proposal

    @property
    def lead(self) -> Visitor:
        return self.members[0]


def lines_of(
    asked: Asked, recorded: Recorded | None, today: date, zone: ZoneInfo, rows: int
) -> list[Line]:
    """All that is to be seen; more than `rows` lines where the reasons are many."""
    if len(asked.members) == 1 and asked.proposal.decision.passes:
        return _two_panes(asked, recorded, today, zone, rows)
    return _whole_width(asked, recorded, today, zone)


def _two_panes(
    asked: Asked, recorded: Recorded | None, today: date, zone: ZoneInfo, rows: int
) -> list[Line]:
    visitor = asked.lead
    last = visitor.card.last_cases[:1]
    proposed = last and recorded is None and visitor.prisoner == visitor.card.last_prisoner
    head = (
        fill(_("PROPOSED, as on {day}"), day=cards.day_text(last[0].day))
        if proposed
        else _("TO VISIT")
    )
    right: list[Line] = [line((head, Ink.HEAD)), *cards.prisoner_lines(asked.proposal.prisoner)]
    if visitor.relation is not None:
        stated = fill(_("as stated: {relation}"), relation=wording.label(visitor.relation))
        right.append(line(stated))
    right += [line(wording.label(SERVICE)), ()]
    if recorded is None:
        right += cards.passing_lines(asked.proposal)
    else:
        right += _recorded_lines(recorded, zone, cards.RIGHT_WIDTH)
    left = person_card.person_lines(visitor.card, visitor.seen, today, visitor.marks)
    return cards.beside(left, right, rows)


def _recorded_lines(recorded: Recorded, zone: ZoneInfo, width: int) -> list[Line]:
    admitted = recorded.decision.passes or recorded.overridden
    verdict = f"{_('ADMITTED') if admitted else _('REFUSED')}   {recorded.number}"
    lines = cards.frame(verdict, Ink.GOOD if admitted else Ink.BAD, width)
    if recorded.overridden:
        lines.append(line("  ", (_("by an override of two persons"), Ink.WARN)))
    if recorded.due is not None:
        due = local(recorded.due, zone).strftime("%H:%M")
        lines.append(line("  ", fill(_("inside until {time}"), time=due)))
    return lines


def _whole_width(
    asked: Asked, recorded: Recorded | None, today: date, zone: ZoneInfo
) -> list[Line]:
    """A refusal or a group: everybody, and every reason with its rule and its date."""
    decision, prisoner = asked.proposal.decision, asked.proposal.prisoner
    several = len(asked.members) > 1
    lines: list[Line] = []
    for one in asked.members:
        lines.append(_member_line(one, decision.admitted, several))
        if one.seen is not None and one.marks:
            lines += person_card.compared_lines(one.seen, today, one.marks)
    lines.append(
        line(
            at(2, "→ " + shorten(prisoner.name.full, 40)),
            f", {prisoner.file_number}, ",
            wording.label(SERVICE),
        )
    )
    if recorded is not None:
        lines += _recorded_lines(recorded, zone, WIDTH)
    elif decision.passes:
        lines += cards.frame(_("MAY PASS"), Ink.GOOD, WIDTH)
        lines += [line("  ", *one) for one in cards.balance_lines(asked.proposal)]
    else:
        lines += cards.frame(_not_today(decision.next_allowed), Ink.BAD, WIDTH)
    names = {str(one.card.person_id): one.card.name.short for one in asked.members}
    for number, reason in enumerate(decision.reasons, 1):
        who = names.get(reason.person or "", "") if several else ""
        lines += cards.reason_lines(number, reason, who)
    lines += [line("  ", *one) for one in cards.rules_lines(asked.proposal)]
    return lines


def _member_line(one: Visitor, admitted: tuple[str, ...], several: bool) -> Line:
    passes = str(one.card.person_id) in admitted
    verdict = _("MAY PASS") if passes else _("NO")
    return line(
        at(2, f"{shorten(one.card.name.full, 44)}, {cards.day_text(one.card.birth)}", Ink.BOLD),
        at(60, verdict if several else "", Ink.GOOD if passes else Ink.BAD),
    )


def _not_today(first: date | None) -> str:
    if first is None:
        return _("NOT TODAY")
    return fill(_("NOT TODAY   first possible day: {day}"), day=cards.day_text(first))
