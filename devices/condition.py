"""How a device is, told whenever that changes, and never twice the same."""

from __future__ import annotations

from collections.abc import Callable

from devices.errors import PortAbsent, PortBusy, PortForbidden, PortUnavailable
from devices.events import DeviceChanged
from devices.health import DeviceFlag, DeviceState

_FLAGS: dict[type[PortUnavailable], DeviceFlag] = {
    PortBusy: DeviceFlag.BUSY,
    PortForbidden: DeviceFlag.FORBIDDEN,
}


class Condition:
    """Of one run of its driver: a driver that failed and starts again tells all anew, for
    meanwhile others have told that the device is lost."""

    def __init__(self, device: str, emit: Callable[[DeviceChanged], None]) -> None:
        self._device = device
        self._emit = emit
        self._told: DeviceChanged | None = None

    def tell(self, state: DeviceState, *flags: DeviceFlag) -> bool:
        """Whether that was news."""
        change = DeviceChanged(self._device, state, frozenset(flags))
        if change == self._told:
            return False
        self._told = change
        self._emit(change)
        return True

    def tell_unavailable(self, fault: PortUnavailable) -> None:
        """That its line cannot be opened, and why not."""
        flag = _FLAGS.get(type(fault))
        if isinstance(fault, PortAbsent):
            self.tell(DeviceState.ABSENT)
        elif flag is None:
            self.tell(DeviceState.BLOCKED)
        else:
            self.tell(DeviceState.BLOCKED, flag)
