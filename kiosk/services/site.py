"""The gate itself, recorded on its first start."""

from __future__ import annotations

from kiosk.codes import Action
from kiosk.models import Gate
from kiosk.services.desk import Desk
from kiosk.services.entry import entry


def ensure_site(desk: Desk, prison_name: str = "") -> None:
    """Record the gate once: its number, prison, name and zone. Does nothing afterwards."""
    if Gate.select().where(Gate.id == desk.gate).exists():
        return
    with entry(desk, Action.FOUND_GATE) as e:
        e.add(
            Gate,
            id=desk.gate,
            prison=desk.prison,
            prison_name=prison_name or desk.site_name,
            name=desk.site_name,
            time_zone=desk.zone.key,
        )
