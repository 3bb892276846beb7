"""What each paper of the gate says: one frozen body a template, stored with its print job.

A body holds facts and no sentence; `kiosk.printouts` says them in the languages of the paper.
Moments are ISO in the site's zone (2026-11-24T10:06+06:00), weights grams, money tyiyn. Fields
with names and what belongs to a person have no repr. A field that a later capability adds needs
a default, for a paper may be older than the program that prints its copy.
"""

from __future__ import annotations

from kiosk.codes import Template
from kiosk.papers.body import Body
from kiosk.papers.goods import (
    ACT_SHEETS,
    ActBody,
    ContentsBody,
    FineBody,
    FoundLine,
    GivenBackBody,
    ItemLine,
    LabelBody,
    ReceiptBody,
    ThingName,
)
from kiosk.papers.prison import (
    ClosingBody,
    ExtractBody,
    ExtractLine,
    ExtractSum,
    InsideBody,
    MovementBody,
    PersonInside,
    ReportBody,
    SeriesCount,
    TestBody,
)
from kiosk.papers.visitors import (
    BadgeBody,
    Deposited,
    PaperReason,
    RefusalBody,
    TagBody,
    TicketBody,
)

__all__ = [
    "ACT_SHEETS",
    "BODIES",
    "ActBody",
    "BadgeBody",
    "Body",
    "ClosingBody",
    "ContentsBody",
    "Deposited",
    "ExtractBody",
    "ExtractLine",
    "ExtractSum",
    "FineBody",
    "FoundLine",
    "GivenBackBody",
    "InsideBody",
    "ItemLine",
    "LabelBody",
    "MovementBody",
    "PaperReason",
    "PersonInside",
    "ReceiptBody",
    "RefusalBody",
    "ReportBody",
    "SeriesCount",
    "TagBody",
    "TestBody",
    "ThingName",
    "TicketBody",
]

BODIES: dict[Template, type[Body]] = {
    Template.BADGE: BadgeBody,
    Template.REFUSAL: RefusalBody,
    Template.TICKET: TicketBody,
    Template.RECEIPT: ReceiptBody,
    Template.LABEL: LabelBody,
    Template.CONTENTS: ContentsBody,
    Template.GIVEN_BACK: GivenBackBody,
    Template.TAG: TagBody,
    Template.ACT: ActBody,
    Template.FINE: FineBody,
    Template.MOVEMENT: MovementBody,
    Template.INSIDE: InsideBody,
    Template.CLOSING: ClosingBody,
    Template.EXTRACT: ExtractBody,
    Template.REPORT: ReportBody,
    Template.TEST: TestBody,
}
