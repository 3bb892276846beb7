"""A case after its decision: where it stands, who waits for the search, and its next step."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from kiosk.codes import CaseState, MemberRole, StepKind, VisitOutcome
from kiosk.errors import NotFound
from kiosk.models import CaseNow, Member, Presence, Step
from kiosk.services import ledger
from kiosk.services.entry import Entry
from kiosk.services.goods import actless
from kiosk.text import N_
from kiosk.values import Officer

# What the step `admitted` says beside its state: the numbers of those who may go in.
MEMBERS = "members"


@dataclass(slots=True)
class UnderWay:
    """A case inside the transaction that moves it on. `no` is the number of its last step."""

    e: Entry
    officer: Officer
    case_id: UUID
    state: CaseState
    no: int = 0

    def step(
        self,
        kind: StepKind,
        state: CaseState,
        member_id: UUID | None = None,
        *,
        reason: str | None = None,
        second_id: UUID | None = None,
        data: dict[str, object] | None = None,
    ) -> UUID:
        """What happened, and where the case stands afterwards; the id of the step."""
        self.no += 1
        self.state = state
        return self.e.add(
            Step,
            case_id=self.case_id,
            no=self.no,
            kind=kind,
            state=state,
            member_id=member_id,
            at=self.e.now,
            staff_id=self.officer.staff_id,
            second_id=second_id,
            reason=reason,
            data=data,
        )

    # ---- who is where

    @property
    def inside(self) -> list[Member]:
        return inside_of(self.case_id)

    @property
    def waiting(self) -> list[Member]:
        return waiting(self.case_id)

    # ---- those who do not go in

    def turn_away(self, member: Member, outcome: VisitOutcome) -> None:
        """Somebody who was admitted does not go in; nor do children left without an adult.

        When nobody went in and nobody still may, the case is called off and what it took is
        given back; when somebody was in before, it is left now. So it is while something found
        on one of them has no act, and is called off with the act.
        """
        turned, waits = [member], [one for one in self.waiting if one.id != member.id]
        if not any(is_adult(one) for one in (*self.inside, *waits)):
            turned, waits = [member, *waits], []
        over = not self.inside and not waits
        took_place = anybody_entered(self.case_id)
        waits_for_act = bool(actless.of_cases((self.case_id,)))
        for one in turned:
            left = over and (took_place or waits_for_act) and one is turned[-1]
            state = CaseState.LEFT if left else self.state
            self.step(StepKind.TURNED_AWAY, state, one.id, reason=outcome)
        if over and not took_place:
            if waits_for_act:
                ledger.give_back(self.e, self.officer, self.case_id)
            else:
                self.call_off(outcome)

    def end(self, outcome: VisitOutcome) -> None:
        """Nothing of a visit that all have left hangs any more: it is closed; called off, where
        all were turned away."""
        if anybody_entered(self.case_id):
            self.step(StepKind.CLOSED, CaseState.CLOSED, reason=outcome)
        else:
            self.call_off(last_turned_away(self.case_id))

    def call_off(self, reason: str) -> None:
        """Nobody went in: the case ends, and what it took is given back, once."""
        self.step(StepKind.CANCELLED, CaseState.CANCELLED, reason=reason)
        ledger.give_back(self.e, self.officer, self.case_id)


def under_way(e: Entry, officer: Officer, case_id: UUID) -> UnderWay:
    """The case as it stands now that nobody else writes. Raises NotFound."""
    return UnderWay(e, officer, case_id, *_stand(case_id))


def state_of(case_id: UUID) -> CaseState:
    """Where a case stands. Raises NotFound."""
    return _stand(case_id)[0]


def _stand(case_id: UUID) -> tuple[CaseState, int]:
    now = CaseNow.get_or_none(CaseNow.case_id == case_id)
    if now is None:
        raise NotFound(N_("There is no such visit in the register."))
    return CaseState(now.state), now.last_no


def inside_of(case_id: UUID) -> list[Member]:
    """Those of the case who are inside, in their order."""
    return _members(case_id, Member.id.in_(Presence.select(Presence.member_id)))


def waiting(case_id: UUID) -> list[Member]:
    """Those who were admitted and neither went in nor were turned away, in their order."""
    admitted = (
        Step.select(Step.data)
        .where(Step.case_id == case_id, Step.kind == StepKind.ADMITTED)
        .order_by(Step.no.desc())
        .first()
    )
    # A case of the time when everybody went in at once says nobody here.
    numbers = (admitted.data or {}).get(MEMBERS, ()) if admitted is not None else ()
    if not numbers:
        return []
    moved = Step.select(Step.member_id).where(
        Step.case_id == case_id,
        Step.kind.in_((StepKind.ENTERED, StepKind.TURNED_AWAY)),
    )
    return _members(case_id, Member.no.in_(list(numbers)), Member.id.not_in(moved))


def anybody_entered(case_id: UUID) -> bool:
    return bool(
        Step.select().where(Step.case_id == case_id, Step.kind == StepKind.ENTERED).exists()
    )


def last_turned_away(case_id: UUID) -> str:
    """Why the last of those who were turned away did not go in."""
    turned = Step.case_id == case_id, Step.kind == StepKind.TURNED_AWAY
    return str(Step.select().where(*turned).order_by(Step.no.desc()).get().reason)


def is_adult(member: Member) -> bool:
    return bool(member.role != MemberRole.CHILD)


def _members(case_id: UUID, *conditions: object) -> list[Member]:
    return list(
        Member.select().where(Member.case_id == case_id, *conditions).order_by(Member.no)
    )
