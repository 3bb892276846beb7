"""What the paper journal counted of the running period, entered prisoner by prisoner."""

from __future__ import annotations

from kiosk import wording
from kiosk.codes import Service
from kiosk.screens import choices
from kiosk.screens.screen import DONE, PLAIN, FormScreen
from kiosk.text import N_
from kiosk.values import PrisonerCard
from kiosk.widgets.fields import Choice, Number

_SERVICES = (
    Service.SHORT_VISIT,
    Service.LONG_VISIT,
    Service.PACKAGE,
    Service.PARCEL,
    Service.SMALL_PARCEL,
)


class OpeningBalance(FormScreen):
    TITLE_TEXT = N_("PAPER JOURNAL")
    help_name = "opening_balance"

    def __init__(self) -> None:
        super().__init__()
        self.card: PrisonerCard | None = None

    def forget(self) -> None:
        super().forget()
        self.card = None

    async def enter(self, *about: object) -> None:
        from kiosk.services import duty

        duty.must_supervise(self.kiosk.signed_in)
        (card,) = about
        assert isinstance(card, PrisonerCard)
        self.card = card
        self._load()

    def _load(self) -> None:
        self.form.load(
            [
                Choice(
                    "service",
                    N_("Of what"),
                    required=True,
                    options=choices.options(_SERVICES),
                ),
                Number(
                    "amount",
                    N_("Used"),
                    required=True,
                    help=N_("How many the journal counts in this year, or month"),
                ),
            ]
        )

    async def save(self) -> None:
        from kiosk.services import adjusting

        assert self.card is not None
        values = self.form.values
        service = Service(values["service"])
        is_new = await self.kiosk.write(
            adjusting.open_balance,
            self.kiosk.signed_in,
            self.card.prisoner_id,
            service,
            int(values["amount"]),
        )
        self._load()
        self.show()
        if is_new:
            self.say(
                DONE,
                N_("The journal's count is recorded for: {service}."),
                service=wording.label(service),
            )
        else:
            self.say(PLAIN, N_("This count is recorded already. Nothing was changed."))
