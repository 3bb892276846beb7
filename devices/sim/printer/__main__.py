"""A printer of its own process, for who has none: serves a line, prints papers on the screen.

    python -m devices.sim.printer --link /tmp/printer --baud 9600 --mm-per-s 150
    python -m devices.sim.printer --port 9100

What happens to it is typed, one thing a line; `help` tells what. It ends with its input.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TextIO

from devices.health import DeviceFlag
from devices.sim.printer.answers import Ability
from devices.sim.printer.printer import EVERYTHING, SimulatedPrinter

_FAULTS = (
    DeviceFlag.PAPER_NEAR_END,
    DeviceFlag.PAPER_OUT,
    DeviceFlag.COVER_OPEN,
    DeviceFlag.CUTTER,
    DeviceFlag.OVERHEATED,
    DeviceFlag.OFFLINE,
)
HELP = f"""\
fault NAME | mend NAME   {", ".join(_FAULTS)}
ends LINES               the paper is out after so many lines
off | on                 the power; off loses what is not printed
pull | plug              the cable
cut BYTES                the cable is pulled after so many bytes
freeze | thaw            takes no bytes
mute | talk              answers nothing
hangup                   ends the connection
"""
RULER = "-" * 48


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m devices.sim.printer", description=__doc__.splitlines()[0]
    )
    where = parser.add_mutually_exclusive_group(required=True)
    where.add_argument("--link", type=Path, help="put a pseudo-terminal at this path")
    where.add_argument("--port", type=int, help="listen on this TCP port; 0 takes a free one")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
    parser.add_argument("--baud", type=int, help="speed of the line")
    parser.add_argument("--mm-per-s", type=float, help="speed of the paper")
    parser.add_argument("--columns", type=int, default=48, help="letters on a row (48)")
    parser.add_argument("--chinese", action="store_true", help="starts in Kanji mode")
    parser.add_argument(
        "--without", type=Ability, action="append", choices=list(Ability), default=[]
    )
    return asyncio.run(_serve(parser.parse_args(), sys.stdout))


async def _serve(wanted: argparse.Namespace, out: TextIO) -> int:
    printer = SimulatedPrinter(
        wanted.link,
        columns=wanted.columns,
        on_paper=lambda paper: _tell(out, f"{RULER}\n{paper}\n{RULER}"),
        baud=wanted.baud,
        mm_per_s=wanted.mm_per_s,
        knows=EVERYTHING - set(wanted.without),
        chinese=wanted.chinese,
    )
    try:
        if wanted.link:
            printer.plug_in()
            _tell(out, f"ready {wanted.link}")
        else:
            _tell(out, f"ready {wanted.host} {printer.listen(wanted.port, wanted.host)}")
        await _obey(printer, out)
    finally:
        printer.close()
    return 0


async def _obey(printer: SimulatedPrinter, out: TextIO) -> None:
    """Does what is typed, until the input ends."""
    typed = asyncio.StreamReader()
    try:
        await asyncio.get_running_loop().connect_read_pipe(
            lambda: asyncio.StreamReaderProtocol(typed), sys.stdin
        )
    except (OSError, ValueError):
        # A file, which cannot be waited for: nobody types. It ends when it is killed.
        await asyncio.get_running_loop().create_future()
    while line := await typed.readline():
        words = line.decode(errors="replace").split()
        try:
            if words:
                _do(printer, *words)
        except (KeyError, ValueError, TypeError):
            _tell(out, HELP.rstrip())


def _do(printer: SimulatedPrinter, what: str, *rest: str) -> None:
    acts: dict[str, Callable[..., None]] = {
        "fault": lambda name: printer.fault(DeviceFlag(name)),
        "mend": lambda name: printer.mend(DeviceFlag(name)),
        "ends": lambda lines: printer.paper_ends_after(int(lines)),
        "off": printer.switch_off,
        "on": printer.switch_on,
        "pull": printer.pull_out,
        "plug": printer.plug_in,
        "cut": lambda count: printer.cut_cable_after(int(count)),
        "freeze": printer.freeze,
        "thaw": printer.thaw,
        "mute": lambda: setattr(printer, "mute", True),
        "talk": lambda: setattr(printer, "mute", False),
        "hangup": printer.hang_up,
    }
    acts[what](*rest)


def _tell(out: TextIO, text: str) -> None:
    out.write(f"{text}\n")
    out.flush()


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        sys.exit(main())
