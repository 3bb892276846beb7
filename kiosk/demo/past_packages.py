"""The demo's past packages and parcels: taken in, handed over, a few refused or sent back.

Written as the services write them but without their questions, as the past visits are. The
rules and the catalogue decide all the same; the papers were printed back then.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from uuid import UUID

from kiosk.clock import FixedClock
from kiosk.codes import (
    Action,
    CaseState,
    GoneReason,
    PlaceKind,
    Series,
    Service,
    Status,
    StepKind,
    Verdict,
    WeighedBy,
)
from kiosk.demo import past_bags, past_handovers
from kiosk.demo.officer import OFFICER, SECOND
from kiosk.demo.past_handovers import Brought, Found, Shelves
from kiosk.demo.past_visits import Coming, facts_of, moment
from kiosk.rules import bag as bags
from kiosk.rules.decide import decide
from kiosk.rules.facts import Use
from kiosk.rules.rule_set import RuleSet
from kiosk.services import ledger
from kiosk.services.asking import Asking
from kiosk.services.desk import Desk
from kiosk.services.entry import entry
from kiosk.services.facts import Gathered
from kiosk.services.goods.asking import Weighed
from kiosk.services.goods.checks import POSTED
from kiosk.services.goods.writing import Lines, Writing, write_bag, write_head, write_inspection
from kiosk.services.ids import new_id
from kiosk.services.under_way import UnderWay
from kiosk.values import MemberRequest, Name, PrisonerCard, VisitRequest
from kiosk.values.goods import CatalogueEntry, GoodsRequest, Room

HOUR = 3_600_000  # ms
_COMES, _HANDED_OUT = 9 * 60, 16 * 60  # minutes of a day
# All are over by then: what stands in the storage today was brought after them.
_LONGEST = 15  # days
_COMMISSION = (OFFICER.staff_id, SECOND.staff_id)


@dataclass(frozen=True, slots=True)
class PastPackages:
    """Who brings what, and by what it is decided. `details` are the names under which visitors
    and prisoners were recorded, `things` the catalogue by its codes."""

    desk: Desk
    clock: FixedClock
    known: list[Coming]
    details: Mapping[UUID, UUID]
    rule_set_id: UUID
    rules: RuleSet
    things: Mapping[str, CatalogueEntry]
    shelves: Shelves
    uses: defaultdict[UUID, list[Use]] = field(default_factory=lambda: defaultdict(list))

    def lives(
        self, chance: random.Random, first_day: date, count: int, days: int
    ) -> Iterator[Iterator[int]]:
        """`count` packages over `days`. Each tells the moment (UTC ms) at which it goes on,
        and goes on when it is asked for the next."""
        for number in range(count):
            day = first_day + timedelta(days=1 + number * (days - _LONGEST) // count)
            # Everybody brings one before anybody brings a second.
            one = self.known[(number * 7 + 2) % len(self.known)]
            # What waits for somebody who is not here goes back once it was kept long enough.
            waits = timedelta(days=0 if _is_here(one) else self.desk.keep_days)
            if day + waits <= first_day + timedelta(days=days - _LONGEST):
                yield self._life(number, one, chance, day)

    def _life(
        self, number: int, one: Coming, chance: random.Random, day: date
    ) -> Iterator[int]:
        desk, shelves = self.desk, self.shelves
        yield moment(desk, day, _COMES + chance.randint(0, 270))
        brought = self._bring(one, self._request(number, one, chance))
        if brought.finds:
            yield self.clock.at + HOUR
            past_handovers.write_acts(desk, brought)
        if brought.is_stored and brought.has_medicine:
            yield self.clock.at + HOUR
            past_handovers.pass_to_medical(desk, shelves, brought)
        if not brought.is_stored:
            return
        day += timedelta(days=chance.randint(0, 1) if _is_here(one) else desk.keep_days + 1)
        yield moment(desk, day, _HANDED_OUT + chance.randint(0, 90))
        if _is_here(one) and number % 29 != 11:
            past_handovers.hand_over(desk, shelves, brought)
            return
        reason = GoneReason.DECLINED if _is_here(one) else GoneReason.EXPIRED
        past_handovers.send_back(desk, shelves, brought, reason)
        if brought.use is not None:
            self.uses[one.prisoner_id].remove(brought.use)
        yield moment(desk, day + timedelta(days=chance.randint(2, 9)), _COMES)
        past_handovers.give_to_sender(desk, shelves, brought)

    def _request(self, number: int, one: Coming, chance: random.Random) -> GoodsRequest:
        service = _service(number)
        lines, gross = past_bags.bag(number, service, chance, self.things)
        is_posted = service in POSTED
        return GoodsRequest(
            case_id=new_id(self.clock),
            service=service,
            prisoner_id=one.prisoner_id,
            sender=MemberRequest(one.person_id, one.visitor.relation),
            lines=lines,
            gross_grams=gross,
            weighed_by=WeighedBy.SCALE,
            post_no=f"CP{104_729 + number * 7919:09d}KG" if is_posted else "",
            commission=_COMMISSION if is_posted else (),
        )

    # ---- at the table

    def _bring(self, one: Coming, request: GoodsRequest) -> Brought:
        """Take in what the rules and the catalogue let pass, or refuse all of it."""
        weighed = self._weigh(one, request)
        decision, bag = weighed.decision, weighed.bag
        if decision.passes and bags.stays(bag):
            with entry(
                self.desk, Action.ACCEPT_GOODS, officer=OFFICER, object_id=request.case_id
            ) as e:
                return self._take_in(
                    Writing(self.desk, e, OFFICER, request, weighed, self.rule_set_id)
                )
        told = ("", "")
        if not decision.passes:
            told = decision.reasons[0].rule, decision.reasons[0].legal_ref
        weighed = replace(weighed, bag=bags.turned_back(bag, *told))
        with entry(
            self.desk, Action.REFUSE_GOODS, officer=OFFICER, object_id=request.case_id
        ) as e:
            case = Writing(self.desk, e, OFFICER, request, weighed, self.rule_set_id)
            under_way = write_head(case)
            write_inspection(case, under_way)
            under_way.step(StepKind.REFUSED, CaseState.REFUSED)
            lines = write_bag(case)
            e.number(Series.REFUSAL, request.case_id)
            return _brought(case, under_way, lines)

    def _take_in(self, case: Writing) -> Brought:
        e, request, net = case.e, case.request, case.bag.net or 0
        under_way = write_head(case)
        write_inspection(case, under_way)
        cold = (PlaceKind.COLD,) if case.first_to_spoil is not None else ()
        # What these bags hold lies on a shelf: nobody brings money or papers in them.
        place_id = self.shelves.take(*cold, PlaceKind.SHELF)
        data: dict[str, object] | None = {"place": place_id} if place_id else None
        under_way.step(StepKind.ACCEPTED, CaseState.STORED, data=data)
        lines = write_bag(case)
        use = Use(request.service, e.day, grams=net) if net else None
        if use is not None:
            balance = case.decision.balance
            rule = balance.rule if balance is not None else None
            service, case_id = request.service, request.case_id
            ledger.take(
                e, OFFICER, request.prisoner_id, service, e.day, case_id, rule, grams=net
            )
            self.uses[request.prisoner_id].append(use)
        e.number(Series.PACKAGE, request.case_id)
        return replace(_brought(case, under_way, lines), place_id=place_id, use=use)

    def _weigh(self, one: Coming, request: GoodsRequest) -> Weighed:
        service = request.service
        bag = bags.judge(request.lines, request.gross_grams, None, (), service)
        facts = facts_of(self.desk, one, service, self.clock.at, self.uses[one.prisoner_id])
        if service in POSTED:
            # Nobody shows a document with a parcel of the post.
            facts = replace(
                facts, people=tuple(replace(who, document=None) for who in facts.people)
            )
        facts = replace(facts, grams=max(1, bag.net or 0))
        asked = VisitRequest(request.case_id, service, one.prisoner_id, (request.sender,))
        gathered = Gathered(facts, self._prisoner(one), (self._sender(one),))
        return Weighed(asked, gathered, decide(facts, self.rules), Room(), (), bag)

    def _prisoner(self, one: Coming) -> PrisonerCard:
        prisoner = one.prisoner
        return PrisonerCard(
            prisoner_id=one.prisoner_id,
            detail_id=self.details[one.prisoner_id],
            file_number=prisoner.file_number,
            name=Name(prisoner.surname, prisoner.given, prisoner.patronymic),
            birth_year=prisoner.birth_year,
            sex=prisoner.sex,
            category=prisoner.category,
            regime=prisoner.regime,
            condition=prisoner.condition,
            unit=prisoner.unit,
            status=prisoner.status,
        )

    def _sender(self, one: Coming) -> Asking:
        entered = one.visitor.entry
        return Asking(
            person_id=one.person_id,
            detail_id=self.details[one.person_id],
            document_id=one.document_id,
            seen=None,
            name=Name(entered.surname, entered.given, entered.patronymic),
            birth=entered.birth,
            language=entered.language,
            age=None,
            is_adult=True,
            relation=one.visitor.relation,
            confirmed=(),
        )


def _brought(case: Writing, under_way: UnderWay, lines: Lines) -> Brought:
    kinds = [line.seized.kind for line in case.request.lines if line.seized is not None]
    act_numbers = [one.act for one in lines.named if one.act]
    return Brought(
        case.request.service,
        case.request.prisoner_id,
        under_way,
        tuple(map(Found, lines.finds, act_numbers, kinds)),
        any(one.share(Verdict.MEDICAL) for one in case.bag.lines),
    )


def _service(number: int) -> Service:
    if number % 40 == 21:
        return Service.MEDICAL_PACKAGE
    if number % 16 == 7:
        return Service.SMALL_PARCEL
    return Service.PARCEL if number % 8 == 3 else Service.PACKAGE


def _is_here(one: Coming) -> bool:
    return one.prisoner.status is Status.PRESENT
