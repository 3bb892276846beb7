"""How the devices are, in the words of the status bar and of the message row."""

from __future__ import annotations

from dataclasses import dataclass, field

from devices.events import DeviceChanged, RejectReason
from kiosk.text import N_, _, fill

# The words of the status bar: reader up to 8 columns, printer up to 7.
_READER = {
    "ready": N_("ready"),
    # Nobody can know whether it is plugged in.
    "types": N_("types"),
    "opening": N_("wait"),
    "absent": N_("lost"),
    "lost": N_("lost"),
    "degraded": N_("bad"),
    "blocked": N_("bad"),
    "stuck": N_("bad"),
    "disabled": N_("none"),
    # Some answer no question; what they read comes all the same.
    "unknown": N_("ready"),
    "no_folder": N_("lost"),
    "no_scanner": N_("lost"),
    "pictures_left": N_("ready"),
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
    ("reader", "stuck"): N_(
        "The reader does not answer. Unplug it, plug it in; or type: menu, 1."
    ),
    ("reader", "no_folder"): N_(
        "The folder of pictures is not there. Call support; type the document: menu, 1."
    ),
    ("reader", "pictures_left"): N_(
        "Old pictures lie unread in the folder of pictures. Have them deleted."
    ),
    ("reader", "no_scanner"): N_(
        "There is no scanner. Switch it on, then F6; or type the document: menu, 1."
    ),
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
    RejectReason.NO_ZONE: N_(
        "No document is in the picture. Lay it straight, all of it, and take another."
    ),
    RejectReason.NOT_A_PICTURE: N_(
        "This file is no picture. Let the camera save PNG or JPEG; or type it: menu, 1."
    ),
    RejectReason.TOO_SLOW: N_(
        "It took too long. Take a sharper, straighter picture, or type it: menu, 1."
    ),
    RejectReason.TOO_LARGE: N_(
        "The picture is too large. Set the camera or scanner to 300 dpi; call support."
    ),
    RejectReason.READING_FAILED: N_(
        "The picture could not be read. Take another, or type the document: menu, 1."
    ),
    RejectReason.NOT_OPENED: N_(
        "The picture cannot be opened. Call support; type the document: menu, 1."
    ),
    RejectReason.SCANNER_ABSENT: N_(
        "The scanner does not answer. Check its cable and switch, then press F6."
    ),
    RejectReason.SCANNER_BUSY: N_("The scanner is in use elsewhere. Wait, then press F6."),
    RejectReason.SCANNER_COVER: N_("The scanner's lid is open. Close it, then press F6."),
    RejectReason.SCANNER_JAMMED: N_(
        "The document is stuck in the scanner. Take it out, then press F6."
    ),
    RejectReason.SCANNER_EMPTY: N_(
        "Nothing lies in the scanner. Put the document in, then press F6."
    ),
    RejectReason.SCANNER_REFUSED: N_(
        "The scanner refuses to scan. Call support; type the document: menu, 1."
    ),
    RejectReason.SCANNER_FAULT: N_(
        "The scanner stopped in the middle. Switch it off and on, then press F6."
    ),
}


# What a device needs is told before its state: the first that holds. Also that a reader types,
# which says more than that its state is unknown.
_FAULTS = ("paper_out", "cover_open", "no_folder", "no_scanner", "pictures_left", "types")


@dataclass
class DeviceBoard:
    """What the devices said last, and how many papers wait or may not have come out."""

    states: dict[str, str] = field(default_factory=dict)
    reading: bool = False
    """Whether a picture is being read now."""
    waiting: int = 0
    uncertain: int = 0

    def heard(self, event: DeviceChanged) -> None:
        flags = {flag.value for flag in event.flags}
        fault = next((fault for fault in _FAULTS if fault in flags), "")
        self.states[event.device] = fault or event.state.value

    def lacks(self, device: str) -> None:
        """The site has no such device."""
        self.states[device] = "disabled"

    def sentence(self, device: str) -> str:
        """What to do about a device, as a msgid; empty when there is nothing to do."""
        return _SENTENCES.get((device, self.states.get(device, "")), "")

    def is_well(self, device: str) -> bool:
        """Whether nothing is wrong with it; one that answers nothing is taken for well."""
        return self.states.get(device) in ("ready", "unknown")

    def reader_word(self, scans: int) -> str:
        """`Reader ready`, for the status bar; `scans` that wait for F6 take its place."""
        word = _(_READER.get(self.states.get("reader", ""), N_("wait")))
        if self.reading:
            word = _("busy")
        elif scans:
            word = fill(_("scan {count}"), count=scans)
        return f"{_('Reader')} {word}"

    @property
    def printer_word(self) -> str:
        """`Printer ready`; papers that wait, or whose fate is unknown, take its place."""
        state = self.states.get("printer", "")
        word = _(_PRINTER.get(state, N_("busy")))
        if state == "ready" and self.uncertain:
            word = _("check")
        elif state == "ready" and self.waiting > 1:
            word = fill(_("wait {count}"), count=self.waiting)
        return f"{_('Printer')} {word}"


def is_about(device: str, sentence: str) -> bool:
    """Whether a sentence (msgid) says what is wrong with this device."""
    return any(
        about == device and one == sentence for (about, _state), one in _SENTENCES.items()
    )


def rejected_sentence(reason: RejectReason) -> str:
    """What to do about a read that was none, as a msgid."""
    return _REJECTED.get(reason, _REJECTED[RejectReason.UNKNOWN])
