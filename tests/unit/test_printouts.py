"""What the papers say, to whom, in which languages, and that nothing runs over the edge."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from papers import BADGE, ISOLATOR, NOTICE, USED_UP

from kiosk import printouts
from kiosk.codes import ReasonCode, Service, Template
from kiosk.papers import BadgeBody, PaperReason, RefusalBody
from kiosk.printouts import Printed, Row, badge, refusal
from kiosk.printouts.layout import Align, Blank, Line, Pair, Rule, compose

WIDTHS = pytest.mark.parametrize("columns", [48, 32])

any_text = st.text(max_size=250)


def text_of(rows: tuple[Printed, ...]) -> str:
    return "\n".join(row.text for row in rows if isinstance(row, Row))


def said(rows: tuple[Printed, ...]) -> str:
    """The paper as one run of words, wherever its rows end."""
    return " ".join(text_of(rows).split())


def widest(rows: tuple[Printed, ...]) -> int:
    return max(len(row.text) * (2 if row.wide else 1) for row in rows if isinstance(row, Row))


# ---- the layout


def test_a_long_sentence_goes_on_below_at_its_indent() -> None:
    rows = compose([Line("1. Azyrynca zholugushuu berilbeit", indent=3)], 16)
    assert text_of(rows) == "1. Azyrynca\n   zholugushuu\n   berilbeit"


def test_a_word_longer_than_a_row_is_broken_where_the_row_ends() -> None:
    assert text_of(compose([Line("a" * 20)], 16)) == "a" * 16 + "\n" + "a" * 4


def test_what_takes_too_many_rows_is_cut_off_and_says_so() -> None:
    rows = compose([Line("word " * 50, rows=2)], 16)
    assert text_of(rows) == "word word word\nword word word…"


def test_a_value_that_does_not_fit_beside_its_label_stands_below_at_the_right() -> None:
    beside = compose([Pair("Entered", "10:06")], 16)
    below = compose([Pair("Entered the prison", "24.11.2026 10:06")], 16)
    assert text_of(beside) == "Entered    10:06"
    assert text_of(below) == "Entered the\nprison\n24.11.2026 10:06"
    assert [row.align for row in below if isinstance(row, Row)][-1] is Align.RIGHT


def test_a_count_is_not_torn_at_the_end_of_a_row() -> None:
    assert text_of(compose([Line("used up: 3 / 3.")], 13)) == "used up:\n3 / 3."


@given(texts=st.lists(any_text, min_size=2, max_size=2), columns=st.sampled_from([32, 48]))
def test_no_text_is_wider_than_the_roll(texts: list[str], columns: int) -> None:
    first, second = texts
    rows = compose(
        [
            Line(first, wide=True, tall=True),
            Line(first, start=3, indent=3),
            Pair(first, second, bold=True),
            Rule(),
            Blank(),
        ],
        columns,
    )
    assert widest(rows) <= columns
    assert text_of(rows).replace("\n", "").isprintable()


# ---- the badge


@WIDTHS
def test_a_badge_says_who_to_whom_since_when_and_until_when(columns: int) -> None:
    paper = said(badge.layout(BADGE, columns))
    for fact in (
        "V-26-004512-1",
        "Асанова Айгүл Өмүрбековна",
        "Токтосунов Бакыт Эңилчекович, 0398/22",
        "24.11.2026 10:06",
        "24.11.2026 14:06",
    ):
        assert paper.count(fact) == 1


def test_a_badge_speaks_kyrgyz_and_russian() -> None:
    paper = said(badge.layout(BADGE, 48))
    assert "КОНОК / ПОСЕТИТЕЛЬ" in paper
    assert "Кыска мөөнөттүү жолугушуу Краткосрочное свидание" in paper
    assert "Чыгууда бейджикти тапшырыңыз. Сдайте бейдж при выходе." in paper
    assert "VISITOR" not in paper


@pytest.mark.parametrize("language", ["en", "uz"])
def test_english_is_added_for_whoever_speaks_neither(language: str) -> None:
    paper = said(badge.layout(replace(BADGE, language=language), 48))
    assert "КОНОК / ПОСЕТИТЕЛЬ / VISITOR" in paper
    assert "Give this badge back when you leave." in paper


def test_the_qr_holds_the_badge_code_and_the_last_thing_is_the_cut() -> None:
    *_, qr, caption, cut = badge.layout(BADGE, 48)
    assert qr == printouts.Qr(BADGE.code, caption=BADGE.code)
    assert isinstance(caption, Row)
    assert caption.text == BADGE.code
    assert cut == printouts.Cut()


def test_a_first_print_bears_no_mark_of_a_copy() -> None:
    assert "КӨЧҮРМӨ" not in said(badge.layout(BADGE, 48))


@pytest.mark.parametrize("template", list(Template))
def test_a_copy_is_marked_in_every_language_with_the_first_printing(
    template: Template,
) -> None:
    original: BadgeBody | RefusalBody = BADGE if template is Template.BADGE else NOTICE
    copy = replace(original, copy_no=2, first_made="2026-11-24T10:07+06:00", language="en")
    paper = said(printouts.paper(template, msgspec.json.encode(copy), 48))
    assert "КӨЧҮРМӨ 2 / КОПИЯ 2 / COPY 2" in paper
    assert "24.11.2026 10:07" in paper


def test_a_visit_to_nobody_names_nobody() -> None:
    visit = replace(BADGE, service=Service.MONITOR_VISIT, prisoner="", file_number="")
    assert "Кимге" not in said(badge.layout(visit, 48))


# ---- the refusal notice


@WIDTHS
def test_a_notice_gives_every_reason_its_rule_and_its_day_in_both_languages(
    columns: int,
) -> None:
    paper = said(refusal.layout(NOTICE, columns))
    assert "1. Азырынча жолугушуу берилбейт. Эреже V-11. 01.12.2026 күнүнөн болот." in paper
    assert (
        "2. Быйылкы жолугушуулар бүттү: 3 / 3. Эреже V-02. 01.01.2027 күнүнөн болот." in paper
    )
    assert "1. Свидания пока не предоставляются. Правило V-11. Можно с 01.12.2026." in paper
    assert (
        "2. Свидания этого года использованы: 3 / 3. Правило V-02. Можно с 01.01.2027." in paper
    )


def test_number_name_and_first_day_stand_once() -> None:
    paper = said(refusal.layout(NOTICE, 48))
    assert paper.count("R-26-000288") == paper.count("Каримов Алишер") == 1
    assert "Эң эрте күн / Первый возможный день 01.01.2027" in paper


def test_a_notice_says_where_to_complain_and_that_it_is_free() -> None:
    paper = said(refusal.layout(NOTICE, 48))
    assert "Акыйкатчы. Даттануу акысыз." in paper
    assert "Акыйкатчы. Жалоба бесплатна." in paper


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
            refusal.layout(
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
    paper = said(refusal.layout(replace(NOTICE, reasons=(ISOLATOR, USED_UP, later)), 48))
    assert paper.count("Азырынча жолугушуу берилбейт.") == 1
    assert "V-12. 09.12.2026" in paper
    assert "V-11" not in paper


def test_the_law_is_quoted_once_beside_its_rule() -> None:
    paper = said(refusal.layout(NOTICE, 48))
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
    paper = said(refusal.layout(replace(NOTICE, reasons=(ban,)), columns))
    assert "Правило R-06. Запрет от 01.03.2026. Можно с 01.06.2026." in paper
    assert "R-06: Буйрук 14" in paper


def test_a_ban_without_end_says_so() -> None:
    ban = PaperReason(ReasonCode.BANNED, "R-06", "Буйрук 14", since=date(2026, 3, 1))
    paper = said(refusal.layout(replace(NOTICE, reasons=(ban,), next_allowed=None), 48))
    assert "Сизге жолугушууга тыюу салынган. " in paper
    assert "Эреже R-06. Тыюу: 01.03.2026. Аягы белгиленген эмес." in paper
    assert "Эң эрте күн" not in paper


def test_a_reason_about_one_of_a_group_names_them() -> None:
    reason = replace(USED_UP, name="Каримова Зухра")
    paper = said(refusal.layout(replace(NOTICE, reasons=(reason,)), 48))
    assert "1. Каримова Зухра: Быйылкы жолугушуулар" in paper


@pytest.mark.parametrize("code", list(ReasonCode))
def test_every_reason_has_its_sentence_in_every_language(code: ReasonCode) -> None:
    reason = PaperReason(code, "V-01", "", "", None, date(2026, 3, 14), 2, 3)
    notice = replace(NOTICE, reasons=(reason,), language="en")
    sentences = {refusal._sentence(reason, language) for language in ("ky", "ru", "en")}
    assert len(sentences) == 3
    assert "{" not in said(refusal.layout(notice, 32))


# ---- the stored body


@pytest.mark.parametrize(
    ("template", "body"), [(Template.BADGE, BADGE), (Template.REFUSAL, NOTICE)]
)
def test_a_paper_is_laid_out_from_its_stored_body(
    template: Template, body: BadgeBody | RefusalBody
) -> None:
    rows = printouts.paper(template, msgspec.json.encode(body), 48)
    assert body.number in said(rows)
    assert rows[-1] == printouts.Cut()
