"""The papers of a visit: a badge each, the notice of a refusal, the order to fetch somebody."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from kiosk import paper_code
from kiosk.codes import Template
from kiosk.papers import BadgeBody, MovementBody, PaperReason, RefusalBody
from kiosk.rules.decision import Reason
from kiosk.rules.kinds import SOCIAL
from kiosk.rules.terms import Limit
from kiosk.services import printing, rulebook
from kiosk.services.case_writing import Writing
from kiosk.services.facts import Asking


def order_badge(
    case: Writing, one: Asking, number: str, code: str, due: int | None, room: str
) -> UUID:
    """A visitor's badge; `code` is what its QR holds, `due` until when they stay (UTC ms)."""
    desk, prisoner = case.desk, case.gathered.prisoner
    body = BadgeBody(
        site_name=desk.site_name,
        number=number,
        badge=f"{number}-{case.members[one.person_id].no}",
        code=code,
        name=one.name.full,
        service=case.request.service,
        admitted_at=printing.iso_local(case.e.now, desk.zone),
        due_at=printing.iso_local(due, desk.zone) if due is not None else None,
        prisoner=prisoner.name.short,
        file_number=prisoner.file_number,
        room=room,
        signed_by=case.override.second.name if case.override is not None else "",
        language=one.language,
    )
    return printing.order(desk, case.e, case.request.case_id, Template.BADGE, body)


def order_notice(case: Writing, number: str, refused: Collection[Asking]) -> UUID:
    """The refusal notice: for those refused, and with the reasons that concern them."""
    desk, prisoner, decision = case.desk, case.gathered.prisoner, case.decision
    people = list(refused)
    names = {str(one.person_id): one.name.short for one in case.asking}
    wanted = {str(one.person_id) for one in people}
    reasons = tuple(
        paper_reason(reason, names.get(reason.person or "", "") if len(names) > 1 else "")
        for reason in decision.reasons
        if reason.person is None or reason.person in wanted
    )
    body = RefusalBody(
        site_name=desk.site_name,
        number=number,
        code=paper_code.of_number(desk.gate, number),
        refused_at=printing.iso_local(case.e.now, desk.zone),
        names=tuple(one.name.full for one in people),
        service=case.request.service,
        prisoner=prisoner.name.short,
        file_number=prisoner.file_number,
        category=prisoner.category,
        reasons=reasons,
        next_allowed=decision.next_allowed,
        package_today=_package_today(case, people),
        confirmed=rulebook.in_force(desk, case.e.day).confirmed,
        officer=case.officer.name,
        language=_language_of_all(people),
    )
    return printing.order(desk, case.e, case.request.case_id, Template.REFUSAL, body)


def paper_reason(reason: Reason, name: str = "") -> PaperReason:
    """A reason as a notice says it; `name` is whom it concerns, "" for the whole case."""
    return PaperReason(
        code=reason.code,
        rule=reason.rule,
        legal_ref=reason.legal_ref,
        name=name,
        free_from=reason.free_from,
        until=reason.until,
        used=reason.used,
        limit=reason.limit,
        since=reason.since,
        in_grams=reason.unit is Limit.GRAMS,
    )


def _package_today(case: Writing, refused: Collection[Asking]) -> bool | None:
    """Whether any of the adults would at least be let hand in a package; None of those who
    came on duty, and of children alone."""
    # Whoever admits all day long needs nothing of what judges packages in memory.
    from kiosk.services.goods import may_bring

    request = case.request
    if request.service not in SOCIAL:
        return None
    answers = [
        may_bring.package_today(case.desk, case.officer, one.person_id, request.prisoner_id)
        for one in refused
        if one.is_adult
    ]
    return any(answers) if answers else None


def _language_of_all(people: Collection[Asking]) -> str:
    """Everybody reads Kyrgyz or Russian on a notice; a third language is that of any of them
    who reads neither."""
    languages = [one.language for one in people]
    others = [language for language in languages if language not in ("", "ky", "ru")]
    return next(iter([*others, *languages]), "")


def order_slip(case: Writing, number: str, due: int | None, room: str) -> UUID:
    """The order to bring the prisoner; it names no visitor, only how many came."""
    desk, prisoner = case.desk, case.gathered.prisoner
    body = MovementBody(
        site_name=desk.site_name,
        number=number,
        code=paper_code.of_number(desk.gate, number),
        ordered_at=printing.iso_local(case.e.now, desk.zone),
        service=case.request.service,
        prisoner=prisoner.name.full,
        file_number=prisoner.file_number,
        unit=prisoner.unit,
        room=room,
        due_at=printing.iso_local(due, desk.zone) if due is not None else None,
        people=len(case.going_in),
        officer=case.officer.name,
        language=desk.languages[0],
    )
    return printing.order(desk, case.e, case.request.case_id, Template.MOVEMENT, body)
