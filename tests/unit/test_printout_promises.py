"""Whatever stands in a body: every fact reaches the paper, and none runs over the edge."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from enum import Enum
from itertools import cycle, pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from papers import said, text_of, widest

from kiosk.codes import ItemReason, ReasonCode, Service, Template, Unit, Verdict
from kiosk.papers import (
    BODIES,
    Body,
    ContentsBody,
    GivenBackBody,
    InsideBody,
    ItemLine,
    PaperReason,
    ReceiptBody,
    RefusalBody,
    ThingName,
    TicketBody,
)
from kiosk.printouts import Barcode, Cut, Qr, Row, lay_out, scrap
from kiosk.printouts.layout import Align
from kiosk.printouts.reasons import WITHHELD
from kiosk.printouts.samples import SAMPLES

WIDTHS = (32, 42, 48)

# What people or prisons write; the rest are codes, numbers and moments.
WRITTEN = frozenset(
    {"site_name", "name", "names", "prisoner", "sender", "officer", "file_number"}
    | {"unit", "shelf", "room", "place", "printer", "rule", "legal_ref", "act"}
    | {"ky", "ru", "en"}
)
templates = st.sampled_from(list(Template))
widths = st.sampled_from(WIDTHS)
# One word, as long as a name may be long.
words = st.text("АБВГДЕЖЗИКЛМНОПРСТӨҮҢабвгдежзиклмнопрстөүңABCabc0123456789", min_size=1)


def rewritten(value: Any, texts: Iterator[str]) -> Any:
    """`value` with the next of `texts` in each field that people write."""
    if isinstance(value, tuple):
        return tuple(rewritten(one, texts) for one in value)
    if not dataclasses.is_dataclass(value) or isinstance(value, type):
        return value
    changed: dict[str, Any] = {}
    for field in dataclasses.fields(value):
        old = getattr(value, field.name)
        if field.name not in WRITTEN or not old:
            changed[field.name] = rewritten(old, texts)
        elif isinstance(old, tuple):
            changed[field.name] = tuple(next(texts) for _ in old)
        elif isinstance(old, str) and not isinstance(old, Enum):
            changed[field.name] = next(texts)
        else:
            changed[field.name] = rewritten(old, texts)
    return replace(value, **changed)


def written(value: Any) -> Iterator[str]:
    """What stands in the fields of `value` that people write."""
    if isinstance(value, tuple):
        for one in value:
            yield from written(one)
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            inside = getattr(value, field.name)
            if (
                field.name in WRITTEN
                and isinstance(inside, str)
                and not isinstance(inside, Enum)
            ):
                yield inside
            elif field.name == "names":
                yield from inside
            else:
                yield from written(inside)


def test_every_template_has_its_body_and_its_sample() -> None:
    assert set(BODIES) == set(SAMPLES) == set(Template)
    assert all(type(SAMPLES[template]) is BODIES[template] for template in Template)


@given(template=templates, columns=widths, texts=st.lists(st.text(max_size=250), min_size=1))
def test_no_row_of_any_paper_is_wider_than_the_roll(
    template: Template, columns: int, texts: list[str]
) -> None:
    body = rewritten(SAMPLES[template], cycle(texts))
    rows = lay_out(replace(body, copy_no=3, first_made="2026-11-24T10:07+06:00"), columns)
    assert widest(rows) <= columns
    assert text_of(rows).replace("\n", "").isprintable()
    assert [one for one in rows if isinstance(one, Cut)] == [rows[-1]]


# English stands on no paper of these samples; two halves side by side cut through words.
@settings(max_examples=60)
@given(template=templates, text=words.filter(lambda word: len(word) <= 60))
def test_every_fact_reaches_the_paper(template: Template, text: str) -> None:
    sample = SAMPLES[template]
    body = rewritten(sample, (f"{text}{number}" for number in range(1000)))
    paper = "".join(said(lay_out(body, 32)).split()).lower()
    untold = {
        one
        for one in written(body)
        if one.lower() not in paper and one not in set(_not_for_this_paper(body))
    }
    assert not untold


def _not_for_this_paper(body: Body) -> Iterator[str]:
    """English words, reasons told without their law, and what never reached a parcel."""
    if isinstance(body, TicketBody | RefusalBody):
        yield from (
            reason.legal_ref
            for reason in body.reasons
            if isinstance(body, TicketBody) or reason.code in WITHHELD
        )
    if isinstance(body, ReceiptBody | ContentsBody | GivenBackBody):
        for line in body.lines:
            yield line.name.en
            if isinstance(body, ContentsBody) and line.verdict in (
                Verdict.REFUSE,
                Verdict.SEIZE,
            ):
                yield from (line.name.ky, line.name.ru, line.rule, line.act)
    if body.language == "ky" and (perishable := getattr(body, "perishable", None)):
        yield from (perishable.ru, perishable.en)
    for left in getattr(body, "things", ()):
        yield left.name.en


@pytest.mark.parametrize("template", list(Template))
@pytest.mark.parametrize("columns", WIDTHS)
def test_every_paper_of_a_number_ends_with_its_code_and_check_digit(
    template: Template, columns: int
) -> None:
    body = SAMPLES[template]
    rows = lay_out(body, columns)
    codes = [one for one in rows if isinstance(one, Qr | Barcode)]
    if template in (Template.INSIDE, Template.CLOSING, Template.EXTRACT, Template.REPORT):
        assert not codes
        return
    if template is Template.TEST:
        assert {type(one) for one in codes} == {Qr, Barcode}
        return
    assert {one.data for one in codes} == {body.code}
    if template is Template.TAG:
        assert len(codes) == 2
    shown = body.code if template is Template.BADGE else f"{body.code[0]}{body.code[3:-1]}"
    assert shown in text_of(rows)
    assert f"{body.code[-1]}" == text_of(rows)[-1]


@pytest.mark.parametrize("template", list(Template))
@pytest.mark.parametrize("columns", WIDTHS)
def test_a_signature_has_room_above_the_bars(template: Template, columns: int) -> None:
    rows = lay_out(SAMPLES[template], columns)
    for above, below in pairwise(rows):
        if isinstance(above, Row) and isinstance(below, Barcode):
            assert "____" not in above.text


# ---- many lines


def test_sixty_things_and_twenty_reasons_all_stand_on_the_paper() -> None:
    receipt, notice = SAMPLES[Template.RECEIPT], SAMPLES[Template.REFUSAL]
    assert isinstance(receipt, ReceiptBody)
    assert isinstance(notice, RefusalBody)
    things = tuple(
        ItemLine(ThingName(f"нерсе{n}", f"вещь{n}"), Verdict.ACCEPT, 1, Unit.PIECE)
        for n in range(60)
    )
    reasons = tuple(PaperReason(ReasonCode.BANNED, f"R-{n:02d}", "") for n in range(20))
    for columns in WIDTHS:
        paper = said(lay_out(replace(receipt, lines=things), columns))
        assert all(f"нерсе{n}" in paper and f"вещь{n}" in paper for n in range(60))
        paper = said(lay_out(replace(notice, reasons=reasons), columns))
        assert all(paper.count(f"R-{n:02d}.") == 2 for n in range(20))


def test_a_list_of_two_hundred_inside_names_them_all() -> None:
    sample = SAMPLES[Template.INSIDE]
    assert isinstance(sample, InsideBody)
    people = tuple(
        replace(sample.people[0], badge=f"V-26-{n:06d}-1", name=f"Киши{n}") for n in range(200)
    )
    paper = said(lay_out(replace(sample, people=people), 48))
    assert all(f"V-26-{n:06d}-1" in paper and f"Киши{n}," in paper for n in range(200))
    assert "Тизменин аягы 200" in paper


# ---- what a holder may not know


@pytest.mark.parametrize("template", [Template.TICKET, Template.REFUSAL])
@pytest.mark.parametrize("service", [Service.SHORT_VISIT, Service.PACKAGE])
@pytest.mark.parametrize("free_from", [date(2026, 12, 1), None])
def test_no_paper_tells_where_the_prisoner_is(
    template: Template, service: Service, free_from: date | None
) -> None:
    told = {
        lay_out(
            replace(
                SAMPLES[template],
                service=service,
                reasons=(
                    PaperReason(
                        code,
                        "V-11",
                        f"law of {code}",
                        "Каримов",
                        free_from,
                        date(2026, 11, 30),
                        1,
                        2,
                        date(2026, 11, 1),
                    ),
                ),
            ),
            48,
        )
        for code in WITHHELD
    }
    assert len(told) == 1
    paper = said(told.pop())
    assert "law of" not in paper
    assert "30.11.2026" not in paper
    assert "01.11.2026" not in paper


def test_a_ticket_names_nobody_even_where_a_reason_does() -> None:
    reason = PaperReason(ReasonCode.BANNED, "R-06", "", "Каримова Зухра")
    ticket = replace(SAMPLES[Template.TICKET], reasons=(reason,))
    assert "Каримова" not in said(lay_out(ticket, 48))


def test_a_prisoner_reads_nothing_of_what_was_seized_or_returned() -> None:
    paper = said(lay_out(SAMPLES[Template.CONTENTS], 48))
    assert "мёд" not in paper
    assert "A-26-0047" not in paper
    assert "P-14" not in paper
    assert paper.count("шекер / сахар") == 1


# ---- whose language


@pytest.mark.parametrize("language", ["ky", "ru", "en"])
@pytest.mark.parametrize(
    ("template", "titles"),
    [
        (Template.MOVEMENT, ("АЛЫП КЕЛҮҮ БАРАГЫ", "ЛИСТ ВЫВОДА", "MOVEMENT SLIP")),
        (Template.INSIDE, ("КИМ ИЧИНДЕ", "КТО ВНУТРИ", "WHO IS INSIDE")),
        (Template.CLOSING, ("КЕЗЕКТИ ЖАБУУ", "ЗАКРЫТИЕ СМЕНЫ", "END OF SHIFT")),
        (Template.LABEL, ("Аманат", "Передача", "Package")),
    ],
)
def test_what_only_the_prison_reads_is_in_its_language_alone(
    language: str, template: Template, titles: tuple[str, ...]
) -> None:
    paper = said(lay_out(replace(SAMPLES[template], language=language), 48))
    spoken = dict(zip(("ky", "ru", "en"), titles, strict=True))
    assert [one for one in titles if one in paper] == [spoken[language]]


@pytest.mark.parametrize(
    "template",
    [Template.BADGE, Template.TICKET, Template.RECEIPT, Template.REFUSAL, Template.TAG],
)
def test_english_is_added_to_what_a_visitor_keeps_never_instead(template: Template) -> None:
    plain = text_of(lay_out(SAMPLES[template], 32)).splitlines()
    added = text_of(lay_out(replace(SAMPLES[template], language="en"), 32)).splitlines()
    kept = " ".join(added)
    assert all(word in kept for row in plain for word in row.rstrip(":").split())
    assert len(added) > len(plain)


@pytest.mark.parametrize("reason", list(ItemReason))
def test_every_reason_of_a_thing_returned_has_its_words(reason: ItemReason) -> None:
    line = ItemLine(ThingName("нан"), Verdict.REFUSE, grams=1, reason=reason, rule="P-1")
    rows = lay_out(replace(SAMPLES[Template.RECEIPT], lines=(line,), language="en"), 48)
    assert "{" not in text_of(rows)
    assert "P-1" in text_of(rows)


def test_a_thing_returned_names_a_rule_or_its_row_of_the_catalogue() -> None:
    for rule, said_so in (("P-14", "эреже/правило P-14"), ("su", " каталог su")):
        line = ItemLine(
            ThingName("нан"),
            Verdict.REFUSE,
            grams=1,
            reason=ItemReason.OVER_LIMIT,
            rule=rule,
        )
        rows = lay_out(replace(SAMPLES[Template.RECEIPT], lines=(line,)), 48)
        assert said_so in text_of(rows)


def test_a_document_stands_with_its_number_and_money_with_its_amount() -> None:
    passport = ItemLine(
        ThingName("паспорт"), Verdict.ACCEPT, 1, Unit.PIECE, paper_number="AN 1234567"
    )
    money = ItemLine(ThingName("акча", "деньги"), Verdict.ACCEPT, tyiyn=150_050)
    rows = lay_out(replace(SAMPLES[Template.RECEIPT], lines=(passport, money)), 48)
    assert " паспорт                             1 даана/шт." in text_of(rows)
    assert "   №                                  AN 1234567" in text_of(rows)
    assert " акча / деньги                      1 500,50 сом" in text_of(rows)


# ---- half a paper


@pytest.mark.parametrize("columns", WIDTHS)
def test_a_scrap_says_in_every_language_that_it_is_none(columns: int) -> None:
    rows = scrap(columns)
    assert "INCOMPLETE, NOT VALID" in said(rows)
    assert "ЖАРАКСЫЗ" in said(rows)
    assert "НЕДЕЙСТВИТЕЛЬНО" in said(rows)
    assert rows[-1] == Cut()
    assert widest(rows) <= columns
    assert {row.align for row in rows if isinstance(row, Row) and row.bold} == {Align.CENTER}


def test_the_file_number_stands_whole_behind_a_name_without_end() -> None:
    notice = SAMPLES[Template.REFUSAL]
    assert isinstance(notice, RefusalBody)
    paper = text_of(lay_out(replace(notice, prisoner="Токтосунов " * 30), 32))
    assert notice.file_number in paper
