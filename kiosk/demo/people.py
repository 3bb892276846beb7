"""Made-up prisoners and visitors: the same ones for the same seed, none of them real."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from kiosk.codes import (
    Category,
    Condition,
    DocumentKind,
    DocumentSource,
    Regime,
    Relation,
    Sex,
    Status,
)
from kiosk.values import DocumentSeen, PersonEntry, PrisonerEntry

# Surname stem as written in Cyrillic and as a document prints it; women add «а» / A.
_SURNAMES = (
    ("Асанов", "ASANOV"), ("Токтосунов", "TOKTOSUNOV"), ("Сатыбалдиев", "SATYBALDIEV"),
    ("Мамытов", "MAMYTOV"), ("Бекболотов", "BEKBOLOTOV"), ("Өмүралиев", "OMURALIEV"),
    ("Жээнбеков", "ZHEENBEKOV"), ("Исмаилов", "ISMAILOV"), ("Орозбаев", "OROZBAEV"),
    ("Эргешов", "ERGESHOV"), ("Абдыкадыров", "ABDYKADYROV"), ("Түлөгөнов", "TULOGONOV"),
    ("Кеңешов", "KENGESHOV"), ("Сыдыков", "SYDYKOV"), ("Тешебаев", "TESHEBAEV"),
    ("Жумабаев", "ZHUMABAEV"), ("Алымкулов", "ALYMKULOV"), ("Турдубаев", "TURDUBAEV"),
    ("Мамбетов", "MAMBETOV"), ("Чороев", "CHOROEV"), ("Үсөнов", "USONOV"),
    ("Каримов", "KARIMOV"), ("Юсупов", "YUSUPOV"), ("Рахимов", "RAKHIMOV"),
    ("Иванов", "IVANOV"), ("Кузнецов", "KUZNETSOV"), ("Щукин", "SHCHUKIN"),
    ("Ким", "KIM"), ("Мурзаев", "MURZAEV"), ("Осмонов", "OSMONOV"),
)  # fmt: skip
_MEN = (
    ("Бакыт", "BAKYT"), ("Нурлан", "NURLAN"), ("Руслан", "RUSLAN"), ("Азамат", "AZAMAT"),
    ("Эрлан", "ERLAN"), ("Улан", "ULAN"), ("Талант", "TALANT"), ("Өмүрбек", "OMURBEK"),
    ("Кубат", "KUBAT"), ("Медет", "MEDET"), ("Алишер", "ALISHER"), ("Тимур", "TIMUR"),
    ("Сергей", "SERGEI"), ("Нурбек", "NURBEK"), ("Үмүт", "UMUT"), ("Данияр", "DANIIAR"),
)  # fmt: skip
_WOMEN = (
    ("Айгүл", "AIGUL"), ("Гүлнара", "GULNARA"), ("Мээрим", "MEERIM"), ("Жаңыл", "ZHANGYL"),
    ("Бермет", "BERMET"), ("Нургүл", "NURGUL"), ("Чолпон", "CHOLPON"), ("Динара", "DINARA"),
    ("Сабира", "SABIRA"), ("Өмүркан", "OMURKAN"), ("Лариса", "LARISA"), ("Фарида", "FARIDA"),
    ("Анара", "ANARA"), ("Үмүтай", "UMUTAI"), ("Жамиля", "ZHAMILIA"), ("Кенже", "KENZHE"),
)  # fmt: skip
_FATHERS = (
    "Марат", "Темир", "Талант", "Эркин", "Кубат", "Асан", "Болот", "Жолдош", "Сапар", "Турат",
)  # fmt: skip

_RELATIONS = (
    (Sex.FEMALE, (Relation.SPOUSE, Relation.PARENT, Relation.SIBLING, Relation.CHILD)),
    (Sex.MALE, (Relation.PARENT, Relation.SIBLING, Relation.CHILD, Relation.NOT_KIN)),
)

_GENERATION = 16


@dataclass(frozen=True, slots=True)
class MadeUpVisitor:
    """A visitor with the file number of the prisoner they come to."""

    entry: PersonEntry
    comes_to: str
    relation: Relation


def _name(chance: random.Random, sex: Sex) -> tuple[tuple[str, str], tuple[str, str], str]:
    surname, latin = chance.choice(_SURNAMES)
    father = chance.choice(_FATHERS)
    female = sex is Sex.FEMALE
    if female and surname.endswith(("в", "н")):
        surname, latin = surname + "а", latin + "A"
    return (
        (surname, latin),
        chance.choice(_WOMEN if female else _MEN),
        father + ("овна" if female else "ович"),
    )


def prisoners(chance: random.Random, count: int, today: date) -> Iterator[PrisonerEntry]:
    """`count` prisoners; most are present convicts of the general regime."""
    for number in range(1, count + 1):
        (surname, _), (given, _), patronymic = _name(chance, Sex.MALE)
        remand = chance.random() < 0.06
        status = Status.PRESENT
        if chance.random() < 0.06:
            status = chance.choice(
                (Status.ISOLATOR, Status.QUARANTINE, Status.HOSPITAL, Status.COURT)
            )
        yield PrisonerEntry(
            file_number=f"{number:04d}/{chance.randint(17, today.year % 100):02d}",
            surname=surname,
            given=given,
            patronymic=patronymic,
            birth_year=chance.randint(today.year - 62, today.year - 20),
            sex=Sex.MALE,
            category=Category.REMAND if remand else Category.CONVICT,
            regime=chance.choices((Regime.GENERAL, Regime.STRICT, Regime.SPECIAL), (7, 3, 1))[
                0
            ],
            condition=chance.choices(
                (Condition.ORDINARY, Condition.LIGHT, Condition.STRICT), (6, 2, 1)
            )[0],
            unit=str(chance.randint(1, 8)),
            status=status,
        )


def visitors(
    chance: random.Random, count: int, file_numbers: list[str], today: date
) -> Iterator[MadeUpVisitor]:
    """`count` visitors, each coming to one of `file_numbers`."""
    for number in range(count):
        sex = Sex.FEMALE if chance.random() < 0.65 else Sex.MALE
        (surname, latin_surname), (given, latin_given), patronymic = _name(chance, sex)
        born = date(today.year - chance.randint(19, 75), 1, 1) + timedelta(
            days=chance.randint(0, 364)
        )
        personal = f"{'1' if sex is Sex.FEMALE else '2'}{born:%d%m%Y}{number:05d}"
        document = DocumentSeen(
            kind=DocumentKind.ID_CARD,
            country="KGZ",
            number=f"ID{2000000 + number * 17:07d}",
            surname=latin_surname,
            given=latin_given,
            birth=born.isoformat(),
            sex=sex,
            expires=date(today.year + chance.randint(1, 9), 1, 1)
            + timedelta(days=chance.randint(0, 364)),
            personal_number=personal,
            source=DocumentSource.SCAN,
        )
        relations = dict(_RELATIONS)[sex]
        yield MadeUpVisitor(
            PersonEntry(
                surname=surname,
                given=given,
                patronymic=patronymic,
                birth=born.isoformat(),
                sex=sex,
                personal_number=personal,
                phone=f"0{chance.randint(500, 559)}{chance.randint(100000, 999999)}",
                language="",
                document=document,
            ),
            comes_to=file_numbers[number % len(file_numbers)],
            relation=chance.choice(relations),
        )


def of_an_age(visitor: MadeUpVisitor, birth_year: int) -> MadeUpVisitor:
    """The visitor in a relation that their age and that of a prisoner born in `birth_year`
    allow: nobody is the child of somebody younger."""
    older_by = birth_year - date.fromisoformat(visitor.entry.birth).year
    if visitor.relation not in (Relation.PARENT, Relation.CHILD, Relation.SIBLING):
        return visitor
    if abs(older_by) < _GENERATION:
        return replace(visitor, relation=Relation.SIBLING)
    if visitor.relation is Relation.SIBLING and abs(older_by) < 2 * _GENERATION:
        return visitor
    relation = Relation.PARENT if older_by > 0 else Relation.CHILD
    return replace(visitor, relation=relation)
