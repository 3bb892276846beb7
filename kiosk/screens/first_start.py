"""First start: the register has nobody yet, so its first administrator is made."""

from __future__ import annotations

from kiosk import text
from kiosk.codes import Sex
from kiosk.screens.language import chosen, languages_line
from kiosk.screens.new_user import account_fields, passphrase_fields, same_passphrase
from kiosk.screens.screen import START_KEYS, HeadedFormScreen
from kiosk.text import N_, _
from kiosk.widgets.lines import at, line


class FirstStart(HeadedFormScreen):
    """A digit in the empty name changes the language at once, as at every sign-in."""

    HEAD_ROWS = 4
    TITLE_TEXT = N_("FIRST START")
    KEYS = START_KEYS
    NEEDS_OFFICER = False
    help_name = "first_start"

    async def enter(self, *about: object) -> None:
        self.form.load([*account_fields(), *passphrase_fields()])

    def draw(self) -> None:
        super().draw()
        about = line(at(3, _("The first administrator of this register")))
        self.head.show([languages_line(self.kiosk), (), about])

    async def typed(self, key: str, character: str | None) -> bool:
        language = chosen(self.kiosk, character)
        if language and self.form.current == "name" and not self.form.typed("name"):
            text.use(language)
            await self.enter()
            self.show()
            return True
        return await super().typed(key, character)

    async def leave(self) -> None:
        """There is nowhere to go back to, and nothing typed is thrown away."""

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
