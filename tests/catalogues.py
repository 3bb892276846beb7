"""Brings the catalogues of kiosk/locale up to date with the sentences of the program.

    python -m tests.catalogues          collect, update ky and ru, compile

A new sentence arrives untranslated; one that is no longer used is dropped. It reads the
syntax tree, because Babel's extractor does not look into f-strings before Python 3.12.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

KIOSK = Path(__file__).parents[1] / "kiosk"
LANGUAGES = ("ky", "ru")
MARKS = frozenset({"_", "N_"})


def marked(source: Path) -> Iterator[ast.expr]:
    """The argument of every `_` and `N_` in one file."""
    for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id in MARKS
        ):
            yield node.args[0]


def sentences() -> dict[str, str]:
    """Every msgid of the program and the first file that shows it."""
    found: dict[str, str] = {}
    for source in sorted(KIOSK.rglob("*.py")):
        for argument in marked(source):
            if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                found.setdefault(argument.value, str(source.relative_to(KIOSK.parent)))
    return found


def po_file(language: str) -> Path:
    return KIOSK / "locale" / language / "LC_MESSAGES" / "kiosk.po"


def read(language: str) -> Catalog:
    with po_file(language).open("rb") as file:
        return read_po(file, locale=language)


def compiled(catalog: Catalog) -> bytes:
    """The catalogue as the program loads it; the same on every run."""
    catalog.creation_date = catalog.revision_date = datetime(2026, 1, 1, tzinfo=UTC)
    out = BytesIO()
    write_mo(out, catalog)
    return out.getvalue()


def update(language: str) -> None:
    """Writes the catalogue again with exactly the sentences of the program, and compiles it."""
    path = po_file(language)
    known = {m.id: m.string for m in read(language)} if path.exists() else {}
    # The header is written by hand: Babel's has dates, which would differ on every run.
    catalog = Catalog(locale=language, fuzzy=False)
    for sentence in sorted(sentences()):
        catalog.add(sentence, known.get(sentence, ""))
    body = BytesIO()
    write_po(body, catalog, omit_header=True, width=96)
    head = (
        f"# Gatebook in {catalog.locale.english_name if catalog.locale else language}.\n"
        'msgid ""\nmsgstr ""\n'
        '"Project-Id-Version: gatebook\\n"\n'
        f'"Language: {language}\\n"\n'
        '"MIME-Version: 1.0\\n"\n'
        '"Content-Type: text/plain; charset=utf-8\\n"\n'
        '"Content-Transfer-Encoding: 8bit\\n"\n\n'
    )
    path.write_bytes(head.encode() + body.getvalue())
    path.with_suffix(".mo").write_bytes(compiled(read(language)))


if __name__ == "__main__":
    for one in LANGUAGES:
        update(one)
