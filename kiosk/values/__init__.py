"""Frozen values that travel between services, screens and papers."""

from __future__ import annotations

from kiosk.values.belonging import (
    Comparison,
    JoinLine,
    NoteLine,
    PermissionEntry,
    PermissionLine,
    RelationLine,
    RelationStanding,
    Stated,
)
from kiosk.values.counts import StorageCounts, Today
from kiosk.values.drafts import DraftLine
from kiosk.values.limits import (
    Overridden,
    Restricted,
    RestrictionEntry,
    RestrictionLine,
    ReviewLine,
)
from kiosk.values.papers import Attempt, AttemptEnd, PaperLine, PapersOpen, PrintJob
from kiosk.values.people import (
    DocumentLine,
    DocumentSeen,
    Found,
    Name,
    PastCase,
    PersonCard,
    PersonDetails,
    PersonEntry,
    PrisonerCard,
    PrisonerEntry,
    Restriction,
)
from kiosk.values.staff import Officer
from kiosk.values.visits import (
    Departure,
    Expected,
    Inside,
    MemberRequest,
    Override,
    Proposal,
    Recorded,
    VisitRequest,
    Wanted,
)
from kiosk.values.window import (
    AtWindow,
    MemberAtWindow,
    SearchRecord,
    TagLine,
    ThingLeft,
    UnfinishedLine,
)

__all__ = [
    "AtWindow",
    "Attempt",
    "AttemptEnd",
    "Comparison",
    "Departure",
    "DocumentLine",
    "DocumentSeen",
    "DraftLine",
    "Expected",
    "Found",
    "Inside",
    "JoinLine",
    "MemberAtWindow",
    "MemberRequest",
    "Name",
    "NoteLine",
    "Officer",
    "Overridden",
    "Override",
    "PaperLine",
    "PapersOpen",
    "PastCase",
    "PermissionEntry",
    "PermissionLine",
    "PersonCard",
    "PersonDetails",
    "PersonEntry",
    "PrintJob",
    "PrisonerCard",
    "PrisonerEntry",
    "Proposal",
    "Recorded",
    "RelationLine",
    "RelationStanding",
    "Restricted",
    "Restriction",
    "RestrictionEntry",
    "RestrictionLine",
    "ReviewLine",
    "SearchRecord",
    "Stated",
    "StorageCounts",
    "TagLine",
    "ThingLeft",
    "Today",
    "UnfinishedLine",
    "VisitRequest",
    "Wanted",
]
