"""What the columns let in, and what the tables hold together."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

import peewee
import pytest
from story import Story, tell

from kiosk.codes import Action, Sex
from kiosk.models import (
    CHAINED,
    FROZEN,
    PERSONAL,
    TABLES,
    Case,
    Ending,
    Ledger,
    Member,
    PersonDetail,
    Prisoner,
    SearchKey,
    Step,
)
from kiosk.models.base import columns_of, subject_of, table_of
from kiosk.models.database import Database
from kiosk.models.fields import Bytes, Cleaned, Code, Day, Id, Json
from kiosk.services.desk import Desk
from kiosk.services.entry import entry

ALL = """
person person_detail document search_key prisoner prisoner_detail prisoner_event restriction
ending gate staff credential sign_in rule_set rule gate_case member step register_number
decision ledger case_now presence print_job spool print_attempt relation permission
same_person note signature individual_rule import_batch room visit_slot slot_block visit_plan
ticket ticket_step deposit search review draft report_taken catalogue_item parcel item
item_words step_words place draw_seed drawing find find_thing find_words find_act audit_entry
pen sequence seal erasure
""".split()  # noqa: SIM905  one table a word


def test_the_register_has_its_sixty_one_tables_and_no_other() -> None:
    assert [table_of(model) for model in TABLES] == ALL


def test_every_fact_and_personal_row_says_who_wrote_it_and_in_which_entry() -> None:
    for model in (*CHAINED, *PERSONAL):
        assert {"id", "gate_id", "audit_seq"} <= set(columns_of(model))


def test_every_personal_table_has_a_salt_and_names_its_subject() -> None:
    for model in PERSONAL:
        assert {"salt", subject_of(model)} <= set(columns_of(model))


def test_no_fact_table_has_a_column_for_names_or_free_text() -> None:
    personal = {"surname", "given", "patronymic", "birth", "phone", "login", "text", "number"}
    for model in FROZEN:
        assert not personal & set(columns_of(model))


def test_text_is_cleaned_where_it_enters_whoever_wrote_it() -> None:
    assert Cleaned(60).db_value(" А\x1b[2Jсан\u202eов\n") == "А[2Jсанов"
    assert Cleaned(3).db_value("абвгд") == "абв"


def test_a_word_longer_than_the_search_column_finds_the_row_by_its_cut_form(
    database: Database, desk: Desk
) -> None:
    def work() -> list[str]:
        SearchKey.create(kind=1, word="A" * 60, subject_id=UUID(int=7))
        return [row.word for row in SearchKey.select()]

    assert database.run_write(work) == ["A" * 40]


@pytest.mark.parametrize("value", ["", "two words", "ё", "a" * 25, "a;b"])
def test_what_is_no_code_is_refused(value: str) -> None:
    with pytest.raises(ValueError):
        Code().db_value(value)


def test_a_code_outside_its_set_is_refused() -> None:
    with pytest.raises(ValueError):
        Code(Sex).db_value("Q")
    assert Code(Sex).db_value("M") == "M"
    assert Code(Sex).python_value("M") is Sex.MALE


def test_json_is_canonical_and_its_text_is_clean() -> None:
    field = Json()
    value = {"b": [date(2026, 3, 6), UUID(int=1), Sex.MALE, True, None], "a": "х\x1bу"}
    written = field.db_value(value)
    assert written == (
        '{"a":"ху","b":["2026-03-06","00000000-0000-0000-0000-000000000001","M",true,null]}'
    )
    assert field.db_value(written.encode()) == written
    assert field.python_value(written)["a"] == "ху"


def test_json_refuses_what_has_no_place_in_the_register() -> None:
    for value in (1.5, {"a": 0.1}, [object()]):
        with pytest.raises(TypeError):
            Json().db_value(value)


def test_ids_days_and_bytes_come_back_as_they_went_in() -> None:
    one = UUID(int=123456789)
    assert Id().python_value(Id().db_value(one)) == one
    assert Id().db_value(str(one)) == Id().db_value(one) == one.bytes
    day = date(2024, 2, 29)
    assert Day().python_value(Day().db_value(day)) == day
    with pytest.raises(ValueError):
        Day().db_value("2026-02-30")
    with pytest.raises(ValueError):
        Bytes(32).db_value(bytes(31))


def test_ids_stand_as_sixteen_bytes(database: Database, desk: Desk) -> None:
    story = database.run_write(tell, desk)
    query = "SELECT typeof(id), length(id) FROM person"
    rows = database.run_read(lambda: database.file.execute_sql(query).fetchall())
    assert set(rows) == {("blob", 16)}
    found = database.run_read(lambda: PersonDetail.get(PersonDetail.person_id == story.person))
    assert found.id == story.detail


def test_a_text_never_stands_in_a_numbers_place(database: Database, desk: Desk) -> None:
    def work() -> None:
        database.file.execute_sql(
            "INSERT INTO pen VALUES (2, 'many', zeroblob(32), zeroblob(16), 0)"
        )

    with pytest.raises(peewee.IntegrityError):
        database.run_write(work)


Refused = tuple[Story, Callable[..., None]]
"""What stands in the register, and a check that it refuses a row."""


class TestRowsThatContradict:
    """The database refuses them, whatever a service forgot to look at."""

    @pytest.fixture
    def refused(self, database: Database, desk: Desk) -> Refused:
        story = database.run_write(tell, desk)

        def check(model: type, **columns: object) -> None:
            def work() -> None:
                with entry(desk, Action.LEAVE) as e:
                    e.add(model, **columns)

            with pytest.raises(peewee.IntegrityError):
                database.run_write(work)

        return story, check

    def test_one_person_signing_as_both(self, refused: Refused) -> None:
        story, check = refused
        check(
            Ending,
            target_id=story.rule_set,
            target="restriction",
            reason="lifted",
            on_day="2026-03-06",
            staff_id=story.staff,
            second_id=story.staff,
        )

    def test_a_refund_that_undoes_nothing(self, refused: Refused) -> None:
        story, check = refused
        line = {
            "prisoner_id": story.prisoner,
            "service": "short_visit",
            "counts_on": "2026-03-06",
            "pieces": -1,
            "grams": 0,
            "staff_id": story.staff,
        }
        check(Ledger, kind="refund", **line)
        check(Ledger, kind="use", reverses=story.case, **line)

    def test_a_second_step_of_the_same_number(self, refused: Refused) -> None:
        story, check = refused
        step = {"kind": "left", "state": "left", "at": 1, "staff_id": story.staff}
        check(Step, case_id=story.case, no=2, **step)

    def test_a_member_of_no_case(self, refused: Refused) -> None:
        story, check = refused
        check(
            Member,
            case_id=story.person,
            no=1,
            person_id=story.person,
            detail_id=story.detail,
            role="lead",
        )

    def test_the_same_case_twice(self, refused: Refused) -> None:
        story, check = refused
        check(
            Case,
            id=story.case,
            service="short_visit",
            prisoner_id=story.prisoner,
            prisoner_detail_id=story.prisoner,
            day="2026-03-06",
            at=1,
            staff_id=story.staff,
        )

    def test_a_row_without_what_it_needs(self, refused: Refused) -> None:
        _, check = refused
        check(Prisoner)
