"""`kiosk import`: what a list would change, said in lines or as JSON, and its recording."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO, TypeVar

from kiosk.commands.codes import EXIT_DONE, EXIT_FINDING
from kiosk.config import Settings
from kiosk.lists import balances as balance_lists
from kiosk.lists import prisoners as prisoner_lists
from kiosk.lists.balances import BalanceList
from kiosk.lists.catalogue import CatalogueList
from kiosk.lists.faults import Rejected
from kiosk.lists.prisoners import PrisonerList
from kiosk.services import balance_import, prisoner_import
from kiosk.services.desk import Desk
from kiosk.services.opening import open_register
from kiosk.support.accounts import working_as
from kiosk.text import _, fill
from kiosk.values import Officer
from kiosk.values.imports import BalancePreview, Change, ListPreview
from kiosk.wording.prisoners import value_text

L = TypeVar("L", PrisonerList, BalanceList, CatalogueList)
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Asked:
    """`login_as` None: only say what would change."""

    file: Path
    login_as: str | None
    passphrase_file: Path | None
    as_json: bool


def prisoners(settings: Settings, asked: Asked, out: TextIO) -> int:
    """The exit code: 1 when a line was rejected. Raises KioskError."""
    read, shown = done(
        settings,
        asked,
        lambda desk: prisoner_lists.read(asked.file, desk.day()),
        prisoner_import.preview,
        prisoner_import.apply,
    )
    if asked.as_json:
        tell_json(
            out,
            new=len(shown.new),
            changed=len(shown.changed),
            unchanged=shown.unchanged,
            rejected=shown.rejected,
            missing=list(shown.missing),
        )
    else:
        say(out, about(read, asked, shown.writes, _of_prisoners(read, shown)))
    return EXIT_FINDING if shown.rejected else EXIT_DONE


def balances(settings: Settings, asked: Asked, out: TextIO) -> int:
    """As `prisoners`, of balances."""
    read, shown = done(
        settings,
        asked,
        lambda _desk: balance_lists.read(asked.file),
        balance_import.preview,
        balance_import.apply,
    )
    if asked.as_json:
        tell_json(
            out,
            new=shown.new,
            changed=shown.changed,
            unchanged=shown.unchanged,
            rejected=shown.rejected,
        )
    else:
        say(out, about(read, asked, shown.writes, _of_balances(shown)))
    return EXIT_FINDING if shown.rejected else EXIT_DONE


def done(
    settings: Settings,
    asked: Asked,
    read: Callable[[Desk], L],
    preview: Callable[[Desk, L], R],
    apply: Callable[[Desk, Officer, L], R],
) -> tuple[L, R]:
    if asked.login_as is not None:
        with working_as(settings, asked.login_as, asked.passphrase_file) as (register, who):
            taken = read(register.desk)
            return taken, register.db.run_write(apply, register.desk, who, taken)
    register = open_register(settings, writer=False)
    try:
        taken = read(register.desk)
        return taken, register.db.run_read(preview, register.desk, taken)
    finally:
        register.db.close()


def tell_json(out: TextIO, *, rejected: Iterable[Rejected], **told: object) -> None:
    told["rejected"] = [
        {"line": one.line, "column": one.column, "reason": one.reason} for one in rejected
    ]
    json.dump(told, out, ensure_ascii=False)
    out.write("\n")


def say(out: TextIO, lines: Iterable[str]) -> None:
    out.writelines(f"{line}\n" for line in lines)


def about(
    read: PrisonerList | BalanceList | CatalogueList,
    asked: Asked,
    writes: bool,
    lines: Iterator[str],
) -> Iterator[str]:
    yield fill(
        _("{name}: {letters}, {count} lines"),
        name=read.name,
        letters=read.written_in,
        count=read.rows,
    )
    if read.unknown:
        yield fill(_("Heads that were ignored: {names}"), names=", ".join(read.unknown))
    yield from lines
    if asked.login_as is None:
        yield _("Nothing was recorded. --apply records the lines that are right.")
    elif writes:
        yield _("Recorded.")
    else:
        yield _("There was nothing to record.")


def _of_prisoners(read: PrisonerList, shown: ListPreview) -> Iterator[str]:
    if read.skipped:
        numbers = ", ".join(map(str, read.skipped))
        yield fill(_("Lines that are no prisoners: {lines}"), lines=numbers)
    for one in shown.new:
        yield fill(
            _("line {line}, {file}: new, {name}, born {year}"),
            line=one.line,
            file=one.file_number,
            name=one.name,
            year=one.birth_year,
        )
    for change in shown.changed:
        yield from _changes(read, change)
    yield from map(rejection, shown.rejected)
    for file_number in shown.missing:
        yield fill(_("Here, but not on the list: {file}"), file=file_number)
    yield fill(
        _(
            "new {new}, changed {changed}, unchanged {unchanged}, rejected {rejected},"
            " not on the list {missing}"
        ),
        new=len(shown.new),
        changed=len(shown.changed),
        unchanged=shown.unchanged,
        rejected=len(shown.rejected),
        missing=len(shown.missing),
    )


def _of_balances(shown: BalancePreview) -> Iterator[str]:
    yield from map(rejection, shown.rejected)
    yield fill(
        _("new {new}, changed {changed}, unchanged {unchanged}, rejected {rejected}"),
        new=shown.new,
        changed=shown.changed,
        unchanged=shown.unchanged,
        rejected=len(shown.rejected),
    )


def _changes(read: PrisonerList, change: Change) -> Iterator[str]:
    for one in change.fields:
        yield fill(
            _("line {line}, {file}: {field}: {old} → {new}"),
            line=change.line,
            file=change.file_number,
            field=read.heads.get(one.column, one.column),
            old=value_text(one.old),
            new=value_text(one.new),
        )


def rejection(one: Rejected) -> str:
    return fill(
        _("line {line}, {field}: {reason}"), line=one.line, field=one.head, reason=one.reason
    )
