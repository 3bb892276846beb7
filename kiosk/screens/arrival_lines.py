"""What Arrival shows: the two panes of one who may pass, or the whole width for all else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from kiosk import wording
from kiosk.clock import local
from kiosk.codes import Consent, ReasonCode
from kiosk.screens import cards, person_card
from kiosk.screens.visiting import Visitor
from kiosk.text import _, fill
from kiosk.values import (
    PrisonerCard,
    Proposal,
    Recorded,
    RelationStanding,
    VisitRequest,
    Wanted,
)
from kiosk.widgets.ink import Ink
from kiosk.widgets.lines import Line, at, cell, line, shorten

WIDTH = 80
_VERDICT = 66

# Said beside a name in one word; the reasons below say all of it.
_KEPT_OUT = frozenset({ReasonCode.BANNED, ReasonCode.NO_CONTACT})


@dataclass(frozen=True, slots=True)
class Asked:
    """A case at the window: who asks, for what, to visit whom, and what the rules answered.

    `chosen` is the place of the one of a group that is looked at, None: nobody. `standing` is
    what is recorded between the prisoner and each of them, by person.
    """

    wanted: Wanted
    members: tuple[Visitor, ...]
    proposal: Proposal
    standing: Mapping[UUID, RelationStanding]
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
    def missing(self) -> list[str]:
        """Who of those booked does not stand here yet, by short name."""
        here = {one.card.person_id for one in self.members}
        return [one.name.short for one in self.wanted.expected if one.person_id not in here]

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
    again = visitor.prisoner == visitor.card.last_prisoner and not asked.wanted.booked
    proposed = last and recorded is None and again
    head = (
        fill(_("PROPOSED, as on {day}"), day=cards.day_text(last[0].day))
        if proposed
        else _("TO VISIT")
    )
    right: list[Line] = [line((head, Ink.HEAD)), *cards.prisoner_lines(asked.prisoner)]
    right += _relation(asked, visitor, today)
    right += [line(part) for part in _kind(asked.wanted)]
    if recorded is None:
        right += _missing(asked, cards.RIGHT_WIDTH)
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


def _relation(asked: Asked, visitor: Visitor, today: date) -> list[Line]:
    """What they are to the prisoner: as recorded, else as they said; and whether the
    prisoner wants to see them."""
    if not asked.wanted.is_social:
        return []
    held = asked.standing.get(visitor.card.person_id)
    if held is None:
        if visitor.relation is None:
            return []
        said = wording.label(visitor.relation)
        return [line(fill(_("as stated: {relation}"), relation=said))]
    label, state, ink = wording.label(held.kind), "", Ink.PLAIN
    if not held.approved:
        state, ink = _("not approved"), Ink.WARN
    elif held.to_day is not None and held.to_day < today:
        state, ink = fill(_("approved until {day}"), day=cards.day_text(held.to_day)), Ink.WARN
    elif held.approved_since is not None:
        state = fill(_("approved {day}"), day=cards.day_text(held.approved_since))
    lines = [line((f"{label}, {state}" if state else label, ink))]
    if held.consent is Consent.NO:
        since = cards.day_text(held.consent_since)
        lines.append(line((fill(_("prisoner refuses since {day}"), day=since), Ink.BAD)))
    return lines


def _missing(asked: Asked, width: int) -> list[Line]:
    """Who was booked with them and does not stand here yet."""
    if not asked.missing:
        return []
    said = fill(_("not here yet: {names}"), names=", ".join(asked.missing))
    return cards.wrapped(said, width, Ink.WARN)


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
    if recorded is None:
        lines += [line("    ", *one) for one in _missing(asked, WIDTH - 6)]
    if not asked.is_group:
        lines += [line("    ", *one) for one in _relation(asked, asked.lead, today)]
    if recorded is not None:
        lines += _recorded_lines(recorded, today, zone, WIDTH)
    elif decision.passes:
        lines += cards.frame(_may_pass(asked), Ink.GOOD, WIDTH)
        lines += [line("  ", *one) for one in cards.balance_lines(asked.proposal)]
    else:
        lines += cards.frame(_not_today(decision.next_allowed), Ink.BAD, WIDTH)
    lines += [line("  ", *one) for one in _conditions(asked, WIDTH - 4)]
    lines += _reasons(asked, today)
    lines += [line("  ", *one) for one in cards.rules_lines(asked.proposal)]
    return lines


def _reasons(asked: Asked, today: date) -> list[Line]:
    """Every reason; of somebody who is looked at, what they are to the prisoner and the
    reasons that concern them."""
    names = asked.names
    chosen: str | None = None
    lines: list[Line] = []
    if asked.chosen is not None:
        visitor = asked.members[asked.chosen]
        chosen = str(visitor.card.person_id)
        lines.append(line(at(1, f"─ {names[chosen]} ".ljust(WIDTH - 2, "─"), Ink.HEAD)))
        lines += [line("  ", *one) for one in _relation(asked, visitor, today)]
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
