"""Proof: one chained entry for each transaction, and a seal for each personal row."""

from __future__ import annotations

from peewee import CompositeKey

from kiosk.codes import Action, Series
from kiosk.models.base import Fact, Frozen, Local
from kiosk.models.fields import Big, Bytes, Cleaned, Code, Id, Int, Ms, Small


class AuditEntry(Frozen):
    """What one transaction did, and the mac that ties it to the one before."""

    gate_id = Small()
    seq = Big()
    at = Ms()
    offset_min = Small()
    staff_id = Id(null=True)
    action = Code(Action)
    object_id = Id(null=True, index=True)
    rows = Int()
    digest = Bytes(32)
    mac = Bytes(32)

    class Meta:
        clustered = True
        primary_key = CompositeKey("gate_id", "seq")


class Pen(Local):
    """The head of the chain; whoever writes takes it first, so there is one writer a gate."""

    gate_id = Small(primary_key=True)
    seq = Big()
    mac = Bytes(32)
    last_id = Id()
    last_at = Ms()


class Sequence(Local):
    """The last number given in a series and period."""

    gate_id = Small()
    series = Code(Series)
    period = Cleaned(10)
    last = Int()

    class Meta:
        clustered = True
        primary_key = CompositeKey("gate_id", "series", "period")


class Seal(Fact):
    """The mac of a personal row, under the same id; it stays when the row is erased."""

    subject_id = Id(index=True)
    table = Code()
    mac = Bytes(32)


class Erasure(Fact):
    """Why the personal rows of a subject are gone. Without one, no row may be deleted."""

    subject_id = Id(index=True)
    ground = Code()
    at = Ms()
    staff_id = Id(null=True)
