"""The papers of what is brought: receipt, contents, label; the act of a find, its fine."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from kiosk.codes import (
    FindChannel,
    FindClass,
    HidingPlace,
    ItemReason,
    PassedTo,
    Service,
    Unit,
    Verdict,
)
from kiosk.papers.body import Body


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


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptBody(Body):
    """What was taken in of a package or parcel, and what not; the sender keeps it.

    `net_grams` are those accepted; `used` of `limit` packages of the year, this one counted. In
    `safe` lie its money and papers.
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
    safe: str = ""
    officer: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentsBody(Body):
    """What a parcel holds, signed by the prisoner at the handover.

    `lines` are those of the receipt; the layout leaves out what never reached the parcel. In
    `safe` lie money and papers, which are handed over with the rest.
    """

    accepted_at: str
    service: Service
    sender: str = field(repr=False)
    prisoner: str = field(repr=False)
    file_number: str = field(repr=False)
    lines: tuple[ItemLine, ...] = field(repr=False)
    net_grams: int
    safe: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenBackBody(Body):
    """What the `doctor` did not take of a package: the sender signs when they have it back.

    `seen_at` is when the doctor looked at it.
    """

    seen_at: str
    service: Service
    sender: str = field(repr=False)
    prisoner: str = field(repr=False)
    file_number: str = field(repr=False)
    lines: tuple[ItemLine, ...] = field(repr=False)
    doctor: str = field(repr=False)
    officer: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelBody(Body):
    """Sticks to a stored parcel. `perishable` is what spoils first, `until` when; `renewed_at`
    is when it took the place of an earlier label, None on the first."""

    accepted_at: str
    renewed_at: str | None = None
    service: Service
    prisoner: str = field(repr=False)
    file_number: str = field(repr=False)
    unit: str
    shelf: str
    safe: str = ""
    net_grams: int
    perishable: ThingName | None = field(default=None, repr=False)
    until: str | None = None
    officer: str = field(repr=False)


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
    """The notice to who brought a forbidden thing: what it was, the act, the fine by law.

    `payment` are the lines that say where it is paid, () where the prison gave none; `pay_by`
    is the last day for it.
    """

    made_at: str
    act_no: str
    bringer: str = field(repr=False)
    things: tuple[FoundLine, ...]
    article: str
    fine_tyiyn: int
    payment: tuple[str, ...] = ()
    pay_by: date | None = None
    officer: str = field(repr=False)
