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


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one paper."""

    delivered: Delivered
    proof: Proof
    why: Why


UNTOUCHED = {
    why: Outcome(Delivered.NONE, Proof.NONE, why)
    for why in (Why.BLOCKED, Why.SILENT, Why.NO_LINE, Why.STALLED)
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
