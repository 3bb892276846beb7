"""What Departure shows: who leaves, what goes back over the counter, how the visit ends."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from kiosk import wording
from kiosk.clock import local
from kiosk.codes import CaseState, VisitOutcome
from kiosk.screens import cards
from kiosk.text import N_, _, fill
from kiosk.values import Departure, Inside, TagLine
from kiosk.widgets.ink import Ink
from kiosk.widgets.lines import Line, at, line, shorten

# Such a badge opens nothing, unless something of theirs hangs here still.
_NO_VISIT = {CaseState.CANCELLED: N_("called off"), CaseState.VOID: N_("void")}
_IN_FULL = 2  # visitors whose time inside has room beside what they left


@dataclass(frozen=True, slots=True)
class Leaving:
    """What the next Enter records. `chosen` 0: everybody leaves, else the place of the only
    one who does; `things_back`: what they left is over the counter again."""

    chosen: int = 0
    outcome: VisitOutcome = VisitOutcome.NORMAL
    things_back: bool = True

    def with_(self, **what: Any) -> Leaving:
        return replace(self, **what)

    def with_outcome(self, outcome: VisitOutcome) -> Leaving:
        return replace(self, outcome=outcome)

    def members(self, departure: Departure) -> tuple[UUID, ...]:
        """Who leaves."""
        there = departure.members
        leaving = there if not self.chosen else (there[self.chosen - 1],)
        return tuple(one.member_id for one in leaving)


def lines_of(
    departure: Departure, leaving: Leaving, now: int, today: date, zone: ZoneInfo
) -> list[Line]:
    """A case opened by its badge, at the moment `now` (UTC ms)."""
    lines: list[Line] = [
        line(at(2, departure.number, Ink.BOLD), "   ", wording.label(departure.service)),
        line(at(2, "→ " + departure.prisoner), f", {departure.file_number}"),
        (),
    ]
    tags: Mapping[UUID, TagLine] = {tag.member_id: tag for tag in departure.tags}
    many = len(departure.members) > _IN_FULL
    for place, member in enumerate(departure.members, 1):
        mark = ">" if leaving.chosen in (0, place) else " "
        about = _member_lines(member, place, mark, now, zone)
        lines += about[:1] if many else about
        if member.member_id in tags:
            lines.append(_tag_line(tags[member.member_id], leaving.things_back))
        if not many:
            lines.append(())
    if departure.members:
        if leaving.outcome is not VisitOutcome.NORMAL:
            said = fill(_("outcome: {outcome}"), outcome=wording.label(leaving.outcome))
            lines.append(line(at(6, said, Ink.WARN)))
        lines.append(line(at(6, _("Look at the face; ask for the birth date."), Ink.DIM)))
        return lines
    return lines + _nobody_inside(departure, today, zone)


def _member_lines(
    member: Inside, place: int, mark: str, now: int, zone: ZoneInfo
) -> list[Line]:
    since = local(member.since, zone).strftime("%H:%M")
    minutes = max(0, (now - member.since) // 60_000)
    inside = fill(
        _("in {since}, inside {hours} h {minutes} min"),
        since=since,
        hours=minutes // 60,
        minutes=minutes % 60,
    )
    overdue = member.due is not None and now > member.due
    child = "" if member.is_adult else f"  {_('child')}"
    return [
        line(
            at(1, mark),
            at(3, str(place)),
            at(6, shorten(member.name.full, 38), Ink.BOLD),
            at(46, cards.day_text(member.birth)),
            child,
            at(67, _("OVERDUE") if overdue else "", Ink.WARN),
        ),
        line(at(6, inside)),
    ]


def _tag_line(tag: TagLine, things_back: bool) -> Line:
    things = ", ".join(f"{one.pieces} {wording.label(one.what)}" for one in tag.things)
    said = (
        fill(_("give back  tag {tag}: {things}"), tag=tag.tag, things=things)
        if things_back
        else fill(_("stays here  tag {tag}: {things}"), tag=tag.tag, things=things)
    )
    return line(at(6, shorten(said, 72), Ink.WARN if not things_back else Ink.BOLD))


def _nobody_inside(departure: Departure, today: date, zone: ZoneInfo) -> list[Line]:
    if departure.state is CaseState.ADMITTED:
        return cards.frame(_("NOT INSIDE YET"), Ink.WARN, 40, 2)
    if departure.state in _NO_VISIT:
        lines = cards.frame(_(_NO_VISIT[departure.state]).upper(), Ink.WARN, 40, 2)
    else:
        lines = cards.frame(_("ALL HAVE LEFT"), Ink.GOOD, 40, 2)
    if departure.day != today:
        day = fill(_("This badge is of {day}."), day=cards.day_text(departure.day))
        lines.append(line(at(2, day, Ink.WARN)))
    if departure.left_at is not None:
        left = local(departure.left_at, zone).strftime("%d.%m.%Y %H:%M")
        lines.append(line(at(2, fill(_("left {time}"), time=left))))
    return lines + [_tag_line(tag, things_back=False) for tag in departure.tags]
