"""One paper handed over by a command: what it says in the end, for every way it can go."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Callable, Sequence
from typing import Never

import pytest

from devices.events import DeviceChanged
from devices.health import DeviceFlag, DeviceState
from devices.printers.printer import Delivered, Outcome, Proof, ProofBy, Why
from kiosk.errors import KioskError, Refused
from kiosk.printer_words import WORDS
from kiosk.support.handing_over import Patience, hand_over

READY = DeviceChanged("printer", DeviceState.READY)
PROVED = Outcome(Delivered.ALL, Proof.PROVEN, Why.DONE, ProofBy.PROCESS_ID, 9)
UNTOUCHED = Outcome(Delivered.NONE, Proof.NONE, Why.BLOCKED)
ABORTED = Outcome(Delivered.PART, Proof.UNPROVEN, Why.ABORTED)


def changed(state: DeviceState, *flags: DeviceFlag) -> DeviceChanged:
    return DeviceChanged("printer", state, frozenset(flags))


class Staged:
    """A printer that says what a test tells it to, and answers a paper with `outcome`.

    Without `outcome` a paper goes on until it is given up; it says `meanwhile` while it has
    one.
    """

    name = "printer"

    def __init__(
        self,
        *says: DeviceChanged,
        outcome: Outcome | None = None,
        ready: bool = True,
        meanwhile: Sequence[DeviceChanged] = (),
        began: Callable[[], None] = lambda: None,
    ) -> None:
        self.papers: list[bytes] = []
        self.given_up = False
        self._says = says
        self._outcome = outcome
        self._is_ready = ready
        self._meanwhile = meanwhile
        self._began = began
        self._abort = asyncio.Event()
        self._emit: Callable[[DeviceChanged], None] = lambda change: None

    async def run(self, emit: Callable[[DeviceChanged], None]) -> Never:
        self._emit = emit
        for change in self._says:
            emit(change)
        while True:
            await asyncio.Event().wait()

    async def ready(self) -> None:
        if not self._is_ready:
            await asyncio.Event().wait()

    async def send(self, data: bytes) -> Outcome:
        self.papers.append(data)
        for change in self._meanwhile:
            self._emit(change)
        self._began()
        if self._outcome is not None:
            return self._outcome
        await self._abort.wait()
        return ABORTED

    def abort(self) -> None:
        self.given_up = True
        self._abort.set()


def handed(printer: Staged, told: list[str] | None = None) -> int | str:
    told = [] if told is None else told
    patience = Patience(ready=0.05, printed=0.2, held_up=0.01)
    return hand_over(printer, "/dev/lp", b"the paper", told.append, patience)


class SlowToBegin(Staged):
    """Is ready only when somebody has lost patience."""

    async def ready(self) -> None:
        os.kill(os.getpid(), signal.SIGINT)
        await asyncio.sleep(0.02)


def test_a_command_that_is_ended_before_the_printer_is_ready_prints_nothing() -> None:
    printer = SlowToBegin(outcome=PROVED)
    assert handed(printer) == 130
    assert printer.papers == []


@pytest.mark.parametrize("proved_by", [ProofBy.PROCESS_ID, ProofBy.GS_R, ProofBy.STATUS])
def test_a_proved_paper_says_by_what_it_is_proved(proved_by: ProofBy) -> None:
    outcome = Outcome(Delivered.ALL, Proof.PROVEN, Why.DONE, proved_by, 9)
    printer = Staged(READY, outcome=outcome)
    said = handed(printer)
    assert isinstance(said, str)
    assert said.startswith("Printed")
    assert printer.papers == [b"the paper"]
    other = {
        handed(Staged(READY, outcome=Outcome(Delivered.ALL, Proof.PROVEN, Why.DONE, by)))
        for by in (ProofBy.PROCESS_ID, ProofBy.GS_R, ProofBy.STATUS)
    }
    assert len(other) == 3


def test_a_file_is_written() -> None:
    outcome = Outcome(Delivered.ALL, Proof.PROVEN, Why.DONE)
    assert handed(Staged(READY, outcome=outcome)) == "Written to {port}."


def test_a_printer_that_never_says_is_looked_at() -> None:
    outcome = Outcome(Delivered.ALL, Proof.NONE, Why.MUTE)
    mute = changed(DeviceState.UNKNOWN, DeviceFlag.MUTE)
    said = handed(Staged(mute, outcome=outcome))
    assert isinstance(said, str)
    assert "Look at the paper" in said


@pytest.mark.parametrize(
    ("state", "flags"),
    [
        (DeviceState.ABSENT, []),
        (DeviceState.STUCK, []),
        (DeviceState.BLOCKED, [DeviceFlag.PAPER_OUT]),
        (DeviceState.BLOCKED, [DeviceFlag.COVER_OPEN]),
        (DeviceState.BLOCKED, [DeviceFlag.CUTTER]),
        (DeviceState.BLOCKED, [DeviceFlag.OVERHEATED]),
        (DeviceState.BLOCKED, [DeviceFlag.FORBIDDEN]),
        (DeviceState.BLOCKED, [DeviceFlag.MUTE]),
    ],
)
def test_what_hinders_is_said_at_once_and_nothing_is_sent(
    state: DeviceState, flags: list[DeviceFlag]
) -> None:
    printer = Staged(changed(state, *flags), outcome=PROVED, ready=False)
    with pytest.raises(KioskError) as refused:
        handed(printer)
    fault = WORDS[flags[0] if flags else state].fault
    assert refused.value.values == {"port": "/dev/lp", "fault": fault}
    assert not isinstance(refused.value, Refused)
    assert printer.papers == []


def test_what_hinders_is_also_said_when_the_printer_says_it_to_the_paper() -> None:
    out = changed(DeviceState.BLOCKED, DeviceFlag.PAPER_OUT)
    with pytest.raises(KioskError) as refused:
        handed(Staged(READY, outcome=UNTOUCHED, meanwhile=[out]))
    assert refused.value.values["fault"] == WORDS[DeviceFlag.PAPER_OUT].fault


def test_a_line_that_another_program_has_is_a_refusal() -> None:
    busy = changed(DeviceState.BLOCKED, DeviceFlag.BUSY)
    with pytest.raises(Refused) as refused:
        handed(Staged(busy, ready=False))
    assert refused.value.values["fault"] == WORDS[DeviceFlag.BUSY].fault


def test_a_printer_that_says_nothing_at_all_is_not_waited_for_without_end() -> None:
    with pytest.raises(KioskError) as refused:
        handed(Staged(ready=False))
    assert "is not ready after" in refused.value.sentence


def test_what_holds_a_paper_up_is_told_and_in_the_end_nobody_knows() -> None:
    told: list[str] = []
    out = changed(DeviceState.BLOCKED, DeviceFlag.PAPER_OUT)
    printer = Staged(READY, meanwhile=[out])
    with pytest.raises(KioskError) as refused:
        handed(printer, told)
    assert "Nobody knows" in refused.value.sentence
    assert told == [WORDS[DeviceFlag.PAPER_OUT].sentence]
    assert printer.given_up


@pytest.mark.parametrize(
    ("number", "code"),
    [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)],
)
def test_a_signal_ends_the_paper_and_has_its_exit_code(number: int, code: int) -> None:
    printer = Staged(READY, began=lambda: os.kill(os.getpid(), number))
    assert hand_over(printer, "/dev/lp", b"the paper", lambda told: None) == code
    assert printer.given_up


def test_a_fault_of_the_driver_is_not_swallowed() -> None:
    class Broken(Staged):
        async def run(self, emit: Callable[[DeviceChanged], None]) -> Never:
            raise RuntimeError("a fault")

    with pytest.raises(RuntimeError):
        handed(Broken(ready=False))
