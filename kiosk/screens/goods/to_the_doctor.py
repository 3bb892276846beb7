"""The doctor looks at what is for them: of each thing a digit says whether they took it."""

from __future__ import annotations

from kiosk.codes import MedicalFate
from kiosk.errors import Refused
from kiosk.screens.goods import parcel_lines
from kiosk.screens.goods.parcel_form import ParcelForm
from kiosk.text import N_, _, fill
from kiosk.values.goods import ItemRecorded, ParcelCard
from kiosk.widgets.drawing import LABEL_WIDTH
from kiosk.widgets.fields import Choice, Option, Text
from kiosk.widgets.lines import shorten

_TAKEN, _NOT_TAKEN = "taken", "not_taken"


class ToTheDoctor(ParcelForm):
    """Mostly the doctor takes all of it, so Enter is enough; then their name."""

    TITLE_TEXT = N_("TO THE DOCTOR")

    async def begin(self, card: ParcelCard) -> None:
        from kiosk.services.goods import medical

        waiting = _waiting(card)
        if not waiting:
            raise Refused(N_("Nothing of it waits for the medical unit. Nothing was recorded."))
        taken = {_field(one): _TAKEN for one in waiting}
        last = await self.kiosk.read(medical.last_doctor)
        self.form.load(
            [
                *(_choice(one) for one in waiting),
                Text(
                    "doctor",
                    N_("Doctor"),
                    required=True,
                    limit=medical.LONGEST_NAME,
                    help=N_("The name of the doctor, who signs for it   F2 = signed"),
                ),
            ],
            {**taken, "doctor": last},
            proposed=[*taken, "doctor"],
            evidence={_field(one): parcel_lines.amount(one) for one in waiting},
        )

    async def save(self) -> None:
        from kiosk.services.goods import medical

        values, waiting = self.form.values, _waiting(self.parcel)
        back = [one.no for one in waiting if values[_field(one)] == _NOT_TAKEN]
        card = await self.kiosk.write(
            medical.pass_on,
            self.kiosk.signed_in,
            self.parcel.case_id,
            values["doctor"],
            back,
        )
        if back:
            await self.done(
                N_("Lines not taken: {count}. Back to the sender; the paper is printing."),
                count=len(back),
                number=card.number,
            )
        else:
            await self.done(N_("Written down: the doctor has the medicine."))


def _waiting(card: ParcelCard) -> list[ItemRecorded]:
    return [one for one in card.lines if one.medical is MedicalFate.WAITS]


def _field(item: ItemRecorded) -> str:
    return f"line{item.no}"


def _choice(item: ItemRecorded) -> Choice:
    whole = parcel_lines.item_name(item)
    name = shorten(whole, LABEL_WIDTH)
    return Choice(
        _field(item),
        name,
        required=True,
        options=(
            Option(_TAKEN, lambda: _("taken")),
            Option(_NOT_TAKEN, lambda: _("not taken, goes back")),
        ),
        help=fill(_("{name}: 1 taken   2 not taken   Enter = as it stands"), name=whole[:30]),
    )
