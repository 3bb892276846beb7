"""A line of a stored parcel is corrected: mistyped, spoiled, or some of it leaves the parcel.

The old line stays in the register; new ones stand in for it. What is accepted weighs then what
the lines that stand say, and the ledger is told in the same transaction.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from kiosk.codes import (
    Action,
    Allowed,
    CaseState,
    GoodsClass,
    ItemReason,
    MedicalFate,
    MemberRole,
    Service,
    StepKind,
    Unit,
    Verdict,
)
from kiosk.decimals import Kilograms
from kiosk.errors import Invalid, Refused
from kiosk.models import Case, CaseNow, Find, Item, ItemWords, Member, Parcel
from kiosk.rules.asked import ask
from kiosk.rules.bag import STAYS, WEIGHTLESS, is_medicine
from kiosk.rules.room import room
from kiosk.services import ledger, rulebook
from kiosk.services.desk import Desk
from kiosk.services.duty import must_supervise
from kiosk.services.endings import end, lasting
from kiosk.services.entry import Entry, entry
from kiosk.services.facts import about
from kiosk.services.goods import (
    at_the_doctor,
    catalogue,
    contents,
    finds,
    opened,
    parcel_papers,
    places,
)
from kiosk.services.goods.checks import MOST_PIECES, MOST_TYIYN
from kiosk.services.goods.moving_on import (
    left_the_shelf,
    parcel_of,
    put_apart,
    settle,
    what_is_left,
)
from kiosk.services.outcomes import note
from kiosk.services.under_way import UnderWay
from kiosk.text import N_, clean
from kiosk.values import Officer, VisitRequest
from kiosk.values.goods import Correction, ParcelCard, Share

_HOUR = 3_600_000  # ms
_ACT = re.compile(r"[A-ZА-Я0-9][A-ZА-Я0-9/.-]{0,19}")
_TOO_MUCH = N_("Nobody brings that much. Nothing was recorded.")
_LEFT_OUT = (Verdict.REFUSE, Verdict.MEDICAL, Verdict.SEIZE)


def correct(
    desk: Desk, officer: Officer, case_id: UUID, no: int, told: Correction
) -> ParcelCard:
    """Let line `no` of a stored parcel say what was `told`.

    A supervisor does this. What leaves a line that was not weighed by itself leaves "other
    goods and packing". Spoiled things need the number of the act by which they were destroyed;
    what is seized becomes a find, and the find of a line that was seized by mistake is taken
    back. A new label and a new list are printed; a parcel with nothing left in it is closed.
    Raises Invalid for what cannot be, Refused for a line of which nothing is on the shelf,
    for a forbidden thing that would reach the prisoner after all, and for more than the rules
    leave; AlreadyDone when the parcel is not on the shelf, NotFound.
    """
    must_supervise(officer)
    with entry(desk, Action.CORRECT_ITEM, officer=officer, object_id=case_id) as e:
        case = parcel_of(e, officer, case_id, CaseState.STORED)
        head = Case.get_by_id(case_id)
        there = contents.in_force(case_id)
        line = _line(there, no)
        shares = _shares(line, Service(head.service), told)
        _must_be_allowed(line, shares)
        act_no = _act_no(shares, told)
        find = _mistaken_find(line)
        if find is not None:
            end(e, officer, Find, find.id, finds.MISTAKEN, e.day)
        before = contents.net_of(there)
        by = _write(e, officer, head, there, line, shares, told)
        now = contents.in_force(case_id)
        _must_not_exceed(case_id, now)
        net = contents.net_of(now)
        if net > before:
            _must_fit(desk, e, head, net)
        if net != before and head.service is not Service.MEDICAL_PACKAGE:
            ledger.weigh_anew(e, officer, case_id, head.service, head.day, net)
        places_now = _places(e, case_id, there, now)
        _step(case, head, line, shares, by, net - before, act_no, now, places_now)
        if clean(told.words):
            note(e, officer, case_id, clean(told.words))
        settle(case)
        card = opened.card(desk, case_id)
        if case.state is CaseState.STORED:
            parcel_papers.order(desk, e, officer, card, renewed=True)
        return card


# ---- what was told


def _line(there: Sequence[Item], no: int) -> Item:
    line = next((one for one in there if one.no == no), None)
    if line is None:
        raise Refused(N_("This line was corrected meanwhile. Look at the parcel once more."))
    if line.verdict is Verdict.REFUSE:
        raise Refused(N_("This line went back: nothing of it is here to be corrected."))
    fate = at_the_doctor.of(line.case_id).get(line.no)
    if fate is MedicalFate.TAKEN:
        raise Refused(N_("The doctor has this line already. Nothing was recorded."))
    if fate is MedicalFate.RETURNED:
        raise Refused(N_("The sender has this line back already. Nothing was recorded."))
    return line


def _shares(line: Item, service: Service, told: Correction) -> tuple[Share, ...]:
    """The shares with the grams of each, checked."""
    shares = told.shares
    verdicts = [one.verdict for one in shares]
    if not shares or len(set(verdicts)) < len(verdicts):
        raise Invalid("verdict", N_("Say once what becomes of it. Nothing was recorded."))
    if service is Service.MEDICAL_PACKAGE and Verdict.ACCEPT in verdicts:
        raise Invalid(
            "verdict", N_("All of a medical package is for the doctor. Nothing was recorded.")
        )
    if any(one.pieces < 0 or (one.grams or 0) < 0 for one in shares):
        raise Invalid("grams", N_("Less than nothing cannot be. Nothing was recorded."))
    if any(one.pieces > MOST_PIECES for one in shares):
        raise Invalid("pieces", _TOO_MUCH)
    if (told.tyiyn or 0) > MOST_TYIYN:
        raise Invalid("tyiyn", _TOO_MUCH)
    if any(one.verdict is Verdict.REFUSE and one.reason is None for one in shares):
        raise Invalid("reason", N_("Say why it leaves the parcel. Nothing was recorded."))
    if told.tyiyn is not None and (told.tyiyn < 0 or line.goods_class is not GoodsClass.MONEY):
        raise Invalid("tyiyn", N_("Only money has an amount. Nothing was recorded."))
    if line.goods_class in WEIGHTLESS:
        return tuple(replace(one, grams=0) for one in shares)
    if not _was_weighed(line):
        # The weight of what stays stands in "other goods and packing", as before; of a
        # medical package nothing has to be weighed.
        free = service is Service.MEDICAL_PACKAGE
        shares = tuple(
            replace(one, grams=0)
            if one.verdict is line.verdict or (free and one.grams is None)
            else one
            for one in shares
        )
    return tuple(replace(one, grams=_grams(line, one, shares)) for one in shares)


def _must_be_allowed(line: Item, shares: tuple[Share, ...]) -> None:
    """Raises Refused where a forbidden thing, kept from the prisoner until now, is to reach
    them: two persons let such a thing pass when the bag is taken in, and one corrects. Nor is
    it sent to the doctor, unless it is medicine."""
    becomes = {one.verdict for one in shares} - {line.verdict}
    if becomes.isdisjoint(STAYS) or line.catalogue_id is None:
        return
    thing = catalogue.known((line.catalogue_id,))[line.catalogue_id]
    if thing.allowed is not Allowed.FORBIDDEN:
        return
    if Verdict.MEDICAL in becomes and not is_medicine(thing):
        raise Refused(N_("The catalogue forbids it, and it is no medicine: not to the doctor."))
    if Verdict.ACCEPT in becomes:
        raise Refused(N_("The catalogue forbids it: no correction accepts it afterwards."))


def _grams(line: Item, share: Share, shares: tuple[Share, ...]) -> int:
    if share.grams is not None:
        return share.grams
    others = [one.grams for one in shares if one is not share]
    if not line.grams or None in others:
        raise Invalid("grams", N_("Weigh by itself what leaves the parcel."))
    left = line.grams - sum(one or 0 for one in others)
    if left < 0:
        raise Invalid("grams", N_("That weighs more than the whole line. Weigh it again."))
    return int(left)


def _was_weighed(line: Item) -> bool:
    return bool(line.grams) or line.unit is Unit.KILOGRAM


def _act_no(shares: tuple[Share, ...], told: Correction) -> str:
    act_no = clean(told.act_no).strip().upper()
    spoiled = any(one.reason is ItemReason.SPOILED for one in shares)
    if spoiled and not act_no:
        raise Invalid("act_no", N_("What is spoiled is destroyed with an act: its number?"))
    if act_no and not _ACT.fullmatch(act_no):
        raise Invalid("act_no", N_("The number of an act has letters, digits and - only."))
    return act_no


def _mistaken_find(line: Item) -> Find | None:
    """The find of a line that is no longer seized. Raises AlreadyDone once it has its act."""
    if line.verdict is not Verdict.SEIZE:
        return None
    found = lasting(Find, Find.case_id == line.case_id, Find.item_no == line.no).first()
    return None if found is None else finds.unfinished(found.id)


# ---- written


def _write(
    e: Entry,
    officer: Officer,
    head: Case,
    there: Sequence[Item],
    line: Item,
    shares: tuple[Share, ...],
    told: Correction,
) -> int:
    """The lines that stand in for `line`, and for what else weighs less by it; the number of
    the first."""
    numbers: list[int] = [row.no for row in Item.select().where(Item.case_id == head.id)]
    no = first = max(numbers) + 1
    words = ItemWords.get_or_none(ItemWords.item_id == line.id)
    for share in shares:
        item_id = _add(e, line, no, share, told.tyiyn)
        if words is not None:
            e.add(
                ItemWords,
                item_id=item_id,
                prisoner_id=words.prisoner_id,
                words=words.words,
                paper_number=words.paper_number,
            )
        if share.verdict is Verdict.SEIZE:
            finds.of_line(
                e,
                officer,
                case_id=head.id,
                item_no=no,
                service=Service(head.service),
                person_id=_sender_of(head.id),
                prisoner_id=head.prisoner_id,
                seized=told.seized,
                grams=share.grams,
            )
        no += 1
    if line.verdict is Verdict.ACCEPT and not _was_weighed(line):
        leaves = sum(one.grams or 0 for one in shares if one.verdict in _LEFT_OUT)
        if leaves:
            rest = _rest(there, line, leaves)
            _add(e, rest, no, Share(Verdict.ACCEPT, grams=rest.grams - leaves), None)
    return first


def _rest(there: Sequence[Item], line: Item, leaves: int) -> Item:
    """The line "other goods and packing", of which the weight of what leaves is taken."""
    for one in there:
        if one is not line and one.code is None and one.verdict is Verdict.ACCEPT:
            words = ItemWords.get_or_none(ItemWords.item_id == one.id)
            if (words is None or not words.words) and one.grams >= leaves:
                return one
    raise Invalid(
        "grams", N_("The parcel has less than that beside what was weighed. Weigh it again.")
    )


def _add(e: Entry, line: Item, no: int, share: Share, tyiyn: int | None) -> UUID:
    return e.add(
        Item,
        case_id=line.case_id,
        no=no,
        catalogue_id=line.catalogue_id,
        code=line.code,
        goods_class=line.goods_class,
        unit=line.unit,
        pieces=share.pieces,
        grams=share.grams or 0,
        tyiyn=line.tyiyn if tyiyn is None else tyiyn,
        verdict=share.verdict,
        reason=share.reason,
        rule=share.rule or None,
        replaces=line.no,
    )


def _must_not_exceed(case_id: UUID, now: Sequence[Item]) -> None:
    """Raises Invalid when the lines weigh more than the parcel did with everything."""
    gross = Parcel.get(Parcel.case_id == case_id).gross_grams
    if sum(one.grams for one in now) > gross:
        raise Invalid(
            "grams",
            N_("All lines would weigh more than the parcel with everything: {grams} g."),
            grams=gross,
        )


def _must_fit(desk: Desk, e: Entry, head: Case, net: int) -> None:
    """Raises Refused when the rules leave less than `net` grams for this parcel, on the day it
    counts on: two persons sign for that when a bag is taken in, nobody alone afterwards."""
    request = VisitRequest(head.id, Service(head.service), head.prisoner_id, ())
    facts = replace(about(desk, request, e.now, e.day).facts, at=head.at)
    left = room(ask(facts, rulebook.in_force(desk, head.day))).grams_left
    if left is not None and net > left:
        raise Refused(
            N_("The rules leave {kg} kg for this parcel. Nothing was changed."),
            kg=Kilograms(left),
        )


def _step(
    case: UnderWay,
    head: Case,
    line: Item,
    shares: tuple[Share, ...],
    by: int,
    grams: int,
    act_no: str,
    now: Sequence[Item],
    places_now: dict[str, object],
) -> None:
    data: dict[str, object] = {"no": line.no, "by": by, "grams": grams, **places_now}
    if act_no:
        data["act"] = act_no
    keep_until = _keep_until(head, now)
    if keep_until != CaseNow.get_by_id(head.id).due_at:
        data["keep_until"] = keep_until or 0
    reason = next((one.reason for one in shares if one.reason is not None), None)
    # What the doctor did not take may be all that is left of it.
    left = what_is_left(head.id, CaseState.STORED)
    state = left if left is CaseState.TO_RETURN else CaseState.STORED
    data |= put_apart(case, state)
    case.step(StepKind.CORRECTED, state, reason=reason, data=data)
    if state is CaseState.TO_RETURN:
        left_the_shelf(case)
    places.remember(head.id)


def _places(
    e: Entry, case_id: UUID, before: Sequence[Item], now: Sequence[Item]
) -> dict[str, object]:
    """Where there was no thing for the safe, or for the shelf, before and there is one now, a
    place for it; a safe that holds nothing of it any more is free again."""
    told: dict[str, object] = {}
    stands = CaseNow.get_by_id(case_id)
    if not any(map(contents.is_for_the_safe, now)):
        told |= {"safe": 0} if stands.safe_id is not None else {}
    elif stands.safe_id is None and (safe_id := places.choose_safe(e)) is not None:
        told["safe"] = safe_id
    if stands.place_id is None and _is_bag(now) and not _is_bag(before):
        place_id = places.choose(e)
        told |= {"place": place_id} if place_id is not None else {}
    return told


def _is_bag(there: Sequence[Item]) -> bool:
    """Whether a thing of the catalogue is in it that does not lie in a safe."""
    kept = (one for one in there if one.verdict in STAYS and one.code is not None)
    return not all(map(contents.is_for_the_safe, kept))


def _keep_until(head: Case, now: Sequence[Item]) -> int | None:
    """When the first of what is left for the prisoner spoils (UTC ms)."""
    ids = [
        one.catalogue_id for one in now if one.verdict is Verdict.ACCEPT and one.catalogue_id
    ]
    hours = [one.perishable_hours for one in catalogue.known(ids).values()]
    soonest = min((one for one in hours if one is not None), default=None)
    return None if soonest is None else head.at + soonest * _HOUR


def _sender_of(case_id: UUID) -> UUID:
    sender: UUID = Member.get(
        Member.case_id == case_id, Member.role == MemberRole.SENDER
    ).person_id
    return sender
