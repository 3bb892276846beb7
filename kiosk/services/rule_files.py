"""Rule sets that lie beside the register as files: offered by name, read and compared."""

from __future__ import annotations

from pathlib import Path

from kiosk.errors import Invalid
from kiosk.rules.check import check
from kiosk.services import rule_import
from kiosk.services.desk import Desk
from kiosk.text import N_
from kiosk.values.rulebook import RuleFile


def offered(desk: Desk, folder: Path) -> tuple[str, ...]:
    """The names of what can be taken in: the files of the folder, then the presets."""
    try:
        own = sorted(one.name for one in folder.glob("*.toml") if one.is_file())
    except OSError:
        own = []
    return (*own, *(name for name in rule_import.presets() if name not in own))


def look(desk: Desk, folder: Path, name: str) -> RuleFile:
    """What a file or a preset of that name says, and what taking it in would change.

    Raises Invalid when it cannot be read, or when the register keeps another content under
    its name and version.
    """
    checked = check(_text(folder, name))
    if checked.rules is None:
        return RuleFile(name, checked, None)
    return RuleFile(name, checked, rule_import.preview(desk, checked.rules))


def _text(folder: Path, name: str) -> str:
    if name in rule_import.presets():
        return rule_import.preset_text(name)
    try:
        return (folder / name).read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise Invalid(
            "file",
            N_("{file} cannot be read as text in UTF-8. Nothing was changed."),
            file=name,
        ) from error
