"""A form about a recorded parcel: whose it is stands above, and saving leads back to it."""

from __future__ import annotations

from abc import abstractmethod

from kiosk.screens.goods import parcel_lines
from kiosk.screens.screen import DONE, HeadedFormScreen
from kiosk.values.goods import ParcelCard


class ParcelForm(HeadedFormScreen):
    HEAD_ROWS = parcel_lines.HEAD_ROWS + 1
    help_name = "parcel_form"

    def __init__(self) -> None:
        super().__init__()
        self.card: ParcelCard | None = None

    def forget(self) -> None:
        super().forget()
        self.card = None
        self.head.show([])

    async def enter(self, *about: object) -> None:
        """`about`: the parcel."""
        (card,) = about
        assert isinstance(card, ParcelCard)
        self.card = card
        await self.begin(card)

    @abstractmethod
    async def begin(self, card: ParcelCard) -> None:
        """Load the fields."""

    @property
    def parcel(self) -> ParcelCard:
        assert self.card is not None
        return self.card

    def draw(self) -> None:
        super().draw()
        kiosk = self.kiosk
        if self.card is None:
            self.head.show([])
        else:
            self.head.show(parcel_lines.head_lines(self.card, kiosk.now(), kiosk.zone))

    async def done(self, sentence: str, **values: object) -> None:
        """It is recorded: back to where the form was opened, and say so."""
        self.form.touched = False
        await self.kiosk.back()
        self.kiosk.front.say(DONE, sentence, **values)
