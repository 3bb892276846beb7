"""A visit: asked for, proposed, recorded, under way, over."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from uuid import UUID

from kiosk.codes import CaseState, OverrideGround, Relation, Service
from kiosk.rules.decision import Decision, Reason

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from kiosk.values.people import DocumentSeen, Name, PrisonerCard
    from kiosk.values.staff import Officer
    from kiosk.values.waiting import SessionLine
    from kiosk.values.window import TagLine


@dataclass(frozen=True, slots=True)
class MemberRequest:
    """One who asks to enter. `seen` is the document in hand; None: the one last known."""

    person_id: UUID
    relation: Relation | None
    confirmed: tuple[str, ...] = ()  # doubts the officer confirmed: "composite", "birth", …
    seen: DocumentSeen | None = None


@dataclass(frozen=True, slots=True)
class VisitRequest:
    """What is asked of the gate. `case_id` is made early: a second Enter carries it too.

    `slot_id` is the session, `nights` those of a long visit. `swap_from` is the entitlement
    that pays instead of the one of `service`. `booked`: the case exists, as a booking.
    """

    case_id: UUID
    service: Service
    prisoner_id: UUID
    members: tuple[MemberRequest, ...]
    slot_id: UUID | None = None
    nights: int = 0
    swap_from: Service | None = None
    ticket_id: UUID | None = None
    booked: bool = False


@dataclass(frozen=True, slots=True)
class Expected:
    """One of those whom a booking names."""

    person_id: UUID
    name: Name = field(repr=False)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an arrival is for, before the rules are asked: the kind of visit, its session and
    what pays for it; and whether a ticket or a booking stands behind it.

    `expected` are all whom the booking names.
    """

    case_id: UUID
    service: Service = Service.SHORT_VISIT
    session: SessionLine | None = None
    nights: int = 0
    swap_from: Service | None = None
    ticket_id: UUID | None = None
    booked: bool = False
    expected: tuple[Expected, ...] = ()

    @property
    def is_social(self) -> bool:
        """Whether family and friends come; whoever is on duty has no relation to tell."""
        return self.service in (Service.SHORT_VISIT, Service.LONG_VISIT)

    def by(self, prisoner_id: UUID, members: tuple[MemberRequest, ...]) -> VisitRequest:
        """The request of these people to visit that prisoner."""
        return VisitRequest(
            case_id=self.case_id,
            service=self.service,
            prisoner_id=prisoner_id,
            members=members,
            slot_id=self.session.slot_id if self.session is not None else None,
            nights=self.nights,
            swap_from=self.swap_from,
            ticket_id=self.ticket_id,
            booked=self.booked,
        )


@dataclass(frozen=True, slots=True)
class Override:
    """That a second person stands for letting in what the rules refuse, and on what ground.

    `words` are kept as a note, which can be erased.
    """

    second: Officer
    ground: OverrideGround
    words: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Proposal:
    """What `rules.decide` answered about a request, for the screen to show.

    Asked again about those who were admitted and searched, `news` is what came since and keeps
    one of them out; nobody signed for that yet.
    """

    request: VisitRequest
    prisoner: PrisonerCard
    decision: Decision
    rule_set: str
    rules_confirmed: bool
    news: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Recorded:
    """A case that was written: `number` as shown, `badges` one code a member admitted."""

    case_id: UUID
    number: str
    decision: Decision
    badges: tuple[str, ...] = ()
    jobs: tuple[UUID, ...] = ()
    due: int | None = None
    overridden: bool = False


@dataclass(frozen=True, slots=True, repr=False)
class Inside:
    """Somebody who is inside. Times in UTC ms."""

    member_id: UUID
    case_id: UUID
    badge: str  # V-26-004512-1
    name: Name
    birth: str
    service: Service
    prisoner: str
    file_number: str
    since: int
    due: int | None
    is_adult: bool = True


@dataclass(frozen=True, slots=True, repr=False)
class Departure:
    """A case opened by its badge: who is to leave, and what goes back over the counter.

    `day` is the one on which it was admitted, `state` where it stands. `tags` are those on
    which something hangs, whoever of the case it belongs to. `finds` are the numbers of what
    was found and has no act yet: the visit does not close before.
    """

    case_id: UUID
    number: str
    service: Service
    prisoner: str
    file_number: str
    day: date
    state: CaseState
    members: tuple[Inside, ...]  # still inside; empty when all have left
    tags: tuple[TagLine, ...] = ()
    left_at: int | None = None
    finds: tuple[str, ...] = ()

    def leaves_a_child(self, leaving: Collection[UUID]) -> bool:
        """Whether a child would stay inside without an adult when these members leave."""
        staying = [one for one in self.members if one.member_id not in leaving]
        return bool(staying) and not any(one.is_adult for one in staying)
