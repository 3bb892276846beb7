"""An ESC/POS printer on a serial line: its condition by asking, its papers with proof.

The order on the line is: DLE EOT (how are you?), one paper, GS r 1 behind its cut. GS r is
executed in order, so its answer proves the paper. Many cheap printers
answer nothing at all; they are not waited for, and their papers are never called proved.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Never

from devices.errors import (
    PortBusy,
    PortForbidden,
    PortLost,
    PortStuck,
    PortUnavailable,
)
from devices.events import DeviceChanged
from devices.health import DeviceFlag, DeviceState, retry_after
from devices.port import LineSettings
from devices.printers.connection import Connection
from devices.printers.printer import UNTOUCHED, Delivered, Outcome, Proof, ProofBy, Why
from devices.printers.status import ASK_PROOF

IDLE_POLL_S = 5.0
BUSY_POLL_S = 1.0
# An answer takes 5 ms at 9600 baud; behind a paper of 2 kB, which goes out first, 2.2 s.
ANSWER_S = 0.3
ANSWER_BEHIND_PAPER_S = 3.0
# How long a paper waits to learn whether the printer answers at all.
FIRST_ANSWER_S = 0.05
# Who answers no question may still prove; longer than a paper takes to print.
MUTE_PROOF_S = 3.0


class EscposPrinter:
    """`name` is the device's name in events; times in seconds."""

    def __init__(
        self,
        line: LineSettings,
        *,
        name: str = "printer",
        proof: ProofBy = ProofBy.GS_R,
        write_deadline_s: float = 10.0,
        proof_deadline_s: float = 20.0,
        mute_proof_s: float = MUTE_PROOF_S,
        idle_poll_s: float = IDLE_POLL_S,
        busy_poll_s: float = BUSY_POLL_S,
    ) -> None:
        self._line = line
        self.name = name
        self._proof = proof
        self._write_deadline_s = write_deadline_s
        self._proof_deadline_s = proof_deadline_s
        self._mute_proof_s = mute_proof_s
        self._idle_poll_s = idle_poll_s
        self._busy_poll_s = busy_poll_s
        self._one_at_a_time = asyncio.Lock()
        self._ready = asyncio.Event()
        self._delivering = False
        self._connection: Connection | None = None
        self._emit: Callable[[DeviceChanged], None] | None = None
        self._said: DeviceChanged | None = None

    async def run(self, emit: Callable[[DeviceChanged], None]) -> Never:
        """Holds the line and reconnects for ever; emits each change of state."""
        self._emit = emit
        # Whoever runs this again after a fault has told meanwhile that the printer is lost.
        self._said = None
        failures = 0
        try:
            while True:
                try:
                    connection = Connection(self._line, self._write_deadline_s)
                except PortUnavailable as fault:
                    failures += 1
                    self._say(*_unavailable(fault))
                else:
                    failures = 1
                    self._connection = connection
                    await self._attend(connection)
                await asyncio.sleep(retry_after(failures))
        finally:
            self._ready.clear()
            if self._connection is not None:
                self._connection.drop()

    async def ready(self) -> None:
        """Returns when the line is open and nothing is known that forbids a paper."""
        await self._ready.wait()

    async def send(self, data: bytes) -> Outcome:
        """Sends one paper and waits for its proof; see `Printer.send`."""
        async with self._one_at_a_time:
            connection = self._connection
            if connection is None or connection.port.closed:
                return UNTOUCHED[Why.NO_LINE]
            try:
                obstacle = await self._obstacle(connection)
                if obstacle is not None:
                    # Looked at more often from now on, so that it goes on soon.
                    connection.stir()
                    return UNTOUCHED[obstacle]
                self._delivering = True
                return await self._deliver(connection, data)
            finally:
                self._delivering = False
                self._show(connection)

    def abort(self) -> None:
        """Gives up the paper under way by letting the line go; it is opened again."""
        if self._delivering and self._connection is not None:
            self._connection.drop()

    # ---- one paper

    async def _obstacle(self, connection: Connection) -> Why | None:
        """What forbids to send a paper now; nothing is sent to a printer that said no.

        A printer that never answered is not waited for. One that did and now is silent is
        most likely off: the paper waits. (If only its answers are lost, opening the line
        anew makes it a mute one.)
        """
        try:
            if connection.mute is None:
                await connection.heard(FIRST_ANSWER_S, lambda: connection.parser.answered > 0)
            if connection.parser.answered:
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
        return Why.BLOCKED if connection.parser.condition.blocked else None

    async def _deliver(self, connection: Connection, data: bytes) -> Outcome:
        to_be_proved = self._proof is not ProofBy.ASK and not connection.never_proves
        try:
            if to_be_proved and connection.proofs_owed:
                await connection.resynchronise()
        except PortLost:
            return UNTOUCHED[Why.NO_LINE]
        except PortStuck:
            self._give_up(connection)
            return UNTOUCHED[Why.STALLED]
        try:
            await connection.port.write(
                data + ASK_PROOF if to_be_proved else data, self._write_deadline_s
            )
        except PortLost:
            return Outcome(Delivered.PART, Proof.UNPROVEN, Why.LINE_LOST)
        except PortStuck as stuck:
            # The rest of this paper must not become the beginning of the next.
            self._give_up(connection)
            if not stuck.accepted:
                return UNTOUCHED[Why.STALLED]
            return Outcome(Delivered.PART, Proof.UNPROVEN, Why.STALLED)
        connection.stir()
        if not to_be_proved:
            return Outcome(Delivered.ALL, Proof.NONE, Why.MUTE)
        connection.proofs_owed += 1
        return await self._proved(connection)

    async def _proved(self, connection: Connection) -> Outcome:
        """Waits for the answer behind the cut; without end while the printer says that it
        has no paper or is open, since it goes on by itself when that is over."""
        now = asyncio.get_running_loop().time
        since = now()
        while connection.proofs_owed:
            if connection.port.closed:
                return Outcome(Delivered.ALL, Proof.UNPROVEN, Why.LINE_LOST)
            if connection.parser.condition.blocked and connection.answered_last:
                since = now()
            heard_of = connection.parser.answered or connection.parser.proofs
            patience = self._proof_deadline_s if heard_of else self._mute_proof_s
            left = since + patience - now()
            if left <= 0:
                if not heard_of:
                    connection.never_proves = True
                    return Outcome(Delivered.ALL, Proof.NONE, Why.MUTE)
                return Outcome(Delivered.ALL, Proof.UNPROVEN, Why.NO_PROOF)
            await connection.heard(
                min(left, self._busy_poll_s), lambda: not connection.proofs_owed
            )
        return Outcome(Delivered.ALL, Proof.PROVEN, Why.DONE)

    # ---- its condition

    async def _attend(self, connection: Connection) -> None:
        """Asks how the printer is, until the line is lost."""
        while not connection.port.closed:
            self._show(connection)
            try:
                await connection.ask(ANSWER_BEHIND_PAPER_S if self._delivering else ANSWER_S)
            except PortLost:
                break
            except PortStuck:
                self._give_up(connection)
                return
            self._show(connection)
            await connection.rest(
                self._busy_poll_s
                if self._delivering or not self._ready.is_set()
                else self._idle_poll_s
            )
        self._ready.clear()
        if self._said is None or self._said.state is not DeviceState.STUCK:
            self._say(DeviceState.LOST)

    def _give_up(self, connection: Connection) -> None:
        connection.drop()
        self._ready.clear()
        self._say(DeviceState.STUCK)

    def _show(self, connection: Connection) -> None:
        """Says how the printer is, and opens or shuts the door for papers."""
        condition = connection.parser.condition
        if connection.port.closed:
            self._ready.clear()
            return
        if connection.silent:
            self._say(DeviceState.BLOCKED, DeviceFlag.MUTE)
        elif connection.mute:
            self._say(DeviceState.UNKNOWN, DeviceFlag.MUTE)
        else:
            self._say(condition.state, *condition.flags)
        if connection.silent or condition.blocked:
            self._ready.clear()
        else:
            self._ready.set()

    def _say(self, state: DeviceState, *flags: DeviceFlag) -> None:
        change = DeviceChanged(self.name, state, frozenset(flags))
        if change != self._said and self._emit is not None:
            self._said = change
            self._emit(change)


def _unavailable(fault: PortUnavailable) -> tuple[DeviceState, *tuple[DeviceFlag, ...]]:
    if isinstance(fault, PortBusy):
        return DeviceState.BLOCKED, DeviceFlag.BUSY
    if isinstance(fault, PortForbidden):
        return DeviceState.BLOCKED, DeviceFlag.FORBIDDEN
    return (DeviceState.ABSENT,)
