"""Places of the storage: what each is for, how many parcels stand there, how many more may."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from textual.widget import Widget

from kiosk import wording
from kiosk.codes import PlaceKind
from kiosk.screens import choices
from kiosk.screens.screen import DONE, GATE_KEYS, FormScreen, KioskScreen
from kiosk.text import N_, _, fill
from kiosk.values.goods import PlaceLine
from kiosk.widgets.fields import Choice, Number, Text
from kiosk.widgets.ink import Ink
from kiosk.widgets.lines import Line, at, line
from kiosk.widgets.rows import Rows, RowsKind
from kiosk.widgets.sheet import Sheet

_KIND, _STANDS, _FREE = 14, 36, 54


class Places(KioskScreen):
    """`giving_up`: the officer is asked whether the place in focus is used no more."""

    TITLE_TEXT = N_("STORAGE PLACES")
    help_name = "places"

    def __init__(self) -> None:
        super().__init__()
        self.head = Sheet(rows=2)
        self.rows = Rows(rows=18)
        self.places: tuple[PlaceLine, ...] = ()
        self.giving_up = False

    def body(self) -> Iterable[Widget]:
        yield self.head
        yield self.rows

    @property
    def keys(self) -> Mapping[int, str]:
        own = {**GATE_KEYS, 7: N_("New")}
        return {**own, 8: N_("Close")} if self.places else own

    def forget(self) -> None:
        self.places, self.giving_up = (), False

    async def enter(self, *about: object) -> None:
        await self._look()

    async def returned(self) -> None:
        await self._look()

    async def _look(self) -> None:
        from kiosk.services.goods import places

        self.giving_up = False
        self.places = await self.kiosk.read(places.places, self.kiosk.signed_in)

    @property
    def chosen(self) -> PlaceLine | None:
        index = self.rows.index
        return self.places[index] if index is not None and index < len(self.places) else None

    @property
    def consequence(self) -> bool:
        return self.giving_up

    # ---- drawing

    def draw(self) -> None:
        free = sum(one.free for one in self.places)
        said = fill(_("places {count}   free {free}"), count=len(self.places), free=free)
        self.head.show([line(at(3, said, Ink.BOLD)), ()])
        head = line(
            at(3, _("place"), Ink.HEAD),
            at(_KIND, _("kind"), Ink.HEAD),
            at(_STANDS, _("parcels there"), Ink.HEAD),
            at(_FREE, _("free"), Ink.HEAD),
        )
        self.rows.show(
            [_row(one) for one in self.places],
            head=head,
            index=self.rows.index,
            empty=_("No place is entered yet. F7 enters one."),
        )
        self._question()

    def _question(self) -> None:
        chosen = self.chosen
        if self.giving_up and chosen is not None:
            self.ask(
                N_("Place {code} is used no more?  Enter = yes   Esc = no"), code=chosen.code
            )
        elif chosen is not None:
            self.ask(N_("F7 = a new place   F8 = used no more   Esc = back"))
        else:
            self.ask(N_("F7 = a new place   Esc = back"))

    # ---- keys

    async def typed(self, key: str, character: str | None) -> bool:
        chosen = self.chosen
        if self.giving_up:
            self.giving_up = False
            self._question()
            if key == "enter" and chosen is not None:
                await self._give_up(chosen)
            return True
        if key == "f7":
            await self.kiosk.go("new_place")
        elif key == "f8" and chosen is not None:
            self.giving_up = True
            self.quiet()
            self._question()
            self.read_from_now()
        else:
            return self.rows.press(key).kind is not RowsKind.IGNORED
        return True

    async def _give_up(self, chosen: PlaceLine) -> None:
        from kiosk.services.goods import places

        await self.kiosk.write(places.end, self.kiosk.signed_in, chosen.place_id)
        await self._look()
        self.show()
        self.say(DONE, N_("Place {code} is used no more."), code=chosen.code)


class NewPlace(FormScreen):
    TITLE_TEXT = N_("NEW PLACE")
    help_name = "places"

    async def enter(self, *about: object) -> None:
        if not self.unsaved:
            self._begin()

    def _begin(self) -> None:
        self.form.load(
            [
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
            ]
        )

    async def save(self) -> None:
        from kiosk.services.goods import places

        values = self.form.values
        place = await self.kiosk.write(
            places.record,
            self.kiosk.signed_in,
            values["code"],
            PlaceKind(values["kind"]),
            int(values["capacity"]),
        )
        self._begin()
        self.show()
        self.say(DONE, N_("Place {code} is entered."), code=place.code)


def _row(one: PlaceLine) -> Line:
    return line(
        at(3, one.code, Ink.BOLD),
        at(_KIND, wording.label(one.kind)),
        at(_STANDS, fill(_("{taken} of {most}"), taken=one.taken, most=one.capacity)),
        at(_FREE, str(one.free), Ink.PLAIN if one.free else Ink.WARN),
    )
