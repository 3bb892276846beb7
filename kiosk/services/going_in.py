"""Going in after the search: whoever was searched goes in, if the rules still say so.

Who is kept out by what came since the admission stays where they are until they are turned
away, two persons have signed, or what kept them out is gone.
"""

from __future__ import annotations

from uuid import UUID

from kiosk.clock import local_day
from kiosk.codes import Action, CaseState, VisitOutcome
from kiosk.errors import DecisionChanged, Invalid, Refused
from kiosk.models import Member
from kiosk.rules.decision import Decision
from kiosk.services import outcomes, passing, rulebook
from kiosk.services.case_writing import NO_SIGNATURE, add_decision, admitted_by_two
from kiosk.services.desk import Desk
from kiosk.services.duty import must_register
from kiosk.services.entry import entry, moment
from kiosk.services.still_passing import Again, decided
from kiosk.services.under_way import UnderWay, inside_of, is_adult, under_way, waiting
from kiosk.text import N_
from kiosk.values import Officer, Override, Proposal

_NOBODY = N_("Nobody who was searched waits here. Nothing was recorded.")
_CHANGED = N_("The answer has changed meanwhile; nothing was recorded. Read it once more.")


def kept_out(desk: Desk, officer: Officer, case_id: UUID) -> Proposal | None:
    """What keeps out those of a case who were searched; None when nothing does, or nobody
    waits.

    An officer, inspector or supervisor asks. Raises Invalid when two of them have turned out to
    be one person, NotFound.
    """
    must_register(officer)
    if not desk.enters_after_search:
        return None
    ready = _ready(case_id)
    at = moment(desk)
    if not ready:
        return None
    again = decided(desk, case_id, ready, inside_of(case_id), at)
    if not again.refused:
        return None
    rules = rulebook.in_force(desk, local_day(at, desk.zone))
    return Proposal(
        request=again.request,
        prisoner=again.gathered.prisoner,
        decision=again.answer,
        rule_set=rules.name,
        rules_confirmed=rules.confirmed,
        news=again.news,
    )


def let_in(
    desk: Desk,
    officer: Officer,
    case_id: UUID,
    seen: Decision | None = None,
    override: Override | None = None,
) -> CaseState:
    """Those of a case who were searched and wait go in: because what kept them out is gone, or
    with an `override` of what was `seen`.

    An officer, inspector or supervisor does this. Raises Refused when nobody waits so,
    DecisionChanged when something keeps one of them out that was not seen; NotAllowed and
    Refused for an override that is none.
    """
    must_register(officer)
    action = Action.SEARCH if override is None else Action.OVERRIDE
    with entry(desk, action, officer=officer, object_id=case_id) as e:
        case = under_way(e, officer, case_id)
        again = _again(desk, case)
        if seen is not None and not again.answer.answers_like(seen):
            raise DecisionChanged(_CHANGED)
        going_in = again.passing
        if override is not None:
            people = admitted_by_two(officer, again.gathered, again.answer, override)
            going_in = tuple(one for one in again.ready if str(one.person_id) in people)
            if not going_in:
                raise Refused(NO_SIGNATURE)
            add_decision(
                e, officer, case_id, again.rule_set_id, again.gathered, again.answer, override
            )
            if override.words:
                outcomes.note(e, officer, case_id, override.words)
        elif again.refused:
            raise DecisionChanged(_CHANGED)
        passing.let_in(case, going_in)
        return case.state


def turn_away(desk: Desk, officer: Officer, case_id: UUID) -> CaseState:
    """Those whom something keeps out since their admission do not go in; a visit that nobody
    entered is called off, and given back.

    An officer, inspector or supervisor does this. Raises Refused when nothing keeps anybody
    out, or nobody waits so.
    """
    must_register(officer)
    with entry(desk, Action.SEARCH, officer=officer, object_id=case_id) as e:
        case = under_way(e, officer, case_id)
        try:
            turned = _again(desk, case).refused
        except Invalid:
            turned = tuple(_ready(case_id))
        if not turned:
            raise Refused(N_("Nothing keeps them out any more. Let them in."))
        for one in turned:
            if one.id in {waits.id for waits in case.waiting}:
                passing.turn_away(case, one, VisitOutcome.REFUSED_ENTRY)
        return case.state


# ---- inside the transaction that records a search


def after_search(desk: Desk, case: UnderWay) -> bool:
    """Those who were searched go in, each for whom nothing stands against it now; a child
    waits until an adult of its group does. Whether somebody is kept out."""
    ready = _ready(case.case_id)
    if not ready:
        return False
    try:
        again = decided(desk, case.case_id, ready, case.inside, case.e.now)
    except Invalid:
        return True  # two of them are one person, as was seen meanwhile
    if again.passing:
        passing.let_in(case, again.passing)
    return bool(again.refused)


def _ready(case_id: UUID) -> list[Member]:
    """Those who were searched and wait; no child without an adult who goes in or is inside."""
    ready = [one for one in waiting(case_id) if passing.was_searched(one.id)]
    return ready if any(map(is_adult, (*ready, *inside_of(case_id)))) else []


def _again(desk: Desk, case: UnderWay) -> Again:
    ready = _ready(case.case_id)
    if not ready:
        raise Refused(_NOBODY)
    return decided(desk, case.case_id, ready, case.inside, case.e.now)
