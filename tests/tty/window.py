"""The officer's place: keys are counted, questions read first, and no screen may be cut."""

from __future__ import annotations

import re
from collections.abc import Callable

from kiosk import badge_code
from tests.tty import house
from tests.tty.gate import Gate, Press
from tests.tty.harness import KEYS, Glass
from tests.tty.household import PASSPHRASE, Caller
from tests.tty.looks import MESSAGE, QUESTION, check, title

PATIENCE = 20.0
"""Seconds for what takes a fraction of one, where the machine has other things to do."""

Seen = Callable[[Glass], bool]


class Window:
    """The officer's place: `struck` counts the keys since the last `begin`."""

    def __init__(self, gate: Gate, glass: Glass, press: Press) -> None:
        self.gate, self.glass, self.press = gate, glass, press
        self.say = gate.say
        self.struck = 0
        self.badges: list[str] = []
        self.number_of: dict[Caller, str] = {}

    def begin(self) -> None:
        self.struck = 0

    def strike(self, *keys: str) -> None:
        """Keys in one write, as somebody who types ahead."""
        self.struck += sum(1 if key in KEYS else len(key) for key in keys)
        self.glass.press(*keys)

    def answer(self, key: str, then: Seen) -> None:
        """A key for a question of consequence; one that came before it could be read is
        dropped with a bell, and is struck again."""
        self.struck += 1
        while not then(self.glass):
            self.glass.press(key)
            self.until(_then_or_bell(then, self.glass.bells))

    def until(self, seen: str | Seen) -> None:
        self.glass.wait_for(seen, timeout=PATIENCE)

    def sees(self, *texts: str) -> None:
        """All of them stand on the glass, and nothing of it is cut."""
        self.until(lambda g: all(text in g.text() for text in texts))
        check(self.glass)

    def in_rows(self, text: str, rows: range) -> Seen:
        """This text stands in one of these rows."""
        return lambda glass: any(text in glass.row(row) for row in rows)

    def titled(self, msgid: str) -> Seen:
        wanted = self.say(msgid)
        return lambda glass: title(glass) == wanted

    def sees_screen(self, msgid: str) -> None:
        self.until(self.titled(msgid))
        check(self.glass)

    def is_told(self, msgid: str, mark: str = "+") -> str:
        """A message with these words, whatever stands in their places; the row."""
        words = [part for part in re.split(r"\{\w+\}", self.say(msgid)) if part.strip()]
        self.until(
            lambda g: g.row(MESSAGE)[0] == mark and all(one in g.row(MESSAGE) for one in words)
        )
        check(self.glass)
        return self.glass.row(MESSAGE)

    def asked(self, msgid: str) -> Seen:
        """This question stands there, whatever stands in its places."""
        words = [part.strip() for part in re.split(r"\{\w+\}", self.say(msgid))]
        return lambda glass: all(one in glass.row(QUESTION) for one in words)

    def is_asked(self, msgid: str) -> None:
        self.until(self.asked(msgid))
        check(self.glass)

    def scan(self, one: Caller) -> None:
        self.gate.swipe(one.lines)

    def scan_code(self, code: str) -> None:
        self.gate.reader.send(code.encode() + b"\r")

    def menu(self) -> None:
        self.glass.press("f10")
        self.sees_screen("MENU")

    def numbered(self, msgid: str) -> Seen:
        """ADMITTED or REFUSED stands there, with a number behind it."""
        whole = re.compile(rf"{self.say(msgid)}   [VR]-\d\d-\d{{6}}")
        return lambda glass: whole.search(glass.text()) is not None

    def verdict(self, msgid: str) -> str:
        self.until(self.numbered(msgid))
        check(self.glass)
        return self.glass.text().partition(f"{self.say(msgid)}   ")[2][:11]

    def admitted(self, lead: Caller, people: int = 1) -> str:
        """The visit's number, which its badges bear."""
        number = self.number_of[lead] = self.verdict("ADMITTED")
        self.badges += [f"{number}-{place}" for place in range(1, people + 1)]
        return number

    def paper(self, text: str) -> str:
        """The paper with this text on it, once it is out; without its blanks."""
        self.press.wait_for("".join(text.split()))
        bare = "".join(text.split())
        return next(one for one in self.press.papers if bare in one)

    def sign_in(self, login: str) -> None:
        self.until(self.titled("SIGN IN"))
        self.glass.press(login, "enter", PASSPHRASE, "enter")
        self.until(self.titled("MENU"))

    def find(self, words: str) -> None:
        """F3 and what is typed there; the line found stands in focus."""
        self.glass.press("f3")
        self.sees_screen("FIND")
        self.glass.press(words)
        shown = f"…{words[-3:]}" if words.isalnum() else words
        self.until(lambda g: shown in "".join(g.screen.display[3:8]))
        check(self.glass)

    def hand_over(self, login: str) -> None:
        """Somebody else sits down here."""
        if title(self.glass) != self.say("MENU"):  # where F10 locks
            self.menu()
        self.glass.press("0")
        self.sign_in(login)

    def code_of(self, badge: str) -> str:
        number, member = badge[:11], int(badge[12:])
        return badge_code.encode(1, house.today(self.gate).year, int(number[5:]), member)


def _then_or_bell(then: Seen, bells: int) -> Seen:
    return lambda glass: then(glass) or glass.bells > bells
