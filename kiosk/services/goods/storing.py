"""A parcel, or its money and papers, is carried to another place of the storage."""

from __future__ import annotations

from uuid import UUID

from kiosk.codes import Action, CaseState, PlaceKind, StepKind
from kiosk.errors import Refused
from kiosk.models import CaseNow
from kiosk.services.desk import Desk
from kiosk.services.duty import must_register
from kiosk.services.entry import entry
from kiosk.services.goods import contents, opened, parcel_papers, places
from kiosk.services.goods.moving_on import parcel_of
from kiosk.text import N_
from kiosk.values import Officer
from kiosk.values.goods import ParcelCard, PlaceLine


def move(
    desk: Desk, officer: Officer, case_id: UUID, place_id: UUID, *, label: bool = True
) -> ParcelCard:
    """Record that a parcel stands at `place_id` now; a new `label` is printed that says so.

    Where that is a safe, its money and papers are meant, else all the rest. An officer,
    inspector or supervisor does this. Raises Refused where there is no room, it stands there
    already, or nothing of it belongs there; AlreadyDone when it is not in the storage any more,
    NotFound.
    """
    must_register(officer)
    with entry(desk, Action.PLACE, officer=officer, object_id=case_id) as e:
        case = parcel_of(e, officer, case_id, CaseState.STORED, CaseState.TO_RETURN)
        place = places.find(e.gate, place_id)
        _must_belong_there(opened.card(desk, case_id), place)
        now = CaseNow.get_by_id(case_id)
        if place_id in (now.place_id, now.safe_id):
            raise Refused(
                N_("It stands at {code} already. Nothing was recorded."), code=place.code
            )
        if not place.free:
            raise Refused(N_("There is no room at {code}. Choose another."), code=place.code)
        what = "safe" if place.kind is PlaceKind.SAFE else "place"
        case.step(StepKind.PLACED, case.state, data={what: place_id})
        places.remember(case_id)
        card = opened.card(desk, case_id)
        if label:
            parcel_papers.order_label(desk, e, officer, card, renewed=True)
        return card


def _must_belong_there(card: ParcelCard, place: PlaceLine) -> None:
    here = contents.here(card)
    if place.kind is PlaceKind.SAFE and not any(map(contents.is_for_the_safe, here)):
        raise Refused(N_("Nothing of it is for a safe: these hold money, papers, valuables."))
    if place.kind is not PlaceKind.SAFE and not contents.has_a_bag(here):
        raise Refused(N_("It is nothing but money or papers. They lie in a safe: choose one."))
