"""The bag on the table: its lines, its weight, and what each line is judged to be right now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kiosk.codes import ItemReason, Service, Verdict, WeighedBy
from kiosk.errors import Refused
from kiosk.rules.bag import (
    SIGNED_FOR,
    beyond_signature,
    is_kept_from_the_doctor,
    judge,
    to_be_signed,
)
from kiosk.text import N_, language
from kiosk.values.goods import Bag, BroughtLine, Seized, StoppedClass


class Listed:
    """Every change is judged at once: `bag` is always that of `lines` and `gross`.

    `room_left` is what the rules leave for this bag (grams), `signed` that a second person
    stands for it, `signed_for` the lines that they saw and let pass.
    Places count from 0.
    """

    def __init__(
        self,
        service: Service = Service.PACKAGE,
        stopped: Sequence[StoppedClass] = (),
        room_left: int | None = None,
    ) -> None:
        self.service = service
        self.stopped = tuple(stopped)
        self.room_left = room_left
        self.signed = False
        self.signed_for: tuple[BroughtLine, ...] = ()
        self.lines: list[BroughtLine] = []
        self.gross: int | None = None
        self.weighed_by = WeighedBy.TYPED
        self._judge()

    def _judge(self) -> None:
        self.bag: Bag = self._judged(signed=self.signed)

    def _judged(self, *, signed: bool) -> Bag:
        return judge(
            self.lines, self.gross, self.room_left, self.stopped, self.service, signed=signed
        )

    def judge_anew(self, stopped: Sequence[StoppedClass], room_left: int | None) -> None:
        """The rules answer differently now."""
        self.stopped, self.room_left = tuple(stopped), room_left
        self._keep_to_what_is_signed()

    def _keep_to_what_is_signed(self) -> None:
        """What nobody signed for is what the catalogue and the restrictions say of it; so is
        what they keep from the doctor, since it was sent there."""
        unsigned = self._judged(signed=False)
        for place, judged in enumerate(unsigned.lines):
            if is_kept_from_the_doctor(judged):
                self.lines[place] = replace(judged.line, verdict=None)
        for place in beyond_signature(unsigned, self.signed_for):
            reasons = {one.reason for one in unsigned.lines[place].shares}
            if self.signed or reasons & SIGNED_FOR:
                self.lines[place] = replace(self.lines[place], verdict=None)
        self._judge()

    def take_up(
        self, lines: Sequence[BroughtLine], gross: int | None, weighed_by: WeighedBy
    ) -> bool:
        """Go on with what was listed before. True when some of it was accepted that passes
        only with a second person's signature, which nobody gives for it any more."""
        self.lines = list(lines)
        self.gross, self.weighed_by = gross, weighed_by
        sign_again = bool(to_be_signed(self._judged(signed=False)))
        self._keep_to_what_is_signed()
        return sign_again

    @property
    def is_empty(self) -> bool:
        return not self.lines and self.gross is None

    def name_of(self, place: int) -> str:
        """The thing in the language of the screen, or in the words it was given."""
        line = self.lines[place]
        return line.words if line.entry is None else line.entry.name.in_language(language())

    @property
    def unweighed(self) -> int | None:
        """The first line of which a part must still be weighed by itself."""
        asking = (place for place, one in enumerate(self.bag.lines) if one.asks_weight)
        return next(asking, None)

    # ---- what changes it

    def weigh(self, grams: int, by: WeighedBy) -> None:
        self.gross, self.weighed_by = grams, by
        self._judge()

    def put(self, line: BroughtLine, place: int | None = None) -> int:
        """A line in place of the one at `place`, or behind the last one; where it stands."""
        if place is None:
            self.lines.append(line)
        else:
            self.lines[place] = line
        self._keep_to_what_is_signed()
        return len(self.lines) - 1 if place is None else place

    def add_all(self, lines: Sequence[BroughtLine]) -> None:
        self.lines += lines
        self._judge()

    def remove(self, place: int) -> None:
        del self.lines[place]
        self._judge()

    def accept(self, place: int) -> bool:
        """Accept a line. False when that needs a second person's signature: what is forbidden
        or stopped stays so, and of what is limited as much passes as before."""
        line = replace(self.lines[place], reason=None, seized=None)
        self.lines[place] = replace(line, verdict=Verdict.ACCEPT)
        self._keep_to_what_is_signed()
        accepted = self.lines[place].verdict is Verdict.ACCEPT
        return accepted and place not in to_be_signed(self.bag)

    def sign(self, lines: Sequence[BroughtLine]) -> None:
        """A second person stands for the bag, and for what the officer accepts of `lines`:
        those listed, with what they were asked about."""
        if lines:
            self.lines = list(lines)
            asked = to_be_signed(self._judged(signed=False))
            self.signed_for = tuple(self.lines[place] for place in asked)
        self.signed = True
        self._keep_to_what_is_signed()

    def is_signed_for(self, place: int) -> bool:
        """Whether a line passes because a second person let it pass."""
        unsigned = self._judged(signed=False)
        beyond = beyond_signature(unsigned, self.signed_for)
        return place in to_be_signed(unsigned) and place not in beyond

    @property
    def rests_on_a_signature(self) -> bool:
        """Whether something of it passes only because a second person signed."""
        return self.signed and bool(to_be_signed(self._judged(signed=False)))

    def refuse(self, place: int, reason: ItemReason) -> None:
        line = self.lines[place]
        self.put(replace(line, verdict=Verdict.REFUSE, reason=reason, seized=None), place)

    def to_the_doctor(self, place: int) -> bool:
        """Send a line there. False for what is forbidden and no medicine: it is left as it
        was."""
        line = self.lines[place]
        self.put(replace(line, verdict=Verdict.MEDICAL, reason=None, seized=None), place)
        if self.lines[place].verdict is not Verdict.MEDICAL:
            self.put(line, place)
            return False
        return True

    def seize(self, place: int, seized: Seized) -> None:
        line = self.lines[place]
        self.put(replace(line, verdict=Verdict.SEIZE, reason=None, seized=seized), place)

    def leave_out(self, place: int, grams: int) -> None:
        """So much of a line is not accepted. Raises Refused when the bag weighs less."""
        line, bag = self.lines[place], self.bag
        others = bag.returned + bag.medical + bag.seized - (line.left_out_grams or 0)
        if bag.gross is not None and others + grams > bag.gross:
            raise Refused(N_("That is more than the bag weighs. Weigh it again."))
        self.put(replace(line, left_out_grams=grams), place)
