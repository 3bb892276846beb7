"""What to do about a scale, by its condition; the status bar has no room for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from devices.health import DeviceFlag, DeviceState
from kiosk.text import N_

if TYPE_CHECKING:
    from devices.events import DeviceChanged

SENTENCES: dict[str, str] = {
    DeviceState.ABSENT: N_("There is no scale. Plug it in; until then weights are typed."),
    DeviceState.LOST: N_("The scale was unplugged. Plug it in; until then type weights."),
    DeviceState.STUCK: N_("The scale is silent. Switch it on; until then weights are typed."),
    DeviceState.BLOCKED: N_("The scale cannot be opened. Call support; weights are typed."),
    DeviceFlag.UNREADABLE: N_(
        "The scale sends what nobody understands. Call support; weights are typed."
    ),
}
"""Sentences (msgids) by condition."""


def condition(event: DeviceChanged) -> str:
    """What its sentence is looked up by."""
    if DeviceFlag.UNREADABLE in event.flags:
        return DeviceFlag.UNREADABLE
    return event.state
