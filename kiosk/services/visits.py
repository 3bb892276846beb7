"""A visit: proposed to the officer, then admitted or refused in one transaction.

What the screen shows is advice. `admit` and `refuse` decide again once they hold the pen,
with the same rules, and write nothing when the answer differs from the one shown: so two
officers never give out the same last visit.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from kiosk import badge_code, paper_code
from kiosk.clock import local_day
from kiosk.codes import (
    Action,
    CaseState,
    LedgerKind,
    MemberRole,
    ReasonCode,
    Series,
    StepKind,
    Template,
)
from kiosk.errors import AlreadyDone, DecisionChanged
from kiosk.models import Case, CaseNow, Ledger, Member, Presence, Step
from kiosk.models import Decision as StoredDecision
from kiosk.papers import BadgeBody, PaperReason, RefusalBody
from kiosk.rules.decide import decide
from kiosk.rules.decision import Decision, Reason
from kiosk.rules.entitlement import is_minor
from kiosk.rules.kinds import PRIVILEGED
from kiosk.rules.terms import Limit
from kiosk.services import printing, rulebook
from kiosk.services.desk import Desk
from kiosk.services.duty import must_register
from kiosk.services.entry import Entry, entry, moment
from kiosk.services.facts import Asking, Gathered, gather
from kiosk.services.identify import add_document
from kiosk.services.ids import new_id
from kiosk.services.register_numbers import number_of, shown
from kiosk.text import N_
from kiosk.values import (
    Officer,
    Proposal,
    Recorded,
    VisitRequest,
)

HOUR = 3_600_000  # ms


def new_case_id(desk: Desk) -> UUID:
    """The id of a case whose form has just opened; a second Enter carries the same."""
    return new_id(desk.clock)


def propose(desk: Desk, officer: Officer, request: VisitRequest) -> Proposal:
    """What the rules answer about `request` now. Writes nothing; runs on a reader thread.

    An officer, inspector or supervisor asks. Raises Invalid or NotFound for a request
    that is none.
    """
    must_register(officer)
    at = moment(desk)
    day = local_day(at, desk.zone)
    gathered = gather(desk, request, at, day)
    rules = rulebook.in_force(desk, day)
    return Proposal(
        request=request,
        prisoner=gathered.prisoner,
        decision=decide(gathered.facts, rules),
        rule_set=rules.name,
        rules_confirmed=rules.confirmed,
    )


def admit(desk: Desk, officer: Officer, request: VisitRequest, seen: Decision) -> Recorded:
    """Let in those whom the decision admits; `seen` is the decision that the screen showed.

    An officer, inspector or supervisor does this. Of a group some may be refused: they get
    a notice with a number of their own. Raises DecisionChanged when the rules answer
    otherwise now, AlreadyDone when this case was recorded before; nothing is written then.
    """
    must_register(officer)
    with entry(desk, Action.ADMIT, officer=officer, object_id=request.case_id) as e:
        case = _decide_again(desk, e, officer, request, seen, passes=True)
        no = e.number(Series.VISIT, request.case_id)
        number = shown(Series.VISIT, str(e.day.year), no)
        due = _take_entitlement(case)
        case.step(StepKind.ADMITTED, CaseState.ADMITTED)
        badges, jobs = _enter(case, no, number, due)
        refused = [one for one in case.asking if str(one.person_id) not in case.admitted]
        if refused:
            jobs.append(_notice(case, _refusal_number(case), refused))
        return Recorded(
            case_id=request.case_id,
            number=number,
            decision=case.decision,
            badges=tuple(badges),
            jobs=tuple(jobs),
            due=due,
        )


def refuse(desk: Desk, officer: Officer, request: VisitRequest, seen: Decision) -> Recorded:
    """Record that nobody may pass today, with every reason, and order the notice.

    An officer, inspector or supervisor does this. Nothing of the entitlement is used.
    Raises as `admit` does.
    """
    must_register(officer)
    with entry(desk, Action.REFUSE, officer=officer, object_id=request.case_id) as e:
        case = _decide_again(desk, e, officer, request, seen, passes=False)
        case.step(StepKind.REFUSED, CaseState.REFUSED)
        number = _refusal_number(case)
        job = _notice(case, number, case.asking)
        return Recorded(request.case_id, number, case.decision, jobs=(job,))


# ---- inside the transaction


@dataclass(slots=True)
class _Case:
    """A case while it is being written. `member_ids` by person, in the order of the group."""

    desk: Desk
    e: Entry
    officer: Officer
    request: VisitRequest
    gathered: Gathered
    decision: Decision
    member_ids: dict[UUID, UUID]
    steps: int = 0

    @property
    def asking(self) -> tuple[Asking, ...]:
        return self.gathered.asking

    @property
    def admitted(self) -> frozenset[str]:
        return frozenset(self.decision.admitted)

    def step(self, kind: StepKind, state: CaseState, member_id: UUID | None = None) -> None:
        self.steps += 1
        self.e.add(
            Step,
            case_id=self.request.case_id,
            no=self.steps,
            kind=kind,
            state=state,
            member_id=member_id,
            at=self.e.now,
            staff_id=self.officer.staff_id,
        )


def _decide_again(
    desk: Desk,
    e: Entry,
    officer: Officer,
    request: VisitRequest,
    seen: Decision,
    *,
    passes: bool,
) -> _Case:
    """Ask the rules once more, now that nobody else writes, and write the head of the case."""
    if Case.select().where(Case.id == request.case_id).exists():
        raise AlreadyDone(
            number_of(request.case_id), N_("This case is recorded already: {number}.")
        )
    gathered = gather(desk, request, e.now, e.day)
    rule_set_id = rulebook.in_force_id(desk, e.day)
    decision = decide(gathered.facts, rulebook.load(rule_set_id))
    if not decision.answers_like(seen) or decision.passes is not passes:
        raise DecisionChanged(
            N_("The answer has changed meanwhile; nothing was recorded. Read it once more.")
        )
    e.add(
        Case,
        id=request.case_id,
        service=request.service,
        prisoner_id=request.prisoner_id,
        prisoner_detail_id=gathered.prisoner.detail_id,
        day=e.day,
        at=e.now,
        staff_id=officer.staff_id,
    )
    member_ids = _add_members(e, request, gathered, decision)
    e.add(
        StoredDecision,
        case_id=request.case_id,
        at=e.now,
        rule_set_id=rule_set_id,
        result=decision.outcome,
        reasons=[_reason_row(reason) for reason in decision.reasons],
        inputs=_inputs(gathered),
        staff_id=officer.staff_id,
    )
    return _Case(desk, e, officer, request, gathered, decision, member_ids)


def _add_members(
    e: Entry, request: VisitRequest, gathered: Gathered, decision: Decision
) -> dict[UUID, UUID]:
    """One member a person. A document in hand is recorded.

    The lead is the first adult who goes in; the first named where none does.
    """
    adults = [str(one.person_id) for one in gathered.asking if one.is_adult]
    lead = next((one for one in adults if one in decision.admitted), next(iter(adults), ""))
    member_ids: dict[UUID, UUID] = {}
    for no, one in enumerate(gathered.asking, 1):
        document_id = one.document_id
        if document_id is None and one.seen is not None:
            document_id = add_document(e, one.person_id, one.seen)
        role = MemberRole.ADULT if one.is_adult else MemberRole.CHILD
        member_ids[one.person_id] = e.add(
            Member,
            case_id=request.case_id,
            no=no,
            person_id=one.person_id,
            detail_id=one.detail_id,
            document_id=document_id,
            role=MemberRole.LEAD if str(one.person_id) == lead else role,
            relation=one.relation,
        )
    return member_ids


def _inputs(gathered: Gathered) -> dict[str, object]:
    """What went into the decision: ids, codes, counts and ages; nobody's name or number."""
    facts = gathered.facts
    prisoner = facts.prisoner
    return {
        "service": facts.service,
        "day": facts.day.isoformat(),
        "prisoner": {
            "category": prisoner.category,
            "regime": prisoner.regime,
            "condition": prisoner.condition,
            "sex": prisoner.sex,
            "minor": is_minor(prisoner, facts.day),
            "statuses": [[one.status, one.from_at, one.until_at] for one in prisoner.statuses],
            "medical": sorted(prisoner.medical),
        },
        "people": [
            {
                "person": str(one.person_id),
                "age": one.age,
                "adult": one.is_adult,
                "lead": facts.people[place].lead,
                "inside": facts.people[place].inside,
                "met_on": sorted(day.isoformat() for day in facts.people[place].met_on),
                "relation": one.relation,
                "expires": one.seen.expires.isoformat()
                if one.seen is not None and one.seen.expires
                else None,
                "confirmed": sorted(one.confirmed),
            }
            for place, one in enumerate(gathered.asking)
        ],
        "uses": [[use.service, use.counts_on.isoformat(), use.pieces] for use in facts.uses],
        "restrictions": [restriction.restriction for restriction in facts.restrictions],
    }


def _reason_row(reason: Reason) -> dict[str, object]:
    # A child may come alone from the eighteenth birthday on: that day is a date of birth.
    tells_birth = reason.code is ReasonCode.NO_ADULT
    row = {
        "code": reason.code,
        "rule": reason.rule,
        "legal_ref": reason.legal_ref,
        "person": reason.person,
        "free_from": reason.free_from.isoformat()
        if reason.free_from and not tells_birth
        else None,
        "until": reason.until.isoformat() if reason.until else None,
        "used": reason.used,
        "limit": reason.limit,
        "restriction": reason.restriction,
    }
    return {name: value for name, value in row.items() if value is not None}


def _refusal_number(case: _Case) -> str:
    no = case.e.number(Series.REFUSAL, case.request.case_id)
    return shown(Series.REFUSAL, str(case.e.day.year), no)


def _take_entitlement(case: _Case) -> int | None:
    """Use up one visit where visits are counted; until when they may stay (UTC ms)."""
    decision, request = case.decision, case.request
    if request.service not in PRIVILEGED:
        case.e.add(
            Ledger,
            prisoner_id=request.prisoner_id,
            service=request.service,
            counts_on=case.e.day,
            kind=LedgerKind.USE,
            pieces=1,
            grams=0,
            case_id=request.case_id,
            rule=decision.balance.rule if decision.balance else None,
            staff_id=case.officer.staff_id,
        )
    return case.e.now + decision.hours * HOUR if decision.hours else None


def _enter(
    case: _Case, visit_no: int, number: str, due: int | None
) -> tuple[list[str], list[UUID]]:
    """One step, one place inside and one badge for each who is admitted."""
    year = case.e.day.year
    badges: list[str] = []
    jobs: list[UUID] = []
    # Adults first: a child is never inside alone, not even between two steps.
    in_order = sorted(enumerate(case.asking, 1), key=lambda numbered: not numbered[1].is_adult)
    for no, one in in_order:
        if str(one.person_id) not in case.admitted:
            continue
        member_id = case.member_ids[one.person_id]
        case.step(StepKind.ENTERED, CaseState.INSIDE, member_id)
        Presence.create(
            member_id=member_id,
            person_root=one.person_id,
            case_id=case.request.case_id,
            since=case.e.now,
            due=due,
        )
        code = badge_code.encode(case.desk.gate, year, visit_no, no)
        badges.append(code)
        jobs.append(_badge(case, one, number, no, code, due))
    # The trigger on `step` keeps the state; the time they are due is ours to keep.
    CaseNow.update(due_at=due).where(CaseNow.case_id == case.request.case_id).execute()
    return badges, jobs


# ---- papers


def _badge(case: _Case, one: Asking, number: str, no: int, code: str, due: int | None) -> UUID:
    desk, prisoner = case.desk, case.gathered.prisoner
    body = BadgeBody(
        site_name=desk.site_name,
        number=number,
        badge=f"{number}-{no}",
        code=code,
        name=one.name.full,
        service=case.request.service,
        admitted_at=printing.iso_local(case.e.now, desk.zone),
        due_at=printing.iso_local(due, desk.zone) if due is not None else None,
        prisoner=prisoner.name.short,
        file_number=prisoner.file_number,
        language=one.language,
    )
    return printing.order(desk, case.e, case.request.case_id, Template.BADGE, body)


def _notice(case: _Case, number: str, refused: Iterable[Asking]) -> UUID:
    """The refusal notice: for those refused, and with the reasons that concern them."""
    desk, prisoner, decision = case.desk, case.gathered.prisoner, case.decision
    people = list(refused)
    names = {str(one.person_id): one.name.short for one in case.asking}
    wanted = {str(one.person_id) for one in people}
    reasons = tuple(
        PaperReason(
            code=reason.code,
            rule=reason.rule,
            legal_ref=reason.legal_ref,
            name=names.get(reason.person or "", "") if len(names) > 1 else "",
            free_from=reason.free_from,
            until=reason.until,
            used=reason.used,
            limit=reason.limit,
            since=reason.since,
            in_grams=reason.unit is Limit.GRAMS,
        )
        for reason in decision.reasons
        if reason.person is None or reason.person in wanted
    )
    body = RefusalBody(
        site_name=desk.site_name,
        number=number,
        code=paper_code.of_number(desk.gate, number),
        refused_at=printing.iso_local(case.e.now, desk.zone),
        names=tuple(one.name.full for one in people),
        service=case.request.service,
        prisoner=prisoner.name.short,
        file_number=prisoner.file_number,
        category=prisoner.category,
        reasons=reasons,
        next_allowed=decision.next_allowed,
        officer=case.officer.name,
        language=people[0].language if people else "",
    )
    return printing.order(desk, case.e, case.request.case_id, Template.REFUSAL, body)
