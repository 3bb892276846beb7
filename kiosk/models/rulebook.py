"""The rule sets that decide what passes. Only a set is dated; a changed number is a new set."""

from __future__ import annotations

from peewee import Check

from kiosk.models.base import Fact
from kiosk.models.fields import Bytes, Cleaned, Code, Day, Flag, Id, Int, Json


class RuleSet(Fact):
    """A version of the rules; in force from `valid_from` until a later set is."""

    name = Cleaned(60)
    version = Cleaned(20)
    valid_from = Day()
    source = Cleaned(500)
    content_hash = Bytes(32)

    class Meta:
        indexes = ((("gate_id", "name", "version"), True),)


class Signature(Fact):
    """That the prison has read a rule set and stands by it. `signer` as the paper says."""

    target_id = Id("rule_set", index=True)
    signer = Cleaned(60)
    staff_id = Id()


class IndividualRule(Fact):
    """An entitlement that a decision of the head or a court gives one prisoner.

    It ends on its last day, or by an `ending`. `value` null: no limit of this kind.
    """

    prisoner_id = Id(index=True)
    code = Cleaned(24)
    services = Json()
    limit = Code()
    period = Code()
    value = Int(null=True)
    legal_ref = Cleaned(300)
    from_day = Day(column_name="from")
    to_day = Day(column_name="to", null=True)
    staff_id = Id()
    second_id = Id(null=True)

    class Meta:
        constraints = (
            Check("second_id <> staff_id"),
            Check('"to" IS NULL OR "from" <= "to"'),
        )


class ImportBatch(Fact):
    """A file that was taken in: its digest, how many lines, how many were not taken."""

    kind = Code()
    file_hash = Bytes(32)
    rows = Int()
    rejected = Int()
    staff_id = Id()


class Rule(Fact):
    """One row of a set. `value` null: no limit of this kind."""

    rule_set_id = Id("rule_set")
    code = Cleaned(24)
    services = Json()
    prisoner_id = Id(null=True)
    minor = Flag(null=True)
    category = Code(null=True)
    regime = Code(null=True)
    condition = Code(null=True)
    sex = Code(null=True)
    medical = Code(null=True)
    limit = Code()
    period = Code()
    value = Int(null=True)
    bypass = Json(null=True)
    legal_ref = Cleaned(300)

    class Meta:
        indexes = ((("rule_set_id", "code"), True),)
