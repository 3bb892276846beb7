"""The search of a visitor: how far it went, by whom, with what consent, and what came of it.

Whoever does not consent, or takes the consent back, has done nothing wrong: they do not go
in, and the visit is not used up unless somebody else of the group goes in. Children are never
searched beyond their things.
"""

from __future__ import annotations

from uuid import UUID

from kiosk.codes import (
    Action,
    CaseState,
    Screening,
    ScreeningConsent,
    ScreeningResult,
    Service,
    Sex,
    VisitOutcome,
)
from kiosk.errors import Invalid, NotFound, Refused
from kiosk.models import Case, Member, PersonDetail, Presence, Search, Staff
from kiosk.services import deposits, going_in, passing, presence
from kiosk.services.desk import Desk
from kiosk.services.duty import must_register
from kiosk.services.entry import entry
from kiosk.services.goods import finds
from kiosk.services.person_card import detail_of
from kiosk.services.register_numbers import number_of
from kiosk.services.under_way import is_adult, state_of, under_way, waiting
from kiosk.text import N_
from kiosk.values import AtWindow, MemberAtWindow, Name, Officer, SearchRecord
from kiosk.values.finds import Searched


def record(desk: Desk, officer: Officer, member_id: UUID, search: SearchRecord) -> Searched:
    """Record how somebody was searched, and what follows from it.

    An officer, inspector or supervisor records it; `search.officer_id` is who searched. Where
    members go in after the search, this one does, unless a child has to wait for its adult or
    the rules answer otherwise by now: then the search stands, and they wait. No consent, or
    `goes_in` false, turns them away. Whatever was found is a find with a number, and the visit
    does not close before its act is written.

    Raises Invalid for a child beyond its things, for a pat-down by the other sex, and where
    consent and result do not fit; Refused when the visit is over.
    """
    must_register(officer)
    with entry(desk, Action.SEARCH, officer=officer, object_id=member_id) as e:
        member = Member.get_or_none(Member.id == member_id)
        if member is None:
            raise NotFound(N_("There is no such visitor of a visit."))
        case = under_way(e, officer, member.case_id)
        if case.state not in (CaseState.ADMITTED, CaseState.INSIDE):
            raise Refused(N_("This visit has ended already. Nothing was recorded again."))
        searcher = _sex_of(search.officer_id)
        _check(search, member, searcher)
        e.add(
            Search,
            member_id=member_id,
            level=search.level,
            officer_id=search.officer_id,
            officer_sex=searcher,
            consent=search.consent,
            result=search.result,
            at=e.now,
            staff_id=officer.staff_id,
        )
        found = None
        if search.result is ScreeningResult.FOUND:
            found = finds.of_search(e, officer, member, search.officer_id)
        waits = {one.id: one for one in case.waiting}
        if member_id not in waits:
            return Searched(case.state, found)
        if search.consent is not ScreeningConsent.YES:
            passing.turn_away(case, waits[member_id], VisitOutcome.REFUSED_ENTRY)
        elif not search.goes_in:
            passing.turn_away(case, waits[member_id], VisitOutcome.FAILED_SEARCH)
        elif desk.enters_after_search:
            kept_out = going_in.after_search(desk, case)
            return Searched(case.state, found, kept_out)
        return Searched(case.state, found)


def _sex_of(staff_id: UUID) -> Sex:
    row = Staff.select().where(Staff.staff_id == staff_id).order_by(Staff.id.desc()).first()
    if row is None or not row.active:
        raise Invalid("officer", N_("There is no such officer. Choose one of the list."))
    return Sex(row.sex)


def _check(search: SearchRecord, member: Member, searcher: Sex) -> None:
    if not is_adult(member) and search.level is not Screening.THINGS:
        raise Invalid("level", N_("Of a child only the things are searched."))
    sex = PersonDetail.get_by_id(member.detail_id).sex
    if (
        search.level is Screening.PAT_DOWN
        and search.consent is ScreeningConsent.YES
        and sex in (Sex.MALE, Sex.FEMALE)
        and sex != searcher
    ):
        raise Invalid("officer", N_("A pat-down is done by somebody of the same sex."))
    done = search.result is not ScreeningResult.NOT_DONE
    if search.consent is ScreeningConsent.YES and not done:
        raise Invalid("result", N_("The visitor consents: say what the search found."))
    if search.consent is ScreeningConsent.NO and done:
        raise Invalid("consent", N_("Without consent nobody is searched."))


# ---- who stands at the window


def at_window(desk: Desk, officer: Officer, case_id: UUID) -> AtWindow:
    """Those of a case who were admitted and are still with us: to be searched, or inside.

    An officer, inspector or supervisor looks. Raises NotFound.
    """
    must_register(officer)
    state = state_of(case_id)
    waits = {one.id: one for one in waiting(case_id)}
    inside = list(presence.inside_where(Presence.case_id == case_id))
    members = list(
        Member.select()
        .where(Member.id.in_([*waits, *(one.member_id for one in inside)]))
        .order_by(Member.no)
    )
    tags = {line.member_id: line for line in deposits.tags_of([one.id for one in members])}
    number = number_of(case_id)
    return AtWindow(
        case_id=case_id,
        number=number,
        service=Service(Case.get_by_id(case_id).service),
        state=state,
        members=tuple(
            MemberAtWindow(
                member_id=one.id,
                badge=f"{number}-{one.no}",
                name=Name(detail.surname, detail.given, detail.patronymic or ""),
                birth=detail.birth,
                sex=Sex(detail.sex),
                is_adult=is_adult(one),
                searched=passing.was_searched(one.id),
                waits=one.id in waits,
                tag=tags.get(one.id),
            )
            for one in members
            for detail in (detail_of(one.person_id),)
        ),
    )
