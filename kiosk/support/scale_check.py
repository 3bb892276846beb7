"""What the scale of config.toml shows at this moment, or why nobody can know."""

from __future__ import annotations

import asyncio
import contextlib
import logging

from devices.events import DeviceChanged, WeightRead
from devices.health import DeviceFlag, DeviceState
from devices.scales.serial import SILENCE_S, SerialScale
from kiosk.support.check import Check, State
from kiosk.text import _, fill

# A scale is silent after three seconds; until then nobody knows.
_LISTENING_S = SILENCE_S + 1
_FAULTS = (DeviceState.BLOCKED, DeviceState.STUCK, DeviceState.LOST)


def listened_to(scale: SerialScale, place: str) -> Check:
    """The scale at `place`, listened to until it shows a weight; seconds when it is silent."""
    # What it logs, this check says in its own words.
    logging.getLogger("devices").addHandler(logging.NullHandler())
    heard = asyncio.run(_first_news(scale))
    match heard:
        case WeightRead(stable=False):
            return Check("scale", State.OK, fill(_("{place}, moves"), place=place))
        case WeightRead(grams=grams):
            said = fill(_("{place}, shows {grams} g"), place=place, grams=f"{grams:,}")
            return Check("scale", State.OK, said)
        case DeviceChanged(flags=flags) if DeviceFlag.BUSY in flags:
            said = fill(_("{place}, in use, perhaps by the kiosk"), place=place)
            return Check("scale", State.OK, said)
        case DeviceChanged(flags=flags) if DeviceFlag.UNREADABLE in flags:
            return Check(
                "scale",
                State.FAULT,
                fill(_("{place} sends what its profile does not know"), place=place),
                _("Set [scale] profile, baud, bits and parity in config.toml as it is set."),
            )
    return Check(
        "scale",
        State.FAULT,
        fill(_("{place} is silent"), place=place),
        _("Switch it on; set it to send by itself, or [scale] profile to one that asks it."),
    )


async def _first_news(scale: SerialScale) -> WeightRead | DeviceChanged | None:
    """What decides it: a weight at rest, or a fault; else the last that was told."""
    decided = asyncio.Event()
    news: WeightRead | DeviceChanged | None = None

    def heard(event: WeightRead | DeviceChanged) -> None:
        nonlocal news
        if decided.is_set():
            return
        news = event
        if event.stable if isinstance(event, WeightRead) else event.state in _FAULTS:
            decided.set()

    listening = asyncio.create_task(scale.run(heard))
    try:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_LISTENING_S):
                await decided.wait()
    finally:
        listening.cancel()
        await asyncio.gather(listening, return_exceptions=True)
    return news
