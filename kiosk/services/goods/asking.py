"""A bag that is brought: what the rules answer about it, and about each thing in it.

What the screen shows is advice; `accepting` asks the same once more when it holds the pen.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from kiosk.clock import local_day
from kiosk.codes import CaseState, ItemReason, MemberRole
from kiosk.errors import Invalid
from kiosk.models import Case, CaseNow, Member
from kiosk.rules import bag as bags
from kiosk.rules import room as rooms
from kiosk.rules.asked import ask
from kiosk.rules.days import start_of
from kiosk.rules.decide import decide
from kiosk.rules.decision import Decision
from kiosk.rules.facts import Item
from kiosk.rules.kinds import GOODS
from kiosk.rules.rule_set import RuleSet
from kiosk.services import rulebook, same
from kiosk.services.asking import Asking
from kiosk.services.desk import Desk
from kiosk.services.duty import must_register
from kiosk.services.entry import moment
from kiosk.services.facts import Gathered, about
from kiosk.services.goods import checks
from kiosk.services.ids import first_after
from kiosk.services.prepared import Prepared
from kiosk.services.register_numbers import numbers_of
from kiosk.text import N_
from kiosk.values import Officer, VisitRequest
from kiosk.values.goods import (
    Bag,
    GoodsProposal,
    GoodsRequest,
    JudgedLine,
    Room,
    StoppedClass,
)


@dataclass(frozen=True, slots=True)
class Weighed:
    """A bag with all that is known about it, and what the rules answer.

    `asked` is the same as of a visit, for what a case of either kind has in common.
    """

    asked: VisitRequest
    gathered: Gathered
    decision: Decision
    room: Room
    stopped: tuple[StoppedClass, ...]
    bag: Bag

    @property
    def unsigned(self) -> Bag:
        """The bag as it would be judged without a second person."""
        lines = [one.line for one in self.bag.lines]
        left, service = self.room.grams_left, self.asked.service
        return bags.judge(lines, self.bag.gross, left, self.stopped, service)

    @property
    def sender(self) -> Asking:
        return self.gathered.asking[0]


def propose(
    desk: Desk, officer: Officer, request: GoodsRequest, *, signed: bool = False
) -> GoodsProposal:
    """What the rules answer about `request` now. Writes nothing; runs on a reader thread.

    Without a net weight they are asked with one gram: whether anything may be brought at all.
    `signed`: what would stand against it with all that the officer accepts, for a second
    person to see before they sign, and once they did.
    An officer, inspector or supervisor asks. Raises Invalid for a service that brings nothing,
    NotFound for an unknown prisoner or sender.
    """
    must_register(officer)
    at = moment(desk)
    day = local_day(at, desk.zone)
    rules = rulebook.in_force(desk, day)
    weighed = weigh(desk, request, at, day, rules, signed=signed)
    return GoodsProposal(
        request=request,
        prisoner=weighed.gathered.prisoner,
        sender=weighed.sender.name,
        decision=weighed.decision,
        room=weighed.room,
        stopped=weighed.stopped,
        earlier=earlier(desk, request, day),
        rule_set=rules.name,
        rules_confirmed=rules.confirmed,
    )


def weigh(
    desk: Desk,
    request: GoodsRequest,
    at: int,
    day: date,
    rules: RuleSet,
    *,
    signed: bool = False,
) -> Weighed:
    """The bag judged and decided as of the moment `at` (UTC ms), a local `day`.

    `signed`: a second person stands for what the officer accepts. Raises as `propose` does.
    """
    if request.service not in GOODS:
        raise Invalid("service", N_("This is no package or parcel."))
    asked = VisitRequest(
        request.case_id,
        request.service,
        request.prisoner_id,
        (request.sender,),
        ticket_id=request.ticket_id,
    )
    gathered = _as_shown(request, about(desk, asked, at, day))
    wanted = ask(gathered.facts, rules)
    room, stopped = rooms.room(wanted), rooms.stopped(wanted)
    bag = bags.judge(
        request.lines,
        request.gross_grams,
        room.grams_left,
        stopped,
        request.service,
        signed=signed,
    )
    items = _items(bag)
    # What is stopped weighs nothing for the rules, so it is laid on top of what passes. A bag
    # of which nothing counts, as one of medicine or papers, is asked about as one gram.
    stopped_grams = sum(item.grams or 0 for item in items)
    facts = replace(
        gathered.facts, grams=max(1, bag.net or 0) + stopped_grams, items=tuple(items)
    )
    return Weighed(
        asked,
        replace(gathered, facts=facts),
        decide(facts, rules),
        room,
        stopped,
        bag,
    )


def _as_shown(request: GoodsRequest, gathered: Gathered) -> Gathered:
    """Nobody shows a document with a parcel of the post, so none stands against it."""
    if not checks.is_posted(request) or request.sender.seen is not None:
        return gathered
    people = tuple(replace(one, document=None) for one in gathered.facts.people)
    return replace(gathered, facts=replace(gathered.facts, people=people))


def _items(bag: Bag) -> list[Item]:
    """The things that the rules are asked about, by their place in the list: those that would
    pass and those that are stopped. What goes back for another reason is no question."""
    return [
        Item(str(no), bags.class_of(one.line), _stopped(one))
        for no, one in enumerate(bag.lines, 1)
        if any(
            share.verdict in bags.STAYS or share.reason is ItemReason.STOPPED
            for share in one.shares
        )
    ]


def _stopped(one: JudgedLine) -> int | None:
    """What a stopped thing weighs, as far as one knows."""
    grams = sum(share.grams or 0 for share in one.shares if share.reason is ItemReason.STOPPED)
    return grams or None


def earlier(desk: Desk, request: GoodsRequest, day: date) -> tuple[str, ...]:
    """The numbers of what this sender brought this prisoner on that day, this case apart."""
    rows = _OF_THE_DAY(
        list(same.group(request.prisoner_id)),
        list(same.group(request.sender.person_id)),
        first_after(start_of(day - _LISTED_WITHIN, desk.zone)),
        day,
    )
    ids = [case_id for (case_id,) in rows if case_id != request.case_id]
    numbers = numbers_of(ids) if ids else {}
    return tuple(next(iter(numbers[one].values()), "") for one in ids)


# Nobody lists a bag for longer, and a case has its id since its list was opened: so only the
# last cases of a prisoner are looked at, not those of all years.
_LISTED_WITHIN = timedelta(days=31)

_OF_THE_DAY = Prepared(
    lambda prisoner_ids, sender_ids, since, day: (
        Case.select(Case.id)
        .join(Member, on=(Member.case_id == Case.id))
        .join(CaseNow, on=(CaseNow.case_id == Case.id))
        .where(
            Case.prisoner_id.in_(prisoner_ids),
            Case.id >= since,
            Case.day == day,
            Case.service.in_(sorted(GOODS)),
            Member.role == MemberRole.SENDER,
            Member.person_id.in_(sender_ids),
            CaseNow.state != CaseState.VOID,
        )
        .order_by(Case.id)
        .tuples()
    )
)
