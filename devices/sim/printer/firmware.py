"""The printer's own program: keeps what comes, executes it in order, and answers.

By Epson's ESC/POS reference:

    bytes → receive buffer → modes and rows (head.py) → paper (mechanism.py)

Real-time commands (DLE …) are executed when they arrive, everything else in order. Without
paper, open or in error nothing more is executed; the buffer fills until it takes no bytes,
and all goes on by itself when that is over. A process id is confirmed when all before it is
on paper and the printer could print on; only the newest that waits; cleared ones never.
GS a is effective until ESC @, so it must be sent behind the one that begins a paper.

Checked by receiptio as an independent host: ESC @ GS a 255 is answered with the status at
once, each change is pushed while it prints, GS r 1 behind the cut comes when the paper is out,
and a paper that ran out in the middle is finished when paper is back. From the documents
only: process ids, clearing, DLE ENQ.

Own decisions: it reads three lines ahead of the paper, but never past a cut; DLE ENQ 2 clears
and the cutter's error stays until its cause is mended, so DLE ENQ 1 changes nothing.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

from devices.health import DeviceFlag
from devices.sim.printer import answers
from devices.sim.printer.answers import Ability
from devices.sim.printer.commands import CLEAR, DLE, RealTime, Splitter
from devices.sim.printer.head import Cut, Head, Line, Work
from devices.sim.printer.mechanism import Mechanism

# Lines that it has read and not yet printed.
_AHEAD = 3
ALL_QUESTIONS = frozenset((1, 2, 3, 4))


class Firmware:
    """`say` gets its answers; `finished` each paper that was cut off, as text and as the
    commands that made it; `looks_up` is called whenever something has changed."""

    def __init__(
        self,
        head: Head,
        *,
        mm_per_s: float | None,
        knows: frozenset[Ability],
        buffer_bytes: int,
        say: Callable[[bytes], None],
        finished: Callable[[str, bytes], None],
        looks_up: Callable[[], None],
    ) -> None:
        self.awake = True
        """Whether it is switched on and not frozen."""
        self.questions = ALL_QUESTIONS
        """The n of DLE EOT n that it answers."""
        self.lines_left: int | None = None
        """Lines until the paper is out; None: many."""
        self._faults: set[DeviceFlag] = set()
        self._head = head
        self._knows = knows
        self._buffer_bytes = buffer_bytes
        self._say = say
        self._finished = finished
        self._looks_up = looks_up
        self._mechanism = Mechanism(mm_per_s, self._done, self._stands_still, self.advance)
        self._advancing = False
        self._real_time = RealTime()
        self._splitter = Splitter()
        self._commands: deque[bytes] = deque()
        self._held = 0
        self._pushes = False
        self._pushed = b""
        self._pending: bytes | None = None
        self._paper: list[str] = []
        self._raw = bytearray()
        self._cuts: deque[bytes] = deque()

    def forget(self) -> None:
        """Its power goes; only what is on the paper stays."""
        self._clear()
        self._real_time = RealTime()
        self._pushes = False
        self._head.initialise()

    def tear_off(self) -> str:
        """What was printed since the last cut, taken out of it."""
        paper, self._paper = self._paper, []
        return "\n".join(paper)

    def fault(self, flag: DeviceFlag) -> None:
        self._faults.add(flag)
        self._push()
        self._looks_up()

    def mend(self, flag: DeviceFlag) -> None:
        self._faults.discard(flag)
        self._push()
        self.advance()

    # ---- bytes in

    @property
    def room(self) -> int:
        """How many bytes it takes now."""
        held = self._held
        if self._stands_still():
            # Else it executes a long command while it comes, and need not keep it.
            held += len(self._splitter)
        return max(0, self._buffer_bytes - held)

    def take(self, data: bytes) -> None:
        for piece, command in self._real_time.cut(data):
            for whole in self._splitter.feed(piece):
                # A real-time command is executed at once and kept only as a part of another.
                if whole[0] != DLE:
                    self._commands.append(whole)
                    self._held += len(whole)
            if command:
                self._at_once(command)
        self.advance()

    def _at_once(self, command: bytes) -> None:
        """DLE EOT, DLE ENQ, DLE DC4 8."""
        if command == CLEAR:
            if Ability.CLEAR in self._knows:
                self._clear()
                self._say(answers.CLEARED)
        elif command[1] == 0x04:
            if Ability.DLE_EOT in self._knows and command[2] in self.questions:
                self._say(answers.real_time(command[2], self._faults))
        elif command[2] == 2 and DeviceFlag.CUTTER in self._faults:
            self._clear()

    def _clear(self) -> None:
        """Both buffers; what is on the paper stays there, and the modes stay."""
        self._mechanism.clear()
        self._splitter.clear()
        self._commands.clear()
        self._held = 0
        self._pending = None
        self._cuts.clear()
        self._raw.clear()
        self._head.clear()

    def _push(self) -> None:
        """The automatic status, when it is wanted and has changed."""
        status = answers.automatic(self._faults)
        if self._pushes and status != self._pushed:
            self._pushed = status
            self._say(status)

    # ---- printing

    def _stands_still(self) -> bool:
        return not self.awake or answers.stopped(self._faults)

    def advance(self) -> None:
        """Executes what waits, until it must wait for paper, for time or for bytes."""
        if not self._advancing:
            self._advancing = True
            try:
                while self._step():
                    pass
            finally:
                self._advancing = False
            self._looks_up()

    def _step(self) -> bool:
        """One command; False when it has to wait."""
        self._mechanism.run()
        if self._stands_still():
            return False
        if self._pending is not None and not self._mechanism.waiting:
            self._say(answers.process(self._pending))
            self._pending = None
        if not self._commands or self._cuts or self._mechanism.waiting > _AHEAD:
            return False
        command = self._commands.popleft()
        self._held -= len(command)
        self._execute(command)
        return True

    def _execute(self, command: bytes) -> None:
        match command[:2], command[2:]:
            case b"\x1dr", rest:
                if Ability.GS_R in self._knows:
                    paper = answers.paper_sensor(self._faults)
                    self._say(paper if rest[0] in (1, 49) else b"\0")
            case b"\x1da", rest:
                if Ability.ASB in self._knows:
                    self._pushes = bool(rest[0])
                    self._pushed = b""
                    self._push()
            case b"\x1dI", rest:
                self._say(answers.about_itself(rest[0]))
            case b"\x1d(", rest if rest[:1] == b"H":
                if Ability.PROCESS_ID in self._knows and rest[3:5] == b"00":
                    self._pending = rest[5:9]
            case _:
                self._print(command)

    def _print(self, command: bytes) -> None:
        if command == b"\x1b@":
            self._pushes = False
        self._raw += command
        work = self._head.execute(command)
        if any(isinstance(piece, Cut) for piece in work):
            self._cuts.append(bytes(self._raw))
            self._raw.clear()
        self._mechanism.add(work)

    def _done(self, work: Work) -> None:
        """A line is on the paper, or it is cut off."""
        if isinstance(work, Line):
            self._paper.append(work.text)
            if self.lines_left is not None:
                self.lines_left -= 1
                if self.lines_left <= 0:
                    self.lines_left = None
                    self.fault(DeviceFlag.PAPER_OUT)
        else:
            self._finished(self.tear_off().rstrip("\n"), self._cuts.popleft())
