"""The administrator writes down who of the prison stands by a rule set."""

from __future__ import annotations

from uuid import UUID

from kiosk.rules.rule_set import RuleSet
from kiosk.screens.cards import wrapped
from kiosk.screens.screen import DONE, HeadedFormScreen
from kiosk.text import N_, _
from kiosk.widgets.fields import Passphrase, Text
from kiosk.widgets.ink import Ink
from kiosk.widgets.lines import at, line
from kiosk.wording import rulebook as words

_MEANING = N_(
    "From now on this set decides, for all days from its first one on. It can never be "
    "altered: a change of the law is a new set."
)


class RuleSigning(HeadedFormScreen):
    """The passphrase is typed once more: nobody signs in passing at an open kiosk."""

    TITLE_TEXT = N_("SIGN RULES")
    help_name = "rules"

    def __init__(self) -> None:
        super().__init__()
        self.rule_set_id: UUID | None = None
        self.rules: RuleSet | None = None

    async def enter(self, *about: object) -> None:
        from kiosk.services import duty, rulebook

        (rule_set_id,) = about
        assert isinstance(rule_set_id, UUID)
        duty.must_administer(self.kiosk.signed_in)
        self.rules = await self.kiosk.read(rulebook.shown, rule_set_id)
        self.rule_set_id = rule_set_id
        self.form.load(
            [
                Text(
                    "signer",
                    N_("Signed by"),
                    required=True,
                    limit=60,
                    help=N_("Name and post, as on the paper that was signed"),
                ),
                Passphrase(
                    "passphrase",
                    N_("Passphrase"),
                    required=True,
                    help=N_("Your own passphrase, then Enter: it signs"),
                ),
            ]
        )

    def draw(self) -> None:
        super().draw()
        if self.rules is not None:
            meaning = [line("   ", *one) for one in wrapped(_(_MEANING), 74)]
            self.head.show(
                [(), line(at(3, words.headline(self.rules), Ink.BOLD)), (), *meaning]
            )

    async def save(self) -> None:
        from kiosk.codes import Action, SignInKind
        from kiosk.services import rule_import, staff

        assert self.rule_set_id is not None
        values = self.form.values
        officer = self.kiosk.signed_in
        self.form.set("passphrase", "", proposed=False)
        await self.kiosk.write(
            staff.prove,
            officer.login,
            values["passphrase"],
            Action.VOUCH,
            SignInKind.VOUCH,
            staff.DEAR,
        )
        await self.kiosk.write(rule_import.sign, officer, self.rule_set_id, values["signer"])
        self.form.touched = False
        await self.kiosk.go("rule_sets", replace=True)
        self.kiosk.front.say(DONE, N_("The rule set is signed."))
