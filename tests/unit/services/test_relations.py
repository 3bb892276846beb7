"""Relations: stated, approved, agreed to or refused by the prisoner, and ended."""

from __future__ import annotations

from datetime import date

import pytest

from kiosk.clock import local_day
from kiosk.codes import Consent, Proof, ReasonCode, Relation, ReviewKind, SameGround
from kiosk.errors import Invalid, NotAllowed, NotFound
from kiosk.rules.facts import RelationFacts
from kiosk.services import (
    doubles,
    prisoner_file,
    relation_lines,
    relations,
    reviews,
)
from kiosk.values import Officer, PersonCard, PrisonerCard, RelationLine, Stated
from tests.unit.services.gatehouse import Gatehouse


@pytest.fixture
def prisoner(gatehouse: Gatehouse) -> PrisonerCard:
    return gatehouse.prisoner()


@pytest.fixture
def visitor(gatehouse: Gatehouse) -> PersonCard:
    return gatehouse.visitor()


def state(
    gatehouse: Gatehouse,
    visitor: PersonCard,
    prisoner: PrisonerCard,
    kind: Relation,
    proof: Proof | None = None,
    officer: Officer | None = None,
) -> None:
    gatehouse.do(
        relations.state,
        officer or gatehouse.officer,
        visitor.person_id,
        Stated(prisoner.prisoner_id, kind, proof),
    )


def line_of(gatehouse: Gatehouse, visitor: PersonCard) -> RelationLine:
    (line,) = gatehouse.ask(relation_lines.of_person, gatehouse.officer, visitor.person_id)
    return line


def facts_of(
    gatehouse: Gatehouse, visitor: PersonCard, prisoner: PrisonerCard
) -> RelationFacts | None:
    def ask() -> dict[object, RelationFacts]:
        ids = (visitor.person_id,), (prisoner.prisoner_id,)
        return dict(relations.holding(*ids, gatehouse.desk))

    return gatehouse.db.run_read(ask).get(visitor.person_id)


def test_close_kin_whose_proof_was_seen_is_approved_by_that_officer(
    gatehouse: Gatehouse, visitor: PersonCard, prisoner: PrisonerCard
) -> None:
    state(gatehouse, visitor, prisoner, Relation.SPOUSE, Proof.MARRIAGE_CERTIFICATE)
    line = line_of(gatehouse, visitor)
    assert (line.approved, line.approved_by) == (True, "Officer")
    assert line.file_number == prisoner.file_number
    facts = facts_of(gatehouse, visitor, prisoner)
    assert facts is not None
    assert (facts.kind, facts.approved, facts.consent) == (Relation.SPOUSE, True, None)


@pytest.mark.parametrize(
    ("kind", "proof"),
    [(Relation.SPOUSE, None), (Relation.OTHER_KIN, Proof.PASSPORT), (Relation.OTHER_KIN, None)],
)
def test_any_other_relation_waits_for_a_supervisor(
    gatehouse: Gatehouse,
    visitor: PersonCard,
    prisoner: PrisonerCard,
    kind: Relation,
    proof: Proof | None,
) -> None:
    state(gatehouse, visitor, prisoner, kind, proof)
    line = line_of(gatehouse, visitor)
    assert not line.approved
    with pytest.raises(NotAllowed):
        gatehouse.do(relations.approve, gatehouse.officer, line.relation_id)
    gatehouse.do(relations.approve, gatehouse.supervisor, line.relation_id)
    approved = line_of(gatehouse, visitor)
    assert (approved.approved, approved.approved_by, approved.proof) == (
        True,
        "Supervisor",
        proof,
    )
    with pytest.raises(NotFound):
        gatehouse.do(relations.approve, gatehouse.supervisor, line.relation_id)


def test_who_is_no_kin_has_no_relation(
    gatehouse: Gatehouse, visitor: PersonCard, prisoner: PrisonerCard
) -> None:
    state(gatehouse, visitor, prisoner, Relation.NOT_KIN)
    assert facts_of(gatehouse, visitor, prisoner) is None


def test_words_do_not_outdo_what_is_approved_but_a_proof_does(
    gatehouse: Gatehouse, visitor: PersonCard, prisoner: PrisonerCard
) -> None:
    state(gatehouse, visitor, prisoner, Relation.SPOUSE, Proof.MARRIAGE_CERTIFICATE)
    state(gatehouse, visitor, prisoner, Relation.SIBLING)
    state(gatehouse, visitor, prisoner, Relation.OTHER_KIN, Proof.OTHER)
    assert line_of(gatehouse, visitor).kind is Relation.SPOUSE
    state(gatehouse, visitor, prisoner, Relation.SIBLING, Proof.BIRTH_CERTIFICATE)
    assert line_of(gatehouse, visitor).kind is Relation.SIBLING


def test_the_same_words_again_write_nothing(
    gatehouse: Gatehouse, visitor: PersonCard, prisoner: PrisonerCard
) -> None:
    state(gatehouse, visitor, prisoner, Relation.OTHER_KIN)
    before = gatehouse.counts()
    state(gatehouse, visitor, prisoner, Relation.OTHER_KIN)
    assert gatehouse.written(before) == {}


def test_a_relation_over_is_made_anew_by_a_proof(
    gatehouse: Gatehouse, visitor: PersonCard, prisoner: PrisonerCard
) -> None:
    gatehouse.at(2026, 5, 1, 10, 0)
    state(gatehouse, visitor, prisoner, Relation.SPOUSE, Proof.PASSPORT)
    line = line_of(gatehouse, visitor)
    day = date(2026, 5, 10)
    gatehouse.do(relations.approve, gatehouse.supervisor, line.relation_id, None, day)
    gatehouse.at(2026, 5, 10, 23, 59)
    facts = facts_of(gatehouse, visitor, prisoner)
    assert facts is not None
    assert facts.span.holds(gatehouse.clock.at)
    gatehouse.at(2026, 5, 11, 0, 0)
    assert not facts.span.holds(gatehouse.clock.at)
    state(gatehouse, visitor, prisoner, Relation.SPOUSE, Proof.PASSPORT)
    assert line_of(gatehouse, visitor).to_day is None


def test_a_relation_does_not_end_before_it_begins(
    gatehouse: Gatehouse, visitor: PersonCard, prisoner: PrisonerCard
) -> None:
    state(gatehouse, visitor, prisoner, Relation.OTHER_KIN)
    line = line_of(gatehouse, visitor)
    with pytest.raises(Invalid):
        gatehouse.do(
            relations.approve,
            gatehouse.supervisor,
            line.relation_id,
            date(2026, 5, 2),
            date(2026, 5, 1),
        )


def test_the_prisoners_answer_outlives_what_happens_to_the_relation(
    gatehouse: Gatehouse, visitor: PersonCard, prisoner: PrisonerCard
) -> None:
    gatehouse.at(2026, 5, 1, 10, 0)
    state(gatehouse, visitor, prisoner, Relation.OTHER_KIN)
    gatehouse.do(
        relations.answer,
        gatehouse.officer,
        visitor.person_id,
        prisoner.prisoner_id,
        Consent.NO,
    )
    gatehouse.at(2026, 5, 3, 10, 0)
    gatehouse.do(
        relations.approve, gatehouse.supervisor, line_of(gatehouse, visitor).relation_id
    )
    line = line_of(gatehouse, visitor)
    assert (line.consent, line.consent_since) == (Consent.NO, date(2026, 5, 1))
    gatehouse.do(relations.end, gatehouse.supervisor, line.relation_id)
    ended = line_of(gatehouse, visitor)
    assert (ended.kind, ended.consent) == (Relation.NOT_KIN, Consent.NO)
    facts = facts_of(gatehouse, visitor, prisoner)
    assert facts is not None
    assert (facts.approved, facts.consent) == (True, False)


def test_a_prisoner_may_refuse_somebody_who_is_no_kin_and_change_their_mind(
    gatehouse: Gatehouse, visitor: PersonCard, prisoner: PrisonerCard
) -> None:
    ids = (visitor.person_id, prisoner.prisoner_id)
    gatehouse.do(relations.answer, gatehouse.officer, *ids, Consent.NO)
    assert line_of(gatehouse, visitor).consent is Consent.NO
    gatehouse.do(relations.answer, gatehouse.officer, *ids, Consent.YES)
    line = line_of(gatehouse, visitor)
    assert line.consent is Consent.YES
    assert line.consent_since == local_day(gatehouse.clock.at, gatehouse.desk.zone)
    gatehouse.must_be_whole()


def test_an_ended_relation_is_none(
    gatehouse: Gatehouse, visitor: PersonCard, prisoner: PrisonerCard
) -> None:
    state(gatehouse, visitor, prisoner, Relation.SPOUSE, Proof.PASSPORT)
    line = line_of(gatehouse, visitor)
    gatehouse.do(relations.end, gatehouse.supervisor, line.relation_id)
    assert facts_of(gatehouse, visitor, prisoner) is None
    with pytest.raises(NotFound):
        gatehouse.do(relations.end, gatehouse.supervisor, line.relation_id)


def test_joined_records_have_one_relation_the_last_one_stated(
    gatehouse: Gatehouse, prisoner: PrisonerCard
) -> None:
    first, second = gatehouse.visitor(), gatehouse.visitor()
    state(gatehouse, first, prisoner, Relation.SPOUSE, Proof.PASSPORT)
    state(gatehouse, second, prisoner, Relation.OTHER_KIN)
    gatehouse.do(
        doubles.join,
        gatehouse.supervisor,
        first.person_id,
        second.person_id,
        SameGround.FACE,
    )
    (line,) = gatehouse.ask(relation_lines.of_prisoner, gatehouse.officer, prisoner.prisoner_id)
    assert (line.person_id, line.kind) == (first.person_id, Relation.OTHER_KIN)
    state(gatehouse, second, prisoner, Relation.SPOUSE, Proof.PASSPORT)
    for one in (first, second):
        facts = facts_of(gatehouse, one, prisoner)
        assert facts is not None
        assert facts.approved


def test_a_prisoner_who_refuses_a_visitor_puts_their_visit_up_for_review(
    gatehouse: Gatehouse, visitor: PersonCard, prisoner: PrisonerCard
) -> None:
    other = gatehouse.prisoner()
    gatehouse.visit(prisoner, visitor)
    ids = (visitor.person_id, prisoner.prisoner_id)
    elsewhere = (visitor.person_id, other.prisoner_id)
    answer = relations.answer
    assert gatehouse.do(answer, gatehouse.officer, *elsewhere, Consent.NO) == 0
    assert gatehouse.do(answer, gatehouse.officer, *ids, Consent.NO) == 1
    (line,) = gatehouse.ask(reviews.open_reviews, gatehouse.officer)
    assert line.kind is ReviewKind.CONSENT
    gatehouse.do(answer, gatehouse.officer, *ids, Consent.YES)
    assert gatehouse.ask(reviews.open_reviews, gatehouse.officer) == ()
    gatehouse.must_be_whole()


@pytest.mark.parametrize(
    ("consent", "approved", "reasons"),
    [
        (Consent.NO, True, [ReasonCode.PRISONER_REFUSES]),
        (Consent.YES, False, [ReasonCode.RELATION_NOT_APPROVED]),
        (Consent.YES, True, []),
    ],
)
def test_the_rules_are_told_what_is_approved_and_agreed_to(
    gatehouse: Gatehouse,
    visitor: PersonCard,
    prisoner: PrisonerCard,
    consent: Consent,
    approved: bool,
    reasons: list[ReasonCode],
) -> None:
    state(gatehouse, visitor, prisoner, Relation.SPOUSE, Proof.PASSPORT if approved else None)
    ids = (visitor.person_id, prisoner.prisoner_id)
    gatehouse.do(relations.answer, gatehouse.officer, *ids, consent)
    request = gatehouse.request(prisoner, visitor)
    decision = gatehouse.propose(request).decision
    assert [one.code for one in decision.reasons] == reasons


def test_the_prisoners_card_says_since_when_they_refuse_somebody(
    gatehouse: Gatehouse, visitor: PersonCard, prisoner: PrisonerCard
) -> None:
    answered = gatehouse.desk.day()
    asked = visitor.person_id, prisoner.prisoner_id, Consent.NO
    gatehouse.do(relations.answer, gatehouse.officer, *asked)
    gatehouse.clock.at += 3 * 86_400_000
    state(gatehouse, visitor, prisoner, Relation.OTHER_KIN)
    file = gatehouse.ask(prisoner_file.file_of, gatehouse.officer, prisoner.prisoner_id)
    (told,) = file.agreements
    assert (told.consent, told.since) == (Consent.NO, answered)
