"""A seed's pictures as files, so that they are drawn once and can be looked at.

A folder holds `<id>.png` or `<id>.jpg`, and `truth.jsonl`: what is printed on each, a line a
picture, after a line that says by which sources they were drawn.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

from tests.pictures.corpus import Specimen, everything

_TRUTHS = "truth.jsonl"
_DRAWN_BY = (
    "conditions",
    "corpus",
    "effects",
    "holders",
    "pages",
    "plain",
    "printing",
    "scenes",
    "zones",
)


def specimens(seed: int, folder: Path) -> Iterator[Specimen]:
    """All of `seed`, from its folder in `folder`; drawn into it first when they are not there,
    or were drawn by other sources than these."""
    own = folder / str(seed)
    if not _current(own):
        keep(everything(seed), own)
    with (own / _TRUTHS).open(encoding="utf-8") as rows:
        next(rows)
        for row in map(json.loads, rows):
            yield Specimen(
                row["id"],
                row["category"],
                (own / row["file"]).read_bytes(),
                None if row["truth"] is None else tuple(row["truth"]),
                row["accept"],
            )


def keep(drawn: Iterable[Specimen], folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    rows = [json.dumps({"drawn_by": _sources()})]
    for specimen in drawn:
        suffix = "png" if specimen.picture.startswith(b"\x89PNG") else "jpg"
        name = f"{specimen.id}.{suffix}"
        (folder / name).write_bytes(specimen.picture)
        row = {
            "id": specimen.id,
            "category": specimen.category,
            "file": name,
            "truth": specimen.truth,
            "accept": specimen.accept,
        }
        rows.append(json.dumps(row))
    # Last, so that a folder with it is a whole one.
    (folder / _TRUTHS).write_text("\n".join(rows) + "\n", encoding="utf-8")


def _current(folder: Path) -> bool:
    try:
        with (folder / _TRUTHS).open(encoding="utf-8") as rows:
            return bool(json.loads(next(rows)) == {"drawn_by": _sources()})
    except FileNotFoundError:
        return False


@lru_cache(maxsize=1)
def _sources() -> str:
    here = Path(__file__).parent
    return hashlib.sha256(
        b"".join((here / f"{name}.py").read_bytes() for name in _DRAWN_BY)
    ).hexdigest()
