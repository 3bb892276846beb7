"""Writes who is held and who comes, with every visit of ten years, onto a shelf."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any
from uuid import UUID

from kiosk.clock import FixedClock
from kiosk.codes import (
    Action,
    BanGround,
    Category,
    Consent,
    DocumentCheck,
    Issuer,
    PrisonerEventKind,
    Proof,
    Relation,
    RestrictionKind,
    RoomKind,
    SameGround,
    SearchKind,
    Service,
)
from kiosk.demo import people
from kiosk.demo.officer import OFFICER, SECOND
from kiosk.demo.past_visits import moment
from kiosk.models import (
    Case,
    Decision,
    Document,
    Kinship,
    Ledger,
    Member,
    Permission,
    Person,
    PersonDetail,
    Prisoner,
    PrisonerDetail,
    PrisonerEvent,
    RegisterNumber,
    Restriction,
    Room,
    SamePerson,
    Staff,
    Step,
    VisitSlot,
)
from kiosk.models.base import Fact
from kiosk.models.database import Database
from kiosk.names import keys
from kiosk.rules.kinds import PRIVILEGED
from kiosk.services.chain import Value
from kiosk.services.desk import Desk
from tests.bench import crowd_names
from tests.bench.bulk import Shelf

# A Tuesday morning: ten years lie behind it.
TODAY = date(2026, 11, 24)
YEARS = 10
SERVICES = {
    Service.SHORT_VISIT: 60,
    Service.LONG_VISIT: 20,
    Service.LAWYER_VISIT: 15,
    Service.OFFICIAL_VISIT: 3,
    Service.CLERGY_VISIT: 2,
}
_KINDS, _SHARES = list(SERVICES), list(SERVICES.values())
# As long as what a decision keeps; what it says is not asked here.
INPUTS = json.dumps({"kept": "0" * 900})
# The first of the visitors; each comes to many prisoners.
LAWYERS = 150
ROOMS, DAYS_PLANNED = 3, 60

_Row = tuple[type[Fact], dict[str, Value]]


@dataclass(frozen=True, slots=True)
class Comer:
    """A visitor, and to which prisoner of the list they come."""

    person_id: UUID
    detail_id: UUID
    document_id: UUID
    relation: Relation
    birth: str
    place: int


@dataclass(frozen=True, slots=True)
class Held:
    """A prisoner of the register."""

    prisoner_id: UUID
    detail_id: UUID
    category: Category


class Chronicle:
    """One prison's past, in the order in which it was recorded."""

    def __init__(
        self,
        desk: Desk,
        clock: FixedClock,
        chance: random.Random,
        shelf: Shelf,
        rule_set_id: UUID,
    ) -> None:
        self.desk, self.clock, self.chance = desk, clock, chance
        self.shelf, self.rule_set_id = shelf, rule_set_id
        self.lawyers: list[Comer] = []
        self._words: set[tuple[int, str, UUID]] = set()

    def prisoners(self, count: int) -> list[Held]:
        held: list[Held] = []
        with self.shelf.entry(self.desk, Action.RECORD_PRISONER, OFFICER.staff_id) as e:
            for officer in (OFFICER, SECOND):
                e.add(
                    Staff,
                    staff_id=officer.staff_id,
                    login=officer.login,
                    name=officer.name,
                    sex=officer.sex,
                    roles=officer.roles,
                    active=True,
                    by_id=None,
                )
            made_up = people.prisoners(self.chance, count, TODAY)
            for one in crowd_names.named_prisoners(self.chance, made_up):
                prisoner_id = e.add(Prisoner, at=e.now)
                detail_id = e.add(
                    PrisonerDetail,
                    prisoner_id=prisoner_id,
                    file_number=one.file_number,
                    prison=self.desk.prison,
                    surname=one.surname,
                    given=one.given,
                    patronymic=one.patronymic,
                    birth_year=one.birth_year,
                    sex=one.sex,
                )
                for kind, value in (
                    (PrisonerEventKind.STATUS, one.status),
                    (PrisonerEventKind.CATEGORY, one.category),
                    (PrisonerEventKind.REGIME, one.regime),
                    (PrisonerEventKind.CONDITION, one.condition),
                    (PrisonerEventKind.UNIT, one.unit),
                ):
                    e.add(
                        PrisonerEvent,
                        prisoner_id=prisoner_id,
                        kind=kind,
                        value=value,
                        from_at=e.now,
                        staff_id=OFFICER.staff_id,
                    )
                names = (one.surname, one.given, one.patronymic, one.file_number)
                self._remember(SearchKind.PRISONER, prisoner_id, *names)
                held.append(Held(prisoner_id, detail_id, one.category))
        return held

    def visitors(self, count: int, prisoners: int) -> list[Comer]:
        made_up = people.visitors(self.chance, count, [str(n) for n in range(prisoners)], TODAY)
        named = crowd_names.named(self.chance, made_up)
        comers = [comer for part in _parts(named, 500) for comer in self._record(part)]
        self.lawyers = comers[:LAWYERS]
        return comers

    def _record(self, made_up: list[people.MadeUpVisitor]) -> Iterator[Comer]:
        with self.shelf.entry(self.desk, Action.RECORD_PERSON, OFFICER.staff_id) as e:
            for one in made_up:
                entered, seen = one.entry, one.entry.document
                person_id = e.add(Person, at=e.now)
                detail_id = e.add(
                    PersonDetail,
                    person_id=person_id,
                    surname=entered.surname,
                    given=entered.given,
                    patronymic=entered.patronymic,
                    birth=entered.birth,
                    sex=entered.sex,
                    personal_number=entered.personal_number,
                    number_conflict=False,
                    phone=entered.phone,
                )
                document_id = e.add(
                    Document,
                    person_id=person_id,
                    kind=seen.kind,
                    country=seen.country,
                    number=seen.number,
                    surname=seen.surname,
                    given=seen.given,
                    birth=seen.birth,
                    sex=seen.sex,
                    expires=seen.expires,
                    source=seen.source,
                    check=DocumentCheck.OK,
                )
                self._remember(
                    SearchKind.PERSON,
                    person_id,
                    entered.surname,
                    entered.given,
                    entered.patronymic,
                    entered.personal_number,
                    seen.surname,
                    seen.given,
                    seen.number,
                )
                place = int(one.comes_to)
                yield Comer(
                    person_id, detail_id, document_id, one.relation, entered.birth, place
                )

    def belonging(self, held: list[Held], comers: list[Comer]) -> None:
        """Everybody's relation, and the papers that remand visits need."""
        for part in _parts(iter(comers), 500):
            with self.shelf.entry(self.desk, Action.RECORD_RELATION, OFFICER.staff_id) as e:
                for comer in part:
                    prisoner = held[comer.place]
                    e.add(
                        Kinship,
                        person_id=comer.person_id,
                        prisoner_id=prisoner.prisoner_id,
                        kind=comer.relation,
                        proof=Proof.BIRTH_CERTIFICATE,
                        consent=Consent.YES,
                        approved_by=OFFICER.staff_id,
                        staff_id=OFFICER.staff_id,
                    )
                    if prisoner.category is Category.REMAND:
                        e.add(
                            Permission,
                            prisoner_id=prisoner.prisoner_id,
                            person_id=comer.person_id,
                            issuer=Issuer.INVESTIGATOR,
                            paper_no=str(self.chance.randint(1, 9999)),
                            from_day=TODAY - timedelta(days=200),
                            to_day=TODAY + timedelta(days=200),
                            staff_id=OFFICER.staff_id,
                        )

    def limits(self, held: list[Held], comers: list[Comer]) -> None:
        """Bans of the years, most of them over; people who were recorded twice."""
        with self.shelf.entry(self.desk, Action.RECORD_RESTRICTION, OFFICER.staff_id) as e:
            for comer in self.chance.sample(comers, len(comers) // 50):
                begins = TODAY - timedelta(days=self.chance.randint(0, 365 * YEARS))
                pair = held[comer.place].prisoner_id if self.chance.random() < 0.3 else None
                e.add(
                    Restriction,
                    person_id=comer.person_id,
                    prisoner_id=pair,
                    kind=RestrictionKind.BAN,
                    from_day=begins,
                    to_day=begins + timedelta(days=self.chance.randint(30, 700)),
                    ground=BanGround.CONDUCT,
                    issuer=Issuer.PRISON,
                )
        with self.shelf.entry(self.desk, Action.RECORD_SAME, OFFICER.staff_id) as e:
            for _ in range(len(comers) // 200):
                one, other = self.chance.sample(comers, 2)
                e.add(
                    SamePerson,
                    a_id=one.person_id,
                    b_id=other.person_id,
                    ground=SameGround.FACE,
                    staff_id=OFFICER.staff_id,
                )

    def sessions(self) -> None:
        """Rooms, and two sessions a day in each for the days to come."""
        staff = {"staff_id": OFFICER.staff_id}
        with self.shelf.entry(self.desk, Action.PLAN_SLOTS, OFFICER.staff_id) as e:
            rooms = [
                e.add(Room, code=str(no), kind=RoomKind.SHORT, seats=12, **staff)
                for no in range(1, ROOMS + 1)
            ]
            for more in range(DAYS_PLANNED):
                for room_id in rooms:
                    for from_min in (10 * 60, 14 * 60):
                        e.add(
                            VisitSlot,
                            room_id=room_id,
                            day=TODAY + timedelta(days=more),
                            from_min=from_min,
                            to_min=from_min + 4 * 60,
                            seats=12,
                            **staff,
                        )

    def visit(self, held: list[Held], comer: Comer, day: date, number: int) -> None:
        chance, shelf = self.chance, self.shelf
        minute = 8 * 60 + number % 80 * 6
        at = self.clock.at = max(self.clock.at + 1000, moment(self.desk, day, minute))
        service = chance.choices(_KINDS, _SHARES)[0]
        prisoner = held[comer.place]
        if service is Service.LAWYER_VISIT:
            comer, prisoner = chance.choice(self.lawyers), chance.choice(held)
        refused = chance.random() < 0.05
        case_id, member_id = shelf.new_id(at), shelf.new_id(at)
        staff, prisoner_id, iso = OFFICER.staff_id.bytes, prisoner.prisoner_id.bytes, str(day)

        def step(no: int, kind: str, state: str, member: bytes | None = None) -> _Row:
            return Step, {
                "id": shelf.new_id(self.clock.at),
                "case_id": case_id,
                "no": no,
                "kind": kind,
                "state": state,
                "member_id": member,
                "at": self.clock.at,
                "staff_id": staff,
            }

        series, period = ("R" if refused else "V"), str(day.year)
        rows: list[_Row] = [
            (
                Case,
                {
                    "id": case_id,
                    "service": service,
                    "prisoner_id": prisoner_id,
                    "prisoner_detail_id": prisoner.detail_id.bytes,
                    "day": iso,
                    "at": at,
                    "staff_id": staff,
                },
            ),
            (
                Member,
                {
                    "id": member_id,
                    "case_id": case_id,
                    "no": 1,
                    "person_id": comer.person_id.bytes,
                    "detail_id": comer.detail_id.bytes,
                    "document_id": comer.document_id.bytes,
                    "role": "lead",
                    "relation": comer.relation.value,
                },
            ),
            (
                Decision,
                {
                    "id": shelf.new_id(at),
                    "case_id": case_id,
                    "at": at,
                    "rule_set_id": self.rule_set_id.bytes,
                    "result": "refuse" if refused else "allow",
                    "reasons": "[]",
                    "inputs": INPUTS,
                    "staff_id": staff,
                },
            ),
            (
                RegisterNumber,
                {
                    "id": shelf.new_id(at),
                    "series": series,
                    "period": period,
                    "no": shelf.number(self.desk.gate, series, period),
                    "object_id": case_id,
                },
            ),
        ]
        if refused:
            rows.append(step(1, "refused", "refused"))
            shelf.write(self.desk, Action.REFUSE, OFFICER.staff_id, case_id, rows)
            return
        if service not in PRIVILEGED:
            line = {
                "id": shelf.new_id(at),
                "prisoner_id": prisoner_id,
                "service": service.value,
                "counts_on": iso,
                "kind": "use",
                "pieces": 1,
                "grams": 0,
                "case_id": case_id,
                "rule": "V-02",
                "staff_id": staff,
            }
            rows.append((Ledger, line))
        rows.append(step(1, "admitted", "admitted"))
        rows.append(step(2, "entered", "inside", member_id))
        shelf.write(self.desk, Action.ADMIT, OFFICER.staff_id, case_id, rows)
        self.clock.at += 1000
        left = (step(3, "left", "left", member_id), step(4, "closed", "closed"))
        shelf.write(self.desk, Action.LEAVE, OFFICER.staff_id, case_id, left)

    # ---- words

    def _remember(self, kind: SearchKind, subject_id: UUID, *texts: str) -> None:
        for text in texts:
            self._words.update((int(kind), word, subject_id) for word in _keys(text))

    def words(self, db: Database) -> None:
        """In the order of the table itself, which then grows at its end."""
        rows = sorted((kind, word, subject.bytes) for kind, word, subject in self._words)
        with db.file.atomic():
            db.file.connection().cursor().executemany(
                "INSERT INTO search_key (kind, word, subject_id) VALUES (?, ?, ?)", rows
            )


# Names come again and again.
_keys = lru_cache(maxsize=1 << 16)(keys)


def _parts(items: Iterator[Any], count: int) -> Iterator[list[Any]]:
    part: list[Any] = []
    for item in items:
        part.append(item)
        if len(part) == count:
            yield part
            part = []
    if part:
        yield part
