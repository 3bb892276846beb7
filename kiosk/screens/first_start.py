"""First start: the register has nobody yet, so its first administrator is made."""

from __future__ import annotations

from kiosk.codes import Sex
from kiosk.screens.new_user import account_fields, passphrase_fields, same_passphrase
from kiosk.screens.screen import START_KEYS, FormScreen
from kiosk.text import N_


class FirstStart(FormScreen):
    TITLE_TEXT = N_("FIRST START")
    KEYS = START_KEYS
    NEEDS_OFFICER = False
    help_name = "first_start"

    async def enter(self, *about: object) -> None:
        self.form.load([*account_fields(), *passphrase_fields()])

    async def leave(self) -> None:
        await self.enter()
        self.show()

    async def save(self) -> None:
        from kiosk.services import staff

        values = dict(self.form.values)
        officer = await self.kiosk.write(
            staff.create_first_administrator,
            values["login"],
            values["name"],
            Sex(values["sex"]),
            same_passphrase(values),
        )
        self.form.load([])
        await self.kiosk.sign_in(officer)
