"""What the screens of an arrival hand to one another: who stands there, and to visit whom."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from kiosk.codes import Relation
from kiosk.doubts import Doubt, marked
from kiosk.values import DocumentSeen, MemberRequest, PersonCard, PrisonerCard


@dataclass(frozen=True, slots=True)
class Visitor:
    """`seen` is the document in hand, None when the card was found by name.

    `prisoner` and `relation` None: not chosen yet. `confirmed`: an officer has looked at
    every doubt about the document.
    """

    card: PersonCard
    seen: DocumentSeen | None = None
    doubts: tuple[Doubt, ...] = ()
    confirmed: bool = False
    prisoner: PrisonerCard | None = None
    relation: Relation | None = None

    @property
    def asks(self) -> MemberRequest:
        """What the rules and the register are told of this visitor."""
        return MemberRequest(self.card.person_id, self.relation, self.confirmations, self.seen)

    def same_person(self, other: Visitor) -> bool:
        return self.card.person_id == other.card.person_id

    @property
    def is_doubtful(self) -> bool:
        return bool(self.doubts) and not self.confirmed

    @property
    def marks(self) -> Mapping[str, Collection[int]]:
        """By field of the form, which characters of the document are still to be compared."""
        return marked(self.doubts) if self.is_doubtful else {}

    @property
    def confirmations(self) -> tuple[str, ...]:
        """Codes of the doubts that were settled; recorded with the decision."""
        codes = dict.fromkeys(doubt.code for doubt in self.doubts)
        return tuple(codes) if self.confirmed else ()


def as_before(
    card: PersonCard, seen: DocumentSeen | None = None, doubts: tuple[Doubt, ...] = ()
) -> Visitor:
    """Somebody known, proposed to visit whom they visited last."""
    return Visitor(card, seen, doubts, False, card.last_prisoner, card.last_relation)
