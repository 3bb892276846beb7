"""Terminal input → keys, as the Linux console and other terminals send it.

Textual's own parser types the rest of a sequence it does not know into the field in focus
(Pause on the console is `ESC [ P`). Here a sequence is read to its end first, and dropped
whole when it is no key. Keys are named as Textual names them.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from textual._xterm_parser import XTermParser
from textual.keys import Keys

ESC = "\x1b"
ESCAPE_SECONDS = 0.025
"""How long an ESC may be the beginning of a sequence before it is the key Esc."""

# What Meta-Tab is on the Linux console, whose Shift+Tab sends it.
_SHIFT_TAB = ESC + "\t"
# Pause and Macro of the console: `ESC [ P` would be F1 by the kitty protocol.
_NO_KEYS = frozenset({ESC + "[P", ESC + "[M"})
_NAMED = re.compile(
    r"((shift|ctrl)\+)*"
    r"(f\d+|up|down|left|right|home|end|insert|delete|pageup|pagedown|tab|enter|backspace)"
)
# Where the cursor stands: an answer, though some terminals' Shift+F3 looks like it.
_REPORT = re.compile(r"\x1b\[\d+;\d+R")


class Stroke(NamedTuple):
    """`character` is what the key types, None for a key that types nothing."""

    key: str
    character: str | None


class Keyboard:
    """Keeps what has come of a sequence that is not whole yet."""

    def __init__(self) -> None:
        self._rest = ""
        # Only its table of names is used, never its parser.
        self._name = XTermParser()._sequence_to_key_events

    @property
    def pending(self) -> bool:
        """An ESC waits for what follows it; call `give_up` if nothing does."""
        return bool(self._rest)

    def feed(self, text: str) -> list[Stroke]:
        """The keys that are whole now."""
        text, self._rest = self._rest + text, ""
        strokes: list[Stroke] = []
        at = 0
        while at < len(text):
            if text[at] != ESC:
                strokes += self._strokes(text[at])
                at += 1
                continue
            end = _end(text, at)
            if end is None:
                self._rest = text[at:]
                break
            sequence = text[at:end]
            strokes += self._sequence(sequence)
            at = end
        return strokes

    def give_up(self) -> list[Stroke]:
        """Nothing followed: a lone ESC was the key Esc, half a sequence was nothing."""
        rest, self._rest = self._rest, ""
        return [Stroke("escape", ESC)] if rest == ESC else []

    def _sequence(self, sequence: str) -> list[Stroke]:
        if sequence == ESC:
            return [Stroke("escape", ESC)]
        if sequence == _SHIFT_TAB:
            return [Stroke("shift+tab", None)]
        # Two characters are Alt and a key: the console switches screens with Alt, and
        # sends ¡ for Alt+1. No key of the kiosk uses it.
        if len(sequence) == 2 or sequence in _NO_KEYS or _REPORT.fullmatch(sequence):
            return []
        # Textual's table also has sequences that type a letter (F21 types È or #).
        return [one for one in self._strokes(sequence) if _NAMED.fullmatch(one.key)]

    def _strokes(self, sequence: str) -> list[Stroke]:
        return [
            Stroke(event.key, event.character)
            for event in self._name(sequence)
            if event.key != Keys.Ignore
        ]


def _end(text: str, start: int) -> int | None:
    """Where the sequence that begins with the ESC at `start` ends; None: not yet known."""
    if start + 1 >= len(text):
        return None
    kind = text[start + 1]
    if kind == ESC:
        return start + 1
    if kind == "O":
        return start + 3 if start + 2 < len(text) else None
    if kind != "[":
        return start + 2
    at = start + 2
    if text[at : at + 1] == "[":
        # F1-F5 of the Linux console: ESC [ [ A
        return at + 2 if at + 1 < len(text) else None
    while at < len(text) and " " <= text[at] <= "?":
        at += 1
    return at + 1 if at < len(text) else None
