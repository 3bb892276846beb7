"""Finds: that something forbidden was found, what it was, where it was hidden, who brought it.

A find is recorded the moment it is made, with a number of its own (F); its act is written
afterwards (`services.goods.acts`), and until then the case it was made in does not close.
"""

from __future__ import annotations

from uuid import UUID

from kiosk.codes import FindChannel, Series, Service
from kiosk.models import Find, FindThing
from kiosk.services.entry import Entry
from kiosk.services.register_numbers import shown
from kiosk.values import Officer
from kiosk.values.finds import FindTaken
from kiosk.values.goods import Seized

CHANNELS = {
    Service.SHORT_VISIT: FindChannel.SHORT_VISIT,
    Service.LONG_VISIT: FindChannel.LONG_VISIT,
    Service.PACKAGE: FindChannel.PACKAGE,
    Service.MEDICAL_PACKAGE: FindChannel.PACKAGE,
    Service.PARCEL: FindChannel.POST,
    Service.SMALL_PARCEL: FindChannel.POST,
}
"""On which way a thing came in with what was asked of the gate; any other is another visit."""


def of_line(
    e: Entry,
    officer: Officer,
    *,
    case_id: UUID,
    item_no: int,
    service: Service,
    person_id: UUID,
    prisoner_id: UUID,
    seized: Seized | None,
    grams: int | None = None,
) -> FindTaken:
    """Inside a transaction: the find of a seized line of a bag, with its number.

    `item_no` is the line's number in the parcel, `grams` what was seized of it weighs (None or
    0: not weighed). Without `seized` nothing is known of the thing yet; the find asks for it.
    """
    taken = _begin(
        e,
        officer,
        case_id=case_id,
        item_no=item_no,
        person_id=person_id,
        prisoner_id=prisoner_id,
        channel=CHANNELS.get(service, FindChannel.OTHER_VISIT),
        found_by=officer.staff_id,
    )
    if seized is not None:
        e.add(
            FindThing,
            find_id=taken.find_id,
            kind=seized.kind,
            pieces=seized.pieces,
            grams=grams or None,
            unit=seized.unit,
            hidden_in=seized.hidden_in,
            staff_id=officer.staff_id,
        )
    return taken


def act_number(period: str, no: int) -> str:
    """The number that is proposed for the act of find `no` of a year: A-26-0047."""
    return f"A-{period[-2:]}-{no:04d}"


def _begin(
    e: Entry,
    officer: Officer,
    *,
    channel: FindChannel,
    found_by: UUID,
    case_id: UUID | None = None,
    item_no: int | None = None,
    member_id: UUID | None = None,
    person_id: UUID | None = None,
    prisoner_id: UUID | None = None,
) -> FindTaken:
    find_id = e.add(
        Find,
        case_id=case_id,
        item_no=item_no,
        member_id=member_id,
        person_id=person_id,
        prisoner_id=prisoner_id,
        channel=channel,
        at=e.now,
        found_by=found_by,
        staff_id=officer.staff_id,
    )
    period, no = str(e.day.year), e.number(Series.FIND, find_id)
    return FindTaken(find_id, shown(Series.FIND, period, no), act_number(period, no))
