"""Who stands there, as drawn lines: the left pane of Arrival, what to compare of a document.

What was put right or hardly legible is marked where it stands, so that the officer compares
that and not the whole card.
"""

from __future__ import annotations

import textwrap
from collections.abc import Collection, Mapping
from datetime import date
from types import MappingProxyType

from kiosk import wording
from kiosk.codes import RestrictionKind, Sex
from kiosk.names import given_and_patronymic
from kiosk.screens.cards import MIDDLE, day_text, grouped, wrapped, years_old
from kiosk.text import _, fill
from kiosk.values import DocumentSeen, PersonCard, Restriction
from kiosk.widgets.ink import Ink
from kiosk.widgets.lines import Line, at, cell, drawable, line, marked, shorten

VALUE = 12

Marks = Mapping[str, Collection[int]]
"""By field of the form, characters of the document's value, from 0; dates as YYYY-MM-DD."""

NO_MARKS: Marks = MappingProxyType({})

_NAMES = frozenset({"surname", "given", "patronymic"})
_DOCUMENT = frozenset({"number", "country", "kind", "expires"})


def person_lines(
    card: PersonCard, document: DocumentSeen | None, today: date, marks: Marks = NO_MARKS
) -> list[Line]:
    """The left pane: face, name, document, what happened here before.

    `marks` are of `document`, which then says what is shown of those fields.
    """
    name = card.name
    lines = wrapped(name.full, MIDDLE - 3, Ink.BOLD)
    lines = [line("  ", *one) for one in lines]
    latin = f"{name.latin_surname} {name.latin_given}".strip()
    if document is not None and _NAMES & marks.keys():
        lines.append(_printed_name(document, marks))
    elif latin:
        lines.append(line(at(2, latin)))
    if drawable(name.full).replaced:
        lines += _noted(_("some letters are shown by the nearest ones"), Ink.DIM)
    lines.append(())
    born = document.birth if document is not None and "birth" in marks else card.birth
    sex = document.sex if document is not None and "sex" in marks else card.sex
    lines.append(_born(born, sex or card.sex, today, marks))
    read = document is not None and "personal_number" in marks
    personal_number = document.personal_number if document and read else card.personal_number
    if personal_number:
        lines.append(_personal_number(personal_number, marks))
    if card.number_conflict:
        lines += _noted(_("! two personal numbers: compare with the card"), Ink.WARN)
    seen = document or card.document
    if seen is not None:
        lines += document_lines(seen, today, marks)
    if card.phone:
        lines.append(_labelled(_("phone"), card.phone))
    lines += [(), line(at(2, _("HERE BEFORE"), Ink.HEAD))]
    lines.append(line(at(2, fill(_("visits: {count}"), count=card.visits))))
    for case in card.last_cases[:4]:
        what = _("refused") if case.refused else wording.short(case.service)
        lines.append(
            line(
                at(2, day_text(case.day)),
                cell(14, what, 11, Ink.WARN if case.refused else Ink.PLAIN),
                cell(25, case.prisoner, MIDDLE - 25),
            )
        )
    lines.append(())
    if card.restrictions:
        for one in card.restrictions:
            lines += _restriction(one)
    else:
        lines.append(_labelled(_("bans"), _("none")))
    return lines


def _restriction(one: Restriction) -> list[Line]:
    """A ban in capitals, anything else by its own word; both with their end."""
    until = day_text(one.to_day) if one.to_day else _("no end")
    if one.kind is RestrictionKind.BAN:
        return [line(at(2, fill(_("BANNED until {day}"), day=until), Ink.BAD))]
    said = f"{wording.label(one.kind)}, {until}"
    if one.to_day:
        said = fill(_("{status}, until {day}"), status=wording.label(one.kind), day=until)
    return [line(at(2, part, Ink.WARN)) for part in textwrap.wrap(said, MIDDLE - 3)]


def document_lines(document: DocumentSeen, today: date, marks: Marks = NO_MARKS) -> list[Line]:
    """Number and validity; an expired document says so in words. Its state is shown when it is
    to be compared."""
    # The number first: whatever has to be cut, it is not a digit.
    words = [document.number, wording.label(document.kind)]
    fields = ["number", "kind"]
    if "country" in marks:
        words.insert(1, document.country)
        fields.insert(1, "country")
    places: set[int] = set()
    start = 0
    for word, field in zip(words, fields, strict=True):
        whole = field == "kind" and field in marks
        places.update(
            start + at for at in (range(len(word)) if whole else marks.get(field, ()))
        )
        start += len(word) + 1
    text, kind = " ".join(words), words[-1]
    lines = [_labelled(_("document"), text, Ink.PLAIN, places)]
    if len(text) > MIDDLE - VALUE - 1:
        # A long kind has a line of its own.
        before = text.removesuffix(f" {kind}")
        lines = [
            _labelled(_("document"), before, Ink.PLAIN, [p for p in places if p < len(before)]),
            _labelled(
                "",
                shorten(kind, MIDDLE - VALUE - 1),
                Ink.PLAIN,
                [p - len(before) - 1 for p in places if p > len(before)],
            ),
        ]
    if document.expires is not None:
        expired = document.expires < today
        lines.append(
            _labelled(
                _("valid to"),
                day_text(document.expires) + (" " + _("EXPIRED") if expired else ""),
                Ink.BAD if expired else Ink.PLAIN,
                _in_day(document.expires.isoformat(), marks.get("expires", ())),
            )
        )
    return lines


def compared_lines(document: DocumentSeen, today: date, marks: Marks) -> list[Line]:
    """Of a document only what is marked; for views that do not show all of it."""
    lines: list[Line] = []
    if _NAMES & marks.keys():
        lines.append(_printed_name(document, marks))
    if document.sex is not None and {"birth", "sex"} & marks.keys():
        lines.append(_born(document.birth, document.sex, today, marks))
    if "personal_number" in marks:
        lines.append(_personal_number(document.personal_number, marks))
    if _DOCUMENT & marks.keys():
        lines += document_lines(document, today, marks)
    return lines


def _printed_name(document: DocumentSeen, marks: Marks) -> Line:
    """In the letters of the document."""
    given, _patronymic = given_and_patronymic(document.surname, document.given)
    behind_surname = len(document.surname) + 1 if document.surname else 0
    starts = {
        "surname": 0,
        "given": behind_surname,
        "patronymic": behind_surname + len(given) + 1,
    }
    places = {
        start + place for field, start in starts.items() for place in marks.get(field, ())
    }
    text = f"{document.surname} {document.given}".strip()
    return line(*marked(2, shorten(text, MIDDLE - 3), Ink.PLAIN, places))


def _born(birth: str, sex: Sex, today: date, marks: Marks) -> Line:
    day, age, word = day_text(birth), years_old(birth, today), wording.label(sex)
    years = fill(_("{count} years"), count=age) if age is not None else ""
    text = f"{day}  {years}  {word}"
    places = set(_in_day(birth, marks.get("birth", ())))
    if "sex" in marks:
        places.update(range(len(text) - len(word), len(text)))
    return _labelled(_("born"), text, Ink.PLAIN, places)


def _personal_number(number: str, marks: Marks) -> Line:
    shown = grouped(number)
    # The groups move the digits apart.
    columns = [column for column, letter in enumerate(shown) if letter != " "]
    places = [
        columns[place] for place in marks.get("personal_number", ()) if place < len(number)
    ]
    return _labelled(_("PIN"), shown, Ink.PLAIN, places)


def _in_day(iso: str, places: Collection[int]) -> frozenset[int]:
    """Where characters of an ISO date stand in its `day_text`, which turns its parts round."""
    parts = iso.split("-")
    shown, start = {}, 0
    for part in parts:
        for at_ in range(len(part)):
            shown[start + at_] = len(iso) - start - len(part) + at_
        start += len(part) + 1
    return frozenset(shown[place] for place in places if place in shown)


def _labelled(
    label: str, value: str, ink: Ink = Ink.PLAIN, places: Collection[int] = ()
) -> Line:
    return line(at(2, label, Ink.HEAD), *marked(VALUE, value, ink, places))


def _noted(sentence: str, ink: Ink) -> list[Line]:
    """A remark of the left pane, over as many lines as it needs."""
    return [line("  ", *one) for one in wrapped(sentence, MIDDLE - 3, ink)]
