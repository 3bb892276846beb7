"""What is brought: the catalogue, the lines of a bag, what is judged of them, the parcel."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from kiosk.codes import (
    Allowed,
    CaseState,
    FindClass,
    GoodsClass,
    HidingPlace,
    Inspection,
    ItemReason,
    MedicalFate,
    PlaceKind,
    Service,
    StepKind,
    Unit,
    Verdict,
    WeighedBy,
)
from kiosk.papers import ThingName

if TYPE_CHECKING:
    from kiosk.rules.decision import Decision, Reason
    from kiosk.values.people import Name, PrisonerCard
    from kiosk.values.visits import MemberRequest


# ---- the catalogue

UNRECORDED = UUID(int=0)
"""The `catalogue_id` of an entry that is not in the register yet."""


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """A thing as the catalogue knows it on a day; limits are those of one package."""

    catalogue_id: UUID
    code: str
    code_ky: str
    code_ru: str
    name: ThingName
    goods_class: GoodsClass
    unit: Unit
    allowed: Allowed
    max_pieces: int | None = None
    max_grams: int | None = None
    perishable_hours: int | None = None
    medical: bool = False
    inspection: Inspection = Inspection.LOOK
    valid_from: date | None = None
    legal_ref: str = ""

    def code_in(self, language: str) -> str:
        """What is typed for it in that language."""
        return {"ky": self.code_ky, "ru": self.code_ru}.get(language) or self.code


# ---- a bag as it lies on the table


@dataclass(frozen=True, slots=True)
class Seized:
    """What was found in a line of a bag, as far as it is known at the table."""

    kind: FindClass
    pieces: int
    unit: Unit
    hidden_in: HidingPlace


@dataclass(frozen=True, slots=True)
class BroughtLine:
    """A line as the officer typed it.

    Of what is weighed (unit KILOGRAM) `grams` is the quantity and `pieces` 0; of anything
    else `pieces` is. `entry` None: the catalogue has nothing like it, and `words` say what it
    is. `verdict` None: what the catalogue and the limits say. `left_out_grams` is the weight of
    that part which is not accepted, None while it was not weighed. `tyiyn` is an amount of
    money, `paper_number` the number of a document.
    """

    entry: CatalogueEntry | None
    pieces: int = 0
    grams: int = 0
    words: str = field(default="", repr=False)
    verdict: Verdict | None = None
    reason: ItemReason | None = None
    left_out_grams: int | None = None
    tyiyn: int | None = None
    paper_number: str = field(default="", repr=False)
    seized: Seized | None = None

    @property
    def confirmed(self) -> tuple[object, ...]:
        """What another officer confirms of it: which thing, how much of it, and its verdict."""
        thing = self.entry.catalogue_id if self.entry is not None else self.words
        much = self.pieces, self.grams, self.tyiyn, self.paper_number
        return thing, much, self.verdict


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a line that has one verdict. `grams` None: not weighed by itself.

    `rule` is the code of the catalogue (or of the restriction's or set's row) behind a part
    that is not accepted, or that two persons accepted against it; `legal_ref` what it rests on.
    """

    verdict: Verdict
    pieces: int = 0
    grams: int | None = None
    reason: ItemReason | None = None
    rule: str = ""
    legal_ref: str = ""


@dataclass(frozen=True, slots=True)
class JudgedLine:
    """What becomes of a line: one share, or two where a limit cuts it.

    `asks_weight`: the part that is not accepted must be weighed by itself.
    """

    line: BroughtLine
    shares: tuple[Share, ...]
    asks_weight: bool = False

    def share(self, verdict: Verdict) -> Share | None:
        return next((one for one in self.shares if one.verdict is verdict), None)


@dataclass(frozen=True, slots=True)
class Bag:
    """All lines judged, and what they weigh together (grams).

    `net` = `gross` − returned − medical − seized; None while the bag, or a part that is not
    accepted, was not weighed. `left` is what the rules leave for it, None without a limit.
    """

    lines: tuple[JudgedLine, ...]
    gross: int | None
    returned: int
    medical: int
    seized: int
    net: int | None
    left: int | None


# ---- asked and answered


@dataclass(frozen=True, slots=True)
class GoodsRequest:
    """What is brought for whom, by whom. `case_id` is made when the form opens.

    `post_no` is the number on a posted parcel, `commission` the staff who opened it.
    `extra_by` is who looked it through once more, where the lot fell on it, and `looked_at` the
    lines as they stood then; `signed` are those before the second person who signed for them.
    """

    case_id: UUID
    service: Service
    prisoner_id: UUID
    sender: MemberRequest
    lines: tuple[BroughtLine, ...] = ()
    gross_grams: int | None = None
    weighed_by: WeighedBy = WeighedBy.TYPED
    post_no: str = ""
    commission: tuple[UUID, ...] = ()
    extra_by: UUID | None = None
    looked_at: tuple[BroughtLine, ...] = ()
    signed: tuple[BroughtLine, ...] = ()
    ticket_id: UUID | None = None

    def looked_through(self, by: UUID) -> GoodsRequest:
        """The same bag, which another officer has looked through as it is listed now."""
        return replace(self, extra_by=by, looked_at=self.lines)

    def signed_for(self) -> GoodsRequest:
        """The same bag, for which a second person signs as it is listed now."""
        return replace(self, signed=self.lines)


@dataclass(frozen=True, slots=True)
class StoppedClass:
    """A class of things that a restriction refuses now; the rest of a bag goes on."""

    goods_class: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class Room:
    """What a prisoner may still get: pieces used of the limit, this one not counted, and
    grams left for this one; None: no limit of that kind."""

    used: int | None = None
    limit: int | None = None
    grams_left: int | None = None


@dataclass(frozen=True, slots=True)
class GoodsProposal:
    """What the rules answer about a bag, or (without a weight) about bringing one at all.

    `earlier` are the numbers of what the same sender brought the same prisoner today.
    """

    request: GoodsRequest
    prisoner: PrisonerCard
    sender: Name = field(repr=False)
    decision: Decision = field(repr=False)
    room: Room
    stopped: tuple[StoppedClass, ...]
    earlier: tuple[str, ...]
    rule_set: str
    rules_confirmed: bool


@dataclass(frozen=True, slots=True)
class MayBring:
    """Whether anything may be brought to a prisoner now, before there is a bag.

    `decision` is about the prisoner alone until the sender is known. `refuses_sender`: he has
    said that he does not want to see that person.
    """

    service: Service
    prisoner: PrisonerCard
    decision: Decision = field(repr=False)
    room: Room
    stopped: tuple[StoppedClass, ...] = ()
    earlier: tuple[str, ...] = ()
    refuses_sender: bool = False


def stands_at(place: str, safe: str) -> str:
    """C-04 + S-1: where something of a parcel is, "" for nowhere."""
    return " + ".join(one for one in (place, safe) if one)


@dataclass(frozen=True, slots=True)
class GoodsRecorded:
    """A case of goods that was written. `place` is where it was put, `safe` where its money
    and papers are, "" where nowhere."""

    case_id: UUID
    number: str
    net_grams: int
    place: str = ""
    safe: str = ""
    jobs: tuple[UUID, ...] = ()
    finds: tuple[UUID, ...] = ()
    refused: bool = False

    @property
    def stands_at(self) -> str:
        return stands_at(self.place, self.safe)


# ---- a parcel that was recorded


@dataclass(frozen=True, slots=True)
class ItemRecorded:
    """A line as recorded. `replaced`: a later line stands in for it. `find` is the number of
    the find of a seized line, `find_id` that find; `medical` what became of a line that is for
    the doctor and stands."""

    no: int
    name: ThingName
    goods_class: GoodsClass
    unit: Unit
    pieces: int
    grams: int
    verdict: Verdict
    reason: ItemReason | None = None
    rule: str = ""
    legal_ref: str = ""
    tyiyn: int | None = None
    paper_number: str = field(default="", repr=False)
    find: str = ""
    find_id: UUID | None = None
    medical: MedicalFate | None = None
    replaced: bool = False
    perishable_hours: int | None = None


@dataclass(frozen=True, slots=True)
class StepTaken:
    """What happened to a parcel, when (UTC ms) and by whom: several opened a posted one.

    `signed_by` is who signed for it and has no account: the doctor. `named` is the act by
    which what was spoiled is destroyed, or the prison that it was sent on to.
    """

    kind: StepKind
    at: int
    by: str
    reason: str = ""
    signed_by: str = field(default="", repr=False)
    named: str = ""


@dataclass(frozen=True, slots=True)
class ParcelCard:
    """A case of goods opened: whose, from whom, what is in it, where it is and stands.

    At `place` it stands, in `safe` lie its money and papers, "" for none. `keep_until` (UTC ms)
    is when the first of it spoils. `barred` is the sentence (msgid) why
    it may not be handed over now, "" when it may. `finds_open` counts finds without an act,
    `medicine_waits` that the doctor has not looked at the lines that are for them,
    `medicine_back` that some of these wait for the sender: the doctor did not take them.
    """

    case_id: UUID
    number: str
    service: Service
    day: date
    accepted_at: int
    state: CaseState
    prisoner: PrisonerCard
    sender: Name = field(repr=False)
    sender_id: UUID
    lines: tuple[ItemRecorded, ...] = field(repr=False)
    gross_grams: int
    net_grams: int
    place: str
    keep_until: int | None
    steps: tuple[StepTaken, ...]
    post_no: str = ""
    barred: str = ""
    finds_open: int = 0
    medicine_waits: bool = False
    medicine_back: bool = False
    safe: str = ""

    @property
    def stands_at(self) -> str:
        return stands_at(self.place, self.safe)


@dataclass(frozen=True, slots=True)
class StorageLine:
    """A parcel that is not over, as the storage list shows it. Times in UTC ms."""

    case_id: UUID
    number: str
    service: Service
    state: CaseState
    place: str
    prisoner: Name = field(repr=False)
    file_number: str = field(repr=False)
    unit: str
    stored_at: int
    net_grams: int
    keep_until: int | None = None
    spoils: ThingName | None = None
    waits: str = ""
    """Why it cannot be handed over now (msgid), "" when it can."""
    medicine_waits: bool = False
    medicine_back: bool = False
    finds_open: int = 0
    safe: str = ""
    """Where its money and papers lie, "" where it has none."""

    @property
    def stands_at(self) -> str:
        return stands_at(self.place, self.safe)


@dataclass(frozen=True, slots=True)
class PlaceLine:
    """A place of the storage, and of how many parcels something stands there."""

    place_id: UUID
    code: str
    kind: PlaceKind
    capacity: int
    taken: int

    @property
    def free(self) -> int:
        return max(0, self.capacity - self.taken)


@dataclass(frozen=True, slots=True)
class Scanned:
    """The parcel of a scanned label or receipt.

    `sentence` (msgid) is what is to be said first, "" for nothing; `values` fill its places.
    `ready`: it can be handed over now.
    """

    case_id: UUID
    number: str
    state: CaseState
    ready: bool
    sentence: str = ""
    values: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Correction:
    """What a line of a stored parcel is to say instead: one share, or two where only a part
    of it leaves. A share's `grams` None: what the other shares leave of the line's weight.

    `tyiyn` None: the amount stays as it was. `seized` is what was found in a share that is
    seized, `act_no` the act by which spoiled things were destroyed, `words` a note.
    """

    shares: tuple[Share, ...]
    tyiyn: int | None = None
    seized: Seized | None = None
    act_no: str = ""
    words: str = field(default="", repr=False)
