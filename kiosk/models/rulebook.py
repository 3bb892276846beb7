"""The rule sets that decide what passes. Only a set is dated; a changed number is a new set."""

from __future__ import annotations

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
