"""A case as it is written: decided again under the pen, then its head, people and decision."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from kiosk.codes import CaseState, MemberRole, Outcome
from kiosk.errors import AlreadyDone, DecisionChanged, NotAllowed, Refused
from kiosk.models import Case, CaseNow, Member
from kiosk.models import Decision as StoredDecision
from kiosk.rules.decide import decide
from kiosk.rules.decision import Decision
from kiosk.rules.kinds import PRIVILEGED
from kiosk.rules.overriding import let_in_by_two
from kiosk.services import decision_record, ledger, permissions, reviews, rulebook
from kiosk.services.desk import Desk
from kiosk.services.duty import must_vouch
from kiosk.services.entry import Entry
from kiosk.services.facts import Asking, Gathered, gather
from kiosk.services.identify import add_document
from kiosk.services.register_numbers import number_of
from kiosk.services.under_way import UnderWay, state_of
from kiosk.text import N_
from kiosk.values import Officer, Override, VisitRequest

NO_SIGNATURE = N_("No signature opens the gate here. The refusal stays as it was.")
_CHANGED = N_("The answer has changed meanwhile; nothing was recorded. Read it once more.")


@dataclass(frozen=True, slots=True)
class Writing:
    """A case in the transaction that writes it.

    `admitted` are the person ids that go in, by the rules or by an override. `members` are
    all who asked, by person.
    """

    desk: Desk
    e: Entry
    officer: Officer
    request: VisitRequest
    gathered: Gathered
    decision: Decision
    admitted: tuple[str, ...]
    members: Mapping[UUID, Member]
    under_way: UnderWay
    override: Override | None = None

    @property
    def asking(self) -> tuple[Asking, ...]:
        return self.gathered.asking

    @property
    def going_in(self) -> list[Asking]:
        return [one for one in self.asking if str(one.person_id) in self.admitted]

    @property
    def kept_out(self) -> list[Asking]:
        return [one for one in self.asking if str(one.person_id) not in self.admitted]

    @property
    def confirmed(self) -> dict[str, object]:
        """For a step: which doubts about whose document the officer settled, if any."""
        doubts = {
            str(self.members[one.person_id].no): sorted(one.confirmed)
            for one in self.asking
            if one.confirmed
        }
        return {"confirmed": doubts} if doubts else {}

    def use_up(self) -> None:
        """One visit of the entitlement that pays, where visits are counted."""
        request, balance = self.request, self.decision.balance
        if request.service not in PRIVILEGED:
            ledger.take(
                self.e,
                self.officer,
                request.prisoner_id,
                request.swap_from or request.service,
                self.e.day,
                request.case_id,
                balance.rule if balance is not None else None,
            )


def write(
    desk: Desk,
    e: Entry,
    officer: Officer,
    request: VisitRequest,
    seen: Decision,
    *,
    passes: bool,
    override: Override | None = None,
) -> Writing:
    """Ask the rules once more, now that nobody else writes, and write what they answered.

    Of a booked visit the head is there, and what it held of the entitlement is given back
    first. Raises DecisionChanged when the answer is not the one `seen`, or does not let
    through (or refuse) as `passes` says; AlreadyDone; NotAllowed and Refused for an override
    that is none.
    """
    no = _must_be_open(request)
    if request.booked:
        ledger.give_back(e, officer, request.case_id)
        # Decided anew with all that is known: nothing is left to be looked at again.
        reviews.settled(e, request.case_id)
    gathered = gather(desk, request, e.now, e.day)
    rule_set_id = rulebook.in_force_id(desk, e.day)
    decision = decide(gathered.facts, rulebook.load(rule_set_id))
    if not decision.answers_like(seen):
        raise DecisionChanged(_CHANGED)
    if override is not None:
        admitted = admitted_by_two(officer, gathered, decision, override)
    elif decision.passes is passes:
        admitted = decision.admitted
    else:
        raise DecisionChanged(_CHANGED)
    if not request.booked:
        add_head(e, officer, request, gathered)
    members = add_members(e, request, gathered, admitted)
    add_decision(e, officer, request.case_id, rule_set_id, gathered, decision, override)
    under_way = UnderWay(e, officer, request.case_id, CaseState.BOOKED, no)
    return Writing(
        desk,
        e,
        officer,
        request,
        gathered,
        decision,
        admitted,
        members,
        under_way,
        override,
    )


def add_head(
    e: Entry,
    officer: Officer,
    request: VisitRequest,
    gathered: Gathered,
) -> None:
    """The case itself: what, to whom, on which day, by which ticket."""
    e.add(
        Case,
        id=request.case_id,
        service=request.service,
        prisoner_id=request.prisoner_id,
        prisoner_detail_id=gathered.prisoner.detail_id,
        day=e.day,
        at=e.now,
        staff_id=officer.staff_id,
        ticket_id=request.ticket_id,
    )


def add_members(
    e: Entry, request: VisitRequest, gathered: Gathered, admitted: tuple[str, ...]
) -> Mapping[UUID, Member]:
    """One member a person; those whom a booking named are there. A document in hand is
    recorded, and for each who goes in by a paper, which.

    The lead is the first adult who goes in; the first named where none does.
    """
    there = {
        row.person_id: row for row in Member.select().where(Member.case_id == request.case_id)
    }
    adults = [str(one.person_id) for one in gathered.asking if one.is_adult]
    lead = next((one for one in adults if one in admitted), next(iter(adults), ""))
    no = max((row.no for row in there.values()), default=0)
    papers = _papers(gathered, admitted)
    for one in gathered.asking:
        if one.person_id in there:
            continue
        no += 1
        document_id = one.document_id
        if document_id is None and one.seen is not None:
            document_id = add_document(e, one.person_id, one.seen)
        role = MemberRole.ADULT if one.is_adult else MemberRole.CHILD
        member_id = e.add(
            Member,
            case_id=request.case_id,
            no=no,
            person_id=one.person_id,
            detail_id=one.detail_id,
            document_id=document_id,
            role=MemberRole.LEAD if str(one.person_id) == lead else role,
            relation=one.relation,
            permission_id=papers.get(one.person_id),
        )
        there[one.person_id] = Member.get_by_id(member_id)
    return {one.person_id: there[one.person_id] for one in gathered.asking}


def add_decision(
    e: Entry,
    officer: Officer,
    case_id: UUID,
    rule_set_id: UUID,
    gathered: Gathered,
    decision: Decision,
    override: Override | None = None,
) -> None:
    """What the rules answered, with every reason and all that went in; who signed for it."""
    e.add(
        StoredDecision,
        case_id=case_id,
        at=e.now,
        rule_set_id=rule_set_id,
        result=Outcome.OVERRIDDEN if override is not None else decision.outcome,
        reasons=decision_record.reason_rows(decision),
        inputs=decision_record.inputs(gathered.facts),
        staff_id=officer.staff_id,
        second_id=override.second.staff_id if override is not None else None,
        ground=override.ground if override is not None else None,
    )


def _must_be_open(request: VisitRequest) -> int:
    """The number of a booking's last step, 0 for a new case.

    Raises AlreadyDone, and Refused for a booking that was called off meanwhile.
    """
    if not Case.select().where(Case.id == request.case_id).exists():
        return 0
    state = state_of(request.case_id)
    if request.booked and state in (CaseState.CANCELLED, CaseState.VOID):
        raise Refused(N_("This visit is booked no more. Look at the list once more."))
    if not request.booked or state is not CaseState.BOOKED:
        raise AlreadyDone(
            number_of(request.case_id), N_("This case is recorded already: {number}.")
        )
    return int(CaseNow.get_by_id(request.case_id).last_no)


def admitted_by_two(
    officer: Officer, gathered: Gathered, decision: Decision, override: Override
) -> tuple[str, ...]:
    """Those who pass because a second person signs. Raises as `must_be_another` does, and
    Refused where no signature helps."""
    must_be_another(officer, override)
    people = [str(one.person_id) for one in gathered.asking]
    admitted = let_in_by_two(decision, people)
    if not admitted:
        raise Refused(NO_SIGNATURE)
    return admitted


def must_be_another(officer: Officer, override: Override) -> None:
    """Raises NotAllowed unless a supervisor who is not `officer` signs."""
    must_vouch(override.second)
    if override.second.staff_id == officer.staff_id:
        raise NotAllowed(
            N_("You asked for this override; another person must sign. Nothing was recorded.")
        )


def _papers(gathered: Gathered, admitted: tuple[str, ...]) -> Mapping[UUID, UUID | None]:
    """The paper that each who goes in uses up once, where there is one."""
    facts = gathered.facts
    return {
        UUID(one.person): permissions.to_use(one.permissions, facts.at)
        for one in facts.people
        if one.person in admitted
    }
