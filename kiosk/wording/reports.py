"""The words of registers and statistics."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from kiosk.codes import ReportName
from kiosk.text import N_

WORDS: Mapping[type[Enum], Mapping[Enum, str]] = {
    ReportName: {
        ReportName.VISITS: N_("register of visits"),
        ReportName.REFUSALS: N_("register of refusals"),
        ReportName.OVERRIDES: N_("overrides"),
        ReportName.WAITING: N_("waiting times"),
        ReportName.UNVISITED: N_("prisoners not visited"),
        ReportName.PACKAGES: N_("register of packages"),
        ReportName.FINDS: N_("register of finds"),
    },
}
