"""What the tests of the picture process share: workers that do as their picture says."""

from __future__ import annotations

import asyncio
import os
import sys
from datetime import date
from pathlib import Path

from devices.images.process import Limits
from devices.mrz import Document, ReasonCode

TODAY = date(2026, 11, 24)
WORKER = str(Path(__file__).with_name("odd_worker.py"))
GENEROUS = Limits(reading_s=60, loading_s=60)
# Long enough for a niced worker on a busy machine to answer what it need not think about.
HASTY = Limits(reading_s=1, loading_s=60)


def command(*arguments: str) -> tuple[str, ...]:
    return (sys.executable, WORKER, *arguments)


def picture(lines: tuple[str, ...]) -> bytes:
    return "\n".join(lines).encode()


def codes(document: Document) -> list[ReasonCode]:
    return [reason.code for reason in document.reasons]


def lives(pid: int | None) -> bool:
    return Path(f"/proc/{pid}").exists()


async def ended(pid: int) -> None:
    """Waits until the process has ended; it need not be ours."""
    try:
        handle = os.pidfd_open(pid)
    except ProcessLookupError:
        return
    loop = asyncio.get_running_loop()
    event = asyncio.Event()
    loop.add_reader(handle, event.set)
    try:
        await asyncio.wait_for(event.wait(), 20)
    finally:
        loop.remove_reader(handle)
        os.close(handle)


async def opened(fifo: Path) -> None:
    """Waits until the worker has opened the fifo, which lets it go on."""
    await asyncio.to_thread(lambda: os.close(os.open(fifo, os.O_WRONLY)))
