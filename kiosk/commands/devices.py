"""kiosk read, print: one document, one paper, without the whole screen."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.commands.arguments import day, seconds, settings

if TYPE_CHECKING:
    from kiosk.codes import Template
    from kiosk.commands.arguments import Commands

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


def add(commands: Commands) -> None:
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
    read.add_argument("--seconds", type=seconds, metavar="N", help="end --capture by itself")
    read.add_argument(
        "--profile", metavar="NAME", help="cut --replay as this make of reader, or by a .toml"
    )
    read.add_argument(
        "--today", type=day, metavar="YYYY-MM-DD", help="reference day for expiry"
    )
    read.set_defaults(run=_read, misused=read.error)

    _add_print(commands)


def _add_print(commands: Commands) -> None:
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


def _read(arguments: argparse.Namespace) -> int:
    if arguments.seconds is not None and arguments.capture is None:
        arguments.misused("--seconds goes with --capture")
    if arguments.profile is not None and arguments.replay is None:
        arguments.misused("--profile goes with --replay")
    if arguments.capture is not None:
        from kiosk.support.capturing import capture

        return capture(settings(arguments), arguments.capture, arguments.seconds, sys.stderr)
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

    site = settings(arguments)
    if arguments.list:
        return printing.listing(sys.stdout)
    table = printing.TABLES[arguments.second]
    wanted = printing.Wanted(arguments.sample, table, arguments.paper)
    if arguments.preview:
        return printing.preview(site, wanted, sys.stdout)
    if arguments.bytes is None:
        return printing.print_out(site, wanted, sys.stdout, sys.stderr)
    if arguments.bytes == "-" and sys.stdout.isatty():
        arguments.misused("--bytes - goes into a pipe or a file, not onto a terminal")
    return printing.write_bytes(site, wanted, arguments.bytes, sys.stdout.buffer)
