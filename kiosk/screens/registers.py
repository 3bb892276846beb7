"""Registers: what was done and is planned, as lists to look at, to print and to carry away."""

from __future__ import annotations

from kiosk.codes import Role
from kiosk.screens.doors import Doors, door
from kiosk.screens.screen import DESK
from kiosk.text import N_

_LOOK = (*DESK, Role.ADMINISTRATOR)


class Registers(Doors):
    TITLE_TEXT = N_("REGISTERS")
    help_name = "registers"
    DOORS = (
        door("1", "sessions", N_("Sessions and places"), *_LOOK),
        door("2", "bookings", N_("Booked visits"), *_LOOK),
        door("3", "inside", N_("Who is inside"), *_LOOK),
        door("4", "papers", N_("Papers"), *_LOOK),
        door("5", "reviews", N_("Reviews"), *_LOOK),
        door("6", "unfinished", N_("Visits not finished, open tags"), *_LOOK),
        door("7", "report", N_("Reports"), *_LOOK, Role.AUDITOR),
    )
