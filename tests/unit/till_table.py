"""A till with keys that are counted, over a catalogue of twelve things."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from kiosk import text
from kiosk.codes import Allowed, GoodsClass, Unit, Verdict
from kiosk.papers import ThingName
from kiosk.screens.goods.entry_questions import Answer
from kiosk.screens.goods.listed import Listed
from kiosk.screens.goods.till import Till
from kiosk.values.goods import BroughtLine, CatalogueEntry


def thing(no: int, code: str, code_ru: str, name: str, **told: object) -> CatalogueEntry:
    known: dict[str, Any] = {
        "goods_class": GoodsClass.FOOD,
        "unit": Unit.PIECE,
        "allowed": Allowed.ALLOWED,
        **told,
    }
    return CatalogueEntry(
        catalogue_id=UUID(int=no),
        code=code,
        code_ky=code_ru,
        code_ru=code_ru,
        name=ThingName(name, name, name),
        **known,
    )


KILOGRAM = {"unit": Unit.KILOGRAM}
TEA = thing(1, "te", "ча", "tea, black", unit=Unit.PACK)
SUGAR = thing(2, "su", "са", "sugar", allowed=Allowed.LIMITED, max_grams=2000, **KILOGRAM)
BREAD = thing(3, "br", "хл", "bread", perishable_hours=8)
APPLES = thing(4, "ap", "яб", "apples", **KILOGRAM)
SWEETS = thing(5, "sw", "ко", "sweets")
TOBACCO = thing(6, "ci", "си", "cigarettes", allowed=Allowed.LIMITED, max_pieces=10)
MEDICINE = thing(7, "me", "ле", "medicine", goods_class=GoodsClass.MEDICINE, medical=True)
HONEY = thing(8, "ho", "мё", "honey, jar")
VODKA = thing(9, "vo", "во", "vodka", goods_class=GoodsClass.ALCOHOL, allowed=Allowed.FORBIDDEN)
KNIFE = thing(12, "kn", "но", "knife", goods_class=GoodsClass.WEAPON, allowed=Allowed.FORBIDDEN)
PASSPORT = thing(10, "do", "до", "document", goods_class=GoodsClass.DOCUMENT)
MONEY = thing(11, "mo", "де", "money", goods_class=GoodsClass.MONEY)
CATALOGUE = (
    TEA,
    SUGAR,
    BREAD,
    APPLES,
    SWEETS,
    TOBACCO,
    MEDICINE,
    HONEY,
    VODKA,
    KNIFE,
    PASSPORT,
    MONEY,
)
NAMED = {"\r": "enter", "\x1b": "escape", "^": "up", "~": "f7", "<": "backspace"}


class Table:
    """A till with keys that are counted, and a scale beside it or none."""

    def __init__(self, language: str = "en") -> None:
        text.use(language)
        self.listed = Listed(room_left=20_000)
        self.till = Till(self.listed, CATALOGUE)
        self.keys = 0

    @classmethod
    def with_a_bag(cls) -> Table:
        """Of 11.3 kg, which was typed."""
        table = cls()
        table.type("11.3\r")
        return table

    def weigh(self, grams: int) -> None:
        self.till.scale.grams = grams

    def type(self, keys: str) -> Answer:
        """Each character is a key; what the last one did."""
        answer = Answer.IGNORED
        for key in keys:
            self.keys += 1
            if key in NAMED:
                answer = self.till.press(NAMED[key], None)
            else:
                answer = self.till.press(key, key)
        return answer

    def sign(self, place: int) -> None:
        """A second person lets the line at this place pass."""
        lines = list(self.lines)
        lines[place] = replace(lines[place], verdict=Verdict.ACCEPT)
        self.listed.sign(lines)
        self.till.rest()

    def verdict(self, place: int) -> Verdict:
        return self.listed.bag.lines[place].shares[0].verdict

    @property
    def said(self) -> str:
        return self.till.heard.sentence if self.till.heard is not None else ""

    @property
    def lines(self) -> list[BroughtLine]:
        return self.listed.lines
