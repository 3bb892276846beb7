"""How long people waited, from the ticket to the call: median, ninth tenth and longest."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from statistics import median
from typing import Any, cast
from uuid import UUID

from kiosk.clock import local
from kiosk.codes import Service, TicketState
from kiosk.models import Ticket, TicketStep
from kiosk.services.desk import Desk
from kiosk.values.waiting import Wait, WaitingLine

MINUTE = 60_000  # ms


def waits(from_day: date, to_day: date) -> list[Wait]:
    """One wait for each ticket of these days that was called, in the order of the tickets.

    A ticket that was never called, because its holder was scanned at a window, waited until
    that moment; one that was given up waited for nothing and is left out.
    """
    rows = (
        TicketStep.select(
            TicketStep.ticket_id,
            TicketStep.state,
            TicketStep.at.alias("ended"),
            Ticket.at,
            Ticket.service,
        )
        .join(Ticket, on=(Ticket.id == TicketStep.ticket_id))
        .where(
            Ticket.day.between(from_day, to_day),
            TicketStep.state.in_((TicketState.CALLED, TicketState.SERVING, TicketState.DONE)),
        )
        .order_by(TicketStep.ticket_id, TicketStep.no)
        .dicts()
    )
    found: dict[UUID, Wait] = {}
    for row in cast("Iterable[dict[str, Any]]", rows):
        minutes = max(0, row["ended"] - row["at"]) // MINUTE
        found.setdefault(
            row["ticket_id"], Wait(row["at"], row["ended"], Service(row["service"]), minutes)
        )
    return list(found.values())


def between(
    desk: Desk, from_day: date, to_day: date, service: Service | None = None
) -> tuple[WaitingLine, ...]:
    """Waits of these days, both included: by hour of the ticket, by service, and in all.

    The hour is that of the site's clock. `service` None: of every kind.
    """
    by_hour: dict[int, list[int]] = defaultdict(list)
    by_service: dict[Service, list[int]] = defaultdict(list)
    everybody: list[int] = []
    for wait in waits(from_day, to_day):
        if service not in (None, wait.service):
            continue
        by_hour[local(wait.at, desk.zone).hour].append(wait.minutes)
        by_service[wait.service].append(wait.minutes)
        everybody.append(wait.minutes)
    return (
        *(_line(hour, None, by_hour[hour]) for hour in sorted(by_hour)),
        *(_line(None, one, by_service[one]) for one in Service if one in by_service),
        *([_line(None, None, everybody)] if everybody else []),
    )


def _line(hour: int | None, service: Service | None, minutes: Sequence[int]) -> WaitingLine:
    ordered = sorted(minutes)
    # The nearest rank: the smallest wait that nine of ten do not exceed.
    ninth_tenth = ordered[-(-len(ordered) * 9 // 10) - 1]
    return WaitingLine(
        hour, service, len(ordered), round(median(ordered)), ninth_tenth, ordered[-1]
    )
