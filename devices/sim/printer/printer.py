"""A thermal printer that is not there: takes bytes, prints papers, answers like an Epson.

What it does in which order (Epson's ESC/POS reference):

    line → receive buffer → modes and rows (head.py) → paper (mechanism.py)

Real-time commands (DLE …) are executed when they arrive, everything else in order. Without
paper, open or in error it executes nothing more, keeps what it has, takes bytes until the
buffer is full, and goes on by itself when that is over. A process id is confirmed when all
before it is on paper and it could print on; only the newest that waits; cleared ones never.

Own decisions: it reads a few lines ahead of the paper, but never past a cut; what was on the
paper when its power went is torn off by somebody (`torn`), unless `tears_off` is False.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from devices.health import DeviceFlag
from devices.sim.printer import answers
from devices.sim.printer.answers import Ability
from devices.sim.printer.commands import CLEAR, RealTime, Splitter
from devices.sim.printer.head import CODE_PAGES, Cut, Head, Line, Work
from devices.sim.printer.lines import Line as PrinterLine
from devices.sim.printer.lines import PseudoTerminal, SerialLine, TcpLine
from devices.sim.printer.mechanism import Mechanism

BUFFER_BYTES = 65_536
# Lines that it has read and not yet printed.
_AHEAD = 3

EVERYTHING = frozenset(Ability)
_ALL_QUESTIONS = frozenset((1, 2, 3, 4))


class SimulatedPrinter:
    """`link` is the path the kiosk opens; it leads to a pseudo-terminal while plugged in.
    For a printer on the network give none and call `listen`.

    `mirror`, if given, leads to another one on which whoever opens it reads the bytes that
    the printer got; bytes that nobody reads are dropped. `baud` is the speed of the line
    (None: as fast as bytes come), `mm_per_s` that of the paper (None: no time at all).
    `knows` names its abilities; what it does not know it takes for nothing and does not
    answer. `pages`, `chinese` and `drawings` are told in `Head`.
    """

    def __init__(
        self,
        link: Path | None = None,
        *,
        mirror: Path | None = None,
        columns: int = 48,
        on_paper: Callable[[str], None] = lambda paper: None,
        baud: int | None = None,
        mm_per_s: float | None = None,
        knows: frozenset[Ability] = EVERYTHING,
        buffer_bytes: int = BUFFER_BYTES,
        tears_off: bool = True,
        pages: Mapping[int, str] = CODE_PAGES,
        chinese: bool = False,
        drawings: Mapping[bytes, str] = MappingProxyType({}),
    ) -> None:
        self.papers: list[str] = []
        """Finished papers, as text."""
        self.raw_papers: list[bytes] = []
        """The commands that made each of them, without questions."""
        self.torn: list[str] = []
        """Papers begun and never cut, because the power went."""
        self.received = bytearray()
        """Every byte that it took from the line."""
        self.mute = False
        """Whether it answers nothing; it prints."""
        self.questions = _ALL_QUESTIONS
        """The n of DLE EOT n that it answers: a half-mute one knows only some."""
        self.knows = knows
        self._mirror = mirror
        self._on_paper = on_paper
        self._baud = baud
        self._buffer_bytes = buffer_bytes
        self._tears_off = tears_off
        self._line: PrinterLine | None = SerialLine(link, baud, self) if link else None
        self._copy: PseudoTerminal | None = None
        self._faults: set[DeviceFlag] = set()
        self._lines_left: int | None = None
        self._bytes_left: int | None = None
        self._frozen = False
        self._on = True
        self._news = asyncio.Event()
        self._head = Head(columns, pages, drawings, chinese=chinese)
        self._mechanism = Mechanism(mm_per_s, self._done, self._stands_still, self._advance)
        self._advancing = False
        self._begin()

    def _begin(self) -> None:
        """As after power-on."""
        self._real_time = RealTime()
        self._splitter = Splitter()
        self._commands: deque[bytes] = deque()
        self._held = 0
        self._pushes = 0
        self._pushed = b""
        self._pending: bytes | None = None
        self._paper: list[str] = []
        self._raw = bytearray()
        self._cuts: deque[bytes] = deque()
        self._head.initialise()

    # ---- its line

    def plug_in(self) -> None:
        """Puts the cable in; needs a running loop."""
        if self._line is not None:
            self._line.plug_in()
        if self._mirror is not None and self._copy is None:
            self._copy = PseudoTerminal(self._mirror)

    def pull_out(self) -> None:
        """Takes the cable out. What it got already it prints. A computer on TCP is not told."""
        if self._line is not None:
            self._line.pull_out()

    def listen(self, port: int = 0, host: str = "127.0.0.1") -> int:
        """Makes it a printer on the network, plugged in; its port (0: any that is free)."""
        if self._line is not None:
            self._line.close()
        line = TcpLine(host, port, self._baud, self)
        self._line = line
        self.plug_in()
        return line.port

    def hang_up(self) -> None:
        """Ends the connection so that the computer notices at once (RST on TCP)."""
        if self._line is not None:
            self._line.hang_up()

    def cut_cable_after(self, count: int) -> None:
        """Pulls the cable out when it has taken so many bytes more; the rest is lost."""
        self._bytes_left = count
        if count <= 0:
            self.pull_out()

    def close(self) -> None:
        self._mechanism.clear()
        if self._line is not None:
            self._line.close()
        if self._copy is not None:
            self._copy.close()
            self._copy = None

    # ---- what may be done to it

    def fault(self, flag: DeviceFlag) -> None:
        """Paper near its end or out, cover open, cutter stuck, head too hot, or held off-line
        by its feed button (OFFLINE)."""
        self._faults.add(flag)
        self._push()
        self._ring()

    def mend(self, flag: DeviceFlag) -> None:
        """That is over; it goes on by itself."""
        self._faults.discard(flag)
        self._push()
        self._advance()

    def paper_ends_after(self, lines: int) -> None:
        """The paper is out when so many lines more are on it; a picture is one line."""
        self._lines_left = lines

    def switch_off(self, *, line_goes: bool = False) -> None:
        """Loses everything it has not printed, and the paper it was printing.

        `line_goes`: a USB device vanishes with its power; a serial line stays, and swallows
        what is sent. On TCP the computer is not told.
        """
        self._on = False
        self._mechanism.clear()
        paper, self._paper = self._paper, []
        if paper and self._tears_off:
            self.torn.append("\n".join(paper))
            paper = []
        self._begin()
        # What nobody tears off stays where it is, and the next paper is printed below it.
        self._paper = paper
        if self._line is not None and (line_goes or not self._line.seen_at_both_ends):
            self._line.pull_out()

    def switch_on(self) -> None:
        """The paper and the cover are as they were. A TCP connection from before is unknown
        to it: RST."""
        self._on = True
        self._frozen = False
        if self._line is not None:
            if not self._line.seen_at_both_ends:
                self._line.hang_up()
            self._line.plug_in()
            self._line.look()

    def switch_off_and_on(self) -> None:
        self.switch_off()
        self.switch_on()

    def freeze(self) -> None:
        """Takes no more bytes and answers nothing, as when its program hangs."""
        self._frozen = True

    def thaw(self) -> None:
        self._frozen = False
        self._look()
        self._advance()

    def say(self, noise: bytes) -> None:
        """Sends bytes that nobody asked for, as a bad line does."""
        if self._line is not None:
            self._line.say(noise)

    def hear(self, noise: bytes) -> None:
        """Takes bytes that nobody sent."""
        self.take(noise)

    async def until(self, so: Callable[[], bool], within: float = 5) -> None:
        """Waits until `so`, which is looked at when bytes came, a line was printed or a fault
        happened. Raises TimeoutError after `within` seconds."""
        async with asyncio.timeout(within):
            while not so():
                self._news.clear()
                await self._news.wait()

    # ---- bytes in

    def room(self) -> int:
        """How many bytes it takes from the line now."""
        if not self._on:
            return self._buffer_bytes
        if self._frozen:
            return 0
        room = self._buffer_bytes - self._held - len(self._splitter)
        return room if self._bytes_left is None else min(room, self._bytes_left)

    def take(self, data: bytes) -> None:
        """Bytes from the line."""
        if not self._on:
            return
        self.received += data
        if self._copy is not None:
            self._copy.offer(data)
        for piece, command in self._real_time.cut(data):
            for whole in self._splitter.feed(piece):
                # A real-time command is executed at once and kept only as a part of another.
                if whole[0] != 0x10:
                    self._commands.append(whole)
                    self._held += len(whole)
            if command:
                self._at_once(command)
        if self._bytes_left is not None:
            self._bytes_left -= len(data)
            if self._bytes_left <= 0:
                self._bytes_left = None
                self.pull_out()
        self._advance()

    def lost(self) -> None:
        """The computer hung up."""
        if isinstance(self._line, TcpLine):
            self._line.disconnect()

    def _look(self) -> None:
        if self._line is not None:
            self._line.look()

    # ---- answers

    def _answer(self, data: bytes) -> None:
        if self._line is not None and self._on and not self.mute and not self._frozen:
            self._line.say(data)

    def _at_once(self, command: bytes) -> None:
        """DLE EOT, DLE ENQ, DLE DC4 8."""
        if command == CLEAR:
            if Ability.CLEAR in self.knows:
                self._clear()
                self._answer(answers.CLEARED)
        elif command[1] == 0x04:
            if Ability.DLE_EOT in self.knows and command[2] in self.questions:
                self._answer(answers.real_time(command[2], self._faults))
        # DLE ENQ 2 clears only in an error that can be recovered from; the error comes back
        # while its cause is there, and `mend` takes the cause away.
        elif command[2] == 2 and DeviceFlag.CUTTER in self._faults:
            self._clear()

    def _push(self) -> None:
        """The automatic status, when it is wanted (GS a) and has changed."""
        status = answers.automatic(self._faults)
        if self._pushes and status != self._pushed:
            self._pushed = status
            self._answer(status)

    def _clear(self) -> None:
        """Both buffers; what is on the paper stays there."""
        self._mechanism.clear()
        self._splitter.clear()
        self._commands.clear()
        self._held = 0
        self._pending = None
        self._cuts.clear()
        self._raw.clear()
        self._head.clear()

    # ---- printing

    def _stands_still(self) -> bool:
        return not self._on or self._frozen or answers.stopped(self._faults)

    def _advance(self) -> None:
        """Executes what waits, until it must wait for paper, for time or for bytes."""
        if not self._advancing:
            self._advancing = True
            try:
                while self._step():
                    pass
            finally:
                self._advancing = False
            self._look()
        self._ring()

    def _step(self) -> bool:
        """One command; False when it has to wait."""
        self._mechanism.run()
        if self._stands_still():
            return False
        if self._pending is not None and not self._mechanism.waiting:
            self._answer(answers.process(self._pending))
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
                if Ability.GS_R in self.knows:
                    self._answer(
                        answers.paper_sensor(self._faults) if rest[0] in (1, 49) else b"\0"
                    )
            case b"\x1da", rest:
                if Ability.ASB in self.knows:
                    self._pushes = rest[0] & 0x0F
                    self._pushed = b""
                    self._push()
            case b"\x1dI", rest:
                self._answer(answers.about_itself(rest[0]))
            case b"\x1d(", rest if rest[:1] == b"H":
                if Ability.PROCESS_ID in self.knows and rest[3:5] == b"00":
                    self._pending = rest[5:9]
            case _:
                self._print(command)

    def _print(self, command: bytes) -> None:
        if command[:2] == b"\x1b@":
            # "Effective until ESC @ is executed": GS a has to be sent again.
            self._pushes = 0
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
            if self._lines_left is not None:
                self._lines_left -= 1
                if self._lines_left <= 0:
                    self._lines_left = None
                    self.fault(DeviceFlag.PAPER_OUT)
            return
        paper = "\n".join(self._paper).rstrip("\n")
        self._paper = []
        self.papers.append(paper)
        self.raw_papers.append(self._cuts.popleft())
        self._on_paper(paper)

    def _ring(self) -> None:
        news, self._news = self._news, asyncio.Event()
        news.set()
