"""A blocking call beside the event loop, for which nobody has to wait, not even at the end."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Callable
from typing import TypeVar

Result = TypeVar("Result")


def beside(call: Callable[[], Result]) -> asyncio.Future[Result]:
    """What `call` answers or raises, from a thread of its own.

    The loop's own threads are joined when it ends; a name that is looked up in a dead network
    would hold the kiosk open for half a minute.
    """
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[Result] = loop.create_future()

    def answered(result: Result) -> None:
        if not answer.done():
            answer.set_result(result)

    def failed(fault: Exception) -> None:
        if not answer.done():
            answer.set_exception(fault)
            # Whoever asked may have stopped waiting; that is no error to report.
            answer.exception()

    def run() -> None:
        # The loop of a kiosk that ends may be closed already.
        with contextlib.suppress(RuntimeError):
            try:
                result = call()
            except Exception as fault:
                loop.call_soon_threadsafe(failed, fault)
            else:
                loop.call_soon_threadsafe(answered, result)

    threading.Thread(target=run, daemon=True).start()
    return answer
