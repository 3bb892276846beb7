"""A restriction is put on, lifted, or made to hold longer; what it concerns is looked at again.

None is ever deleted: one ends on its last day, or by being lifted, and its history stays.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from kiosk.codes import Action, GoodsClass, LiftReason, RestrictionKind, ReviewKind, Service
from kiosk.errors import Invalid, NotFound
from kiosk.models import Person, Prisoner, Restriction
from kiosk.rules.kinds import ON_DUTY
from kiosk.services import reviews, same
from kiosk.services.bearers import bearers
from kiosk.services.desk import Desk
from kiosk.services.duty import must_supervise
from kiosk.services.endings import end, lasting
from kiosk.services.entry import Entry, entry
from kiosk.services.goods import ban_proposals
from kiosk.text import N_, clean
from kiosk.values import Officer, Restricted, RestrictionEntry

LONGEST_YEARS = 10
# What a restriction of goods can be: a stop of a class, for all or for one prisoner.
_OF_GOODS = (RestrictionKind.STOP, RestrictionKind.BAN)
# What it concerns where no service is named, if not every social visit and goods.
_SOCIAL = {RestrictionKind.CLOSED: frozenset({Service.SHORT_VISIT, Service.LONG_VISIT})}


def restrict(desk: Desk, officer: Officer, asked: RestrictionEntry) -> Restricted:
    """Record a restriction, and put up for review what it concerns.

    A supervisor or an administrator does this. Raises Invalid for days that cannot be and
    for a kind that does not fit whom it is put on, NotFound for nobody known.
    """
    must_supervise(officer)
    with entry(desk, Action.RECORD_RESTRICTION, officer=officer) as e:
        _check_days(asked, e.day)
        _check_target(asked)
        if asked.kind is RestrictionKind.BAN and asked.person_id is not None:
            ban_proposals.banned(e, officer, asked.person_id)
        return _add(e, asked)


def lift(desk: Desk, officer: Officer, restriction_id: UUID, reason: LiftReason) -> None:
    """Say that a restriction holds no more from today on; what it had put up is settled.

    A supervisor or an administrator does this. Raises Invalid when it is lifted or over
    already, NotFound for no such restriction.
    """
    must_supervise(officer)
    with entry(desk, Action.END_RESTRICTION, officer=officer, object_id=restriction_id) as e:
        _holding(e, restriction_id)
        end(e, officer, Restriction, restriction_id, reason, e.day)
        reviews.cause_gone(e, restriction_id)


def extend(
    desk: Desk, officer: Officer, restriction_id: UUID, to_day: date | None, paper_no: str = ""
) -> Restricted:
    """Let a restriction hold until another day: a new one that takes its place from today.

    A supervisor or an administrator does this. `to_day` None: until it is lifted. Raises
    Invalid for a day that is no later one, and as `lift` does.
    """
    must_supervise(officer)
    with entry(desk, Action.RECORD_RESTRICTION, officer=officer) as e:
        row = _holding(e, restriction_id)
        if row.to_day is None or (to_day is not None and to_day <= row.to_day):
            raise Invalid("to_day", N_("It holds that long already; nothing was recorded."))
        asked = RestrictionEntry(
            kind=row.kind,
            from_day=max(row.from_day, e.day),
            to_day=to_day,
            ground=row.ground,
            person_id=row.person_id,
            prisoner_id=row.prisoner_id,
            other_prisoner_id=row.other_prisoner_id,
            services=frozenset(Service(code) for code in row.services or ()),
            goods=frozenset(row.goods or ()),
            issuer=row.issuer,
            paper_no=paper_no or row.paper_no or "",
        )
        _check_days(asked, e.day)
        end(e, officer, Restriction, restriction_id, LiftReason.EXTENDED, e.day)
        reviews.cause_gone(e, restriction_id)
        return _add(e, asked)


def _check_days(asked: RestrictionEntry, today: date) -> None:
    to_day, from_day = asked.to_day, asked.from_day
    if to_day is not None and to_day < from_day:
        raise Invalid("to_day", N_("The restriction would end before it begins."))
    if to_day is not None and to_day < today:
        raise Invalid("to_day", N_("The restriction would be over already."))
    if to_day is not None and to_day.year > from_day.year + LONGEST_YEARS:
        raise Invalid("to_day", N_("More than ten years: look at the year."))
    if asked.at_once and from_day != today:
        raise Invalid("from_day", N_("Only what begins today can begin at this moment."))


def _check_target(asked: RestrictionEntry) -> None:
    kind = asked.kind
    whole = asked.person_id is None and asked.prisoner_id is None
    if kind is RestrictionKind.STOP and not whole:
        raise Invalid("kind", N_("A stop is of the whole facility. Leave the names empty."))
    if kind is RestrictionKind.NON_ASSOCIATION:
        _check_pair(asked)
    elif asked.other_prisoner_id is not None:
        raise Invalid("other", N_("A second prisoner stands only where two are kept apart."))
    elif whole and kind is not RestrictionKind.STOP:
        raise Invalid("person", N_("On whom? Name a visitor, a prisoner, or both."))
    if asked.goods and kind not in _OF_GOODS:
        raise Invalid("goods", N_("Classes of goods go with a ban or a stop only."))
    if asked.goods - frozenset(GoodsClass):
        raise Invalid("goods", N_("There is no such class of goods."))
    for model, one in (
        (Person, asked.person_id),
        (Prisoner, asked.prisoner_id),
        (Prisoner, asked.other_prisoner_id),
    ):
        if one is not None and model.get_or_none(model.id == one) is None:
            raise NotFound(N_("There is no such person in the register."))


def _check_pair(asked: RestrictionEntry) -> None:
    if asked.prisoner_id is None or asked.other_prisoner_id is None or asked.person_id:
        raise Invalid("other", N_("Two prisoners are kept apart: name both, and nobody else."))
    if asked.other_prisoner_id in same.group(asked.prisoner_id):
        raise Invalid("other", N_("This is the same prisoner. Name another one."))


def _add(e: Entry, asked: RestrictionEntry) -> Restricted:
    restriction_id = e.add(
        Restriction,
        person_id=asked.person_id,
        prisoner_id=asked.prisoner_id,
        other_prisoner_id=asked.other_prisoner_id,
        kind=asked.kind,
        services=sorted(asked.services) or None,
        goods=sorted(asked.goods) or None,
        from_day=asked.from_day,
        to_day=asked.to_day,
        ground=asked.ground,
        issuer=asked.issuer,
        from_at=e.now if asked.at_once else None,
        paper_no=clean(asked.paper_no, 20) or None,
    )
    e.object_id = restriction_id
    raised = _put_up(e, asked, restriction_id)
    return Restricted(restriction_id, raised.planned, raised.inside)


def _put_up(e: Entry, asked: RestrictionEntry, restriction_id: UUID) -> reviews.Raised:
    """Every visit that this concerns is looked at again; one of goods concerns none."""
    days = reviews.Days(asked.from_day, asked.to_day)
    if asked.kind is RestrictionKind.NON_ASSOCIATION:
        assert asked.prisoner_id is not None
        assert asked.other_prisoner_id is not None
        return reviews.raise_for_two(
            e,
            restriction_id,
            same.group(asked.prisoner_id),
            same.group(asked.other_prisoner_id),
            days,
        )
    if asked.goods:
        return reviews.Raised()
    person_ids = bearers((asked.person_id,))[asked.person_id] if asked.person_id else ()
    return reviews.raise_for(
        e,
        ReviewKind.RESTRICTION,
        restriction_id,
        person_ids=person_ids,
        prisoner_ids=same.group(asked.prisoner_id) if asked.prisoner_id else (),
        days=days,
        services=asked.services or _SOCIAL.get(asked.kind, frozenset(Service) - ON_DUTY),
    )


def _holding(e: Entry, restriction_id: UUID) -> Restriction:
    """The restriction, neither lifted nor over."""
    row: Restriction | None = Restriction.get_or_none(Restriction.id == restriction_id)
    if row is None:
        raise NotFound(N_("There is no such restriction."))
    if not lasting(Restriction, Restriction.id == restriction_id).exists() or (
        row.to_day is not None and row.to_day < e.day
    ):
        raise Invalid("restriction", N_("It is lifted or over already; nothing was recorded."))
    return row
