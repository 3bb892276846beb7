"""A case: one passage through the gate, from the decision to the last step."""

from __future__ import annotations

from peewee import SQL, Check

from kiosk.codes import (
    LedgerKind,
    MemberRole,
    Outcome,
    OverrideGround,
    Relation,
    Series,
    Service,
)
from kiosk.models.base import Fact, Now
from kiosk.models.fields import Cleaned, Code, Day, Flag, Id, Int, Json, Ms, Small

# Wherever a second person signs, it is another one.
_ANOTHER = Check("second_id <> staff_id")


class Case(Fact):
    """A visit, a package or a parcel; `day` is the site's day on which it was decided."""

    service = Code(Service)
    prisoner_id = Id()
    prisoner_detail_id = Id()
    day = Day()
    at = Ms()
    staff_id = Id()
    ticket_id = Id(null=True)
    # Never written: each member names the paper of their own. Released, so it stays.
    permission_id = Id(null=True)

    class Meta:
        # CASE is a word of SQL.
        table_name = "gate_case"
        indexes = (
            (("prisoner_id", "id"), False),
            (("day", "service"), False),
        )


class Member(Fact):
    """Somebody of a case; `detail_id` is the version of the name that was seen that day.

    `permission_id` is the paper by which they come, where they need one.
    """

    case_id = Id("gate_case")
    no = Small()
    person_id = Id()
    detail_id = Id()
    document_id = Id(null=True)
    role = Code(MemberRole)
    relation = Code(Relation, null=True)
    permission_id = Id(null=True)

    class Meta:
        indexes = (
            (("case_id", "no"), True),
            (("person_id", "case_id"), False),
            # How often a permission was used is counted from the members who name it.
            SQL(
                "CREATE INDEX member_permission ON member (permission_id)"
                " WHERE permission_id IS NOT NULL"
            ),
        )


class Step(Fact):
    """What happened to a case; `state` is where the case stands afterwards.

    `data` holds integers, codes and ids only: nothing that would have to be erased.
    """

    case_id = Id("gate_case")
    no = Small()
    kind = Code()  # StepKind
    state = Code()  # CaseState
    member_id = Id("member", null=True)
    at = Ms()
    staff_id = Id()
    second_id = Id(null=True)
    reason = Code(null=True)
    data = Json(null=True)

    class Meta:
        constraints = (_ANOTHER,)
        indexes = (
            (("case_id", "gate_id", "no"), True),
            SQL(
                "CREATE UNIQUE INDEX step_handed_over ON step (gate_id, case_id)"
                " WHERE kind = 'handed_over'"
            ),
        )


class RegisterNumber(Fact):
    """The number that people see: gap-free in its series and period (a year, or a day)."""

    series = Code(Series)
    period = Cleaned(10)
    no = Int()
    object_id = Id(index=True)

    class Meta:
        indexes = ((("gate_id", "series", "period", "no"), True),)


class Decision(Fact):
    """What the rules answered, with every reason and all that went in.

    `inputs` holds ids, codes, counts and ages in years; never names, numbers or birth dates.
    """

    case_id = Id("gate_case", index=True)
    at = Ms()
    rule_set_id = Id()
    result = Code(Outcome)
    reasons = Json()
    inputs = Json()
    staff_id = Id()
    second_id = Id(null=True)
    ground = Code(OverrideGround, null=True)

    class Meta:
        constraints = (_ANOTHER,)


class Ledger(Fact):
    """A line of entitlement used: consumption is positive, what is used is the sum.

    A refund undoes the line `reverses` whole, on that line's `counts_on`.
    """

    prisoner_id = Id()
    service = Code(Service)
    counts_on = Day()
    kind = Code(LedgerKind)
    pieces = Int()
    grams = Int()
    case_id = Id("gate_case", null=True, index=True)
    reverses = Id("ledger", null=True)
    rule = Cleaned(24, null=True)
    reason = Code(null=True)
    staff_id = Id()
    second_id = Id(null=True)

    class Meta:
        constraints = (_ANOTHER, Check("(kind = 'refund') = (reverses IS NOT NULL)"))
        indexes = (
            (("prisoner_id", "service", "counts_on"), False),
            (("gate_id", "reverses"), True),
        )


class CaseNow(Now):
    """Where a case stands; kept by the trigger on `step`, places and due time by services.

    `safe_id` is where the money and the papers of a parcel lie, `place_id` where the rest does.
    """

    case_id = Id(primary_key=True)
    state = Code()  # CaseState
    last_no = Small()
    last_at = Ms()
    is_open = Flag()
    place_id = Id(null=True)
    due_at = Ms(null=True)
    safe_id = Id(null=True)

    class Meta:
        indexes = (SQL("CREATE INDEX case_now_open ON case_now (state) WHERE is_open"),)


class Presence(Now):
    """Who is inside. That `person_root` is unique *is* "inside once at a time"."""

    member_id = Id(primary_key=True)
    person_root = Id(unique=True)
    case_id = Id()
    since = Ms()
    due = Ms(null=True)
