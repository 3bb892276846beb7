"""What goes back is over the counter again: its sender signs, or who came for them."""

from __future__ import annotations

from kiosk.screens.goods.parcel_form import ParcelForm
from kiosk.text import N_, _
from kiosk.values.goods import ParcelCard
from kiosk.widgets.fields import Choice, Option, Text

_SENDER, _PROXY = "sender", "proxy"


class Returning(ParcelForm):
    TITLE_TEXT = N_("BACK TO THE SENDER")

    async def begin(self, card: ParcelCard) -> None:
        self.form.load(
            [
                Choice(
                    "who",
                    N_("Who signs"),
                    required=True,
                    options=(
                        Option(_SENDER, lambda: _("the sender")),
                        Option(_PROXY, lambda: _("somebody they sent")),
                    ),
                    help=N_("Who takes it and signs, by the digit   Esc = it stays here"),
                ),
                Text(
                    "words",
                    N_("In words"),
                    limit=200,
                    help=N_("Who it is and with which paper, or nothing   F2 = signed, given"),
                ),
            ]
        )

    async def save(self) -> None:
        from kiosk.services.goods import going_back

        values = self.form.values
        await self.kiosk.write(
            going_back.returned,
            self.kiosk.signed_in,
            self.parcel.case_id,
            proxy=values["who"] == _PROXY,
            words=values["words"],
        )
        await self.done(N_("Given back and signed: {number}."), number=self.parcel.number)
