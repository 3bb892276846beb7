"""What stands at the window to be listed: a bag, who brings it, and for whom."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from kiosk.codes import Relation, Service
from kiosk.values import DocumentSeen, MemberRequest, PersonCard, PrisonerCard


@dataclass(frozen=True, slots=True, repr=False)
class Brought:
    """A bag before anything in it was listed.

    `seen` is the sender's document in hand, None when the card was found by name or read from
    a wrapper; `confirmed` are the doubts about it that an officer settled. `post_no` is the
    number on a posted parcel, `commission` the staff who open it.
    """

    service: Service
    sender: PersonCard
    prisoner: PrisonerCard
    seen: DocumentSeen | None = None
    relation: Relation | None = None
    confirmed: tuple[str, ...] = ()
    ticket_id: UUID | None = None
    post_no: str = ""
    commission: tuple[UUID, ...] = ()

    @property
    def asks(self) -> MemberRequest:
        """What the rules and the register are told of the sender."""
        return MemberRequest(self.sender.person_id, self.relation, self.confirmed, self.seen)
