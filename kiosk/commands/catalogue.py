"""kiosk catalogue: the things that families bring, listed, checked, taken in, written out."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.commands.arguments import day, settings

if TYPE_CHECKING:
    from kiosk.commands.arguments import Commands

_FORMAT = """\
FILE is csv (comma, semicolon or tab; UTF-8, UTF-16, Windows-1251, CP866 or KOI8-R) or
xlsx, with the heads that "kiosk catalogue export" writes:

  code code_ky code_ru name_ky name_ru name_en class unit allowed max_pieces max_grams
  perishable_hours medical inspection valid_from legal_ref

KG-DRAFT instead of a FILE is the catalogue that comes with Gatebook. A line that says what
the catalogue says already changes nothing; a line with "withdrawn" takes a thing out; a thing
that is on no line stays. A change begins on its valid_from, or today where that is past or
empty. Exit code 1 when a line was rejected.
"""


def add(commands: Commands) -> None:
    catalogue = commands.add_parser("catalogue", help="the things that families bring")
    actions = catalogue.add_subparsers(metavar="ACTION", required=True)

    listing = actions.add_parser("list", help="what stands in it on a day")
    listing.add_argument("--day", type=day, metavar="DATE", help="else today")
    listing.add_argument("--json", action="store_true", help="one JSON list")
    listing.set_defaults(run=_list)

    check = actions.add_parser(
        "check",
        help="all that is wrong with a file, a line each; no register is needed",
        epilog=_FORMAT,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    check.add_argument("file", metavar="FILE")
    check.set_defaults(run=_check)

    taking = actions.add_parser(
        "import",
        help="what a file would change; with --apply, take it in",
        description="Say what a file would change. With --apply the lines that are right are"
        " recorded, in the name of a supervisor or administrator; the kiosk must be stopped.",
        epilog=_FORMAT,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    taking.add_argument("file", metavar="FILE")
    taking.add_argument("--apply", action="store_true", help="record what is right")
    taking.add_argument("--json", action="store_true", help="one JSON object")
    taking.add_argument("--as", dest="login_as", metavar="LOGIN")
    taking.add_argument("--passphrase-file", type=Path, help="of LOGIN")
    taking.set_defaults(run=_import, misused=taking.error)

    export = actions.add_parser("export", help="a csv file that import takes in again")
    export.add_argument("--day", type=day, metavar="DATE", help="as it stands then; else today")
    export.add_argument("--output", type=Path, metavar="FILE", help="a new file, else stdout")
    export.set_defaults(run=_export)


def _list(arguments: argparse.Namespace) -> int:
    from kiosk.support import catalogue

    return catalogue.listing(
        settings(arguments), arguments.day, sys.stdout, as_json=arguments.json
    )


def _check(arguments: argparse.Namespace) -> int:
    from kiosk.support import catalogue

    settings(arguments)  # for the language of what is found
    return catalogue.check(arguments.file, sys.stdout)


def _import(arguments: argparse.Namespace) -> int:
    from kiosk.support import catalogue, importing

    if arguments.apply and arguments.login_as is None:
        arguments.misused("--apply needs --as LOGIN, a supervisor or administrator")
    asked = importing.Asked(
        Path(arguments.file),
        arguments.login_as if arguments.apply else None,
        arguments.passphrase_file,
        arguments.json,
    )
    return catalogue.take_in(settings(arguments), asked, sys.stdout)


def _export(arguments: argparse.Namespace) -> int:
    from kiosk.support import catalogue

    return catalogue.export(
        settings(arguments), arguments.day, arguments.output, sys.stdout.buffer
    )
