"""The officer who works in the demo, and may also act as supervisor and administrator."""

from __future__ import annotations

from uuid import UUID

from kiosk.codes import Role, Sex
from kiosk.values import Officer

OFFICER = Officer(
    staff_id=UUID("01900000-0000-7000-8000-00000000d003"),
    login="demo",
    name="Исмаилов Б.",
    sex=Sex.MALE,
    roles=frozenset({Role.OFFICER, Role.SUPERVISOR, Role.ADMINISTRATOR}),
)
