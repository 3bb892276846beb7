"""Who works in the demo: an officer who may do everything, and a second one to sign with."""

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

# Signs an override beside the first: login "bekova", passphrase "demo demo demo demo".
SECOND = Officer(
    staff_id=UUID("01900000-0000-7000-8000-00000000d004"),
    login="bekova",
    name="Бекова М.",
    sex=Sex.FEMALE,
    roles=frozenset({Role.SUPERVISOR}),
)
# Made beforehand, and cheaply: hashing it here would cost each start of the demo its time.
SECOND_PASSPHRASE_HASH = (
    "$argon2id$v=19$m=1024,t=1,p=1$w65zUDiJTO/57jKslkDQ4w"
    "$SpZKUXQFuIq9yXKEYVIhHq3kBXqgtrGc7H/eQorbjck"
)
