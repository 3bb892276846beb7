"""From whoever stands at the window with a bag to the till that lists it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from kiosk.codes import Service
from kiosk.errors import Refused
from kiosk.screens.goods.brought import Brought
from kiosk.screens.screen import ANOTHER_POST
from kiosk.screens.visiting import Visitor
from kiosk.text import N_
from kiosk.values import PrisonerCard

if TYPE_CHECKING:
    from kiosk.app import KioskApp

# What somebody carries to the window; the rest comes by post.
HANDED_IN = (Service.PACKAGE, Service.MEDICAL_PACKAGE)


def must_take_packages(kiosk: KioskApp) -> None:
    """Raises Refused where another post does that step."""
    if "package" not in kiosk.settings.desk.steps:
        raise Refused(ANOTHER_POST)


async def list_bag(
    kiosk: KioskApp,
    visitor: Visitor,
    prisoner: PrisonerCard,
    *,
    service: Service = Service.PACKAGE,
    ticket_id: UUID | None = None,
    replace: bool = False,
) -> None:
    """Open the till for what `visitor` brings `prisoner`.

    Without a ticket it is the open one that they hold for a package, if any. Raises Refused
    at a post that takes nothing in, and while the document is still to be compared.
    """
    from kiosk.services import senders

    must_take_packages(kiosk)
    if visitor.is_doubtful:
        raise Refused(N_("Compare the document first: Enter. Then list the package."))
    person_id = visitor.card.person_id
    if ticket_id is None:
        ticket_id = await kiosk.read(senders.ticket_of, kiosk.signed_in, person_id)
    brought = Brought(
        service=service,
        sender=visitor.card,
        prisoner=prisoner,
        seen=visitor.seen,
        relation=visitor.relation,
        confirmed=visitor.confirmations,
        ticket_id=ticket_id,
    )
    await kiosk.go("package", brought, replace=replace)
