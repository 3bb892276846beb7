"""Sign-in: the language, the login and the passphrase."""

from __future__ import annotations

from kiosk import text
from kiosk.clock import local
from kiosk.errors import ClockJumped
from kiosk.screens.language import chosen, languages_line
from kiosk.screens.screen import START_KEYS, HeadedFormScreen
from kiosk.text import N_, _
from kiosk.widgets.fields import Passphrase, Text
from kiosk.widgets.ink import Ink
from kiosk.widgets.lines import at, line


class SignIn(HeadedFormScreen):
    """A digit in the empty login changes the language at once; letters begin the login."""

    TITLE_TEXT = N_("SIGN IN")
    KEYS = START_KEYS
    NEEDS_OFFICER = False
    help_name = "sign_in"

    def __init__(self) -> None:
        super().__init__()
        self.clock_told = False
        """Whether the officer was just told the time of a clock that had jumped."""

    async def enter(self, *about: object) -> None:
        self._load()

    async def opened(self) -> None:
        from kiosk.services import staff

        if await self.kiosk.read(staff.needs_first_administrator):
            await self.kiosk.go("first_start", replace=True)

    def _load(self) -> None:
        self.form.load(
            [
                Text(
                    "login",
                    N_("Login"),
                    required=True,
                    limit=24,
                    help=N_("Type your login. A digit chooses the language."),
                    missing=N_("Type your login, then your passphrase."),
                ),
                Passphrase(
                    "passphrase",
                    N_("Passphrase"),
                    required=True,
                    help=N_("Type your passphrase, then Enter"),
                    missing=N_("Type your login, then your passphrase."),
                ),
            ]
        )

    def draw(self) -> None:
        super().draw()
        kiosk = self.kiosk
        site = kiosk.settings.site
        now = local(kiosk.now(), kiosk.zone).strftime("%d.%m.%Y  %H:%M")
        self.head.show(
            [
                line(at(33, "G A T E B O O K", Ink.BOLD)),
                line(at(3, site.name)),
                languages_line(kiosk),
                line(at(3, _("Today is")), " ", now),
            ]
        )

    async def typed(self, key: str, character: str | None) -> bool:
        language = chosen(self.kiosk, character)
        if language and self.form.current == "login" and not self.form.typed("login"):
            text.use(language)
            self._load()
            self.show()
            return True
        return await super().typed(key, character)

    async def leave(self) -> None:
        self._load()

    async def minute(self) -> None:
        self.draw()

    async def save(self) -> None:
        from kiosk.services import staff

        values = self.form.values
        login, passphrase = values["login"], values["passphrase"]
        self.form.set("passphrase", "", proposed=False)
        self.form.touched = False
        confirms, self.clock_told = self.clock_told, False
        try:
            officer = await self.kiosk.write(
                staff.sign_in, login, passphrase, confirms_clock=confirms
            )
        except ClockJumped:
            self.clock_told = True
            raise
        self._load()
        await self.kiosk.sign_in(officer)
