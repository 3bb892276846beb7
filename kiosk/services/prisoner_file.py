"""A prisoner's file as the card and the extract show it: balances, lines, consents, visits."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, cast
from uuid import UUID

from kiosk.clock import local_day
from kiosk.codes import Action, CaseState, Consent, Series, Service, Template
from kiosk.models import Case, CaseNow, Member, PersonDetail
from kiosk.papers import ExtractBody, ExtractLine, ExtractSum
from kiosk.rules.terms import Limit
from kiosk.services import (
    balances,
    printing,
    prisoners,
    relation_lines,
    rulebook,
    same,
    sessions,
)
from kiosk.services.consult import leave_trace
from kiosk.services.desk import Desk
from kiosk.services.duty import must_look_up
from kiosk.services.entry import entry, moment
from kiosk.services.register_numbers import numbers_of
from kiosk.services.under_way import anybody_entered
from kiosk.values import Name, Officer
from kiosk.values.balances import Agreement, PastVisit, PrisonerFile

# Papers are for the running period and the one before it.
_ON_PAPER = timedelta(days=732)


def file_of(desk: Desk, officer: Officer, prisoner_id: UUID) -> PrisonerFile:
    """All of the card as known now. Who opens it leaves a trace by `consult.prisoner`.

    Everybody who registers, and an administrator, may look. Raises NotFound.
    """
    must_look_up(officer)
    at = moment(desk)
    rules = rulebook.in_force(desk, local_day(at, desk.zone))
    card, standing = prisoners.known_at(desk, prisoner_id, at)
    return PrisonerFile(
        card=card,
        admitted=standing.admitted,
        medical=tuple(sorted(standing.medical)),
        balances=balances.balances(desk, prisoner_id, at),
        lines=balances.lines(desk, prisoner_id, at),
        agreements=_agreements(desk, officer, prisoner_id),
        rule_set=rules.name,
        rules_confirmed=rules.confirmed,
    )


def visits_of(desk: Desk, officer: Officer, prisoner_id: UUID) -> tuple[PastVisit, ...]:
    """Every case of the prisoner, refused and planned ones too, the newest first.

    Everybody who registers, and an administrator, may look.
    """
    must_look_up(officer)
    query = (
        Case.select(
            Case.id,
            Case.day,
            Case.service,
            CaseNow.state,
            PersonDetail.surname,
            PersonDetail.given,
        )
        .join(CaseNow, on=(CaseNow.case_id == Case.id))
        .join(Member, on=(Member.case_id == Case.id) & (Member.no == 1))
        .join(PersonDetail, on=(PersonDetail.id == Member.detail_id))
        .where(Case.prisoner_id.in_(list(same.group(prisoner_id))))
        .order_by(Case.day.desc(), Case.id.desc())
    )
    rows = cast("list[tuple[Any, ...]]", list(query.tuples()))
    case_ids = [row[0] for row in rows]
    numbers, days = numbers_of(case_ids), sessions.days_of(case_ids)
    visits = (
        PastVisit(
            case_id=case_id,
            day=days.get(case_id, day),
            service=Service(service),
            state=_state(case_id, CaseState(state)),
            number=numbers[case_id].get(Series.VISIT)
            or next(iter(numbers[case_id].values()), ""),
            who=Name(surname, given).short,
        )
        for case_id, day, service, state, surname, given in rows
    )
    return tuple(sorted(visits, key=lambda one: one.day, reverse=True))


def _state(case_id: UUID, state: CaseState) -> CaseState:
    """A visit that nobody entered did not take place, though it waits for the act of a find."""
    waits_for_act = state is CaseState.LEFT and not anybody_entered(case_id)
    return CaseState.CANCELLED if waits_for_act else state


def print_extract(desk: Desk, officer: Officer, prisoner_id: UUID) -> UUID:
    """Order the extract of the ledger: what is left and by which lines; the paper's id.

    Everybody who registers, and an administrator, may do this. Raises NotFound.
    """
    must_look_up(officer)
    with entry(desk, Action.REPORT, officer=officer) as e:
        card = prisoners.card_at(desk, prisoner_id, e.now)
        body = ExtractBody(
            site_name=desk.site_name,
            language=desk.languages[0],
            made_at=printing.iso_local(e.now, desk.zone),
            prisoner=card.name.full,
            file_number=card.file_number,
            rule_set=rulebook.in_force(desk, e.day).name,
            sums=tuple(
                ExtractSum(
                    rule=one.rule,
                    services=one.services,
                    in_grams=one.in_grams,
                    first=one.first,
                    last=one.last,
                    used=one.used,
                    limit=one.limit,
                    next_on=one.next_on,
                )
                for one in balances.balances(desk, prisoner_id, e.now)
            ),
            lines=tuple(
                ExtractLine(
                    day=one.counts_on,
                    service=one.service,
                    kind=one.kind,
                    number=one.number,
                    rule=one.rule,
                    amount=one.grams or one.pieces,
                    in_grams=bool(one.grams),
                    left=one.left,
                    left_in_grams=one.unit is Limit.GRAMS,
                )
                for one in balances.lines(desk, prisoner_id, e.now, e.day - _ON_PAPER)
            ),
            officer=officer.name,
        )
        leave_trace(desk, e, officer, prisoner_id)
        return printing.order(desk, e, None, Template.EXTRACT, body)


def _agreements(desk: Desk, officer: Officer, prisoner_id: UUID) -> tuple[Agreement, ...]:
    """What the prisoner answered about visitors, the refused ones first."""
    answered = [
        Agreement(one.person, one.kind, one.consent, one.consent_since)
        for one in relation_lines.of_prisoner(desk, officer, prisoner_id)
        if one.consent_since is not None
    ]
    return tuple(sorted(answered, key=lambda one: one.consent is not Consent.NO))
