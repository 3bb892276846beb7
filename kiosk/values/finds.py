"""What is found: things, where they were hidden, by whom; the act, and what is proposed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from uuid import UUID

from kiosk.codes import CaseState, FindChannel, FindClass, HidingPlace, PassedTo, Unit

if TYPE_CHECKING:
    from kiosk.values.people import Name


@dataclass(frozen=True, slots=True)
class FindTaken:
    """A find that was just recorded: its number (F-26-000047), and that of its act to be."""

    find_id: UUID
    number: str
    act_no: str


@dataclass(frozen=True, slots=True)
class Searched:
    """A search that was recorded: where the visit stands, and the find made in it, if any.

    `kept_out`: what came since the admission keeps somebody out who was searched.
    """

    state: CaseState
    find: FindTaken | None = None
    kept_out: bool = False


@dataclass(frozen=True, slots=True)
class Thing:
    """One kind of thing of a find. `grams` None: not weighed. `thing_id` None: not recorded."""

    kind: FindClass
    pieces: int
    unit: Unit
    hidden_in: HidingPlace
    grams: int | None = None
    thing_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class FindEntered:
    """A find that comes from no bag and from no search: thrown over, with staff, elsewhere.

    `bringer` is who brought it, where the register knows no such person.
    """

    channel: FindChannel
    found_by: UUID
    thing: Thing
    person_id: UUID | None = None
    prisoner_id: UUID | None = None
    bringer: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class ActEntered:
    """What the act of a find says. The witness is of the staff (`witness_id`), or named.

    `hidden` is where exactly the thing was, `photos` their numbers. `fine_tyiyn` None: there
    is no fine. `proposes_ban`: the supervisor is asked whether who brought it stays out.
    """

    act_no: str
    article: str
    passed_to: PassedTo
    witness_id: UUID | None = None
    witness: str = field(default="", repr=False)
    seal_no: str = ""
    fine_tyiyn: int | None = None
    hidden: str = field(default="", repr=False)
    photos: str = field(default="", repr=False)
    words: str = field(default="", repr=False)
    proposes_ban: bool = False


@dataclass(frozen=True, slots=True)
class ActWritten:
    """An act that was recorded. `jobs` are its papers; `case_closed`: the case that waited
    for it, and for nothing else, is over."""

    number: str
    act_no: str
    jobs: tuple[UUID, ...]
    case_closed: bool = False


@dataclass(frozen=True, slots=True)
class ActRecorded:
    """The act as it stands, when (UTC ms) and by whom it was written."""

    act_no: str
    article: str
    passed_to: PassedTo
    witness: str = field(repr=False)
    seal_no: str
    fine_tyiyn: int | None
    at: int
    by: str


@dataclass(frozen=True, slots=True)
class FindCard:
    """A find opened. `person` is who brought it as the register knows them, else `bringer`.

    `act` None: it is not finished, and `act_no`, `article` and `fine_tyiyn` are proposed for
    it; the fine is None where nobody is known who brought the thing.
    """

    find_id: UUID
    number: str
    at: int
    channel: FindChannel
    case_number: str
    item_no: int | None
    person_id: UUID | None
    person: Name | None = field(repr=False)
    born: str = field(repr=False)
    bringer: str = field(repr=False)
    prisoner_id: UUID | None
    prisoner: Name | None = field(repr=False)
    file_number: str = field(repr=False)
    found_by_id: UUID
    found_by: str
    things: tuple[Thing, ...]
    act_no: str
    article: str
    fine_tyiyn: int | None
    act: ActRecorded | None = None
    hidden: str = field(default="", repr=False)
    photos: str = field(default="", repr=False)
    words: str = field(default="", repr=False)
    ban_proposed: bool = False

    @property
    def brought_by(self) -> str:
        """Whom the act names: a person of the register, or what the officer said."""
        return self.person.full if self.person is not None else self.bringer


@dataclass(frozen=True, slots=True)
class FindLine:
    """A find as the list shows it; without an act it is not finished."""

    find_id: UUID
    number: str
    at: int
    channel: FindChannel
    brought_by: str = field(repr=False)
    prisoner: Name = field(repr=False)
    things: tuple[Thing, ...]
    act_no: str = ""

    @property
    def is_finished(self) -> bool:
        return bool(self.act_no)


@dataclass(frozen=True, slots=True)
class BanProposal:
    """An officer proposes that whoever brought a find stays out; `since` in UTC ms."""

    review_id: UUID
    since: int
    find_id: UUID
    number: str
    act_no: str
    person_id: UUID
    person: Name = field(repr=False)
    prisoner_id: UUID | None
    prisoner: Name | None = field(repr=False)
    file_number: str = field(repr=False)
    things: tuple[Thing, ...]
    by: str

    @property
    def is_inside(self) -> bool:
        """It can wait: whoever it concerns was found out already."""
        return False
