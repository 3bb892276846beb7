"""What an officer sees of a visitor at a glance: who, how often here, to whom, banned.

Somebody recorded twice is one person here: every question goes to the whole group.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any, cast
from uuid import UUID

from peewee import JOIN

from kiosk.codes import CaseState, Relation, Series, StepKind
from kiosk.errors import NotFound
from kiosk.models import (
    Case,
    CaseNow,
    Document,
    Kinship,
    Member,
    PersonDetail,
    Presence,
    PrisonerDetail,
    Step,
)
from kiosk.rules.kinds import GOODS
from kiosk.services import presence, prisoners, restrictions, same, sessions
from kiosk.services.desk import Desk
from kiosk.services.endings import lasting
from kiosk.services.register_numbers import numbers_of
from kiosk.text import N_
from kiosk.values import DocumentSeen, Name, PastCase, PersonCard

LAST_CASES = 5
# What never was: called off, or said to be wrong afterwards.
_NEVER_WAS = (CaseState.VOID, CaseState.CANCELLED)


def card_of(desk: Desk, person_id: UUID, document_id: UUID | None = None) -> PersonCard:
    """The person as known now, with the document of that id, else the one seen last.

    Reads only; who opens a card for somebody calls `identify.card`, which leaves a trace.
    Raises NotFound.
    """
    everywhere = list(same.group(person_id))
    detail = _detail(everywhere)
    document = _document(everywhere, document_id)
    past = _past(everywhere)
    case_ids = [case["id"] for case in past]
    numbers, days = numbers_of(case_ids), sessions.days_of(case_ids)
    prisoner_id, relation = _belongs(everywhere, past)
    return PersonCard(
        person_id=min(everywhere),
        detail_id=detail.id,
        name=_name(detail, document),
        birth=detail.birth,
        sex=detail.sex,
        personal_number=detail.personal_number or "",
        number_conflict=detail.number_conflict,
        phone=detail.phone or "",
        language=detail.language or "",
        document_id=document.id if document else None,
        document=seen_of(document, detail) if document else None,
        visits=_visits(everywhere),
        last_cases=tuple(
            _past_case(case, days.get(case["id"], case["day"]), numbers[case["id"]])
            for case in past
            if case["state"] != CaseState.BOOKED
        ),
        last_prisoner=prisoners.card(desk, prisoner_id) if prisoner_id else None,
        last_relation=relation,
        restrictions=restrictions.on_person(desk, person_id),
        inside=next(iter(presence.inside_where(Presence.person_root.in_(everywhere))), None),
        records=len(everywhere),
    )


def detail_of(person_id: UUID) -> PersonDetail:
    """The current version of what is known. Raises NotFound."""
    return _detail(same.group(person_id))


def _detail(everywhere: Collection[UUID]) -> PersonDetail:
    versions = PersonDetail.select().where(PersonDetail.person_id.in_(list(everywhere)))
    return newest(versions)


def newest(versions: Iterable[PersonDetail]) -> PersonDetail:
    """Of all versions of one person's records the newest; what it leaves open is told by the
    newest of the other records. Raises NotFound when there is none."""
    last = {row.person_id: row for row in sorted(versions, key=lambda row: row.id)}
    details = sorted(last.values(), key=lambda row: row.id, reverse=True)
    if not details:
        raise NotFound(N_("There is no such person in the register."))
    detail: PersonDetail = details[0]
    for older in details[1:]:
        for name in ("patronymic", "personal_number", "phone", "language"):
            setattr(detail, name, getattr(detail, name) or getattr(older, name))
        if older.personal_number not in (None, detail.personal_number):
            detail.number_conflict = True
    return detail


def document_of(person_id: UUID, document_id: UUID | None = None) -> Document | None:
    """The person's document of that id, else the one recorded last."""
    return _document(same.group(person_id), document_id)


def _document(everywhere: Collection[UUID], document_id: UUID | None) -> Document | None:
    query = Document.select().where(Document.person_id.in_(list(everywhere)))
    if document_id is not None:
        query = query.where(Document.id == document_id)
    found: Document | None = query.order_by(Document.id.desc()).first()
    return found


def seen_of(document: Document, detail: PersonDetail) -> DocumentSeen:
    """A recorded document as it was seen then."""
    return DocumentSeen(
        kind=document.kind,
        country=document.country,
        number=document.number,
        surname=document.surname or "",
        given=document.given or "",
        birth=document.birth or "",
        sex=document.sex,
        expires=document.expires,
        personal_number=detail.personal_number or "",
        source=document.source,
        check=document.check,
    )


def _belongs(
    everywhere: list[UUID], past: list[dict[str, Any]]
) -> tuple[UUID | None, Relation | None]:
    """Whom they visited last, else to whom they were recorded as belonging; and as what: as
    recorded, else as they said that day."""
    rows = list(lasting(Kinship, Kinship.person_id.in_(everywhere)))
    if not past:
        return (rows[-1].prisoner_id, Relation(rows[-1].kind)) if rows else (None, None)
    prisoner_id: UUID = past[0]["prisoner_id"]
    prisoner_ids = same.group(prisoner_id)
    kinds = [Relation(row.kind) for row in rows if row.prisoner_id in prisoner_ids]
    return prisoner_id, kinds[-1] if kinds else past[0]["relation"]


def _name(detail: PersonDetail, document: Document | None) -> Name:
    return Name(
        detail.surname,
        detail.given,
        detail.patronymic or "",
        (document.surname or "") if document else "",
        (document.given or "") if document else "",
    )


def _visits(everywhere: list[UUID]) -> int:
    """How often the person went in."""
    return int(
        Member.select()
        .join(Step, on=(Step.member_id == Member.id) & (Step.case_id == Member.case_id))
        .join(CaseNow, on=(CaseNow.case_id == Member.case_id))
        .where(
            Member.person_id.in_(everywhere),
            Step.kind == StepKind.ENTERED,
            CaseNow.state != CaseState.VOID,
        )
        .count()
    )


def _past(everywhere: list[UUID]) -> list[dict[str, Any]]:
    """The last cases, newest first, each with whether this person went in; those that are
    still to come, too."""
    query = (
        Member.select(
            Case.id,
            Case.day,
            Case.service,
            Case.prisoner_id,
            PrisonerDetail.surname,
            PrisonerDetail.given,
            Member.relation,
            CaseNow.state,
            Step.id.alias("entered"),
        )
        .join(Case, on=(Case.id == Member.case_id))
        .join(CaseNow, on=(CaseNow.case_id == Case.id))
        .join(
            PrisonerDetail, JOIN.LEFT_OUTER, on=(PrisonerDetail.id == Case.prisoner_detail_id)
        )
        .join(
            Step,
            JOIN.LEFT_OUTER,
            on=(Step.case_id == Case.id)
            & (Step.member_id == Member.id)
            & (Step.kind == StepKind.ENTERED),
        )
        .where(Member.person_id.in_(everywhere), CaseNow.state.not_in(_NEVER_WAS))
        # A case's id is made before the pen is taken, by a clock that may be set back.
        .order_by(Member.id.desc())
        .limit(LAST_CASES)
    )
    return cast("list[dict[str, Any]]", list(query.dicts()))


def _past_case(case: dict[str, Any], day: date, numbers: dict[Series, str]) -> PastCase:
    if case["service"] in GOODS:
        refused, recorded = case["state"] == CaseState.REFUSED, Series.PACKAGE
    else:
        refused, recorded = case["entered"] is None, Series.VISIT
    series = Series.REFUSAL if refused else recorded
    return PastCase(
        case_id=case["id"],
        day=day,
        service=case["service"],
        number=numbers.get(series) or next(iter(numbers.values()), ""),
        prisoner=Name(case["surname"] or "", case["given"] or "").short,
        refused=refused,
    )
