"""A label or receipt is scanned: to which parcel it leads, and what is to be said of it.

A scan leaves a trace, so that the same paper at another window is noticed.
"""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import UUID

from kiosk import paper_code
from kiosk.clock import local, local_day
from kiosk.codes import Action, CaseState, Series, SignInKind, StepKind
from kiosk.errors import NotFound
from kiosk.models import Parcel, SignIn
from kiosk.services.consult import leave_trace
from kiosk.services.desk import Desk
from kiosk.services.duty import must_register
from kiosk.services.entry import Entry, entry
from kiosk.services.goods import contents, opened
from kiosk.services.ids import first_after
from kiosk.services.register_numbers import case_of, shown
from kiosk.text import N_, clean
from kiosk.values import Officer
from kiosk.values.goods import ParcelCard, Scanned

JUST_NOW = 10 * 60_000  # ms; the same paper twice in this time, at two windows, is told
# P-26-003341, without its beginning, or as it stands under the bars: P26003341-4.
_TYPED = re.compile(
    r"(?:([PR])-?)?(?:(\d\d)(?:-|(?=\d{6}(?!\d))))?(\d{1,6})(?:(?<=\d{6})-\d)?", re.ASCII
)

_OVER = {
    CaseState.CLOSED: N_("{number} was handed over already: nothing of it is here."),
    CaseState.HANDED_OVER: N_("{number} was handed over already; something of it is open."),
    CaseState.TO_RETURN: N_("{number} goes back to its sender, who signs for it."),
    CaseState.FORWARDED: N_("{number} was forwarded: nothing of it is here."),
    CaseState.REFUSED: N_("{number} was refused: nothing of it is here."),
    CaseState.VOID: N_("{number} is void: this paper opens nothing. Take it back."),
}
_RETURNED = N_("{number} went back to its sender already: nothing of it is here.")
_DOCTOR = N_("{number} is with the doctor: nothing of it is here.")
_MEDICINE_BACK = N_("{number}: the doctor did not take its medicine; the sender signs for it.")
_MEDICINE_RETURNED = N_("{number} is over: the doctor has a part, its sender the rest.")
_NOTHING_LEFT = N_("{number} is over, nothing of it was left: see its corrections.")


def scanned(desk: Desk, officer: Officer, code: str) -> Scanned:
    """The parcel of a scanned label or receipt, or of a number typed in any of its forms.

    An officer, inspector or supervisor does this; it leaves a trace, so it is a writing one.
    What is not as it should be is told in its sentence: void, refused, handed over or gone,
    spoiled or kept too long, open at another window just now, or why it has to wait. Without a
    year this one is meant, then the one before. Raises NotFound for no parcel of this gate.
    """
    must_register(officer)
    with entry(desk, Action.CONSULT, officer=officer) as e:
        card = opened.card(desk, _find(desk, e, code))
        elsewhere = _elsewhere(desk, e, officer, card.case_id)
        leave_trace(desk, e, officer, card.case_id)
        sentence, values = _said(desk, e, card, elsewhere)
        return Scanned(
            case_id=card.case_id,
            number=card.number,
            state=card.state,
            ready=_is_ready(card),
            sentence=sentence,
            values=values,
        )


def _is_ready(card: ParcelCard) -> bool:
    """Whether it may be handed over now; what is for the doctor alone is not."""
    stored = card.state is CaseState.STORED and not card.barred
    return stored and contents.is_for_prisoner(card.case_id)


def _find(desk: Desk, e: Entry, code: str) -> UUID:
    series, year, number = _read(desk, code)
    years = [e.day.year, e.day.year - 1]
    if year is not None:
        years = [e.day.year - (e.day.year - year) % 100]
    for one in years:
        case_id = case_of(desk.gate, series, one, number)
        if case_id is None:
            continue
        if not Parcel.select().where(Parcel.case_id == case_id).exists():
            # Of a visit, or of a bag that was not even listed.
            raise NotFound(_OVER[CaseState.REFUSED], number=shown(series, str(one), number))
        return case_id
    raise NotFound(
        N_("There is no parcel {number} here. Compare it with the label."),
        number=shown(series, str(years[0]), number),
    )


_SHOWN_OF_CODE = 16  # of a code that is none, as much as the message row has room for


def _read(desk: Desk, code: str) -> tuple[Series, int | None, int]:
    """Series, year (two digits) and number of a barcode, or of a number as typed."""
    paper = paper_code.decode(code)
    if paper is not None and paper.series in (Series.PACKAGE, Series.REFUSAL):
        if paper.gate != desk.gate:
            raise NotFound(
                N_("This parcel is at gate {gate}. Nothing of it is here."), gate=paper.gate
            )
        return paper.series, paper.year, paper.number
    typed = _TYPED.fullmatch(code.strip().upper())
    if typed is None or not int(typed[3]):
        raise NotFound(
            N_("{code} is no parcel of this gate. Type its number again."),
            code=clean(code, _SHOWN_OF_CODE),
        )
    year = int(typed[2]) if typed[2] else None
    return Series(typed[1] or Series.PACKAGE), year, int(typed[3])


def _elsewhere(desk: Desk, e: Entry, officer: Officer, case_id: UUID) -> SignIn | None:
    """Who else had the paper in their hand just now, at another window or this one."""
    query = SignIn.select().where(
        SignIn.id >= first_after(e.now - JUST_NOW),
        SignIn.kind == SignInKind.CONSULT,
        SignIn.subject_id == case_id,
        (SignIn.window != desk.window) | (SignIn.staff_id != officer.staff_id),
    )
    last: SignIn | None = query.order_by(SignIn.id.desc()).first()
    return last


def _said(
    desk: Desk, e: Entry, card: ParcelCard, elsewhere: SignIn | None
) -> tuple[str, tuple[tuple[str, str], ...]]:
    number = (("number", card.number),)
    if card.state is CaseState.CLOSED:
        return _how_it_ended(card), number
    if card.state is CaseState.TO_RETURN and card.medicine_back and not _goes_back_whole(card):
        return _MEDICINE_BACK, number
    if card.state in _OVER:
        return _OVER[card.state], number
    if card.keep_until is not None and card.keep_until <= e.now:
        until = local(card.keep_until, desk.zone)
        return (
            N_("{number}: past its time since {time}. Look before it is handed over."),
            (*number, ("time", f"{until:%d.%m %H:%M}")),
        )
    if elsewhere is not None:
        at = local(elsewhere.id.int >> 80, desk.zone)
        return (
            N_("{number} was scanned at window {window} at {time}. Is the paper there twice?"),
            (*number, ("window", elsewhere.window), ("time", f"{at:%H:%M}")),
        )
    if card.barred:
        return card.barred, ()
    until_day = local_day(card.accepted_at, desk.zone) + timedelta(days=desk.keep_days)
    if until_day < e.day:
        return (
            N_("{number} was to be kept until {day}: it is here too long."),
            (*number, ("day", f"{until_day:%d.%m.%Y}")),
        )
    moved = next((one for one in reversed(card.steps) if one.kind is StepKind.PLACED), None)
    if moved is not None:
        # Both labels have the same bars: which of them was scanned is for the eye to tell.
        at = local(moved.at, desk.zone)
        return (
            N_("{number} is at {place} since {time}. A label with another place is void."),
            (*number, ("place", card.stands_at), ("time", f"{at:%d.%m %H:%M}")),
        )
    return "", ()


def _how_it_ended(card: ParcelCard) -> str:
    kinds = {step.kind for step in card.steps}
    if StepKind.RETURNED in kinds:
        return _RETURNED
    if StepKind.HANDED_OVER in kinds:
        return _OVER[CaseState.CLOSED]
    if StepKind.MEDICINE_RETURNED in kinds:
        return _MEDICINE_RETURNED if StepKind.PASSED_TO_MEDICAL in kinds else _RETURNED
    return _DOCTOR if StepKind.PASSED_TO_MEDICAL in kinds else _NOTHING_LEFT


def _goes_back_whole(card: ParcelCard) -> bool:
    return any(step.kind is StepKind.NOT_TO_PRISONER for step in card.steps)
