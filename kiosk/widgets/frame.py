"""What stands at the same place on every screen: the status bar above, the foot below."""

from __future__ import annotations

from collections.abc import Mapping

from kiosk.widgets.glass import Glass
from kiosk.widgets.ink import Ink
from kiosk.widgets.lines import at, drawable, line, shorten

SLOTS = 10
SLOT_WIDTH = 8
LABEL_WIDTH = 6
MESSAGE_WIDTH = 78


class StatusBar(Glass):
    """Row 0: post 0-8, title 9-29, operator 30-43, reader 44-58, printer 59-74, clock 75-79."""

    HEIGHT = 1
    _PLACES = (("post", 0, 9), ("title", 9, 30), ("operator", 30, 44), ("reader", 44, 59), (
        "printer", 59, 75), ("clock", 75, 80))  # fmt: skip

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._words = {name: "" for name, _start, _end in self._PLACES}
        self._draw()

    def set(
        self,
        *,
        post: str | None = None,
        title: str | None = None,
        operator: str | None = None,
        reader: str | None = None,
        printer: str | None = None,
        clock: str | None = None,
    ) -> None:
        """Change the words that are given, leave the others; all are finished texts."""
        given = {
            "post": post,
            "title": title,
            "operator": operator,
            "reader": reader,
            "printer": printer,
            "clock": clock,
        }
        self._words.update({name: word for name, word in given.items() if word is not None})
        self._draw()

    def _draw(self) -> None:
        parts = []
        for name, start, end in self._PLACES:
            # One blank parts two places; the clock is the last and needs none.
            width = end - start - (0 if name == "clock" else 1)
            word = shorten(self._words[name], width)
            parts.append(at(start, word.ljust(end - start), Ink.BAR))
        self.put(0, line(*parts))


class Foot(Glass):
    """Rows 21-24: the one question, a rule, the message, the key bar."""

    HEIGHT = 4
    QUESTION, RULE, MESSAGE, KEYS = range(4)

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._rule = line(("─" * self.WIDTH, Ink.HEAD))
        self.put(self.RULE, self._rule)

    def set(
        self,
        *,
        question: str | None = None,
        message: str | None = None,
        marker: str | None = None,
        keys: Mapping[int, str] | None = None,
    ) -> None:
        """Change what is given, leave the rest; all are finished texts, "" empties a row.

        A message too long for its row begins on the rule above it: what to do must be read.
        `marker` is "!" (attention) or "+" (done) and belongs to `message`; a message given
        without one stands unmarked.
        """
        if question is not None:
            text = shorten(question, MESSAGE_WIDTH)
            self.put(self.QUESTION, line("? ", text) if text else ())
        if message is not None:
            ink = {"!": Ink.BAD, "+": Ink.GOOD}.get(marker or "", Ink.PLAIN)
            mark, rows = (marker or " ", ink), _folded(message)
            self.put(self.RULE, line(mark, " ", rows[0]) if len(rows) > 1 else self._rule)
            if len(rows) > 1:
                mark = (" ", ink)
            self.put(self.MESSAGE, line(mark, " ", rows[-1]) if rows else ())
        if keys is not None:
            self.put(self.KEYS, line(*(_slot(number, keys) for number in range(1, SLOTS + 1))))


def _folded(message: str) -> list[str]:
    """A message as the one or two rows it needs."""
    shown = drawable(message).text
    if len(shown) <= MESSAGE_WIDTH:
        return [shown] if shown else []
    # Not on the way to the first paint.
    from textwrap import wrap

    return wrap(shown, MESSAGE_WIDTH, max_lines=2, placeholder="…")


def _slot(number: int, keys: Mapping[int, str]) -> str:
    label = keys.get(number, "")
    if not label:
        return " " * SLOT_WIDTH
    return f"{number}{shorten(label, LABEL_WIDTH)}".ljust(SLOT_WIDTH)
