"""Frozen values that travel between services, screens and papers."""

from __future__ import annotations

from kiosk.values.drafts import DraftLine
from kiosk.values.papers import Attempt, AttemptEnd, PaperLine, PapersOpen, PrintJob, Today
from kiosk.values.people import (
    DocumentSeen,
    Found,
    Name,
    PastCase,
    PersonCard,
    PersonEntry,
    PrisonerCard,
    PrisonerEntry,
    Restriction,
)
from kiosk.values.staff import Officer
from kiosk.values.visits import (
    Departure,
    Inside,
    MemberRequest,
    Override,
    Proposal,
    Recorded,
    VisitRequest,
)

__all__ = [
    "Attempt",
    "AttemptEnd",
    "Departure",
    "DocumentSeen",
    "DraftLine",
    "Found",
    "Inside",
    "MemberRequest",
    "Name",
    "Officer",
    "Override",
    "PaperLine",
    "PapersOpen",
    "PastCase",
    "PersonCard",
    "PersonEntry",
    "PrintJob",
    "PrisonerCard",
    "PrisonerEntry",
    "Proposal",
    "Recorded",
    "Restriction",
    "Today",
    "VisitRequest",
]
