"""A name is found however its document or its officer spelt it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk import names

# What is recorded, and what documents and officers write for the same name. Collected by
# hand from the ways these names are spelt in Kyrgyz, Russian and Uzbek papers.
SAME_NAME = [
    ("Асанов", "ASANOV Asanoff Asanof асанов АСАНОВ"),
    ("Асанова", "ASANOVA"),
    ("Жээнбеков", "JEENBEKOV ZHEENBEKOV DJEENBEKOV Жеенбеков"),
    ("Өмүралиев", "OEMUERALIEV OMURALIEV OMURALIYEV Омуралиев"),
    ("Кеңеш", "KENGESH KENESH Кенеш"),
    ("Айгүл", "AIGUL AYGUL AJGUL AIGUEL Айгуль"),
    ("Мээрим", "MEERIM MERIM Меерим"),
    ("Чыңгыз", "CHYNGYZ CHINGIZ Чингиз"),
    ("Жумабаев", "JUMABAEV ZHUMABAEV DZHUMABAEV DJUMABAEV JUMABAYEV Джумабаев"),
    ("Жаныбек", "JANYBEK ZHANYBEK ZHANIBEK Джаныбек"),
    ("Жусупов", "JUSUPOV ZHUSUPOV Джусупов"),
    ("Юсупов", "YUSUPOV IUSUPOV JUSUPOV"),
    ("Бакыт", "BAKYT BAKIT"),
    ("Ысаков", "YSAKOV ISAKOV Исаков"),
    ("Токтосунов", "TOKTOSUNOV"),
    ("Сыдыков", "SYDYKOV SIDIKOV"),
    ("Үсөнов", "USONOV USOENOV UESOENOV Усонов"),
    ("Өскөнбаев", "OSKONBAEV OSKONBAYEV OESKOENBAEV Осконбаев"),
    ("Гүлнара", "GULNARA Гульнара"),
    ("Гүлзат", "GULZAT Гульзат"),
    ("Нургүл", "NURGUL NOURGOUL Нургуль"),
    ("Нурлан", "NURLAN NOURLAN"),
    ("Эсенгул", "ESENGUL"),
    ("Эркинбаева", "ERKINBAEVA ERKINBAYEVA"),
    ("Темирлан", "TEMIRLAN"),
    ("Төлөгөн", "TOLOGON TOELOEGOEN Тологон"),
    ("Мүкөмбөр", "MUKOMBOR"),
    ("Ташиев", "TASHIEV TASHIYEV"),
    ("Алиев", "ALIEV ALIYEV"),
    ("Баева", "BAEVA BAYEVA"),
    ("Абдыкадыров", "ABDYKADYROV ABDIKADIROV"),
    ("Маматкалыкова", "MAMATKALYKOVA"),
    ("Орозбаева", "OROZBAEVA OROZBAYEVA"),
    ("Касымова", "KASYMOVA KASIMOVA"),
    ("Шаршеналы", "SHARSHENALY SHARSHENALI"),
    ("Айжан", "AIZHAN AYJAN AIJAN"),
    ("Кыялбек", "KYIALBEK KYYALBEK"),
    ("Аюпов", "AIUPOV AYUPOV"),
    ("Васильев", "VASILEV VASILIEV VASILYEV"),
    ("Григорьева", "GRIGOREVA GRIGORIEVA GRIGORYEVA"),
    ("Соловьёв", "SOLOVEV SOLOVIEV SOLOVYEV Соловьев"),
    ("Семёнов", "SEMENOV SEMYONOV Семенов"),
    ("Щукина", "SHCHUKINA SCHUKINA SHUKINA"),
    ("Цой", "TSOI TSOY"),
    ("Хасанов", "KHASANOV HASANOV XASANOV"),
    ("Мухтаров", "MUKHTAROV MUHTAROV"),
    ("Елена", "ELENA YELENA"),
    ("Екатерина", "EKATERINA YEKATERINA"),
    ("Сергеев", "SERGEEV SERGEYEV"),
    ("Людмила", "LIUDMILA LYUDMILA LUDMILA"),
    ("Юлия", "YULIA IULIIA YULIYA"),
    ("Мария", "MARIA MARIIA MARIYA"),
    ("Наталья", "NATALIA NATALYA"),
    ("Татьяна", "TATIANA TATYANA"),
    ("Дмитрий", "DMITRII DMITRIY DMITRY DMITRI"),
    ("Александр", "ALEKSANDR ALEXANDR"),
    ("Алексей", "ALEKSEI ALEXEY"),
    ("Максим", "MAKSIM MAXIM"),
    ("Фёдор", "FEDOR FYODOR Федор"),
    ("Якубов", "IAKUBOV YAKUBOV"),
    ("Ёкубов", "YOQUBOV YOKUBOV Екубов"),
    ("Қодиров", "QODIROV KODIROV Кодиров"),
    ("Ўктам", "OKTAM O'KTAM O‘ktam UKTAM Уктам"),
    ("Ғуломов", "GULOMOV G'ULOMOV GHULOMOV"),
    ("Ҳамидов", "HAMIDOV XAMIDOV KHAMIDOV Хамидов"),
    ("Шоҳруҳ", "SHOHRUH SHOKHRUKH"),
    ("Маъруф", "MARUF MA'RUF"),
    ("Каримов", "KARIMOV KARIMOFF"),
    ("Әсел", "ASEL Асел"),
    ("Виктор", "VIKTOR WIKTOR"),
]
OTHER_NAME = [
    ("Асанов", "Усенов"),
    ("Асанов", "Хасанов"),
    ("Беков", "Бейшеков"),
    ("Алиев", "Алимов"),
    ("Жумабаев", "Шумабаев"),
    ("Каримов", "Керимов"),
    ("Нурлан", "Нурбек"),
    ("Айгүл", "Айнур"),
    ("Токтосунов", "Токтогулов"),
]


def found(typed: str, recorded: str) -> bool:
    """Whether the search for what was typed leads to what was recorded."""
    words = names.keys(recorded)
    return all(any(word.startswith(q) for word in words) for q in names.query_words(typed))


@pytest.mark.parametrize(
    ("recorded", "typed"),
    [(one, other) for one, others in SAME_NAME for other in others.split()],
)
def test_a_name_is_found_by_its_other_spellings(recorded: str, typed: str) -> None:
    assert found(typed, recorded)


@pytest.mark.parametrize(("one", "other"), OTHER_NAME)
def test_another_name_is_not_found(one: str, other: str) -> None:
    assert not found(one, other)
    assert not found(other, one)


@pytest.mark.parametrize("recorded", [one for one, _others in SAME_NAME])
def test_two_letters_in_the_script_of_the_name_find_it(recorded: str) -> None:
    assert found(recorded[:2], recorded)


def test_the_judge_has_sixty_names_or_more() -> None:
    assert len(SAME_NAME) >= 60


@pytest.mark.parametrize(
    "typed", ["0412/19", "0412", "412", "041219", "0412/1", "04", "ас 0412", "асан аиг"]
)
def test_a_prisoner_is_found_by_file_number_and_name_in_any_order(typed: str) -> None:
    recorded = names.keys("0412/19") | names.keys("Асанов Айгүл")
    assert all(any(w.startswith(q) for w in recorded) for q in names.query_words(typed))


@pytest.mark.parametrize(
    "typed", ["ID1234567", "id1234567", "ID 1234567", "1234567", "ИД1234567"]
)
def test_a_document_is_found_with_and_without_its_series(typed: str) -> None:
    assert found(typed, "ID1234567")


def test_a_series_typed_apart_or_in_cyrillic_is_the_same_number() -> None:
    assert "AN1234567" in names.keys("АН 1234567")


def test_nothing_typed_asks_for_nothing() -> None:
    assert names.query_words(" - ' ") == ()
    assert names.keys("") == frozenset()


@given(st.text())
def test_any_text_gives_words_that_the_register_can_hold(text: str) -> None:
    for word in names.keys(text) | set(names.query_words(text)):
        assert 0 < len(word) <= names.LONGEST
        assert " " not in word


@given(st.text(alphabet="абвгдеёжзийклмнопрстуфхцчшщъыьэюяңөү", min_size=1, max_size=20))
def test_a_name_is_found_by_itself_and_by_its_capitals(word: str) -> None:
    assert found(word, word)
    assert found(word.upper(), word)


@pytest.mark.parametrize(
    ("latin", "cyrillic"),
    [
        ("ASANOVA", "Асанова"),
        ("MEERIM", "Мээрим"),
        ("AIGUL", "Айгүл"),
        ("NURLAN", "Нурлан"),
        ("TALANTOVICH", "Талантович"),
        ("SERGEEVICH", "Сергеевич"),
        ("JEENBEKOV", "Жээнбеков"),
        ("ZHUMABAEVA", "Жумабаева"),
        ("OEMUERALIEV", "Өмүралиев"),
        ("ALIYEV", "Алиев"),
        ("VASILIEV", "Васильев"),
        ("DMITRIEV", "Дмитриев"),
        ("ISMAILOV", "Исмаилов"),
        ("IAKUBOV", "Якубов"),
        ("IULIIA", "Юлия"),
        ("MARIIA", "Мария"),
        ("DIANA", "Диана"),
        ("TSOI", "Цой"),
        ("BAKYT", "Бакыт"),
        ("ESENOV", "Эсенов"),
        ("ELENA", "Елена"),
        ("SHCHUKINA", "Щукина"),
        ("O'KTAM", "Октам"),
        ("ABDYKADYROV-BEKOV", "Абдыкадыров-Беков"),
        ("", ""),
    ],
)
def test_cyrillic_is_proposed_for_the_name_of_a_document(latin: str, cyrillic: str) -> None:
    assert names.cyrillic_from_latin(latin) == cyrillic


@given(st.text(alphabet="ABCDEFGHIJKLMNOPQRSTUVWXYZ'- ", max_size=30))
def test_a_proposal_has_no_latin_letter_left(latin: str) -> None:
    assert not names.looks_latin(names.cyrillic_from_latin(latin))


def test_capitals_are_those_of_a_name() -> None:
    assert names.title("АСАНОВА") == "Асанова"
    assert names.title("салтыкова-щедрина") == "Салтыкова-Щедрина"
    assert names.title("асан КЫЗЫ") == "Асан кызы"
    assert names.title("O'KTAM") == "O'ktam"


def test_a_latin_name_is_told_from_a_cyrillic_one() -> None:
    assert names.looks_latin("Asanova")
    assert not names.looks_latin("Асанова")
    assert not names.looks_latin("Аsanova")
    assert not names.looks_latin("0412/19")
