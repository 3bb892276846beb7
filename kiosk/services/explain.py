"""What the rules answer, or would have answered, at any moment: asked without an officer.

The question names a prisoner by file number, visitors by id, personal number or document
number, and the answer calls them the same: nobody's name leaves the register here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from uuid import UUID

from kiosk.clock import local_day
from kiosk.codes import Series, Service
from kiosk.errors import NotFound
from kiosk.models import Document, Person, PersonDetail, PrisonerDetail
from kiosk.rules.decide import decide
from kiosk.rules.decision import Decision
from kiosk.rules.rule_set import RuleSet
from kiosk.services import facts, prisoners, register_numbers, rulebook, same
from kiosk.services.desk import Desk
from kiosk.services.ids import new_id
from kiosk.text import N_, clean
from kiosk.values import MemberRequest, VisitRequest

_SHOWN = re.compile(r"(?P<series>[VPR])-(?P<year>[0-9]{2})-(?P<no>[0-9]{1,9})")


@dataclass(frozen=True, slots=True)
class Question:
    """`at` is UTC ms; `people` may be nobody: then it is about the prisoner alone."""

    prisoner: str
    people: tuple[str, ...]
    service: Service
    at: int
    grams: int | None = None


@dataclass(frozen=True, slots=True)
class Explained:
    """`called` says for each person id of the decision how the question named them."""

    question: Question
    rules: RuleSet
    decision: Decision
    called: dict[str, str]


def explain(desk: Desk, question: Question) -> Explained:
    """The decision as of what was known at the moment asked about; now, for one to come.

    Raises NotFound for somebody whom the register does not know, or knows more than once.
    """
    day = local_day(question.at, desk.zone)
    rules = rulebook.in_force(desk, day)
    people = {_person(one): one for one in question.people}
    request = VisitRequest(
        case_id=new_id(desk.clock),
        service=question.service,
        prisoner_id=_prisoner(question.prisoner),
        members=tuple(MemberRequest(person_id, None) for person_id in people),
    )
    gathered = facts.about(desk, request, question.at, day)
    return Explained(
        question=question,
        rules=rules,
        decision=decide(replace(gathered.facts, grams=question.grams), rules),
        called={str(person_id): asked for person_id, asked in people.items()},
    )


def _prisoner(file_number: str) -> UUID:
    """Whose file it is now: numbers are used again after years."""
    file_number = clean(file_number, 20)
    rows = PrisonerDetail.select().where(PrisonerDetail.file_number == file_number)
    found = {
        same.root(row.prisoner_id)
        for row in rows
        if prisoners.detail_of(row.prisoner_id).file_number == file_number
    }
    return _the_one(found, file_number)


def _person(asked: str) -> UUID:
    """By id, by personal number, or by the number of a document."""
    try:
        person_id = UUID(asked)
    except ValueError:
        number = clean(asked, 40).upper().replace(" ", "")
        rows = [
            *PersonDetail.select().where(PersonDetail.personal_number == number),
            *Document.select().where(Document.number == number),
        ]
        return _the_one({same.root(row.person_id) for row in rows}, asked)
    if Person.get_or_none(Person.id == person_id) is None:
        raise _unknown(asked)
    return person_id


def _the_one(found: set[UUID], asked: str) -> UUID:
    if not found:
        raise _unknown(asked)
    if len(found) > 1:
        raise NotFound(
            N_("{number} belongs to several records. Ask by the id of one."), number=asked
        )
    return found.pop()


def _unknown(asked: str) -> NotFound:
    return NotFound(N_("The register knows nobody by {number}."), number=asked)


def case_of(desk: Desk, number: str) -> UUID:
    """The case that bears a number like V-26-004512 or R-26-000012. Raises NotFound."""
    shown = _SHOWN.fullmatch(number.strip().upper())
    case_id = shown and register_numbers.case_of(
        desk.gate, Series(shown["series"]), 2000 + int(shown["year"]), int(shown["no"])
    )
    if not case_id:
        raise NotFound(N_("No case bears the number {number}."), number=number)
    return case_id
