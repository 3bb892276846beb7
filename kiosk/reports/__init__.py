"""Registers and statistics: on the screen, on paper, as a table, csv, xlsx or pdf.

What stands in one is read by a service; here it gets its columns and its words. A register
is written line by line as it is read, so that a year takes no more memory than a day.
"""

from __future__ import annotations

from collections.abc import Mapping

from kiosk.codes import ReportName
from kiosk.reports.finds import FINDS
from kiosk.reports.overrides import OVERRIDES
from kiosk.reports.packages import PACKAGES
from kiosk.reports.refusals import REFUSALS
from kiosk.reports.table import Report
from kiosk.reports.unvisited import UNVISITED
from kiosk.reports.visits import VISITS
from kiosk.reports.waiting import WAITING

REPORTS: Mapping[ReportName, Report] = {
    ReportName.VISITS: VISITS,
    ReportName.REFUSALS: REFUSALS,
    ReportName.OVERRIDES: OVERRIDES,
    ReportName.WAITING: WAITING,
    ReportName.UNVISITED: UNVISITED,
    ReportName.PACKAGES: PACKAGES,
    ReportName.FINDS: FINDS,
}
