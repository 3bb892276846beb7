"""The demo's past: a prison's people, and a year of visits that really passed the services."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from uuid import UUID

from kiosk.clock import FixedClock, milliseconds
from kiosk.codes import Action, Outcome, Service
from kiosk.demo import documents, people
from kiosk.demo.officer import OFFICER
from kiosk.errors import Refused
from kiosk.models import Person, Staff
from kiosk.post import Register
from kiosk.services import departures, prisoners, visits
from kiosk.services import people as visitors
from kiosk.services.desk import Desk
from kiosk.services.entry import entry
from kiosk.values import MemberRequest, PrisonerEntry, VisitRequest

SEED = 16
PRISONERS, VISITORS, VISITS = 200, 400, 1500
DAYS = 330


def furnish(register: Register) -> list[tuple[str, ...]]:
    """Make the prison once; the documents that the simulated reader scans, in turn."""
    return register.db.run_write(_furnish, register.desk)


def _furnish(desk: Desk) -> list[tuple[str, ...]]:
    chance = random.Random(SEED)
    today = desk.day()
    entered = list(people.prisoners(chance, PRISONERS, today))
    coming = list(people.visitors(chance, VISITORS, [p.file_number for p in entered], today))
    if not Person.select().exists():
        # One transaction: a demo that is broken off while it is made is made again.
        with Person._meta.database.atomic():
            _write(desk, chance, today, entered, coming)
    return _scans(chance, coming)


def _write(
    desk: Desk,
    chance: random.Random,
    today: date,
    entered: list[PrisonerEntry],
    coming: list[people.MadeUpVisitor],
) -> None:
    first_day = today - timedelta(days=DAYS)
    clock = FixedClock(_moment(desk, first_day, 8 * 60))
    past = replace(desk, clock=clock)
    by_file: dict[str, UUID] = {}
    with entry(past, Action.RECORD_PRISONER, officer=OFFICER) as e:
        e.add(
            Staff,
            staff_id=OFFICER.staff_id,
            login=OFFICER.login,
            name=OFFICER.name,
            sex=OFFICER.sex,
            roles=OFFICER.roles,
            active=True,
            by_id=None,
        )
        for prisoner in entered:
            by_file[prisoner.file_number] = prisoners.record(past, e, OFFICER, prisoner)
    known: list[tuple[UUID, people.MadeUpVisitor]] = []
    with entry(past, Action.RECORD_PERSON, officer=OFFICER) as e:
        for visitor in coming:
            person_id, _document = visitors.record(e, visitor.entry)
            known.append((person_id, visitor))
    _visit(past, clock, chance, first_day, by_file, known)


def _visit(
    past: Desk,
    clock: FixedClock,
    chance: random.Random,
    first_day: date,
    by_file: dict[str, UUID],
    known: list[tuple[UUID, people.MadeUpVisitor]],
) -> None:
    """About `VISITS` asked for; those that the rules refuse are refused, as at a real gate."""
    for number in range(VISITS):
        day = first_day + timedelta(days=1 + number * (DAYS - 2) // VISITS)
        minute = 8 * 60 + (number % 5) * 70 + chance.randint(0, 60)
        clock.at = max(clock.at + 1000, _moment(past, day, minute))
        person_id, visitor = chance.choice(known)
        request = VisitRequest(
            case_id=visits.new_case_id(past),
            service=Service.SHORT_VISIT,
            prisoner_id=by_file[visitor.comes_to],
            members=(MemberRequest(person_id, visitor.relation),),
        )
        proposal = visits.propose(past, OFFICER, request)
        try:
            if proposal.decision.outcome is Outcome.ALLOWED:
                visits.admit(past, OFFICER, request, proposal.decision)
                clock.at += chance.randint(40, 230) * 60_000
                departures.leave(past, OFFICER, request.case_id)
            else:
                visits.refuse(past, OFFICER, request, proposal.decision)
        except Refused:
            continue  # the same pair twice on one day


def _moment(desk: Desk, day: date, minute: int) -> int:
    """UTC ms of a minute of the site's day."""
    midnight = datetime.combine(day, time(), desk.zone)
    return milliseconds(midnight + timedelta(minutes=minute))


def _scans(chance: random.Random, coming: list[people.MadeUpVisitor]) -> list[tuple[str, ...]]:
    """Known visitors in a random order, with the newcomers among the first."""
    scans = [documents.td1(visitor.entry.document) for visitor in chance.sample(coming, 60)]
    for place, newcomer in zip((1, 4), documents.NEWCOMERS, strict=True):
        scans.insert(place, documents.td1(newcomer))
    return list(scans)
