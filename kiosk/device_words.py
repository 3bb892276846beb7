"""What the devices say, in the words of the status bar and of the message row."""

from __future__ import annotations

from devices.events import RejectReason
from kiosk.text import N_, _, fill

# The words of the status bar: reader up to 8 columns, printer up to 7 (screens design §2).
_READER = {
    "ready": N_("ready"),
    "opening": N_("wait"),
    "absent": N_("lost"),
    "lost": N_("lost"),
    "degraded": N_("bad"),
    "blocked": N_("bad"),
    "stuck": N_("bad"),
    "disabled": N_("none"),
}
_PRINTER = {
    "ready": N_("ready"),
    "opening": N_("busy"),
    "absent": N_("off"),
    "lost": N_("off"),
    "degraded": N_("ready"),
    "blocked": N_("off"),
    "stuck": N_("off"),
    "disabled": N_("none"),
    # Many cheap printers answer nothing; papers go to them all the same.
    "unknown": N_("ready"),
    "paper_out": N_("paper!"),
    "cover_open": N_("lid!"),
}

_SENTENCES = {
    ("reader", "absent"): N_("There is no reader. Plug it in, or type the document: menu, 1."),
    ("reader", "blocked"): N_(
        "The reader cannot be opened. Type the document: menu, 1; call support."
    ),
    ("reader", "lost"): N_("Reader was unplugged. Plug it in, or type the document: menu, 1."),
    ("printer", "absent"): N_(
        "There is no printer. Visits are saved; papers wait. Check the cable."
    ),
    ("printer", "blocked"): N_(
        "The printer does not print now. Visits are saved; papers wait. Look at it."
    ),
    ("printer", "degraded"): N_("Paper is nearly out. Put a new roll beside the printer."),
    ("printer", "lost"): N_(
        "Printer is unplugged. Visits are saved; papers wait. Check the cable."
    ),
    ("printer", "stuck"): N_("Printer does not answer. Visits are saved. Check the cable."),
    ("printer", "paper_out"): N_("Paper is out. Put in a roll; printing goes on by itself."),
    ("printer", "cover_open"): N_(
        "The lid of the printer is open. Close it; it goes on by itself."
    ),
}

_REJECTED = {
    RejectReason.EMPTY: N_("Nothing was read. Put the document on the reader once more."),
    RejectReason.MISREAD: N_(
        "The document was not read clearly. Clean it, put it down once more."
    ),
    RejectReason.TRUNCATED: N_("The document was not read to the end. Put it down once more."),
    RejectReason.CHECK_DIGITS: N_(
        "The check digits do not agree. Put the document down once more, or type it."
    ),
    RejectReason.UNSUPPORTED: N_("This kind of document is not read. Type it: menu, 1."),
    RejectReason.UNKNOWN: N_("This is no document of a person and no badge of this gate."),
    RejectReason.NOISE: N_(
        "The reader sends noise. Check its cable; type the document: menu, 1."
    ),
    RejectReason.INTERRUPTED: N_(
        "The reader was pulled out while reading. Plug it in, read again."
    ),
}


def reader_word(state: str) -> str:
    """`Reader ready`, for the status bar."""
    return f"{_('Reader')} {_(_READER.get(state, N_('wait')))}"


def printer_word(state: str, waiting: int, uncertain: int) -> str:
    """`Printer ready`; papers that wait or whose fate is unknown take the word's place."""
    word = _(_PRINTER.get(state, N_("busy")))
    if state == "ready" and uncertain:
        word = _("check")
    elif state == "ready" and waiting > 1:
        word = fill(_("wait {count}"), count=waiting)
    return f"{_('Printer')} {word}"


def device_sentence(device: str, state: str) -> str:
    """What to do about a device, as a msgid; empty when there is nothing to do."""
    return _SENTENCES.get((device, state), "")


def is_about(device: str, sentence: str) -> bool:
    """Whether a sentence (msgid) says what is wrong with this device."""
    return any(
        about == device and one == sentence for (about, _state), one in _SENTENCES.items()
    )


def rejected_sentence(reason: RejectReason) -> str:
    """What to do about a read that was none, as a msgid."""
    return _REJECTED.get(reason, _REJECTED[RejectReason.UNKNOWN])
