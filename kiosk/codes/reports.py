"""Registers and statistics: which there are, in which form they are given out, and how a
visitor's part in a case ended."""

from __future__ import annotations

from enum import StrEnum


class ReportName(StrEnum):
    VISITS = "visits"
    REFUSALS = "refusals"
    OVERRIDES = "overrides"
    WAITING = "waiting"
    UNVISITED = "unvisited"
    PACKAGES = "packages"
    FINDS = "finds"


class ReportForm(StrEnum):
    """In what a report was given to whoever asked for it."""

    SCREEN = "screen"
    PAPER = "paper"
    TABLE = "table"
    CSV = "csv"
    XLSX = "xlsx"
    PDF = "pdf"


class Part(StrEnum):
    """What became of one visitor of a case, as far as it went."""

    REFUSED = "refused"
    WAITS = "waits"
    INSIDE = "inside"
    LEFT = "left"
    TURNED_AWAY = "turned_away"
    CANCELLED = "cancelled"
    VOID = "void"
