"""kiosk.log: what the program says about itself, and never a word about people.

    2026-11-24T10:06:03.214Z WARNING devices.readers.serial reader: /dev/kiosk/reader is gone

A line holds what this program's own modules wrote; an error is kept as its kind and its
place, because its text may hold what was read or typed. The same goes for what libraries
say. Nothing is ever written to the terminal: an officer's screen stands there.
"""

from __future__ import annotations

import logging
import os
import time
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

from kiosk import crash

MOST_BYTES = 4 * 1024 * 1024
OLDER_FILES = 2

_OURS = ("kiosk", "devices")


def keep(path: Path) -> None:
    """From here on, what is logged is appended to `path` (0600), and stands nowhere else.

    The file is made by the first line. One that cannot be written is done without: the
    gate goes on.
    """
    handler = _LogFile(path, maxBytes=MOST_BYTES, backupCount=OLDER_FILES, delay=True)
    handler.setFormatter(_WithoutData("%(asctime)s %(levelname)s %(name)s %(message)s"))
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    # It would write to the terminal what finds no handler.
    logging.lastResort = None


class _LogFile(RotatingFileHandler):
    def _open(self) -> TextIOWrapper:
        return open(self.baseFilename, "a", encoding="utf-8", opener=_only_ours)

    def handleError(self, record: logging.LogRecord) -> None:
        """Not even that the disk is full is worth a traceback on the screen."""


def _only_ours(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


class _WithoutData(logging.Formatter):
    converter = staticmethod(time.gmtime)
    default_time_format = "%Y-%m-%dT%H:%M:%S"
    default_msec_format = "%s.%03dZ"

    def format(self, record: logging.LogRecord) -> str:
        # Another handler may have kept the whole traceback, with its message.
        record.exc_text = None
        return super().format(record)

    def formatMessage(self, record: logging.LogRecord) -> str:
        if record.name.partition(".")[0] not in _OURS:
            record.message = f"{record.module}:{record.lineno}"
        return super().formatMessage(record)

    def formatException(
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None]
        | tuple[None, None, None],
    ) -> str:
        return crash.describe(ei[1]) if ei[1] is not None else ""
