"""`kiosk catalogue`: the things that families bring, for whoever keeps the list at a shell."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import BinaryIO, TextIO

from kiosk import wording
from kiosk.commands.codes import EXIT_DONE, EXIT_FINDING
from kiosk.config import Settings
from kiosk.lists import catalogue as catalogue_lists
from kiosk.lists.catalogue import CatalogueList
from kiosk.services.goods import catalogue, catalogue_import, shipped_catalogue
from kiosk.services.opening import open_register
from kiosk.support import importing
from kiosk.text import N_, _, fill, language
from kiosk.values.goods import CatalogueEntry
from kiosk.values.imports import CataloguePreview
from kiosk.wording import catalogue as words


def listing(settings: Settings, day: date | None, out: TextIO, *, as_json: bool) -> int:
    """What stands in the catalogue on `day` (None: today), by class and name."""
    things = _standing(settings, day)
    if as_json:
        rows = [
            dict(zip(catalogue_lists.HEADS, catalogue_lists.cells_of(one), strict=True))
            for one in things
        ]
        json.dump(rows, out, ensure_ascii=False, indent=2)
        out.write("\n")
        return EXIT_DONE
    for one in things:
        codes = " ".join(
            f"{code:<4}" for code in (one.code, one.code_ky or "-", one.code_ru or "-")
        )
        name = one.name.in_language(language())
        said = words.may_pass(one)
        print(f"{codes}  {name:<28} {wording.label(one.goods_class):<20} {said}", file=out)
    print(fill(_(N_("things: {count}")), count=len(things)), file=out)
    return EXIT_DONE


def _standing(settings: Settings, day: date | None) -> list[CatalogueEntry]:
    register = open_register(settings, writer=False)
    try:
        desk = register.desk
        things = register.db.run_read(catalogue.in_force, desk, day or desk.day())
    finally:
        register.db.close()
    return sorted(things, key=lambda one: (_place(one), one.name.in_language(language())))


def _place(one: CatalogueEntry) -> int:
    return list(type(one.goods_class)).index(one.goods_class)


def check(name: str, out: TextIO) -> int:
    """All that is wrong with a file, a line each. 1 when there is anything."""
    things = _read(Path(name))
    importing.say(out, map(importing.rejection, things.rejected))
    said = _(N_("{name}: lines {count}, right {right}"))
    print(fill(said, name=things.name, count=things.rows, right=len(things.lines)), file=out)
    return EXIT_FINDING if things.rejected else EXIT_DONE


def _read(path: Path) -> CatalogueList:
    """The file, or by its name the catalogue that comes with Gatebook. Raises Invalid."""
    if str(path) == shipped_catalogue.NAME and not path.exists():
        return catalogue_lists.read_bytes(f"{path}.csv", shipped_catalogue.content())
    return catalogue_lists.read(path)


def take_in(settings: Settings, asked: importing.Asked, out: TextIO) -> int:
    """Say what a file would change, or record it. 1 when a line was rejected."""
    things, shown = importing.done(
        settings,
        asked,
        lambda _desk: _read(asked.file),
        catalogue_import.preview,
        catalogue_import.apply,
    )
    if asked.as_json:
        importing.tell_json(
            out,
            new=[one.code for one in shown.new],
            changed=[one.code for one in shown.changed],
            unchanged=shown.unchanged,
            rejected=shown.rejected,
            missing=list(shown.missing),
        )
    else:
        importing.say(out, importing.about(things, asked, shown.writes, _lines(shown)))
    return EXIT_FINDING if shown.rejected else EXIT_DONE


def _lines(shown: CataloguePreview) -> Iterator[str]:
    yield from map(words.new_thing, shown.new)
    for change in shown.changed:
        yield from words.changes(change)
    yield from map(importing.rejection, shown.rejected)
    if shown.missing:
        yield fill(_("Not in the file, they stay: {codes}"), codes=", ".join(shown.missing))
    yield fill(
        _("new {new}, changed {changed}, unchanged {unchanged}, rejected {rejected}"),
        new=len(shown.new),
        changed=len(shown.changed),
        unchanged=shown.unchanged,
        rejected=len(shown.rejected),
    )


def export(settings: Settings, day: date | None, output: Path | None, out: BinaryIO) -> int:
    """The catalogue of `day` (None: today) as a csv file that `import` takes in again."""
    written = catalogue_lists.written(_standing(settings, day))
    if output is None:
        out.write(written)
        return EXIT_DONE
    from kiosk.reports.output import new_file

    with new_file(output) as file:
        file.write(written)
    return EXIT_DONE
