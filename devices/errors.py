"""What can go wrong on a line to a device, as one tree.

    DeviceError
    ├── PortUnavailable     the line cannot be opened; trying again later may help
    │   ├── PortAbsent      nothing stands at this path: unplugged
    │   ├── PortBusy        another program holds the line
    │   └── PortForbidden   no permission: the account lacks the device's group
    ├── PortLost            the line was there and is gone, or was given up
    ├── PortStuck           the device takes no bytes; `accepted` says how many it took
    ├── PortSilent          the device answered before, and now leaves questions unanswered
    ├── EngineMissing       a reader of print in pictures is not installed whole
    └── ProfileError        a profile of a make cannot be used; the message names file and key

The messages are for the log. What an officer reads is written by whoever shows it.
"""

from __future__ import annotations


class DeviceError(Exception):
    pass


class PortUnavailable(DeviceError):
    pass


class PortAbsent(PortUnavailable):
    pass


class PortBusy(PortUnavailable):
    pass


class PortForbidden(PortUnavailable):
    pass


class PortLost(DeviceError):
    """Of what was being written, at most `accepted` bytes had been taken."""

    def __init__(self, message: str, accepted: int = 0) -> None:
        super().__init__(message)
        self.accepted = accepted


class PortStuck(DeviceError):
    """`accepted` bytes had been taken when the time was over; they may come out later."""

    def __init__(self, accepted: int, of: int) -> None:
        super().__init__(f"{accepted} of {of} bytes taken in time")
        self.accepted = accepted
        self.of = of


class PortSilent(DeviceError):
    pass


class ProfileError(DeviceError):
    """Its message names the file, the key and what is allowed there."""


class EngineMissing(DeviceError):
    """Its message names what to install."""
