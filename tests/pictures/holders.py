"""Made-up holders of documents of Central Asia, Russia, Europe: none of them real.

Numbers are built as each state builds them, so that a reader's knowledge of a state is put
to the test and not merely tolerated.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta

from tests.pictures.zones import Layout, Printed, checked

TODAY = date(2026, 11, 24)


@dataclass(frozen=True, slots=True)
class _Names:
    men: str
    women: str
    given_men: str
    given_women: str
    fathers: tuple[str, ...] = ()
    """Patronymic stems; men's get the first ending, women's the second."""
    endings: tuple[str, str] = ("", "")


_KYRGYZ = _Names(
    men="ASANOV TOKTOSUNOV SATYBALDIEV BEKBOLOTOV OMURALIEV ZHEENBEKOV ABDYKADYROV TULOGONOV "
    "KENGESHOV SYDYKOV DZHUMABAEV ALYMKULOV TURDUBAEV MAMBETOV CHOROEV USONOV OSMONOV "
    "IBRAIMOV KADYRKULOV TASHTANBEKOV SYDYGALIEV ESENGULOV KIM LI MA SHAMYRKANOV",
    women="ASANOVA TOKTOSUNOVA OMURALIEVA ZHEENBEKOVA ABDYKADYROVA KENGESHOVA SYDYKOVA "
    "DZHUMABAEVA TURDUBAEVA CHOROEVA OSMONOVA ALYMBEKOVA KADYRKULOVA SULAIMANOVA TE PAK",
    given_men="BAKYT NURLAN AZAMAT ERLAN ULAN TALANT OMURBEK KUBATBEK MEDET ZHYRGALBEK "
    "BAKTYBEK KANYBEK NURSULTAN DANIIAR URMAT EMIL CHYNGYZ",
    given_women="AIGUL GULNARA MEERIM ZHANGYL BERMET NURGUL CHOLPON DINARA OMURKAN UMUTAI "
    "ZHAMILIA KENZHE KYIAL AIZADA BEGIMAI NAZGUL",
    fathers=("MARAT", "TALANTBEK", "ERKIN", "ASAN", "BOLOT", "ZHOLDOSH", "SAPARBEK"),
    endings=("OVICH", "OVNA"),
)
_UZBEK = _Names(
    men="KARIMOV YUSUPOV RAKHIMOV TOSHMATOV ABDULLAYEV MIRZAYEV XOLMATOV QODIROV ERGASHEV",
    women="KARIMOVA YUSUPOVA RAXIMOVA NAZAROVA ABDULLAYEVA MIRZAYEVA QODIROVA ERGASHEVA",
    given_men="ALISHER JASUR SHERZOD BEKZOD ULUGBEK OTABEK SARDOR ISLOM JAHONGIR",
    given_women="DILNOZA GULCHEHRA NILUFAR SHAHZODA MALIKA ZULFIYA FERUZA MADINA",
    fathers=("SHUXRAT", "BAHODIR", "ANVAR", "RUSTAM", "TOLQIN"),
    endings=("<OGLI", "<QIZI"),
)
_KAZAKH = _Names(
    men="NURPEISSOV AKHMETOV SULEIMENOV ZHAKSYBEKOV OSPANOV TULEGENOV BAIZHANOV KASSYMOV",
    women="NURPEISSOVA AKHMETOVA SULEIMENOVA OSPANOVA TULEGENOVA BAIZHANOVA KASSYMOVA",
    given_men="YERZHAN NURSULTAN DAULET ARMAN YERLAN SERIK BAUYRZHAN ALIKHAN",
    given_women="AIGERIM DANA ZARINA SAULE GULNAR ASSEL BOTAGOZ KARLYGASH",
)
_RUSSIAN = _Names(
    men="IVANOV KUZNETSOV SHCHUKIN PETROV VORONTSOV ZHURAVLEV SOLOVEV TSVETKOV FEDOROV "
    "CHERNYSHEVSKII OBOLENSKII BOGATYREV",
    women="IVANOVA KUZNETSOVA SHCHUKINA PETROVA ZHURAVLEVA SOLOVEVA TSVETKOVA CHERNYSHEVA",
    given_men="SERGEI ALEKSEI IURII DMITRII MIKHAIL VLADISLAV ILIA ANDREI",
    given_women="LARISA TATIANA EKATERINA NATALIA IULIIA KSENIIA OLGA",
)
_TAJIK = _Names(
    men="RAHMONOV SAFAROV NAZAROV SHARIPOV ODINAEV MAHMADOV DAVLATOV",
    women="RAHMONOVA SAFAROVA NAZAROVA SHARIPOVA ODINAEVA DAVLATOVA",
    given_men="FIRUZ SUHROB JAMSHED PARVIZ KHURSHED DALER FARIDUN",
    given_women="MANIZHA ZARRINA MUNISA SHAHLO GULRUKHSOR FARZONA",
)
_GERMAN = _Names(
    men="MUELLER SCHMIDT VON<DER<HEYDE GROSS WEISS BRAUN<LINDNER JAEGER KOENIG",
    women="MUSTERMANN SCHMIDT ZU<GUTTENBERG WEISS HOFFMANN<VOGEL JAEGER KRUEGER",
    given_men="JOHANNES<MAXIMILIAN UWE KLAUS<DIETER JOERG SEBASTIAN",
    given_women="ERIKA ANNA<LENA URSULA GABRIELE<MARIA ZOE",
)
_TURKISH = _Names(
    men="YILMAZ OEZTUERK KAYA DEMIR SAHIN CELIK AYDIN",
    women="YILMAZ OEZTUERK KAYA DEMIR SAHIN ARSLAN DOGAN",
    given_men="MEHMET<ALI MUSTAFA EMRE HUESEYIN OGUZHAN",
    given_women="AYSE ZEYNEP<NUR FATMA ELIF EMINE",
)
_WORLD = _Names(
    men="ERIKSSON O<CONNOR SMITH WANG NGUYEN DE<LA<CRUZ POPESCU KOWALSKI HOVHANNISYAN "
    "PAPADOPOULOS XU JOHANNSDOTTIR GHEORGHIU",
    women="ERIKSSON SMITH WANG GARCIA<LOPEZ POPESCU KOWALSKA MARTINEZ<DE<LA<ROSA QUIJANO",
    given_men="JOHN<PAUL WEI XAVIER ION JAKUB VIKTOR<HUGO YU",
    given_women="ANNA<MARIA MEI ELENA ZOFIA JACQUELINE BEATRIX XIOMARA",
)

_GERMAN_LETTERS = "CFGHJKLMNPRTVWXYZ0123456789"


@dataclass(frozen=True, slots=True)
class Person:
    """Who a document is made out to."""

    chance: random.Random
    sex: str
    born: date
    surname: str
    given: str

    @property
    def birth(self) -> str:
        return f"{self.born:%y%m%d}"

    def digits(self, count: int) -> str:
        return "".join(self.chance.choices("0123456789", k=count))

    def expiry(self, years: int = 10) -> str:
        """Mostly valid, sometimes run out."""
        days = self.chance.randrange(-400, 365 * years)
        return f"{TODAY + timedelta(days=days):%y%m%d}"


def person(chance: random.Random, names: _Names, longest: bool = False) -> Person:
    """Somebody with names of `names`; `longest` has more of them than any line holds."""
    sex = chance.choice("MF")
    born = TODAY - timedelta(days=chance.randrange(200, 90 * 365))
    man = sex == "M"
    surname = chance.choice((names.men if man else names.women).split())
    given = chance.choice((names.given_men if man else names.given_women).split())
    if names.fathers and chance.random() < 0.5:
        given += "<" + chance.choice(names.fathers) + names.endings[not man]
    if longest:
        more = chance.sample((names.men if man else names.women).split(), 2)
        given += "<" + chance.choice((names.given_men if man else names.given_women).split())
        surname, given = "<".join((surname, *more)), given + "<BEKMUKHAMMEDOVICH<ABDURAKHMAN"
    return Person(chance, sex, born, surname, given)


def printed(chance: random.Random, layout: Layout) -> Printed:
    """A document of `layout` that some state might have issued."""
    longest = chance.random() < 0.06
    match layout:
        case Layout.TD1:
            makers = (_kyrgyz_card,) * 9 + (_uzbek_card,) * 3 + (_kazakh_card,) * 3
            makers += (_german_card, _turkish_card, _turkish_card, _utopian_card)
        case Layout.TD3:
            makers = (_kyrgyz_passport,) * 8 + (_uzbek_passport,) * 3 + (_kazakh_passport,) * 3
            makers += (_russian_passport,) * 4 + (_tajik_passport,) * 2
            makers += (_german_passport, _turkish_passport, _utopian_passport, _other_passport)
        case Layout.TD2:
            makers = (_romanian_card, _utopian_card, _german_card)
        case Layout.MRV_A | Layout.MRV_B:
            makers = (_visa,)
    return chance.choice(makers)(chance, layout, longest)


def _made(
    one: Person,
    layout: Layout,
    *,
    code: str,
    issuer: str,
    number: str,
    optional: str = "",
    optional2: str = "",
    nationality: str = "",
    blank_check: bool = False,
) -> Printed:
    return Printed(
        layout=layout,
        code=code,
        issuer=issuer,
        number=number,
        nationality=nationality or issuer,
        birth=one.birth,
        sex=one.sex,
        expiry=one.expiry(),
        optional=optional,
        optional2=optional2,
        surname=one.surname,
        given=one.given,
        blank_check=blank_check,
    )


def kyrgyz_pin(one: Person) -> str:
    """Sex (1 woman, 2 man), DDMMYYYY of birth, five digits."""
    return f"{'2' if one.sex == 'M' else '1'}{one.born:%d%m%Y}{one.digits(5)}"


def uzbek_pinfl(one: Person) -> str:
    """Sex and century (3 and 4: 1900s, 5 and 6: 2000s), DDMMYY, six digits, check digit."""
    first = 3 + (one.sex == "F") + 2 * (one.born.year >= 2000)
    return checked(f"{first}{one.born:%d%m%y}{one.digits(6)}")


def kazakh_iin(one: Person) -> str:
    """YYMMDD, century and sex, four digits, a check digit modulo 11 with a second try."""
    first = 3 + (one.sex == "F") + 2 * (one.born.year >= 2000)
    while True:
        body = f"{one.born:%y%m%d}{first}{one.digits(4)}"
        for shift in (0, 2):
            total = sum(int(each) * ((i + shift) % 11 + 1) for i, each in enumerate(body))
            if total % 11 < 10:
                return body + str(total % 11)


def _kyrgyz(chance: random.Random, longest: bool) -> Person:
    one = person(chance, _RUSSIAN if chance.random() < 0.15 else _KYRGYZ, longest)
    if not longest and chance.random() < 0.12:
        father = chance.choice(_KYRGYZ.given_men.split())
        title = "UULU" if one.sex == "M" else "KYZY"
        one = Person(chance, one.sex, one.born, f"{father}<{title}", one.given.split("<")[0])
    return one


def _kyrgyz_card(chance: random.Random, layout: Layout, longest: bool) -> Printed:
    one = _kyrgyz(chance, longest)
    series = chance.choice(("ID", "ID", "ID", "AN"))
    number = series + one.digits(7)
    code = chance.choice(("ID", "I"))
    return _made(one, layout, code=code, issuer="KGZ", number=number, optional=kyrgyz_pin(one))


def _kyrgyz_passport(chance: random.Random, layout: Layout, longest: bool) -> Printed:
    one = _kyrgyz(chance, longest)
    number = chance.choice(("AC", "PE", "PE")) + one.digits(7)
    return _made(one, layout, code="P", issuer="KGZ", number=number, optional=kyrgyz_pin(one))


def _uzbek_card(chance: random.Random, layout: Layout, longest: bool) -> Printed:
    one = person(chance, _UZBEK, longest)
    number = chance.choice(("AA", "AD", "AB")) + one.digits(7)
    code = chance.choice(("I", "IU"))
    return _made(one, layout, code=code, issuer="UZB", number=number, optional=uzbek_pinfl(one))


def _uzbek_passport(chance: random.Random, layout: Layout, longest: bool) -> Printed:
    one = person(chance, _UZBEK, longest)
    number = chance.choice(("AA", "FA", "KA")) + one.digits(7)
    return _made(one, layout, code="P", issuer="UZB", number=number, optional=uzbek_pinfl(one))


def _kazakh_card(chance: random.Random, layout: Layout, longest: bool) -> Printed:
    one = person(chance, _KAZAKH, longest)
    number = "0" + one.digits(8)
    return _made(one, layout, code="ID", issuer="KAZ", number=number, optional=kazakh_iin(one))


def _kazakh_passport(chance: random.Random, layout: Layout, longest: bool) -> Printed:
    one = person(chance, _KAZAKH, longest)
    number = "N" + one.digits(8)
    return _made(one, layout, code="P", issuer="KAZ", number=number, optional=kazakh_iin(one))


def _russian_passport(chance: random.Random, layout: Layout, longest: bool) -> Printed:
    one = person(chance, _RUSSIAN, longest)
    number = chance.choice(("51", "53", "64", "71", "75", "76")) + one.digits(7)
    return _made(
        one, layout, code="P", issuer="RUS", number=number, blank_check=chance.random() < 0.5
    )


def _tajik_passport(chance: random.Random, layout: Layout, longest: bool) -> Printed:
    one = person(chance, _TAJIK, longest)
    return _made(one, layout, code="P", issuer="TJK", number="40" + one.digits(7))


def _german_number(chance: random.Random) -> str:
    return chance.choice("CFGHJK") + "".join(chance.choices(_GERMAN_LETTERS, k=8))


def _german_card(chance: random.Random, layout: Layout, longest: bool) -> Printed:
    one = person(chance, _GERMAN, longest)
    return _made(one, layout, code="ID", issuer="D", number="L" + _german_number(chance)[1:])


def _german_passport(chance: random.Random, layout: Layout, longest: bool) -> Printed:
    one = person(chance, _GERMAN, longest)
    number = _german_number(chance)
    return _made(one, layout, code="P", issuer="D", number=number, blank_check=True)


def _turkish_card(chance: random.Random, layout: Layout, longest: bool) -> Printed:
    one = person(chance, _TURKISH, longest)
    number = f"A{one.digits(2)}{chance.choice('CDEFGHJKLMNPRSTUVYZ')}{one.digits(5)}"
    optional = "<" + chance.choice("123456789") + one.digits(10)
    return _made(one, layout, code="I", issuer="TUR", number=number, optional=optional)


def _turkish_passport(chance: random.Random, layout: Layout, longest: bool) -> Printed:
    one = person(chance, _TURKISH, longest)
    optional = chance.choice("123456789") + one.digits(10)
    number = "U" + one.digits(8)
    return _made(one, layout, code="P", issuer="TUR", number=number, optional=optional)


def _romanian_card(chance: random.Random, layout: Layout, longest: bool) -> Printed:
    one = person(chance, _WORLD, longest)
    number = chance.choice(("XB", "KV", "RT", "MZ")) + one.digits(6)
    optional = ("1" if one.sex == "M" else "2") + one.digits(6)
    return _made(one, layout, code="ID", issuer="ROU", number=number, optional=optional)


def _utopian_card(chance: random.Random, layout: Layout, longest: bool) -> Printed:
    one = person(chance, _WORLD, longest)
    number = chance.choice("DEFL") + one.digits(8)
    optional = one.digits(5) if chance.random() < 0.5 else ""
    second = one.digits(6) if optional and layout is Layout.TD1 else ""
    return _made(
        one,
        layout,
        code="I",
        issuer="UTO",
        number=number,
        optional=optional,
        optional2=second,
    )


def _utopian_passport(chance: random.Random, layout: Layout, longest: bool) -> Printed:
    one = person(chance, _WORLD, longest)
    number = "L" + one.digits(6) + "C" + one.digits(1)
    optional = "ZE" + one.digits(6) + "B" if chance.random() < 0.5 else ""
    return _made(
        one,
        layout,
        code=chance.choice(("P", "PD", "PS")),
        issuer="UTO",
        number=number,
        optional=optional,
        blank_check=chance.random() < 0.5,
    )


def _other_passport(chance: random.Random, layout: Layout, longest: bool) -> Printed:
    one = person(chance, _WORLD, longest)
    issuer, letters = chance.choice(
        (("UKR", "FE"), ("POL", "EK"), ("CHN", "EJ"), ("IND", "U"), ("GBR", ""), ("FRA", ""))
    )
    if issuer == "FRA":
        number = one.digits(2) + "".join(chance.choices("ACFHKRTVXZ", k=2)) + one.digits(5)
    else:
        number = letters + one.digits({2: 6, 1: 7, 0: 9}[len(letters)])
    return _made(one, layout, code="P", issuer=issuer, number=number)


def _visa(chance: random.Random, layout: Layout, longest: bool) -> Printed:
    names, nationality = chance.choice(
        (
            (_KYRGYZ, "KGZ"),
            (_UZBEK, "UZB"),
            (_KAZAKH, "KAZ"),
            (_RUSSIAN, "RUS"),
            (_TAJIK, "TJK"),
        )
    )
    one = person(chance, names, longest)
    if layout is Layout.MRV_A:
        code, issuer = chance.choice((("VN", "USA"), ("V", "KGZ"), ("V", "UTO"), ("VC", "CHN")))
        optional = chance.choice(("", "B" + one.digits(9), one.digits(12)))
    else:
        code, issuer = chance.choice((("VC", "D"), ("VC", "FRA"), ("VD", "POL"), ("V", "RUS")))
        optional = chance.choice(("", one.digits(7)))
    number = one.digits(9) if issuer in ("D", "FRA") else chance.choice("AKV") + one.digits(8)
    return _made(
        one,
        layout,
        code=code,
        issuer=issuer,
        number=number,
        nationality=nationality,
        optional=optional,
    )
