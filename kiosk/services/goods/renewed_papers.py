"""A stored parcel is not any more what its papers say: a new label, a new list of what is in
it. They are no copies, for they say something else."""

from __future__ import annotations

from kiosk import paper_code
from kiosk.codes import Template, Verdict
from kiosk.papers import ContentsBody, ItemLine, LabelBody, ThingName
from kiosk.services import printing
from kiosk.services.desk import Desk
from kiosk.services.entry import Entry
from kiosk.values import Officer
from kiosk.values.goods import ItemRecorded, ParcelCard


def order(desk: Desk, e: Entry, officer: Officer, card: ParcelCard) -> None:
    """Print both inside the transaction `e`, as the parcel stands in `card`."""
    standing = [one for one in card.lines if not one.replaced]
    _order_label(desk, e, officer, card, standing)
    if any(one.verdict is Verdict.ACCEPT for one in standing):
        _order_contents(desk, e, card, standing)


def _order_label(
    desk: Desk, e: Entry, officer: Officer, card: ParcelCard, standing: list[ItemRecorded]
) -> None:
    until = card.keep_until
    body = LabelBody(
        site_name=desk.site_name,
        number=card.number,
        code=paper_code.of_number(desk.gate, card.number),
        accepted_at=printing.iso_local(card.accepted_at, desk.zone),
        service=card.service,
        prisoner=card.prisoner.name.full,
        file_number=card.prisoner.file_number,
        unit=card.prisoner.unit,
        shelf=card.place,
        net_grams=card.net_grams,
        perishable=_first_to_spoil(standing),
        until=printing.iso_local(until, desk.zone) if until is not None else None,
        officer=officer.name,
        language=desk.languages[0],
    )
    printing.order(desk, e, card.case_id, Template.LABEL, body)


def _order_contents(
    desk: Desk, e: Entry, card: ParcelCard, standing: list[ItemRecorded]
) -> None:
    body = ContentsBody(
        site_name=desk.site_name,
        number=card.number,
        code=paper_code.of_number(desk.gate, card.number),
        accepted_at=printing.iso_local(card.accepted_at, desk.zone),
        service=card.service,
        sender=card.sender.short,
        prisoner=card.prisoner.name.short,
        file_number=card.prisoner.file_number,
        lines=tuple(
            ItemLine(
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
            for one in standing
        ),
        net_grams=card.net_grams,
        language="",
    )
    printing.order(desk, e, card.case_id, Template.CONTENTS, body)


def _first_to_spoil(standing: list[ItemRecorded]) -> ThingName | None:
    spoiling = [
        (one.perishable_hours, one.no, one.name)
        for one in standing
        if one.perishable_hours is not None and one.verdict is Verdict.ACCEPT
    ]
    return min(spoiling, key=lambda one: one[:2])[2] if spoiling else None
