"""Places of the storage: what each is for, how many parcels stand there, how many more may."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from textual.widget import Widget

from kiosk import wording
from kiosk.codes import PlaceKind
from kiosk.screens import choices
from kiosk.screens.in_use import InUse, NewInUse
from kiosk.text import N_, _, fill
from kiosk.values.goods import PlaceLine
from kiosk.widgets.fields import Choice, Field, Number, Text
from kiosk.widgets.ink import Ink
from kiosk.widgets.lines import Line, at, line
from kiosk.widgets.sheet import Sheet

_CODE, _KIND, _STANDS, _FREE = 3, 14, 36, 54


class Places(InUse[PlaceLine]):
    TITLE_TEXT = N_("STORAGE PLACES")
    help_name = "places"
    NEW = "new_place"
    HEADS = (
        (_CODE, N_("place")),
        (_KIND, N_("kind")),
        (_STANDS, N_("parcels there")),
        (_FREE, N_("free")),
    )
    EMPTY = N_("No place is entered yet. F7 enters one.")
    ADDS = N_("F7 = a new place   Esc = back")
    ADDS_OR_ENDS = N_("F7 = a new place   F8 = used no more   Esc = back")
    IS_ENDED = N_("Place {code} is used no more?  Enter = yes   Esc = no")
    ENDED = N_("Place {code} is used no more.")

    def __init__(self) -> None:
        super().__init__(rows=18)
        self.head = Sheet(rows=2)

    def body(self) -> Iterable[Widget]:
        yield self.head
        yield self.rows

    async def read(self) -> tuple[PlaceLine, ...]:
        from kiosk.services.goods import places

        return await self.kiosk.read(places.places, self.kiosk.signed_in)

    async def end(self, one: PlaceLine) -> None:
        from kiosk.services.goods import places

        await self.kiosk.write(places.end, self.kiosk.signed_in, one.place_id)

    def draw(self) -> None:
        free = sum(one.free for one in self.found)
        said = fill(_("places {count}   free {free}"), count=len(self.found), free=free)
        self.head.show([line(at(3, said, Ink.BOLD)), ()])
        super().draw()

    def row(self, one: PlaceLine) -> Line:
        return line(
            at(_CODE, one.code, Ink.BOLD),
            at(_KIND, wording.label(one.kind)),
            at(_STANDS, fill(_("{taken} of {most}"), taken=one.taken, most=one.capacity)),
            at(_FREE, str(one.free), Ink.PLAIN if one.free else Ink.WARN),
        )


class NewPlace(NewInUse):
    TITLE_TEXT = N_("NEW PLACE")
    help_name = "places"
    ENTERED = N_("Place {code} is entered.")

    def fields(self) -> Sequence[Field]:
        return (
            Text(
                "code",
                N_("Place"),
                required=True,
                limit=8,
                help=N_("As it stands on the shelf, in Latin letters: A-12, C-04"),
            ),
            Choice("kind", N_("Kind"), required=True, options=choices.options(PlaceKind)),
            Number(
                "capacity",
                N_("Parcels"),
                required=True,
                least=1,
                help=N_("How many parcels stand there at one time"),
            ),
        )

    async def record(self, values: Mapping[str, str]) -> PlaceLine:
        from kiosk.services.goods import places

        kind, capacity = PlaceKind(values["kind"]), int(values["capacity"])
        return await self.kiosk.write(
            places.record, self.kiosk.signed_in, values["code"], kind, capacity
        )
