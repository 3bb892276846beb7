"""Setup: what an administrator enters by hand, and for some of it a supervisor."""

from __future__ import annotations

from kiosk.codes import Role
from kiosk.screens.doors import Doors, door
from kiosk.screens.screen import DESK
from kiosk.text import N_

_BOTH = (Role.SUPERVISOR, Role.ADMINISTRATOR)


class Setup(Doors):
    TITLE_TEXT = N_("SETUP")
    help_name = "setup"
    DOORS = (
        door("1", "new_prisoner", N_("New prisoner"), Role.ADMINISTRATOR),
        door("2", "list_files", N_("List of prisoners"), Role.ADMINISTRATOR),
        door("3", "rules", N_("Rules"), *DESK, *_BOTH),
        door("4", "sessions", N_("Sessions, closed days"), *_BOTH),
        door("5", "restrictions", N_("Restrictions, stops"), *_BOTH),
        door("6", "new_user", N_("New user of this kiosk"), Role.ADMINISTRATOR),
        door("7", "samples", N_("Papers: samples"), *_BOTH),
        door("8", "language", N_("Language"), *DESK, *_BOTH),
        door("9", "rooms", N_("Rooms"), *_BOTH),
        door("0", "goods_setup", N_("Things, storage places"), *DESK, *_BOTH),
    )
