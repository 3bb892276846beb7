"""A register or a statistic on paper: line by line, each with all that stands in it.

The prison's own paper, in the site's first language. A roll has no room for columns, so each
line of the report is a paragraph: its number and day, then what else is known of it.
"""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.papers import ReportBody
from kiosk.printouts.layout import Blank, Element, Line, Pair, Rule
from kiosk.printouts.words import day, foot, for_prison, head, raised, signature
from kiosk.text import N_, in_language
from kiosk.wording import LABELS


def elements(report: ReportBody) -> Iterator[Element]:
    """The report as it stands on a roll of any width."""
    languages = for_prison(report)
    say = in_language(languages[0])
    yield from head(report, (report.title,), report.made_at, languages)
    yield Pair(f"{day(report.from_day)} - {day(report.to_day)}", str(len(report.lines)))
    if report.service is not None:
        yield Line(raised(say(LABELS[type(report.service)][report.service])))
    yield Rule()
    for cells in report.lines:
        yield from _paragraph(report.heads, cells)
    yield Pair(say(N_("End of the list")), str(len(report.lines)))
    yield Blank()
    yield signature(languages, report.officer)
    yield from foot(report)


def _paragraph(heads: tuple[str, ...], cells: tuple[str, ...]) -> Iterator[Element]:
    """The first two cells name the line; of the others those that say something."""
    first, second, *_others = cells
    yield Pair(first, second, bold=True)
    told = zip(heads[2:], cells[2:], strict=True)
    said = "; ".join(f"{name}: {cell}" for name, cell in told if cell)
    if said:
        yield Line(said, start=2, indent=2, rows=20)
