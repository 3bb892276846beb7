"""What every paper has in common: its languages, its head and foot, dates, quantities.

What a visitor takes away is in Kyrgyz and Russian, always; English is added when the visitor's
language is neither. What only the prison reads is in the site's first language, whatever the
screen shows. Facts stand once, sentences once in each language.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from kiosk import paper_code
from kiosk.codes import Service, Unit
from kiosk.decimals import kilograms, som
from kiosk.papers import (
    BadgeBody,
    Body,
    ContentsBody,
    GivenBackBody,
    ItemLine,
    ReceiptBody,
    RefusalBody,
    ThingName,
)
from kiosk.printouts.layout import (
    BESIDE,
    CUT_OFF,
    Align,
    Barcode,
    Blank,
    Cut,
    Element,
    Line,
    Pair,
    Terms,
    on_paper,
)
from kiosk.rules.kinds import GOODS
from kiosk.text import LANGUAGES, N_, fill, in_language
from kiosk.wording import LABELS

Languages = tuple[str, ...]

_LONGEST_NAME = 60

UNITS = {
    Unit.KILOGRAM: N_("kg"),
    Unit.PIECE: N_("pcs"),
    Unit.PACK: N_("packs"),
    Unit.LITRE: N_("l"),
}


# ---- languages


def for_visitor(body: Body) -> Languages:
    """The languages of a paper that a visitor reads or keeps."""
    return ("ky", "ru") if body.language in ("", "ky", "ru") else ("ky", "ru", "en")


def for_prison(body: Body) -> Languages:
    """The language of a paper that only the prison reads."""
    return (body.language if body.language in LANGUAGES else LANGUAGES[0],)


def each(msgid: str, languages: Languages, **values: object) -> tuple[str, ...]:
    """The sentence once in each language of the paper; no sentence twice."""
    translated = (in_language(one)(msgid) for one in languages)
    # A law that a prison wrote may hold a brace, and has no places.
    filled = (fill(one, **values) if values else one for one in translated)
    return tuple(dict.fromkeys(filled))


def joined(msgid: str, languages: Languages, **values: object) -> str:
    """A label in all languages of the paper: Кирди / Вход."""
    return BESIDE.join(each(msgid, languages, **values))


def thing(name: ThingName, languages: Languages) -> tuple[str, ...]:
    """A thing in each language of the paper, no word twice."""
    return tuple(dict.fromkeys(name.in_language(one) for one in languages))


def labels(service: Service, languages: Languages) -> tuple[str, ...]:
    return tuple(map(raised, each(LABELS[Service][service], languages)))


# ---- what stands on every paper


def head(
    body: Body, title: tuple[str, ...], at: str, languages: Languages
) -> Iterator[Element]:
    """Whose paper it is, of when, what, its number, and whether it is a copy."""
    yield Pair(body.site_name, moment(at))
    yield Terms(title, body.number, bold=True)
    yield from copy_mark(body, languages)


def copy_mark(body: Body, languages: Languages) -> Iterator[Element]:
    """Marks a copy, with the moment of the first print. Nothing on the first print.

    In all languages on every paper: nobody may take a copy for the first.
    """
    if body.copy_no <= 0:
        return
    mark = each(N_("COPY {number}"), LANGUAGES, number=body.copy_no)
    yield Terms(mark, align=Align.CENTER, bold=True)
    if body.first_made:
        yield Terms(each(N_("First printed"), languages), moment(body.first_made))


def foot(body: Body) -> Iterator[Element]:
    """The end of a paper: its barcode, with the number as people read it."""
    if body.code:
        yield Blank()  # A signature must not run into the bars.
        yield Barcode(body.code, caption=paper_code.shown(body.code))
    yield Cut()


def prisoner_lines(
    body: BadgeBody | RefusalBody | ReceiptBody | ContentsBody | GivenBackBody,
    languages: Languages,
) -> Iterator[Element]:
    """To whom one goes, or who gets it; nothing when the visit is to nobody (an official,
    the monitor)."""
    prisoner = body.prisoner
    # Of a name without end the beginning will do; the number behind it is needed whole.
    named = on_paper(prisoner)
    if len(named) > _LONGEST_NAME:
        named = named[:_LONGEST_NAME] + CUT_OFF
    whom = ", ".join(part for part in (named, body.file_number) if part)
    if whom:
        to = N_("Sent to") if body.service in GOODS else N_("To")
        yield Terms(each(to, languages), whom)


def complaint(languages: Languages) -> Iterator[Element]:
    """Where to complain."""
    for sentence in each(
        N_(
            "Complaints: to the head of the facility, the prosecutor, the Ombudsman. "
            "A complaint costs nothing."
        ),
        languages,
    ):
        yield Line(sentence)


def signature(languages: Languages, officer: str = "") -> Element:
    """A place to sign; on the left who was on duty."""
    if officer:
        return Pair(officer, f"{joined(N_('Signature'), languages)} ________")
    return Pair(joined(N_("Signature"), languages), "________________")


# ---- facts


def moment(iso: str) -> str:
    """24.11.2026 09:42, as the site's clocks showed it."""
    return f"{datetime.fromisoformat(iso):%d.%m.%Y %H:%M}"


def day(on: date) -> str:
    return f"{on:%d.%m.%Y}"


def weight(grams: int, languages: Languages) -> str:
    """2,000 кг; with English 2,000 кг / 2.000 kg: there a comma would mean thousands."""
    each_way = (
        f"{kilograms(grams, in_language(one))} {_unit(Unit.KILOGRAM, (one,))}"
        for one in languages
    )
    return BESIDE.join(dict.fromkeys(each_way))


def quantity(line: ItemLine, languages: Languages) -> str:
    """2,000 кг, 2 даана/шт. or 1 500 сом; what is counted may have been weighed too, which is
    left out."""
    if line.tyiyn is not None:
        return money(line.tyiyn, languages)
    if line.unit is Unit.KILOGRAM:
        return weight(line.grams, languages)
    return f"{line.pieces} {_unit(line.unit, languages)}"


def money(tyiyn: int, languages: Languages) -> str:
    """1 200 сом; with the tyiyns only where there are some."""
    amount = som(tyiyn, in_language(languages[0]))
    return f"{amount} {'/'.join(each(N_('som'), languages))}"


def _unit(unit: Unit, languages: Languages) -> str:
    return "/".join(each(UNITS[unit], languages))


def raised(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]
