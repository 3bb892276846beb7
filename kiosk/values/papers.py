"""Papers, and what became of them; the counters of the menu."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from kiosk.codes import JobState, Template


@dataclass(frozen=True, slots=True)
class PrintJob:
    """A paper that waits, or what became of it."""

    job_id: UUID
    case_id: UUID | None
    template: Template
    state: JobState
    copy_no: int
    body: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Attempt:
    """A paper given to the spool: try `no` of it. `after_break`: half of another may hang in
    that printer."""

    job: PrintJob
    no: int
    after_break: bool


@dataclass(frozen=True, slots=True)
class AttemptEnd:
    """What became of one try: `sent` bytes were handed over (None: nobody knows); `outcome` is
    why it ended and `proof` what proved it, in the words of `devices.printers`."""

    state: JobState
    sent: int | None
    outcome: str
    proof: str


@dataclass(frozen=True, slots=True)
class PapersOpen:
    """How many papers are in which state that is not final: `uncertain` ones may have come
    out, `asked` ones were handed over to a printer that never says (an officer is)."""

    queued: int = 0
    sending: int = 0
    uncertain: int = 0
    asked: int = 0

    @property
    def waiting(self) -> int:
        return self.queued + self.sending


@dataclass(frozen=True, slots=True)
class PaperLine:
    """A paper on the list of papers.

    `number` is the one it bears, "" for a list; `name` whom it is about, "" where it names
    nobody or was erased. `at` is when it was ordered (UTC ms), `printer` the one tried last,
    "" before the first of `attempts`.
    """

    job_id: UUID
    case_id: UUID | None
    template: Template
    number: str
    name: str = field(repr=False)
    state: JobState
    copy_no: int
    at: int
    printer: str
    attempts: int
