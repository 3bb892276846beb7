"""Who may take a register out, and its trace: who, which, of which days, in what form."""

from __future__ import annotations

from uuid import UUID

from kiosk.codes import Action, ReportForm, Template
from kiosk.errors import Invalid, Refused
from kiosk.models import ReportTaken
from kiosk.papers import ReportBody
from kiosk.services import printing
from kiosk.services.desk import Desk
from kiosk.services.duty import must_take_reports
from kiosk.services.entry import Entry, entry
from kiosk.text import N_
from kiosk.values import Officer
from kiosk.values.reports import ReportAsked

LINES_ON_PAPER = 300
"""A busy day has 250 visitors, which is five metres of the roll."""


def take(desk: Desk, officer: Officer, asked: ReportAsked, form: ReportForm) -> None:
    """Record that `officer` is given this report, before it is.

    Everybody but support may be. Raises NotAllowed, and Invalid for days the wrong way round.
    """
    must_take_reports(officer)
    _must_be_in_order(asked)
    with entry(desk, Action.REPORT, officer=officer) as e:
        _trace(e, officer, asked, form)


def order_paper(
    desk: Desk,
    officer: Officer,
    asked: ReportAsked,
    title: str,
    heads: tuple[str, ...],
    lines: tuple[tuple[str, ...], ...],
) -> UUID:
    """Print a report; the id of its job. `title`, `heads` and `lines` are finished words of the
    site's first language.

    Who may is as with `take`. Raises Refused for more than LINES_ON_PAPER.
    """
    must_take_reports(officer)
    if len(lines) > LINES_ON_PAPER:
        raise Refused(
            N_("More than {limit} lines: too long for the roll. Take fewer days, or a file."),
            limit=LINES_ON_PAPER,
        )
    with entry(desk, Action.REPORT, officer=officer) as e:
        _trace(e, officer, asked, ReportForm.PAPER)
        body = ReportBody(
            site_name=desk.site_name,
            language=desk.languages[0],
            made_at=printing.iso_local(e.now, desk.zone),
            title=title,
            from_day=asked.from_day,
            to_day=asked.to_day,
            service=asked.service,
            heads=heads,
            lines=lines,
            officer=officer.name,
        )
        return printing.order(desk, e, None, Template.REPORT, body)


def _must_be_in_order(asked: ReportAsked) -> None:
    if asked.to_day < asked.from_day:
        raise Invalid("to_day", N_("The last day lies before the first."))


def _trace(e: Entry, officer: Officer, asked: ReportAsked, form: ReportForm) -> None:
    e.add(
        ReportTaken,
        staff_id=officer.staff_id,
        name=asked.name,
        form=form,
        from_day=asked.from_day,
        to_day=asked.to_day,
        service=asked.service,
        masked=asked.masked,
    )
