"""What may be brought, asked before there is a bag, and the sender whom a wrapper names."""

from __future__ import annotations

import json
from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from kiosk.codes import (
    Action,
    Category,
    Consent,
    EarlyAnswer,
    ReasonCode,
    Relation,
    Service,
    Status,
)
from kiosk.errors import AlreadyDone, Invalid, NotAllowed, NotFound
from kiosk.models import Erasure, PersonDetail, SearchKey
from kiosk.services import (
    identify,
    printing,
    prisoner_events,
    relations,
    senders,
    ticket_window,
    tickets,
)
from kiosk.services.desk import Desk
from kiosk.services.entry import entry
from kiosk.services.goods import by_post, may_bring
from kiosk.values import MemberRequest, Name, PersonCard, PrisonerCard, Stated
from kiosk.values.goods import GoodsRecorded, MayBring
from kiosk.values.waiting import TicketLine, TicketRequest
from tests.unit.services import paper_acts
from tests.unit.services.gatehouse import Gatehouse, id_card

from .table import Table, goes_back


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


# ---- before the wait, and instead of a visit


def ticket(
    gatehouse: Gatehouse, service: Service, sender: PersonCard, prisoner: PrisonerCard
) -> tuple[TicketLine, dict[str, Any]]:
    asked = TicketRequest(service, sender.person_id, prisoner.prisoner_id)
    line = gatehouse.do(ticket_window.take, gatehouse.officer, asked)
    ((paper,),) = gatehouse.rows("SELECT body FROM spool ORDER BY job_id DESC LIMIT 1")
    return line, json.loads(paper)


def test_a_ticket_for_a_package_tells_count_and_weight_before_the_wait(
    gatehouse: Gatehouse,
) -> None:
    line, paper = ticket(gatehouse, Service.PACKAGE, gatehouse.visitor(), gatehouse.prisoner())
    assert line.answer is EarlyAnswer.PASS
    assert (paper["used"], paper["limit"], paper["grams_left"]) == (1, 6, 20_000)


def test_a_ticket_of_a_banned_sender_says_no_before_the_wait(gatehouse: Gatehouse) -> None:
    sender = gatehouse.visitor()
    gatehouse.ban(sender)
    line, paper = ticket(gatehouse, Service.PACKAGE, sender, gatehouse.prisoner())
    assert (line.answer, paper["package_today"]) == (EarlyAnswer.NO, None)


def test_whoever_is_refused_a_visit_is_told_whether_a_package_is_taken(
    gatehouse: Gatehouse,
) -> None:
    visitor, prisoner = gatehouse.visitor(), gatehouse.prisoner()
    gatehouse.ban(visitor, services=frozenset({Service.SHORT_VISIT}))
    _line, paper = ticket(gatehouse, Service.SHORT_VISIT, visitor, prisoner)
    assert paper["package_today"] is True
    assert notice(gatehouse, prisoner, visitor)["package_today"] is True


def test_whoever_is_banned_from_everything_is_told_that_no_package_is_taken(
    gatehouse: Gatehouse,
) -> None:
    visitor, prisoner = gatehouse.visitor(), gatehouse.prisoner()
    gatehouse.ban(visitor)
    assert notice(gatehouse, prisoner, visitor)["package_today"] is False


def test_nobody_asks_a_lawyer_about_packages(gatehouse: Gatehouse) -> None:
    visitor, prisoner = gatehouse.visitor(), gatehouse.prisoner()
    gatehouse.ban(visitor, services=frozenset({Service.LAWYER_VISIT}))
    told = notice(gatehouse, prisoner, visitor, Service.LAWYER_VISIT)
    assert told["package_today"] is None


def notice(
    gatehouse: Gatehouse,
    prisoner: PrisonerCard,
    visitor: PersonCard,
    service: Service = Service.SHORT_VISIT,
) -> dict[str, Any]:
    recorded = gatehouse.refuse(gatehouse.request(prisoner, visitor, service=service))
    return paper_acts.body(gatehouse.ask(printing.body, recorded.jobs[0]))


def test_the_ticket_that_a_sender_holds_for_a_package_is_found(gatehouse: Gatehouse) -> None:
    sender, prisoner = gatehouse.visitor(), gatehouse.prisoner()
    line, _paper = ticket(gatehouse, Service.PACKAGE, sender, prisoner)
    found = gatehouse.ask(senders.ticket_of, gatehouse.officer, sender.person_id)
    assert found == line.ticket_id


def test_a_ticket_for_a_visit_is_none_of_a_package(gatehouse: Gatehouse) -> None:
    sender, prisoner = gatehouse.visitor(), gatehouse.prisoner()
    ticket(gatehouse, Service.SHORT_VISIT, sender, prisoner)
    assert gatehouse.ask(senders.ticket_of, gatehouse.officer, sender.person_id) is None


# ---- who opens what comes by post


def test_an_officer_opens_with_those_of_the_gate_and_no_clerk(gatehouse: Gatehouse) -> None:
    staff = gatehouse.ask(by_post.may_open, gatehouse.officer)
    assert [one.login for one in staff] == ["officer", "supervisor"]


def test_a_parcel_that_one_opens_alone_is_stopped_before_it_is_open(
    gatehouse: Gatehouse,
) -> None:
    with pytest.raises(Invalid) as refused:
        gatehouse.ask(
            by_post.must_be_new,
            gatehouse.officer,
            "RR123456789KG",
            (gatehouse.officer.staff_id,),
        )
    assert refused.value.field == "commission"


def test_an_expired_card_of_a_known_sender_keeps_out_what_they_hand_in_and_no_parcel(
    gatehouse: Gatehouse,
) -> None:
    expired = id_card("ID5550001", expires=date(2020, 1, 1))
    sender, prisoner = gatehouse.visitor(document=expired), gatehouse.prisoner()
    assert not look(gatehouse, prisoner, sender, Service.PACKAGE).decision.passes
    assert look(gatehouse, prisoner, sender, Service.PARCEL).decision.passes


# ---- what came before


def posted(
    table: Table, prisoner: PrisonerCard, sender: PersonCard, post_no: str
) -> GoodsRecorded:
    gatehouse = table.gatehouse
    return table.accept(
        table.request(
            prisoner,
            sender,
            table.line("te"),
            gross=900,
            service=Service.PARCEL,
            post_no=post_no,
            commission=(gatehouse.officer.staff_id, gatehouse.supervisor.staff_id),
        )
    )


def test_the_same_name_on_a_wrapper_for_the_same_prisoner_is_the_same_sender(
    gatehouse: Gatehouse,
) -> None:
    table, prisoner = Table(gatehouse), gatehouse.prisoner()
    sender = from_wrapper(gatehouse, prisoner, "Мамытова", "Гүлнара")
    posted(table, prisoner, sender, "RR000000001KG")
    again = from_wrapper(gatehouse, prisoner, "мамытова", "Гүлнара")
    assert again.person_id == sender.person_id
    assert again.last_prisoner == prisoner


def test_under_the_name_of_a_sender_who_was_erased_somebody_new_writes(
    gatehouse: Gatehouse,
) -> None:
    table, prisoner = Table(gatehouse), gatehouse.prisoner()
    sender = from_wrapper(gatehouse, prisoner, "Мамытова", "Гүлнара")
    posted(table, prisoner, sender, "RR000000001KG")

    def erase(desk: Desk) -> None:
        with entry(desk, Action.RECORD_PERSON) as e:
            e.add(Erasure, subject_id=sender.person_id, ground="retention", at=e.now)
        PersonDetail.delete().where(PersonDetail.person_id == sender.person_id).execute()
        SearchKey.delete().where(SearchKey.subject_id == sender.person_id).execute()

    gatehouse.do(erase)
    again = from_wrapper(gatehouse, prisoner, "Мамытова", "Гүлнара")
    assert again.person_id != sender.person_id


def test_the_same_name_on_a_wrapper_for_another_prisoner_is_nobody_known(
    gatehouse: Gatehouse,
) -> None:
    table, prisoner = Table(gatehouse), gatehouse.prisoner()
    sender = from_wrapper(gatehouse, prisoner, "Мамытова", "Гүлнара")
    posted(table, prisoner, sender, "RR000000001KG")
    other = from_wrapper(gatehouse, gatehouse.prisoner(), "Мамытова", "Гүлнара")
    assert other.person_id != sender.person_id


def test_a_post_number_is_told_before_the_parcel_is_opened_again(gatehouse: Gatehouse) -> None:
    table, prisoner = Table(gatehouse), gatehouse.prisoner()
    sender = from_wrapper(gatehouse, prisoner, "Мамытова", "Гүлнара")
    recorded = posted(table, prisoner, sender, "RR000000001KG")
    commission = (gatehouse.officer.staff_id, gatehouse.supervisor.staff_id)
    with pytest.raises(AlreadyDone) as told:
        gatehouse.ask(by_post.must_be_new, gatehouse.officer, "RR000000001KG", commission)
    assert told.value.number == recorded.number
    gatehouse.ask(by_post.must_be_new, gatehouse.officer, "RR000000002KG", commission)


def test_a_package_is_counted_and_named_to_whoever_comes_with_the_next(
    gatehouse: Gatehouse,
) -> None:
    table, prisoner, sender = Table(gatehouse), gatehouse.prisoner(), gatehouse.visitor()
    recorded = table.accept(table.request(prisoner, sender, table.line("te"), gross=900))
    told = look(gatehouse, prisoner, sender)
    assert (told.room.used, told.earlier) == (1, (recorded.number,))


def test_a_package_serves_the_ticket_that_its_sender_holds(gatehouse: Gatehouse) -> None:
    table, prisoner, sender = Table(gatehouse), gatehouse.prisoner(), gatehouse.visitor()
    line, _paper = ticket(gatehouse, Service.PACKAGE, sender, prisoner)
    held = gatehouse.ask(senders.ticket_of, gatehouse.officer, sender.person_id)
    bag = table.request(prisoner, sender, table.line("te"), gross=900, ticket_id=held)
    table.accept(bag)
    board = gatehouse.ask(tickets.board, gatehouse.officer)
    assert line.ticket_id not in {one.ticket_id for one in board.lines}
    assert gatehouse.ask(senders.ticket_of, gatehouse.officer, sender.person_id) is None


def test_a_senders_card_tells_what_was_taken_in_and_what_was_refused(
    gatehouse: Gatehouse,
) -> None:
    table, prisoner, sender = Table(gatehouse), gatehouse.prisoner(), gatehouse.visitor()
    taken = table.accept(table.request(prisoner, sender, table.line("te"), gross=900))
    bag = (goes_back(table.line("te"), 900),)
    refused = table.refuse(table.request(prisoner, sender, *bag, gross=900))
    card = gatehouse.do(identify.card, gatehouse.officer, sender.person_id)
    told = [(one.number, one.refused) for one in card.last_cases]
    assert told == [(refused.number, True), (taken.number, False)]
    assert card.visits == 0
