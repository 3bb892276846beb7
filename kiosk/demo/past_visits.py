"""The demo's past visits, written as the services write them but without their questions.

The services ask the register 25 questions for each visit: 8 ms, so 1,500 would keep the demo
waiting for twelve seconds. Here the answers are known; the rules decide all the same.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from kiosk.clock import FixedClock, milliseconds
from kiosk.codes import (
    Action,
    CaseState,
    LedgerKind,
    MemberRole,
    Series,
    Service,
    StepKind,
)
from kiosk.demo.officer import OFFICER
from kiosk.demo.people import MadeUpVisitor
from kiosk.models import Case, Decision, Ledger, Member, Step
from kiosk.rules.decide import decide
from kiosk.rules.facts import (
    DocumentFacts,
    Facts,
    PermissionFacts,
    PersonFacts,
    PrisonerFacts,
    StatusEvent,
    Use,
)
from kiosk.services import decision_record, rulebook
from kiosk.services.desk import Desk
from kiosk.services.entry import Entry, entry
from kiosk.services.ids import new_id
from kiosk.values import PrisonerEntry

SERVICE = Service.SHORT_VISIT


@dataclass(frozen=True, slots=True)
class Coming:
    """A visitor, and to whom they come."""

    person_id: UUID
    document_id: UUID
    visitor: MadeUpVisitor
    prisoner_id: UUID
    prisoner: PrisonerEntry
    permission: PermissionFacts | None = None


def visits(
    past: Desk,
    clock: FixedClock,
    chance: random.Random,
    known: list[Coming],
    details: Mapping[UUID, UUID],
    first_day: date,
    count: int,
    days: int,
) -> Iterator[int]:
    """`count` visits over `days`; who asks once too often in a year is refused.

    Tells the moment (UTC ms) at which somebody comes or leaves, and writes it when it is asked
    for the next. `details` are the names under which visitors and prisoners were recorded.
    """
    uses: dict[UUID, list[Use]] = defaultdict(list)
    # A demo has one set of rules all through its past.
    rule_set_id = rulebook.in_force_id(past, first_day)
    rules = rulebook.load(rule_set_id)
    for number in range(count):
        day = first_day + timedelta(days=1 + number * (days - 2) // count)
        minute = 8 * 60 + (number % 5) * 70 + chance.randint(0, 60)
        yield moment(past, day, minute)
        # Each comes again after all the others: about four times in the two years.
        one = known[number % len(known)]
        facts = facts_of(past, one, SERVICE, clock.at, uses[one.prisoner_id])
        decision = decide(facts, rules)
        case_id = new_id(clock)
        action = Action.ADMIT if decision.passes else Action.REFUSE
        with entry(past, action, officer=OFFICER, object_id=case_id) as e:
            e.add(
                Case,
                id=case_id,
                service=SERVICE,
                prisoner_id=one.prisoner_id,
                prisoner_detail_id=details[one.prisoner_id],
                day=e.day,
                at=e.now,
                staff_id=OFFICER.staff_id,
            )
            member_id = e.add(
                Member,
                case_id=case_id,
                no=1,
                person_id=one.person_id,
                detail_id=details[one.person_id],
                document_id=one.document_id,
                role=MemberRole.LEAD,
                relation=one.visitor.relation,
                permission_id=one.permission.permission if one.permission else None,
            )
            e.add(
                Decision,
                case_id=case_id,
                at=e.now,
                rule_set_id=rule_set_id,
                result=decision.outcome,
                reasons=decision_record.reason_rows(decision),
                inputs={"service": SERVICE, "day": e.day.isoformat(), "uses": len(facts.uses)},
                staff_id=OFFICER.staff_id,
            )
            if not decision.passes:
                e.add(Step, **_step(e, case_id, 1, StepKind.REFUSED, CaseState.REFUSED))
                e.number(Series.REFUSAL, case_id)
                continue
            e.add(
                Ledger,
                prisoner_id=one.prisoner_id,
                service=SERVICE,
                counts_on=e.day,
                kind=LedgerKind.USE,
                pieces=1,
                grams=0,
                case_id=case_id,
                rule=decision.balance.rule if decision.balance else None,
                staff_id=OFFICER.staff_id,
            )
            e.add_all(
                Step,
                (
                    _step(e, case_id, 1, StepKind.ADMITTED, CaseState.ADMITTED),
                    _step(e, case_id, 2, StepKind.ENTERED, CaseState.INSIDE, member_id),
                ),
            )
            e.number(Series.VISIT, case_id)
        uses[one.prisoner_id].append(Use(SERVICE, day))
        yield clock.at + chance.randint(40, 170) * 60_000
        with entry(past, Action.LEAVE, officer=OFFICER, object_id=case_id) as e:
            e.add_all(
                Step,
                (
                    _step(e, case_id, 3, StepKind.LEFT, CaseState.LEFT, member_id),
                    _step(e, case_id, 4, StepKind.CLOSED, CaseState.CLOSED),
                ),
            )


def facts_of(desk: Desk, one: Coming, service: Service, at: int, uses: list[Use]) -> Facts:
    """What the rules may know of somebody who comes at the moment `at` (UTC ms)."""
    prisoner, document = one.prisoner, one.visitor.entry.document
    return Facts(
        service=service,
        at=at,
        zone=desk.zone,
        prisoner=PrisonerFacts(
            file_number=prisoner.file_number,
            category=prisoner.category,
            regime=prisoner.regime,
            condition=prisoner.condition,
            sex=prisoner.sex,
            birth=str(prisoner.birth_year),
            statuses=(StatusEvent(prisoner.status, 0),),
        ),
        people=(
            PersonFacts(
                person=str(one.person_id),
                birth=one.visitor.entry.birth,
                lead=True,
                document=DocumentFacts(document.country, document.number, document.expires),
                permissions=(one.permission,) if one.permission else (),
            ),
        ),
        uses=tuple(uses),
    )


def _step(
    e: Entry,
    case_id: UUID,
    no: int,
    kind: StepKind,
    state: CaseState,
    member_id: UUID | None = None,
) -> dict[str, object]:
    return {
        "case_id": case_id,
        "no": no,
        "kind": kind,
        "state": state,
        "member_id": member_id,
        "at": e.now,
        "staff_id": OFFICER.staff_id,
    }


def moment(desk: Desk, day: date, minute: int) -> int:
    """UTC ms of a minute of the site's day."""
    midnight = datetime.combine(day, time(), desk.zone)
    return milliseconds(midnight + timedelta(minutes=minute))
