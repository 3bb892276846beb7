"""kiosk import: lists that offices send, first what they would change."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.commands.arguments import settings

if TYPE_CHECKING:
    from kiosk.commands.arguments import Commands

_PRISONERS = """\
FILE is csv (comma, semicolon or tab; UTF-8, UTF-16, Windows-1251, CP866 or KOI8-R)
or xlsx. Its heads may stand in any order, below a title, in Russian, Kyrgyz or these:

  file_no surname given_names patronymic birth_year sex category regime
  condition unit status status_since

A list needs file_no, surname (or a whole name) and birth_year, by which a prisoner is
recognised. Of somebody new also given_names, sex and category, and of a convict the
regime. An empty cell changes nothing. Exit code 1 when a line was rejected.
"""
_BALANCES = """\
FILE is csv or xlsx as for prisoners, with the heads: file_no service pieces grams.
It says what each prisoner has used of a service in the running period.
"""


def add(commands: Commands) -> None:
    taking = commands.add_parser("import", help="a list of prisoners, or of paper balances")
    lists = taking.add_subparsers(metavar="LIST", required=True)
    for name, about, told in (
        ("prisoners", "the list of prisoners", _PRISONERS),
        ("balances", "what the paper journals counted", _BALANCES),
    ):
        command = lists.add_parser(
            name,
            help=about,
            description="Say what the list would change. With --apply the lines that are"
            " right are recorded, in an administrator's name; the kiosk must be stopped.",
            epilog=told,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        command.add_argument("file", type=Path, metavar="FILE")
        command.add_argument("--apply", action="store_true", help="record what is right")
        command.add_argument("--json", action="store_true", help="one JSON object")
        command.add_argument("--as", dest="login_as", metavar="LOGIN")
        command.add_argument("--passphrase-file", type=Path, help="of the administrator")
        command.set_defaults(run=_import, kind=name, misused=command.error)


def _import(arguments: argparse.Namespace) -> int:
    from kiosk.support import importing

    if arguments.apply and arguments.login_as is None:
        arguments.misused("--apply needs --as LOGIN, an administrator")
    asked = importing.Asked(
        arguments.file,
        arguments.login_as if arguments.apply else None,
        arguments.passphrase_file,
        arguments.json,
    )
    run = importing.prisoners if arguments.kind == "prisoners" else importing.balances
    return run(settings(arguments), asked, sys.stdout)
