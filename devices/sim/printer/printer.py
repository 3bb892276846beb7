"""A thermal printer that is not there, and everything that may happen to it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from devices.health import DeviceFlag
from devices.sim.printer.answers import Ability
from devices.sim.printer.firmware import Firmware
from devices.sim.printer.head import CODE_PAGES, Head
from devices.sim.printer.lines import Line, PseudoTerminal, SerialLine, TcpLine

BUFFER_BYTES = 65_536
EVERYTHING = frozenset(Ability)


class SimulatedPrinter:
    """`link` is the path the kiosk opens; it leads to a pseudo-terminal while plugged in.
    For a printer on the network give none and call `listen`.

    `mirror`, if given, leads to another one on which whoever opens it reads the bytes that
    the printer got; bytes that nobody reads are dropped. `baud` is the speed of the line
    (None: as fast as bytes come), `mm_per_s` that of the paper (None: no time at all).
    `knows` names its abilities; a command it does not know it passes over and does not
    answer. `tears_off` False leaves a paper whose power went where it is, so that the next is
    printed below it on the same strip. `pages`, `chinese` and `drawings` are told in `Head`.
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
        self._mirror = mirror
        self._on_paper = on_paper
        self._baud = baud
        self._tears_off = tears_off
        self._line: Line | None = SerialLine(link, baud, self) if link else None
        self._copy: PseudoTerminal | None = None
        self._bytes_left: int | None = None
        self._on = True
        self._frozen = False
        self._news = asyncio.Event()
        self._firmware = Firmware(
            Head(columns, pages, drawings, chinese=chinese),
            mm_per_s=mm_per_s,
            knows=knows,
            buffer_bytes=buffer_bytes,
            say=self._answer,
            finished=self._finished,
            looks_up=self._looked_up,
        )

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
        self._line = line = TcpLine(host, port, self._baud, self)
        self.plug_in()
        return line.port

    def hang_up(self) -> None:
        """Ends the connection so that the computer notices at once (RST on TCP)."""
        if self._line is not None:
            self._line.hang_up()

    def cut_cable_after(self, count: int) -> None:
        """Pulls the cable out when it has taken so many bytes more; the rest is lost on a
        serial line, and waits on TCP."""
        self._bytes_left = count or None
        if not count:
            self.pull_out()

    def say(self, noise: bytes) -> None:
        """Sends bytes that nobody asked for, as a bad line does."""
        if self._line is not None:
            self._line.say(noise)

    def close(self) -> None:
        self._on = False
        self._sleep_or_wake()
        self._firmware.forget()
        if self._line is not None:
            self._line.close()
        if self._copy is not None:
            self._copy.close()
            self._copy = None

    # ---- what may be done to it

    def fault(self, flag: DeviceFlag) -> None:
        """Paper near its end or out, cover open, cutter stuck, head too hot, or held off-line
        by its feed button (OFFLINE)."""
        self._firmware.fault(flag)

    def mend(self, flag: DeviceFlag) -> None:
        """That is over; it goes on by itself."""
        self._firmware.mend(flag)

    def paper_ends_after(self, lines: int) -> None:
        """The paper is out when so many lines more are on it; a picture is one line."""
        self._firmware.lines_left = lines

    def half_mute(self, *questions: int) -> None:
        """Of DLE EOT n it answers only these n."""
        self._firmware.questions = frozenset(questions)

    def switch_off(self, *, line_goes: bool = False) -> None:
        """Loses everything it has not printed, and the paper it was printing.

        `line_goes`: a USB device vanishes with its power; a serial line stays, and swallows
        what is sent. On TCP the computer is not told.
        """
        self._on = False
        self._sleep_or_wake()
        self._firmware.forget()
        if self._tears_off:
            torn = self._firmware.tear_off()
            if torn:
                self.torn.append(torn)
        if self._line is not None and (line_goes or not self._line.seen_at_both_ends):
            self._line.pull_out()

    def switch_on(self) -> None:
        """Paper and cover are as they were. A TCP connection from before is unknown to it:
        RST."""
        self._on, self._frozen = True, False
        if self._line is not None:
            if not self._line.seen_at_both_ends:
                self._line.hang_up()
            self._line.plug_in()
        self._sleep_or_wake()

    def switch_off_and_on(self) -> None:
        self.switch_off()
        self.switch_on()

    def freeze(self) -> None:
        """Takes no more bytes and answers nothing, as when its program hangs."""
        self._frozen = True
        self._sleep_or_wake()

    def thaw(self) -> None:
        self._frozen = False
        self._sleep_or_wake()

    async def until(self, so: Callable[[], bool], within: float = 5) -> None:
        """Waits until `so`, which is looked at when bytes came, a line was printed or a fault
        happened. Raises TimeoutError after `within` seconds."""
        async with asyncio.timeout(within):
            while not so():
                await self._news.wait()

    # ---- between its line and its program

    def room(self) -> int:
        """How many bytes it takes from the line now."""
        if not self._on:
            return BUFFER_BYTES
        if self._frozen:
            return 0
        room = self._firmware.room
        return room if self._bytes_left is None else min(room, self._bytes_left)

    def take(self, data: bytes) -> None:
        """Bytes from the line; also noise that nobody sent."""
        if not self._on:
            return
        self.received += data
        if self._copy is not None:
            self._copy.offer(data)
        self._firmware.take(data)
        if self._bytes_left is not None:
            self._bytes_left -= len(data)
            if self._bytes_left <= 0:
                self._bytes_left = None
                self.pull_out()

    def lost(self) -> None:
        """The computer hung up; on a serial line nobody can."""
        if isinstance(self._line, TcpLine):
            self._line.disconnect()

    def _sleep_or_wake(self) -> None:
        self._firmware.awake = self._on and not self._frozen
        self._firmware.advance()

    def _answer(self, data: bytes) -> None:
        if self._line is not None and self._firmware.awake and not self.mute:
            self._line.say(data)

    def _finished(self, paper: str, raw: bytes) -> None:
        self.papers.append(paper)
        self.raw_papers.append(raw)
        self._on_paper(paper)

    def _looked_up(self) -> None:
        if self._line is not None:
            self._line.look()
        news, self._news = self._news, asyncio.Event()
        news.set()
