"""One paper handed to a printer by a command: from opening its line to what became of it."""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import Callable
from dataclasses import dataclass

from devices.events import DeviceChanged
from devices.health import DeviceFlag, DeviceState
from devices.printers.printer import Delivered, Outcome, Printer, Proof, ProofBy
from kiosk.errors import KioskError, Refused
from kiosk.printer_words import PRINTS, WORDS, condition
from kiosk.text import N_, _

EXIT_HUNG_UP, EXIT_INTERRUPTED, EXIT_TERMINATED = 129, 130, 143


@dataclass(frozen=True, slots=True)
class Patience:
    """How long is waited, in seconds."""

    ready: float = 10.0
    """One that answers is ready within a second; a line that is opened anew takes three."""
    printed: float = 120.0
    """Time to put in a roll; and a command that nobody watches ends."""
    held_up: float = 0.5
    """What holds a paper up for so long is told."""
    given_up: float = 3.0
    """A paper that is given up ends within this, and the printer is cleared of it."""


_ENDS = {
    signal.SIGINT: EXIT_INTERRUPTED,
    signal.SIGTERM: EXIT_TERMINATED,
    signal.SIGHUP: EXIT_HUNG_UP,
}

# With these a paper goes on by itself when somebody has seen to them.
_GOES_ON = frozenset(
    {
        DeviceFlag.PAPER_OUT,
        DeviceFlag.COVER_OPEN,
        DeviceFlag.CUTTER,
        DeviceFlag.OVERHEATED,
        DeviceFlag.OFFLINE,
    }
)
_PROVED = {
    ProofBy.PROCESS_ID: N_("Printed. The printer sent the number of this paper back (GS ( H)."),
    ProofBy.GS_R: N_("Printed. The printer answered a question behind the cut (GS r)."),
    ProofBy.STATUS: N_(
        "Printed, as far as anybody can know: the printer was well before and after."
    ),
}
_WRITTEN = N_("Written to {port}.")
_HANDED_OVER = N_(
    "The whole paper was handed over; this printer never says more. Look at the paper."
)
_NOTHING = N_("Nothing was printed at {port}: {fault}. Put that right, then try again.")
_SILENT = N_("Nothing was printed: {port} is not ready after {seconds} s. Look at the printer.")
_NOBODY_KNOWS = N_(
    "Nobody knows whether all of it was printed. Look at the paper before you try again."
)


def hand_over(
    printer: Printer,
    port: str,
    data: bytes,
    tell: Callable[[str], None],
    patience: Patience = Patience(),
) -> int | str:
    """Print one paper; the sentence (msgid with a place for `port`) that says how it ended.

    A signal ends it at once, and the exit code for it comes back instead. `port` is how the
    printer is reached; `tell` is given what holds the paper up meanwhile, as a msgid.
    Raises Refused when another program has the line, KioskError when the paper was not
    printed or nobody knows.
    """
    # Only failures of the kiosk's own are worth a line here, and they are sentences.
    logging.getLogger("devices").addHandler(logging.NullHandler())
    return asyncio.run(_Handing(printer, port, tell, patience).run(data))


class _Handing:
    """The handing over of one paper."""

    def __init__(
        self, printer: Printer, port: str, tell: Callable[[str], None], patience: Patience
    ) -> None:
        self._printer = printer
        self._port = port
        self._tell = tell
        self._patience = patience
        self._said: DeviceChanged | None = None
        self._hindered = asyncio.Event()
        self._begun = False

    async def run(self, data: bytes) -> int | str:
        loop = asyncio.get_running_loop()
        self._end: asyncio.Future[int] = loop.create_future()
        for number, code in _ENDS.items():
            loop.add_signal_handler(number, self._stop, code)
        running = asyncio.create_task(self._printer.run(self._heard))
        self._printing = printing = asyncio.create_task(self._print(data))
        try:
            # What ends the running by itself is a fault, which is raised.
            await asyncio.wait(
                (self._end, printing, running), return_when=asyncio.FIRST_COMPLETED
            )
            if self._end.done():
                await asyncio.wait((printing,), timeout=self._patience.given_up)
                return self._end.result()
            return printing.result() if printing.done() else running.result()
        finally:
            printing.cancel()
            running.cancel()
            await asyncio.gather(printing, running, return_exceptions=True)

    def _stop(self, code: int) -> None:
        if self._end.done():
            return
        self._end.set_result(code)
        if self._begun:
            # What the printer still holds must not come out in front of the next paper.
            self._printer.abort()
        else:
            self._printing.cancel()

    def _heard(self, change: DeviceChanged) -> None:
        self._said = change
        if change.state not in PRINTS and change.state is not DeviceState.OPENING:
            self._hindered.set()

    async def _print(self, data: bytes) -> str:
        await self._ready()
        self._begun = True
        loop = asyncio.get_running_loop()
        give_up = loop.call_later(self._patience.printed, self._printer.abort)
        watching = asyncio.create_task(self._watch())
        try:
            outcome = await self._printer.send(data)
        finally:
            watching.cancel()
            give_up.cancel()
        return self._judged(outcome)

    async def _watch(self) -> None:
        """Tells what holds the paper up, when it does so for a while."""
        told = ""
        while not self._end.done():
            await asyncio.sleep(self._patience.held_up)
            need = "" if self._said is None else condition(self._said)
            if need != told and need in _GOES_ON:
                self._tell(WORDS[need].sentence)
            told = need

    async def _ready(self) -> None:
        """Waits until a paper may be sent. Raises KioskError as soon as it is known why not."""
        ready = asyncio.create_task(self._printer.ready())
        hindered = asyncio.create_task(self._hindered.wait())
        try:
            await asyncio.wait(
                (ready, hindered),
                timeout=self._patience.ready,
                return_when=asyncio.FIRST_COMPLETED,
            )
            if not ready.done():
                raise self._hindrance()
        finally:
            ready.cancel()
            hindered.cancel()

    def _judged(self, outcome: Outcome) -> str:
        if outcome.delivered is Delivered.NONE:
            raise self._hindrance()
        if outcome.delivered is Delivered.ALL and outcome.proof is Proof.NONE:
            return _HANDED_OVER
        if outcome.delivered is Delivered.ALL and outcome.proof is Proof.PROVEN:
            return _PROVED[outcome.proved_by] if outcome.proved_by else _WRITTEN
        raise KioskError(_NOBODY_KNOWS)

    def _hindrance(self) -> KioskError:
        """Why not a byte was printed, by what the printer said last."""
        said = self._said
        if said is None or said.state in PRINTS or said.state is DeviceState.OPENING:
            return KioskError(_SILENT, port=self._port, seconds=int(self._patience.ready))
        kind = Refused if DeviceFlag.BUSY in said.flags else KioskError
        return kind(_NOTHING, port=self._port, fault=_(WORDS[condition(said)].fault))
