"""kiosk decide: what the rules answer, and why."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from kiosk.commands.arguments import settings
from kiosk.commands.codes import EXIT_DONE

if TYPE_CHECKING:
    from kiosk.commands.arguments import Commands

_FORMAT = """\
With --jsonl every line of standard input is a case, one JSON object that holds the
prisoner, the history, what is forbidden and the request; "settings": {"rule_set": …}
names a set that comes with the program. Its answer is one JSON object a line with the
same id, or {"id", "error"} for a line that is no case. No register is needed.
"""


def add(commands: Commands) -> None:
    decide = commands.add_parser(
        "decide",
        help="may somebody pass, and why not → text or JSON",
        epilog=_FORMAT,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    decide.add_argument(
        "--jsonl", action="store_true", required=True, help="one case a line on stdin"
    )
    decide.set_defaults(run=_decide)


def _decide(arguments: argparse.Namespace) -> int:
    from kiosk.support.deciding import answers

    for line in answers(sys.stdin.buffer, settings(arguments).zone):
        sys.stdout.buffer.write(line + b"\n")
        sys.stdout.buffer.flush()  # whoever asks one by one waits for each answer
    return EXIT_DONE
