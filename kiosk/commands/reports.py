"""kiosk report: what was done at the gate, as a table, csv, xlsx, pdf, or on paper."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.commands.arguments import day, settings

if TYPE_CHECKING:
    from kiosk.codes import ReportForm
    from kiosk.commands.arguments import Commands

_WHICH = """\
  visits      who was let in: time in and out, document, prisoner, officer, outcome
  refusals    who was refused: every reason in words, its rule and its legal reference
  overrides   whom two persons let in against the rules, who asked and who signed
  waiting     minutes from the ticket to the call, by hour and by kind
  unvisited   prisoners without a visit of family or friends in these days
  packages    packages and parcels: sender, prisoner, weights, things, what became of each
  finds       what was found: where hidden, with whom, the act, the fine, who got it

Without --as nobody is named: people stand by their initials, documents by the end of their
numbers. It leaves no trace and runs beside the kiosk. With --as the names are whole, unless
--masked is given, and the register keeps who took which report: that is written, so the kiosk
must be stopped (exit 75). On its own screen it gives the same reports while it runs.

csv is UTF-8 with its mark and with semicolons, as Excel in Kyrgyz and Russian settings opens
it; a text that a spreadsheet would take for a formula begins with an apostrophe there. A file
is never overwritten, and only its owner may read it. --print orders the paper; the kiosk
prints it when it runs.
"""


def add(commands: Commands) -> None:
    from kiosk.codes import ReportForm, ReportName, Service

    forms = (ReportForm.TABLE, ReportForm.CSV, ReportForm.XLSX, ReportForm.PDF)
    report = commands.add_parser(
        "report",
        help="registers and statistics → table, csv, xlsx, pdf, paper",
        epilog=_WHICH,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    report.add_argument("name", choices=[one.value for one in ReportName], metavar="NAME")
    report.add_argument(
        "--from", dest="from_day", type=day, required=True, metavar="DATE", help="included"
    )
    report.add_argument(
        "--to", dest="to_day", type=day, required=True, metavar="DATE", help="included"
    )
    report.add_argument("--service", choices=[one.value for one in Service], metavar="KIND")
    report.add_argument(
        "--format",
        dest="form",
        choices=[one.value for one in forms],
        help="else by --output, or table",
    )
    where = report.add_mutually_exclusive_group()
    where.add_argument("--output", type=Path, metavar="FILE", help="a new file, else stdout")
    where.add_argument("--print", action="store_true", help="on the roll of the kiosk")
    report.add_argument("--as", dest="login_as", metavar="LOGIN", help="with whole names")
    report.add_argument("--masked", action="store_true", help="with initials only")
    report.add_argument("--passphrase-file", type=Path, help="of LOGIN")
    report.set_defaults(run=_report, misused=report.error)


def _report(arguments: argparse.Namespace) -> int:
    from kiosk.codes import ReportForm, ReportName, Service
    from kiosk.support import reporting
    from kiosk.values.reports import ReportAsked

    if arguments.print and arguments.login_as is None:
        arguments.misused("--print needs --as LOGIN: the paper says who ordered it")
    if arguments.print and arguments.form is not None:
        arguments.misused("--format is for a file or a stream, not for --print")
    if arguments.to_day < arguments.from_day:
        arguments.misused("--to lies before --from")
    form = ReportForm.PAPER if arguments.print else _form(arguments)
    if form in (ReportForm.XLSX, ReportForm.PDF) and arguments.output is None:
        arguments.misused(f"{form} needs --output FILE")
    asked = ReportAsked(
        name=ReportName(arguments.name),
        from_day=arguments.from_day,
        to_day=arguments.to_day,
        service=Service(arguments.service) if arguments.service is not None else None,
        masked=arguments.masked or arguments.login_as is None,
    )
    return reporting.report(
        settings(arguments),
        asked,
        form,
        reporting.Taker(arguments.login_as, arguments.passphrase_file),
        arguments.output,
        sys.stdout.buffer,
    )


def _form(arguments: argparse.Namespace) -> ReportForm:
    """What was asked for, else what the name of the file says, else a table."""
    from kiosk.codes import ReportForm

    if arguments.form is not None:
        return ReportForm(arguments.form)
    ending = arguments.output.suffix[1:].lower() if arguments.output is not None else ""
    return ReportForm(ending) if ending in ("csv", "xlsx", "pdf") else ReportForm.TABLE
