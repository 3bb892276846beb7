"""The till: a bag is listed thing by thing on one entry line. Knows no glass, no register.

Code, Enter, quantity, Enter. What the bag is judged to be is known after every line. A weight
is asked for the bag, for goods that are limited by it, and for what is not accepted; the scale
answers with the difference since the last line, so that Enter is enough.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from kiosk.codes import GoodsClass, HidingPlace, ItemReason, Service, Unit, Verdict, WeighedBy
from kiosk.errors import Refused
from kiosk.goods_words import matching
from kiosk.rules.bag import SIGNED_FOR, is_weighed, judge, weighed
from kiosk.screens.goods import found_at_table, weights
from kiosk.text import N_, language
from kiosk.values.goods import Bag, BroughtLine, CatalogueEntry, JudgedLine, StoppedClass

SHOWN = 12
"""So many lines of a bag stand on the screen at once."""

MOST_LINES = 400
_LONGEST = 40  # letters: of a thing that the catalogue does not have

# Why a thing goes back, by digit. What the catalogue or a limit says needs no digit.
REASONS = (
    ItemReason.TAKEN_BACK,
    ItemReason.SPOILED,
    ItemReason.PACKING,
    ItemReason.FORBIDDEN,
)

_VERDICTS = {
    "1": Verdict.ACCEPT,
    "2": Verdict.REFUSE,
    "3": Verdict.MEDICAL,
    "4": Verdict.SEIZE,
}


class Asks(StrEnum):
    """What the entry line asks for."""

    WHOLE_WEIGHT = "whole_weight"
    THING = "thing"
    QUANTITY = "quantity"
    PAPER_NUMBER = "paper_number"
    AMOUNT = "amount"
    WHY = "why"
    LEFT_OUT = "left_out"
    """The weight of that part of a line which is not accepted."""
    FOUND = "found"
    FOUND_PIECES = "found_pieces"
    HIDDEN = "hidden"


class Answer(StrEnum):
    """What a key did."""

    IGNORED = "ignored"
    TAKEN = "taken"
    CHANGED = "changed"
    """The bag is another one now: it is to be kept."""
    BACK = "back"
    """Esc with nothing left to undo."""


@dataclass(frozen=True, slots=True)
class Heard:
    """A sentence for the message row (msgid) with its values; `attention`: with a bell."""

    sentence: str
    values: dict[str, object] = field(default_factory=dict)
    attention: bool = True


class Till:
    """`room_left` is what the rules leave for this bag (grams), `signed` that a second person
    stands for what they refuse."""

    def __init__(
        self,
        service: Service = Service.PACKAGE,
        catalogue: Sequence[CatalogueEntry] = (),
        stopped: Sequence[StoppedClass] = (),
        room_left: int | None = None,
        *,
        signed: bool = False,
    ) -> None:
        self.service = service
        self.catalogue = tuple(catalogue)
        self.stopped = tuple(stopped)
        self.room_left = room_left
        self.signed = signed
        self.lines: list[BroughtLine] = []
        self.gross: int | None = None
        self.weighed_by = WeighedBy.TYPED
        self.asks = Asks.WHOLE_WEIGHT
        self.text = ""
        self.matches: tuple[CatalogueEntry, ...] = ()
        self.focus: int | None = None
        """The line that the arrows chose; None: the last one is meant."""
        self.about: int | None = None
        """The line that a question is about; None: a new one."""
        self.entry: CatalogueEntry | None = None
        self.words = ""
        self.heard: Heard | None = None
        self.scale: int | None = None
        """Grams that rest on the scale; None: nothing that could be taken over."""
        self._before: int | None = None
        self._doubted = ""
        self.bag = self._judged()

    # ---- what the screen gives

    def take_up(
        self, lines: Sequence[BroughtLine], gross: int | None, weighed_by: WeighedBy
    ) -> None:
        """Go on with lines that were listed before."""
        self.lines = list(lines)
        self.gross, self.weighed_by = gross, weighed_by
        self.bag = self._judged()
        if self.lines or gross is not None:
            self._next()

    def add_all(self, lines: Sequence[BroughtLine]) -> None:
        """List what the sender brought last time, as the first lines."""
        self.lines += lines
        self.bag = self._judged()
        self._next()

    def judge_anew(
        self, stopped: Sequence[StoppedClass], room_left: int | None, *, signed: bool
    ) -> None:
        """The rules answer differently now."""
        self.stopped, self.room_left, self.signed = tuple(stopped), room_left, signed
        self.bag = self._judged()

    def weigh_anew(self) -> None:
        """Ask for the weight of the whole bag."""
        self._ask(Asks.WHOLE_WEIGHT)

    def remove(self, place: int) -> None:
        del self.lines[place]
        self.bag = self._judged()
        self._next()

    def ask_what_is_missing(self) -> bool:
        """F2: go to the first question that is still open; False when all is answered."""
        bag = self.bag
        if not self.lines:
            self._say(N_("Nothing is listed yet. Type a code or a word, then Enter."))
            return True
        if self.gross is None:
            self.weigh_anew()
            self._say(N_("The bag was not weighed yet. Weigh it, or type its weight."))
            return True
        place = next((n for n, one in enumerate(bag.lines) if one.asks_weight), None)
        if place is not None:
            self._ask_left_out(place)
            self._say(N_("One thing is not weighed yet: {name}"), name=self.name_of(place))
            return True
        if bag.net is not None and weighed(bag) > bag.net:
            self.weigh_anew()
            self._say(
                N_("The things weigh more than the bag: {things}. Weigh the bag anew."),
                things=weights.kilograms(weighed(bag)),
            )
            return True
        return False

    # ---- what the screen shows

    @property
    def meant(self) -> int | None:
        """The line that a digit judges; None without lines."""
        if self.focus is not None:
            return self.focus
        return len(self.lines) - 1 if self.lines else None

    @property
    def off_the_scale(self) -> int:
        """How much less lies on the scale than before; 0 where nothing was taken off."""
        if self.scale is None or self._before is None:
            return 0
        return max(0, self._before - self.scale)

    @property
    def is_empty(self) -> bool:
        return not self.lines and self.gross is None

    @property
    def _is_first_question(self) -> bool:
        return self.asks is Asks.WHOLE_WEIGHT and self.is_empty

    def name_of(self, place: int) -> str:
        line = self.lines[place]
        return line.words if line.entry is None else line.entry.name.in_language(language())

    # ---- keys

    def press(self, key: str, character: str | None) -> Answer:
        """Act on a key, named as Textual names it."""
        self.heard = None
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
            self.text, self._doubted = self.text[:-1], ""
            self._match()
            return Answer.TAKEN
        if self.asks is Asks.THING and not self.text:
            if key in ("up", "down", "pageup", "pagedown", "home", "end"):
                return self._look_at(key)
            if key == "f7" and self.lines:
                self._ask(Asks.FOUND, self.meant)
                return Answer.TAKEN
            if character in _VERDICTS and self.lines:
                return self._decide(_VERDICTS[character])
            if character == "0":
                self.weigh_anew()
                return Answer.TAKEN
        if character is None or not character.isprintable() or len(character) != 1:
            return Answer.IGNORED
        return self._type(character)

    def _type(self, character: str) -> Answer:
        if self.asks is Asks.WHY:
            return self._because(character)
        if self.asks in (Asks.FOUND, Asks.HIDDEN):
            return self._found(character)
        if self.asks is Asks.WHOLE_WEIGHT and not self.text and character.isalpha():
            self._ask(Asks.THING)  # who lists first may weigh later
        if self.asks is Asks.THING:
            if not self.text and not character.isalpha():
                return Answer.IGNORED
            if self.text and character.isdecimal() and character.isascii():
                return self._take(int(character) - 1)
            self.focus = None
        if len(self.text) < _LONGEST:
            self.text, self._doubted = self.text + character, ""
            self._match()
        return Answer.TAKEN

    def _match(self) -> None:
        wanted = self.asks is Asks.THING and self.text.strip()
        self.matches = matching(self.catalogue, self.text, language()) if wanted else ()

    def _escape(self) -> Answer:
        if self.text:
            self.text, self._doubted = "", ""
            self._match()
        elif self.asks is not Asks.THING and not self._is_first_question:
            self._next()
        elif self.focus is not None:
            self.focus = None
        else:
            return Answer.BACK
        return Answer.TAKEN

    def _look_at(self, key: str) -> Answer:
        last = len(self.lines) - 1
        if last < 0:
            return Answer.TAKEN
        at = len(self.lines) if self.focus is None else self.focus
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
        if self.text:
            grams = weights.typed_grams(self.text)
            self._must_confirm(grams > weights.HEAVY_BAG)
            self.weighed_by = WeighedBy.TYPED
        elif self.scale is None:
            if self.is_empty:
                self._say(N_("Not weighed: F2 asks for it. List the things first."))
            self._next()
            return Answer.TAKEN
        elif self.scale <= 0:
            raise Refused(N_("The scale shows no weight. Put the bag on it, or type it."))
        else:
            grams, self.weighed_by = self.scale, WeighedBy.SCALE
        self.gross = grams
        self.bag = self._judged()
        self._next()
        self._must_not_outweigh()
        return Answer.CHANGED

    def _must_not_outweigh(self) -> None:
        """Parts that weigh more than the whole are told; the bag is not closed so."""
        net = self.bag.net
        if net is not None and net < 0:
            self._say(N_("What is not accepted weighs more than the bag. Weigh anew: 0"))

    # ---- a thing and how much of it

    def _take(self, place: int) -> Answer:
        """Of what matches, the one at `place`; without letters the focused line once more."""
        if not self.text.strip():
            if self.focus is None:
                return Answer.TAKEN
            line = self.lines[self.focus]
            self.entry, self.words = line.entry, line.words
            self._ask(_asked_of(line.entry), self.focus)
            return Answer.TAKEN
        if len(self.lines) >= MOST_LINES:
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
        self._ask(_asked_of(self.entry))
        return Answer.TAKEN

    def _line_now(self) -> BroughtLine:
        if self.about is not None:
            return replace(self.lines[self.about], left_out_grams=None)
        return BroughtLine(self.entry, words=self.words)

    def _count(self) -> Answer:
        line = self._line_now()
        if self.entry is not None and self.entry.unit is Unit.KILOGRAM:
            grams = weights.typed_grams(self.text)
            self._must_confirm(grams > max(weights.HEAVY_THING, _tenfold(self.entry.max_grams)))
            return self._list(replace(line, grams=grams, pieces=0))
        pieces = weights.typed_pieces(self.text)
        limit = self.entry.max_pieces if self.entry is not None else None
        self._must_confirm(pieces > max(weights.MANY_PIECES, _tenfold(limit)))
        return self._list(replace(line, pieces=pieces, grams=0))

    def _number(self) -> Answer:
        number = self.text.strip()
        if not number:
            raise Refused(N_("A document without a number: type what tells it apart."))
        return self._list(replace(self._line_now(), pieces=1, paper_number=number))

    def _list(self, line: BroughtLine) -> Answer:
        place = self._put(line)
        if self.bag.lines[place].asks_weight:
            self._ask_left_out(place)
        else:
            self._next()
        self._tell(self.bag.lines[place])
        return Answer.CHANGED

    def _put(self, line: BroughtLine) -> int:
        """The line in its place, and the bag judged with it."""
        if self.about is None:
            self.lines.append(line)
        else:
            self.lines[self.about] = line
        self.bag = self._judged()
        return len(self.lines) - 1 if self.about is None else self.about

    def _tell(self, judged: JudgedLine) -> None:
        """What the line that was just listed breaks."""
        line, refused = judged.line, judged.share(Verdict.REFUSE)
        if refused is None or line.entry is None:
            return
        name = line.entry.name.in_language(language())
        if refused.reason is ItemReason.FORBIDDEN:
            self._say(N_("Not allowed, goes back: {name}. 4 = seize it"), name=name)
        elif refused.reason is ItemReason.STOPPED:
            self._say(N_("Stopped for now by a restriction, goes back: {name}"), name=name)
        elif refused.reason is ItemReason.OVER_LIMIT:
            kept = judged.share(Verdict.ACCEPT)
            if is_weighed(line):
                told = {
                    "kept": weights.kilograms(kept.grams or 0) if kept else "0",
                    "back": weights.kilograms(refused.grams or 0),
                }
            else:
                told = {"kept": str(kept.pieces if kept else 0), "back": str(refused.pieces)}
            self._say(N_("Limit: {name}. Accepted {kept}, goes back {back}"), name=name, **told)

    # ---- what becomes of it

    def _decide(self, verdict: Verdict) -> Answer:
        place = self.meant
        assert place is not None
        self.about = place
        line = self.lines[place]
        if verdict is Verdict.REFUSE:
            self._ask(Asks.WHY, place)
            return Answer.TAKEN
        if verdict is Verdict.ACCEPT:
            self._put(replace(line, verdict=verdict, reason=None, seized=None))
            refused = self.bag.lines[place].share(Verdict.REFUSE)
            if refused is not None and refused.reason in SIGNED_FOR:
                self._put(replace(line, verdict=None, reason=None, seized=None))
                self._next()
                self._tell(self.bag.lines[place])
                return Answer.CHANGED
        else:
            seized = found_at_table.itself(line) if verdict is Verdict.SEIZE else None
            self._put(replace(line, verdict=verdict, reason=None, seized=seized))
        self._ask_its_weight(place)
        return Answer.CHANGED

    def _because(self, character: str) -> Answer:
        place = self.about
        if not character.isdecimal() or not 1 <= int(character) <= len(REASONS):
            return Answer.IGNORED
        assert place is not None
        reason = REASONS[int(character) - 1]
        line = self.lines[place]
        self._put(replace(line, verdict=Verdict.REFUSE, reason=reason, seized=None))
        self._ask_its_weight(place)
        return Answer.CHANGED

    def _ask_its_weight(self, place: int) -> None:
        if self.bag.lines[place].asks_weight:
            self._ask_left_out(place)
        else:
            self._next()

    def _ask_left_out(self, place: int) -> None:
        self._ask(Asks.LEFT_OUT, place)

    def _weigh_left_out(self) -> Answer:
        if self.text:
            grams = weights.typed_grams(self.text)
            self._must_confirm(grams > weights.HEAVY_THING)
        else:
            grams = self.off_the_scale
            if not grams:
                raise Refused(
                    N_("Take it off the scale, then Enter; or type its weight.")
                    if self.scale is not None
                    else N_("Type the weight of this thing: it does not count.")
                )
        bag = self.bag
        apart = bag.returned + bag.medical + bag.seized
        assert self.about is not None
        already = self.lines[self.about].left_out_grams or 0
        if bag.gross is not None and apart - already + grams > bag.gross:
            raise Refused(N_("That is more than the bag weighs. Weigh it again."))
        self._put(replace(self.lines[self.about], left_out_grams=grams))
        self._next()
        return Answer.CHANGED

    # ---- what was found in it

    def _found(self, character: str) -> Answer:
        assert self.about is not None
        line = self.lines[self.about]
        seized = line.seized or found_at_table.itself(line)
        if self.asks is Asks.FOUND:
            kind = found_at_table.by_digit(found_at_table.KINDS, character)
            if kind is None:
                return Answer.IGNORED
            seized = replace(seized, kind=kind, pieces=1, unit=Unit.PIECE)
            self._put(replace(line, verdict=Verdict.SEIZE, reason=None, seized=seized))
            self._ask(Asks.FOUND_PIECES, self.about)
            return Answer.CHANGED
        hidden: HidingPlace | None = found_at_table.by_digit(found_at_table.PLACES, character)
        if hidden is None:
            return Answer.IGNORED
        self._put(replace(line, seized=replace(seized, hidden_in=hidden)))
        self._ask_its_weight(self.about)
        return Answer.CHANGED

    def _found_pieces(self) -> Answer:
        pieces = weights.typed_pieces(self.text)
        assert self.about is not None
        line = self.lines[self.about]
        assert line.seized is not None
        self._put(replace(line, seized=replace(line.seized, pieces=pieces)))
        self._ask(Asks.HIDDEN, self.about)
        return Answer.CHANGED

    # ---- the common part

    def _ask(self, asks: Asks, about: int | None = None) -> None:
        self.asks, self.about = asks, about
        self.text, self._doubted, self.matches = "", "", ()

    def _next(self) -> None:
        """The next thing; what lies on the scale now is what one is taken off from."""
        self._ask(Asks.THING)
        self.focus = None
        if self.scale is not None:
            self._before = self.scale

    def _must_confirm(
        self,
        doubtful: bool,
        because: str = N_("Ten times the usual: {typed}. Enter again if it is so."),
    ) -> None:
        """Raises Refused the first time that Enter is pressed on something unusual."""
        if doubtful and self._doubted != self.text:
            self._doubted = self.text
            raise Refused(because, typed=self.text.strip())

    def _judged(self) -> Bag:
        return judge(
            self.lines,
            self.gross,
            self.room_left,
            self.stopped,
            self.service,
            signed=self.signed,
        )

    def _say(self, sentence: str, **values: object) -> None:
        self.heard = Heard(sentence, values)


def _asked_of(entry: CatalogueEntry | None) -> Asks:
    """What is asked of a thing after its code."""
    if entry is not None and entry.goods_class is GoodsClass.DOCUMENT:
        return Asks.PAPER_NUMBER
    if entry is not None and entry.goods_class is GoodsClass.MONEY:
        return Asks.AMOUNT
    return Asks.QUANTITY


def _tenfold(limit: int | None) -> int:
    return 0 if limit is None else 10 * limit
