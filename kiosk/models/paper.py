"""Papers: that one was ordered (a fact), and what this machine has made of it."""

from __future__ import annotations

from peewee import SQL

from kiosk.codes import JobState, Template
from kiosk.models.base import Fact, Local
from kiosk.models.fields import Bytes, Code, Id, Json, Ms, Small


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
