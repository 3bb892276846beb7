"""A visit: proposed to the officer, then admitted or refused in one transaction.

What the screen shows is advice. `admit` and `refuse` decide again once they hold the pen,
with the same rules, and write nothing when the answer differs from the one shown: so two
officers never give out the same last visit.
"""

from __future__ import annotations

from uuid import UUID

from kiosk import badge_code
from kiosk.clock import local_day
from kiosk.codes import Action, CaseState, DraftKind, Series, StepKind
from kiosk.models import CaseNow, Room
from kiosk.rules.decide import decide
from kiosk.rules.decision import Decision
from kiosk.services import (
    drafts,
    outcomes,
    passing,
    rulebook,
    sessions,
    tickets,
    visit_papers,
)
from kiosk.services.case_writing import Writing, write
from kiosk.services.desk import Desk
from kiosk.services.duty import must_register
from kiosk.services.entry import entry, moment
from kiosk.services.facts import gather
from kiosk.services.ids import new_id
from kiosk.services.register_numbers import shown
from kiosk.services.under_way import MEMBERS
from kiosk.values import Officer, Override, Proposal, Recorded, VisitRequest

HOUR = 3_600_000  # ms
NIGHT = 24 * HOUR


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


def admit(
    desk: Desk,
    officer: Officer,
    request: VisitRequest,
    seen: Decision,
    override: Override | None = None,
) -> Recorded:
    """Let in those whom the decision admits; `seen` is the decision that the screen showed.

    An officer, inspector or supervisor does this. Of a group some may be refused: they get
    a notice with a number of their own. With an `override` a second person stands for those
    whom the rules refuse, as far as anybody may sign against the reasons. Where members go
    in after the search, they are admitted and wait for it. Raises DecisionChanged when the
    rules answer otherwise now, AlreadyDone when this case was recorded before, NotAllowed or
    Refused for an override that is none; nothing is written then.
    """
    must_register(officer)
    action = Action.ADMIT if override is None else Action.OVERRIDE
    with entry(desk, action, officer=officer, object_id=request.case_id) as e:
        case = write(desk, e, officer, request, seen, passes=True, override=override)
        no = e.number(Series.VISIT, request.case_id)
        number = shown(Series.VISIT, str(e.day.year), no)
        case.use_up()
        due, room = _due(case), _room(request.slot_id)
        members = [case.members[one.person_id] for one in case.going_in]
        case.under_way.step(
            StepKind.ADMITTED,
            CaseState.ADMITTED,
            second_id=override.second.staff_id if override is not None else None,
            data={MEMBERS: [member.no for member in members], **case.confirmed},
        )
        # The trigger on `step` keeps the state; the time they are due is ours to keep.
        CaseNow.update(due_at=due).where(CaseNow.case_id == request.case_id).execute()
        _place(case)
        if not desk.enters_after_search:
            passing.let_in(case.under_way, members)
        badges, jobs = _badges(case, no, number, due, room)
        if case.kept_out:
            jobs.append(visit_papers.order_notice(case, _refusal_number(case), case.kept_out))
        if desk.movement_slip:
            jobs.append(visit_papers.order_slip(case, number, due, room))
        if override is not None and override.words:
            outcomes.note(e, officer, request.case_id, override.words)
        _done(case)
        return Recorded(
            case_id=request.case_id,
            number=number,
            decision=case.decision,
            badges=tuple(badges),
            jobs=tuple(jobs),
            due=due,
            overridden=override is not None,
        )


def refuse(desk: Desk, officer: Officer, request: VisitRequest, seen: Decision) -> Recorded:
    """Record that nobody may pass today, with every reason, and order the notice.

    An officer, inspector or supervisor does this. Nothing of the entitlement is used.
    Raises as `admit` does.
    """
    must_register(officer)
    with entry(desk, Action.REFUSE, officer=officer, object_id=request.case_id) as e:
        case = write(desk, e, officer, request, seen, passes=False)
        case.under_way.step(StepKind.REFUSED, CaseState.REFUSED, data=case.confirmed or None)
        number = _refusal_number(case)
        job = visit_papers.order_notice(case, number, case.asking)
        _done(case)
        return Recorded(request.case_id, number, case.decision, jobs=(job,))


# ---- inside the transaction


def _refusal_number(case: Writing) -> str:
    no = case.e.number(Series.REFUSAL, case.request.case_id)
    return shown(Series.REFUSAL, str(case.e.day.year), no)


def _due(case: Writing) -> int | None:
    """Until when they may stay (UTC ms): what the rules give, and no longer than the session
    lasts; of a long visit the nights that were asked for."""
    request, hours, now = case.request, case.decision.hours, case.e.now
    ends = [now + hours * HOUR] if hours else []
    if request.slot_id is not None:
        slot = sessions.slot_of(request.slot_id)
        ends.append(sessions.end_of(case.desk, slot, request.nights))
    elif request.nights:
        ends.append(now + request.nights * NIGHT)
    return min(ends, default=None)


def _room(slot_id: UUID | None) -> str:
    if slot_id is None:
        return ""
    return str(Room.get_by_id(sessions.slot_of(slot_id).room_id).code)


def _place(case: Writing) -> None:
    """In which session it takes place, unless the booking said so before."""
    request = case.request
    if request.slot_id is None:
        return
    plan = sessions.plan_of(request.case_id)
    if plan is None or (plan.slot_id, plan.nights) != (request.slot_id, request.nights):
        sessions.place(case.e, request.case_id, request.slot_id, request.nights)


def _badges(
    case: Writing, visit_no: int, number: str, due: int | None, room: str
) -> tuple[list[str], list[UUID]]:
    """A badge for each who is admitted: what its QR holds, and its paper."""
    codes: list[str] = []
    jobs: list[UUID] = []
    for one in sorted(case.going_in, key=lambda one: not one.is_adult):
        no = case.members[one.person_id].no
        code = badge_code.encode(case.desk.gate, case.e.day.year, visit_no, no)
        codes.append(code)
        jobs.append(visit_papers.order_badge(case, one, number, code, due, room))
    return codes, jobs


def _done(case: Writing) -> None:
    """What the case leaves behind: its ticket is served, its draft is no draft any more."""
    if case.request.ticket_id is not None:
        tickets.served(case.desk, case.e, case.officer, case.request.ticket_id)
    drafts.done(case.officer.staff_id, DraftKind.ARRIVAL)
