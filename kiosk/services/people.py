"""Visitors: registered once, extended by what later documents and forms say of them."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from uuid import UUID

from kiosk.codes import Action, DraftKind, SearchKind
from kiosk.errors import Invalid
from kiosk.look_alikes import as_latin
from kiosk.models import Person, PersonDetail
from kiosk.services import drafts, same
from kiosk.services.desk import Desk
from kiosk.services.duty import must_register
from kiosk.services.entry import Entry, entry
from kiosk.services.identify import add_document, holder_of, match_of
from kiosk.services.person_card import card_of, detail_of, document_of
from kiosk.services.relations import record_stated
from kiosk.services.search_words import remember
from kiosk.text import N_, clean
from kiosk.values import DocumentSeen, Officer, PersonCard, PersonDetails, PersonEntry, Stated

OLDEST = 110  # years
_PARTIAL = re.compile(r"\d{4}(-\d{2})?", re.ASCII)
# Of any state: 12 digits in Kazakhstan, 14 letters and digits in Belarus.
_PERSONAL_NUMBER = re.compile(r"[A-Z0-9]{10,14}")
_COUNTRY = re.compile(r"[A-Z]{1,3}")
# The Kyrgyz one: sex (1 female, 2 male), day, month, year, serial.
_KYRGYZ_NUMBER = re.compile(r"[12](\d{2})(\d{2})(\d{4})\d{5}", re.ASCII)


def register(
    desk: Desk, officer: Officer, entered: PersonEntry, stated: Stated | None = None
) -> PersonCard:
    """Record a visitor, or add to what is known of them; never makes a second record.

    An officer, inspector or supervisor does this. A known personal number or document
    leads to the person it belongs to, who gets a new version where the form says
    something new. `stated` is what they say they are to a prisoner. Raises Invalid, naming
    the field.
    """
    must_register(officer)
    entered = _cleaned(entered)
    with entry(desk, Action.RECORD_PERSON, officer=officer) as e:
        _check(entered, e.day)
        person_id, document_id = record(e, entered)
        e.object_id = person_id
        if stated is not None:
            record_stated(e, officer, person_id, stated)
        drafts.done(officer.staff_id, DraftKind.PERSON)
        return card_of(desk, person_id, document_id)


def correct(
    desk: Desk, officer: Officer, person_id: UUID, details: PersonDetails
) -> PersonCard:
    """Write anew what is known of a visitor; the earlier versions stay, and lead to them.

    An officer, inspector or supervisor does this; an empty field leaves nothing known.
    Raises Invalid, naming the field, also for a personal number that another record bears;
    NotFound.
    """
    must_register(officer)
    details = _cleaned_details(details)
    with entry(desk, Action.RECORD_PERSON, officer=officer, object_id=person_id) as e:
        known = detail_of(person_id)
        document = document_of(person_id)
        _check_details(details, document.country if document else "", e.day)
        holder = holder_of(details.personal_number) if details.personal_number else None
        if holder is not None and holder != same.root(person_id):
            raise Invalid(
                "personal_number",
                N_("Another record bears this number. A supervisor compares and joins them."),
            )
        said = _said(details)
        if said != {name: getattr(known, name) for name in said} or known.number_conflict:
            e.add(PersonDetail, person_id=same.root(person_id), number_conflict=False, **said)
            _remember(person_id, details)
        return card_of(desk, person_id)


def record(e: Entry, entered: PersonEntry) -> tuple[UUID, UUID]:
    """Write the rows of a visitor inside the transaction `e`: ids of person and document.

    `entered` is clean and checked. A document alone does not outweigh another birth date:
    then it is somebody else, and the conflict is shown to whoever opens the card.
    """
    match = match_of(entered.document)
    known = detail_of(match.person_id) if match else None
    if match is None or known is None:
        person_id, document_id, conflict = e.add(Person, at=e.now), None, False
    elif may_be_one(known.birth, entered.birth) or _corrects_birth(known, entered):
        person_id, document_id, conflict = match.person_id, match.document_id, match.conflict
    else:
        person_id, document_id, conflict, known = e.add(Person, at=e.now), None, True, None
    _record_version(e, person_id, known, entered, conflict)
    return person_id, document_id or add_document(e, person_id, entered.document)


def _record_version(
    e: Entry, person_id: UUID, known: PersonDetail | None, entered: PersonEntry, conflict: bool
) -> None:
    """A new version where `entered` says something new; empty fields erase nothing."""
    said = _said(entered)
    if known is not None:
        said = {name: value or getattr(known, name) for name, value in said.items()}
        if len(known.birth) > len(entered.birth):
            said["birth"] = known.birth
        other = known.personal_number not in (None, said["personal_number"])
        conflict = conflict or other or known.number_conflict
        was = {name: getattr(known, name) for name in said}
        if said == was and conflict == known.number_conflict:
            return
    e.add(PersonDetail, person_id=person_id, number_conflict=conflict, **said)
    _remember(person_id, entered)


def _said(entered: PersonDetails | PersonEntry) -> dict[str, object]:
    """The columns of a version."""
    return {
        "surname": entered.surname,
        "given": entered.given,
        "patronymic": entered.patronymic or None,
        "birth": entered.birth,
        "sex": entered.sex,
        "personal_number": entered.personal_number or None,
        "phone": entered.phone or None,
        "language": entered.language or None,
    }


def _remember(person_id: UUID, entered: PersonDetails | PersonEntry) -> None:
    remember(
        SearchKind.PERSON,
        person_id,
        entered.surname,
        entered.given,
        entered.patronymic,
        entered.personal_number,
    )


def may_be_one(birth: str, other: str) -> bool:
    """Whether two birth dates, perhaps partly unknown, can be the same day."""
    return birth.startswith(other) or other.startswith(birth)


def _corrects_birth(known: PersonDetail, entered: PersonEntry) -> bool:
    """Whether the personal number itself says that the earlier birth date was wrong.

    Raises Invalid when it belongs to somebody born on another day: it was misread.
    """
    number = entered.personal_number
    if not number or known.personal_number != number:
        return False
    match = _KYRGYZ_NUMBER.fullmatch(number)
    if match and entered.birth == f"{match[3]}-{match[2]}-{match[1]}":
        return True
    raise Invalid(
        "personal_number",
        N_("This personal number belongs to somebody born {birth}. Read it again."),
        birth=known.birth,
    )


def _cleaned_details(details: PersonDetails) -> PersonDetails:
    return replace(
        details,
        surname=clean(details.surname, 60),
        given=clean(details.given, 60),
        patronymic=clean(details.patronymic, 60),
        birth=clean(details.birth, 10),
        personal_number=as_latin(clean(details.personal_number, 20)),
        phone=clean(details.phone, 30),
    )


def _cleaned(entered: PersonEntry) -> PersonEntry:
    """Text as it will be recorded; the personal number goes with the document as well."""
    number = as_latin(clean(entered.personal_number or entered.document.personal_number, 20))
    return replace(
        entered,
        surname=clean(entered.surname, 60),
        given=clean(entered.given, 60),
        patronymic=clean(entered.patronymic, 60),
        birth=clean(entered.birth, 10),
        personal_number=number,
        phone=clean(entered.phone, 30),
        document=replace(
            entered.document,
            number=clean(entered.document.number, 20).upper(),
            country=as_latin(clean(entered.document.country, 20)),
            personal_number=number,
        ),
    )


def _check(entered: PersonEntry, today: date) -> None:
    check_document(entered.document)
    _check_details(entered, entered.document.country, today)


def check_document(document: DocumentSeen) -> None:
    """Raises Invalid for a document without a number or a country of its own."""
    if not document.number:
        raise Invalid("number", N_("The document number is missing."))
    if not document.country:
        raise Invalid("country", N_("The country of the document is missing."))
    if not _COUNTRY.fullmatch(document.country):
        raise Invalid(
            "country",
            N_("The country is 1 to 3 Latin letters such as KGZ. Read it from the document."),
        )


def _check_details(entered: PersonDetails | PersonEntry, country: str, today: date) -> None:
    """`country` issued the document: it says what its personal numbers look like."""
    if not entered.surname:
        raise Invalid("surname", N_("The surname is missing."))
    if not entered.given:
        raise Invalid("given", N_("The given name is missing."))
    _check_birth(entered.birth, today)
    number = entered.personal_number
    if number and country == "KGZ" and not _KYRGYZ_NUMBER.fullmatch(number):
        raise Invalid(
            "personal_number", N_("A personal number has 14 digits and begins with 1 or 2.")
        )
    if number and not _PERSONAL_NUMBER.fullmatch(number):
        raise Invalid(
            "personal_number",
            N_("A foreign personal number: 10 to 14 letters or digits. Read it again."),
        )


def _check_birth(birth: str, today: date) -> None:
    if not birth:
        raise Invalid("birth", N_("The date of birth is missing."))
    # Only a year or a month known: its first day stands for it here.
    first = (birth + "-01-01")[:10] if _PARTIAL.fullmatch(birth) else birth
    born: date | None
    try:
        born = date.fromisoformat(first)
    except ValueError:
        born = None
    # Python also reads 19840312 and 1984-W11-1, which are no dates of the register.
    if born is None or born.isoformat() != first:
        raise Invalid("birth", N_("There is no such date."))
    if not today.year - OLDEST <= born.year or born > today:
        raise Invalid("birth", N_("This cannot be the date of birth of a visitor."))
