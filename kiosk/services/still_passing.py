"""Whether those who were admitted and searched still may go in: decided again, as then.

Between the admission and the search a ban may come, two records may turn out to be one person,
the prisoner may be moved. What two persons signed for at the admission stands; what came since
does not, unless two persons sign for that too.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from kiosk.clock import local_day
from kiosk.codes import ReasonCode, Service
from kiosk.models import Case, Decision, Document, Ledger, Member, PersonDetail
from kiosk.rules.decide import decide
from kiosk.rules.decision import Decision as Answer
from kiosk.rules.decision import Reason
from kiosk.services import rulebook, sessions
from kiosk.services.desk import Desk
from kiosk.services.facts import Gathered, gather
from kiosk.services.person_card import seen_of
from kiosk.services.under_way import is_adult
from kiosk.values import DocumentSeen, MemberRequest, VisitRequest


@dataclass(frozen=True, slots=True)
class Again:
    """What the rules answer now. `news` are the reasons that stand against one of the `ready`
    and that nobody signed for; `passing` are those of them who may go in all the same."""

    request: VisitRequest
    gathered: Gathered
    rule_set_id: UUID
    answer: Answer
    ready: tuple[Member, ...]
    passing: tuple[Member, ...]
    news: tuple[Reason, ...]

    @property
    def refused(self) -> tuple[Member, ...]:
        return tuple(one for one in self.ready if one not in self.passing)


def decided(
    desk: Desk, case_id: UUID, ready: Sequence[Member], inside: Sequence[Member], at: int
) -> Again:
    """The rules asked about a case as of the moment `at` (UTC ms), as if it were not there.

    `ready` want to go in now, `inside` are in it already. Raises Invalid when two of them have
    turned out to be one person.
    """
    request = _request(desk, case_id, (*inside, *ready))
    day = local_day(at, desk.zone)
    gathered = gather(desk, request, at, day)
    rule_set_id = rulebook.in_force_id(desk, day)
    answer = decide(gathered.facts, rulebook.load(rule_set_id))
    news = tuple(_news(answer, case_id, ready))
    passing = _passing(news, ready, inside)
    return Again(request, gathered, rule_set_id, answer, tuple(ready), passing, news)


def _news(answer: Answer, case_id: UUID, ready: Sequence[Member]) -> list[Reason]:
    signed = {
        (row.get("code"), row.get("person"), row.get("restriction"))
        for decision in Decision.select(Decision.reasons).where(Decision.case_id == case_id)
        for row in decision.reasons
        if not row.get("condition")
    }
    about = {None, *(str(one.person_id) for one in ready)}
    return [
        one
        for one in answer.reasons
        if one.person in about
        # Whether an adult goes in with a child follows from what stands against the adults.
        and one.code is not ReasonCode.NO_ADULT
        and (one.code, one.person, one.restriction) not in signed
    ]


def _passing(
    news: Collection[Reason], ready: Sequence[Member], inside: Sequence[Member]
) -> tuple[Member, ...]:
    kept_out = {reason.person for reason in news}
    if None in kept_out:
        return ()
    going_in = tuple(one for one in ready if str(one.person_id) not in kept_out)
    return going_in if any(map(is_adult, (*going_in, *inside))) else ()


# ---- the case as it was asked for


def _request(desk: Desk, case_id: UUID, members: Sequence[Member]) -> VisitRequest:
    case, plan = Case.get_by_id(case_id), sessions.plan_of(case_id)
    service, pays = Service(case.service), _pays(case_id)
    return VisitRequest(
        case_id=case_id,
        service=service,
        prisoner_id=case.prisoner_id,
        members=tuple(
            MemberRequest(one.person_id, one.relation, seen=_shown(one))
            for one in sorted(members, key=lambda one: one.no)
        ),
        slot_id=plan.slot_id if plan is not None else None,
        nights=plan.nights if plan is not None else 0,
        swap_from=pays if pays is not service else None,
    )


def _shown(member: Member) -> DocumentSeen | None:
    """The document that they had in hand at the admission, not one that is known better now."""
    document = Document.get_or_none(Document.id == member.document_id)
    if document is None:
        return None
    return seen_of(document, PersonDetail.get_by_id(member.detail_id))


def _pays(case_id: UUID) -> Service | None:
    """The entitlement that the visit used up; None where none is counted."""
    last = Ledger.select().where(Ledger.case_id == case_id).order_by(Ledger.id.desc()).first()
    return None if last is None else Service(last.service)
