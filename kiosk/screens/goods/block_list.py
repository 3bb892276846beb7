"""What the printed list of the storage says: a block officer fetches what stands on it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from zoneinfo import ZoneInfo

from kiosk import wording
from kiosk.clock import local
from kiosk.codes import CaseState, Service
from kiosk.text import N_
from kiosk.values.goods import StorageLine

TITLE = N_("PARCELS TO HAND OVER")
_HEADS = (
    N_("place"),
    N_("unit"),
    N_("for whom"),
    N_("weight"),
    N_("keeps until"),
    N_("why it waits"),
)

Said = tuple[str, tuple[str, ...], tuple[tuple[str, ...], ...]]
"""Title, heads, and of each line its cells."""


def said(
    stored: Iterable[StorageLine], say: Callable[[str], str], now: int, zone: ZoneInfo
) -> Said:
    """Block by block, what spoils first, in the language of `say`. What is spoiled, goes back
    or is for the doctor is not on it."""
    lines = [
        one
        for one in stored
        if one.state is CaseState.STORED
        and one.service is not Service.MEDICAL_PACKAGE
        and (one.keep_until is None or one.keep_until >= now)
    ]
    lines.sort(key=lambda one: (one.unit, one.keep_until is None, one.keep_until or 0))
    return (
        say(TITLE),
        tuple(map(say, _HEADS)),
        tuple(_cells(one, say, zone) for one in lines),
    )


def _cells(one: StorageLine, say: Callable[[str], str], zone: ZoneInfo) -> tuple[str, ...]:
    until = f"{local(one.keep_until, zone):%d.%m %H:%M}" if one.keep_until is not None else ""
    return (
        f"{one.stands_at} {one.number}".strip(),
        f"{say(N_('unit'))} {one.unit}" if one.unit else "",
        f"{one.prisoner.full}, {one.file_number}",
        wording.weight(one.net_grams, say) if one.net_grams else "",
        until,
        say(one.waits) if one.waits else "",
    )
