"""The till: a bag is listed thing by thing on one entry line. Knows no glass, no register.

Code, Enter, quantity, Enter. What the bag is judged to be is known after every line. A weight
is asked for the bag, for goods that are limited by it, and for what is not accepted; the scale
answers with the difference since the last line, so that Enter is enough.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kiosk.codes import HidingPlace, Unit, Verdict, WeighedBy
from kiosk.errors import Refused
from kiosk.screens.goods import found_at_table, weights
from kiosk.screens.goods.before_closing import first_missing
from kiosk.screens.goods.entry_line import LONGEST, EntryLine
from kiosk.screens.goods.entry_questions import (
    BEGUN,
    REASONS,
    SHOWN,
    Answer,
    Asks,
    asked_of,
)
from kiosk.screens.goods.listed import Listed
from kiosk.screens.goods.objections import goes_back_unasked, objection
from kiosk.screens.goods.table_scale import TableScale
from kiosk.text import N_
from kiosk.values.goods import BroughtLine, CatalogueEntry, Seized

MOST_LINES = 400

_VERDICTS = {
    "1": Verdict.ACCEPT,
    "2": Verdict.REFUSE,
    "3": Verdict.MEDICAL,
    "4": Verdict.SEIZE,
}
_WEIGHTS = (Asks.WHOLE_WEIGHT, Asks.LEFT_OUT)
_SHOWN_AS_THEY_ARE = (Asks.QUANTITY, Asks.PAPER_NUMBER, Asks.AMOUNT)


class Till(EntryLine):
    """What the officer types, a key at a time, about what is `listed`."""

    def __init__(self, listed: Listed, catalogue: Sequence[CatalogueEntry] = ()) -> None:
        super().__init__(catalogue)
        self.listed = listed
        self.focus: int | None = None
        """The line that the arrows chose; None: the last one is meant."""
        self.barred: int | None = None
        """The line that the officer wanted to accept just now: F7 asks a second person."""
        self.scale = TableScale()
        if not listed.is_empty:
            self._next()

    # ---- what the screen gives

    def add_all(self, lines: Sequence[BroughtLine]) -> None:
        """List what the sender brought last time, as the first lines."""
        self.listed.add_all(lines)
        self._next()

    def weigh_anew(self) -> None:
        self._ask(Asks.WHOLE_WEIGHT)

    def rest(self) -> None:
        """Nothing is asked any more, no line is looked at."""
        self._next()

    def remove(self, place: int) -> None:
        self.listed.remove(place)
        self._next()

    def ask_what_is_missing(self) -> bool:
        """F2: go to the first question that is still open; False when all is answered. What
        was begun and not entered stands there still: nothing of the bag is passed over."""
        self.heard = None
        if self.text.strip() or self.asks in BEGUN:
            self._say(N_("This is not listed yet: Enter or a digit lists it, Esc drops it."))
            return True
        if not self.listed.lines:
            self._say(N_("Nothing is listed yet. Type a code or a word, then Enter."))
            return True
        missing = first_missing(self.listed)
        if missing is not None:
            self._ask(missing.asks, missing.about)
            self.heard = missing.heard
        return missing is not None

    # ---- what the screen shows

    @property
    def meant(self) -> int | None:
        """The line that a digit judges, or F8 takes out; None without lines."""
        chosen = self.about if self.about is not None else self.focus
        if chosen is not None:
            return chosen
        return len(self.listed.lines) - 1 if self.listed.lines else None

    @property
    def last_is_to_be_weighed(self) -> bool:
        lines = self.listed.bag.lines
        return bool(lines) and lines[-1].asks_weight

    @property
    def _is_first_question(self) -> bool:
        return self.asks is Asks.WHOLE_WEIGHT and self.listed.is_empty

    # ---- keys

    def press(self, key: str, character: str | None) -> Answer:
        """Act on a key, named as Textual names it."""
        if key == "f7" and self.barred is not None:
            return Answer.SIGN
        self.heard = self.barred = None
        try:
            return self._press(key, character)
        except Refused as refusal:
            self._say(refusal.sentence, **refusal.values)
            return Answer.TAKEN

    def _press(self, key: str, character: str | None) -> Answer:
        if key == "enter":
            return self._enter()
        if key == "escape":
            return self._escape()
        if key == "backspace":
            self._write(self.text[:-1])
            return Answer.TAKEN
        if self.asks is Asks.THING and not self.text:
            if key in ("up", "down", "pageup", "pagedown", "home", "end"):
                return self._look_at(key)
            if key == "f7" and self.listed.lines:
                self._ask(Asks.FOUND, self.meant)
                return Answer.TAKEN
            if character in _VERDICTS and self.listed.lines:
                return self._decide(_VERDICTS[character])
            if character == "0":
                self._ask(Asks.WHOLE_WEIGHT)
                return Answer.TAKEN
            if character in (",", ".") and self.last_is_to_be_weighed:
                self._ask(Asks.LEFT_OUT, len(self.listed.lines) - 1)
        if character is None or not character.isprintable() or len(character) != 1:
            return Answer.IGNORED
        return self._type(character)

    def _type(self, character: str) -> Answer:
        if self.asks is Asks.WHY:
            return self._because(character)
        if self.asks in (Asks.FOUND, Asks.HIDDEN):
            return self._found(character)
        if self.asks in _WEIGHTS and not self.text and character.isalpha():
            self._next()  # who lists first may weigh later: F2 asks again
        if self.asks is Asks.THING:
            if not self.text and not character.isalpha():
                return Answer.IGNORED
            if self.matches and character.isdecimal() and character.isascii():
                return self._take(int(character) - 1)
            self.focus = None
        if len(self.text) < LONGEST:
            self._write(self.text + character)
        return Answer.TAKEN

    def _escape(self) -> Answer:
        if self.text:
            self._write("")
        elif self.asks is not Asks.THING and not self._is_first_question:
            self._next()
        elif self.focus is not None:
            self.focus = None
        else:
            return Answer.BACK
        return Answer.TAKEN

    def _look_at(self, key: str) -> Answer:
        last = len(self.listed.lines) - 1
        if last < 0:
            return Answer.TAKEN
        at = last + 1 if self.focus is None else self.focus
        wanted = {
            "up": at - 1,
            "down": at + 1,
            "pageup": at - SHOWN,
            "pagedown": at + SHOWN,
            "home": 0,
            "end": last,
        }[key]
        self.focus = None if wanted > last else max(0, wanted)
        return Answer.TAKEN

    def _enter(self) -> Answer:
        if self.asks in _SHOWN_AS_THEY_ARE and self.about is not None and not self.text.strip():
            self._next()  # it is right as it stands there
            return Answer.TAKEN
        match self.asks:
            case Asks.WHOLE_WEIGHT:
                return self._weigh_all()
            case Asks.THING:
                return self._take(0)
            case Asks.QUANTITY:
                return self._count()
            case Asks.PAPER_NUMBER:
                return self._number()
            case Asks.AMOUNT:
                tyiyn = weights.typed_tyiyn(self.text)
                return self._list(replace(self._line_now(), pieces=1, tyiyn=tyiyn))
            case Asks.LEFT_OUT:
                return self._weigh_left_out()
            case Asks.FOUND_PIECES:
                return self._found_pieces()
            case _:
                return Answer.TAKEN

    # ---- the whole weight

    def _weigh_all(self) -> Answer:
        by = WeighedBy.TYPED
        if self.text:
            grams = weights.typed_grams(self.text)
            self._must_confirm(grams > weights.HEAVY_BAG)
        elif self.scale.grams is None:
            self._next()
            self._say(N_("Not weighed yet: F2 asks for it again, after the list."))
            return Answer.TAKEN
        elif self.scale.grams <= 0:
            raise Refused(N_("The scale shows no weight. Put the bag on it, or type it."))
        else:
            self._must_confirm(
                self.scale.unmoved,
                N_("Is this still the last bag? Enter again takes its weight."),
            )
            grams, by = self.scale.grams, WeighedBy.SCALE
        self.listed.weigh(grams, by)
        self._next()
        if (self.listed.bag.net or 0) < 0:
            self._say(N_("What is not accepted weighs more than the bag. Weigh anew: 0"))
        return Answer.CHANGED

    # ---- a thing and how much of it

    def _take(self, place: int) -> Answer:
        """Of what matches, the one at `place`; without letters the focused line once more, or
        the weight of the last one."""
        if not self.text.strip():
            if self.focus is None:
                return self._weigh_last()
            line = self.listed.lines[self.focus]
            self.entry, self.words = line.entry, line.words
            self._ask(asked_of(line.entry), self.focus)
            return Answer.TAKEN
        if len(self.listed.lines) >= MOST_LINES:
            raise Refused(N_("400 lines are listed. Close this bag, list the rest as another."))
        if self.matches:
            if not 0 <= place < len(self.matches):
                return Answer.TAKEN
            self.entry, self.words = self.matches[place], ""
        else:
            self._must_confirm(
                doubtful=True,
                because=N_("Not in the catalogue: {typed}. Enter again lists it all the same."),
            )
            self.entry, self.words = None, self.text.strip()
        self._ask(asked_of(self.entry))
        return Answer.TAKEN

    def _line_now(self) -> BroughtLine:
        if self.about is not None:
            return replace(self.listed.lines[self.about], left_out_grams=None)
        return BroughtLine(self.entry, words=self.words)

    def _count(self) -> Answer:
        line = self._line_now()
        if self.entry is not None and self.entry.unit is Unit.KILOGRAM:
            grams = weights.typed_grams(self.text)
            self._must_confirm(weights.is_odd_weight(grams, self.entry.max_grams))
            return self._list(replace(line, grams=grams, pieces=0))
        pieces = weights.typed_pieces(self.text)
        limit = self.entry.max_pieces if self.entry is not None else None
        self._must_confirm(weights.are_odd_pieces(pieces, limit))
        return self._list(replace(line, pieces=pieces, grams=0))

    def _number(self) -> Answer:
        number = self.text.strip()
        if not number:
            raise Refused(N_("A document without a number: type what tells it apart."))
        return self._list(replace(self._line_now(), pieces=1, paper_number=number))

    def _list(self, line: BroughtLine) -> Answer:
        place = self.listed.put(line, self.about)
        judged = self.listed.bag.lines[place]
        if goes_back_unasked(judged):
            self._next()  # a digit says what becomes of it, so none is a weight yet
        else:
            self._ask_its_weight(place)
        self.heard = objection(judged)
        return Answer.CHANGED

    # ---- what becomes of it

    def _decide(self, verdict: Verdict) -> Answer:
        place, listed = self.meant, self.listed
        assert place is not None
        match verdict:
            case Verdict.REFUSE:
                self._ask(Asks.WHY, place)
                return Answer.TAKEN
            case Verdict.ACCEPT:
                accepted = listed.accept(place)
                self._ask_its_weight(place)
                if not accepted:
                    self.heard = objection(listed.bag.lines[place], to_be_signed=True)
                    self.barred = place
                return Answer.CHANGED
            case Verdict.MEDICAL:
                if not listed.to_the_doctor(place):
                    raise Refused(
                        N_("Not allowed, and no medicine: {name}. 2 = goes back  4 = seize it"),
                        name=listed.name_of(place),
                    )
            case Verdict.SEIZE:
                listed.seize(place, found_at_table.itself(listed.lines[place]))
        self._ask_its_weight(place)
        return Answer.CHANGED

    def _because(self, character: str) -> Answer:
        if character not in "1234567890"[: len(REASONS)]:
            return Answer.IGNORED
        place = self._subject
        self.listed.refuse(place, REASONS[int(character) - 1])
        self._ask_its_weight(place)
        return Answer.CHANGED

    def _ask_its_weight(self, place: int) -> None:
        """What is not accepted of a line is weighed by itself; then comes the next thing."""
        if self.listed.bag.lines[place].asks_weight:
            self._ask(Asks.LEFT_OUT, place)
        else:
            self._next()

    def _weigh_last(self) -> Answer:
        """Enter alone: what goes back of the last line is weighed, off the scale or typed."""
        if not self.last_is_to_be_weighed:
            return Answer.TAKEN
        self._ask(Asks.LEFT_OUT, len(self.listed.lines) - 1)
        return self._weigh_left_out() if self.scale.taken_off else Answer.TAKEN

    def _weigh_left_out(self) -> Answer:
        if self.text:
            grams = weights.typed_grams(self.text)
            self._must_confirm(grams > weights.HEAVY_THING)
        elif self.scale.taken_off:
            grams = self.scale.taken_off
        elif self.scale.grams is not None:
            raise Refused(N_("Take it off the scale, then Enter; or type its weight."))
        else:
            raise Refused(N_("Type the weight of this thing: it does not count."))
        self.listed.leave_out(self._subject, grams)
        self._next()
        return Answer.CHANGED

    # ---- what was found in it

    def _found(self, character: str) -> Answer:
        """Its kind, or where it was hidden, by digit."""
        place = self._subject
        line = self.listed.lines[place]
        if self.asks is Asks.FOUND:
            kind = found_at_table.by_digit(found_at_table.KINDS, character)
            if kind is None:
                return Answer.IGNORED
            self.listed.seize(place, Seized(kind, 1, Unit.PIECE, HidingPlace.OPEN))
            self._ask(Asks.FOUND_PIECES, place)
            return Answer.CHANGED
        hidden = found_at_table.by_digit(found_at_table.PLACES, character)
        if hidden is None or line.seized is None:
            return Answer.IGNORED
        self.listed.seize(place, replace(line.seized, hidden_in=hidden))
        self._ask_its_weight(place)
        return Answer.CHANGED

    def _found_pieces(self) -> Answer:
        place = self._subject
        seized = self.listed.lines[place].seized
        assert seized is not None
        self.listed.seize(place, replace(seized, pieces=weights.typed_pieces(self.text)))
        self._ask(Asks.HIDDEN, place)
        return Answer.CHANGED

    # ---- the common part

    def _ask(self, asks: Asks, about: int | None = None) -> None:
        super()._ask(asks, about)
        self.barred = None

    def _next(self) -> None:
        self._ask(Asks.THING)
        self.focus = None
        self.scale.begin_a_line()
