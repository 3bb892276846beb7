"""A parcel is carried to another place of the storage, and gets a label that says so."""

from __future__ import annotations

from uuid import UUID

from kiosk import wording
from kiosk.codes import PlaceKind
from kiosk.errors import Refused
from kiosk.screens.goods.parcel_form import ParcelForm
from kiosk.text import N_, _, fill
from kiosk.values.goods import ParcelCard
from kiosk.widgets.fields import Choice, Option

_YES, _NO = "yes", "no"
_TO_ANY = N_("Where it stands now: type the place   F4 = list   Esc = as it was")
_TO_BOTH = N_("Where it stands now; a safe = its money and papers   F4 = list   Esc")


class MoveParcel(ParcelForm):
    """Many places: the letters of one find it, F4 shows all. Those with room are proposed; a
    safe for its money and papers, any other for the rest of it."""

    TITLE_TEXT = N_("ANOTHER PLACE")

    async def begin(self, card: ParcelCard) -> None:
        from kiosk.services.goods import contents, places

        here = contents.here(card)
        safe, bag = any(map(contents.is_for_the_safe, here)), contents.has_a_bag(here)
        lines = await self.kiosk.read(places.places, self.kiosk.signed_in)
        options = tuple(
            Option(
                str(one.place_id),
                f"{one.code}, {wording.label(one.kind)}",
                fill(_("free {count}"), count=one.free),
            )
            for one in lines
            if one.free
            and one.code not in (card.place, card.safe)
            and (safe if one.kind is PlaceKind.SAFE else bag)
        )
        if not options:
            raise Refused(
                N_("No other place has room. A supervisor enters places under Setup.")
            )
        self.form.load(
            [
                Choice(
                    "place",
                    N_("Place"),
                    required=True,
                    options=options,
                    help=_TO_BOTH if safe and bag else _TO_ANY,
                ),
                Choice(
                    "label",
                    N_("New label"),
                    required=True,
                    options=(Option(_YES, lambda: _("yes")), Option(_NO, lambda: _("no"))),
                    help=N_("Enter = it is printed: take the old label off   2 = none"),
                ),
            ],
            {"label": _YES},
            proposed=("label",),
        )

    async def save(self) -> None:
        from kiosk.services.goods import storing

        labelled = self.form.values["label"] == _YES
        card = await self.kiosk.write(
            storing.move,
            self.kiosk.signed_in,
            self.parcel.case_id,
            UUID(self.form.values["place"]),
            label=labelled,
        )
        sentence = (
            N_("{number} stands at {place} now. The new label is printing.")
            if labelled
            else N_("{number} stands at {place} now.")
        )
        await self.done(sentence, number=card.number, place=card.stands_at)
