"""A storage with parcels for tests of screens: what spoils, what waits, what goes back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from kiosk.clock import FixedClock, SystemClock
from kiosk.codes import (
    Allowed,
    FindClass,
    GoodsClass,
    HidingPlace,
    ItemReason,
    JobState,
    PlaceKind,
    Relation,
    Service,
    Status,
    Unit,
    Verdict,
)
from kiosk.config import load
from kiosk.papers import ThingName
from kiosk.services import find, print_queue, prisoner_events, staff
from kiosk.services.desk import Desk
from kiosk.services.goods import accepting, asking, catalogue, going_back, places
from kiosk.services.opening import open_register
from kiosk.values import MemberRequest, Officer
from kiosk.values.goods import (
    UNRECORDED,
    BroughtLine,
    CatalogueEntry,
    GoodsRecorded,
    GoodsRequest,
    Seized,
)
from tests.tty import house
from tests.tty.gate import Gate

HOUR = 3_600_000  # ms


def fill(gate: Gate, senders: Sequence[house.Visitor]) -> tuple[GoodsRecorded, ...]:
    """One parcel from each of five `senders` of a furnished house, ten hours ago.

    Of the first the meat is spoiled, something goes back, something was seized, and medicine
    waits for the doctor; the second, with money, is to be handed over; the prisoner of the
    third is in the isolator; the fourth was declined; that of the fifth was transferred.
    """
    clock = FixedClock(SystemClock().now() - 10 * HOUR)
    register = open_register(load(gate.config), clock=clock)
    try:
        # No lot may fall on a bag: the second officer would be asked for.
        desk = replace(register.desk, extra_check_percent=0)
        return register.db.run_write(_fill, desk, senders)
    finally:
        register.db.close()


def _fill(desk: Desk, senders: Sequence[house.Visitor]) -> tuple[GoodsRecorded, ...]:
    officers = {one.login: one for one in staff.users(desk)}
    officer, supervisor = officers[house.OFFICER], officers[house.SUPERVISOR]
    for code, kind in (
        ("C-1", PlaceKind.COLD),
        ("A-1", PlaceKind.SHELF),
        ("R-1", PlaceKind.RETURNS),
        ("S-1", PlaceKind.SAFE),
    ):
        places.record(desk, supervisor, code, kind, capacity=5)
    meat = _thing(desk, supervisor, "zqa", "эт", "мясо", "meat", perishable_hours=8)
    soap = _thing(desk, supervisor, "zqb", "самын", "мыло", "soap")
    pills = _thing(desk, supervisor, "zqc", "дары", "таблетки", "pills", medical=True)
    cash = _thing(
        desk, supervisor, "zqd", "акча", "деньги", "cash", goods_class=GoodsClass.MONEY
    )
    bags = (
        (
            BroughtLine(meat, pieces=2),
            BroughtLine(soap, pieces=5),
            BroughtLine(pills, pieces=1, left_out_grams=120),
            BroughtLine(
                soap,
                pieces=1,
                verdict=Verdict.REFUSE,
                reason=ItemReason.PACKING,
                left_out_grams=200,
            ),
            BroughtLine(
                soap,
                pieces=1,
                verdict=Verdict.SEIZE,
                left_out_grams=300,
                seized=Seized(FindClass.SIM, 6, Unit.PIECE, HidingPlace.HYGIENE),
            ),
        ),
        (BroughtLine(soap, pieces=3), BroughtLine(cash, pieces=1, tyiyn=150_000)),
        *((BroughtLine(soap, pieces=count),) for count in (4, 5, 6)),
    )
    parcels = tuple(
        _bring(desk, officer, sender, bag) for sender, bag in zip(senders, bags, strict=True)
    )
    for sender, status in ((senders[2], Status.ISOLATOR), (senders[4], Status.TRANSFERRED)):
        prisoner_id = _found(desk, officer, "prisoner", sender.file_number)
        prisoner_events.set_status(desk, supervisor, prisoner_id, status)
    going_back.decline(desk, officer, parcels[3].case_id)
    return parcels


def _thing(
    desk: Desk, supervisor: Officer, code: str, ky: str, ru: str, en: str, **told: Any
) -> CatalogueEntry:
    """Counted in pieces; it may pass."""
    entered = CatalogueEntry(
        catalogue_id=UNRECORDED,
        code=code,
        code_ky="",
        code_ru="",
        name=ThingName(ky, ru, en),
        goods_class=GoodsClass.OTHER,
        unit=Unit.PIECE,
        allowed=Allowed.ALLOWED,
        legal_ref="Order 111",
    )
    entered = replace(entered, **told)
    return catalogue.record(desk, supervisor, entered)


def _bring(
    desk: Desk, officer: Officer, sender: house.Visitor, lines: tuple[BroughtLine, ...]
) -> GoodsRecorded:
    person = _found(desk, officer, "person", sender.holder.number)
    request = GoodsRequest(
        case_id=accepting.new_case_id(desk),
        service=Service.PACKAGE,
        prisoner_id=_found(desk, officer, "prisoner", sender.file_number),
        sender=MemberRequest(person, Relation.SIBLING),
        lines=lines,
        gross_grams=5000,
    )
    seen = asking.propose(desk, officer, request)
    recorded = accepting.accept(desk, officer, request, seen.decision, seen.earlier)
    for job_id in recorded.jobs:
        print_queue.mark(desk, job_id, JobState.SENDING)
        print_queue.mark(desk, job_id, JobState.CONFIRMED)
    return recorded


def _found(desk: Desk, officer: Officer, kind: str, typed: str) -> UUID:
    return next(one.subject_id for one in find.find(desk, officer, typed) if one.kind == kind)
