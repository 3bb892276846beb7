"""Prisoners: entered by an administrator or from a list, and shown on a card."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from kiosk.clock import local_day
from kiosk.codes import Action, PrisonerEventKind, SearchKind, Status
from kiosk.errors import Invalid, NotFound
from kiosk.models import Prisoner, PrisonerDetail, PrisonerEvent
from kiosk.names import keys
from kiosk.services import same
from kiosk.services.called import called
from kiosk.services.desk import Desk
from kiosk.services.duty import must_administer
from kiosk.services.entry import Entry, entry, moment
from kiosk.services.prepared import Prepared
from kiosk.services.search_words import WordsOf, remember_all
from kiosk.services.standing import Standing, standing_at
from kiosk.text import N_, clean
from kiosk.values import Officer, PrisonerCard, PrisonerEntry

UNIT_LENGTH = 24


def enter_prisoner(desk: Desk, officer: Officer, entered: PrisonerEntry) -> PrisonerCard:
    """Record a new prisoner. An administrator does this.

    Raises Invalid when a field cannot be recorded, or when the file number belongs to
    somebody already: the two are then compared by a person, never merged by a machine.
    """
    must_administer(officer)
    with entry(desk, Action.RECORD_PRISONER, officer=officer) as e:
        _check(entered, local_day(e.now, desk.zone))
        _check_file_number(clean(entered.file_number, 20))
        prisoner_id = record(desk, e, officer, entered)
        e.object_id = prisoner_id
        return card_at(desk, prisoner_id, e.now)


def record(desk: Desk, e: Entry, officer: Officer, entered: PrisonerEntry) -> UUID:
    """Write the rows of a prisoner inside the transaction `e`; `entered` is checked."""
    (prisoner_id,) = record_all(desk, e, officer, ((entered, e.now),))
    return prisoner_id


def record_all(
    desk: Desk,
    e: Entry,
    officer: Officer,
    entered: Iterable[tuple[PrisonerEntry, int]],
    import_id: UUID | None = None,
    words_of: WordsOf = keys,
) -> list[UUID]:
    """Write the rows of many prisoners, each with the moment (UTC ms) from which they are
    what and where their entry says; what is entered is checked. The ids, in the same order.
    """
    those = [(_cleaned(one), since) for one, since in entered]
    ids = e.add_all(Prisoner, ({"at": e.now} for _one in those))
    together = list(zip(ids, those, strict=True))
    _write_details(desk, e, ((of, one) for of, (one, _since) in together), import_id, words_of)
    e.add_all(
        PrisonerEvent,
        (
            {
                "prisoner_id": prisoner_id,
                "kind": kind,
                "value": value,
                "from_at": since,
                "staff_id": officer.staff_id,
            }
            for prisoner_id, (one, since) in together
            for kind, value in _states(one)
            if value
        ),
    )
    return ids


def write_detail(
    desk: Desk, e: Entry, prisoner_id: UUID, entered: PrisonerEntry, import_id: UUID | None
) -> None:
    """A new version of who a prisoner is; the words of the former one still lead to them."""
    _write_details(desk, e, ((prisoner_id, _cleaned(entered)),), import_id, keys)


def _write_details(
    desk: Desk,
    e: Entry,
    those: Iterable[tuple[UUID, PrisonerEntry]],
    import_id: UUID | None,
    words_of: WordsOf,
) -> None:
    those = list(those)
    e.add_all(
        PrisonerDetail,
        (
            {
                "prisoner_id": prisoner_id,
                "file_number": one.file_number,
                "prison": desk.prison,
                "surname": one.surname,
                "given": one.given,
                "patronymic": one.patronymic or None,
                "birth_year": one.birth_year,
                "sex": one.sex,
                "import_id": import_id,
            }
            for prisoner_id, one in those
        ),
    )
    texts = (
        (prisoner_id, (one.surname, one.given, one.patronymic, one.file_number))
        for prisoner_id, one in those
    )
    remember_all(SearchKind.PRISONER, texts, words_of)


def _states(entered: PrisonerEntry) -> tuple[tuple[PrisonerEventKind, str], ...]:
    return (
        (PrisonerEventKind.STATUS, entered.status),
        (PrisonerEventKind.CATEGORY, entered.category),
        (PrisonerEventKind.REGIME, entered.regime),
        (PrisonerEventKind.CONDITION, entered.condition),
        (PrisonerEventKind.UNIT, entered.unit),
    )


def card(desk: Desk, prisoner_id: UUID) -> PrisonerCard:
    """The prisoner as known now. Raises NotFound."""
    return card_at(desk, prisoner_id, moment(desk))


def card_at(desk: Desk, prisoner_id: UUID, at: int) -> PrisonerCard:
    """The prisoner as known at the moment `at` (UTC ms). Raises NotFound."""
    return known_at(desk, prisoner_id, at)[0]


def known_at(desk: Desk, prisoner_id: UUID, at: int) -> tuple[PrisonerCard, Standing]:
    """The card, and the state behind it as the rules need it. Raises NotFound."""
    detail = detail_of(prisoner_id)
    standing = standing_at(desk, prisoner_id, at)
    until = None
    if standing.free_on is not None:
        until = standing.free_on - timedelta(days=1)
    card = PrisonerCard(
        prisoner_id=prisoner_id,
        detail_id=detail.id,
        file_number=detail.file_number,
        name=called(detail),
        birth_year=detail.birth_year,
        sex=detail.sex,
        category=standing.category,
        regime=standing.regime,
        condition=standing.condition,
        unit=standing.unit,
        # A card has no word for "not yet here"; the rules are told apart by `standing_at`.
        status=standing.status or Status.TRANSFERRED,
        status_until=until,
    )
    return card, standing


def detail_of(prisoner_id: UUID) -> PrisonerDetail:
    """The current version of what is known, of all records of them. Raises NotFound."""
    versions = _VERSIONS(list(same.group(prisoner_id)))
    if not versions:
        raise NotFound(N_("There is no such prisoner in the register."))
    detail: PrisonerDetail = max(versions, key=lambda row: row.id)
    return detail


_VERSIONS = Prepared(
    lambda ids: PrisonerDetail.select().where(PrisonerDetail.prisoner_id.in_(ids))
)


def _cleaned(entered: PrisonerEntry) -> PrisonerEntry:
    """Text as it will be recorded, so that its words are those of what is recorded."""
    return replace(
        entered,
        file_number=clean(entered.file_number, 20),
        surname=clean(entered.surname, 60),
        given=clean(entered.given, 60),
        patronymic=clean(entered.patronymic, 60),
        unit=clean(entered.unit),
    )


def _check(entered: PrisonerEntry, today: date) -> None:
    if not clean(entered.file_number, 20):
        raise Invalid("file_number", N_("The file number is missing."))
    if not clean(entered.surname, 60):
        raise Invalid("surname", N_("The surname is missing."))
    if not clean(entered.given, 60):
        raise Invalid("given", N_("The given name is missing."))
    if not today.year - 110 <= entered.birth_year <= today.year - 14:
        raise Invalid("birth_year", N_("The year of birth cannot be right."))
    if len(clean(entered.unit)) > UNIT_LENGTH:
        raise Invalid(
            "unit", N_("A unit has a name of at most {count} letters."), count=UNIT_LENGTH
        )


def _check_file_number(file_number: str) -> None:
    """Numbers are used again after years, so it is the current holders that count."""
    for row in PrisonerDetail.select().where(PrisonerDetail.file_number == file_number):
        holder = detail_of(row.prisoner_id)
        if holder.file_number == file_number:
            raise Invalid(
                "file_number",
                N_("File {file} is recorded: {name}, born {year}. Nothing was changed."),
                file=file_number,
                name=called(holder).full,
                year=holder.birth_year,
            )


__all__ = [
    "UNIT_LENGTH",
    "Standing",
    "card",
    "card_at",
    "detail_of",
    "enter_prisoner",
    "known_at",
    "record",
    "record_all",
    "standing_at",
    "write_detail",
]
