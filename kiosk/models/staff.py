"""Who works at the gate, their passphrases, when they were signed in, what they took out."""

from __future__ import annotations

from kiosk.codes import ReportForm, ReportName, Service, Sex, SignInKind
from kiosk.models.base import Fact, Local, Personal
from kiosk.models.fields import Cleaned, Code, Day, Flag, Id, Json, Ms, Small


class Staff(Personal):
    """A version of an account; the greatest id is the current one."""

    staff_id = Id(index=True)
    login = Cleaned(32, index=True)
    name = Cleaned(100)
    sex = Code(Sex)
    roles = Json()
    active = Flag()
    by_id = Id(null=True)

    class Meta:
        subject = "staff_id"


class Credential(Local):
    """The argon2 hash of a passphrase, and how often it was lately missed."""

    staff_id = Id(primary_key=True)
    passphrase_hash = Cleaned(200)
    unlock_hash = Cleaned(200, null=True)
    failures = Small(default=0)
    locked_until = Ms(null=True)


class SignIn(Fact):
    """Signing in and out, a try that failed, a card that was consulted."""

    staff_id = Id(null=True)
    kind = Code(SignInKind)
    subject_id = Id(null=True)
    window = Cleaned(20)

    class Meta:
        indexes = ((("staff_id", "id"), False),)


class ReportTaken(Fact):
    """That somebody was given a register of these days, both included, and in which form.

    `service` null: of all kinds. `masked`: with initials, and the ends of document numbers.
    """

    staff_id = Id(index=True)
    name = Code(ReportName)
    form = Code(ReportForm)
    from_day = Day(column_name="from")
    to_day = Day(column_name="to")
    service = Code(Service, null=True)
    masked = Flag()
