"""Who works here."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from kiosk.codes import Role, Sex


@dataclass(frozen=True, slots=True)
class Officer:
    """Who is signed in."""

    staff_id: UUID
    login: str
    name: str
    sex: Sex
    roles: frozenset[Role]

    def may(self, *roles: Role) -> bool:
        """Whether one of `roles` is held."""
        return not self.roles.isdisjoint(roles)
