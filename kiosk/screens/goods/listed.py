"""The bag on the table: its lines, its weight, and what each line is judged to be right now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kiosk.codes import ItemReason, Service, Verdict, WeighedBy
from kiosk.errors import Refused
from kiosk.rules.bag import SIGNED_FOR, judge
from kiosk.text import N_, language
from kiosk.values.goods import Bag, BroughtLine, JudgedLine, Seized, StoppedClass


class Listed:
    """Every change is judged at once: `bag` is always that of `lines` and `gross`.

    `room_left` is what the rules leave for this bag (grams), `signed` that a second person
    stands for what they refuse. Places count from 0.
    """

    def __init__(
        self,
        service: Service = Service.PACKAGE,
        stopped: Sequence[StoppedClass] = (),
        room_left: int | None = None,
        *,
        signed: bool = False,
    ) -> None:
        self.service = service
        self.stopped = tuple(stopped)
        self.room_left = room_left
        self.signed = signed
        self.lines: list[BroughtLine] = []
        self.gross: int | None = None
        self.weighed_by = WeighedBy.TYPED
        self._judge()

    def _judge(self) -> None:
        self.bag: Bag = judge(
            self.lines,
            self.gross,
            self.room_left,
            self.stopped,
            self.service,
            signed=self.signed,
        )

    def judge_anew(
        self, stopped: Sequence[StoppedClass], room_left: int | None, *, signed: bool
    ) -> None:
        """The rules answer differently now."""
        self.stopped, self.room_left, self.signed = tuple(stopped), room_left, signed
        self._judge()

    def take_up(
        self, lines: Sequence[BroughtLine], gross: int | None, weighed_by: WeighedBy
    ) -> None:
        """Go on with what was listed before."""
        self.lines = list(lines)
        self.gross, self.weighed_by = gross, weighed_by
        self._judge()

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
        self._judge()
        return len(self.lines) - 1 if place is None else place

    def add_all(self, lines: Sequence[BroughtLine]) -> None:
        self.lines += lines
        self._judge()

    def remove(self, place: int) -> None:
        del self.lines[place]
        self._judge()

    def accept(self, place: int) -> JudgedLine | None:
        """Accept a line; None when that needs a second person's signature, and it stays as
        the catalogue says."""
        line = replace(self.lines[place], reason=None, seized=None)
        self.put(replace(line, verdict=Verdict.ACCEPT), place)
        refused = self.bag.lines[place].share(Verdict.REFUSE)
        if refused is not None and refused.reason in SIGNED_FOR:
            self.put(replace(line, verdict=None), place)
            return None
        return self.bag.lines[place]

    def refuse(self, place: int, reason: ItemReason) -> None:
        line = self.lines[place]
        self.put(replace(line, verdict=Verdict.REFUSE, reason=reason, seized=None), place)

    def to_the_doctor(self, place: int) -> None:
        line = self.lines[place]
        self.put(replace(line, verdict=Verdict.MEDICAL, reason=None, seized=None), place)

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
