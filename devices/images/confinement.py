"""What the process that opens strangers' pictures may do; the kernel holds it to that."""

from __future__ import annotations

import ctypes
import os
import resource
import signal

# linux/prctl.h
_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE = 1, 4

MEMORY_BYTES = 768 * 1024 * 1024
"""With both readers loaded 270 MiB are taken; the rest is the picture, decoded."""

# The officer's screen goes first on a machine of two cores.
_NICENESS = 5


def confine() -> None:
    """For the rest of this process: it ends with its parent, keeps nothing on a disk and takes
    no more memory than `MEMORY_BYTES`."""
    # Sent when the parent's thread that started this process ends: the kiosk's main thread. A
    # parent that died before this line has closed our standard input, which ends us too.
    _prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    # No file may get a single byte: whatever a library takes for a good place for its
    # temporary files, no picture outlives this process there. Pipes are not concerned.
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    # Nor in a core dump, wherever the system sends those.
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _prctl(_PR_SET_DUMPABLE, 0)
    # Not RLIMIT_AS: shared libraries reserve addresses that they never fill.
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY_BYTES, MEMORY_BYTES))
    os.nice(_NICENESS)


def give_back() -> None:
    """Return to the system what was freed: glibc keeps 100 MB of a day's pictures otherwise."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # musl has none
    if trim is not None:
        trim(0)


def _prctl(option: int, value: int) -> None:
    """Raises OSError."""
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(option, ctypes.c_ulong(value), 0, 0, 0) != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
