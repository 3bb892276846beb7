"""A package or parcel is taken in, or goes back as a whole: each in one transaction.

Until then nothing of it is a fact, only the draft of its list. Both decide again once they hold
the pen and write nothing when the answer differs from the one shown: so two officers never take
in the same bag twice, nor the last of what a prisoner may get.
"""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from kiosk.codes import Action, CaseState, DraftKind, Series, Service, StepKind
from kiosk.errors import DecisionChanged
from kiosk.rules.bag import is_for_the_safe, stays, turned_back
from kiosk.rules.decision import Decision
from kiosk.services import drafts, ledger, outcomes, prisoner_events, tickets
from kiosk.services.desk import Desk
from kiosk.services.duty import must_register
from kiosk.services.entry import Entry, entry
from kiosk.services.goods import (
    asking,
    checks,
    goods_papers,
    lots,
    opened,
    parcel_papers,
    places,
)
from kiosk.services.goods.writing import (
    CHANGED,
    Writing,
    decide_again,
    write_bag,
    write_head,
    write_inspection,
)
from kiosk.services.ids import new_id
from kiosk.services.register_numbers import shown
from kiosk.text import N_
from kiosk.values import Officer, Override
from kiosk.values.goods import GoodsRecorded, GoodsRequest


def new_case_id(desk: Desk) -> UUID:
    """The id of a case whose list has just been opened; a second Enter carries the same."""
    return new_id(desk.clock)


def accept(
    desk: Desk,
    officer: Officer,
    request: GoodsRequest,
    seen: Decision,
    earlier: tuple[str, ...],
    override: Override | None = None,
) -> GoodsRecorded:
    """Take in what passes of a bag; `seen` is the decision on this request that was shown.

    An officer, inspector or supervisor does this. It is put in its place, what it takes of the
    entitlement is used up (a bag of nothing but medicine or papers takes none), its papers are
    ordered. `earlier` are the numbers of what the same two had recorded today, as far as the
    officer saw them. With an `override` a second person stands for what the rules, a
    restriction or the catalogue refuse, as far as `request.signed` stood before them; so did
    `request.looked_at` before who looked it through. Raises DecisionChanged when the rules, the
    catalogue or today's packages of these two are others now; AlreadyDone for the same case or
    the same number of the post; Invalid and Refused for a bag that cannot be recorded, must be
    looked through first, or changed since another looked or signed; NotAllowed for a signature
    that is none. Nothing is written then, except that the lot is drawn.
    """
    must_register(officer)
    checks.must_make_sense(request)
    checks.must_be_opened_by_enough(desk, request)
    drawn = lots.draw(desk, officer, request.prisoner_id, request.sender.person_id)
    checks.must_be_looked_through(officer, request, drawn)
    action = Action.ACCEPT_GOODS if override is None else Action.OVERRIDE
    with entry(desk, action, officer=officer, object_id=request.case_id) as e:
        case = decide_again(desk, e, officer, request, seen, override)
        if override is None:
            checks.must_be_allowed(case.bag)
            if not case.decision.passes:
                raise DecisionChanged(CHANGED)
        else:
            checks.must_be_signed_for(case.weighed.unsigned, request)
        checks.must_be_whole(request, case.bag)
        _must_know_of(desk, e, request, earlier)
        return _take_in(case)


def refuse(
    desk: Desk, officer: Officer, request: GoodsRequest, seen: Decision
) -> GoodsRecorded:
    """Record that nothing of a bag passes: because the rules refuse it, or because each thing
    in it goes back or was seized. Nothing of the entitlement is used.

    By the rules the sender gets the notice with every reason, else the receipt that lists what
    went back and why. An officer, inspector or supervisor does this. Raises as `accept` does;
    DecisionChanged where something of it would pass.
    """
    must_register(officer)
    checks.must_make_sense(request)
    if request.commission:  # what is refused by the rules need not be opened
        checks.must_be_opened_by_enough(desk, request)
    checks.must_be_looked_through(officer, request, drawn=False)
    with entry(desk, Action.REFUSE_GOODS, officer=officer, object_id=request.case_id) as e:
        case = decide_again(desk, e, officer, request, seen)
        by_the_rules = not case.decision.passes
        if not by_the_rules and (not request.lines or stays(case.bag)):
            raise DecisionChanged(CHANGED)
        if not by_the_rules:
            checks.must_go_back(case.bag)
        return _turn_back(case, by_the_rules)


# ---- inside the transaction


def _must_know_of(
    desk: Desk, e: Entry, request: GoodsRequest, earlier: tuple[str, ...]
) -> None:
    fresh = [one for one in asking.earlier(desk, request, e.day) if one not in earlier]
    if fresh:
        raise DecisionChanged(
            N_("Meanwhile {number} was recorded for these two. Look at it, then go on."),
            number=fresh[-1],
        )


def _take_in(case: Writing) -> GoodsRecorded:
    e, officer, request = case.e, case.officer, case.request
    under_way = write_head(case)
    write_inspection(case, under_way)
    under_way.step(
        StepKind.ACCEPTED,
        CaseState.STORED,
        second_id=case.override.second.staff_id if case.override is not None else None,
        data=_put_away(case) or None,
    )
    prisoner_events.put_up_parcels(case.desk, e, request.prisoner_id)
    lines = write_bag(case)
    places.remember(request.case_id)
    _use_up(case)
    number = _number(case, Series.PACKAGE)
    card = opened.card(case.desk, request.case_id)
    receipt = goods_papers.order_receipt(case, number, lines, card.safe)
    jobs = receipt, *parcel_papers.order(case.desk, e, officer, card)
    if case.override is not None and case.override.words:
        outcomes.note(e, officer, request.case_id, case.override.words)
    _done(case)
    return GoodsRecorded(
        case_id=request.case_id,
        number=number,
        net_grams=case.bag.net or 0,
        place=card.place,
        safe=card.safe,
        jobs=jobs,
        finds=tuple(lines.finds),
    )


def _put_away(case: Writing) -> dict[str, object]:
    """What the step of the acceptance says beside it: where the bag stands, and in which safe
    its money and papers lie. Where there is nothing but these they need no shelf."""
    told: dict[str, object] = {}
    if case.has_a_bag:
        place_id = places.choose(case.e, cold=case.first_to_spoil is not None)
        told |= {"place": place_id} if place_id is not None else {}
    if any(is_for_the_safe(line) for line in case.accepted):
        safe_id = places.choose_safe(case.e)
        told |= {"safe": safe_id} if safe_id is not None else {}
    return told


def _turn_back(case: Writing, by_the_rules: bool) -> GoodsRecorded:
    request = case.request
    reasons = case.decision.reasons
    if by_the_rules:
        rule, legal_ref = reasons[0].rule, reasons[0].legal_ref
        bag = turned_back(case.bag, rule, legal_ref)
    else:
        bag = turned_back(case.bag, "", "")
    case = replace(case, weighed=replace(case.weighed, bag=bag))
    under_way = write_head(case)
    write_inspection(case, under_way)
    under_way.step(StepKind.REFUSED, CaseState.REFUSED)
    lines = write_bag(case) if request.lines else None
    number = _number(case, Series.REFUSAL)
    if by_the_rules or lines is None:
        job = goods_papers.order_notice(case, number)
    else:
        job = goods_papers.order_receipt(case, number, lines)
    _done(case)
    return GoodsRecorded(
        case_id=request.case_id,
        number=number,
        net_grams=0,
        jobs=(job,),
        finds=tuple(lines.finds) if lines is not None else (),
        refused=True,
    )


def _use_up(case: Writing) -> None:
    """One package and its net weight, where packages are counted and something counts."""
    request, net = case.request, case.bag.net or 0
    if request.service is Service.MEDICAL_PACKAGE or not net:
        return
    balance = case.decision.balance
    ledger.take(
        case.e,
        case.officer,
        request.prisoner_id,
        request.service,
        case.e.day,
        request.case_id,
        balance.rule if balance is not None else None,
        grams=net,
    )


def _number(case: Writing, series: Series) -> str:
    no = case.e.number(series, case.request.case_id)
    return shown(series, str(case.e.day.year), no)


def _done(case: Writing) -> None:
    """What the case leaves behind: its ticket is served, its draft is no draft any more."""
    if case.request.ticket_id is not None:
        tickets.served(case.desk, case.e, case.officer, case.request.ticket_id)
    drafts.done(case.officer.staff_id, DraftKind.PACKAGE)
