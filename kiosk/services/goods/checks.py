"""What cannot be recorded of a bag: weights, numbers and lines that make no sense.

Each is answered in a sentence that names the line, before anything is written.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from datetime import date
from itertools import zip_longest
from uuid import UUID

from kiosk.codes import CaseState, GoodsClass, Service, Verdict
from kiosk.decimals import Kilograms
from kiosk.errors import AlreadyDone, DecisionChanged, Invalid, Refused
from kiosk.models import Case, CaseNow, Parcel, Staff
from kiosk.models.goods import MOST_GRAMS
from kiosk.rules.bag import (
    SIGNED_FOR,
    beyond_signature,
    is_kept_from_the_doctor,
    is_weighed,
    is_weightless,
    stays,
    weighed,
)
from kiosk.services.desk import Desk
from kiosk.services.duty import AT_THE_GATE
from kiosk.services.goods import catalogue
from kiosk.services.register_numbers import number_of
from kiosk.text import N_, clean
from kiosk.values import Officer
from kiosk.values.goods import Bag, BroughtLine, GoodsRequest

MOST_PIECES = 10_000
MOST_TYIYN = 100_000_000_00  # a hundred million som
MOST_LINES = 500
# Words would be a fact that nobody can erase.
_POST_NUMBER = re.compile(r"[A-ZА-ЯЁ]{0,6}[0-9][A-ZА-ЯЁ0-9/.]{0,23}")
POSTED = frozenset({Service.PARCEL, Service.SMALL_PARCEL})


def is_posted(request: GoodsRequest) -> bool:
    """Whether it came by post, so that nobody brought it and several open it together."""
    return request.service in POSTED or bool(request.post_no or request.commission)


def post_number(typed: str) -> str:
    """A number of the post as it is recorded: wrappers print the same one with spaces (as S10
    of the Universal Postal Union has them), hyphens or none."""
    return clean(typed).upper().replace(" ", "").replace("-", "")


# ---- what was typed


def must_make_sense(request: GoodsRequest) -> None:
    """Raises Invalid (field "lines" or "gross") for what no bag can be."""
    if len(request.lines) > MOST_LINES:
        raise Invalid(
            "lines",
            N_("A bag has at most {most} lines. List the rest as another bag."),
            most=MOST_LINES,
        )
    for no, line in enumerate(request.lines, 1):
        _line_must_make_sense(no, line)
    gross = request.gross_grams
    if gross is not None and not 0 <= gross <= MOST_GRAMS:
        raise Invalid(
            "gross",
            N_("No bag weighs {kg} kg. The most is {most} kg. Weigh it once more."),
            kg=Kilograms(gross),
            most=MOST_GRAMS // 1000,
        )


def _line_must_make_sense(no: int, line: BroughtLine) -> None:
    if line.entry is None and not clean(line.words):
        raise Invalid(
            "lines", N_("Line {no} is not in the catalogue: say in words what it is."), no=no
        )
    grams = (line.grams, line.left_out_grams or 0)
    if any(not 0 <= one <= MOST_GRAMS for one in grams):
        raise Invalid(
            "lines",
            N_("Line {no}: the weight is less than nothing, or too much. Weigh it again."),
            no=no,
        )
    if not 0 <= line.pieces <= MOST_PIECES:
        raise Invalid(
            "lines",
            N_("Line {no}: less than nothing of it, or above {most}. Count once more."),
            no=no,
            most=MOST_PIECES,
        )
    is_money = line.entry is not None and line.entry.goods_class is GoodsClass.MONEY
    if line.tyiyn is not None and not (is_money and 0 < line.tyiyn <= MOST_TYIYN):
        raise Invalid(
            "lines", N_("Line {no}: there is no such amount of money. Type it in som."), no=no
        )
    if not is_weightless(line) and not (line.grams if is_weighed(line) else line.pieces):
        raise Invalid("lines", N_("Line {no}: say how much of it there is."), no=no)


def must_be_whole(request: GoodsRequest, bag: Bag) -> None:
    """Raises Invalid where something about a bag that is to be taken in is still missing, or
    its weights contradict each other; Refused where nothing of it stays, or something forbidden
    that is no medicine is sent to the doctor.
    """
    if not request.lines:
        raise Invalid("lines", N_("Nothing is listed. Type what is in the bag first."))
    if not stays(bag):
        raise Refused(N_("Nothing of it is accepted, so it is refused as a whole."))
    for no, one in enumerate(bag.lines, 1):
        if is_kept_from_the_doctor(one):
            raise Refused(
                N_("Line {no} is not allowed and no medicine: it goes back or is seized."),
                no=no,
            )
        _share_must_be_whole(no, one.line, any(s.verdict is Verdict.ACCEPT for s in one.shares))
        if one.asks_weight:
            raise Invalid("lines", N_("Line {no}: weigh what is not accepted of it."), no=no)
    _must_say_why(bag)
    _must_weigh(request, bag)


def must_go_back(bag: Bag) -> None:
    """Raises Invalid where the receipt of a bag of which nothing stays could not say why, or
    would say more than the whole bag weighs."""
    _must_say_why(bag)
    _must_not_outweigh(bag)


def _must_say_why(bag: Bag) -> None:
    for no, one in enumerate(bag.lines, 1):
        if any(s.verdict is Verdict.REFUSE and s.reason is None for s in one.shares):
            raise Invalid("lines", N_("Line {no} goes back: say why."), no=no)


def _share_must_be_whole(no: int, line: BroughtLine, accepted: bool) -> None:
    if line.entry is None or not accepted:
        return
    if line.entry.goods_class is GoodsClass.MONEY and line.tyiyn is None:
        raise Invalid("lines", N_("Line {no}: say how much money it is."), no=no)
    if line.entry.goods_class is GoodsClass.DOCUMENT and not clean(line.paper_number):
        raise Invalid("lines", N_("Line {no}: type the number of the document."), no=no)


def _must_weigh(request: GoodsRequest, bag: Bag) -> None:
    net = bag.net
    if not bag.gross and not all(is_weightless(line) for line in request.lines):
        raise Invalid(
            "gross", N_("The bag is not weighed. Put it on the scale, or type its weight.")
        )
    _must_not_outweigh(bag)
    things, left = weighed(bag), net
    if request.service is Service.MEDICAL_PACKAGE:
        things, left = weighed(bag, Verdict.MEDICAL), bag.medical
    if net is not None and left is not None and things > left:
        raise Invalid(
            "gross",
            N_("{kg} kg are left in the bag, less than the things in it weigh: {things} kg."),
            kg=Kilograms(left),
            things=Kilograms(things),
        )


def _must_not_outweigh(bag: Bag) -> None:
    """Also while some of it is not weighed yet: what is, is too much already."""
    gross, left_out = bag.gross, bag.returned + bag.medical + bag.seized
    if gross is not None and (left_out > gross or bag.medical < 0):
        raise Invalid(
            "gross",
            N_("The whole bag weighs {kg} kg, less than what is left out of it: {out} kg."),
            kg=Kilograms(gross),
            out=Kilograms(left_out if left_out > gross else bag.returned + bag.seized),
        )


def must_be_allowed(bag: Bag) -> None:
    """Raises Refused where the officer accepts alone what only two persons let pass."""
    for no, one in enumerate(bag.lines, 1):
        against = any(share.reason in SIGNED_FOR for share in one.shares)
        if one.line.verdict is Verdict.ACCEPT and against:
            raise Refused(
                N_("Line {no} is not allowed: it goes back, or a supervisor signs for it."),
                no=no,
            )


# ---- what the register knows


def must_be_new(request: GoodsRequest) -> None:
    """Raises AlreadyDone when this case, or this number of the post, is recorded already."""
    if Case.select().where(Case.id == request.case_id).exists():
        raise AlreadyDone(
            number_of(request.case_id), N_("This case is recorded already: {number}.")
        )
    must_be_new_by_post(request.post_no)


def must_be_new_by_post(post_no: str) -> None:
    """Raises AlreadyDone when something of this number of the post is recorded already, Invalid
    (field "post_no") for what is no number."""
    post_no = post_number(post_no)
    if not post_no:
        return
    if not _POST_NUMBER.fullmatch(post_no):
        raise Invalid("post_no", N_("A post number has letters and digits: RR123456785KG."))
    row = (
        Parcel.select(Parcel.case_id)
        .join(CaseNow, on=(CaseNow.case_id == Parcel.case_id))
        .where(Parcel.post_no == post_no, CaseNow.state != CaseState.VOID)
        .first()
    )
    if row is not None:
        raise AlreadyDone(
            number_of(row.case_id),
            N_("The parcel of this post number is recorded already: {number}."),
        )


def must_be_in_the_catalogue(desk: Desk, request: GoodsRequest, day: date) -> None:
    """Raises DecisionChanged where today's catalogue says otherwise than the lines were typed
    with: a list that was left overnight may be older than a row of it."""
    entries = [(no, line.entry) for no, line in enumerate(request.lines, 1) if line.entry]
    today = catalogue.of_codes(desk, {entry.code for _no, entry in entries}, day)
    for no, entry in entries:
        if today.get(entry.code) != entry:
            raise DecisionChanged(
                N_("The catalogue has changed for line {no}; type it once more."), no=no
            )


def must_be_opened_by_enough(desk: Desk, request: GoodsRequest) -> None:
    """Raises Invalid (field "commission") unless a posted parcel was opened by as many staff as
    this prison asks for."""
    if is_posted(request):
        must_be_enough(desk, request.commission)


def must_be_enough(desk: Desk, commission: Collection[UUID]) -> None:
    """As `must_be_opened_by_enough`, of the staff who are to open it."""
    if len({*commission}) < desk.commission:
        raise Invalid(
            "commission",
            N_("A posted parcel is opened by {count} of the staff. Name them all."),
            count=desk.commission,
        )
    if not _are_gate_staff(commission):
        raise Invalid("commission", N_("There is no such officer. Choose one of the list."))


def must_be_looked_through(officer: Officer, request: GoodsRequest, drawn: bool) -> None:
    """Raises Refused while the lot fell on it and nobody looked it through once more as it is
    listed, Invalid (field "extra_by") when that was no other officer."""
    if request.extra_by is None:
        if drawn:
            raise Refused(
                N_("The lot fell on it: another officer looks it through first. Name them.")
            )
        return
    if request.extra_by == officer.staff_id:
        raise Invalid("extra_by", N_("You take it in; another officer looks it through."))
    if not _are_gate_staff((request.extra_by,)):
        raise Invalid("extra_by", N_("There is no such officer. Choose one of the list."))
    _must_stand_as_looked_at(request)


def _must_stand_as_looked_at(request: GoodsRequest) -> None:
    lines, seen = request.lines, request.looked_at
    for no, (line, looked_at) in enumerate(zip_longest(lines, seen), 1):
        if line is None or looked_at is None or line.confirmed != looked_at.confirmed:
            raise Refused(
                N_("Line {no} is another now than when it was looked through. Look again."),
                no=no,
            )


def must_be_signed_for(unsigned: Bag, request: GoodsRequest) -> None:
    """Raises Refused where a line passes by a signature and did not stand so before the second
    person: it is another thing, or more of it. `unsigned`: the bag judged without them."""
    for place in beyond_signature(unsigned, request.signed):
        raise Refused(
            N_("Line {no} is not what was signed for: it goes back, or they sign again."),
            no=place + 1,
        )


def _are_gate_staff(staff_ids: Iterable[UUID]) -> bool:
    """Whether each has an account that is not closed, and may register goods themselves."""
    wanted = {*staff_ids}
    rows = Staff.select().where(Staff.staff_id.in_(list(wanted))).order_by(Staff.id)
    now = {row.staff_id: row.active and not AT_THE_GATE.isdisjoint(row.roles) for row in rows}
    return all(now.get(one) for one in wanted)
