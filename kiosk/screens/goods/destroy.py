"""What is spoiled is destroyed with an act; the rest of the parcel goes to its prisoner."""

from __future__ import annotations

from uuid import UUID

from kiosk.codes import ItemReason, Verdict
from kiosk.errors import Refused
from kiosk.screens.goods import corrections, parcel_lines
from kiosk.screens.goods.parcel_form import ParcelForm
from kiosk.text import N_
from kiosk.values.goods import Correction, ItemRecorded, ParcelCard
from kiosk.widgets.fields import Choice, Measure, Number, Option, Text


class Destroy(ParcelForm):
    """All of one line; the soonest to spoil is proposed."""

    TITLE_TEXT = N_("DESTROY")

    async def enter(self, *about: object) -> None:
        """`about`: the parcel, or the id of its case."""
        (parcel,) = about
        if isinstance(parcel, UUID):
            from kiosk.services.goods import opened

            kiosk = self.kiosk
            parcel = await kiosk.read(opened.open_parcel, kiosk.signed_in, parcel)
        await super().enter(parcel)

    async def begin(self, card: ParcelCard) -> None:
        spoils = sorted(_what_spoils(card), key=lambda one: one.perishable_hours or 0)
        if not spoils:
            raise Refused(N_("Nothing of this parcel can spoil. Correct its line instead."))
        first = spoils[0]
        self.form.load(
            [
                Choice(
                    "no",
                    N_("What"),
                    required=True,
                    options=tuple(
                        Option(
                            str(one.no),
                            f"{parcel_lines.item_name(one)}, {parcel_lines.amount(one)}",
                        )
                        for one in spoils
                    ),
                ),
                Number(
                    "grams",
                    N_("Weight, kg"),
                    measure=Measure.KILOGRAMS,
                    required=True,
                    least=1,
                    help=N_("What that weighs by itself, in kilograms: 1.250"),
                ),
                Text(
                    "act_no",
                    N_("Act"),
                    required=True,
                    limit=20,
                    help=N_("The number of the act by which it is destroyed   F2 = record"),
                ),
            ],
            {"no": str(first.no), "grams": str(first.grams) if first.grams else ""},
            proposed=["no"],
        )

    async def save(self) -> None:
        from kiosk.services.goods import correcting

        values = self.form.values
        item = next(one for one in self.parcel.lines if str(one.no) == values["no"])
        grams = int(values["grams"])
        told = Correction(
            corrections.shares(item, Verdict.REFUSE, item.pieces, grams, ItemReason.SPOILED),
            act_no=values["act_no"],
        )
        await self.kiosk.write(
            correcting.correct, self.kiosk.signed_in, self.parcel.case_id, item.no, told
        )
        await self.done(
            N_("Destroyed with act {act}. The rest of {number} stays."),
            act=values["act_no"],
            number=self.parcel.number,
        )


def _what_spoils(card: ParcelCard) -> list[ItemRecorded]:
    return [
        one
        for one in card.lines
        if one.perishable_hours and one.verdict is Verdict.ACCEPT and not one.replaced
    ]
