"""Papers: that one was ordered (a fact), and what this machine has made of it."""

from __future__ import annotations

from peewee import SQL, CompositeKey

from kiosk.codes import JobState, Template
from kiosk.models.base import Fact, Local
from kiosk.models.fields import Bytes, Code, Id, Int, Json, Ms, Small


class PrintJob(Fact):
    """A paper was ordered. `body_mac` is keyed: a plain hash would let a name be guessed."""

    case_id = Id("gate_case", null=True, index=True)
    template = Code(Template)
    language = Code()
    copy_no = Small(default=0)
    copy_of = Id("print_job", null=True)
    body_mac = Bytes(32)


class Spool(Local):
    """What is to be printed, with names; the body goes with an erasure and after 90 days."""

    job_id = Id("print_job", primary_key=True)
    state = Code(JobState)
    body = Json(null=True)
    last_at = Ms()

    class Meta:
        indexes = (
            SQL(
                "CREATE INDEX spool_open ON spool (state)"
                " WHERE state NOT IN ('confirmed', 'settled', 'cancelled')"
            ),
        )


class PrintAttempt(Local):
    """One try to print a paper, written before its first byte leaves this machine.

    `bytes` is how many were handed over: null while nobody knows, for good after a crash.
    `outcome` is why it ended and `proof` what proved it, in the words of `devices.printers`.
    """

    job_id = Id("print_job")
    no = Small()
    at = Ms()
    printer = Code()
    bytes = Int(null=True)
    outcome = Code(null=True)
    proof = Code(null=True)

    class Meta:
        primary_key = CompositeKey("job_id", "no")
