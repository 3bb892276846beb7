"""An administrator enters another user of this kiosk."""

from __future__ import annotations

from kiosk.codes import Role, Sex
from kiosk.errors import Invalid
from kiosk.screens import choices
from kiosk.screens.screen import DONE, FormScreen
from kiosk.text import N_
from kiosk.widgets.fields import Choice, Field, Passphrase, Text


def account_fields() -> list[Field]:
    """Who it is; shared with the first start."""
    return [
        Text(
            "name",
            N_("Name"),
            required=True,
            help=N_("Surname and initial, as papers show them: Исмаилов Б."),
        ),
        Choice("sex", N_("Sex"), required=True, options=choices.sexes()),
        Text(
            "login",
            N_("Login"),
            required=True,
            limit=24,
            help=N_("A short name to sign in with, in small letters"),
        ),
    ]


def passphrase_fields() -> list[Field]:
    """The passphrase, twice; shared with the first start."""
    return [
        Passphrase(
            "passphrase",
            N_("Passphrase"),
            required=True,
            help=N_("At least 15 characters: four or five words are easy to keep"),
        ),
        Passphrase(
            "again", N_("Once more"), required=True, help=N_("The same passphrase once more")
        ),
    ]


def same_passphrase(values: dict[str, str]) -> str:
    """The passphrase when both fields agree. Raises Invalid."""
    if values["passphrase"] != values["again"]:
        raise Invalid("again", N_("The two passphrases differ. Type the second one again."))
    return values["passphrase"]


class NewUser(FormScreen):
    TITLE_TEXT = N_("NEW USER")
    help_name = "setup"

    async def enter(self, *about: object) -> None:
        if not self.unsaved:
            self._begin()

    def _begin(self) -> None:
        self.form.load(
            [
                *account_fields(),
                Choice(
                    "role",
                    N_("Role"),
                    required=True,
                    options=choices.roles(),
                    help=N_("What this user may do at the gate"),
                ),
                Choice(
                    "second_role",
                    N_("Second role"),
                    options=choices.roles(),
                    help=N_("May stay empty"),
                ),
                *passphrase_fields(),
            ]
        )

    async def save(self) -> None:
        from kiosk.services import staff

        values = dict(self.form.values)
        roles = {Role(values[name]) for name in ("role", "second_role") if values[name]}
        officer = await self.kiosk.write(
            staff.add_user,
            self.kiosk.signed_in,
            values["login"],
            values["name"],
            Sex(values["sex"]),
            frozenset(roles),
            same_passphrase(values),
        )
        self._begin()
        self.show()
        self.say(DONE, N_("{login} may sign in now."), login=officer.login)
