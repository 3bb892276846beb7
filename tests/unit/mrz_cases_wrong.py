"""The text corpus, second part: zones in which one thing is wrong, misread or cut.

`CORE`, with the right ones, is what a reader must get right.
"""

from __future__ import annotations

from collections.abc import Iterator

from mrz_builder import (
    AKHMETOV,
    ASANOVA,
    BEKOV,
    BEKOV_PASSPORT,
    EGAMOVA,
    ERIKSSON,
    MUSTERMANN,
    SHCHUKINA,
    Holder,
)
from mrz_cases import (
    FRENCH,
    KINDS,
    MRVA,
    MRVB,
    RIGHT,
    RUSSIAN,
    TD1,
    TD2,
    TD3,
    VISITOR,
    WITH_NAME_LINE,
    Case,
    Kind,
    Lines,
    at,
    beside,
    doubtful,
    put,
)


def name_lines() -> Iterator[Case]:
    """Fields are whole, but nobody can tell whether a letter is missing."""
    for kind in WITH_NAME_LINE:
        lines = kind.build(kind.holder)
        number = kind.name_line
        assert number is not None
        line = lines[number]
        for name, other in (
            ("trimmed", line.rstrip("<")),
            ("one filler short", line[:-1]),
            ("one filler more", line + "<"),
            ("three fillers more", line + "<<<"),
        ):
            changed = (*lines[:number], other, *lines[number + 1 :])
            yield doubtful(f"name line {name}", kind, changed, kind.holder, "name_line_length")


def filler_noise() -> Iterator[Case]:
    for kind in WITH_NAME_LINE:
        assert kind.name_line is not None
        end = kind.width - 1
        lines = kind.build(kind.holder)
        for noise in ("K", "KK", "S<K", "SSC", "GKKK"):
            changed = put(lines, (kind.name_line, end - len(noise)), noise)
            yield doubtful(f"{noise} behind the names", kind, changed, kind.holder, "name")
    for noise in ("<K", "<E", "<K<SL", "<C<K", "<SS"):
        names = put(ERIKSSON.td3(), (0, 5 + len("ERIKSSON<<ANNA<MARIA")), noise)
        yield Case(f"{noise} behind the last name", names, ("review",))
    for kind in (TD3, MRVA, MRVB):
        for noise in "KG":
            yield doubtful(
                f"second filler read {noise}",
                kind,
                put(kind.build(kind.holder), (0, 1), noise),
                kind.holder,
                "document_code",
                "repaired",
            )
    passport = ERIKSSON.td3()
    yield doubtful("last filler of optional data", TD3, put(passport, (1, 41), "K"), ERIKSSON)
    yield doubtful("last filler behind the PIN", TD1, put(BEKOV.td1(), (0, 29), "K"), BEKOV)
    visa = VISITOR.mrva()
    yield doubtful("last filler of a visa", MRVA, put(visa, (1, 43), "K"), VISITOR)


def blind() -> Iterator[Case]:
    """Misread where no check digit sees it, but the rest of the number or the name does."""
    for kind in (TD2, TD3, MRVA, MRVB):
        holder = kind.holder.but(issuer="TJK", nationality="TJK", optional="")
        for number in ("40123G789", "40123478G", "A0S234789", "AB0123Z78", "L01234L7"):
            other = holder.but(number=number)
            yield doubtful(
                f"number {number}", kind, kind.build(other), other, "document_number_pattern"
            )
    for given in ("NURLAN<TALANTOVICHK", "AIGUL<ERKINOVNAS", "JASUR<ANVAR<OGLIC"):
        holder = ERIKSSON.but(given=given)
        yield doubtful(f"a letter behind {given[:-1]}", TD3, holder.td3(), holder, "name")
    holder = ERIKSSON.but(surname="BAKYT<UULUK", given="ERLAN")
    yield doubtful("a letter behind the surname", TD3, holder.td3(), holder, "name")


def refuted() -> Iterator[Case]:
    """A wrong digit in each field that has a check digit of its own."""
    for kind in KINDS:
        lines = kind.build(kind.holder)
        checked = [("document_number", beside(kind.number, 2)), ("birth_date", kind.birth)]
        if kind.expiry is not None:
            checked.append(("expiry_date", kind.expiry))
        for name, place in checked:
            other = "1" if at(lines, place) != "1" else "2"
            yield Case(
                f"{kind.format}: a wrong digit in the {name}",
                put(lines, place, other),
                ("review",),
                reasons=frozenset({f"{name}_check"}),
            )
        if kind.composite is not None:
            other = "1" if at(lines, kind.composite) != "1" else "2"
            reason = "compare_personal_number" if kind is TD1 else "composite"
            yield doubtful(
                "a wrong composite",
                kind,
                put(lines, kind.composite, other),
                kind.holder,
                reason,
            )


def impossible() -> Iterator[Case]:
    for kind in KINDS:
        plain = MUSTERMANN if kind is TD1 else ERIKSSON if kind is TD3 else kind.holder
        for birth in ("901332", "900230"):
            holder = plain.but(birth=birth)
            yield doubtful(
                f"born {birth}",
                kind,
                kind.build(holder),
                plain,
                "impossible_birth_date",
                birth_date=None,
            )
        if kind.expiry is not None:
            yield doubtful(
                "expiry 309999",
                kind,
                kind.build(plain.but(expiry="309999")),
                plain,
                "impossible_expiry_date",
                expiry_date=None,
            )
        yield doubtful("sex Q", kind, kind.build(plain.but(sex="Q")), plain, "sex", sex=None)
    for kind in (TD1, TD2, TD3, MRVA, MRVB):
        plain = MUSTERMANN if kind is TD1 else ERIKSSON if kind is TD3 else kind.holder
        for changes, reason in (
            ({"issuer": "Q1Q"}, "unknown_issuer"),
            ({"nationality": "9Q9"}, "unknown_nationality"),
        ):
            holder = plain.but(**changes)
            yield doubtful(f"{changes}", kind, kind.build(holder), holder, reason)
    # AUS is a state, but does not give this passport's holder his nationality.
    australian = put(SHCHUKINA.russian(), (1, 10), "A")
    yield doubtful(
        "nationality AUS",
        RUSSIAN,
        australian,
        SHCHUKINA.but(nationality="AUS"),
        "unknown_nationality",
    )
    for optional, reason in (
        ("151320770001", "impossible_issue_date"),
        ("850613770001", "impossible_issue_date"),
        # 2027 has not come, and in 1927 nobody of 1985 was born.
        ("270320770001", "impossible_issue_date"),
        ("15032077000", "filler_noise"),
        ("150320", "filler_noise"),
    ):
        holder = SHCHUKINA.but(optional=optional)
        yield doubtful(f"issued {optional}", RUSSIAN, holder.russian(), holder, reason)


# What a character is taken for where its kind cannot stand.
LOOKS_LIKE = {"0": "OQD", "1": "IL", "2": "Z", "5": "S", "6": "G", "8": "BS"}
NURLAN = BEKOV.but(
    number="ID0158261", birth="801205", expiry="320815", optional="20512198000457"
)
NURLANS_PASSPORT = NURLAN.but(code="P")
MEND = (
    (TD1, NURLAN, NURLAN.td1(), (0, 15), (2, 3)),
    (TD3, NURLANS_PASSPORT, NURLANS_PASSPORT.td3(), (1, 28), (0, 8)),
)


def repaired() -> Iterator[Case]:
    """One character of a kind that cannot stand there."""

    def mended(name: str, kind: Kind, lines: Lines, holder: Holder, *reasons: str) -> Case:
        return doubtful(name, kind, lines, holder, "repaired", *reasons)

    for kind, holder, lines, pin, name in MEND:
        for digit_, letters in LOOKS_LIKE.items():
            place = beside(kind.number, holder.number.index(digit_))
            for letter in letters:
                changed = put(lines, place, letter)
                yield mended(f"{letter} for {digit_} in the number", kind, changed, holder)
        assert kind.expiry is not None
        for where, place, letter in (
            ("birth", beside(kind.birth, 1), "O"),
            ("birth", beside(kind.birth, 5), "S"),
            ("birth", kind.birth, "B"),
            ("expiry", beside(kind.expiry, 4), "I"),
            ("PIN", beside(pin, 1), "O"),
            ("PIN", beside(pin, 5), "I"),
            ("PIN", beside(pin, 7), "B"),
            ("state", (0, 4), "2"),
        ):
            changed = put(lines, place, letter)
            yield mended(f"{letter} in the {where}", kind, changed, holder)
        yield mended("0 for O in a name", kind, put(lines, name, "0"), holder, "name")
    for kind in (TD2, MRVA, MRVB, FRENCH, RUSSIAN):
        lines, holder = kind.build(kind.holder), kind.holder
        digit_ = next(one for one in holder.birth if one in LOOKS_LIKE)
        place = beside(kind.birth, holder.birth.index(digit_))
        changed = put(lines, place, LOOKS_LIKE[digit_][0])
        yield mended("a letter in the birth date", kind, changed, holder)
        state = put(lines, (0, 4), "0")
        if kind.holder.issuer == "UTO":
            yield mended("0 for O in the state", kind, state, holder)
    russian, french = SHCHUKINA.russian(), FRENCH.build(FRENCH.holder)
    yield mended("O in the series", RUSSIAN, put(russian, (1, 28), "O"), SHCHUKINA)
    yield mended("I in the number", RUSSIAN, put(russian, (1, 2), "I"), SHCHUKINA)
    yield mended("I in the number", FRENCH, put(french, (1, 0), "I"), FRENCH.holder)
    yield mended("1 in a coded name", RUSSIAN, put(russian, (0, 8), "1"), SHCHUKINA, "name")
    german = MUSTERMANN.but(code="P").td3()
    yield mended("fillers in D<<", TD3, put(german, (0, 3), "KK"), MUSTERMANN.but(code="P"))


def contradictions() -> Iterator[Case]:
    """Every check digit is right, and the personal number says otherwise."""
    for kind, holder, reason in (
        (TD1, ASANOVA.but(sex="M"), "personal_number_sex"),
        (TD1, ASANOVA.but(birth="860313"), "personal_number_birth_date"),
        (TD3, BEKOV_PASSPORT.but(optional="10511197900457"), "personal_number_sex"),
        (TD3, BEKOV_PASSPORT.but(birth="961105"), "personal_number_birth_date"),
        (TD1, EGAMOVA.but(sex="M"), "personal_number_sex"),
        (TD1, EGAMOVA.but(birth="740312"), "personal_number_birth_date"),
        (TD3, EGAMOVA.but(code="P", sex="M"), "personal_number_sex"),
        (TD1, AKHMETOV.but(sex="F"), "personal_number_sex"),
        (TD3, AKHMETOV.but(code="P", number="N12345678", sex="<"), "personal_number_sex"),
        (TD1, AKHMETOV.but(birth="880228"), "personal_number_birth_date"),
        (
            TD1,
            AKHMETOV.but(optional=AKHMETOV.optional[:-1] + "1"),
            "personal_number_check",
        ),
        (TD1, AKHMETOV.but(number="04567891A"), "document_number_pattern"),
        (TD3, AKHMETOV.but(code="P", number="A12345678"), "document_number_pattern"),
    ):
        yield doubtful(f"{holder.issuer} {reason}", kind, kind.build(holder), holder, reason)
    for holder in (
        ASANOVA.but(optional="91203198601234"),
        EGAMOVA.but(optional="71103741390036"),
        AKHMETOV.but(optional="889929300126"),
    ):
        yield doubtful(
            f"{holder.issuer} of no build",
            TD1,
            holder.td1(),
            holder,
            "personal_number_pattern",
            personal_number=None,
        )


def cut() -> Iterator[Case]:
    for kind in KINDS:
        lines = kind.build(kind.holder)
        number = 1
        for missing in (1, 3):
            changed = (*lines[:number], lines[number][:-missing], *lines[number + 1 :])
            yield Case(
                f"{kind.format}: line 2 {missing} short",
                changed,
                ("reject",),
                reasons=frozenset({"truncated"}),
            )
    for name, lines in (
        ("nothing", ()),
        ("one line", ("P<KGZBEKOV<<NURLAN".ljust(44, "<"),)),
        ("words", ("HELLO", "WORLD")),
        ("a letter of another script", ("P<UTOÉRIKSSON".ljust(44, "<"), ERIKSSON.td3()[1])),
    ):
        yield Case(name, lines, ("reject",), reasons=frozenset({"not_mrz"}))


CORE = (
    *RIGHT,
    *(
        case
        for cases in (
            name_lines,
            filler_noise,
            blind,
            refuted,
            impossible,
            repaired,
            contradictions,
            cut,
        )
        for case in cases()
    ),
)
