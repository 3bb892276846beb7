"""The demo's storage: its places, and what was brought lately and is not handed over yet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kiosk.clock import FixedClock
from kiosk.codes import FindClass, GoodsClass, HidingPlace, PlaceKind, Service, Unit, Verdict
from kiosk.demo.officer import OFFICER
from kiosk.demo.past_visits import Coming
from kiosk.models import Spool
from kiosk.services.desk import Desk
from kiosk.services.goods import accepting, asking, catalogue, going_back, places
from kiosk.values import MemberRequest
from kiosk.values.goods import BroughtLine, CatalogueEntry, GoodsRequest, Seized

HOUR = 3_600_000  # ms
_PLACES = (
    ("A", PlaceKind.SHELF, 12),
    ("C", PlaceKind.COLD, 4),
    ("R", PlaceKind.RETURNS, 3),
    ("S", PlaceKind.SAFE, 1),
)
_OF_MEDICINE = Service.MEDICAL_PACKAGE
# So many hours ago: what, how many, how many grams or tyiyn, and what the whole bag weighed.
_BAGS = (
    (28, Service.PACKAGE, (("te", 2), ("ci", 10), ("so", 3)), 2400),
    (28, Service.PACKAGE, (("bi", 4), ("pas", 1), ("mo", 150_000)), 1900),
    (27, Service.PACKAGE, (("br", 4), ("su", 2000), ("te", 2)), 5200),
    (22, Service.PACKAGE, (("chk", 1200), ("sw", 5)), 3100),
    (21, Service.PACKAGE, (("ap", 3000), ("on", 1000), ("tp", 1)), 4800),
    (21, _OF_MEDICINE, (("me", 2), ("vi", 1)), 350),
    (20, Service.PACKAGE, (("tg", 1), ("bi", 3)), 1600),
    (4, Service.PACKAGE, (("te", 1), ("sw", 2), ("br", 1)), 1450),
)
_GOES_BACK = 6  # the place of the bag in `_BAGS` that its prisoner declined
# What was found in the last of them, and what that loaf weighs; the act is still to be written.
_FOUND, _LOAF = Seized(FindClass.PHONE, 1, Unit.PIECE, HidingPlace.BREAD), 640


def enter_places(desk: Desk) -> None:
    """Take the storage into use."""
    for letter, kind, count in _PLACES:
        for number in range(1, count + 1):
            places.record(desk, OFFICER, f"{letter}-{number:02d}", kind)


def put(desk: Desk, known: Sequence[Coming]) -> None:
    """Take in a few bags that some of `known` brought. Their papers were printed back then."""
    clock = FixedClock(desk.clock.now() - (_BAGS[0][0] + 1) * HOUR)
    past = replace(desk, clock=clock, extra_check_percent=0)
    things = {one.code: one for one in catalogue.in_force(past, past.day())}
    # From the end: those at the beginning wait on the first day, or have booked.
    senders = iter(reversed(known))
    for number, (hours, service, bag, gross) in enumerate(_BAGS):
        clock.at = desk.clock.now() - hours * HOUR
        lines = [_line(things[code], how_much) for code, how_much in bag]
        if number == len(_BAGS) - 1:
            lines[-1] = replace(
                lines[-1], verdict=Verdict.SEIZE, seized=_FOUND, left_out_grams=_LOAF
            )
        for request in _requests(past, senders, service, tuple(lines), gross):
            seen = asking.propose(past, OFFICER, request)
            if not seen.decision.passes:
                continue
            taken = accepting.accept(past, OFFICER, request, seen.decision, seen.earlier)
            Spool.delete().where(Spool.job_id.in_(list(taken.jobs))).execute()
            if number == _GOES_BACK:
                going_back.decline(past, OFFICER, taken.case_id)
            break


def _requests(
    desk: Desk,
    senders: Iterator[Coming],
    service: Service,
    lines: tuple[BroughtLine, ...],
    gross: int,
) -> Iterator[GoodsRequest]:
    """The same bag by one sender after the other, until one of them may bring it."""
    for one in senders:
        yield GoodsRequest(
            case_id=accepting.new_case_id(desk),
            service=service,
            prisoner_id=one.prisoner_id,
            sender=MemberRequest(one.person_id, one.visitor.relation),
            lines=lines,
            gross_grams=gross,
        )


def _line(entry: CatalogueEntry, how_much: int) -> BroughtLine:
    if entry.unit is Unit.KILOGRAM:
        return BroughtLine(entry, grams=how_much)
    if entry.goods_class is GoodsClass.MONEY:
        return BroughtLine(entry, pieces=1, tyiyn=how_much)
    if entry.goods_class is GoodsClass.DOCUMENT:
        return BroughtLine(entry, pieces=how_much, paper_number="AN1204417")
    return BroughtLine(entry, pieces=how_much)
