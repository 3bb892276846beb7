"""What a printer's condition is called: a word for the status bar, what to do about it."""

from __future__ import annotations

from dataclasses import dataclass

from devices.events import DeviceChanged
from devices.health import DeviceFlag, DeviceState
from kiosk.text import N_


@dataclass(frozen=True, slots=True)
class Words:
    """Of one condition, as msgids.

    `word` has up to 7 columns in each language; one with `!` stops the papers and needs
    somebody. `sentence` says what to do, `fault` the same in a phrase behind "First printer:".
    """

    word: str
    sentence: str = ""
    fault: str = ""


UNKNOWN = DeviceState.UNKNOWN.value
DISABLED = DeviceState.DISABLED.value
NOT_SEEN_YET = Words(N_("busy"))
SECOND = N_("second")

# What a printer needs is told before its state: the first that holds.
_NEEDS = (
    DeviceFlag.PAPER_OUT,
    DeviceFlag.COVER_OPEN,
    DeviceFlag.CUTTER,
    DeviceFlag.OVERHEATED,
    DeviceFlag.FORBIDDEN,
    DeviceFlag.BUSY,
    DeviceFlag.MUTE,
    DeviceFlag.OFFLINE,
)

WORDS: dict[str, Words] = {
    DeviceFlag.PAPER_OUT: Words(
        N_("paper!"),
        N_("Paper is out. Put in a roll; printing goes on by itself."),
        N_("no paper"),
    ),
    DeviceFlag.COVER_OPEN: Words(
        N_("lid!"),
        N_("The lid of the printer is open. Close it; it goes on by itself."),
        N_("its lid is open"),
    ),
    DeviceFlag.CUTTER: Words(
        N_("cutter!"),
        N_("The cutter is stuck. Open the lid, take the scrap of paper out, close it."),
        N_("its cutter is stuck"),
    ),
    DeviceFlag.OVERHEATED: Words(
        N_("hot!"),
        N_("The print head is too hot. Leave it alone; it goes on by itself."),
        N_("too hot"),
    ),
    DeviceFlag.FORBIDDEN: Words(
        N_("denied!"),
        N_("The kiosk may not use the printer. Visits are saved; call support."),
        N_("it may not be used"),
    ),
    DeviceFlag.BUSY: Words(
        N_("in use!"),
        N_("Another program uses the printer. Visits are saved; call support."),
        N_("another program uses it"),
    ),
    DeviceFlag.MUTE: Words(
        N_("silent!"),
        N_("The printer has fallen silent. Visits are saved. Is it on? Check the cable."),
        N_("it has fallen silent"),
    ),
    DeviceFlag.OFFLINE: Words(
        N_("stop!"),
        N_("The printer has stopped and does not say why. Look at its lamps and keys."),
        N_("it has stopped"),
    ),
    DeviceState.READY: Words(N_("ready")),
    DeviceState.DEGRADED: Words(
        N_("roll"),
        N_("Paper is nearly out. Put a new roll beside the printer."),
        N_("paper is nearly out"),
    ),
    # Many cheap printers never say how they are; papers go to them all the same.
    DeviceState.UNKNOWN: Words(N_("unsure")),
    DeviceState.OPENING: NOT_SEEN_YET,
    DeviceState.DISABLED: Words(N_("none")),
    DeviceState.ABSENT: Words(
        N_("off"),
        N_("There is no printer. Visits are saved; papers wait. Check the cable."),
        N_("it is not there"),
    ),
    DeviceState.LOST: Words(
        N_("off"),
        N_("Printer is unplugged. Visits are saved; papers wait. Check the cable."),
        N_("unplugged"),
    ),
    DeviceState.STUCK: Words(
        N_("stuck!"),
        N_("The printer takes no papers. Visits are saved. Switch it off and on."),
        N_("it takes no papers"),
    ),
    DeviceState.BLOCKED: Words(
        N_("stop!"),
        N_("The printer does not print now. Visits are saved; papers wait. Look at it."),
        N_("it does not print"),
    ),
}

PRINTS = frozenset({DeviceState.READY, DeviceState.DEGRADED, DeviceState.UNKNOWN})
"""The conditions in which papers are sent to it."""

FIRST_IS_DOWN = N_("First printer: {fault}. Papers go to the second one meanwhile.")
SECOND_IS_DOWN = N_("Second printer: {fault}. Papers go to the first one.")
SECOND_NEEDS = N_("Second printer: {fault}.")

ABOUT_PRINTERS = frozenset(
    {words.sentence for words in WORDS.values() if words.sentence}
    | {FIRST_IS_DOWN, SECOND_IS_DOWN, SECOND_NEEDS}
)


def condition(event: DeviceChanged) -> str:
    """How a printer is, as a key of WORDS."""
    if event.state in PRINTS:
        return event.state
    return next((need for need in _NEEDS if need in event.flags), event.state)
