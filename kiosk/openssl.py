"""Keeps OpenSSL out of the screen's memory, of which it would be a twelfth: 4.8 of 58 MB.

The screen speaks TLS to nobody, the register brings its own cipher, and what it hashes is
short: 6 µs for the proof of an entry, where OpenSSL takes 4.
"""

from __future__ import annotations

import importlib
import sys
from importlib.util import find_spec


def leave_out() -> None:
    """Has asyncio, hashlib and hmac make do without it, as they can; to be called before
    anybody imports them. Whoever asks for it later, as what writes a PDF does, gets it.
    """
    if find_spec("_md5") is None:
        return  # a Python that was built without hashes of its own
    left_out = [name for name in ("ssl", "_hashlib") if name not in sys.modules]
    for name in left_out:
        # None: there is no such module (The import system, 5.3.1).
        sys.modules[name] = None  # type: ignore[assignment]  # as documented
    try:
        for user in ("asyncio", "hashlib", "hmac"):
            importlib.import_module(user)
    finally:
        for name in left_out:
            del sys.modules[name]
