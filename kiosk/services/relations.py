"""Who belongs to a prisoner: stated with a proof, approved, and agreed to by the prisoner.

A relation never changes: it ends, and another one takes its place. That somebody is no kin is
written down only where the prisoner answered about them.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

from kiosk.codes import Action, Consent, Relation, ReviewKind, Role
from kiosk.errors import Invalid
from kiosk.models import Kinship
from kiosk.rules.days import day_after, start_of
from kiosk.rules.facts import RelationFacts, Span
from kiosk.services import person_card, prisoners, reviews, same
from kiosk.services.desk import Desk
from kiosk.services.duty import must_register, must_supervise
from kiosk.services.endings import lasting
from kiosk.services.entry import Entry, entry
from kiosk.services.pairs import is_approved, pair, pair_of
from kiosk.services.prepared import Prepared
from kiosk.text import N_
from kiosk.values import Officer, Stated

CLOSE = frozenset(Relation) - {Relation.OTHER_KIN, Relation.NOT_KIN}
_AGREES = {Consent.YES: True, Consent.NO: False, Consent.UNASKED: None}


def holding(
    person_ids: Collection[UUID], prisoner_ids: Collection[UUID], desk: Desk
) -> dict[UUID, RelationFacts]:
    """The relation of each of `person_ids` to the prisoner recorded under `prisoner_ids`.

    Of several the one recorded last; who has none is left out.
    """
    groups = same.groups(person_ids)
    everybody = {one for group in groups.values() for one in group}
    rows = _HOLDING(list(prisoner_ids), list(everybody))
    # A later one stands over the earlier ones.
    last = {
        person_id: row
        for row in rows
        for person_id, group in groups.items()
        if row.person_id in group
    }
    return {
        person_id: RelationFacts(
            kind=row.kind,
            approved=is_approved(row),
            consent=_AGREES[row.consent],
            span=span_of(desk, row.from_day, row.to_day),
        )
        for person_id, row in last.items()
    }


_HOLDING = Prepared(
    lambda prisoner_ids, person_ids: lasting(
        Kinship, Kinship.prisoner_id.in_(prisoner_ids), Kinship.person_id.in_(person_ids)
    )
)


def span_of(desk: Desk, from_day: date | None, to_day: date | None) -> Span:
    """Whole days of the site, both included, as moments (UTC ms)."""
    after = None if to_day is None else day_after(to_day)
    return Span(
        None if from_day is None else start_of(from_day, desk.zone),
        None if after is None else start_of(after, desk.zone),
    )


def state(desk: Desk, officer: Officer, person_id: UUID, stated: Stated) -> None:
    """Record what a visitor says they are to a prisoner. Whoever registers does this.

    Close kin whose proof was seen is approved at once, and everything a supervisor states;
    any other waits for one. What is approved is not outdone by mere words. Raises NotFound
    for an unknown person or prisoner.
    """
    must_register(officer)
    with entry(desk, Action.RECORD_RELATION, officer=officer, object_id=person_id) as e:
        person_card.detail_of(person_id)
        prisoners.detail_of(stated.prisoner_id)
        record_stated(e, officer, person_id, stated)


def record_stated(e: Entry, officer: Officer, person_id: UUID, stated: Stated) -> None:
    """As `state`, inside the transaction `e`, for a person and a prisoner that exist."""
    if stated.kind is Relation.NOT_KIN:
        return
    two = pair(person_id, stated.prisoner_id)
    approves = officer.may(Role.SUPERVISOR) or (
        stated.proof is not None and stated.kind in CLOSE
    )
    held = two.row
    if held is not None and held.kind is not Relation.NOT_KIN:
        says_no_more = held.kind is stated.kind and stated.proof in (None, held.proof)
        is_over = held.to_day is not None and held.to_day < e.day
        if not approves and (is_approved(held) or says_no_more):
            return
        if approves and says_no_more and is_approved(held) and not is_over:
            return
    two.replace(
        e,
        officer,
        kind=stated.kind,
        proof=stated.proof,
        approved_by=officer.staff_id if approves else None,
        from_day=None,
        to_day=None,
    )


def recorded(desk: Desk, person_id: UUID, prisoner_id: UUID) -> Stated | None:
    """What is recorded between two, as a form proposes it; None: nothing."""
    row = pair(person_id, prisoner_id).row
    return None if row is None else Stated(prisoner_id, Relation(row.kind), row.proof)


def approve(
    desk: Desk,
    officer: Officer,
    relation_id: UUID,
    from_day: date | None = None,
    to_day: date | None = None,
) -> None:
    """Stand for a relation, from and to the days given (None: open).

    A supervisor or an administrator does this. Raises Invalid for days in the wrong order,
    NotFound when the relation was ended or replaced meanwhile.
    """
    must_supervise(officer)
    with entry(desk, Action.RECORD_RELATION, officer=officer, object_id=relation_id) as e:
        if from_day is not None and to_day is not None and to_day < from_day:
            raise Invalid("to_day", N_("The relation would end before it begins."))
        pair_of(relation_id).replace(
            e, officer, approved_by=officer.staff_id, from_day=from_day, to_day=to_day
        )


def answer(
    desk: Desk, officer: Officer, person_id: UUID, prisoner_id: UUID, consent: Consent
) -> int:
    """Record whether the prisoner agrees to be visited by this person.

    Whoever registers does this. When the prisoner refuses, the visits of the two that are
    planned or under way come up for review: gives their number. Raises NotFound for an
    unknown person or prisoner.
    """
    must_register(officer)
    with entry(desk, Action.RECORD_RELATION, officer=officer, object_id=person_id) as e:
        person_card.detail_of(person_id)
        prisoners.detail_of(prisoner_id)
        two = pair(person_id, prisoner_id)
        if consent is two.consent:
            return 0
        before = two.history()
        relation_id = two.replace(e, officer, consent=consent)
        if consent is Consent.NO:
            raised = reviews.raise_for(
                e,
                ReviewKind.CONSENT,
                relation_id,
                prisoner_ids=two.prisoner_ids,
                person_ids=two.person_ids,
            )
            return raised.planned + raised.inside
        for row in before:
            if row.consent is Consent.NO:
                reviews.cause_gone(e, row.id)
        return 0


def end(desk: Desk, officer: Officer, relation_id: UUID) -> None:
    """End a relation, as after a divorce. A supervisor or an administrator does this.

    That the prisoner refuses the visitor stays. Raises NotFound when it was ended meanwhile.
    """
    must_supervise(officer)
    with entry(desk, Action.END_RELATION, officer=officer, object_id=relation_id) as e:
        two = pair_of(relation_id)
        if two.consent is Consent.NO:
            two.replace(
                e,
                officer,
                kind=Relation.NOT_KIN,
                proof=None,
                approved_by=None,
                from_day=None,
                to_day=None,
            )
        else:
            two.end(e, officer, "ended")
