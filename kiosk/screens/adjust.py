"""A balance is changed by hand: what, by how much, why, and the supervisor who signs."""

from __future__ import annotations

from kiosk import wording
from kiosk.codes import AdjustReason, Role, Service
from kiosk.rules.terms import Limit
from kiosk.screens import choices
from kiosk.screens.screen import DONE, FormScreen
from kiosk.text import N_, _
from kiosk.values import Officer, PrisonerCard
from kiosk.values.balances import Adjustment
from kiosk.widgets.fields import Choice, Number, Option, Passphrase, Text

_MORE, _FEWER, _CARRY = "more", "fewer", "carry"
_SERVICES = (
    Service.SHORT_VISIT,
    Service.LONG_VISIT,
    Service.PACKAGE,
    Service.PARCEL,
    Service.SMALL_PARCEL,
    Service.OFFICIAL_VISIT,
    Service.CLERGY_VISIT,
)


class Adjust(FormScreen):
    """Whoever is no supervisor enters it, and a supervisor signs with their own passphrase."""

    TITLE_TEXT = N_("ADJUST")
    help_name = "adjust"

    def __init__(self) -> None:
        super().__init__()
        self.card: PrisonerCard | None = None

    def forget(self) -> None:
        super().forget()
        self.card = None

    async def enter(self, *about: object) -> None:
        from kiosk.services import duty

        duty.must_register(self.kiosk.signed_in)
        (card,) = about
        assert isinstance(card, PrisonerCard)
        self.card = card
        self._load()

    def _load(self) -> None:
        signing = [
            Text(
                "login",
                N_("Signs"),
                required=True,
                limit=32,
                help=N_("The login of another person, a supervisor"),
            ),
            Passphrase(
                "passphrase", N_("Passphrase"), required=True, help=N_("Theirs, to sign")
            ),
        ]
        self.form.load(
            [
                Choice(
                    "service",
                    N_("Of what"),
                    required=True,
                    options=choices.options(_SERVICES),
                ),
                Choice(
                    "how",
                    N_("Change"),
                    required=True,
                    options=(
                        Option(_MORE, lambda: _("more")),
                        Option(_FEWER, lambda: _("fewer")),
                        Option(_CARRY, lambda: _("carry over from before")),
                    ),
                ),
                Number("amount", N_("How many"), required=True, least=1),
                Choice(
                    "reason",
                    N_("Reason"),
                    required=True,
                    options=choices.options(AdjustReason),
                ),
                Text(
                    "words",
                    N_("In words"),
                    limit=200,
                    help=N_("In a few words, why; needed for another reason"),
                ),
                *(() if self._may_alone else signing),
            ]
        )

    @property
    def _may_alone(self) -> bool:
        return self.kiosk.signed_in.may(Role.SUPERVISOR)

    async def save(self) -> None:
        from kiosk.services import adjusting

        assert self.card is not None
        values = dict(self.form.values)
        second = await self._signature(values)
        asker = self.kiosk.signed_in
        prisoner_id, service = self.card.prisoner_id, Service(values["service"])
        amount, reason = int(values["amount"]), AdjustReason(values["reason"])
        if values["how"] == _CARRY:
            await self.kiosk.write(
                adjusting.carry,
                asker,
                prisoner_id,
                service,
                amount,
                reason,
                second,
                values["words"],
            )
        else:
            change = Adjustment(
                prisoner_id,
                service,
                Limit.COUNT,
                amount if values["how"] == _MORE else -amount,
                reason,
                values["words"],
            )
            await self.kiosk.write(adjusting.adjust, asker, change, second)
        self.form.touched = False
        await self.kiosk.back()
        self.kiosk.front.say(
            DONE,
            N_("Recorded for: {service}. It stands in the ledger."),
            service=wording.label(service),
        )

    async def _signature(self, values: dict[str, str]) -> Officer | None:
        """The supervisor beside an officer, by their passphrase; it is kept nowhere."""
        from kiosk.services import vouching

        if self._may_alone:
            return None
        self.form.set("passphrase", "", proposed=False)
        self.form.draw()
        return await self.kiosk.write(
            vouching.vouch, values["login"], values["passphrase"], self.kiosk.signed_in
        )
