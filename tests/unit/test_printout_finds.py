"""How the papers of a find look: the act, and the notice to whoever brought the thing."""

from __future__ import annotations

from dataclasses import replace

from papers import shown

from kiosk.codes import FindChannel, Template
from kiosk.papers import ActBody, FineBody
from kiosk.printouts.samples import SAMPLES


def test_an_act_says_what_where_with_whom_and_is_signed_by_three() -> None:
    assert (
        shown(SAMPLES[Template.ACT], 48)
        == """\
№ 16 МЕКЕМЕ                     24.11.2026 10:24
ТАБЫЛГАНЫН АКТЫСЫ / АКТ ОБ ИЗЪЯТИИ   F-26-000047
A-26-0047                                  1 / 2
------------------------------------------------
Табылды / Обнаружено            24.11.2026 10:12
Аманат / Передача                    P-26-003341
SIM-карта                            6 даана/шт.
  Салмак / Вес                          0,012 кг
  Банкада / В банке
Так жери / Где именно:
  капкактын астында, фольгада
------------------------------------------------
Алып келген / Принёс(ла):
  Мамытова Гүлнара Асановна, 12.04.1967
Кимге арналган / Для кого:
  Сатыбалдиев Нурбек, 0077/21
Тапкан / Обнаружил(а)                Касымова Ж.
Күбө / Свидетель                     Исмаилов Б.
Сүрөттөр / Фото                    IMG 0412-0415
Мөөр / Пломба                             004417
Кимге берилди / Передано                 Милиция
Мыйзам боюнча / По закону
  Укук бузуулар жөнүндө кодекс, 446-берене
  Кодекс о правонарушениях, статья 446
Айып пул / Штраф                      20 000 сом

Касымова Ж.                     ________________

Исмаилов Б.                     ________________

Мамытова Гүлнара Асановна       ________________

            ┌──────────────────────┐
            │ CODE128 F01260000470 │
            └──────────────────────┘
                  F26000047-0
────────────────────────────────────────────────"""
    )


def test_a_notice_of_a_prison_that_gave_no_account_sends_to_the_officer() -> None:
    notice = SAMPLES[Template.FINE]
    assert isinstance(notice, FineBody)
    said = shown(replace(notice, payment=(), pay_by=None, language="en"), 48)
    assert "Где и как платить: спросите у сотрудника" in said
    assert "Where and how it is paid: ask the officer" in said
    assert "24.12.2026" not in said


def test_the_notice_of_a_fine_names_the_act_the_article_where_to_pay_and_to_complain() -> None:
    assert (
        shown(SAMPLES[Template.FINE], 48)
        == """\
№ 16 МЕКЕМЕ                     24.11.2026 10:24
АЙЫП ПУЛ ЖӨНҮНДӨ БИЛДИРҮҮ            F-26-000047
ИЗВЕЩЕНИЕ О ШТРАФЕ
------------------------------------------------
Мамытова Гүлнара Асановна

Алып келгениңизден тыюу салынган нерселер
табылып, алып коюлду:
В том, что вы принесли, обнаружены и изъяты
запрещённые предметы:
SIM-карта                            6 даана/шт.
  Салмак / Вес                          0,012 кг
  Банкада / В банке
------------------------------------------------
Актынын номери / Номер акта            A-26-0047
Мыйзам боюнча / По закону
  Укук бузуулар жөнүндө кодекс, 446-берене
  Кодекс о правонарушениях, статья 446
Айып пул / Штраф                      20 000 сом
Төлөө мөөнөтү / Срок уплаты           24.12.2026
Кайда төлөө керек / Куда платить
  Казынчылык (үлгү)
  эсеп 0000 0000 0000 0000

Даттануу: мекеменин начальниги, прокурор,
Акыйкатчы. Даттануу акысыз.
Жалоба: начальник учреждения, прокурор,
Акыйкатчы. Жалоба бесплатна.

Касымова Ж.               Кол / Подпись ________

            ┌──────────────────────┐
            │ CODE128 F01260000470 │
            └──────────────────────┘
                  F26000047-0
────────────────────────────────────────────────"""
    )


def test_an_act_of_what_was_thrown_over_names_nobody_and_no_fine() -> None:
    act = SAMPLES[Template.ACT]
    assert isinstance(act, ActBody)
    thrown = replace(
        act,
        channel=FindChannel.THROWN,
        case_number="",
        bringer="",
        born="",
        prisoner="",
        file_number="",
        fine_tyiyn=None,
        language="en",
    )
    paper = shown(thrown, 48)
    assert "Thrown over" in paper
    assert not any(word in paper for word in ("Brought by", "Meant for", "Fine"))
    assert paper.count("________________") == 2
