"""A bag as it is written: decided again under the pen, then its head, its lines, its finds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from uuid import UUID

from kiosk.codes import CaseState, GoodsClass, MemberRole, StepKind, Unit, Verdict
from kiosk.errors import DecisionChanged
from kiosk.models import Item, ItemWords, Member, Parcel
from kiosk.papers import ItemLine, ThingName
from kiosk.rules.bag import class_of, is_for_the_safe, is_weighed, weighed
from kiosk.rules.decision import Decision
from kiosk.services import rulebook
from kiosk.services.case_writing import add_decision, add_head, admitted_by_two, must_be_another
from kiosk.services.desk import Desk
from kiosk.services.entry import Entry
from kiosk.services.goods import asking, checks, finds
from kiosk.services.goods.asking import Weighed
from kiosk.services.goods.contents import OTHER_THINGS
from kiosk.services.identify import add_document
from kiosk.services.under_way import UnderWay
from kiosk.text import N_, clean
from kiosk.values import Officer, Override
from kiosk.values.goods import Bag, BroughtLine, CatalogueEntry, GoodsRequest, Share

CHANGED = N_("The answer has changed meanwhile; nothing was recorded. Read it once more.")
HOUR = 3_600_000  # ms


@dataclass(frozen=True, slots=True)
class Writing:
    """A case of goods in the transaction that writes it. `weighed` is what is recorded."""

    desk: Desk
    e: Entry
    officer: Officer
    request: GoodsRequest
    weighed: Weighed
    rule_set_id: UUID
    override: Override | None = None

    @property
    def bag(self) -> Bag:
        return self.weighed.bag

    @property
    def decision(self) -> Decision:
        return self.weighed.decision

    @property
    def accepted(self) -> list[BroughtLine]:
        """The lines of which something is kept for the prisoner."""
        return [one.line for one in self.bag.lines if one.share(Verdict.ACCEPT) is not None]

    @property
    def has_a_bag(self) -> bool:
        """Whether something of it is kept that does not lie in a safe."""
        things = any(not is_for_the_safe(line) for line in self.accepted)
        return things or any(one.share(Verdict.MEDICAL) for one in self.bag.lines)

    @property
    def first_to_spoil(self) -> CatalogueEntry | None:
        """The thing accepted that spoils first."""
        entries = [line.entry for line in self.accepted if line.entry is not None]
        spoiling = [one for one in entries if one.perishable_hours is not None]
        return min(spoiling, key=lambda one: one.perishable_hours or 0, default=None)

    @property
    def keep_until(self) -> int | None:
        """When the first of it spoils (UTC ms)."""
        first = self.first_to_spoil
        if first is None or first.perishable_hours is None:
            return None
        return self.e.now + first.perishable_hours * HOUR


@dataclass(slots=True)
class Lines:
    """The lines of a bag as written: as papers name them, and the finds among them."""

    named: list[ItemLine] = field(default_factory=list, repr=False)
    finds: list[UUID] = field(default_factory=list)


def decide_again(
    desk: Desk,
    e: Entry,
    officer: Officer,
    request: GoodsRequest,
    seen: Decision,
    override: Override | None = None,
) -> Writing:
    """Ask the rules once more, now that nobody else writes. Writes nothing.

    With an `override` the bag is judged as two persons let it pass, and so must be what was
    `seen`: nobody signs for more than stood there. Raises DecisionChanged when the answer is
    another, or the catalogue is; AlreadyDone; NotAllowed and Refused for an override that is
    none.
    """
    checks.must_be_new(request)
    checks.must_be_in_the_catalogue(desk, request, e.day)
    rule_set_id = rulebook.in_force_id(desk, e.day)
    rules = rulebook.load(rule_set_id)
    signed = override is not None
    weighed = asking.weigh(desk, request, e.now, e.day, rules, signed=signed)
    if not weighed.decision.answers_like(seen):
        raise DecisionChanged(CHANGED)
    if override is not None:
        must_be_another(officer, override)
        if not weighed.decision.passes:
            admitted_by_two(officer, weighed.gathered, weighed.decision, override)
    return Writing(desk, e, officer, request, weighed, rule_set_id, override)


def write_head(case: Writing) -> UnderWay:
    """The case, who sent it, and what the rules answered; its steps come next."""
    e, officer, weighed = case.e, case.officer, case.weighed
    add_head(e, officer, weighed.asked, weighed.gathered)
    sender = weighed.sender
    e.add(
        Member,
        case_id=case.request.case_id,
        no=1,
        person_id=sender.person_id,
        detail_id=sender.detail_id,
        document_id=_document_shown(case),
        role=MemberRole.SENDER,
        relation=sender.relation,
    )
    add_decision(
        e,
        officer,
        case.request.case_id,
        case.rule_set_id,
        weighed.gathered,
        weighed.decision,
        case.override,
    )
    return UnderWay(e, officer, case.request.case_id, CaseState.INSPECTED)


def _document_shown(case: Writing) -> UUID | None:
    """The sender's document, recorded if it is a new one; nobody shows one by post."""
    sender = case.weighed.sender
    if checks.is_posted(case.request) and case.request.sender.seen is None:
        return None
    if sender.document_id is None and sender.seen is not None:
        return add_document(case.e, sender.person_id, sender.seen)
    return sender.document_id


def write_inspection(case: Writing, under_way: UnderWay) -> None:
    """The steps before the answer: weighed, opened, looked through once more."""
    request = case.request
    if request.gross_grams is not None:
        by_scale = int(request.weighed_by == "scale")
        data: dict[str, object] = {"grams": request.gross_grams, "scale": by_scale}
        under_way.step(StepKind.WEIGHED, CaseState.INSPECTED, data=data)
    if checks.is_posted(request) and request.commission:
        data = {"staff": sorted({*request.commission})}
        under_way.step(StepKind.OPENED, CaseState.INSPECTED, data=data)
    if request.extra_by is not None:
        data = {"staff": request.extra_by}
        under_way.step(StepKind.EXTRA_CHECKED, CaseState.INSPECTED, data=data)


def write_bag(case: Writing) -> Lines:
    """The parcel, a row for each share of a line, and a find for each that was seized."""
    request, bag = case.request, case.bag
    case.e.add(
        Parcel,
        case_id=request.case_id,
        gross_grams=bag.gross or 0,
        net_grams=bag.net or 0,
        weighed_by=request.weighed_by,
        keep_until=case.keep_until,
        post_no=checks.post_number(request.post_no) or None,
    )
    shares = list(enumerate(_shares(bag), 1))
    rows = [_row(case, no, line, share) for no, (line, share) in shares]
    rest = (bag.net or 0) - weighed(bag)
    if rest > 0:
        rows.append(_rest(case, len(rows) + 1, rest))
    item_ids = case.e.add_all(Item, rows)
    lines = Lines()
    for item_id, (no, (line, share)) in zip(item_ids, shares, strict=False):
        _write_share(case, lines, item_id, no, line, share)
    if rest > 0:
        lines.named.append(ItemLine(name=OTHER_THINGS, verdict=Verdict.ACCEPT, grams=rest))
    return lines


def _shares(bag: Bag) -> Iterator[tuple[BroughtLine, Share]]:
    return ((one.line, share) for one in bag.lines for share in one.shares)


def _row(case: Writing, no: int, line: BroughtLine, share: Share) -> dict[str, object]:
    entry = line.entry
    return {
        "case_id": case.request.case_id,
        "no": no,
        "catalogue_id": entry.catalogue_id if entry is not None else None,
        "code": entry.code if entry is not None else None,
        "goods_class": class_of(line),
        "unit": _unit(line),
        "pieces": share.pieces,
        "grams": share.grams or 0,
        "tyiyn": line.tyiyn,
        "verdict": share.verdict,
        "reason": share.reason,
        "rule": share.rule or None,
    }


def _rest(case: Writing, no: int, grams: int) -> dict[str, object]:
    """What was accepted and needed no weight of its own, with bags and boxes, in one line: so
    the accepted lines weigh what the net weight is."""
    return {
        "case_id": case.request.case_id,
        "no": no,
        "goods_class": GoodsClass.OTHER,
        "unit": Unit.KILOGRAM,
        "pieces": 0,
        "grams": grams,
        "verdict": Verdict.ACCEPT,
    }


def _unit(line: BroughtLine) -> Unit:
    if line.entry is not None:
        return line.entry.unit
    return Unit.KILOGRAM if is_weighed(line) else Unit.PIECE


def _write_share(
    case: Writing, lines: Lines, item_id: UUID, no: int, line: BroughtLine, share: Share
) -> None:
    """What belongs to a line that stands: its words, its find, how papers name it."""
    e, request, entry = case.e, case.request, line.entry
    words = clean(line.words) if entry is None else ""
    paper_number = clean(line.paper_number)
    if words or paper_number:
        e.add(
            ItemWords,
            item_id=item_id,
            prisoner_id=request.prisoner_id,
            words=words or None,
            paper_number=paper_number or None,
        )
    act = ""
    if share.verdict is Verdict.SEIZE:
        taken = finds.of_line(
            e,
            case.officer,
            case_id=request.case_id,
            item_no=no,
            service=request.service,
            person_id=request.sender.person_id,
            prisoner_id=request.prisoner_id,
            seized=line.seized,
            grams=share.grams,
        )
        lines.finds.append(taken.find_id)
        act = taken.act_no
    lines.named.append(
        ItemLine(
            name=entry.name if entry is not None else ThingName(words),
            verdict=share.verdict,
            pieces=share.pieces,
            unit=_unit(line),
            grams=share.grams or 0,
            reason=share.reason,
            rule=share.rule,
            act=act,
            tyiyn=line.tyiyn,
            paper_number=paper_number,
        )
    )
