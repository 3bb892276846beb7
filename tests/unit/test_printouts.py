"""What badge and notice say, to whom, in which languages; what all papers have in common."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import msgspec
import pytest
from papers import BADGE, ISOLATOR, NOTICE, USED_UP, said, text_of

from kiosk import printouts
from kiosk.codes import ReasonCode, Service, Template
from kiosk.papers import PaperReason
from kiosk.printouts import Barcode, Row, lay_out, reasons
from kiosk.printouts.samples import SAMPLES

WIDTHS = pytest.mark.parametrize("columns", [48, 32])

# ---- the badge


@WIDTHS
def test_a_badge_says_who_to_whom_since_when_and_until_when(columns: int) -> None:
    paper = said(lay_out(BADGE, columns))
    for fact in (
        "V-26-004512-1",
        "Асанова Айгүл Өмүрбековна",
        "Токтосунов Бакыт Эңилчекович, 0398/22",
        "24.11.2026 10:06",
        "24.11.2026 14:06",
    ):
        assert paper.count(fact) == 1


def test_a_badge_speaks_kyrgyz_and_russian() -> None:
    paper = said(lay_out(BADGE, 48))
    assert "КОНОК / ПОСЕТИТЕЛЬ" in paper
    assert "Кыска мөөнөттүү жолугушуу Краткосрочное свидание" in paper
    assert "Чыгууда бейджикти тапшырыңыз. Сдайте бейдж при выходе." in paper
    assert "VISITOR" not in paper


@pytest.mark.parametrize("language", ["en", "uz"])
def test_english_is_added_for_whoever_speaks_neither(language: str) -> None:
    paper = said(lay_out(replace(BADGE, language=language), 48))
    assert "КОНОК / ПОСЕТИТЕЛЬ / VISITOR" in paper
    assert "Give this badge back when you leave." in paper


def test_the_qr_holds_the_badge_code_and_the_last_thing_is_the_cut() -> None:
    *_, qr, caption, cut = lay_out(BADGE, 48)
    assert qr == printouts.Qr(BADGE.code, caption=BADGE.code)
    assert isinstance(caption, Row)
    assert caption.text == BADGE.code
    assert cut == printouts.Cut()


@pytest.mark.parametrize("template", list(Template))
@pytest.mark.parametrize("columns", [48, 32])
def test_a_copy_is_marked_in_every_language_with_the_first_printing(
    template: Template, columns: int
) -> None:
    copy = replace(SAMPLES[template], copy_no=2, first_made="2026-11-24T10:07+06:00")
    paper = said(printouts.paper(template, msgspec.json.encode(copy), columns))
    assert "КӨЧҮРМӨ 2" in paper
    assert "КОПИЯ 2" in paper
    assert "COPY 2" in paper
    assert "24.11.2026 10:07" in paper


@pytest.mark.parametrize("template", list(Template))
def test_a_first_print_bears_no_mark_of_a_copy(template: Template) -> None:
    assert "КӨЧҮРМӨ" not in said(lay_out(SAMPLES[template], 48))


def test_a_visit_to_nobody_names_nobody() -> None:
    visit = replace(BADGE, service=Service.MONITOR_VISIT, prisoner="", file_number="")
    assert "Кимге" not in said(lay_out(visit, 48))


@WIDTHS
def test_a_weight_is_never_thousands_to_whoever_reads_english(columns: int) -> None:
    receipt = replace(SAMPLES[Template.RECEIPT], language="en")
    paper = said(lay_out(receipt, columns))
    assert "9,380 кг / 9.380 kg" in paper
    assert "0,120 кг / 0.120 kg" in paper
    assert not re.search(r"\d,\d+ (кг/)?kg", paper)


# ---- the refusal notice


@WIDTHS
def test_a_notice_gives_every_reason_its_rule_and_its_day_in_both_languages(
    columns: int,
) -> None:
    paper = said(lay_out(NOTICE, columns))
    assert "1. Азырынча жолугушуу берилбейт. Эреже V-11. 01.12.2026 күнүнөн болот." in paper
    assert (
        "2. Быйылкы жолугушуулар бүттү: 3 / 3. Эреже V-02. 01.01.2027 күнүнөн болот." in paper
    )
    assert "1. Свидания пока не предоставляются. Правило V-11. Можно с 01.12.2026." in paper
    assert (
        "2. Свидания этого года использованы: 3 / 3. Правило V-02. Можно с 01.01.2027." in paper
    )


def test_number_name_and_first_day_stand_once() -> None:
    paper = said(lay_out(NOTICE, 48))
    assert paper.count("R-26-000288") == paper.count("Каримов Алишер") == 1
    assert "Эң эрте күн / Первый возможный день 01.01.2027" in paper


def test_a_notice_says_where_to_complain_and_that_it_is_free() -> None:
    paper = said(lay_out(NOTICE, 48))
    assert "Акыйкатчы. Даттануу акысыз." in paper
    assert "Акыйкатчы. Жалоба бесплатна." in paper


def test_a_notice_says_whether_a_package_is_taken_and_nothing_when_nobody_asked() -> None:
    taken, untaken = (
        said(lay_out(replace(NOTICE, package_today=answer), 48)) for answer in (True, False)
    )
    assert "Бүгүн аманат тапшыра аласыз." in taken
    assert "Передачу можно сдать сегодня." in taken
    assert "Аманат бүгүн кабыл алынбайт." in untaken
    assert "аманат" not in said(lay_out(NOTICE, 48))


PLACES = (
    ReasonCode.ISOLATOR,
    ReasonCode.QUARANTINE,
    ReasonCode.PRISONER_AWAY,
    ReasonCode.NOT_IN_PRISON,
)


@pytest.mark.parametrize("free_from", [date(2026, 12, 1), None])
def test_a_notice_does_not_tell_where_the_prisoner_is(free_from: date | None) -> None:
    papers = {
        text_of(
            lay_out(
                replace(
                    NOTICE,
                    reasons=(PaperReason(code, "V-11", f"law of {code}", "", free_from),),
                ),
                48,
            )
        )
        for code in PLACES
    }
    assert len(papers) == 1
    assert "law of" not in papers.pop()


def test_two_reasons_about_the_prisoners_place_are_told_as_one_with_the_later_day() -> None:
    later = replace(
        ISOLATOR, code=ReasonCode.QUARANTINE, rule="V-12", free_from=date(2026, 12, 9)
    )
    paper = said(lay_out(replace(NOTICE, reasons=(ISOLATOR, USED_UP, later)), 48))
    assert paper.count("Азырынча жолугушуу берилбейт.") == 1
    assert "V-12. 09.12.2026" in paper
    assert "V-11" not in paper


def test_the_law_is_quoted_once_beside_its_rule() -> None:
    paper = said(lay_out(NOTICE, 48))
    assert paper.count("V-02: Кодекс, 65-берене") == 1


@WIDTHS
def test_a_ban_has_its_rule_its_day_and_its_law_on_paper(columns: int) -> None:
    ban = PaperReason(
        ReasonCode.BANNED,
        "R-06",
        "Буйрук 14",
        free_from=date(2026, 6, 1),
        since=date(2026, 3, 1),
    )
    paper = said(lay_out(replace(NOTICE, reasons=(ban,)), columns))
    assert "Правило R-06. Запрет от 01.03.2026. Можно с 01.06.2026." in paper
    assert "R-06: Буйрук 14" in paper


def test_a_ban_without_end_says_so() -> None:
    ban = PaperReason(ReasonCode.BANNED, "R-06", "Буйрук 14", since=date(2026, 3, 1))
    paper = said(lay_out(replace(NOTICE, reasons=(ban,), next_allowed=None), 48))
    assert "Сизге жолугушууга тыюу салынган. " in paper
    assert "Эреже R-06. Тыюу: 01.03.2026. Аягы белгиленген эмес." in paper
    assert "Эң эрте күн" not in paper


def test_a_reason_about_one_of_a_group_names_them() -> None:
    reason = replace(USED_UP, name="Каримова Зухра")
    paper = said(lay_out(replace(NOTICE, reasons=(reason,)), 48))
    assert "1. Каримова Зухра: Быйылкы жолугушуулар" in paper


@pytest.mark.parametrize("code", list(ReasonCode))
def test_every_reason_has_its_sentence_in_every_language(code: ReasonCode) -> None:
    reason = PaperReason(code, "V-01", "", "", None, date(2026, 3, 14), 2, 3)
    notice = replace(NOTICE, reasons=(reason,), language="en")
    sentences = {
        reasons.sentence(reason, notice.service, language) for language in ("ky", "ru", "en")
    }
    assert len(sentences) == 3
    assert "{" not in said(lay_out(notice, 32))


# ---- the stored body


@pytest.mark.parametrize("template", list(Template))
def test_a_paper_is_laid_out_from_its_stored_body(template: Template) -> None:
    body = SAMPLES[template]
    rows = printouts.paper(template, msgspec.json.encode(body, order="sorted"), 48)
    assert rows == lay_out(body, 48)
    assert rows[-1] == printouts.Cut()


@pytest.mark.parametrize("template", list(Template))
def test_what_a_paper_says_of_people_stands_in_no_log(template: Template) -> None:
    body = SAMPLES[template]
    for secret in ("Асанов", "Каримов", "Мамытова", "Сатыбалдиев", "0412/19", "0077/21"):
        assert secret not in repr(body)


def test_a_notice_from_before_the_codes_has_no_barcode() -> None:
    assert not any(isinstance(one, Barcode) for one in lay_out(NOTICE, 48))
