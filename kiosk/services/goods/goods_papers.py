"""The papers of a bag: the sender's receipt or notice, the label on it, the list inside it."""

from __future__ import annotations

from uuid import UUID

from kiosk import paper_code
from kiosk.codes import Template
from kiosk.papers import ContentsBody, LabelBody, ReceiptBody, RefusalBody
from kiosk.services import printing, rulebook
from kiosk.services.goods.writing import Lines, Writing
from kiosk.services.visit_papers import paper_reason


def order(case: Writing, number: str, lines: Lines, place: str) -> tuple[UUID, ...]:
    """All papers of a bag that was taken in. The list inside it is the prisoner's: there is
    none where nothing is for them."""
    jobs = [order_receipt(case, number, lines), _order_label(case, number, place)]
    if case.accepted:
        jobs.append(_order_contents(case, number, lines))
    return tuple(jobs)


def order_receipt(case: Writing, number: str, lines: Lines) -> UUID:
    """What was taken in and what not; with a number R nothing was."""
    desk, weighed = case.desk, case.weighed
    prisoner, room = weighed.gathered.prisoner, weighed.room
    counted = 1 if case.bag.net else 0
    body = ReceiptBody(
        site_name=desk.site_name,
        number=number,
        code=paper_code.of_number(desk.gate, number),
        accepted_at=printing.iso_local(case.e.now, desk.zone),
        service=case.request.service,
        sender=weighed.sender.name.full,
        prisoner=prisoner.name.short,
        file_number=prisoner.file_number,
        lines=tuple(lines.named),
        net_grams=case.bag.net or 0,
        used=room.used + counted if room.used is not None else None,
        limit=room.limit,
        officer=case.officer.name,
        language=weighed.sender.language,
    )
    return printing.order(desk, case.e, case.request.case_id, Template.RECEIPT, body)


def _order_label(case: Writing, number: str, place: str) -> UUID:
    desk, prisoner, spoils = case.desk, case.weighed.gathered.prisoner, case.first_to_spoil
    until = case.keep_until
    body = LabelBody(
        site_name=desk.site_name,
        number=number,
        code=paper_code.of_number(desk.gate, number),
        accepted_at=printing.iso_local(case.e.now, desk.zone),
        service=case.request.service,
        prisoner=prisoner.name.full,
        file_number=prisoner.file_number,
        unit=prisoner.unit,
        shelf=place,
        net_grams=case.bag.net or 0,
        perishable=spoils.name if spoils is not None else None,
        until=printing.iso_local(until, desk.zone) if until is not None else None,
        officer=case.officer.name,
        language=desk.languages[0],
    )
    return printing.order(desk, case.e, case.request.case_id, Template.LABEL, body)


def _order_contents(case: Writing, number: str, lines: Lines) -> UUID:
    desk, prisoner = case.desk, case.weighed.gathered.prisoner
    body = ContentsBody(
        site_name=desk.site_name,
        number=number,
        code=paper_code.of_number(desk.gate, number),
        accepted_at=printing.iso_local(case.e.now, desk.zone),
        service=case.request.service,
        sender=case.weighed.sender.name.short,
        prisoner=prisoner.name.short,
        file_number=prisoner.file_number,
        lines=tuple(lines.named),
        net_grams=case.bag.net or 0,
        language="",
    )
    return printing.order(desk, case.e, case.request.case_id, Template.CONTENTS, body)


def order_notice(case: Writing, number: str) -> UUID:
    """Why nothing may be brought, with every reason and the day from which it may."""
    desk, decision, sender = case.desk, case.decision, case.weighed.sender
    prisoner = case.weighed.gathered.prisoner
    body = RefusalBody(
        site_name=desk.site_name,
        number=number,
        code=paper_code.of_number(desk.gate, number),
        refused_at=printing.iso_local(case.e.now, desk.zone),
        names=(sender.name.full,),
        service=case.request.service,
        prisoner=prisoner.name.short,
        file_number=prisoner.file_number,
        category=prisoner.category,
        reasons=tuple(paper_reason(reason) for reason in decision.reasons),
        next_allowed=decision.next_allowed,
        confirmed=rulebook.in_force(desk, case.e.day).confirmed,
        officer=case.officer.name,
        language=sender.language,
    )
    return printing.order(desk, case.e, case.request.case_id, Template.REFUSAL, body)
