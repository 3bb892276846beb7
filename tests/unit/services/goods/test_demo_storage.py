"""The storage with which the demo begins."""

from __future__ import annotations

import random

from kiosk.codes import PlaceKind, Relation
from kiosk.demo import people, stored_parcels
from kiosk.demo.officer import OFFICER
from kiosk.demo.past_visits import Coming
from kiosk.demo.people import MadeUpVisitor
from kiosk.services.goods import places, shipped_catalogue, storage_counts
from kiosk.values import StorageCounts
from tests.unit.services.gatehouse import Gatehouse


def coming(gatehouse: Gatehouse) -> Coming:
    visitor, prisoner = gatehouse.visitor(), gatehouse.prisoner()
    assert visitor.document_id is not None
    return Coming(
        visitor.person_id,
        visitor.document_id,
        MadeUpVisitor(gatehouse.entered(), prisoner.file_number, Relation.SIBLING),
        prisoner.prisoner_id,
        next(people.prisoners(random.Random(1), 1, gatehouse.desk.day())),
    )


def test_the_demo_begins_with_places_and_parcels_of_every_fate(gatehouse: Gatehouse) -> None:
    gatehouse.do(shipped_catalogue.take_in)
    known = [coming(gatehouse) for _ in range(9)]
    gatehouse.do(stored_parcels.enter_places)
    gatehouse.clock.at += 29 * stored_parcels.HOUR
    gatehouse.do(stored_parcels.put, known)
    assert gatehouse.ask(storage_counts.counts) == StorageCounts(
        stored=7, past=1, soon=1, to_return=1
    )
    standing = [one for one in gatehouse.ask(places.places, OFFICER) if one.taken]
    assert {one.kind for one in standing} == {
        PlaceKind.SHELF,
        PlaceKind.COLD,
        PlaceKind.SAFE,
        PlaceKind.RETURNS,
    }
    assert gatehouse.rows("SELECT item_no FROM find") == [(3,)]
    assert gatehouse.rows("SELECT id FROM find_act") == []
    # Nothing is printed before somebody works.
    assert gatehouse.rows("SELECT * FROM spool") == []
