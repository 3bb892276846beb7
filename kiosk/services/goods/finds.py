"""Finds: that something forbidden was found, what it was, where it was hidden, who brought it.

A find is recorded the moment it is made, with a number of its own (F); its act is written
afterwards (`services.goods.acts`), and until then the case it was made in does not close.
"""

from __future__ import annotations

from uuid import UUID

from kiosk.codes import Action, FindChannel, HidingPlace, Series, Service
from kiosk.errors import AlreadyDone, Invalid, NotFound
from kiosk.models import Case, Find, FindAct, FindThing, FindWords, Member, Person, Prisoner
from kiosk.services.desk import Desk
from kiosk.services.duty import must_register
from kiosk.services.endings import end, lasting
from kiosk.services.entry import Entry, entry
from kiosk.services.register_numbers import number_of, shown
from kiosk.services.staff import names_of
from kiosk.text import N_
from kiosk.values import Officer
from kiosk.values.finds import FindEntered, FindTaken, Thing
from kiosk.values.goods import Seized

MISTAKEN = "error"
MOST_PIECES = 100_000
MOST_GRAMS = 500_000

CHANNELS = {
    Service.SHORT_VISIT: FindChannel.SHORT_VISIT,
    Service.LONG_VISIT: FindChannel.LONG_VISIT,
    Service.PACKAGE: FindChannel.PACKAGE,
    Service.MEDICAL_PACKAGE: FindChannel.PACKAGE,
    Service.PARCEL: FindChannel.POST,
    Service.SMALL_PARCEL: FindChannel.POST,
}
"""On which way a thing came in with what was asked of the gate; any other is another visit."""


def of_line(
    e: Entry,
    officer: Officer,
    *,
    case_id: UUID,
    item_no: int,
    service: Service,
    person_id: UUID,
    prisoner_id: UUID,
    seized: Seized | None,
    grams: int | None = None,
) -> FindTaken:
    """Inside a transaction: the find of a seized line of a bag, with its number.

    `item_no` is the line's number in the parcel, `grams` what was seized of it weighs (None or
    0: not weighed). Without `seized` nothing is known of the thing yet; the find asks for it.
    Raises Invalid for amounts that cannot be.
    """
    taken = _begin(
        e,
        officer,
        case_id=case_id,
        item_no=item_no,
        person_id=person_id,
        prisoner_id=prisoner_id,
        channel=CHANNELS.get(service, FindChannel.OTHER_VISIT),
        found_by=officer.staff_id,
    )
    if seized is not None:
        # What lay in something else was not weighed without it: no act says that six SIM
        # cards weigh as much as the jar.
        alone = seized.hidden_in is HidingPlace.OPEN
        thing = Thing(
            seized.kind,
            seized.pieces,
            seized.unit,
            seized.hidden_in,
            grams=(grams or None) if alone else None,
        )
        _check(thing)
        _add(e, officer, taken.find_id, thing)
    return taken


def of_search(e: Entry, officer: Officer, member: Member, found_by: UUID) -> FindTaken:
    """Inside a transaction: something was found on a visitor; what it is, is told later."""
    case = Case.get_by_id(member.case_id)
    return _begin(
        e,
        officer,
        case_id=member.case_id,
        member_id=member.id,
        person_id=member.person_id,
        prisoner_id=case.prisoner_id,
        channel=CHANNELS.get(Service(case.service), FindChannel.OTHER_VISIT),
        found_by=found_by,
    )


def record(desk: Desk, officer: Officer, entered: FindEntered) -> FindTaken:
    """Record what was found neither in a bag nor on a visitor, with its first thing.

    An officer, inspector or supervisor does this. Raises Invalid for amounts that cannot be,
    NotFound for nobody known.
    """
    must_register(officer)
    with entry(desk, Action.RECORD_FIND, officer=officer) as e:
        _check(entered.thing)
        for model, one in ((Person, entered.person_id), (Prisoner, entered.prisoner_id)):
            if one is not None and model.get_or_none(model.id == one) is None:
                raise NotFound(N_("There is no such person in the register."))
        if entered.found_by not in names_of((entered.found_by,)):
            raise Invalid("found_by", N_("There is no such officer. Choose one of the list."))
        taken = _begin(
            e,
            officer,
            person_id=entered.person_id,
            prisoner_id=entered.prisoner_id,
            channel=entered.channel,
            found_by=entered.found_by,
        )
        e.object_id = taken.find_id
        _add(e, officer, taken.find_id, entered.thing)
        if entered.bringer:
            e.add(
                FindWords,
                find_id=taken.find_id,
                subject_id=subject_of(Find.get_by_id(taken.find_id)),
                bringer=entered.bringer,
            )
        return taken


def add_thing(desk: Desk, officer: Officer, find_id: UUID, thing: Thing) -> UUID:
    """Say what was found, or one thing more of it; the id of the thing.

    An officer, inspector or supervisor does this, before the act. Raises Invalid for amounts
    that cannot be, AlreadyDone once the act is written, NotFound.
    """
    must_register(officer)
    with entry(desk, Action.RECORD_FIND, officer=officer, object_id=find_id) as e:
        unfinished(find_id)
        _check(thing)
        return _add(e, officer, find_id, thing)


def take_back_thing(desk: Desk, officer: Officer, find_id: UUID, thing_id: UUID) -> None:
    """Say that a thing was written down by mistake. As `add_thing`."""
    must_register(officer)
    with entry(desk, Action.RECORD_FIND, officer=officer, object_id=find_id) as e:
        unfinished(find_id)
        if not lasting(
            FindThing, FindThing.id == thing_id, FindThing.find_id == find_id
        ).exists():
            raise NotFound(N_("This thing was taken back already. Open the find once more."))
        end(e, officer, FindThing, thing_id, MISTAKEN, e.day)


# ---- what is asked of finds


def unfinished(find_id: UUID) -> Find:
    """The find, whose act is still to be written. Raises NotFound, AlreadyDone."""
    find: Find | None = lasting(Find, Find.id == find_id).first()
    if find is None:
        raise NotFound(N_("There is no such find in the register."))
    if FindAct.get_or_none(FindAct.find_id == find_id) is not None:
        raise AlreadyDone(number_of(find_id), N_("The act of {number} is written already."))
    return find


def subject_of(find: Find) -> UUID:
    """Whose data the words about a find are: who brought it, else the prisoner's."""
    subject_id: UUID = find.person_id or find.prisoner_id or find.id
    return subject_id


def act_number(period: str, no: int) -> str:
    """The number that is proposed for the act of find `no` of a year: A-26-0047."""
    return f"A-{period[-2:]}-{no:04d}"


def _begin(
    e: Entry,
    officer: Officer,
    *,
    channel: FindChannel,
    found_by: UUID,
    case_id: UUID | None = None,
    item_no: int | None = None,
    member_id: UUID | None = None,
    person_id: UUID | None = None,
    prisoner_id: UUID | None = None,
) -> FindTaken:
    find_id = e.add(
        Find,
        case_id=case_id,
        item_no=item_no,
        member_id=member_id,
        person_id=person_id,
        prisoner_id=prisoner_id,
        channel=channel,
        at=e.now,
        found_by=found_by,
        staff_id=officer.staff_id,
    )
    period, no = str(e.day.year), e.number(Series.FIND, find_id)
    return FindTaken(find_id, shown(Series.FIND, period, no), act_number(period, no))


def _add(e: Entry, officer: Officer, find_id: UUID, thing: Thing) -> UUID:
    return e.add(
        FindThing,
        find_id=find_id,
        kind=thing.kind,
        pieces=thing.pieces,
        grams=thing.grams,
        unit=thing.unit,
        hidden_in=thing.hidden_in,
        staff_id=officer.staff_id,
    )


def _check(thing: Thing) -> None:
    if not 0 <= thing.pieces <= MOST_PIECES:
        raise Invalid("pieces", N_("How many were there? At most 100,000."))
    if thing.grams is not None and not 0 < thing.grams <= MOST_GRAMS:
        raise Invalid("grams", N_("A weight from 1 gram to 500 kg; empty = not weighed."))
    if not thing.pieces and not thing.grams:
        raise Invalid("pieces", N_("Say how many there were, or what it weighs."))
