"""Why a stored parcel may not be handed to its prisoner now, in a sentence."""

from __future__ import annotations

from uuid import UUID

from kiosk.codes import Status
from kiosk.services.desk import Desk
from kiosk.services.standing import GONE, standing_at
from kiosk.text import N_

# The parcel waits until this has ended.
_WAITS = {
    Status.ISOLATOR: N_("The prisoner is in the isolator. It waits until they come out."),
    Status.QUARANTINE: N_("The prisoner is in quarantine. It waits until they come out."),
    Status.HOSPITAL: N_("The prisoner is in hospital. It waits until they are back."),
    Status.COURT: N_("The prisoner is at court. It waits until they are back."),
}
_IS_GONE = {
    Status.TRANSFERRED: N_("The prisoner was transferred. It goes back, or on to them."),
    Status.RELEASED: N_("The prisoner was released. It goes back to the sender."),
    Status.DEAD: N_("The prisoner has died. It goes back to the sender."),
}
_NOT_HERE = N_("The prisoner is not in this prison. It goes back to the sender.")


def status_of(desk: Desk, prisoner_id: UUID, at: int) -> Status | None:
    """Where the prisoner is at the moment `at` (UTC ms); None: not admitted here."""
    return standing_at(desk, prisoner_id, at).status


def why(status: Status | None) -> str:
    """The sentence (msgid), "" when it may be handed over."""
    if status is Status.PRESENT:
        return ""
    if status is None:
        return _NOT_HERE
    return _WAITS.get(status) or _IS_GONE[status]


def is_gone(status: Status | None) -> bool:
    """Whether the prisoner does not come back for it."""
    return status is None or status in GONE
