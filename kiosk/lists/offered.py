"""The files that may be lists: those in the kiosk's own folder and on sticks put in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

_ENDINGS = frozenset({".csv", ".tsv", ".txt", ".xlsx"})
# Where Debian and its desktops mount what is put in, and how deep below stands the stick.
MEDIA = (Path("/media"), Path("/run/media"), Path("/mnt"))
_DEEP = 3
_MOST = 200


def offered(folder: Path, media: Iterable[Path] = MEDIA) -> tuple[Path, ...]:
    """Files of `folder` and of what is mounted under `media`, the newest first."""
    found = [*_below(folder, 1), *(path for one in media for path in _below(one, _DEEP))]
    dated = []
    for path in found:
        try:
            dated.append((path.stat().st_mtime, path))
        except OSError:
            continue  # taken out meanwhile
    return tuple(path for _when, path in sorted(dated, reverse=True)[:_MOST])


def _below(folder: Path, deep: int) -> Iterator[Path]:
    try:
        entries = sorted(folder.iterdir())[: 10 * _MOST]
    except OSError:
        return  # not there, or not ours to read
    for path in entries:
        if path.suffix.lower() in _ENDINGS and path.is_file():
            yield path
        elif deep > 1 and path.is_dir() and not path.is_symlink():
            yield from _below(path, deep - 1)
