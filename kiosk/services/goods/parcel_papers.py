"""The papers that stay with a stored parcel: the label on it, the list of what is in it, and
the one on which its sender signs for what the doctor did not take.

They say what the register says when they are ordered. Where one of them stands in for an
earlier one it is no copy, for it says something else; the label says that it is the newer.
"""

from __future__ import annotations

from uuid import UUID

from kiosk import paper_code
from kiosk.codes import MedicalFate, Template, Verdict
from kiosk.models import PersonDetail
from kiosk.papers import ContentsBody, GivenBackBody, ItemLine, LabelBody, ThingName
from kiosk.services import printing
from kiosk.services.desk import Desk
from kiosk.services.entry import Entry
from kiosk.values import Officer
from kiosk.values.goods import ItemRecorded, ParcelCard


def order(
    desk: Desk, e: Entry, officer: Officer, card: ParcelCard, *, renewed: bool = False
) -> tuple[UUID, ...]:
    """Print both inside the transaction `e`, as the parcel stands in `card`; `renewed`: in
    place of earlier ones. The list is the prisoner's: there is none where nothing is for
    them."""
    label = order_label(desk, e, officer, card, renewed=renewed)
    standing = _standing(card)
    if any(one.verdict is Verdict.ACCEPT for one in standing):
        return label, _order_contents(desk, e, card, standing)
    return (label,)


def order_label(
    desk: Desk, e: Entry, officer: Officer, card: ParcelCard, *, renewed: bool
) -> UUID:
    """The label alone: what is in the parcel is as it was."""
    until = card.keep_until
    body = LabelBody(
        site_name=desk.site_name,
        number=card.number,
        code=paper_code.of_number(desk.gate, card.number),
        accepted_at=printing.iso_local(card.accepted_at, desk.zone),
        renewed_at=printing.iso_local(e.now, desk.zone) if renewed else None,
        service=card.service,
        prisoner=card.prisoner.name.full,
        file_number=card.prisoner.file_number,
        unit=card.prisoner.unit,
        shelf=card.place,
        safe=card.safe,
        net_grams=card.net_grams,
        perishable=_first_to_spoil(_standing(card)),
        until=printing.iso_local(until, desk.zone) if until is not None else None,
        officer=officer.name,
        language=desk.languages[0],
    )
    return printing.order(desk, e, card.case_id, Template.LABEL, body)


def order_given_back(
    desk: Desk, e: Entry, officer: Officer, card: ParcelCard, doctor: str
) -> UUID:
    """What `doctor` did not take of it: the paper lies with these things, the sender signs."""
    lines = [one for one in card.lines if one.medical is MedicalFate.NOT_TAKEN]
    body = GivenBackBody(
        site_name=desk.site_name,
        number=card.number,
        code=paper_code.of_number(desk.gate, card.number),
        seen_at=printing.iso_local(e.now, desk.zone),
        service=card.service,
        sender=card.sender.full,
        prisoner=card.prisoner.name.short,
        file_number=card.prisoner.file_number,
        lines=tuple(map(_named, lines)),
        doctor=doctor,
        officer=officer.name,
        language=_language_of(card.sender_id),
    )
    return printing.order(desk, e, card.case_id, Template.GIVEN_BACK, body)


def _language_of(person_id: UUID) -> str:
    """What somebody reads, as it was recorded last; "" where nobody asked."""
    details = PersonDetail.select().where(PersonDetail.person_id == person_id)
    last = details.order_by(PersonDetail.id.desc()).first()
    return (last.language or "") if last is not None else ""


def _named(one: ItemRecorded) -> ItemLine:
    return ItemLine(
        name=one.name,
        verdict=one.verdict,
        pieces=one.pieces,
        unit=one.unit,
        grams=one.grams,
        reason=one.reason,
        rule=one.rule,
        tyiyn=one.tyiyn,
        paper_number=one.paper_number,
    )


def _order_contents(
    desk: Desk, e: Entry, card: ParcelCard, standing: list[ItemRecorded]
) -> UUID:
    body = ContentsBody(
        site_name=desk.site_name,
        number=card.number,
        code=paper_code.of_number(desk.gate, card.number),
        accepted_at=printing.iso_local(card.accepted_at, desk.zone),
        service=card.service,
        sender=card.sender.short,
        prisoner=card.prisoner.name.short,
        file_number=card.prisoner.file_number,
        lines=tuple(map(_named, standing)),
        net_grams=card.net_grams,
        safe=card.safe,
        language="",
    )
    return printing.order(desk, e, card.case_id, Template.CONTENTS, body)


def _standing(card: ParcelCard) -> list[ItemRecorded]:
    return [one for one in card.lines if not one.replaced]


def _first_to_spoil(standing: list[ItemRecorded]) -> ThingName | None:
    spoiling = [
        (one.perishable_hours, one.no, one.name)
        for one in standing
        if one.perishable_hours is not None and one.verdict is Verdict.ACCEPT
    ]
    return min(spoiling, key=lambda one: one[:2])[2] if spoiling else None
