"""The entry line of the till: one question, what is typed to it, and what it may mean."""

from __future__ import annotations

from collections.abc import Sequence

from kiosk.errors import Refused
from kiosk.goods_words import matching
from kiosk.screens.goods.entry_questions import Asks, Heard
from kiosk.text import N_, language
from kiosk.values.goods import CatalogueEntry

LONGEST = 40  # letters: of a thing that the catalogue does not have


class EntryLine:
    """Knows no bag: what an answer does is the till's. `entry` or `words` are the thing that a
    quantity is asked of, `heard` is what is to be said of the last key."""

    def __init__(self, catalogue: Sequence[CatalogueEntry]) -> None:
        self.catalogue = tuple(catalogue)
        self.asks = Asks.WHOLE_WEIGHT
        self.about: int | None = None
        """The line that a question is about; None: a new one."""
        self.text = ""
        self.matches: tuple[CatalogueEntry, ...] = ()
        self.entry: CatalogueEntry | None = None
        self.words = ""
        self.heard: Heard | None = None
        self._doubted = ""

    @property
    def _subject(self) -> int:
        assert self.about is not None, "this question is about a line"
        return self.about

    def _ask(self, asks: Asks, about: int | None = None) -> None:
        self.asks, self.about = asks, about
        self.text, self._doubted, self.matches = "", "", ()

    def _write(self, text: str) -> None:
        """So much stands there now."""
        self.text, self._doubted = text, ""
        wanted = self.asks is Asks.THING and text.strip()
        self.matches = matching(self.catalogue, text, language()) if wanted else ()

    def _must_confirm(
        self,
        doubtful: bool,
        because: str = N_("Ten times the usual: {typed}. Enter again if it is so."),
    ) -> None:
        """Raises Refused the first time that Enter is pressed on something unusual."""
        asked = self.text or because
        if doubtful and self._doubted != asked:
            self._doubted = asked
            raise Refused(because, typed=self.text.strip())

    def _say(self, sentence: str, **values: object) -> None:
        self.heard = Heard(sentence, values)
