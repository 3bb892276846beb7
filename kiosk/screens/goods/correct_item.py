"""A line of a stored parcel is corrected: how much there is of it, or what becomes of it."""

from __future__ import annotations

from kiosk import wording
from kiosk.codes import FindClass, GoodsClass, HidingPlace, ItemReason, Unit, Verdict
from kiosk.screens import choices
from kiosk.screens.goods import corrections, parcel_lines
from kiosk.screens.goods.parcel_form import ParcelForm
from kiosk.text import N_, _, fill
from kiosk.values.goods import Correction, ItemRecorded, ParcelCard, Seized
from kiosk.widgets.fields import Choice, Field, Measure, Number, Text
from kiosk.widgets.ink import Ink
from kiosk.widgets.lines import at, line, shorten

# Why a part of it goes back to its sender.
_REASONS = (
    ItemReason.PACKING,
    ItemReason.FORBIDDEN,
    ItemReason.OVER_LIMIT,
    ItemReason.TAKEN_BACK,
)


class CorrectItem(ParcelForm):
    """`item` is the line, `becomes` what a part of it or all of it is to be."""

    TITLE_TEXT = N_("CORRECT A LINE")

    def __init__(self) -> None:
        super().__init__()
        self.item: ItemRecorded | None = None
        self.becomes = Verdict.ACCEPT

    def forget(self) -> None:
        super().forget()
        self.item = None

    async def enter(self, *about: object) -> None:
        """`about`: the parcel, its line, and what that is to become."""
        card, item, becomes = about
        assert isinstance(card, ParcelCard)
        assert isinstance(item, ItemRecorded)
        assert isinstance(becomes, Verdict)
        self.card, self.item, self.becomes = card, item, becomes
        await self.begin(card)

    async def begin(self, card: ParcelCard) -> None:
        item = self.item
        assert item is not None
        self.form.load(
            [*amount_fields(item, whole=self.becomes is item.verdict), *self._about_it(item)],
            amounts(item),
            proposed=["pieces", "grams", "tyiyn"],
        )

    def _about_it(self, item: ItemRecorded) -> list[Field]:
        """What else is asked of what it becomes."""
        words = Text(
            "words",
            N_("In words"),
            limit=200,
            help=N_("Why it is corrected, in a few words   F2 = record it"),
        )
        if self.becomes is item.verdict:
            return [words]
        if self.becomes is Verdict.REFUSE:
            why = choices.options(_REASONS)
            return [Choice("reason", N_("Reason"), required=True, options=why), words]
        if self.becomes is Verdict.SEIZE:
            return [
                Choice("kind", N_("Found"), required=True, options=choices.options(FindClass)),
                Number("found", N_("How many"), required=True, least=1),
                Choice(
                    "hidden_in",
                    N_("Hidden"),
                    required=True,
                    options=choices.options(HidingPlace),
                ),
                words,
            ]
        return [words]

    def draw(self) -> None:
        super().draw()
        item = self.item
        if item is None or self.card is None:
            return
        said = fill(
            _("line {no}: {name}, {amount}, {verdict}"),
            no=item.no,
            name=parcel_lines.item_name(item),
            amount=parcel_lines.amount(item),
            verdict=wording.label(item.verdict),
        )
        becomes = f"→ {wording.label(self.becomes)}"
        row = line(at(2, shorten(said, 56), Ink.BOLD), at(60, becomes, Ink.WARN))
        self.head.put(parcel_lines.HEAD_ROWS, row)

    async def save(self) -> None:
        from kiosk.services.goods import correcting

        item, values = self.item, self.form.values
        assert item is not None
        reason = values.get("reason", "")
        told = Correction(
            corrections.shares(
                item,
                self.becomes,
                int(values.get("pieces") or 0),
                int(values["grams"]) if values.get("grams") else None,
                ItemReason(reason) if reason else None,
            ),
            tyiyn=int(values["tyiyn"]) if values.get("tyiyn") else None,
            seized=_seized(values["kind"], values["found"], values["hidden_in"])
            if self.becomes is Verdict.SEIZE
            else None,
            words=values["words"],
        )
        await self.kiosk.write(
            correcting.correct, self.kiosk.signed_in, self.parcel.case_id, item.no, told
        )
        await self.done(
            N_("Corrected: {number}. Its label is printing anew."), number=self.parcel.number
        )


def _seized(kind: str, found: str, hidden_in: str) -> Seized:
    return Seized(FindClass(kind), int(found), Unit.PIECE, HidingPlace(hidden_in))


def amount_fields(item: ItemRecorded, *, whole: bool) -> list[Field]:
    """How much of the line it is about. `whole`: how much there is of it altogether."""
    fields: list[Field] = []
    if item.unit is not Unit.KILOGRAM:
        fields.append(
            Number(
                "pieces",
                N_("How many"),
                required=True,
                least=1,
                most=None if whole else item.pieces,
                help=N_("How many there are in truth")
                if whole
                else N_("How many of them it is about"),
            )
        )
    if item.tyiyn is not None:
        fields.append(Number("tyiyn", N_("Amount, som"), measure=Measure.SOM, whole_digits=8))
    if item.goods_class not in (GoodsClass.DOCUMENT, GoodsClass.MONEY):
        fields.append(
            Number(
                "grams",
                N_("Weight, kg"),
                measure=Measure.KILOGRAMS,
                required=item.unit is Unit.KILOGRAM,
                least=1,
                help=N_("What that weighs by itself, in kilograms: 1.250"),
            )
        )
    return fields


def amounts(item: ItemRecorded) -> dict[str, str]:
    """What the line says now."""
    values = {"pieces": str(item.pieces)}
    if item.grams:
        values["grams"] = str(item.grams)
    if item.tyiyn is not None:
        values["tyiyn"] = str(item.tyiyn)
    return values
