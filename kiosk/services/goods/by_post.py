"""What comes by post: who may open it, and whether it was recorded before."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from kiosk.services import staff
from kiosk.services.desk import Desk
from kiosk.services.duty import AT_THE_GATE, must_register
from kiosk.services.goods import checks
from kiosk.values import Officer


def may_open(desk: Desk, officer: Officer) -> tuple[Officer, ...]:
    """The staff who open posted parcels, the officer who asks first, then by name.

    Whoever works at the gate may sit in a commission; a clerk of the office may not.
    """
    must_register(officer)
    others = [
        one
        for one in staff.users(desk)
        if one.may(*AT_THE_GATE) and one.staff_id != officer.staff_id
    ]
    return (officer, *others)


def must_be_new(
    desk: Desk, officer: Officer, post_no: str, commission: Collection[UUID]
) -> None:
    """Before anything of it is opened: raises AlreadyDone for a post number that is recorded,
    Invalid (field "commission") where too few open it; nobody does what goes back unopened.
    `accept` looks once more."""
    must_register(officer)
    checks.must_be_new_by_post(post_no)
    if commission:
        checks.must_be_enough(desk, commission)
