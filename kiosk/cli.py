"""kiosk …: one command, and a sentence whatever happens."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk import __version__
from kiosk.commands.codes import (
    EXIT_CONFIGURATION,
    EXIT_CRASH,
    EXIT_FINDING,
    EXIT_INTERRUPTED,
    EXIT_REFUSED,
    EXIT_RUNNING,
)

if TYPE_CHECKING:
    from kiosk.errors import KioskError


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; the exit code (contracts: 0 1 2 3 70 75 78 129 143).

    Whatever happens is said in a sentence: a traceback may hold data, and helps nobody here.
    """
    arguments = argparse.Namespace(log_file=None)
    try:
        try:
            arguments = _parser().parse_args(argv, arguments)
            code = arguments.run(arguments)
            assert isinstance(code, int)
            return code
        finally:
            if sys.stdout is not None:
                sys.stdout.flush()
    except KeyboardInterrupt:
        return EXIT_INTERRUPTED
    except Exception as error:
        _leave_output()
        return _failed(error, arguments.log_file)


def _failed(error: Exception, log_file: Path | None) -> int:
    """Say why, in a sentence; the exit code."""
    from kiosk.errors import AlreadyRunning, ConfigurationError, KioskError, Refused
    from kiosk.text import N_

    match error:
        case BrokenPipeError():
            # Who read the answer had enough of it, so nobody is told; but it was not whole.
            return EXIT_FINDING
        case KioskError():
            complain(error)
            for kind, code in (
                (ConfigurationError, EXIT_CONFIGURATION),
                (AlreadyRunning, EXIT_RUNNING),
                (Refused, EXIT_REFUSED),
            ):
                if isinstance(error, kind):
                    return code
            return EXIT_FINDING
        case OSError():
            why = error.strerror or type(error).__name__
            if error.filename is not None:
                why = f"{error.filename}: {why}"
            complain(KioskError(N_("The machine reported an error: {why}."), why=why))
            return EXIT_FINDING
    from kiosk import crash

    crash.record(error, log_file)
    sentence = N_("Something failed that nobody foresaw ({kind}). Call support.")
    complain(KioskError(sentence, kind=type(error).__name__))
    return EXIT_CRASH


def _leave_output() -> None:
    """What standard output did not take would be tried, and complained about, once more."""
    try:
        sys.stdout.flush()
    except OSError:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
    except (AttributeError, ValueError):
        pass  # there is none, or it is closed


def complain(error: KioskError) -> None:
    from kiosk.text import _, fill

    print(fill(_(error.sentence), **error.values), file=sys.stderr)


def _parser() -> argparse.ArgumentParser:
    from kiosk.commands import (
        catalogue,
        decide,
        devices,
        gate,
        people,
        register,
        reports,
        rulebook,
    )

    parser = argparse.ArgumentParser(
        prog="kiosk", description="The electronic register of a prison's gate."
    )
    parser.add_argument("--version", action="version", version=f"Gatebook {__version__}")
    parser.add_argument("--config", type=Path, metavar="FILE", help="instead of ./config.toml")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for room in (gate, devices, register, rulebook, decide, catalogue, reports, people):
        room.add(commands)
    return parser
