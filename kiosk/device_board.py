"""How the devices are, in the words of the status bar and of the message row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from devices.events import DeviceChanged, RejectReason
from devices.health import DeviceFlag, DeviceState
from kiosk import printer_words, scale_words
from kiosk.printer_words import Words
from kiosk.text import N_, _, fill

# The words of the status bar, up to 8 columns.
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

_SENTENCES = {
    "absent": N_("There is no reader. Plug it in, or type the document: menu, 1."),
    "blocked": N_("The reader cannot be opened. Type the document: menu, 1; call support."),
    "lost": N_("Reader was unplugged. Plug it in, or type the document: menu, 1."),
    "stuck": N_("The reader does not answer. Unplug it, plug it in; or type: menu, 1."),
    "no_folder": N_(
        "The folder of pictures is not there. Call support; type the document: menu, 1."
    ),
    "pictures_left": N_(
        "Old pictures lie unread in the folder of pictures. Have them deleted."
    ),
    "no_scanner": N_(
        "There is no scanner. Switch it on, then F6; or type the document: menu, 1."
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


# What a reader needs is told before its state: the first that holds. Also that it types,
# which says more than that its state is unknown.
_NEEDS = ("no_folder", "no_scanner", "pictures_left", "types")

_GONE = (DeviceState.LOST, DeviceState.ABSENT)
# One that fell silent is asked whether it is on: that its line goes too needs no other word.
_KNOWN_TO_BE_GONE = (DeviceFlag.MUTE, DeviceState.LOST)

READER, PRINTER, SECOND_PRINTER, SCALE = "reader", "printer", "second_printer", "scale"


@dataclass(frozen=True, slots=True)
class Notice:
    """What is to be done about a device: a sentence (msgid) and what stands in its places."""

    sentence: str
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass
class DeviceBoard:
    """What the devices said last, and how many papers wait or may not have come out."""

    states: dict[str, str] = field(default_factory=dict)
    reading: bool = False
    """Whether a picture is being read now."""
    waiting: int = 0
    uncertain: int = 0

    def heard(self, event: DeviceChanged) -> None:
        if event.device == READER:
            flags = {flag.value for flag in event.flags}
            now = next((need for need in _NEEDS if need in flags), event.state.value)
        elif event.device == SCALE:
            now = scale_words.condition(event)
        else:
            now = printer_words.condition(event)
        if now in _GONE and self.states.get(event.device) in _KNOWN_TO_BE_GONE:
            return  # Nothing new: it is off or pulled out, and is looked for in vain.
        self.states[event.device] = now

    def lacks(self, device: str) -> None:
        """The site has no such device."""
        self.states[device] = DeviceState.DISABLED

    def notice(self, device: str) -> Notice | None:
        """What to do about a device, or about the printers together; None: nothing."""
        if device == READER:
            sentence = _SENTENCES.get(self.states.get(READER, ""), "")
            return Notice(sentence) if sentence else None
        if device == SCALE:
            sentence = scale_words.SENTENCES.get(self.states.get(SCALE, ""), "")
            return Notice(sentence) if sentence else None
        return self._notice_of_printers()

    def _notice_of_printers(self) -> Notice | None:
        first = self._words(PRINTER)
        if SECOND_PRINTER in self.states:
            second = self._words(SECOND_PRINTER)
            if self._second_takes_over:
                return Notice(printer_words.FIRST_IS_DOWN, {"fault": _(first.fault)})
            if self._prints(PRINTER) and second.fault:
                sentence = (
                    printer_words.SECOND_NEEDS
                    if self._prints(SECOND_PRINTER)
                    else printer_words.SECOND_IS_DOWN
                )
                return Notice(sentence, {"fault": _(second.fault)})
        return Notice(first.sentence) if first.sentence else None

    def is_well(self, device: str) -> bool:
        """Whether nothing is wrong with it; one that answers nothing is taken for well."""
        if device == READER:
            return self.states.get(READER) in ("ready", "unknown")
        if device == SCALE:
            return self.states.get(SCALE) == DeviceState.READY
        return self._notice_of_printers() is None and self._prints(PRINTER)

    def reader_word(self, scans: int) -> str:
        """`Reader ready`, for the status bar; `scans` that wait for F6 take its place."""
        word = _(_READER.get(self.states.get(READER, ""), N_("wait")))
        if self.reading:
            word = _("busy")
        elif scans:
            word = fill(_("scan {count}"), count=scans)
        return f"{_('Reader')} {word}"

    @property
    def printer_word(self) -> str:
        """`Printer ready`, of the first printer, or that the second one prints in its place.

        Papers that wait, or whose fate is unknown, take its place while papers come out.
        """
        takes_over = self._second_takes_over
        word = _(printer_words.SECOND if takes_over else self._words(PRINTER).word)
        if takes_over or self._prints(PRINTER):
            if self.uncertain:
                word = _("check")
            elif self.waiting > 1:
                word = fill(_("wait {count}"), count=self.waiting)
        return f"{_('Printer')} {word}"

    def _words(self, printer: str) -> Words:
        return printer_words.WORDS.get(self.states.get(printer, ""), printer_words.NOT_SEEN_YET)

    def _prints(self, printer: str) -> bool:
        return self.states.get(printer) in printer_words.PRINTS

    @property
    def _second_takes_over(self) -> bool:
        return bool(self._words(PRINTER).fault) and (
            not self._prints(PRINTER) and self._prints(SECOND_PRINTER)
        )


def is_about(device: str, sentence: str) -> bool:
    """Whether a sentence (msgid) says what is wrong with this device, or with the printers."""
    if device == READER:
        return sentence in _SENTENCES.values()
    if device == SCALE:
        return sentence in scale_words.SENTENCES.values()
    return sentence in printer_words.ABOUT_PRINTERS


def rejected_sentence(reason: RejectReason) -> str:
    """What to do about a read that was none, as a msgid."""
    return _REJECTED.get(reason, _REJECTED[RejectReason.UNKNOWN])
