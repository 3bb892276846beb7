"""The tables of the register. `TABLES` lists them all, in an order that foreign keys allow."""

from __future__ import annotations

from kiosk.models.audit import AuditEntry, Erasure, Pen, Seal, Sequence
from kiosk.models.base import Fact, Frozen, Local, Now, Personal, Row
from kiosk.models.cases import (
    Case,
    CaseNow,
    Decision,
    Ledger,
    Member,
    Presence,
    RegisterNumber,
    Step,
)
from kiosk.models.paper import PrintAttempt, PrintJob, Spool
from kiosk.models.people import (
    Document,
    Ending,
    Person,
    PersonDetail,
    Prisoner,
    PrisonerDetail,
    PrisonerEvent,
    Restriction,
    SearchKey,
)
from kiosk.models.rulebook import Rule, RuleSet
from kiosk.models.site import Gate
from kiosk.models.staff import Credential, SignIn, Staff

TABLES: tuple[type[Row], ...] = (
    Person,
    PersonDetail,
    Document,
    SearchKey,
    Prisoner,
    PrisonerDetail,
    PrisonerEvent,
    Restriction,
    Ending,
    Gate,
    Staff,
    Credential,
    SignIn,
    RuleSet,
    Rule,
    Case,
    Member,
    Step,
    RegisterNumber,
    Decision,
    Ledger,
    CaseNow,
    Presence,
    PrintJob,
    Spool,
    PrintAttempt,
    AuditEntry,
    Pen,
    Sequence,
    Seal,
    Erasure,
)

FROZEN = tuple(model for model in TABLES if issubclass(model, Frozen))
PERSONAL = tuple(model for model in TABLES if issubclass(model, Personal))
# Covered by the digest of their audit entry; the entries themselves are covered by their mac.
CHAINED = tuple(model for model in FROZEN if model is not AuditEntry)

__all__ = [
    "CHAINED",
    "FROZEN",
    "PERSONAL",
    "TABLES",
    "AuditEntry",
    "Case",
    "CaseNow",
    "Credential",
    "Decision",
    "Document",
    "Ending",
    "Erasure",
    "Fact",
    "Frozen",
    "Gate",
    "Ledger",
    "Local",
    "Member",
    "Now",
    "Pen",
    "Person",
    "PersonDetail",
    "Personal",
    "Presence",
    "PrintAttempt",
    "PrintJob",
    "Prisoner",
    "PrisonerDetail",
    "PrisonerEvent",
    "RegisterNumber",
    "Restriction",
    "Row",
    "Rule",
    "RuleSet",
    "Seal",
    "SearchKey",
    "Sequence",
    "SignIn",
    "Spool",
    "Staff",
    "Step",
]
