"""A case of goods as its card shows it: whose, from whom, what is in it, what happened."""

from __future__ import annotations

from uuid import UUID

from kiosk.codes import CaseState, MedicalFate, MemberRole, Service, StepKind
from kiosk.errors import NotFound
from kiosk.models import Case, CaseNow, Member, Parcel, PersonDetail, Step, StepWords
from kiosk.services import prisoners
from kiosk.services.called import called
from kiosk.services.desk import Desk
from kiosk.services.duty import must_look_up
from kiosk.services.entry import moment
from kiosk.services.goods import barred, contents, places
from kiosk.services.prepared import Prepared
from kiosk.services.register_numbers import number_of
from kiosk.services.staff import names_of
from kiosk.text import N_
from kiosk.values import Name, Officer
from kiosk.values.goods import ParcelCard, StepTaken


def open_parcel(desk: Desk, officer: Officer, case_id: UUID) -> ParcelCard:
    """The parcel as it stands now. Who may see people and prisoners may look.

    Raises NotFound for no parcel of this gate.
    """
    must_look_up(officer)
    return card(desk, case_id)


def card(desk: Desk, case_id: UUID) -> ParcelCard:
    """As `open_parcel`, for whoever has shown that they may. Raises NotFound."""
    cases, parcels = _CASE(case_id), _PARCEL(case_id)
    if not cases or not parcels:
        raise NotFound(N_("There is no such parcel in the register."))
    (case,), (parcel,), (now,) = cases, parcels, _NOW(case_id)
    state = CaseState(now.state)
    prisoner, standing = prisoners.known_at(desk, case.prisoner_id, moment(desk))
    sender_id, sender = _sender(case_id)
    lines = contents.lines(case_id)
    medical = {one.medical for one in lines}
    stored = state is CaseState.STORED
    waits = stored or state is CaseState.HANDED_OVER
    return ParcelCard(
        case_id=case_id,
        number=number_of(case_id),
        service=Service(case.service),
        day=case.day,
        accepted_at=case.at,
        state=state,
        prisoner=prisoner,
        sender=sender,
        sender_id=sender_id,
        lines=lines,
        gross_grams=parcel.gross_grams,
        net_grams=contents.net_of(one for one in lines if not one.replaced),
        place=places.code_of(now.place_id),
        safe=places.code_of(now.safe_id),
        keep_until=now.due_at,
        steps=_steps(case_id),
        post_no=parcel.post_no or "",
        barred=barred.why(standing.status) if stored else "",
        finds_open=contents.finds_open((case_id,))[case_id],
        medicine_waits=waits and MedicalFate.WAITS in medical,
        medicine_back=(waits or state is CaseState.TO_RETURN)
        and MedicalFate.NOT_TAKEN in medical,
    )


_CASE = Prepared(lambda case_id: Case.select().where(Case.id == case_id))
_PARCEL = Prepared(lambda case_id: Parcel.select().where(Parcel.case_id == case_id))
_NOW = Prepared(lambda case_id: CaseNow.select().where(CaseNow.case_id == case_id))


def _sender(case_id: UUID) -> tuple[UUID, Name]:
    """Who brought it, by the name of that day; an erased one is empty."""
    (member,) = _SENDER(case_id)
    details = _DETAIL(member.detail_id)
    return member.person_id, called(details[0]) if details else Name("", "")


_SENDER = Prepared(
    lambda case_id: Member.select().where(
        Member.case_id == case_id, Member.role == MemberRole.SENDER
    )
)
_DETAIL = Prepared(lambda detail_id: PersonDetail.select().where(PersonDetail.id == detail_id))


def _steps(case_id: UUID) -> tuple[StepTaken, ...]:
    rows = _STEPS(case_id)
    who = [_who(row) for row in rows]
    officers = names_of({staff_id for ids in who for staff_id in ids})
    signed_by = {row.step_id: row.signed_by for row in _WORDS([row.id for row in rows])}
    return tuple(
        StepTaken(
            StepKind(row.kind),
            row.at,
            ", ".join(name for one in ids if (name := officers.get(one))),
            row.reason or "",
            signed_by.get(row.id, ""),
            _named(row),
        )
        for row, ids in zip(rows, who, strict=True)
    )


_STEPS = Prepared(
    lambda case_id: Step.select().where(Step.case_id == case_id).order_by(Step.no)
)
_WORDS = Prepared(lambda step_ids: StepWords.select().where(StepWords.step_id.in_(step_ids)))


def _named(step: Step) -> str:
    data = step.data or {}
    return str(data.get("act") or data.get("prison") or "")


def _who(step: Step) -> tuple[UUID, ...]:
    """Who opened it or looked it through once more; of any other step who recorded it."""
    named = (step.data or {}).get("staff")
    if named is None:
        return (step.staff_id,)
    return tuple(UUID(one) for one in ([named] if isinstance(named, str) else named))
