"""The daily register of visits: one line a visitor, with time in and out and the outcome."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kiosk import wording
from kiosk.codes import Part
from kiosk.reports.table import Column, Report, Row, Writing
from kiosk.services import visit_register
from kiosk.text import N_
from kiosk.values.reports import VisitEntry, VisitorEntry

_PARTS: Mapping[Part, str] = {
    Part.REFUSED: N_("refused: {number}"),
    Part.WAITS: N_("has not gone in yet"),
    Part.INSIDE: N_("is inside"),
    Part.LEFT: N_("left the prison"),
    Part.TURNED_AWAY: "{reason}",
    Part.CANCELLED: N_("called off: {reason}"),
    Part.VOID: N_("void: {reason}"),
}


def _rows(writing: Writing) -> Iterator[Row]:
    asked = writing.asked
    for visit in visit_register.visits(
        writing.desk, asked.from_day, asked.to_day, asked.service
    ):
        for visitor in visit.visitors:
            yield _row(writing, visit, visitor)


def _row(writing: Writing, visit: VisitEntry, visitor: VisitorEntry) -> Row:
    say = writing.translate
    return Row(
        (
            visit.number,
            visit.day,
            visitor.no,
            writing.clock(visitor.entered_at),
            writing.clock(visitor.left_at),
            writing.name(visitor.name),
            writing.document(visitor.document),
            wording.label(visitor.relation, say) if visitor.relation is not None else "",
            writing.name(visit.prisoner),
            visit.file_number,
            wording.label(visit.service, say),
            visit.officer,
            _outcome(writing, visit, visitor),
        ),
        number=visit.number,
    )


def _outcome(writing: Writing, visit: VisitEntry, visitor: VisitorEntry) -> str:
    reason = ""
    if visitor.reason is not None:
        reason = wording.label(visitor.reason, writing.translate)
    if visitor.part is Part.LEFT and reason:
        said = reason
    else:
        said = writing.say(_PARTS[visitor.part], number=visit.refusal, reason=reason)
    if visit.overridden and visitor.part is not Part.REFUSED:
        return f"{said}; {writing.say(N_('let in by two'))}"
    return said


VISITS = Report(
    N_("REGISTER OF VISITS"),
    (
        Column(N_("number"), 11, 11),
        Column(N_("day"), 10, 10),
        Column(N_("no."), 3),
        Column(N_("in"), 5, 5),
        Column(N_("out"), 5, 5),
        Column(N_("visitor"), 22, 19),
        Column(N_("document"), 9),
        Column(N_("relation"), 12),
        Column(N_("prisoner"), 22),
        Column(N_("file no."), 9),
        Column(N_("kind"), 13),
        Column(N_("officer"), 12),
        Column(N_("outcome"), 18, 19),
    ),
    _rows,
)
