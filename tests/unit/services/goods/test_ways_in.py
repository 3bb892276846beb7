"""What may be brought, asked before there is a bag, and the sender whom a wrapper names."""

from __future__ import annotations

from uuid import uuid4

import pytest

from kiosk.codes import (
    Category,
    Consent,
    ReasonCode,
    Relation,
    Service,
    Status,
)
from kiosk.errors import Invalid, NotAllowed, NotFound
from kiosk.services import identify, prisoner_events, relations, senders
from kiosk.services.goods import may_bring
from kiosk.values import MemberRequest, Name, PersonCard, PrisonerCard, Stated
from kiosk.values.goods import MayBring
from tests.unit.services.gatehouse import Gatehouse


def look(
    gatehouse: Gatehouse,
    prisoner: PrisonerCard,
    sender: PersonCard | None = None,
    service: Service = Service.PACKAGE,
) -> MayBring:
    asks = MemberRequest(sender.person_id, None) if sender is not None else None
    return gatehouse.ask(may_bring.look, gatehouse.officer, service, prisoner.prisoner_id, asks)


def from_wrapper(gatehouse: Gatehouse, prisoner: PrisonerCard, *name: str) -> PersonCard:
    return gatehouse.do(
        senders.from_wrapper, gatehouse.officer, Name(*name), prisoner.prisoner_id
    )


def test_the_entitlement_is_told_before_the_sender_is_known(gatehouse: Gatehouse) -> None:
    told = look(gatehouse, gatehouse.prisoner())
    assert told.decision.passes
    assert (told.room.used, told.room.grams_left) == (0, 20_000)


def test_asking_writes_nothing(gatehouse: Gatehouse) -> None:
    prisoner, sender = gatehouse.prisoner(), gatehouse.visitor()
    before = gatehouse.counts()
    look(gatehouse, prisoner, sender)
    look(gatehouse, prisoner)
    assert gatehouse.written(before) == {}


def test_a_banned_sender_is_told_at_once_with_the_bans_reason(gatehouse: Gatehouse) -> None:
    prisoner, sender = gatehouse.prisoner(), gatehouse.visitor()
    gatehouse.ban(sender)
    told = look(gatehouse, prisoner, sender)
    assert not told.decision.passes
    assert [one.code for one in told.decision.reasons] == [ReasonCode.BANNED]


def test_a_parcel_for_a_prisoner_who_is_not_here_is_refused_before_it_is_opened(
    gatehouse: Gatehouse,
) -> None:
    prisoner = gatehouse.prisoner()
    gatehouse.do(
        prisoner_events.set_status,
        gatehouse.supervisor,
        prisoner.prisoner_id,
        Status.TRANSFERRED,
    )
    told = look(gatehouse, prisoner, service=Service.PARCEL)
    assert ReasonCode.NOT_IN_PRISON in {one.code for one in told.decision.reasons}


def test_an_unknown_prisoner_is_told_in_a_sentence(gatehouse: Gatehouse) -> None:
    with pytest.raises(NotFound):
        gatehouse.ask(may_bring.look, gatehouse.officer, Service.PARCEL, uuid4())


def test_a_visit_is_nothing_that_can_be_brought(gatehouse: Gatehouse) -> None:
    with pytest.raises(Invalid):
        look(gatehouse, gatehouse.prisoner(), service=Service.SHORT_VISIT)


def test_that_the_prisoner_refuses_the_sender_is_told_and_refuses_nothing(
    gatehouse: Gatehouse,
) -> None:
    prisoner, sender = gatehouse.prisoner(), gatehouse.visitor()
    gatehouse.do(
        relations.state,
        gatehouse.officer,
        sender.person_id,
        Stated(prisoner.prisoner_id, Relation.SPOUSE),
    )
    refuse_to_see(gatehouse, prisoner, sender)
    told = look(gatehouse, prisoner, sender)
    assert (told.refuses_sender, told.decision.passes) == (True, True)


def refuse_to_see(gatehouse: Gatehouse, prisoner: PrisonerCard, sender: PersonCard) -> None:
    gatehouse.do(
        relations.answer,
        gatehouse.officer,
        sender.person_id,
        prisoner.prisoner_id,
        Consent.NO,
    )


def test_of_a_remand_prisoner_grams_of_the_month_are_told_and_no_count(
    gatehouse: Gatehouse,
) -> None:
    told = look(gatehouse, gatehouse.prisoner(category=Category.REMAND, regime=None))
    assert told.room.limit is None
    assert told.room.grams_left


def test_a_wrapper_gives_a_sender_without_document_birth_or_sex(gatehouse: Gatehouse) -> None:
    sender = from_wrapper(gatehouse, gatehouse.prisoner(), "Мамытова", "Гүлнара")
    card = gatehouse.do(identify.card, gatehouse.officer, sender.person_id)
    assert (card.name.full, card.birth, card.document) == ("Мамытова Гүлнара", "", None)


def test_a_sender_from_a_wrapper_may_send_a_parcel(gatehouse: Gatehouse) -> None:
    prisoner = gatehouse.prisoner()
    sender = from_wrapper(gatehouse, prisoner, "Мамытова", "Г.")
    assert look(gatehouse, prisoner, sender, Service.PARCEL).decision.passes


def test_a_wrapper_without_a_name_asks_for_it(gatehouse: Gatehouse) -> None:
    with pytest.raises(Invalid) as refused:
        from_wrapper(gatehouse, gatehouse.prisoner(), "  ", "Г.")
    assert refused.value.field == "surname"


def test_who_may_not_register_writes_no_sender_down(gatehouse: Gatehouse) -> None:
    prisoner = gatehouse.prisoner()
    with pytest.raises(NotAllowed):
        gatehouse.do(
            senders.from_wrapper,
            gatehouse.administrator,
            Name("Мамытова", "Г."),
            prisoner.prisoner_id,
        )
