"""A clock that jumped ahead: nothing is recorded before a supervisor says that it is right.

The register never goes back in time, so one entry of a wrong future would hold it there. A
clock set back does no such harm: moments are those of the last entry until it has caught up.
"""

from __future__ import annotations

from kiosk.clock import local
from kiosk.codes import Role
from kiosk.errors import ClockJumped
from kiosk.services.desk import Desk
from kiosk.text import N_
from kiosk.values import Officer

MINUTE = 60_000
JUMP = 2 * MINUTE


def jumped(desk: Desk) -> bool:
    """Whether the clock ran further ahead than time passed, and nobody confirmed it."""
    return desk.clock.ahead() > JUMP


def must_not_have_jumped(desk: Desk) -> None:
    """Raises ClockJumped, unless the time of the clock may be recorded."""
    if jumped(desk):
        raise ClockJumped(
            N_("The clock jumped ahead: {minutes} min. A supervisor signs in to confirm it."),
            minutes=desk.clock.ahead() // MINUTE,
        )


def confirm(desk: Desk, officer: Officer, confirms: bool) -> None:
    """`officer` signs in while the clock is ahead; `confirms`: they were shown its time.

    Raises ClockJumped with the time to be confirmed, or for who may not confirm it.
    """
    if not officer.may(Role.SUPERVISOR, Role.ADMINISTRATOR):
        must_not_have_jumped(desk)
    if not confirms:
        raise ClockJumped(
            N_("The clock jumped to {time}. Is that right? Sign in once more to confirm."),
            time=f"{local(desk.clock.now(), desk.zone):%d.%m.%Y %H:%M}",
        )
    desk.clock.accept()
