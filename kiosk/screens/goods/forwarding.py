"""A parcel is sent after its prisoner, who was transferred to another prison."""

from __future__ import annotations

from kiosk.screens.goods.parcel_form import ParcelForm
from kiosk.text import N_
from kiosk.values.goods import ParcelCard
from kiosk.widgets.fields import Text


class Forwarding(ParcelForm):
    TITLE_TEXT = N_("SEND ON")

    async def begin(self, card: ParcelCard) -> None:
        self.form.load(
            [
                Text(
                    "prison",
                    N_("To the prison"),
                    required=True,
                    limit=24,
                    help=N_(
                        "The code of the prison where the prisoner is now   Esc = it stays here"
                    ),
                )
            ]
        )

    async def save(self) -> None:
        from kiosk.services.goods import going_back

        await self.kiosk.write(
            going_back.forward,
            self.kiosk.signed_in,
            self.parcel.case_id,
            self.form.values["prison"],
        )
        await self.done(N_("Sent on: {number}. It stays counted."), number=self.parcel.number)
