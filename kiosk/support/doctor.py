"""`kiosk doctor`: is everything as it should be, and if not, what to do."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from kiosk.clock import SystemClock, local
from kiosk.config import Settings, find, load
from kiosk.errors import KioskError
from kiosk.post import stands
from kiosk.support.check import Check, State
from kiosk.text import _, fill, use

LEAST_FREE_BYTES = 200 * 1024 * 1024
# No register is older than this program; a clock before it has lost its battery.
BUILT = datetime(2026, 11, 1, tzinfo=UTC)
FONT_LETTERS = "ҢңӨөҮү"

CONFIGURATION = "configuration"
EXIT_DONE, EXIT_FINDING, EXIT_CONFIGURATION = 0, 1, 78


def check(config: Path | None) -> list[Check]:
    """Every check, as far as the configuration can be read."""
    try:
        settings = load(config)
    except KioskError as error:
        return [Check(CONFIGURATION, State.FAULT, _said(error), _("Correct config.toml."))]
    use(settings.site.languages[0])
    path = config or find()
    source = str(path) if path is not None else _("defaults; there is no config.toml")
    checks = [Check(CONFIGURATION, State.OK, source)]
    for name, one in (
        ("state folder", _state_folder),
        ("register", _database),
        ("disk", _disk),
        ("devices", _devices),
        ("clock", _clock),
        ("console font", _console),
    ):
        try:
            checks += one(settings)
        except (KioskError, OSError) as error:
            checks.append(_not_checked(name, error))
    return checks


def _not_checked(name: str, error: KioskError | OSError) -> Check:
    if isinstance(error, KioskError):
        return Check(name, State.FAULT, _said(error), _("Nothing was changed by this check."))
    said = fill(
        _("{path} cannot be checked: {why}"),
        path=error.filename or "",
        why=error.strerror or str(error),
    )
    return Check(name, State.FAULT, said, _("Run doctor as the user that runs the kiosk."))


def report(checks: list[Check], *, as_json: bool) -> int:
    """Print the checks; 1 when one is a fault, 78 when the configuration cannot be used."""
    if as_json:
        print(
            json.dumps(
                [
                    {"check": c.name, "state": c.state.value, "text": c.text, "do": c.do}
                    for c in checks
                ],
                ensure_ascii=False,
                indent=2,
            )
        )
    else:
        marks = {State.OK: "+", State.WARN: "?", State.FAULT: "!"}
        for c in checks:
            print(f"{marks[c.state]} {c.name:<14} {c.text}")
            if c.do:
                print(f"  {'':<14} → {c.do}")
    sys.stdout.flush()
    faults = [c.name for c in checks if c.state is State.FAULT]
    if CONFIGURATION in faults:
        return EXIT_CONFIGURATION
    return EXIT_FINDING if faults else EXIT_DONE


def _said(error: KioskError) -> str:
    return fill(_(error.sentence), **error.values)


def _state_folder(settings: Settings) -> Iterator[Check]:
    state = settings.state
    if not state.is_dir():
        yield Check(
            "state folder",
            State.WARN,
            fill(_("{path} is not there yet"), path=state),
            _("The first `kiosk run` makes it; its parent must be writable."),
        )
    elif not os.access(state, os.R_OK | os.W_OK | os.X_OK, effective_ids=True):
        yield Check(
            "state folder",
            State.FAULT,
            fill(_("{path} cannot be written by this user"), path=state),
            _("Give the folder to the user that runs the kiosk."),
        )
    else:
        yield Check("state folder", State.OK, str(state))


def _database(settings: Settings) -> Iterator[Check]:
    if not stands(settings.database_file):
        yield Check(
            "register", State.WARN, _("not made yet"), _("Start the kiosk once: kiosk run")
        )
        return
    from kiosk.services import audit, rule_import
    from kiosk.services.opening import open_register

    register = open_register(settings, writer=False)
    try:
        verification = register.db.run_read(audit.verify, register.desk)
        differing = register.db.run_read(rule_import.differing_preset, register.desk)
    except KioskError as error:
        yield Check("register", State.FAULT, _said(error), _("Restore the newest good backup."))
        return
    finally:
        register.db.close()
    for finding in verification.findings:
        said = fill(_(finding.sentence), what=finding.what)
        yield Check("audit chain", State.FAULT, said, _("Tell the head of the facility."))
    if not verification.findings:
        yield Check("register", State.OK, str(settings.database_file))
        entries = fill(
            _("{count} entries, whole; head {head}"),
            count=verification.entries,
            head=verification.head,
        )
        yield Check("audit chain", State.OK, entries)
    if differing is None:
        yield Check("rules", State.OK, _("as this release has them"))
    else:
        yield Check(
            "rules",
            State.WARN,
            fill(_("{rules} is not what this release calls so"), rules=differing),
            _("The register's rules go on deciding. Tell support: a change needs a version."),
        )


def _disk(settings: Settings) -> Iterator[Check]:
    folder = settings.state
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    free = shutil.disk_usage(folder).free
    said = fill(_("{mb} MB free"), mb=free // (1024 * 1024))
    if free < LEAST_FREE_BYTES:
        yield Check(
            "disk", State.FAULT, said, _("Make room; below 200 MB the register is at risk.")
        )
    else:
        yield Check("disk", State.OK, said)


def _devices(settings: Settings) -> Iterator[Check]:
    from kiosk.support.device_check import devices

    yield from devices(settings)


def _clock(settings: Settings) -> Iterator[Check]:
    now = SystemClock().now()
    said = local(now, settings.zone).strftime("%d.%m.%Y %H:%M %Z")
    if now < BUILT.timestamp() * 1000:
        yield Check(
            "clock", State.FAULT, said, _("The clock is wrong: set it, then start again.")
        )
    else:
        yield Check("clock", State.OK, said)


def _console(settings: Settings) -> Iterator[Check]:
    """Whether the console font has the Kyrgyz letters; only a real console can be asked."""
    if os.environ.get("TERM") != "linux" or shutil.which("setfont") is None:
        yield Check("console font", State.OK, _("not a Linux console: not checked"))
        return
    try:
        asked = subprocess.run(
            ["setfont", "-ou", "/dev/stdout"], capture_output=True, check=False, timeout=5
        )
    except subprocess.TimeoutExpired:
        asked = None
    if asked is None or asked.returncode != 0:
        yield Check("console font", State.OK, _("not a Linux console: not checked"))
        return
    table = asked.stdout.decode("ascii", "replace").lower()
    missing = [c for c in FONT_LETTERS if f"{ord(c):04x}" not in table]
    if missing:
        yield Check(
            "console font",
            State.WARN,
            fill(_("the font lacks {letters}"), letters=" ".join(missing)),
            _("Set FONT=CyrAsia-TerminusBold16.psf.gz in /etc/default/console-setup."),
        )
    else:
        yield Check("console font", State.OK, _("has Ң Ө Ү"))
