"""The commands; each imports what it needs when it is called."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk import __version__

if TYPE_CHECKING:
    from kiosk.codes import Template
    from kiosk.config import Settings
    from kiosk.errors import KioskError
    from kiosk.post import Post

EXIT_DONE, EXIT_FINDING, EXIT_USAGE, EXIT_REFUSED = 0, 1, 2, 3
EXIT_CRASH, EXIT_RUNNING, EXIT_CONFIGURATION, EXIT_INTERRUPTED = 70, 75, 78, 130

_READ_FORMAT = """\
A request of --jsonl is one JSON object a line:

  {"id": 1, "raw": "IDKGZ..."}        each character below U+0100 is that byte,
                                      any other its UTF-8 bytes
  {"id": 2, "raw_base64": "SURL..."}  the bytes in base64
  {"id": 3, "image": "scan.png"}      the path of a picture: PNG, JPEG, TIFF,
                                      BMP, PBM, PGM, PPM or WebP

The answer is one JSON object a line with the same id: the fields of the document,
"status", "reasons", "evidence" and "repaired"; or {"id", "error"} for a line that is
no request.
"""


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
            _complain(error)
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
            _complain(KioskError(N_("The machine reported an error: {why}."), why=why))
            return EXIT_FINDING
    from kiosk import crash

    crash.record(error, log_file)
    sentence = N_("Something failed that nobody foresaw ({kind}). Call support.")
    _complain(KioskError(sentence, kind=type(error).__name__))
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


def _complain(error: KioskError) -> None:
    from kiosk.text import _, fill

    print(fill(_(error.sentence), **error.values), file=sys.stderr)


def _parser() -> argparse.ArgumentParser:
    from kiosk.codes import Role

    parser = argparse.ArgumentParser(
        prog="kiosk", description="The electronic register of a prison's gate."
    )
    parser.add_argument("--version", action="version", version=f"Gatebook {__version__}")
    parser.add_argument("--config", type=Path, metavar="FILE", help="instead of ./config.toml")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)

    demo = commands.add_parser("demo", help="the kiosk with made-up people and devices")
    demo.add_argument("--state", type=Path, metavar="DIR", help="keep the demo's folder there")
    demo.set_defaults(run=_demo)

    run = commands.add_parser("run", help="the kiosk, as config.toml says")
    run.set_defaults(run=_run)

    doctor = commands.add_parser("doctor", help="check this kiosk and say what to do")
    doctor.add_argument("--json", action="store_true", help="one JSON list")
    doctor.set_defaults(run=_doctor)

    read = commands.add_parser(
        "read",
        help="one document from reader bytes or a picture → JSON",
        epilog=_READ_FORMAT,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    source = read.add_mutually_exclusive_group()
    source.add_argument(
        "file", nargs="?", type=Path, help="recorded reader bytes or a picture, else stdin"
    )
    source.add_argument("--jsonl", action="store_true", help="one request a line on stdin")
    source.add_argument(
        "--capture",
        type=Path,
        metavar="FILE",
        help="keep what the reader sends in a new FILE (personal data), until Ctrl+C",
    )
    source.add_argument(
        "--replay", type=Path, metavar="FILE", help="read such a FILE again: one JSON a reading"
    )
    read.add_argument("--seconds", type=_seconds, metavar="N", help="end --capture by itself")
    read.add_argument(
        "--profile", metavar="NAME", help="cut --replay as this make of reader, or by a .toml"
    )
    read.add_argument(
        "--today", type=_day, metavar="YYYY-MM-DD", help="reference day for expiry"
    )
    read.set_defaults(run=_read, misused=read.error)

    _add_print(commands)

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
        choices=[*Role],
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
    return parser


def _add_print(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    command = commands.add_parser("print", help="the printer's test page, or a sample paper")
    what = command.add_mutually_exclusive_group(required=True)
    what.add_argument(
        "--test-page", action="store_true", help="every way to print letters, to choose by eye"
    )
    what.add_argument("--sample", type=_paper, metavar="NAME", help="a sample of this paper")
    what.add_argument("--list", action="store_true", help="the names of the papers")
    command.add_argument("--paper", choices=("80", "58"), help="width of the roll in mm")
    command.add_argument("--second", action="store_true", help="on the second printer")
    instead = command.add_mutually_exclusive_group()
    instead.add_argument("--preview", action="store_true", help="as text, without a printer")
    instead.add_argument(
        "--bytes", metavar="FILE", help="the printer's bytes into a new FILE, or - for stdout"
    )
    command.set_defaults(run=_print, misused=command.error)


def _paper(text: str) -> Template:
    from kiosk.codes import Template

    try:
        return Template(text)
    except ValueError:
        names = ", ".join(Template)
        raise argparse.ArgumentTypeError(f"{text} is no paper. Papers: {names}") from None


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text} is no date: write it as 2026-11-24") from None


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0
    if not 0 < seconds < float("inf"):
        raise argparse.ArgumentTypeError(f"{text} is no time: write seconds, as 60")
    return seconds


def _settings(arguments: argparse.Namespace) -> Settings:
    """The configuration; what is said from here on is said in the site's first language."""
    from kiosk.config import load
    from kiosk.text import use

    settings = load(arguments.config)
    arguments.log_file = settings.log_file
    use(settings.site.languages[0])
    return settings


# ---- full screen


def _demo(arguments: argparse.Namespace) -> int:
    from kiosk.demo.post import DemoPost

    post = DemoPost(arguments.state)
    return _full_screen(post)


def _run(arguments: argparse.Namespace) -> int:
    from kiosk.post import GatePost

    return _full_screen(GatePost(_settings(arguments)))


def _full_screen(post: Post) -> int:
    from kiosk.terminal import prepare_environment, run

    prepare_environment()
    from kiosk import log_file
    from kiosk.app import KioskApp
    from kiosk.errors import AlreadyRunning

    log_file.keep(post.log_path)
    app = KioskApp(post)
    code = run(app)
    if app.fatal is not None:
        _complain(app.fatal)
        return EXIT_RUNNING if isinstance(app.fatal, AlreadyRunning) else code
    return code


# ---- beside the kiosk


def _doctor(arguments: argparse.Namespace) -> int:
    from kiosk.support.doctor import check, report

    return report(check(arguments.config), as_json=arguments.json)


def _read(arguments: argparse.Namespace) -> int:
    if arguments.seconds is not None and arguments.capture is None:
        arguments.misused("--seconds goes with --capture")
    if arguments.profile is not None and arguments.replay is None:
        arguments.misused("--profile goes with --replay")
    if arguments.capture is not None:
        from kiosk.support.capturing import capture

        return capture(_settings(arguments), arguments.capture, arguments.seconds, sys.stderr)
    if arguments.replay is not None:
        from kiosk.support.replaying import replay

        return replay(arguments.replay, arguments.profile, sys.stdout, arguments.today)
    from io import TextIOWrapper

    from kiosk.support.pictures import recorded
    from kiosk.support.reading import read_lines, read_one

    if arguments.jsonl:
        lines = TextIOWrapper(sys.stdin.buffer, "utf-8", "replace")
        return read_lines(lines, sys.stdout, arguments.today)
    raw = sys.stdin.buffer.read() if arguments.file is None else recorded(arguments.file)
    return read_one(raw, sys.stdout, arguments.today)


def _print(arguments: argparse.Namespace) -> int:
    from kiosk.support import printing

    settings = _settings(arguments)
    if arguments.list:
        return printing.listing(sys.stdout)
    table = printing.TABLES[arguments.second]
    wanted = printing.Wanted(arguments.sample, table, arguments.paper)
    if arguments.preview:
        return printing.preview(settings, wanted, sys.stdout)
    if arguments.bytes is None:
        return printing.print_out(settings, wanted, sys.stdout, sys.stderr)
    if arguments.bytes == "-" and sys.stdout.isatty():
        arguments.misused("--bytes - goes into a pipe or a file, not onto a terminal")
    return printing.write_bytes(settings, wanted, arguments.bytes, sys.stdout.buffer)


def _users_add(arguments: argparse.Namespace) -> int:
    from kiosk.support.accounts import add

    officer = add(
        _settings(arguments),
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

    for officer in listing(_settings(arguments)):
        print(f"{officer.login:<16} {officer.name:<24} {', '.join(sorted(officer.roles))}")
    return EXIT_DONE


def _audit_verify(arguments: argparse.Namespace) -> int:
    from kiosk.services import audit
    from kiosk.services.opening import open_register
    from kiosk.text import _, fill

    register = open_register(_settings(arguments), writer=False)
    try:
        verification = register.db.run_read(audit.verify, register.desk)
    finally:
        register.db.close()
    print(f"{verification.entries} entries, head {verification.head}")
    for finding in verification.findings:
        print(fill(_(finding.sentence), what=finding.what))
    return EXIT_FINDING if verification.findings else EXIT_DONE
