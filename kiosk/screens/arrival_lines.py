"""What Arrival shows: the two panes of one who may pass, or the whole width for all else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from zoneinfo import ZoneInfo

from kiosk import wording
from kiosk.clock import local
from kiosk.codes import ReasonCode
from kiosk.screens import cards, person_card
from kiosk.screens.visiting import Visitor
from kiosk.text import _, fill
from kiosk.values import PrisonerCard, Proposal, Recorded, VisitRequest, Wanted
from kiosk.widgets.ink import Ink
from kiosk.widgets.lines import Line, at, cell, line, shorten

WIDTH = 80
_VERDICT = 66

# Said beside a name in one word; the reasons below say all of it.
_KEPT_OUT = frozenset({ReasonCode.BANNED, ReasonCode.NO_CONTACT})


@dataclass(frozen=True, slots=True)
class Asked:
    """A case at the window: who asks, for what, to visit whom, and what the rules answered.

    `chosen` is the place of the one of a group that is looked at, None: nobody.
    """

    wanted: Wanted
    members: tuple[Visitor, ...]
    proposal: Proposal
    chosen: int | None = None

    @property
    def lead(self) -> Visitor:
        return self.members[0]

    @property
    def prisoner(self) -> PrisonerCard:
        return self.proposal.prisoner

    @property
    def request(self) -> VisitRequest:
        """What is recorded, with every doubt that was settled since the rules were asked."""
        return request_of(self.wanted, self.prisoner, self.members)

    @property
    def is_group(self) -> bool:
        return len(self.members) > 1

    @property
    def names(self) -> Mapping[str, str]:
        """Short names by person id, as reasons name people."""
        return {str(one.card.person_id): one.card.name.short for one in self.members}


def request_of(
    wanted: Wanted, prisoner: PrisonerCard, members: tuple[Visitor, ...]
) -> VisitRequest:
    """Whoever comes on duty, as a lawyer or a consul, comes as no relation of the prisoner."""
    asks = [one.asks for one in members]
    if not wanted.is_social:
        asks = [replace(one, relation=None) for one in asks]
    return wanted.by(prisoner.prisoner_id, tuple(asks))


def lines_of(
    asked: Asked, recorded: Recorded | None, today: date, zone: ZoneInfo, rows: int
) -> list[Line]:
    """All that is to be seen; more than `rows` lines where the reasons are many."""
    if not asked.is_group and asked.proposal.decision.passes:
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
    right: list[Line] = [line((head, Ink.HEAD)), *cards.prisoner_lines(asked.prisoner)]
    if visitor.relation is not None and asked.wanted.is_social:
        stated = fill(_("as stated: {relation}"), relation=wording.label(visitor.relation))
        right.append(line(stated))
    right += [line(part) for part in _kind(asked.wanted)]
    if recorded is None:
        right += [
            *cards.frame(_("MAY PASS"), Ink.GOOD, cards.RIGHT_WIDTH),
            *_conditions(asked, cards.RIGHT_WIDTH),
            *cards.balance_lines(asked.proposal),
            *cards.rules_lines(asked.proposal),
        ]
    else:
        right += _recorded_lines(recorded, today, zone, cards.RIGHT_WIDTH)
    left = person_card.person_lines(visitor.card, visitor.seen, today, visitor.marks)
    return cards.beside(left, right, rows)


def _kind(wanted: Wanted) -> list[str]:
    """What is asked for: the kind, what pays for it, the session or that it was booked."""
    said = wording.label(wanted.service)
    if wanted.nights:
        said = f"{said}, {fill(_('nights {count}'), count=wanted.nights)}"
    if wanted.swap_from is not None:
        said = f"{said}, {_('for a long one')}"
    lines = [said]
    session = wanted.session
    if session is not None:
        lines.append(
            fill(
                _("session {hours}   free {free} of {seats}"),
                hours=session.hours,
                free=session.free,
                seats=session.seats,
            )
        )
    if wanted.booked:
        lines.append(_("booked before"))
    return lines


def _conditions(asked: Asked, width: int) -> list[Line]:
    """Under what a visit passes, and because of whom: behind glass, or told beforehand."""
    lines: list[Line] = []
    for reason in asked.proposal.decision.conditions:
        who = asked.names.get(reason.person or "", "") if asked.is_group else ""
        said = wording.reason_line(reason)
        lines += cards.wrapped(f"! {who}: {said}" if who else f"! {said}", width, Ink.WARN)
    return lines


def _recorded_lines(recorded: Recorded, today: date, zone: ZoneInfo, width: int) -> list[Line]:
    admitted = recorded.decision.passes or recorded.overridden
    verdict = f"{_('ADMITTED') if admitted else _('REFUSED')}   {recorded.number}"
    lines = cards.frame(verdict, Ink.GOOD if admitted else Ink.BAD, width)
    if recorded.overridden:
        lines.append(line(at(2, _("by an override, signed by a second person"), Ink.WARN)))
    if recorded.due is not None:
        due = local(recorded.due, zone)
        time = due.strftime("%H:%M" if due.date() == today else "%d.%m. %H:%M")
        lines.append(line("  ", fill(_("inside until {time}"), time=time)))
    return lines


def _whole_width(
    asked: Asked, recorded: Recorded | None, today: date, zone: ZoneInfo
) -> list[Line]:
    """A refusal or a group: everybody, and every reason with its rule and its date."""
    decision, prisoner = asked.proposal.decision, asked.prisoner
    lines: list[Line] = []
    for place, one in enumerate(asked.members):
        lines.append(_member_line(asked, place))
        if one.seen is not None and one.marks:
            lines += person_card.compared_lines(one.seen, today, one.marks)
    service, *further = _kind(asked.wanted)
    whom = f"{shorten(prisoner.name.full, 32)}, {prisoner.file_number}"
    lines.append(line(at(2, f"→ {whom}, {shorten(service, 73 - len(whom))}")))
    if further:
        lines.append(line(at(4, ", ".join(further))))
    if recorded is not None:
        lines += _recorded_lines(recorded, today, zone, WIDTH)
    elif decision.passes:
        lines += cards.frame(_may_pass(asked), Ink.GOOD, WIDTH)
        lines += [line("  ", *one) for one in cards.balance_lines(asked.proposal)]
    else:
        lines += cards.frame(_not_today(decision.next_allowed), Ink.BAD, WIDTH)
    lines += [line("  ", *one) for one in _conditions(asked, WIDTH - 4)]
    lines += _reasons(asked)
    lines += [line("  ", *one) for one in cards.rules_lines(asked.proposal)]
    return lines


def _reasons(asked: Asked) -> list[Line]:
    """Every reason; of somebody who is looked at, those that concern them."""
    names = asked.names
    chosen = (
        str(asked.members[asked.chosen].card.person_id) if asked.chosen is not None else None
    )
    lines: list[Line] = []
    if chosen is not None:
        lines.append(line(at(1, f"─ {names[chosen]} ".ljust(WIDTH - 2, "─"), Ink.HEAD)))
    wanted = [
        reason
        for reason in asked.proposal.decision.reasons
        if chosen is None or reason.person in (None, chosen)
    ]
    for number, reason in enumerate(wanted, 1):
        who = names.get(reason.person or "", "") if asked.is_group else ""
        lines += cards.reason_lines(number, reason, who)
    if chosen is not None and not wanted:
        lines.append(line(at(2, _("Nothing stands against this visitor."))))
    return lines


def _member_line(asked: Asked, place: int) -> Line:
    one, decision = asked.members[place], asked.proposal.decision
    person = str(one.card.person_id)
    mark = ">" if place == asked.chosen else " "
    said = f"{shorten(one.card.name.full, 32)}, {cards.day_text(one.card.birth)}"
    if not asked.is_group:
        return line(at(2, said, Ink.BOLD))
    passes = person in decision.admitted
    codes = {reason.code for reason in decision.reasons if reason.person == person}
    verdict = _("MAY PASS") if passes else _("BANNED") if codes & _KEPT_OUT else _("NO")
    stated = one.relation if asked.wanted.is_social else None
    relation = wording.label(stated) if stated is not None else ""
    return line(
        at(1, mark),
        cell(3, f"{place + 1}  {said}", 48, Ink.BOLD),
        cell(51, relation, 15),
        at(_VERDICT, verdict, Ink.GOOD if passes else Ink.BAD),
    )


def _may_pass(asked: Asked) -> str:
    """Of a group of which some stay outside, how many go in."""
    admitted, asking = len(asked.proposal.decision.admitted), len(asked.members)
    if admitted == asking:
        return _("MAY PASS")
    return fill(_("MAY PASS   {count} / {all}"), count=admitted, all=asking)


def _not_today(first: date | None) -> str:
    if first is None:
        return _("NOT TODAY")
    return fill(_("NOT TODAY   first possible day: {day}"), day=cards.day_text(first))
