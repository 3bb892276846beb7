"""`kiosk rules`: the sets of the register and of files, for whoever reads them at a shell."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO, TypeVar
from uuid import UUID

from kiosk import wording
from kiosk.commands.codes import EXIT_DONE, EXIT_FINDING
from kiosk.config import Settings
from kiosk.errors import KioskError, NotFound
from kiosk.rules.check import Checked, check
from kiosk.rules.rule_set import RuleRow, RuleSet
from kiosk.services import rule_import, rulebook
from kiosk.services.desk import Desk
from kiosk.services.opening import open_register
from kiosk.support.accounts import working_as
from kiosk.support.deciding import run_cases
from kiosk.text import N_, _, fill
from kiosk.values.rulebook import RuleSetLine
from kiosk.wording import rulebook as words

T = TypeVar("T")


# ---- where a set comes from


@dataclass(frozen=True, slots=True)
class Written:
    """A set as text: a file, or a preset by its name. `name` is how findings call it."""

    name: str
    text: str


def written(name: str) -> Written:
    """The file of that path, else the preset of that name. Raises KioskError."""
    if not Path(name).exists() and name in rule_import.presets():
        return Written(name, rule_import.preset_text(name))
    try:
        return Written(name, Path(name).read_text("utf-8-sig"))
    except OSError as error:
        raise _unreadable(name, error.strerror or "") from error
    except UnicodeDecodeError as error:
        sentence = N_("{file} is no text in UTF-8. Save it as UTF-8, then try again.")
        raise KioskError(sentence, file=name) from error


def _unreadable(file: str, cause: str) -> KioskError:
    sentence = N_("{file} cannot be read: {cause}. Check the path and its permissions.")
    return KioskError(sentence, file=file, cause=cause)


def usable(name: str) -> RuleSet:
    """The set of a file or preset. Raises KioskError with the first thing wrong in it."""
    source = written(name)
    checked = check(source.text)
    if checked.rules is None:
        first = checked.findings[0]
        raise KioskError("{said}", said=f"{source.name}:{words.found(first)}")
    return checked.rules


def kept(settings: Settings, name: str, version: str) -> RuleSet:
    """A set of the register; without a `name` the one in force today. Raises NotFound."""

    def read(desk: Desk) -> RuleSet:
        if not name:
            return rulebook.in_force(desk, desk.day())
        return rulebook.load(_named(name, version))

    return _read(settings, read)


def _named(name: str, version: str) -> UUID:
    found = rulebook.named(name, version)
    if found is None:
        raise NotFound(
            N_("The register keeps no rule set {name}. See: kiosk rules list"),
            name=f"{name} {version}".strip(),
        )
    return found


def _read(settings: Settings, work: Callable[[Desk], T]) -> T:
    """What `work` reads from the register, beside a running kiosk."""
    register = open_register(settings, writer=False)
    try:
        return register.db.run_read(work, register.desk)
    finally:
        register.db.close()


# ---- kiosk rules list


def listing(settings: Settings, out: TextIO, *, as_json: bool) -> int:
    """All sets of the register; the one that decides today is marked."""
    lines = _read(settings, rulebook.sets)
    if as_json:
        json.dump([_line_json(one) for one in lines], out, ensure_ascii=False, indent=2)
        out.write("\n")
        return EXIT_DONE
    for one in lines:
        mark = ">" if one.decides else " "
        since = fill(_(N_("from {day}")), day=wording.day_text(one.valid_from))
        said = fill(_(N_("rows: {count}")), count=one.rows)
        name = f"{one.name} {one.version}"
        print(
            f"{mark} {name:<20} {since}   {said}   {words.signed(one, settings.zone)}", file=out
        )
    return EXIT_DONE


def _line_json(one: RuleSetLine) -> dict[str, object]:
    return {
        "name": one.name,
        "version": one.version,
        "valid_from": one.valid_from.isoformat(),
        "source": one.source,
        "rows": one.rows,
        "in_force": one.decides,
        "signer": one.signer or None,
        "signed_by": one.signed_by or None,
        "signed_at": one.signed_at,
    }


# ---- kiosk rules show


def show(rules: RuleSet, out: TextIO, *, as_json: bool) -> int:
    """The rows of a set, by service, in words; or with the keys of its file."""
    if as_json:
        json.dump(_set_json(rules), out, ensure_ascii=False, indent=2)
        out.write("\n")
        return EXIT_DONE
    print(words.headline(rules), file=out)
    print(words.isolator(rules), file=out)
    cells = {row.code: _cells(row) for row in rules.rows}
    widths = [max(len(row[place]) for row in cells.values()) for place in range(3)]
    for services, rows in words.by_service(rules.rows):
        print(f"\n{words.what_for(services)}", file=out)
        for row in rows:
            *columns, legal_ref = cells[row.code]
            padded = (text.ljust(width) for text, width in zip(columns, widths, strict=True))
            print("  " + "  ".join((*padded, legal_ref)), file=out)
    print(f"\n{_(N_('Refusals that no row gives'))}", file=out)
    for code, reference in sorted(rules.references.items(), key=lambda one: one[1].code):
        print(f"  {reference.code:<8} {code:<24} {wording.law(reference.legal_ref)}", file=out)
    return EXIT_DONE


def _cells(row: RuleRow) -> tuple[str, str, str, str]:
    return row.code, words.for_whom(row.scope), words.amount(row), wording.law(row.legal_ref)


def _set_json(rules: RuleSet) -> dict[str, object]:
    return {
        "name": rules.name,
        "version": rules.version,
        "valid_from": rules.valid_from.isoformat(),
        "isolator_goods": rules.isolator_goods,
        "confirmed": rules.confirmed,
        "rule": [_row_json(row) for row in rules.rows],
        "references": {
            code: {"id": one.code, "legal_ref": one.legal_ref}
            for code, one in rules.references.items()
        },
    }


def _row_json(row: RuleRow) -> dict[str, object]:
    return {
        "id": row.code,
        "service": sorted(row.services),
        "scope": row.scope.keys,
        "limit": row.limit,
        "period": row.period,
        "value": row.value,
        "legal_ref": row.legal_ref,
    }


# ---- kiosk rules check


def report(name: str, out: TextIO) -> int:
    """All that is wrong with a set, a line each; holes only warn. 1 when it cannot be used."""
    source = written(name)
    checked = check(source.text)
    _print_findings(source.name, checked, out)
    if checked.rules is None:
        return EXIT_FINDING
    rules = checked.rules
    said = _(N_("{name} {version}: rows: {count}, nothing wrong."))
    print(fill(said, name=rules.name, version=rules.version, count=len(rules.rows)), file=out)
    return EXIT_DONE


def _print_findings(name: str, checked: Checked, out: TextIO) -> None:
    for finding in checked.findings:
        print(f"{name}:{words.found(finding)}", file=out)
    for hole in checked.holes:
        print(f"{name}:{words.warned(hole)}", file=out)


# ---- kiosk rules import, sign


def take_in(
    settings: Settings,
    name: str,
    out: TextIO,
    *,
    login: str | None,
    passphrase_file: Path | None,
) -> int:
    """Say what a set would change; with a `login` also take it in. 1 when it has findings."""
    source = written(name)
    checked = check(source.text)
    _print_findings(source.name, checked, out)
    if checked.rules is None:
        return EXIT_FINDING
    rules = checked.rules
    preview = _read(settings, lambda desk: rule_import.preview(desk, rules))
    print("\n".join(words.previewed(preview)), file=out)
    if login is None:
        print(_(N_("Nothing was changed. To take it in: --apply --as LOGIN")), file=out)
        return EXIT_DONE
    with working_as(settings, login, passphrase_file) as (register, officer):
        register.db.run_write(
            rule_import.take_in, register.desk, officer, rules, Path(source.name).name
        )
    print(_(N_("The rule set is in the register.")), file=out)
    return EXIT_DONE


def sign(
    settings: Settings,
    name: str,
    version: str,
    signer: str,
    out: TextIO,
    *,
    login: str,
    passphrase_file: Path | None,
) -> int:
    """Write down who of the prison stands by a set. Raises as `rule_import.sign` does."""
    with working_as(settings, login, passphrase_file) as (register, officer):

        def write(desk: Desk) -> None:
            rule_import.sign(desk, officer, _named(name, version), signer)

        register.db.run_write(write, register.desk)
    print(
        fill(
            _(N_("{name} {version} is signed: {signer}.")),
            name=name,
            version=version,
            signer=signer,
        ),
        file=out,
    )
    return EXIT_DONE


# ---- kiosk rules test


def try_cases(settings: Settings, file: Path, name: str | None, out: TextIO) -> int:
    """Run a file of cases with `expect`, one a line, and name each key that differs.

    `name` is a file, a preset or a set of the register; None: each case names its own.
    1 when any case is answered otherwise, or is no case.
    """
    rules = None if name is None else _found(settings, name)
    try:
        lines = file.read_bytes().removeprefix(b"\xef\xbb\xbf").splitlines()
    except OSError as error:
        raise _unreadable(str(file), error.strerror or "") from error
    tried = list(run_cases(lines, rules, settings.zone))
    for one in tried:
        case = one.case_id if one.case_id is not None else "?"
        place = f"{file}:{one.line}: {case}"
        if one.error:
            print(f"{place}: {one.error}", file=out)
        for difference in one.differences:
            said = _(N_("{key}: expected {expected}, answered {answered}"))
            expected, answered = (
                json.dumps(difference.expected),
                json.dumps(difference.answered),
            )
            told = fill(said, key=difference.key, expected=expected, answered=answered)
            print(f"{place}: {told}", file=out)
    right = sum(one.passes for one in tried)
    summary = _(N_("Cases: {count}, as expected: {right}"))
    print(fill(summary, count=len(tried), right=right), file=out)
    return EXIT_DONE if right == len(tried) else EXIT_FINDING


def _found(settings: Settings, name: str) -> RuleSet:
    """A file or preset of that name, else the set of the register."""
    if Path(name).exists() or name in rule_import.presets():
        return usable(name)
    return kept(settings, name, "")
