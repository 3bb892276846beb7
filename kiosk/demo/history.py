"""The demo's past: a prison's people, and two years of visits and packages."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from heapq import heapify, heappop, heappush

from kiosk.clock import Clock, FixedClock, SystemClock, local_day
from kiosk.codes import Action
from kiosk.config import Settings
from kiosk.demo import belonging, documents, first_day, past_visits, people, stored_parcels
from kiosk.demo.officer import OFFICER, SECOND, SECOND_PASSPHRASE_HASH
from kiosk.demo.past_handovers import Shelves
from kiosk.demo.past_packages import PastPackages
from kiosk.demo.past_visits import Coming, moment
from kiosk.models import (
    AuditEntry,
    Credential,
    Person,
    PersonDetail,
    PrisonerDetail,
    Staff,
    Ticket,
)
from kiosk.post import Register
from kiosk.services import people as visitors
from kiosk.services import prisoners, rulebook
from kiosk.services.desk import Desk
from kiosk.services.entry import entry
from kiosk.services.goods import catalogue, places
from kiosk.services.opening import open_register
from kiosk.values import PrisonerEntry

SEED = 16
PRISONERS, VISITORS, VISITS, PACKAGES = 200, 400, 1500, 600
DAYS = 700
DAY_MS = 24 * 3_600_000


def furnish(
    settings: Settings, clock: Clock | None = None
) -> tuple[Register, list[tuple[str, ...]]]:
    """Open the demo's register, made once; and what the simulated reader scans, in turn."""
    now = clock or SystemClock()
    # The register itself is founded in the past: its order never runs backwards.
    founded = FixedClock(now.now() - (DAYS + 1) * DAY_MS)
    register = open_register(settings, clock=founded)
    desk = replace(register.desk, clock=now)
    scans = register.db.run_write(_furnish, desk)
    return Register(register.db, desk), scans


def _furnish(desk: Desk) -> list[tuple[str, ...]]:
    chance = random.Random(SEED)
    # Their ages and numbers follow from the day the demo was made, also in a later year.
    today = _made_on(desk)
    entered = list(people.prisoners(chance, PRISONERS, today))
    born = {p.file_number: p.birth_year for p in entered}
    coming = [
        people.of_an_age(one, born[one.comes_to])
        for one in people.visitors(chance, VISITORS, list(born), today)
    ]
    if not Person.select().exists():
        # One transaction: a demo that is broken off while it is made is made again.
        with Person._meta.database.atomic():
            _write(desk, chance, today, entered, coming)
    return _scans(chance, coming)


def _made_on(desk: Desk) -> date:
    """The local day on which this demo was made, by the first entry of its register."""
    founded: int = AuditEntry.get(AuditEntry.seq == 1).at
    return local_day(founded + (DAYS + 1) * DAY_MS, desk.zone)


def _write(
    desk: Desk,
    chance: random.Random,
    today: date,
    entered: list[PrisonerEntry],
    coming: list[people.MadeUpVisitor],
) -> None:
    founded = today - timedelta(days=DAYS)
    clock = FixedClock(moment(desk, founded, 8 * 60))
    past = replace(desk, clock=clock)
    with entry(past, Action.RECORD_PRISONER, officer=OFFICER) as e:
        for one in (OFFICER, SECOND):
            e.add(
                Staff,
                staff_id=one.staff_id,
                login=one.login,
                name=one.name,
                sex=one.sex,
                roles=one.roles,
                active=True,
                by_id=None,
            )
        Credential.create(staff_id=SECOND.staff_id, passphrase_hash=SECOND_PASSPHRASE_HASH)
        ids = prisoners.record_all(past, e, OFFICER, ((one, e.now) for one in entered))
        by_file = {one.file_number: of for one, of in zip(entered, ids, strict=True)}
    known: list[Coming] = []
    by_number = {prisoner.file_number: prisoner for prisoner in entered}
    with entry(past, Action.RECORD_PERSON, officer=OFFICER) as e:
        for number, visitor in enumerate(coming):
            person_id, document_id = visitors.record(e, visitor.entry)
            prisoner_id, prisoner = by_file[visitor.comes_to], by_number[visitor.comes_to]
            belonging.relate(e, number, person_id, prisoner_id, visitor)
            permission = belonging.permit(
                past, e, number, person_id, prisoner_id, prisoner, today
            )
            known.append(
                Coming(person_id, document_id, visitor, prisoner_id, prisoner, permission)
            )
    stored_parcels.enter_places(past)
    details = {row.person_id: row.id for row in PersonDetail.select()}
    details |= {row.prisoner_id: row.id for row in PrisonerDetail.select()}
    # A demo has one set of rules, and one catalogue, all through its past.
    rule_set_id = rulebook.in_force_id(past, founded)
    packages = PastPackages(
        past,
        clock,
        known,
        details,
        rule_set_id,
        rulebook.load(rule_set_id),
        {one.code: one for one in catalogue.in_force(past, founded)},
        Shelves(places.lines(past.gate)),
    )
    visits = past_visits.visits(past, clock, chance, known, details, founded, VISITS, DAYS)
    # What is brought has a chance of its own: those who come for visits come as ever.
    lives = packages.lives(random.Random(SEED), founded, PACKAGES, DAYS)
    _go_by(clock, (visits, *lives))
    stored_parcels.put(desk, known)
    first_day.begin(desk, known)


def _go_by(clock: FixedClock, going_on: Iterable[Iterator[int]]) -> None:
    """Let the time pass in which all this goes on: each acts at the moment it names before."""
    turns = [(next(one), no, one) for no, one in enumerate(going_on)]
    heapify(turns)
    while turns:
        at, no, one = heappop(turns)
        clock.at = max(clock.at + 1000, at)
        again = next(one, None)
        if again is not None:
            heappush(turns, (again, no, one))


def _scans(chance: random.Random, coming: list[people.MadeUpVisitor]) -> list[tuple[str, ...]]:
    """Known visitors in a random order, those who wait and the newcomers among the first."""
    scans = [documents.td1(visitor.entry.document) for visitor in chance.sample(coming, 60)]
    of_ticket = Ticket.person_id == PersonDetail.person_id
    waiting = PersonDetail.select().join(Ticket, on=of_ticket).order_by(Ticket.id)
    numbers = dict.fromkeys(row.personal_number for row in waiting)
    documents_of = {one.entry.personal_number: one.entry.document for one in coming}
    waiting_scans = [documents.td1(documents_of[one]) for one in numbers if one in documents_of]
    # The first by whom the scans begin, then who waits to go in, then who brings something.
    scans[1:1] = waiting_scans[:3]
    for place, newcomer in zip((1, 4), documents.NEWCOMERS, strict=True):
        scans.insert(place, documents.td1(newcomer))
    return list(scans)
