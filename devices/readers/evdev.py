"""A keyboard taken from the kernel before any terminal sees it: key events → what was typed.

The device /dev/input/by-id/…-event-kbd sends fixed records (linux/input.h). While it is
grabbed (EVIOCGRAB) no other program, and no console, gets its keys. Places of keys come, not
letters, so no layout matters: they are read as on a US keyboard, which is what readers mean.
"""

from __future__ import annotations

import fcntl
import os
import struct

# struct input_event: a time (two longs), type, code, value; 24 bytes on 64-bit machines.
RECORD = struct.Struct("@llHHi")

EVIOCGRAB = 0x40044590  # _IOW('E', 0x90, int)

# linux/input-event-codes.h
EV_SYN, EV_KEY = 0, 1
SYN_DROPPED = 3
_RELEASED, _PRESSED = 0, 1  # 2 is auto-repeat, which a reader does not mean
_CONTROLS = frozenset({29, 97})
_SHIFTS = frozenset({42, 54})

_ROWS = (
    (2, "1234567890-=", "!@#$%^&*()_+"),
    (16, "qwertyuiop[]", "QWERTYUIOP{}"),
    (30, "asdfghjkl;'`", 'ASDFGHJKL:"~'),
    (43, "\\zxcvbnm,./", "|ZXCVBNM<>?"),
    (57, " ", " "),
    (86, "<", ">"),  # the key beside the left Shift of European keyboards
    (15, "\t", "\t"),
    (28, "\r", "\r"),
    # The number pad, as with Num Lock.
    (71, "789-456+1230.", "789-456+1230."),
    (55, "*", "*"),
    (98, "/", "/"),
    (96, "\r", "\r"),
)
_PLAIN = {first + at: sign for first, plain, _shifted in _ROWS for at, sign in enumerate(plain)}
_SHIFTED = {first + at: sign for first, _, shifted in _ROWS for at, sign in enumerate(shifted)}

# No document holds it: the framer takes it for a letter that was misread.
_LOST_KEYS = "\0"


def grab(path: str) -> int:
    """A descriptor of the keyboard at `path`, non-blocking, its keys ours alone.

    The kernel lets the keyboard go when the descriptor is closed. Raises OSError: ENOENT when
    nothing stands there, EACCES without the group `input`, EBUSY when another program has
    grabbed it, ENOTTY when it is no input device.
    """
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        fcntl.ioctl(descriptor, EVIOCGRAB, 1)
    except OSError:
        os.close(descriptor)
        raise
    return descriptor


class KeyEvents:
    """Turns records into text, a US keyboard's; keeps Shift, Control and half a record."""

    def __init__(self) -> None:
        self._rest = b""
        self._held: set[int] = set()

    def feed(self, data: bytes) -> str:
        """What the keys pressed in `data` type. Caps Lock and the other keys type nothing."""
        data = self._rest + data
        whole = len(data) - len(data) % RECORD.size
        self._rest = data[whole:]
        typed = ""
        for _seconds, _micros, kind, code, value in RECORD.iter_unpack(data[:whole]):
            if kind == EV_SYN and code == SYN_DROPPED:
                # The kernel's queue ran over: keys are missing, Shift may be among them.
                self._held.clear()
                typed += _LOST_KEYS
            elif kind == EV_KEY:
                typed += self._key(code, value)
        return typed

    def _key(self, code: int, value: int) -> str:
        if code in _SHIFTS or code in _CONTROLS:
            if value == _RELEASED:
                self._held.discard(code)
            else:
                self._held.add(code)
            return ""
        if value != _PRESSED:
            return ""
        if self._held & _CONTROLS:
            # Control and B is STX: some readers begin and end with such characters.
            sign = _PLAIN.get(code, "")
            return chr(ord(sign) & 0x1F) if sign.isalpha() else ""
        return (_SHIFTED if self._held & _SHIFTS else _PLAIN).get(code, "")
