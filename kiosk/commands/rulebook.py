"""kiosk rules: the rule sets of the register and of files, read, taken in, signed, tried."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.commands.arguments import settings

if TYPE_CHECKING:
    from kiosk.commands.arguments import Commands

_SET = "a .toml file, or a preset: KG-DRAFT, RU-UIK, TEST-2026"


def add(commands: Commands) -> None:
    rules = commands.add_parser("rules", help="the rule sets that decide who may pass")
    actions = rules.add_subparsers(metavar="ACTION", required=True)

    listing = actions.add_parser("list", help="the sets of the register; > decides today")
    listing.add_argument("--json", action="store_true", help="one JSON list")
    listing.set_defaults(run=_list)

    show = actions.add_parser("show", help="the rows of a set, in words")
    which = show.add_mutually_exclusive_group()
    which.add_argument("name", nargs="?", help="of a set of the register; else today's")
    which.add_argument("--file", metavar="SET", help=_SET)
    show.add_argument("version", nargs="?", default="", help="the last one when left out")
    show.add_argument("--json", action="store_true", help="with the keys of its file")
    show.set_defaults(run=_show)

    check = actions.add_parser("check", help="all that is wrong with a set, a line each")
    check.add_argument("set", metavar="SET", help=_SET)
    check.set_defaults(run=_check)

    taking = actions.add_parser(
        "import",
        help="what a set would change; with --apply, take it in",
        description="Say what a set would change against the one in force. With --apply it is"
        " taken into the register, in an administrator's name; the kiosk must be stopped.",
    )
    taking.add_argument("set", metavar="SET", help=_SET)
    taking.add_argument("--apply", action="store_true", help="take it in")
    taking.add_argument("--as", dest="login_as", metavar="LOGIN")
    taking.add_argument("--passphrase-file", type=Path, help="of the administrator")
    taking.set_defaults(run=_import, misused=taking.error)

    sign = actions.add_parser(
        "sign",
        help="write down who of the prison stands by a set",
        description="From then on the set decides for all days from its first one on. It can"
        " never be altered: a change is a new version. The kiosk must be stopped.",
    )
    sign.add_argument("name")
    sign.add_argument("version")
    sign.add_argument("--signer", required=True, metavar="NAME", help="'Асанов Б., head'")
    sign.add_argument("--as", dest="login_as", required=True, metavar="LOGIN")
    sign.add_argument("--passphrase-file", type=Path, help="of the administrator")
    sign.set_defaults(run=_sign)

    trying = actions.add_parser("test", help="run a file of cases with their expected answers")
    trying.add_argument("cases", type=Path, metavar="CASES", help="one case a line, as JSON")
    trying.add_argument(
        "--rule-set", metavar="SET", help=f"{_SET}, or one of the register; else as they say"
    )
    trying.set_defaults(run=_test)


def _list(arguments: argparse.Namespace) -> int:
    from kiosk.support import rule_sets

    return rule_sets.listing(settings(arguments), sys.stdout, as_json=arguments.json)


def _show(arguments: argparse.Namespace) -> int:
    from kiosk.support import rule_sets

    site = settings(arguments)
    if arguments.file is not None:
        rules = rule_sets.usable(arguments.file)
    else:
        rules = rule_sets.kept(site, arguments.name or "", arguments.version)
    return rule_sets.show(rules, sys.stdout, as_json=arguments.json)


def _check(arguments: argparse.Namespace) -> int:
    from kiosk.support import rule_sets

    settings(arguments)  # for the language of what is found
    return rule_sets.report(arguments.set, sys.stdout)


def _import(arguments: argparse.Namespace) -> int:
    from kiosk.support import rule_sets

    if arguments.apply and arguments.login_as is None:
        arguments.misused("--apply needs --as LOGIN: an administrator takes rules in")
    return rule_sets.take_in(
        settings(arguments),
        arguments.set,
        sys.stdout,
        login=arguments.login_as if arguments.apply else None,
        passphrase_file=arguments.passphrase_file,
    )


def _sign(arguments: argparse.Namespace) -> int:
    from kiosk.support import rule_sets

    return rule_sets.sign(
        settings(arguments),
        arguments.name,
        arguments.version,
        arguments.signer,
        sys.stdout,
        login=arguments.login_as,
        passphrase_file=arguments.passphrase_file,
    )


def _test(arguments: argparse.Namespace) -> int:
    from kiosk.support import rule_sets

    site = settings(arguments)
    return rule_sets.try_cases(site, arguments.cases, arguments.rule_set, sys.stdout)
