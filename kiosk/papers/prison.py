"""What only the prison reads: who moves and is inside, shifts, extracts, registers."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from kiosk.codes import LedgerKind, Series, Service
from kiosk.papers.body import Body


@dataclass(frozen=True, slots=True, kw_only=True)
class MovementBody(Body):
    """Who is to be brought to a visit, from where, to which room. `people` come to see them."""

    ordered_at: str
    service: Service
    prisoner: str = field(repr=False)
    file_number: str = field(repr=False)
    unit: str
    room: str = ""
    due_at: str | None = None
    people: int = 1
    officer: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonInside:
    """One line of the list of who is inside. `born` is a year or an ISO date."""

    badge: str
    name: str = field(repr=False)
    born: str = field(repr=False)
    service: Service
    file_number: str = field(default="", repr=False)
    place: str = ""
    since: str
    due: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class InsideBody(Body):
    """Who is inside at one moment, the overdue first: for a fire, and for the shift's end."""

    at: str
    people: tuple[PersonInside, ...] = field(repr=False)
    officer: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class SeriesCount:
    """What one series registered in a shift, from its `first` number to its `last`."""

    series: Series
    first: str
    last: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosingBody(Body):
    """How a shift ended. `audit_head` is the head of the chain, 16 hexadecimal digits.

    `audit_first` and `audit_last` are the entries of the shift, `audit_entries` how many were
    counted between them. `deposits` are the hooks (037) of what nobody took back. What a gate
    does not keep (deposits, a storage) is None, and does not stand on the slip.
    """

    gate: int
    opened_at: str
    closed_at: str
    series: tuple[SeriesCount, ...]
    admitted: int
    refused: int
    voided: int
    overrides: int
    copies: int
    numbers_are_whole: bool
    inside: int
    deposits: tuple[str, ...] | None = None
    stored: int | None = None
    stored_too_long: int | None = None
    audit_first: int
    audit_last: int
    audit_entries: int
    audit_head: str
    officer: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class ExtractSum:
    """One entitlement of an extract: `used` of `limit` (None: no limit) in its period.

    `next_on` is the day on which something is there again, where all is used.
    """

    rule: str
    services: tuple[Service, ...]
    in_grams: bool
    first: date
    last: date | None
    used: int
    limit: int | None
    next_on: date | None = None


@dataclass(frozen=True, slots=True)
class ExtractLine:
    """One line of the ledger; `left` is what it left of the rule that pays, in the unit of
    that rule: a package weighs, but most rules count it by the piece."""

    day: date
    service: Service
    kind: LedgerKind
    number: str
    rule: str
    amount: int
    in_grams: bool
    left: int | None
    left_in_grams: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtractBody(Body):
    """What a prisoner has used and has left, line by line, the newest first."""

    made_at: str
    prisoner: str = field(repr=False)
    file_number: str = field(repr=False)
    rule_set: str
    sums: tuple[ExtractSum, ...]
    lines: tuple[ExtractLine, ...]
    officer: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportBody(Body):
    """A register or statistic of some days, both included.

    What stands in its columns comes from elsewhere, so `title`, `heads` and the cells of
    `lines` are finished words of the site's first language.
    """

    made_at: str
    title: str
    from_day: date
    to_day: date
    service: Service | None = None
    heads: tuple[str, ...]
    lines: tuple[tuple[str, ...], ...] = field(repr=False)
    officer: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class TestBody(Body):
    """How one text mode comes out of this printer: the installer chooses by eye."""

    __test__ = False  # pytest, which takes it for tests

    printed_at: str
    printer: str
    text_mode: str
