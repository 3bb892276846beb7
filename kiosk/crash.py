"""What is kept of a crash: where it happened, and nothing about the people on the screen."""

from __future__ import annotations

import os
import traceback
from pathlib import Path

from kiosk.clock import SystemClock

# Messages of these speak about the program; those of all others may hold a name or a number.
_ABOUT_THE_PROGRAM = (AttributeError, ImportError, NameError, AssertionError)


def record(error: BaseException, path: Path | None) -> None:
    """Append the traceback of `error` to the log, without locals and without its message.

    Never raises: a full disk must not turn a crash into a hang.
    """
    if path is None:
        return
    moment = SystemClock().now()
    text = f"crash at {moment} (UTC ms)\n{describe(error)}\n"
    try:
        handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    except OSError:
        return
    try:
        os.write(handle, text.encode())
        os.fsync(handle)
    except OSError:
        pass
    finally:
        os.close(handle)


def describe(error: BaseException) -> str:
    """The chain of `error`: frames with their source lines, and the kinds of the errors."""
    parts: list[str] = []
    one: BaseException | None = error
    seen: set[int] = set()
    while one is not None and id(one) not in seen:
        seen.add(id(one))
        frames = traceback.extract_tb(one.__traceback__)
        parts.append("".join(traceback.format_list(frames)) + _kind(one))
        one = one.__cause__ or (None if one.__suppress_context__ else one.__context__)
    return "\nraised while handling:\n".join(parts)


def _kind(error: BaseException) -> str:
    kind = f"{type(error).__module__}.{type(error).__qualname__}"
    if isinstance(error, OSError) and error.errno is not None:
        return f"{kind}: errno {error.errno} {os.strerror(error.errno)}"
    if isinstance(error, _ABOUT_THE_PROGRAM):
        return f"{kind}: {error}"
    return kind
