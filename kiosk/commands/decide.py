"""kiosk decide: what the rules answer, and why."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.commands.arguments import moment, settings
from kiosk.commands.codes import EXIT_DONE

if TYPE_CHECKING:
    from kiosk.commands.arguments import Commands
    from kiosk.config import Settings

_FORMAT = """\
With --prisoner the register is asked, for now or for any moment: what was recorded later
does not exist yet. With --case a recorded decision is shown, and decided again from what
was kept of its facts (exit 1 when the answer is another one). Both run beside the kiosk.

With --jsonl every line of standard input is a case, one JSON object that holds the
prisoner, the history, what is forbidden and the request; "settings": {"rule_set": …}
names a set that comes with the program. Its answer is one JSON object a line with the
same id, or {"id", "error"} for a line that is no case. No register is needed.
A FILE holds one case, over as many lines as it likes, or one a line.
"""


def add(commands: Commands) -> None:
    from kiosk.codes import Service

    decide = commands.add_parser(
        "decide",
        help="may somebody pass, and why not → text or JSON",
        epilog=_FORMAT,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    of_what = decide.add_mutually_exclusive_group(required=True)
    of_what.add_argument("--prisoner", metavar="FILE_NO", help="of a prisoner in the register")
    of_what.add_argument("--case", metavar="NUMBER", help="recorded, like V-26-004512")
    of_what.add_argument("--jsonl", action="store_true", help="one case a line on stdin")
    of_what.add_argument("file", nargs="?", type=Path, metavar="FILE", help="cases in a file")
    decide.add_argument(
        "--person",
        action="append",
        default=[],
        metavar="ID",
        help="who asks: id, personal number or document number; may be given several times",
    )
    decide.add_argument(
        "--service", choices=[one.value for one in Service], default="short_visit"
    )
    decide.add_argument("--at", type=moment, metavar="ISO", help="like 2026-12-31T10:00")
    decide.add_argument("--grams", type=int, metavar="N", help="the weight of goods")
    decide.add_argument("--json", action="store_true", help="one JSON object")
    decide.set_defaults(run=_decide, misused=decide.error)


def _decide(arguments: argparse.Namespace) -> int:
    site = settings(arguments)
    if arguments.jsonl:
        return _cases(site, sys.stdin.buffer)
    if arguments.file is not None:
        from kiosk.support.deciding import cases_of

        return _cases(site, cases_of(arguments.file.read_bytes()))
    from kiosk.codes import Service
    from kiosk.support import explaining

    if arguments.case is not None:
        if arguments.json:
            arguments.misused("--json goes with --prisoner")
        return explaining.explain_case(site, arguments.case, sys.stdout)
    return explaining.explain_moment(
        site,
        arguments.prisoner,
        tuple(arguments.person),
        Service(arguments.service),
        arguments.at,
        arguments.grams,
        sys.stdout,
        as_json=arguments.json,
    )


def _cases(site: Settings, lines: Iterable[bytes]) -> int:
    from kiosk.support.deciding import answers

    for line in answers(lines, site.zone):
        sys.stdout.buffer.write(line + b"\n")
        sys.stdout.buffer.flush()  # whoever asks one by one waits for each answer
    return EXIT_DONE
