"""Names of a hundred thousand people as they are spread in the country: many Asanovs.

Made from the parts that names are made of, so that neighbours in spelling abound: of every
root there are surnames on -ов, -бек and -кулов, and the same roots are given names. The first
of each list are the commonest (Zipf). Documents print them in the Latin of Kyrgyz passports.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import accumulate

from kiosk.codes import Sex
from kiosk.demo.people import MadeUpVisitor
from kiosk.values import PrisonerEntry


def _each(words: str) -> tuple[str, ...]:
    return tuple(words.split())


_ROOTS = _each("""
Асан Мамат Токто Жума Осмон Абдыкадыр Исмаил Сатыбалды Турдубай Мамбет Кадыр Алым Эсен Үсөн
Өмүрали Жээнбек Ысак Сыдык Эргеш Ороз Бейшен Кеңеш Түлөгөн Сулайман Иса Муса Ибраим Карим
Рыскул Бакир Султан Бектур Акмат Абдылда Молдо Сапар Темир Болот Кубат Жапар Жаныбек Касым
Мырза Ормон Сарт Сагын Шаршен Тынай Чоро Кожо Абдырахман Маматкул Назар Калык Нур Дүйшө
Байыш Жолдош Ашыр Имаш Кыдыр Мукан Токоч Төрө Шамшы Эшим Юсуп Якуп Хасан Рахман Баяс Дөөлөт
Жакып Ажы Итибай Калмырза Кочкор Качкын Курман Мамыр Мойдун Ниязаалы Орозаалы Самат Сейит
Стамкул Таш Тилек Туран Уран Чекир Черик Шабдан Ырыс Эрмек Өскөн Үмөт Күмүш Көкө Сүйүн Бөрү
Жүсүп Төлө Мөңкө Дүйшен Бүргө Жумагул Жумадил Тургунбай Туратбек Бообек Кубаныч Эралы Айдар
Айтмат Акун Алтымыш Аман Арстан Атай Бабак Байбол Байзак Бегалы Бекбол Бердибек Бостон
Ботобай Давлет Дыйкан Жайлоо Жакшылык Жаманак Жангазы Жылкыбай Исак Исхак Калыбек Кара
Каныбек Керим Көчкөн Кулуй Кыяз Маркабай Машан Миң Мурат Мыктыбек Найман Өзгөн Рай Рысмендей
Садыр Санжар Сооронбай Суван Сыргак Табылды Тентимиш Токой Тыныбек Тыныстан Ук Уркун Чолпон
Чоң Чотон Шаркүн Шейшен Ыбрай Эгемберди Элебес Эсенгул Абылкасым Баатыр Жекшен Кыштоо Канат
Койчу Көбөгөн Мажит Озгорүш
""")
_SUFFIXES = ("", "", "", "", "бай", "бек", "кул", "алы", "мырза", "мамат", "тай", "гул", "жан")
# Put before a root, or before the second half of a given name, they make the rarer ones.
_FRONTS = _each("""
Нур Бек Жан Ак Ай Эр Кал Мам Бай Кан Таш Темир Алтын Бакты Кубан Мырза Абды Тур Сары Кара
Кош Той Ырыс Кут Эл Ару Гүл Өмүр Сейит Тынч Шер Ата Уул Чын Күн Дос
""")
_ENDS_OF_MEN = _each("бек султан жигит лан бай кул мырза тай берди али азиз канат дин эл заман")
_ENDS_OF_WOMEN = _each("гүл жан зат нур айым кыз бүбү сулуу бара пери кан жамал зада чач дана")
_RUSSIAN = _each("""
Иванов Кузнецов Петров Смирнов Попов Васильев Соколов Михайлов Новиков Фёдоров Морозов
Волков Алексеев Лебедев Семёнов Егоров Павлов Козлов Степанов Николаев Орлов Андреев Макаров
Никитин Захаров Зайцев Соловьёв Борисов Яковлев Григорьев Романов Воробьёв Сергеев Фролов
Александров Дмитриев Королёв Гусев Киселёв Ильин Максимов Поляков Сорокин Виноградов Ковалёв
Белов Медведев Антонов Тарасов Жуков Баранов Филиппов Комаров Давыдов Беляев Герасимов
Богданов Осипов Сидоров Матвеев Титов Марков Миронов Крылов Куликов Карпов Власов Мельников
Денисов Гаврилов Тихонов Казаков Афанасьев Данилов Савельев Тимофеев Фомин Чернов Абрамов
Мартынов Ефимов Федотов Щербаков Назаров Калинин Исаев Чернышёв Быков Маслов Родионов
Коновалов Лазарев Воронин Климов Филатов Пономарёв Голубев Кудрявцев Прохоров Наумов Потапов
Журавлёв Овчинников Трофимов Леонов Соболев Ермаков Колесников Гончаров Емельянов Никифоров
Грачёв Котов Гришин Ефремов Архипов Громов Кириллов Малышев Панов Моисеев Румянцев Акимов
Кондратьев Бирюков Горбунов Анисимов Еремин Тихомиров Галкин Лукьянов Михеев Скворцов Юдин
Белоусов Нестеров Симонов Прокофьев Харитонов Князев Цветков Левин Митрофанов Воронов
Аксёнов Софронов Мальцев Логинов Горшков Савин Краснов Майоров Демидов Елисеев Рыбаков
Сафонов Плотников Дёмин Хохлов Фадеев Молчанов Игнатов Литвинов Ершов Ушаков Дементьев Рябов
Мухин Калашников Леонтьев Лобанов Кузин Корнеев Евдокимов Бородин Ким Цой Пак Ли Хан Тен Шин
Юн Мельниченко Шевченко Кравченко Бондаренко Ткаченко Лысенко
""")
_UZBEK = _each("""
Каримов Рахимов Юлдашев Абдуллаев Юсупов Хасанов Алиев Исмоилов Турсунов Эргашев Ахмедов
Умаров Мирзаев Саидов Қодиров Ғуломов Тўраев Қурбонов Ҳакимов Раҳмонов Ўринов Ёқубов Шарипов
Тошматов Холматов Мамадалиев Назаров Содиқов Мадаминов Эшонов Хўжаев Мўминов Собиров Ҳамидов
Жўраев Набиев Абдураҳмонов Бобоев Исоқов Латипов Маҳмудов Нишонов Орипов Пўлатов Розиков
Салимов Тўхтаев Усмонов Файзиев Ҳайитов Чориев Шукуров Ялғошев Қосимов Ғаниев Бахтияров
Сулаймонов Шокиров Хамраев Искандаров Ташпулатов Дадажанов Рузиев Мухаммаджанов Аширов
Зокиров Тиллаев
""")
_MEN = _each("""
Нурлан Бакыт Азамат Эрлан Руслан Талант Улан Марат Тимур Кубат Медет Алмаз Данияр Нурбек
Канат Жаныбек Эрмек Мирлан Айбек Темирлан Бекзат Нурсултан Адилет Эмил Бактыбек Улукбек
Асылбек Самат Максат Акыл Чынгыз Элдияр Султан Эламан Болот Кайрат Мелис Сыймык Таалайбек
Турат Өмүрбек Үмүт Жолдошбек Арстан Кылычбек Искендер Рустам Тилек Уланбек Эркин Жеңиш
Мыктыбек Бекболот Замир Каныбек Мирбек Калыс Байэл Аскар Асхат Төрөбек Дөөлөтбек Сүйүнбек
Шамбет Эсен Кеңеш Абдулла Мурат Нурдин Орозбек Ысмайыл Шаршен Жакшылык Түгөлбай Жумабек Азиз
Алишер Бахтияр Шухрат Ботир Фарход Жасур Рустамжон Дилшод Санжар Жамшид Иван Александр
Сергей Андрей Дмитрий Алексей Максим Владимир Николай Виктор Евгений Михаил Игорь Юрий Олег
Пётр Фёдор Денис Роман Вячеслав Артём Илья Эдуард Сапар Токтогул Ырыс Бейшен Майрамбек
Кадырбек Акжол Нурислам Умар Али Мухаммед Бекжан Дастан Актан Эржан Ислам Айдар Марлен Эрнис
Нурканат Сооронбай Ташболот Курманбек Чоробек Суйунбек Жыргал
""")
_WOMEN = _each("""
Айгүл Гүлнара Назгүл Айнура Мээрим Нургүл Жылдыз Бермет Динара Чолпон Анара Асель Айжан
Гүлмира Кенже Бегимай Айзада Жаңыл Үмүт Айсулуу Зарина Сабира Жазгүл Элмира Каныкей Нуржан
Айперим Жибек Гүлзат Роза Сайкал Салтанат Нурзат Перизат Алина Аида Жамиля Эльвира Чынара
Рахат Алтынай Бактыгүл Элнура Кундуз Мөлдүр Саадат Айчүрөк Жаркынай Нурайым Үмүтай Өмүркан
Бурул Бүбүсара Майрам Сайрагүл Зыйнат Тазагүл Уулжан Калыйпа Айнагүл Гүлбарчын Нарынгүл
Толгонай Керез Айдана Адина Гүлиза Наргиза Нилуфар Дилноза Гулчеҳра Феруза Малика Зулфия
Мадина Шаҳноза Барно Хуршида Мария Елена Наталья Ольга Татьяна Светлана Ирина Анна Екатерина
Людмила Юлия Любовь Галина Валентина Анастасия Дарья Вера Надежда Оксана Алёна Виктория
Кристина Лариса Фарида Рушания Амина Фатима Хадича Сумайя Бүажар Токтокан Зууракан Ырыскан
Турдукан Бурулкан Алымкан Батма Айша Гүлсүн Күлүйпа Асылкан
""")
_ENDING_OF_MEN, _ENDING_OF_WOMEN = "ович", "овна"

_LATIN = dict(
    zip("абвгдезийклмнопрстуфыэңөүўқғҳ", "ABVGDEZIIKLMNOPRSTUFYENOUOQGH", strict=True)
) | {
    "ё": "E", "ж": "ZH", "х": "KH", "ц": "TS", "ч": "CH", "ш": "SH", "щ": "SHCH", "ъ": "",
    "ь": "", "ю": "IU", "я": "IA",
}  # fmt: skip
_TABLE = str.maketrans(_LATIN)


@dataclass(frozen=True, slots=True)
class Names:
    """Of one person, in their own letters; `patronymic` may be empty."""

    surname: str
    given: str
    patronymic: str


def passport_latin(name: str) -> str:
    """The Latin of a Kyrgyz passport: Жеңиш → ZHENISH."""
    return name.lower().translate(_TABLE)


def named(chance: random.Random, visitors: Iterator[MadeUpVisitor]) -> Iterator[MadeUpVisitor]:
    """The same visitors under names of the whole country."""
    for one in visitors:
        names = drawn(chance, one.entry.sex)
        document = replace(
            one.entry.document,
            surname=passport_latin(names.surname),
            given=passport_latin(names.given),
        )
        entry = replace(
            one.entry,
            surname=names.surname,
            given=names.given,
            patronymic=names.patronymic,
            document=document,
        )
        yield replace(one, entry=entry)


def named_prisoners(
    chance: random.Random, prisoners: Iterator[PrisonerEntry]
) -> Iterator[PrisonerEntry]:
    """The same prisoners under names of the whole country."""
    for one in prisoners:
        names = drawn(chance, one.sex)
        yield replace(
            one, surname=names.surname, given=names.given, patronymic=names.patronymic
        )


def drawn(chance: random.Random, sex: Sex) -> Names:
    """Somebody's names: of ten people seven are Kyrgyz, two Uzbek, one Russian or other."""
    woman = sex is Sex.FEMALE
    given = _given(chance, woman)
    father = _common(chance, _MEN, 8)
    patronymic = father + (_ENDING_OF_WOMEN if woman else _ENDING_OF_MEN)
    if chance.random() < 0.15:
        patronymic = ""
    among = chance.random()
    if among < 0.7:
        root = _common(chance, _ROOTS, 10)
        rare = chance.random()
        if rare < 0.3:
            root = chance.choice(_FRONTS) + root.lower()
        if 0.2 < rare < 0.6:
            root += chance.choice(_SUFFIXES)
        if chance.random() < 0.06:
            return Names(f"{root} {'кызы' if woman else 'уулу'}", given, "")
        surname = _surname(root)
    else:
        surname = _common(chance, _UZBEK if among < 0.9 else _RUSSIAN, 8)
    if woman and surname.endswith(("в", "н")):
        surname += "а"
    return Names(surname, given, patronymic)


def _given(chance: random.Random, woman: bool) -> str:
    if chance.random() < 0.15:
        ends = _ENDS_OF_WOMEN if woman else _ENDS_OF_MEN
        return chance.choice(_FRONTS) + chance.choice(ends)
    return _common(chance, _WOMEN if woman else _MEN, 8)


def _surname(root: str) -> str:
    if root[-1] in "аеёиоуыэюяөү":
        return root + "ев" if root[-1] in "аиыоуө" else root + "в"
    return root[:-1] + "ев" if root.endswith("й") else root + "ов"


def _common(chance: random.Random, among: Sequence[str], flat: int) -> str:
    """One of them, the n-th as often as 1 / (n + flat)."""
    return chance.choices(among, cum_weights=_weights(len(among), flat))[0]


@cache
def _weights(count: int, flat: int) -> tuple[float, ...]:
    return tuple(accumulate(1 / (place + flat) for place in range(count)))
