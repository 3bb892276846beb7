"""How visitors and prisoners belong together: relations, permissions, doubles, notes."""

from __future__ import annotations

from peewee import Check

from kiosk.codes import Consent, Issuer, Proof, Relation, SameGround
from kiosk.models.base import Fact, Personal
from kiosk.models.fields import Cleaned, Code, Day, Id, Int


class Kinship(Fact):
    """A relation of a visitor to a prisoner; approved when somebody approved it.

    A change is an `ending` of this row and a new one; the last open row of a pair holds.
    """

    person_id = Id(index=True)
    prisoner_id = Id()
    kind = Code(Relation)
    proof = Code(Proof, null=True)
    consent = Code(Consent)
    approved_by = Id(null=True)
    from_day = Day(column_name="from", null=True)
    to_day = Day(column_name="to", null=True)
    staff_id = Id()

    class Meta:
        table_name = "relation"
        constraints = (Check('"to" IS NULL OR "from" IS NULL OR "from" <= "to"'),)
        indexes = ((("prisoner_id", "person_id"), False),)


class Permission(Fact):
    """An investigator's, court's or head's paper that lets somebody visit a prisoner.

    `person_id` null: whoever comes from `office`. `uses` null: as often as they like; what
    was used is counted from the members who name it.
    """

    prisoner_id = Id(index=True)
    person_id = Id(null=True)
    office = Cleaned(60, null=True)
    issuer = Code(Issuer)
    paper_no = Cleaned(20)
    from_day = Day(column_name="from")
    to_day = Day(column_name="to", null=True)
    uses = Int(null=True)
    staff_id = Id()

    class Meta:
        constraints = (
            Check('"to" IS NULL OR "from" <= "to"'),
            Check("uses IS NULL OR uses > 0"),
        )


class SamePerson(Fact):
    """That two records are one person (or one prisoner); undone by an `ending`."""

    a_id = Id(index=True)
    b_id = Id(index=True)
    ground = Code(SameGround)
    staff_id = Id()

    class Meta:
        constraints = (Check("a_id <> b_id"),)


class Note(Personal):
    """Free words about somebody: they can be erased, so they stand nowhere else."""

    subject_id = Id(index=True)
    case_id = Id(null=True, index=True)
    text = Cleaned(500)
    staff_id = Id()

    class Meta:
        subject = "subject_id"
