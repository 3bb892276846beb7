"""An ESC/POS printer at the end of a line: held, watched, given one paper after the other.

The order on the line is: a greeting, DLE EOT (how are you?), one paper, a question behind its
cut that is answered when it is printed. Many cheap printers answer nothing at all; they are
not waited for, and their papers are never called proved.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Never

from devices.condition import Condition
from devices.errors import PortLost, PortStuck, PortUnavailable
from devices.events import DeviceChanged
from devices.health import DeviceFlag, DeviceState, retry_after
from devices.printers.connection import ANSWER_S, Connection, Memory
from devices.printers.delivery import Delivery
from devices.printers.greeting import greet
from devices.printers.lines import Line
from devices.printers.printer import UNTOUCHED, Outcome, ProofBy, Why

# Adapters hold half a second of a paper besides what the kernel counts.
ANSWER_BEHIND_PAPER_S = 0.7

_LADDER = tuple(ProofBy)


@dataclass(frozen=True, slots=True)
class Times:
    """How long a printer is waited for, and how often it is asked. Seconds."""

    write_deadline_s: float = 10.0
    proof_deadline_s: float = 20.0
    idle_poll_s: float = 1.2
    """What is asked for must be on the screen 2 s after it happened."""
    busy_poll_s: float = 0.5
    again_s: float = 0.1
    """After a question without an answer."""
    behind_paper_s: float = 3.0
    """For the first answer of a printer that still prints what an earlier kiosk sent it."""


class EscposPrinter:
    """`name` is the device's name in events; `proof` the best that is asked for."""

    def __init__(
        self,
        line: Line,
        *,
        name: str = "printer",
        proof: ProofBy = ProofBy.PROCESS_ID,
        times: Times | None = None,
    ) -> None:
        self.name = name
        self._line = line
        self._proof = proof
        self._times = times or Times()
        self._memory = Memory()
        self._one_at_a_time = asyncio.Lock()
        self._ready = asyncio.Event()
        self._delivery: Delivery | None = None
        self._given_up = False
        """Whether a person gave up the paper that came last, perhaps before it was begun."""
        self._connection: Connection | None = None
        self._condition: Condition | None = None
        self._stuck = False

    async def run(self, emit: Callable[[DeviceChanged], None]) -> Never:
        """Holds the line and reconnects for ever; emits each change of state."""
        # Anew: whoever runs this again after a fault has told that the printer is lost.
        self._condition = condition = Condition(self.name, emit)
        failures = 0
        try:
            while True:
                try:
                    connection = await Connection.open(
                        self._line, self._memory, self._times.write_deadline_s, self._news
                    )
                except PortUnavailable as fault:
                    failures += 1
                    condition.tell_unavailable(fault)
                else:
                    failures = 1
                    self._connection = connection
                    self._stuck = False
                    await self._attend(connection)
                await asyncio.sleep(retry_after(failures))
        finally:
            self._ready.clear()
            if self._connection is not None:
                await self._connection.finish()

    async def ready(self) -> None:
        """Returns when the line is open and nothing is known that forbids a paper."""
        await self._ready.wait()

    async def send(self, data: bytes) -> Outcome:
        """Sends one paper and waits for its proof; see `Printer.send`."""
        self._given_up = False
        async with self._one_at_a_time:
            connection = self._connection
            if connection is None or connection.port.closed:
                return UNTOUCHED[Why.NO_LINE]
            obstacle = await self._obstacle(connection)
            if obstacle is not None:
                # Looked at more often from now on, so that it goes on soon.
                connection.stir()
                return UNTOUCHED[obstacle]
            if self._given_up:
                return UNTOUCHED[Why.ABORTED]
            self._delivery = Delivery(
                connection, data, self._rung(connection), self._times.proof_deadline_s
            )
            try:
                outcome = await self._delivery.run()
            finally:
                self._delivery = None
                self._show(connection)
            if outcome.why is Why.STALLED:
                # The rest of this paper must not become the beginning of the next.
                self._give_up(connection)
            return outcome

    def abort(self) -> None:
        """Gives up the paper that is under way; see `Printer.abort`."""
        self._given_up = True
        if self._delivery is not None:
            self._delivery.abort()

    # ---- one paper

    async def _obstacle(self, connection: Connection) -> Why | None:
        """What forbids to send a paper now; nothing is sent to a printer that said no.

        A printer that never answered is not waited for. One that did and now is silent is
        most likely off: the paper waits.
        """
        try:
            if connection.mute is False:
                await connection.ask(ANSWER_S)
                if not connection.answered_last:
                    await connection.ask(ANSWER_S)
        except PortLost:
            return Why.NO_LINE
        except PortStuck:
            self._give_up(connection)
            return Why.STALLED
        if connection.silent:
            return Why.SILENT
        return None if connection.greeted and not connection.blocked else Why.BLOCKED

    def _rung(self, connection: Connection) -> ProofBy:
        """The best proof that is asked for and that this printer knows."""
        known = connection.memory.proves_by | {ProofBy.ASK}
        if connection.answered_last:
            known |= {ProofBy.STATUS}
        return next(rung for rung in _LADDER[_LADDER.index(self._proof) :] if rung in known)

    # ---- its condition

    async def _attend(self, connection: Connection) -> None:
        """Greets the printer and asks how it is, until the line is lost."""
        while not connection.port.closed:
            self._show(connection)
            try:
                await self._ask(connection)
            except PortLost:
                break
            except PortStuck:
                self._give_up(connection)
                break
            self._show(connection)
            await connection.rest(self._pause(connection))
        self._ready.clear()
        if not self._stuck and self._condition is not None:
            self._condition.tell(DeviceState.LOST)

    async def _ask(self, connection: Connection) -> None:
        if connection.port.writing:
            # Questions go out behind the paper; the port may know more.
            await connection.look()
        elif not connection.greeted and self._delivery is None:
            async with self._one_at_a_time:
                await greet(connection, self._proof, self._times.behind_paper_s)
        elif self._delivery is not None:
            await connection.ask(ANSWER_BEHIND_PAPER_S)
        elif connection.pushes and connection.mute is False:
            await connection.ask_whether_there()
        else:
            await connection.ask(ANSWER_S)
        if connection.mute:
            await connection.look()

    def _pause(self, connection: Connection) -> float:
        if connection.mute is False and not connection.answered_last and not connection.silent:
            return self._times.again_s
        if self._delivery is not None or not self._ready.is_set():
            return self._times.busy_poll_s
        return self._times.idle_poll_s

    def _news(self) -> None:
        """The printer said something new of its own accord, or was asked."""
        if self._connection is not None:
            was = self._ready.is_set()
            self._show(self._connection)
            if was != self._ready.is_set() or not self._connection.greeted:
                self._connection.stir()

    def _give_up(self, connection: Connection) -> None:
        self._stuck = True
        connection.drop()
        self._ready.clear()
        if self._condition is not None:
            self._condition.tell(DeviceState.STUCK)

    def _show(self, connection: Connection) -> None:
        """Says how the printer is, and opens or shuts the door for papers."""
        if connection.port.closed or self._condition is None:
            self._ready.clear()
            return
        said = connection.answers.condition
        if connection.silent:
            self._condition.tell(DeviceState.BLOCKED, DeviceFlag.MUTE)
        elif said.blocked:
            mute = {DeviceFlag.MUTE} if connection.mute else set()
            self._condition.tell(DeviceState.BLOCKED, *said.flags, *mute)
        elif connection.idles:
            self._condition.tell(DeviceState.BLOCKED, DeviceFlag.OFFLINE)
        elif not connection.greeted:
            self._condition.tell(DeviceState.OPENING)
        elif connection.mute and not connection.pushes:
            self._condition.tell(DeviceState.UNKNOWN, DeviceFlag.MUTE)
        else:
            self._condition.tell(said.state, *said.flags)
        if connection.greeted and not connection.silent and not said.blocked:
            self._ready.set()
        else:
            self._ready.clear()
