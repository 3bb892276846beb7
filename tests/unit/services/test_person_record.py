"""What is known of somebody: corrected, with one more document, with a note."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from kiosk.codes import DocumentKind, DocumentSource, Proof, Relation, SameGround, Sex
from kiosk.errors import Invalid, NotAllowed
from kiosk.services import documents, doubles, find, identify, notes, people, relation_lines
from kiosk.values import DocumentSeen, PersonDetails, Stated
from tests.unit.services.gatehouse import Gatehouse, id_card

DETAILS = PersonDetails("Асанова", "Айгүл", "", "1985-07-01", Sex.FEMALE, "", "", "ky")
LICENCE = DocumentSeen(DocumentKind.DRIVING_LICENCE, "KGZ", "kg 123456")


def test_a_correction_is_a_new_version_and_the_old_name_still_finds(
    gatehouse: Gatehouse,
) -> None:
    visitor = gatehouse.visitor("Асонова")
    card = gatehouse.do(people.correct, gatehouse.officer, visitor.person_id, DETAILS)
    assert card.name.surname == "Асанова"
    for typed in ("асонова", "асанова"):
        (found,) = gatehouse.ask(find.find, gatehouse.officer, typed)
        assert found.subject_id == visitor.person_id
    before = gatehouse.counts()
    gatehouse.do(people.correct, gatehouse.officer, visitor.person_id, DETAILS)
    assert gatehouse.written(before) == {}
    gatehouse.must_be_whole()


def test_a_correction_may_take_a_wrong_personal_number_away(gatehouse: Gatehouse) -> None:
    visitor = gatehouse.visitor(personal_number="10107198500001")
    card = gatehouse.do(people.correct, gatehouse.officer, visitor.person_id, DETAILS)
    assert card.personal_number == ""


@pytest.mark.parametrize(
    ("field", "told"),
    [
        ("surname", {"surname": " "}),
        ("given", {"given": ""}),
        ("birth", {"birth": "1985-02-30"}),
        ("personal_number", {"personal_number": "123"}),
    ],
)
def test_a_correction_is_checked_as_a_new_person_is(
    gatehouse: Gatehouse, field: str, told: dict[str, Any]
) -> None:
    visitor = gatehouse.visitor()
    with pytest.raises(Invalid) as refused:
        gatehouse.do(
            people.correct,
            gatehouse.officer,
            visitor.person_id,
            replace(DETAILS, **told),
        )
    assert refused.value.field == field


def test_a_number_of_another_record_is_not_corrected_into_this_one(
    gatehouse: Gatehouse,
) -> None:
    other = gatehouse.visitor(personal_number="10107198500001")
    visitor = gatehouse.visitor()
    said = replace(DETAILS, personal_number="10107198500001")
    with pytest.raises(Invalid, match="Another record"):
        gatehouse.do(people.correct, gatehouse.officer, visitor.person_id, said)
    gatehouse.do(
        doubles.join,
        gatehouse.supervisor,
        visitor.person_id,
        other.person_id,
        SameGround.FACE,
    )
    card = gatehouse.do(people.correct, gatehouse.officer, visitor.person_id, said)
    assert card.personal_number == "10107198500001"


def test_a_document_typed_from_paper_leads_to_its_person(gatehouse: Gatehouse) -> None:
    visitor = gatehouse.visitor()
    gatehouse.do(documents.add, gatehouse.officer, visitor.person_id, LICENCE)
    lines = gatehouse.ask(documents.of_person, gatehouse.officer, visitor.person_id)
    assert [one.document.kind for one in lines] == [
        DocumentKind.DRIVING_LICENCE,
        DocumentKind.ID_CARD,
    ]
    assert lines[0].document.source is DocumentSource.TYPED
    seen = replace(LICENCE, number="KG 123456")
    card = gatehouse.do(identify.identify, gatehouse.officer, seen)
    assert card is not None
    assert card.person_id == visitor.person_id
    gatehouse.must_be_whole()


def test_a_document_is_recorded_once_and_for_one_person(gatehouse: Gatehouse) -> None:
    visitor, other = gatehouse.visitor(), gatehouse.visitor()
    gatehouse.do(documents.add, gatehouse.officer, visitor.person_id, LICENCE)
    for person in (visitor, other):
        with pytest.raises(Invalid) as refused:
            gatehouse.do(documents.add, gatehouse.officer, person.person_id, LICENCE)
        assert refused.value.field == "number"


def test_a_scanned_passport_of_a_known_number_is_added_by_itself(gatehouse: Gatehouse) -> None:
    number = "10107198500001"
    visitor = gatehouse.visitor(personal_number=number)
    passport = id_card("PE1234567", kind=DocumentKind.PASSPORT, personal_number=number)
    gatehouse.do(identify.identify, gatehouse.officer, passport)
    lines = gatehouse.ask(documents.of_person, gatehouse.officer, visitor.person_id)
    assert lines[0].document.number == "PE1234567"
    assert len(lines) == 2


def test_a_new_visitor_comes_with_the_relation_they_state(gatehouse: Gatehouse) -> None:
    prisoner = gatehouse.prisoner()
    stated = Stated(prisoner.prisoner_id, Relation.SPOUSE, Proof.PASSPORT)
    card = gatehouse.do(people.register, gatehouse.officer, gatehouse.entered(), stated)
    (line,) = gatehouse.ask(relation_lines.of_person, gatehouse.officer, card.person_id)
    assert (line.kind, line.approved) == (Relation.SPOUSE, True)


def test_a_child_with_a_birth_certificate_needs_no_personal_number(
    gatehouse: Gatehouse,
) -> None:
    child = gatehouse.child()
    assert child.personal_number == ""
    assert child.document is not None
    assert child.document.kind is DocumentKind.BIRTH_CERTIFICATE
    card = gatehouse.do(identify.identify, gatehouse.officer, child.document)
    assert card is not None
    assert card.person_id == child.person_id


def test_notes_stand_newest_first_and_an_empty_one_is_none(gatehouse: Gatehouse) -> None:
    visitor = gatehouse.visitor()
    gatehouse.do(notes.write, gatehouse.officer, visitor.person_id, "в коляске")
    gatehouse.do(notes.write, gatehouse.supervisor, visitor.person_id, "нужен пандус")
    lines = gatehouse.ask(notes.of, gatehouse.officer, visitor.person_id)
    assert [(one.text, one.by) for one in lines] == [
        ("нужен пандус", "Supervisor"),
        ("в коляске", "Officer"),
    ]
    with pytest.raises(Invalid):
        gatehouse.do(notes.write, gatehouse.officer, visitor.person_id, "  ")
    with pytest.raises(NotAllowed):
        gatehouse.do(notes.write, gatehouse.administrator, visitor.person_id, "x")
    gatehouse.must_be_whole()
