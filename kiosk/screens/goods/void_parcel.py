"""A parcel is made void by a supervisor, with the reason; its number stays."""

from __future__ import annotations

from functools import partial

from kiosk import wording
from kiosk.codes import VoidReason
from kiosk.screens.goods.parcel_form import ParcelForm
from kiosk.screens.void import fields_of
from kiosk.text import N_, _
from kiosk.values.goods import ParcelCard
from kiosk.widgets.fields import Option


class VoidParcel(ParcelForm):
    TITLE_TEXT = N_("MAKE VOID")

    @property
    def consequence(self) -> bool:
        return True

    async def begin(self, card: ParcelCard) -> None:
        reasons = tuple(Option(one.value, partial(_word, one)) for one in VoidReason)
        self.form.load(fields_of(reasons))

    async def save(self) -> None:
        from kiosk.services import outcomes

        values = self.form.values
        await self.kiosk.write(
            outcomes.void,
            self.kiosk.signed_in,
            self.parcel.case_id,
            VoidReason(values["reason"]),
            values["words"],
        )
        await self.done(N_("{number} is void. Its number stays."), number=self.parcel.number)


def _word(reason: VoidReason) -> str:
    """Nobody visits: what the visitor is to a visit, the sender is to a parcel."""
    if reason is VoidReason.WRONG_VISITOR:
        return _("wrong sender")
    return wording.label(reason)
