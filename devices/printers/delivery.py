"""One paper on its way: handed over, waited for, proved or given up.

The best proof that this printer knows is taken (see ProofBy). While it says that it has no
paper or is open, it is waited for without end: it goes on by itself when that is over. What
ends without proof on a line that is up is thrown away in the printer, so that it cannot come
out after a person said that it did not.
"""

from __future__ import annotations

import asyncio
import contextlib

from devices.errors import PortLost, PortStuck
from devices.printers import print_time
from devices.printers.commands import ASK_PROOF, ask_process_id, with_automatic_status
from devices.printers.connection import ANSWER_S, Connection
from devices.printers.printer import UNTOUCHED, Delivered, Outcome, Proof, ProofBy, Why

LOOK_S = 0.5
# A clone that answers nothing while it prints looks like one that was switched off and on,
# until its proof comes.
AFTER_RESTART_S = 3.0
# How long a paper half handed over waits for a new roll. A printer that vanished meanwhile
# cannot be asked: the question would stand behind the paper.
HALF_TAKEN_S = 900.0


class Delivery:
    """`proof` is by what this one is to be proved."""

    def __init__(
        self, connection: Connection, data: bytes, proof: ProofBy, proof_deadline_s: float
    ) -> None:
        self._connection = connection
        self._data = data
        self._proof = proof
        self._proof_deadline_s = proof_deadline_s
        self._process_id = connection.memory.process_ids.next()
        self._restarts = connection.restarts
        self._stops = connection.stops
        self._gaps = connection.gaps
        self._proofs = 0
        self._aborted = False

    def abort(self) -> None:
        self._aborted = True
        self._connection.port.interrupt()
        self._connection.ring()

    async def run(self) -> Outcome:
        """Ends in every case; a line that takes nothing is left open and says STALLED."""
        connection = self._connection
        if self._aborted:
            return UNTOUCHED[Why.ABORTED]
        # None is owed any more: who owes one is greeted first.
        self._proofs = connection.answers.proofs + 1
        paper = with_automatic_status(self._data) if connection.pushes else self._data
        now = asyncio.get_running_loop().time
        patient_until = now() + HALF_TAKEN_S
        try:
            await connection.tell(
                paper + self._question,
                lambda: connection.blocked and now() < patient_until,
            )
        except PortLost as lost:
            if not lost.accepted:
                return UNTOUCHED[Why.NO_LINE]
            return self._part(Why.LINE_LOST, lost.accepted)
        except PortStuck as stuck:
            why = Why.ABORTED if self._aborted else Why.STALLED
            if not stuck.accepted:
                return UNTOUCHED[why]
            if self._aborted:
                await self._throw_away()
            return self._part(why, stuck.accepted)
        connection.stir()
        match self._proof:
            case ProofBy.ASK:
                return self._whole(Proof.NONE, Why.MUTE)
            case ProofBy.STATUS:
                return await self._watched()
        if self._proof is ProofBy.GS_R:
            connection.proofs_owed += 1
        return await self._answered()

    @property
    def _question(self) -> bytes:
        match self._proof:
            case ProofBy.PROCESS_ID:
                return ask_process_id(self._process_id)
            case ProofBy.GS_R:
                return ASK_PROOF
        return b""

    # ---- proof

    async def _answered(self) -> Outcome:
        """Waits for the answer behind the cut."""
        connection = self._connection
        now = asyncio.get_running_loop().time
        patience = (
            self._proof_deadline_s + connection.on_the_wire() + print_time.seconds(self._data)
        )
        deadline = now() + patience
        restarted = False
        while not self._proved():
            why = self._broken()
            if why is None and connection.blocked and connection.is_heard:
                deadline = now() + patience
            if why is Why.RESTARTED and not restarted:
                restarted = True
                deadline = min(deadline, now() + AFTER_RESTART_S)
            if why in (Why.LINE_LOST, Why.ABORTED) or now() >= deadline:
                if why is None:
                    why = Why.SILENT if connection.silent else Why.NO_PROOF
                if why is not Why.LINE_LOST:
                    await self._throw_away()
                    # Its answer may have crossed ours.
                    if self._proved():
                        break
                return self._whole(Proof.UNPROVEN, why)
            await connection.heard(
                min(deadline - now(), LOOK_S),
                lambda: self._proved() or self._broken() not in (None, Why.RESTARTED),
            )
        if self._was_away:
            connection.greeted = False
            connection.cleared = None
            return self._whole(Proof.UNPROVEN, Why.RESTARTED)
        if self._proof is ProofBy.GS_R and not await self._is_there():
            return self._whole(Proof.UNPROVEN, Why.SILENT)
        return self._whole(Proof.PROVEN, Why.DONE, self._proof)

    async def _is_there(self) -> bool:
        """Whether it answers still. The answer to GS r is one byte, which noise may be, too,
        as when the power goes."""
        connection = self._connection
        with contextlib.suppress(PortLost, PortStuck):
            if connection.mute is False:
                await connection.ask()
                if not connection.answered_last:
                    await connection.ask()
        return not connection.port.closed and (
            connection.mute is not False or connection.answered_last
        )

    @property
    def _was_away(self) -> bool:
        """Whether it may have lost the beginning of the paper, and prove its end.

        A line with flow control holds the rest for a printer that is switched off and on in
        the middle. Those with process ids answer while they print, so one that left a
        question unanswered meanwhile was off; the cheap ones may only have been busy.
        """
        connection = self._connection
        return (
            connection.line.outlives_power
            and self._proof is ProofBy.PROCESS_ID
            and connection.gaps != self._gaps
        )

    def _proved(self) -> bool:
        answers = self._connection.answers
        if self._proof is ProofBy.PROCESS_ID:
            return answers.printed(self._process_id)
        return answers.proofs >= self._proofs

    async def _watched(self) -> Outcome:
        """Waits as long as the paper takes to print; it must be well all the time."""
        connection = self._connection
        now = asyncio.get_running_loop().time
        left = connection.on_the_wire() + print_time.seconds(self._data)
        while left > 0 and self._broken() is None and not connection.silent:
            before = now()
            await connection.heard(min(left, LOOK_S), lambda: self._broken() is not None)
            if connection.answered_last and not connection.blocked:
                left -= now() - before
        with contextlib.suppress(PortLost, PortStuck):
            if self._broken() is None:
                await connection.ask(ANSWER_S)
        why = self._broken()
        if why is Why.ABORTED:
            await self._throw_away()
        elif why is None and connection.stops != self._stops:
            why = Why.INTERRUPTED
        elif why is None and not connection.answered_last:
            why = Why.SILENT
        if why is not None:
            return self._whole(Proof.UNPROVEN, why)
        return self._whole(Proof.PROVEN, Why.DONE, ProofBy.STATUS)

    def _broken(self) -> Why | None:
        """Why no proof can come any more."""
        if self._connection.port.closed:
            return Why.LINE_LOST
        if self._aborted:
            return Why.ABORTED
        return Why.RESTARTED if self._connection.restarts != self._restarts else None

    # ---- the end

    async def _throw_away(self) -> None:
        """What the printer holds of it must not come out later, nor become the beginning of
        the next paper."""
        connection = self._connection
        connection.discard()
        connection.greeted = False
        if connection.silent:
            # Cleared when it answers again.
            connection.cleared = None
            return
        try:
            connection.cleared = await connection.clear()
        except (PortLost, PortStuck):
            connection.drop()
            return
        if not connection.cleared and connection.port.unsent():
            connection.drop()
        connection.stir()

    def _whole(self, proof: Proof, why: Why, proved_by: ProofBy | None = None) -> Outcome:
        return Outcome(Delivered.ALL, proof, why, proved_by, len(self._data))

    def _part(self, why: Why, accepted: int) -> Outcome:
        sent = min(accepted, len(self._data))
        return Outcome(Delivered.PART, Proof.UNPROVEN, why, None, sent)
