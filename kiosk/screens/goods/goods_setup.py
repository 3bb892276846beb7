"""Setup of what is brought: the catalogue of things, and the places of the storage."""

from __future__ import annotations

from kiosk.codes import Role
from kiosk.screens.doors import Doors, door
from kiosk.screens.screen import DESK
from kiosk.text import N_


class GoodsSetup(Doors):
    TITLE_TEXT = N_("THINGS, STORAGE")
    help_name = "setup"
    DOORS = (
        door("1", "catalogue", N_("Catalogue of things"), *DESK, Role.ADMINISTRATOR),
        door("2", "places", N_("Storage places"), Role.SUPERVISOR, Role.ADMINISTRATOR),
    )
