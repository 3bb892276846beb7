"""What a verification can find, and the sentence for it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from kiosk.text import N_


class FindingKind(StrEnum):
    ENTRY_MISSING = "entry_missing"
    MAC = "mac"
    ROWS = "rows"
    STRAY_ROW = "stray_row"
    PEN = "pen"
    HEAD_MISSING = "head_missing"
    CUT_OFF = "cut_off"
    SEAL_MISSING = "seal_missing"
    SEAL_BROKEN = "seal_broken"
    PERSONAL_ROW_GONE = "personal_row_gone"
    SEQUENCE = "sequence"
    CASE_NOW = "case_now"
    PRESENCE = "presence"
    SEARCH_KEY = "search_key"
    LOT = "lot"


_SENTENCES = {
    FindingKind.ENTRY_MISSING: N_("Audit entry {what} is missing."),
    FindingKind.MAC: N_("Audit entry {what} was changed, or is not of this register."),
    FindingKind.ROWS: N_("The records of audit entry {what} were changed, added or removed."),
    FindingKind.STRAY_ROW: N_("A record belongs to no audit entry: {what}."),
    FindingKind.PEN: N_("The head of the chain does not fit its last entry, {what}."),
    FindingKind.HEAD_MISSING: N_("The file with the head of the chain is missing: {what}."),
    FindingKind.CUT_OFF: N_("The chain does not hold the head kept beside it, entry {what}."),
    FindingKind.SEAL_MISSING: N_("Personal data without a seal: {what}."),
    FindingKind.SEAL_BROKEN: N_("Personal data was changed: {what}."),
    FindingKind.PERSONAL_ROW_GONE: N_("Personal data is gone without an erasure: {what}."),
    FindingKind.SEQUENCE: N_("Register numbers are missing, or given twice: {what}."),
    FindingKind.CASE_NOW: N_("The state of a case does not follow from its steps: {what}."),
    FindingKind.PRESENCE: N_("Who is inside does not follow from the steps: {what}."),
    FindingKind.SEARCH_KEY: N_(
        "Somebody is not found by their name, or still by an erased one: {what}."
    ),
    FindingKind.LOT: N_("A lot is not the one that the seed of its day gives: {what}."),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong: the first of its kind, and how many there are."""

    kind: FindingKind
    what: str
    count: int

    @property
    def sentence(self) -> str:
        """The msgid; `what` fills its place."""
        return _SENTENCES[self.kind]


@dataclass(slots=True)
class Findings:
    """The first of each kind and their number: one damage may show a million times."""

    _first: dict[FindingKind, str] = field(default_factory=dict)
    _count: dict[FindingKind, int] = field(default_factory=dict)

    def add(self, kind: FindingKind, what: object, count: int = 1) -> None:
        self._first.setdefault(kind, str(what))
        self._count[kind] = self._count.get(kind, 0) + count

    def listed(self) -> tuple[Finding, ...]:
        return tuple(
            Finding(kind, self._first[kind], self._count[kind])
            for kind in FindingKind
            if kind in self._first
        )
