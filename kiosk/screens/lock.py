"""Locked: the officer is away; nobody's data stands on the glass, the work waits behind."""

from __future__ import annotations

from kiosk.screens.screen import START_KEYS, HeadedFormScreen
from kiosk.text import N_, _, fill
from kiosk.widgets.fields import Passphrase
from kiosk.widgets.ink import Ink
from kiosk.widgets.lines import at, line


class Lock(HeadedFormScreen):
    """Only the officer who locked it goes on; anybody else signs them off with F8."""

    TITLE_TEXT = N_("LOCKED")
    KEYS = START_KEYS
    NEEDS_OFFICER = False
    help_name = "lock"

    def __init__(self) -> None:
        super().__init__()
        self.leaving = False

    async def enter(self, *about: object) -> None:
        self.leaving = False
        self._load()

    def _load(self) -> None:
        self.form.load(
            [
                Passphrase(
                    "passphrase",
                    N_("Passphrase"),
                    required=True,
                    help=N_("Your passphrase, then Enter.   F8 = sign this officer out"),
                    missing=N_("Type your passphrase, then Enter."),
                )
            ]
        )

    def draw(self) -> None:
        super().draw()
        officer = self.kiosk.signed_in.name if self.kiosk.officer else ""
        said = fill(_("Locked by {officer}; the work is as it was left."), officer=officer)
        self.head.show([(), line(at(3, said, Ink.BOLD))])
        if self.leaving:
            self.ask(N_("Sign this officer out?  Unsaved work is lost.  Enter = yes"))

    async def typed(self, key: str, character: str | None) -> bool:
        if self.leaving:
            self.leaving = False
            if key == "enter":
                await self.kiosk.sign_out()
            else:
                self.draw()
        elif key == "f8":
            self.leaving = True
            self.draw()
        else:
            return await super().typed(key, character)
        return True

    async def leave(self) -> None:
        self._load()

    async def save(self) -> None:
        from kiosk.services import staff

        passphrase = self.form.values["passphrase"]
        self._load()
        self.draw()
        await self.kiosk.write(staff.unlock, self.kiosk.signed_in, passphrase)
        await self.kiosk.unlocked()
