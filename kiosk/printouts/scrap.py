"""The end of a paper that broke off: half a paper must never pass for one."""

from __future__ import annotations

from kiosk.printouts.layout import Align, Cut, Line, Printed, Rule, compose
from kiosk.printouts.words import each
from kiosk.text import LANGUAGES, N_


def scrap(columns: int) -> tuple[Printed, ...]:
    """The rows that end it; in every language, for whoever finds it."""
    mark = each(N_("INCOMPLETE, NOT VALID"), LANGUAGES)
    return compose(
        [Rule("="), *(Line(one, Align.CENTER, bold=True) for one in mark), Rule("="), Cut()],
        columns,
    )
