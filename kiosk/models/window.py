"""What happens at the window around a case: the queue, things left, searches, reviews."""

from __future__ import annotations

from peewee import Check

from kiosk.codes import (
    EarlyAnswer,
    Left,
    ReviewKind,
    Screening,
    ScreeningConsent,
    ScreeningResult,
    Service,
    Sex,
    TicketState,
)
from kiosk.models.base import Fact, Local
from kiosk.models.fields import Cleaned, Code, Day, Id, Json, Ms, Small


class Ticket(Fact):
    """A place in the queue, with what was answered when it was given out.

    `others` counts who came along. `reasons` holds reason codes and the next date, no names.
    Its number stands in the series T of its day.
    """

    day = Day(index=True)
    at = Ms()
    service = Code(Service)
    person_id = Id(null=True)
    prisoner_id = Id(null=True)
    others = Small(default=0)
    answer = Code(EarlyAnswer)
    reasons = Json(null=True)
    staff_id = Id()


class TicketStep(Fact):
    """What happened to a ticket; `state` is where it stands afterwards."""

    ticket_id = Id("ticket")
    no = Small()
    state = Code(TicketState)
    at = Ms()
    window = Code()
    reason = Code(null=True)
    staff_id = Id()

    class Meta:
        indexes = ((("ticket_id", "gate_id", "no"), True),)


class Deposit(Fact):
    """A thing left under a tag; given back by an `ending`."""

    member_id = Id("member", index=True)
    tag = Cleaned(6)
    what = Code(Left)
    pieces = Small()
    at = Ms()
    staff_id = Id()

    class Meta:
        constraints = (Check("pieces > 0"),)


class Search(Fact):
    """How a visitor was searched, by whom, with what consent, and the result."""

    member_id = Id("member", index=True)
    level = Code(Screening)
    officer_id = Id()
    officer_sex = Code(Sex)
    consent = Code(ScreeningConsent)
    result = Code(ScreeningResult)
    at = Ms()
    staff_id = Id()


class Review(Fact):
    """Something to be looked at again because of `cause_id`; closed by an `ending`."""

    case_id = Id(null=True, index=True)
    subject_id = Id(null=True, index=True)
    kind = Code(ReviewKind)
    cause_id = Id(index=True)
    at = Ms()


class Draft(Local):
    """A form left half done; the transaction that makes facts of it deletes it.

    It holds what was typed, so it is wiped with the officer's work of the day.
    """

    id = Id(primary_key=True)
    staff_id = Id()
    window = Code()
    kind = Code()
    body = Json()
    at = Ms()

    class Meta:
        indexes = ((("window",), False),)
