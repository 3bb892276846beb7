"""The papers that the sender of a bag gets: the receipt of it, or the notice of its refusal."""

from __future__ import annotations

from uuid import UUID

from kiosk import paper_code
from kiosk.codes import Template
from kiosk.papers import ReceiptBody, RefusalBody
from kiosk.services import printing, rulebook
from kiosk.services.goods.writing import Lines, Writing
from kiosk.services.visit_papers import paper_reason


def order_receipt(case: Writing, number: str, lines: Lines, safe: str = "") -> UUID:
    """What was taken in and what not; with a number R nothing was. In `safe` lie its money and
    papers."""
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
        safe=safe,
        officer=case.officer.name,
        language=weighed.sender.language,
    )
    return printing.order(desk, case.e, case.request.case_id, Template.RECEIPT, body)


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
