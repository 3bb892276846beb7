"""Who lists a bag at this moment: two officers do not unpack the same one.

What holds a bag is the draft of its list (DraftKind.PACKAGE), kept from the moment the list is
opened. It is advice to the second officer and no lock: `accepting` counts what was recorded.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from kiosk.codes import DraftKind
from kiosk.models import Draft
from kiosk.services import same
from kiosk.services.desk import Desk
from kiosk.services.drafts import KEPT
from kiosk.services.duty import must_register
from kiosk.values import Officer


def other_window(desk: Desk, officer: Officer, sender_id: UUID, prisoner_id: UUID) -> str:
    """The window at which a bag of this sender for this prisoner is listed now; "" at none
    but this. An officer, inspector or supervisor asks.
    """
    must_register(officer)
    sender = {str(one) for one in same.group(sender_id)}
    prisoner = {str(one) for one in same.group(prisoner_id)}
    drafts = (
        Draft.select()
        .where(
            Draft.kind == DraftKind.PACKAGE,
            Draft.window != desk.window,
            Draft.at >= desk.clock.now() - KEPT,
        )
        .order_by(Draft.at.desc())
    )
    for row in drafts:
        # The form is its screen's own; whoever it is about stands in it by their ids.
        told = set(_texts(row.body))
        if told & sender and told & prisoner:
            return str(row.window)
    return ""


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each)
