"""kiosk users, audit: accounts, and the record's proof."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.commands.arguments import settings
from kiosk.commands.codes import EXIT_DONE, EXIT_FINDING

if TYPE_CHECKING:
    from kiosk.commands.arguments import Commands


def add(commands: Commands) -> None:
    from kiosk.codes import Role

    users = commands.add_parser("users", help="who may sign in")
    actions = users.add_subparsers(metavar="ACTION", required=True)
    add = actions.add_parser(
        "add",
        help="make an account; asks for its passphrase",
        description="Make an account in an administrator's name. The kiosk must be stopped.",
    )
    add.add_argument("login")
    add.add_argument("--name", required=True, help="as papers show it: 'Исмаилов Б.'")
    add.add_argument("--sex", choices=("M", "F"), required=True)
    add.add_argument(
        "--role",
        action="append",
        required=True,
        dest="roles",
        choices=[one.value for one in Role],
        help="may be given several times",
    )
    add.add_argument("--as", dest="login_as", required=True, metavar="LOGIN")
    add.add_argument("--passphrase-file", type=Path, help="of the administrator")
    add.add_argument("--new-passphrase-file", type=Path, help="of the new account")
    add.set_defaults(run=_users_add)
    listing = actions.add_parser("list", help="all accounts")
    listing.set_defaults(run=_users_list)

    audit = commands.add_parser("audit", help="the record's proof")
    proofs = audit.add_subparsers(metavar="ACTION", required=True)
    verify = proofs.add_parser("verify", help="check the chain; name the first broken entry")
    verify.set_defaults(run=_audit_verify)


def _users_add(arguments: argparse.Namespace) -> int:
    from kiosk.support.accounts import add

    officer = add(
        settings(arguments),
        login_as=arguments.login_as,
        passphrase_file=arguments.passphrase_file,
        login=arguments.login,
        name=arguments.name,
        sex=arguments.sex,
        roles=arguments.roles,
        new_passphrase_file=arguments.new_passphrase_file,
    )
    print(f"{officer.login}: {', '.join(sorted(officer.roles))}")
    return EXIT_DONE


def _users_list(arguments: argparse.Namespace) -> int:
    from kiosk.support.accounts import listing

    for officer in listing(settings(arguments)):
        print(f"{officer.login:<16} {officer.name:<24} {', '.join(sorted(officer.roles))}")
    return EXIT_DONE


def _audit_verify(arguments: argparse.Namespace) -> int:
    from kiosk.services import audit
    from kiosk.services.opening import open_register
    from kiosk.text import _, fill

    register = open_register(settings(arguments), writer=False)
    try:
        verification = register.db.run_read(audit.verify, register.desk)
    finally:
        register.db.close()
    print(f"{verification.entries} entries, head {verification.head}")
    for finding in verification.findings:
        print(fill(_(finding.sentence), what=finding.what))
    return EXIT_FINDING if verification.findings else EXIT_DONE
