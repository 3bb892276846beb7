"""Handover: the parcel goes to its prisoner, who signs for the whole of it, or declines it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from textual.widget import Widget

from kiosk.errors import Refused
from kiosk.screens.goods import parcel_lines
from kiosk.screens.screen import ANOTHER_POST, ATTENTION, DONE, GATE_KEYS, KioskScreen
from kiosk.text import N_, _, fill
from kiosk.values.goods import ItemRecorded, ParcelCard, Scanned
from kiosk.widgets.ink import Ink
from kiosk.widgets.lines import at, line
from kiosk.widgets.rows import Rows, RowsKind
from kiosk.widgets.sheet import Sheet

_BELOW = 2


class Handover(KioskScreen):
    """`declining`: the officer is asked whether the prisoner wants nothing of it; `looking`:
    whether what is past its hour may be handed over. `done`: it was handed over, or declined;
    the next label may be scanned."""

    TITLE_TEXT = N_("HANDOVER")
    help_name = "handover"

    def __init__(self) -> None:
        super().__init__()
        self.head = Sheet(rows=parcel_lines.HEAD_ROWS)
        self.rows = Rows(rows=20 - parcel_lines.HEAD_ROWS - _BELOW)
        self.below = Sheet(rows=_BELOW)
        self.card: ParcelCard | None = None
        self.scanned: Scanned | None = None
        self.declining = self.looking = self.done = False

    def body(self) -> Iterable[Widget]:
        yield self.head
        yield self.rows
        yield self.below

    def forget(self) -> None:
        self.card = self.scanned = None
        self.declining = self.looking = self.done = False
        self.head.show([])
        self.rows.show([])
        self.below.show([])

    async def enter(self, *about: object) -> None:
        """`about`: the parcel, or what the scan of its label found."""
        if "handover" not in self.kiosk.settings.desk.steps:
            raise Refused(ANOTHER_POST)
        (found,) = about
        assert isinstance(found, ParcelCard | Scanned)
        self.scanned = found if isinstance(found, Scanned) else None
        self.card = await self._open(found.case_id)
        self.declining = self.looking = self.done = False
        self.rows.show([])

    async def returned(self) -> None:
        self.declining = self.looking = False
        if self.card is not None:
            self.card = await self._open(self.card.case_id)

    def misread(self) -> None:
        """The label on the reader is not that of the parcel on the glass: F2 hands it over no
        more, until a label is read."""
        if self.card is not None and not self.done:
            self.forget()
            self.show()

    async def _open(self, case_id: UUID) -> ParcelCard:
        from kiosk.services.goods import opened

        return await self.kiosk.read(opened.open_parcel, self.kiosk.signed_in, case_id)

    def _lines(self) -> tuple[ItemRecorded, ...]:
        return parcel_lines.in_the_parcel(self.card) if self.card is not None else ()

    @property
    def consequence(self) -> bool:
        """What is odd about a scanned label is read before F2 hands over."""
        is_odd = self.scanned is not None and bool(self.scanned.sentence)
        return self.declining or self.looking or (is_odd and not self.done)

    def answers(self, key: str, character: str | None) -> bool:
        return self.declining or self.looking or key in ("f2", "enter") or character == "8"

    @property
    def keys(self) -> Mapping[int, str]:
        stands = self.card is not None and not self.done
        return {**GATE_KEYS, 2: N_("Handed")} if stands else GATE_KEYS

    # ---- drawing

    def draw(self) -> None:
        card = self.card
        if card is None:
            self.ask(N_("Scan the label of what is to be handed over.   Esc = leave it"))
            return
        now, zone = self.kiosk.now(), self.kiosk.zone
        self.head.show(parcel_lines.head_lines(card, now, zone))
        self.rows.show(
            [parcel_lines.item_line(one, card, zone) for one in self._lines()],
            head=parcel_lines.columns(),
            index=self.rows.index,
        )
        whole = _("Handed over as a whole, or not at all. What goes back stands on the card.")
        both = _both(card)
        told = line(at(3, both, Ink.WARN)) if both else ()
        self.below.show([told, line(at(3, whole, Ink.DIM))])
        self._question()
        if self.scanned is not None and self.scanned.sentence:
            self.say(ATTENTION, self.scanned.sentence, **dict(self.scanned.values))
        elif self.done:
            return
        elif card.barred:
            self.say(ATTENTION, card.barred)
        elif parcel_lines.is_past(card, now):
            self.say(ATTENTION, parcel_lines.PAST)

    def _question(self) -> None:
        if self.looking:
            self.ask(N_("Looked at it: is it still good?  Enter = yes, signed   Esc = no"))
        elif self.declining:
            self.ask(N_("Is all of it declined?  Enter = yes, it goes back   Esc = no"))
        elif self.done:
            self.ask(N_("Enter = menu, or scan the next label"))
        else:
            self.ask(
                N_("F2 = all handed over, signed   8 declined   7 the card   Esc = leave it")
            )

    # ---- keys

    async def typed(self, key: str, character: str | None) -> bool:
        card = self.card
        if card is None:
            return False
        if self.declining:
            self.declining = False
            self._question()
            if key == "enter":
                await self._decline(card)
            return True
        if self.looking:
            self.looking = False
            self._question()
            if key == "enter":
                await self._hand_over(card)
            return True
        if self.done and key in ("enter", "f2"):
            if key == "enter":
                await self.kiosk.home()
            return True
        if character == "7":
            await self.kiosk.go("parcel", card.case_id)
        elif key == "f2" and parcel_lines.is_past(card, self.kiosk.now()):
            self.looking = True
            self._question()
            self.read_from_now()
        elif key == "f2":
            await self._hand_over(card)
        elif character == "8" and not self.done:
            self.declining = True
            self._question()
            self.read_from_now()
        else:
            return key != "enter" and self.rows.press(key).kind is not RowsKind.IGNORED
        return True

    async def _hand_over(self, card: ParcelCard) -> None:
        from kiosk.services.goods import handing_over

        await self.kiosk.write(handing_over.hand_over, self.kiosk.signed_in, card.case_id)
        await self._finish(card)
        said = N_("Handed over and signed: {number}.")
        if card.safe:
            said = N_("Handed over and signed: {number}, with what lay in {safe}.")
        self.say(DONE, said, number=card.number, safe=card.safe)

    async def _decline(self, card: ParcelCard) -> None:
        from kiosk.services.goods import going_back

        await self.kiosk.write(going_back.decline, self.kiosk.signed_in, card.case_id)
        await self._finish(card)
        self.say(
            DONE,
            N_("Declined: {number}. It goes back to the sender."),
            number=card.number,
        )

    async def _finish(self, card: ParcelCard) -> None:
        self.card, self.scanned, self.done = await self._open(card.case_id), None, True
        self.show()


def _both(card: ParcelCard) -> str:
    """That money and papers are fetched too, and from where; "" for a parcel without."""
    if card.safe and card.place:
        return fill(
            _("Fetch both: the bag at {place}, the money and papers in {safe}."),
            place=card.place,
            safe=card.safe,
        )
    return fill(_("Money and papers lie in {safe}."), safe=card.safe) if card.safe else ""
