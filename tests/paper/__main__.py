"""`python -m tests.paper`: bytes, line time and legibility of every paper, for the README.

With `--pictures FOLDER` each paper is drawn there as it would lie on the counter.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from kiosk.codes import Template
from tests.paper.line_time import TABLE_HEAD, line_time_rows
from tests.paper.printing import ROLLS, meant, named, printed, sent
from tests.paper.reading import agreement, codes, words


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pictures", type=Path, help="a folder for the papers as PNG")
    parser.add_argument("--lines", action="store_true", help="only the line time")
    arguments = parser.parse_args()
    print(TABLE_HEAD)
    for row in line_time_rows():
        print(row)
    if not arguments.lines:
        with tempfile.TemporaryDirectory() as scratch:
            _papers(Path(scratch), arguments.pictures)
    return 0


def _papers(scratch: Path, pictures: Path | None) -> None:
    print("\n| paper | roll and mode | bytes | faults | codes read | letters read |")
    print("| --- | --- | --- | --- | --- | --- |")
    for template in Template:
        for roll in ROLLS:
            decoded = printed(template, roll)
            (paper,) = decoded.papers
            found = {content for _, content in codes(paper, scratch)}
            wanted = {*paper.qrs, *paper.barcodes}
            read = agreement(words(paper, scratch), meant(template, roll))
            print(
                f"| {template.value} | {named(roll)} | {len(sent(template, roll))} "
                f"| {len(decoded.faults)} | {len(found & wanted)} of {len(wanted)} "
                f"| {100 * read:.1f} % |"
            )
            if pictures is not None:
                pictures.mkdir(parents=True, exist_ok=True)
                paper.png(pictures / f"{template.value}-{named(roll)}.png")


if __name__ == "__main__":
    sys.exit(main())
