"""What a visitor takes away from the gate, or leaves their things by."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from kiosk.codes import Category, Outcome, ReasonCode, Service
from kiosk.papers.body import Body
from kiosk.papers.goods import ThingName


@dataclass(frozen=True, slots=True)
class PaperReason:
    """One reason on a refusal notice; `name` is whom it concerns, "" when it is the whole case.

    `rule` is the code of the rule row; `legal_ref` its reference. `since` is the first day of
    a restriction, by which its holder can name it. `in_grams`: `used` and `limit` are weights.
    """

    code: ReasonCode
    rule: str
    legal_ref: str
    name: str = field(default="", repr=False)
    free_from: date | None = None
    until: date | None = None
    used: int | None = None
    limit: int | None = None
    since: date | None = None
    in_grams: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BadgeBody(Body):
    """A visitor's badge. `code` is what the QR holds, `badge` the same for people.

    `tag` is the number of what they left at the gate, `room` where they are going, `signed_by`
    who signed for them against a refusal.
    """

    badge: str
    name: str = field(repr=False)
    service: Service
    admitted_at: str
    due_at: str | None
    prisoner: str = field(repr=False)
    file_number: str = field(repr=False)
    room: str = ""
    tag: str = ""
    signed_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusalBody(Body):
    """A refusal notice. `names` are the visitors refused.

    `confirmed`: the prison has signed the rules. `package_today` answers whether a package
    would be taken; None when nobody asked.
    """

    refused_at: str
    names: tuple[str, ...] = field(repr=False)
    service: Service
    prisoner: str = field(repr=False)
    file_number: str = field(repr=False)
    category: Category
    reasons: tuple[PaperReason, ...] = field(repr=False)
    next_allowed: date | None
    confirmed: bool = True
    package_today: bool | None = None
    officer: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketBody(Body):
    """A place in the queue with the early answer. It may be lost, so it names nobody.

    `ticket` is the number of the day as it is called (046). `answer` is what the rules say of
    today: ALLOWED, PARTLY (not everybody of the group) or REFUSED with `reasons`; None: nobody
    was scanned yet, or it is said at the window whom they come to.
    `used` of `limit` are this year's visits or packages, this one counted; `grams_left` what
    may be handed in. `package_today` answers a visitor who is refused whether a package would
    be taken; None when nobody asked. `ahead` wait before this one, about `minutes` long.
    """

    issued_at: str
    ticket: str
    service: Service
    file_number: str = field(repr=False)
    people: int = 1
    answer: Outcome | None
    reasons: tuple[PaperReason, ...] = field(default=(), repr=False)
    next_allowed: date | None = None
    used: int | None = None
    limit: int | None = None
    grams_left: int | None = None
    package_today: bool | None = None
    ahead: int = 0
    minutes: int | None = None


@dataclass(frozen=True, slots=True)
class Deposited:
    """A thing left at the gate."""

    name: ThingName
    pieces: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class TagBody(Body):
    """A deposit tag: one half hangs on the things, the other is their owner's. No names.

    `tag` is the number of the hook (037), `badge` the visitor's; `money` in tyiyn.
    """

    left_at: str
    tag: str
    badge: str
    things: tuple[Deposited, ...] = field(repr=False)
    money: int = 0
