"""What each paper of the gate says: one frozen body a template, stored with its print job.

A body holds facts and no sentence; `kiosk.printouts` says them in the languages of the paper.
Moments are ISO in the site's zone (2026-11-24T10:06+06:00), weights grams, money tyiyn. Fields
with names and what belongs to a person have no repr. A field that a later capability adds needs
a default, for a paper may be older than the program that prints its copy.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from kiosk.codes import (
    Category,
    FindChannel,
    FindClass,
    HidingPlace,
    ItemReason,
    LedgerKind,
    Outcome,
    PassedTo,
    ReasonCode,
    Series,
    Service,
    Template,
    Unit,
    Verdict,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """What every paper has.

    `number` is that of the case or ticket as shown (P-26-003341), "" for a list that has none;
    `code` is what the barcode or QR holds (`kiosk.paper_code`, `kiosk.badge_code`).
    `language` is the visitor's on papers for visitors, "" when nobody asked; on papers for the
    prison it is the site's first. `copy_no` is 0 on the first print; a copy also says when the
    first was made (`first_made`).
    """

    site_name: str
    number: str = ""
    code: str = ""
    language: str
    copy_no: int = 0
    first_made: str | None = None


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


@dataclass(frozen=True, slots=True)
class ThingName:
    """A thing as the catalogue names it; a language left out says what Kyrgyz says."""

    ky: str
    ru: str = ""
    en: str = ""

    def in_language(self, language: str) -> str:
        return {"ru": self.ru, "en": self.en}.get(language) or self.ky


@dataclass(frozen=True, slots=True)
class ItemLine:
    """One thing brought, and what was decided about it.

    Counted in `pieces` of `unit`, or weighed in `grams`; of money `tyiyn` is the amount, of a
    document `paper_number` its number. `rule` is that of a refusal, `act` the number of the act
    of a seizure.
    """

    name: ThingName
    verdict: Verdict
    pieces: int = 0
    unit: Unit = Unit.KILOGRAM
    grams: int = 0
    reason: ItemReason | None = None
    rule: str = ""
    act: str = ""
    tyiyn: int | None = None
    paper_number: str = field(default="", repr=False)


# ---- what a visitor takes away


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


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptBody(Body):
    """What was taken in of a package or parcel, and what not; the sender keeps it.

    `net_grams` are those accepted; `used` of `limit` packages of the year, this one counted.
    """

    accepted_at: str
    service: Service
    sender: str = field(repr=False)
    prisoner: str = field(repr=False)
    file_number: str = field(repr=False)
    lines: tuple[ItemLine, ...] = field(repr=False)
    net_grams: int
    used: int | None = None
    limit: int | None = None
    officer: str = field(repr=False)


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


@dataclass(frozen=True, slots=True)
class FoundLine:
    """One kind of thing that was found, and where; `grams` None: it was not weighed."""

    kind: FindClass
    pieces: int
    unit: Unit
    hidden_in: HidingPlace
    grams: int | None = None


ACT_SHEETS = 2
"""One stays, the other goes with the thing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActBody(Body):
    """The act of a find, on two sheets: `sheet` says which. `number` is that of the find.

    `bringer` is who brought it, `born` their birth date or year; "" where nobody is known.
    `hidden`, `photos` and `words` are what the officer said of it; `witness` saw it, and so did
    `second_witness` where one of the staff and another were named.
    """

    act_no: str
    sheet: int = 1
    made_at: str
    found_at: str
    channel: FindChannel
    case_number: str = ""
    bringer: str = field(default="", repr=False)
    born: str = field(default="", repr=False)
    prisoner: str = field(default="", repr=False)
    file_number: str = field(default="", repr=False)
    things: tuple[FoundLine, ...]
    hidden: str = field(default="", repr=False)
    found_by: str = field(repr=False)
    witness: str = field(repr=False)
    second_witness: str = field(default="", repr=False)
    photos: str = field(default="", repr=False)
    seal_no: str = ""
    passed_to: PassedTo
    article: str
    fine_tyiyn: int | None = None
    words: str = field(default="", repr=False)
    officer: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class FineBody(Body):
    """The notice to who brought a forbidden thing: what it was, the act, the fine by law."""

    made_at: str
    act_no: str
    bringer: str = field(repr=False)
    things: tuple[FoundLine, ...]
    article: str
    fine_tyiyn: int
    officer: str = field(repr=False)


# ---- what the prisoner reads


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentsBody(Body):
    """What a parcel holds, signed by the prisoner at the handover.

    `lines` are those of the receipt; the layout leaves out what never reached the parcel.
    """

    accepted_at: str
    service: Service
    sender: str = field(repr=False)
    prisoner: str = field(repr=False)
    file_number: str = field(repr=False)
    lines: tuple[ItemLine, ...] = field(repr=False)
    net_grams: int


# ---- what only the prison reads


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelBody(Body):
    """Sticks to a stored parcel. `perishable` is what spoils first, `until` when."""

    accepted_at: str
    service: Service
    prisoner: str = field(repr=False)
    file_number: str = field(repr=False)
    unit: str
    shelf: str
    net_grams: int
    perishable: ThingName | None = field(default=None, repr=False)
    until: str | None = None
    officer: str = field(repr=False)


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
    """One line of the ledger; `left` is what it left of the rule that pays."""

    day: date
    service: Service
    kind: LedgerKind
    number: str
    rule: str
    amount: int
    in_grams: bool
    left: int | None


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


# ---- what the installer reads


@dataclass(frozen=True, slots=True, kw_only=True)
class TestBody(Body):
    """How one text mode comes out of this printer: the installer chooses by eye."""

    __test__ = False  # pytest, which takes it for tests

    printed_at: str
    printer: str
    text_mode: str


BODIES: dict[Template, type[Body]] = {
    Template.BADGE: BadgeBody,
    Template.REFUSAL: RefusalBody,
    Template.TICKET: TicketBody,
    Template.RECEIPT: ReceiptBody,
    Template.LABEL: LabelBody,
    Template.CONTENTS: ContentsBody,
    Template.TAG: TagBody,
    Template.ACT: ActBody,
    Template.FINE: FineBody,
    Template.MOVEMENT: MovementBody,
    Template.INSIDE: InsideBody,
    Template.CLOSING: ClosingBody,
    Template.EXTRACT: ExtractBody,
    Template.REPORT: ReportBody,
    Template.TEST: TestBody,
}
