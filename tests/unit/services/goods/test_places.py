"""Places of the storage: taken into use, filled, given up."""

from __future__ import annotations

import pytest

from kiosk.codes import PlaceKind
from kiosk.errors import AlreadyDone, Invalid, NotAllowed, NotFound, Refused
from kiosk.services.goods import handing_over, places, storing
from tests.unit.services.gatehouse import Gatehouse

from .shelves import Shelves


@pytest.fixture
def shelves(gatehouse: Gatehouse) -> Shelves:
    return Shelves(gatehouse)


def test_a_supervisor_takes_places_into_use_in_their_order(gatehouse: Gatehouse) -> None:
    for code in ("c-10", "C-2"):
        gatehouse.do(places.record, gatehouse.supervisor, code, PlaceKind.COLD, 2)
    listed = gatehouse.ask(places.places, gatehouse.officer)
    assert [(one.code, one.capacity, one.free) for one in listed] == [
        ("C-2", 2, 2),
        ("C-10", 2, 2),
    ]


@pytest.mark.parametrize("code", ["", "Я-1", "C 4", "C--4", "C-04-FLOOR"])
def test_a_place_has_a_short_latin_name(gatehouse: Gatehouse, code: str) -> None:
    with pytest.raises(Invalid, match="Latin"):
        gatehouse.do(places.record, gatehouse.supervisor, code, PlaceKind.SHELF)


def test_a_name_in_cyrillic_letters_that_look_latin_is_a_latin_one(
    gatehouse: Gatehouse,
) -> None:
    typed = "\u0441-04"  # a Cyrillic small es
    place = gatehouse.do(places.record, gatehouse.supervisor, typed, PlaceKind.COLD)
    assert place.code == "C-04"


def test_two_places_never_have_one_name_nor_no_room(gatehouse: Gatehouse) -> None:
    gatehouse.do(places.record, gatehouse.supervisor, "A-1", PlaceKind.SHELF)
    with pytest.raises(Invalid, match="in use"):
        gatehouse.do(places.record, gatehouse.supervisor, "a-1", PlaceKind.COLD)
    with pytest.raises(Invalid, match="parcels"):
        gatehouse.do(places.record, gatehouse.supervisor, "A-2", PlaceKind.SHELF, 0)


def test_an_officer_neither_enters_places_nor_gives_them_up(shelves: Shelves) -> None:
    house = shelves.gatehouse
    with pytest.raises(NotAllowed):
        house.do(places.record, house.officer, "A-3", PlaceKind.SHELF)
    with pytest.raises(NotAllowed):
        house.do(places.end, house.officer, shelves.place["A-1"].place_id)


def test_a_bag_gets_the_first_place_that_suits_it(shelves: Shelves) -> None:
    assert shelves.put().place == "A-1"
    assert shelves.put(shelves.line("br", 3)).place == "C-1"


def test_where_the_cold_store_is_full_a_shelf_holds_what_spoils(shelves: Shelves) -> None:
    put = [shelves.put(shelves.line("br")).place for _ in range(4)]
    assert put == ["C-1", "A-1", "A-2", ""]


def test_a_parcel_is_carried_to_a_place_with_room(shelves: Shelves) -> None:
    house = shelves.gatehouse
    first, second = shelves.put().case_id, shelves.put().case_id
    move = (storing.move, house.officer, first)
    with pytest.raises(Refused, match="no room"):
        house.do(*move, shelves.place["A-2"].place_id)
    with pytest.raises(Refused, match="already"):
        house.do(*move, shelves.place["A-1"].place_id)
    assert house.do(*move, shelves.place["C-1"].place_id).place == "C-1"
    house.do(storing.move, house.officer, second, shelves.place["A-1"].place_id)
    assert shelves.now(second)[1] == "A-1"
    house.must_be_whole()


def test_what_left_the_storage_is_carried_nowhere(shelves: Shelves) -> None:
    house, case_id = shelves.gatehouse, shelves.put().case_id
    house.do(handing_over.hand_over, house.officer, case_id)
    with pytest.raises(AlreadyDone):
        house.do(storing.move, house.officer, case_id, shelves.place["A-2"].place_id)


def test_a_place_is_given_up_once_it_is_empty(shelves: Shelves) -> None:
    house, case_id = shelves.gatehouse, shelves.put().case_id
    end = (places.end, house.supervisor, shelves.place["A-1"].place_id)
    with pytest.raises(Refused, match="parcels at A-1: 1"):
        house.do(*end)
    house.do(handing_over.hand_over, house.officer, case_id)
    house.do(*end)
    assert "A-1" not in [one.code for one in house.ask(places.places, house.officer)]
    with pytest.raises(NotFound):
        house.do(*end)
    # A name that was given up is free again.
    house.do(places.record, house.supervisor, "A-1", PlaceKind.SHELF)
