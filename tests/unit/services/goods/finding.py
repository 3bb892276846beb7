"""Something is found in the yard, or on who comes to visit; and its act is written."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from kiosk.codes import (
    CaseState,
    FindChannel,
    FindClass,
    HidingPlace,
    PassedTo,
    Screening,
    ScreeningConsent,
    ScreeningResult,
    Unit,
)
from kiosk.services import searches
from kiosk.services.goods import acts, find_cards, finds
from kiosk.services.under_way import state_of
from kiosk.values import Recorded, SearchRecord
from kiosk.values.finds import ActEntered, ActWritten, FindCard, FindEntered, FindTaken, Thing
from tests.unit.services.gatehouse import Gatehouse

SIMS = Thing(FindClass.SIM, 6, Unit.PIECE, HidingPlace.JAR, grams=12)
PHONE = Thing(FindClass.PHONE, 1, Unit.PIECE, HidingPlace.BREAD)
ACT = ActEntered(
    act_no="A-26-0001",
    article="Offences Code, article 446",
    passed_to=PassedTo.POLICE,
    witness="Осмонов Бакыт",
    seal_no="004417",
    hidden="капкактын астында",
)


def proposing(gatehouse: Gatehouse) -> Gatehouse:
    """A post that proposes the article and the fines of config.toml."""
    gatehouse.desk = replace(
        gatehouse.desk,
        article="Offences Code, article 446",
        fine_tyiyn=2_000_000,
        phone_fine_tyiyn=3_000_000,
        fine_payment=("Treasury",),
        fine_days=30,
    )
    return gatehouse


def thrown(gate: Gatehouse, thing: Thing = SIMS, **told: Any) -> FindTaken:
    """Something that was found in the yard."""
    entered = FindEntered(FindChannel.THROWN, gate.officer.staff_id, thing)
    return gate.do(finds.record, gate.officer, replace(entered, **told))


def opened(gate: Gatehouse, find_id: UUID) -> FindCard:
    return gate.ask(find_cards.open_find, gate.officer, find_id)


def written(gate: Gatehouse, find_id: UUID, **told: Any) -> ActWritten:
    act = replace(ACT, **told)
    return gate.do(acts.write, gate.officer, find_id, act)


def searched(gate: Gatehouse, visit: Recorded, *, goes_in: bool = True) -> FindTaken:
    """The first visitor of a case is searched, and something is found on them."""
    (member, *_others) = gate.ask(searches.at_window, gate.officer, visit.case_id).members
    search = SearchRecord(
        Screening.DETECTOR,
        gate.officer.staff_id,
        ScreeningConsent.YES,
        ScreeningResult.FOUND,
        goes_in,
    )
    done = gate.do(searches.record, gate.officer, member.member_id, search)
    assert done.find is not None
    return done.find


def standing(gate: Gatehouse, visit: Recorded) -> CaseState:
    return gate.db.run_read(state_of, visit.case_id)
