"""The lines of a machine-readable zone → a `Document`, read as they are or put right.

A zone is read as it stands. Only when something is doubtful is it looked at whether characters
stand where their kind cannot be; what is put right then is told, and a person compares it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from devices.mrz import layouts, repair
from devices.mrz.answer import Document, Format, Reason, ReasonCode, Status
from devices.mrz.layouts import MOST_EXTRA_FILLERS
from devices.mrz.reading import Reading
from devices.mrz.zone import Layout, Zone

_CHARACTERS = re.compile(r"[A-Z0-9<]*", re.ASCII)

# A zone of one of these shapes, but of no document that is known.
_SHAPES = frozenset({(30, 30, 30), (36, 36), (44, 44)})

# A line of fewer characters is not a cut one but something else.
_SHORTEST_CUT_LINE = 20


def parse(lines: Sequence[str], today: date) -> Document:
    """Reads `lines`, top line first; small letters count as capitals.

    `today` settles centuries and what has expired. Never raises: what is no machine-readable
    zone is answered with status `reject`.
    """
    # Only ASCII has capitals of the same kind: a Turkish ı would become an I.
    lines = tuple(line.upper() if line.isascii() else line for line in map(str.strip, lines))
    if not all(_CHARACTERS.fullmatch(line) for line in lines):
        return rejected(ReasonCode.NOT_MRZ, lines)
    layout = layouts.layout_of(lines)
    if layout is None:
        shape = tuple(map(len, lines))
        known = shape in _SHAPES and lines[0][0].isalpha()
        return rejected(ReasonCode.UNSUPPORTED_FORMAT if known else ReasonCode.NOT_MRZ, lines)
    fault = _fault(layout, lines)
    if fault is not None:
        return rejected(fault, lines, None if fault is ReasonCode.NOT_MRZ else layout.format)
    fitted = tuple(line[: layout.width].ljust(layout.width, "<") for line in lines)
    zone = Zone(layout, fitted)
    document = Reading(zone, lines, today, name_is_fitted=fitted != lines).document()
    if document.status is Status.OK:
        return document
    mended = repair.mended(zone, today)
    places = repair.changes(zone, mended)
    if not places:
        return document
    return Reading(
        mended, lines, today, name_is_fitted=fitted != lines, repaired=places
    ).document()


def _fault(layout: Layout, lines: tuple[str, ...]) -> ReasonCode | None:
    """Why lines of these lengths are not read."""
    for number, line in enumerate(lines):
        if number == layout.name_line:
            extra = line[layout.width :]
            if extra.strip("<") or len(extra) > MOST_EXTRA_FILLERS:
                return ReasonCode.NOT_MRZ
        elif len(line) < _SHORTEST_CUT_LINE:
            return ReasonCode.NOT_MRZ
        elif len(line) != layout.width:
            # What is cut may be whole at the next reading; so may what has too much.
            return ReasonCode.TRUNCATED if len(line) < layout.width else ReasonCode.MISREAD
    return None


def parse_picture(
    lines: Sequence[str],
    today: date,
    doubts: Sequence[ReasonCode],
    repaired: Sequence[tuple[int, int]],
    unsure: Sequence[tuple[int, int]] = (),
) -> Document:
    """Reads lines that were made out in a picture: `doubts` are what only the picture tells,
    `repaired` the characters that were put right. Either makes an `ok` a `review`. `unsure`
    says of which characters a doubt is, where it is of single ones."""
    document = parse(lines, today)
    if document.status is Status.REJECT or not (doubts or repaired):
        return document
    codes = (*([ReasonCode.REPAIRED] if repaired else []), *doubts)
    known = {reason.code for reason in document.reasons}
    return replace(
        document,
        status=Status.REVIEW,
        reasons=(
            *(Reason(code) for code in codes if code not in known),
            *document.reasons,
        ),
        repaired=tuple(sorted({*document.repaired, *repaired})),
        unsure=tuple(sorted(unsure)),
    )


def rejected(
    code: ReasonCode, lines: tuple[str, ...] = (), of: Format | None = None
) -> Document:
    """The answer that holds no field."""
    return Document(Status.REJECT, of, (Reason(code),), lines)
