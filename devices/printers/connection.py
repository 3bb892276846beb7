"""One opening of a printer's line: questions and answers, and what was learnt since."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

from devices.port import AsyncPort
from devices.printers.answers import Answers
from devices.printers.commands import CLEAR, CLEAR_AND_RECOVER, ProcessIds
from devices.printers.lines import Line
from devices.printers.printer import ProofBy
from devices.printers.standstill import Standstill
from devices.printers.status import Ask, after_control_lines

# An answer takes 5 ms at 9600 baud; clearing a buffer some more.
ANSWER_S = 0.3
CLEAR_S = 0.5
# More than the wire needs, for what is left of a paper when its line is let go.
LAST_BYTES_S = 0.5
# So many rounds without an answer make a printer silent that used to answer.
SILENT_AFTER = 2

# More than that is a paper; less may be what TCP has not acknowledged yet.
SOME_QUESTIONS_BYTES = 64

# A timer that rings so much too late was held up here, not by the printer.
HELD_UP_S = 0.05
HELD_UP_TIMES = 3

# A device that takes less than 2400 baud is as good as stuck, even if it never stands still.
SLOWEST_BYTES_PER_S = 240


@dataclass
class Memory:
    """What is known of the printer at the end of this line, beyond one opening of it.

    Without it, a printer that is switched off would pass for one that never answers, and its
    papers for handed over. Who puts another make in its place starts the kiosk anew.
    """

    answers: bool = False
    proves_by: frozenset[ProofBy] = frozenset()
    process_ids: ProcessIds = field(default_factory=ProcessIds)


class Connection:
    """Made by `open`; `changed` is called when it said something new of its condition."""

    port: AsyncPort

    def __init__(
        self,
        line: Line,
        memory: Memory,
        write_deadline_s: float,
        changed: Callable[[], None] = lambda: None,
    ) -> None:
        self.line = line
        self.memory = memory
        self.answers = Answers()
        self.mute: bool | None = False if memory.answers else None
        """Whether it answers no question; None until the first answer or the first silence."""
        self.greeted = False
        """Whether it is in step: its next byte begins a command (see greeting)."""
        self.cleared: bool | None = None
        """Whether it threw away what it held, when greeted; None: not asked yet."""
        self.idles = False
        """Whether it answered, and left undone what it did before."""
        self.restarts = 0
        """How often it answered again after it had fallen silent."""
        self.gaps = 0
        """How often it may have been away: a question unanswered that it had answered before,
        or a line that stood still (see standstill)."""
        self.stops = 0
        """How often it said that it cannot go on printing."""
        self.proofs_owed = 0
        """Answers to GS r that are still to come."""
        self._unanswered = 0
        self._questions = [Ask.PAPER, Ask.OFFLINE_CAUSE, Ask.ERROR_CAUSE, Ask.PRINTER]
        self._answered: set[Ask] = set()
        self._unknown: set[Ask] = set()
        self._asking = asyncio.Lock()
        self._write_deadline_s = write_deadline_s
        self._wire_free_at = 0.0
        self._taken_back = 0
        self._changed = changed
        self._news = asyncio.Event()
        self._stir = asyncio.Event()

    @classmethod
    async def open(
        cls,
        line: Line,
        memory: Memory,
        write_deadline_s: float,
        changed: Callable[[], None] = lambda: None,
    ) -> Connection:
        """Raises PortUnavailable when the line cannot be opened."""
        connection = cls(line, memory, write_deadline_s, changed)
        connection.port = await line.open(connection._take, connection._gone)
        return connection

    @property
    def silent(self) -> bool:
        """Whether it used to answer and now does not: switched off, or its cable half out."""
        return self.mute is False and self._unanswered >= SILENT_AFTER

    @property
    def answered_last(self) -> bool:
        return self.mute is False and not self._unanswered

    @property
    def is_heard(self) -> bool:
        """Whether what it said of its condition holds now."""
        return self.answered_last or (bool(self.mute) and self.pushes)

    @property
    def pushes(self) -> bool:
        """Whether it tells changes of its own accord."""
        return self.answers.pushed > 0

    @property
    def blocked(self) -> bool:
        return self.answers.condition.blocked

    # ---- saying

    async def tell(self, data: bytes, unhurried: Callable[[], bool] = lambda: False) -> None:
        """Hands `data` to the printer; while `unhurried` holds, it may take its time.

        Raises PortLost or PortStuck, with how much it took.
        """
        self.port.expect_stop(self.blocked)
        clock = asyncio.get_running_loop().time
        still = Standstill()

        def waits() -> bool:
            still.look((self.port.taken, self.port.unsent()), clock(), self.blocked)
            return unhurried()

        await self.port.write(
            data,
            self._write_deadline_s + len(data) / SLOWEST_BYTES_PER_S,
            self._write_deadline_s,
            waits,
        )
        now = clock()
        still.end(now, self.blocked)
        if still.went_on_stopped:
            await self.heard(ANSWER_S, lambda: not self.blocked)
        if still.unexplained or (still.went_on_stopped and self.blocked):
            self.gaps += 1
        self._wire_free_at = max(now, self._wire_free_at) + self.line.seconds_for(len(data))

    def on_the_wire(self) -> float:
        """Seconds until the printer has what was told, if it takes it as it comes."""
        computed = self._wire_free_at - asyncio.get_running_loop().time()
        return max(0.0, computed, self.line.seconds_for(self.port.unsent()))

    def discard(self) -> None:
        """Takes back what the printer has not got yet, where the line can; a question may be
        among it, and is not waited for."""
        self.port.discard()
        self._wire_free_at = 0.0
        self._taken_back += 1
        self.ring()

    # ---- asking

    async def ask(self, patience: float = ANSWER_S) -> None:
        """Asks for the whole condition; each answer may take `patience` seconds.

        One question at a time, because an answer does not say what it answers: a clone that
        knows only some of them would otherwise report the paper as a broken cutter.
        Raises PortLost or PortStuck.
        """
        async with self._asking:
            for_the_first_time = self.mute is None
            for question in tuple(self._questions):
                if await self._has_answered(question, patience):
                    self._answered.add(question)
                elif self._answered and question not in self._answered:
                    # One that answered nothing yet may only be off, or still starting.
                    self._unknown.add(question)
                elif not for_the_first_time:
                    self._missed()
                    return
            if self._answered:
                self._questions = [one for one in self._questions if one not in self._unknown]
            else:
                self.mute = True

    async def ask_whether_there(self) -> None:
        """Asks one thing, of a printer that tells all others of its own accord; and all, when
        it says what it should have told. Raises PortLost or PortStuck."""
        was = self.answers.condition.offline
        async with self._asking:
            if not await self._has_answered(Ask.PRINTER, ANSWER_S):
                self._missed()
        if self.answers.condition.offline != was:
            await self.ask()

    async def _has_answered(self, question: Ask, patience: float) -> bool:
        self.answers.asked(question)
        await self.tell(question.command)
        held, taken_back = self.port.unsent(), self._taken_back
        await self.heard(
            patience + self.on_the_wire(),
            lambda: not self.answers.waiting or self._taken_back != taken_back,
        )
        while self.answers.waiting and SOME_QUESTIONS_BYTES < held > self.port.unsent():
            # Not asked yet, as long as what was written before it is still going out.
            held = self.port.unsent()
            await self.heard(patience + self.on_the_wire(), lambda: not self.answers.waiting)
        if self.answers.waiting:
            self.answers.forget_questions()
            return False
        if self.silent or self.mute:
            self._came_back()
        self._unanswered = 0
        self.mute = False
        self.memory.answers = True
        return True

    def _missed(self) -> None:
        self._unanswered += 1
        self.gaps += 1

    def _came_back(self) -> None:
        """Off and on again, most likely: it has forgotten what it held and what it was told."""
        self.restarts += 1
        self.greeted = False
        self.cleared = None
        self.proofs_owed = 0
        self.ring()

    async def look(self) -> None:
        """Asks the port, not the printer, where the printer does not say."""
        if not self.pushes:
            lines = await self.port.control_lines()
            if lines is not None:
                self.answers.condition = after_control_lines(self.answers.condition, lines)
                self.ring()

    async def clear(self) -> bool:
        """Has it throw away what it has not printed; whether it said that it did.

        Raises PortLost or PortStuck.
        """
        before = self.answers.cleared
        await self.tell(CLEAR)
        await self.heard(CLEAR_S + self.on_the_wire(), lambda: self.answers.cleared > before)
        if self.answers.cleared > before:
            self.proofs_owed = 0
            return True
        if self.answers.condition.cutter_error:
            await self.tell(CLEAR_AND_RECOVER)
        return False

    # ---- hearing

    async def heard(self, seconds: float, enough: Callable[[], bool]) -> None:
        """Waits until `enough`, which is looked at when bytes came; for the end of the line;
        or until `seconds` are over, in which the loop was free to hear the printer."""
        now = asyncio.get_running_loop().time
        for _ in range(HELD_UP_TIMES):
            end = now() + seconds
            try:
                async with asyncio.timeout(seconds):
                    while not enough() and not self.port.closed:
                        await self._news.wait()
                return
            except TimeoutError:
                if now() - end < HELD_UP_S:
                    return

    async def rest(self, seconds: float) -> None:
        """Waits `seconds`, or until `stir` or the end of the line."""
        try:
            async with asyncio.timeout(seconds):
                await self._stir.wait()
        except TimeoutError:
            pass
        self._stir.clear()

    def stir(self) -> None:
        """Ends a rest: something is to be done."""
        self._stir.set()

    def ring(self) -> None:
        """Has everyone look again whether it is enough."""
        news, self._news = self._news, asyncio.Event()
        news.set()

    def drop(self) -> None:
        """Gives the line up, with all that the printer has not taken."""
        self.port.abort()
        self._gone()

    async def finish(self) -> None:
        """Lets the line go when what was handed over has gone out, if it goes at all."""
        left = self.port.unsent()
        await self.port.finish(self.line.seconds_for(left) + LAST_BYTES_S if left else 0)
        self._gone()

    def _take(self, data: bytes) -> None:
        proofs, condition = self.answers.proofs, self.answers.condition
        self.answers.feed(data)
        self.proofs_owed = max(0, self.proofs_owed - (self.answers.proofs - proofs))
        if self.blocked and not condition.blocked:
            self.stops += 1
            self.port.expect_stop(True)
        self.ring()
        if self.answers.condition != condition:
            self._changed()

    def _gone(self) -> None:
        self._stir.set()
        self.ring()
