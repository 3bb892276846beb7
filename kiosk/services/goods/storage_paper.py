"""The list of the storage on paper, for the officer of a block who fetches what is there."""

from __future__ import annotations

from uuid import UUID

from kiosk.codes import Action, Template
from kiosk.papers import ReportBody
from kiosk.services import printing
from kiosk.services.desk import Desk
from kiosk.services.duty import must_register
from kiosk.services.entry import entry
from kiosk.values import Officer


def order_paper(
    desk: Desk,
    officer: Officer,
    title: str,
    heads: tuple[str, ...],
    lines: tuple[tuple[str, ...], ...],
) -> UUID:
    """Print the list; the id of its job. `title`, `heads` and `lines` are finished words of
    the site's first language. Who registers what passes the gate may."""
    must_register(officer)
    with entry(desk, Action.REPORT, officer=officer) as e:
        body = ReportBody(
            site_name=desk.site_name,
            language=desk.languages[0],
            made_at=printing.iso_local(e.now, desk.zone),
            title=title,
            from_day=e.day,
            to_day=e.day,
            heads=heads,
            lines=lines,
            officer=officer.name,
        )
        return printing.order(desk, e, None, Template.REPORT, body)
