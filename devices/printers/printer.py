"""What a printer is to whoever has papers: it runs by itself, says when it is ready, and tells
for each paper how far it got and whether that is proved."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, StrEnum, auto
from typing import Never, Protocol

from devices.events import DeviceChanged


class Delivered(Enum):
    """How much of a paper left this machine."""

    NONE = auto()
    """Not a byte: it cannot have been printed."""
    PART = auto()
    ALL = auto()


class Proof(Enum):
    """Whether the printer said that it had executed everything up to the cut."""

    PROVEN = auto()
    UNPROVEN = auto()
    """It should have said so and did not: perhaps printed."""
    NONE = auto()
    """This printer never says; handed over is all that can be known."""


class ProofBy(StrEnum):
    """By what a paper is proved, the best first; a printer that lacks one is taken at the
    next."""

    PROCESS_ID = "procid"
    """GS ( H fn 48: it sends the number of the paper back when that is printed."""
    GS_R = "gs_r"
    """GS r 1 behind the cut: it answers when it has executed all before it."""
    STATUS = "status"
    """It was well before and after, and all the time that the paper takes to print."""
    ASK = "ask"
    """Nobody but the officer can say."""


class Why(StrEnum):
    """What ended the attempt; for the log."""

    DONE = "done"
    BLOCKED = "blocked"
    """It said that it has no paper, an open cover or a fault."""
    SILENT = "silent"
    """It used to answer and does not now: switched off, probably."""
    NO_LINE = "no_line"
    LINE_LOST = "line_lost"
    STALLED = "stalled"
    """It took no bytes until the deadline."""
    NO_PROOF = "no_proof"
    """Delivered, and nothing said until the deadline."""
    MUTE = "mute"
    """It answers nothing, or the site asks for no proof."""
    RESTARTED = "restarted"
    """It was switched off and on with the paper in it, or looked so."""
    INTERRUPTED = "interrupted"
    """It stopped in the middle, and cannot say whether it printed the rest."""
    ABORTED = "aborted"
    """A person gave the paper up."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one paper. `sent` counts the bytes of it that left this machine;
    `proved_by` is told of a proved one, where a printer proved it."""

    delivered: Delivered
    proof: Proof
    why: Why
    proved_by: ProofBy | None = None
    sent: int = 0


UNTOUCHED = {
    why: Outcome(Delivered.NONE, Proof.NONE, why)
    for why in (Why.BLOCKED, Why.SILENT, Why.NO_LINE, Why.STALLED, Why.ABORTED)
}


class Printer(Protocol):
    @property
    def name(self) -> str: ...

    async def run(self, emit: Callable[[DeviceChanged], None]) -> Never:
        """Holds the printer, reconnects for ever, emits each change; ends when cancelled."""
        ...

    async def ready(self) -> None:
        """Returns when a paper may be sent; waits as long as that takes."""
        ...

    async def send(self, data: bytes) -> Outcome:
        """Sends one paper, from ESC @ to the cut. Never raises for a fault of the printer.

        Waits for its end while the printer says that it is out of paper or open: then it
        goes on by itself. Every other wait has a deadline. One at a time: others queue.
        """
        ...

    def abort(self) -> None:
        """Gives up the paper that is under way: `send` returns within some seconds, and
        what the printer still holds of it is thrown away, where it can be. Does nothing
        when no paper is."""
        ...
