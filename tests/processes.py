"""The processes that a program has started, as the kernel lists them."""

from __future__ import annotations

import contextlib
from pathlib import Path


def children(pid: int | str = "self") -> set[int]:
    """The processes that `pid` has started, from any of its threads, and that still run.

    A thread may end while it is asked: what it had started then belongs to another.
    """
    found: set[int] = set()
    for thread in Path(f"/proc/{pid}/task").iterdir():
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):
            found.update(int(child) for child in (thread / "children").read_text().split())
    return found
