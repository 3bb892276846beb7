"""What a form says of a part of a line, as the shares that stand in for the line."""

from __future__ import annotations

from kiosk.codes import ItemReason, Unit, Verdict
from kiosk.values.goods import ItemRecorded, Share


def shares(
    item: ItemRecorded,
    verdict: Verdict,
    pieces: int,
    grams: int | None,
    reason: ItemReason | None = None,
) -> tuple[Share, ...]:
    """So many `pieces` of a line, or `grams` of what is weighed, become `verdict`; the rest
    of it stays what it was. `grams` None: nobody weighed that part by itself.

    The same verdict as before says how much of it there is instead.
    """
    told = Share(verdict, pieces, grams, reason)
    by_weight = item.unit is Unit.KILOGRAM
    left = item.grams - (grams or 0) if by_weight else item.pieces - pieces
    if verdict is item.verdict or left <= 0:
        return (told,)
    rest = Share(item.verdict, 0 if by_weight else left, None, item.reason, item.rule)
    return (told, rest)
