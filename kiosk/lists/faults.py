"""What is wrong in one line of a list, said so that whoever sent it can put it right."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from kiosk import wording
from kiosk.text import N_, _, fill


class Fault(Exception):
    """A cell that cannot be taken; `sentence` is a msgid whose places `values` fill."""

    def __init__(self, sentence: str, **values: object) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.values = values


@dataclass(frozen=True, slots=True)
class Rejected:
    """A line that was not taken. `column` is its name in the register, `head` in the file.

    `sentence` is a msgid whose places `values` fill; `others`: heads of further faulty cells.
    """

    line: int
    column: str
    head: str
    sentence: str
    values: tuple[tuple[str, object], ...] = field(default=(), repr=False)
    others: tuple[str, ...] = ()

    @property
    def reason(self) -> str:
        """In the language now in use."""
        values = {
            name: wording.label(value) if isinstance(value, Enum) else value
            for name, value in self.values
        }
        reason = fill(_(self.sentence), **values)
        if self.others:
            reason += " " + fill(_(N_("Look also at: {names}.")), names=", ".join(self.others))
        return reason


def rejected(
    line: int, column: str, head: str, fault: Fault, others: tuple[str, ...] = ()
) -> Rejected:
    return Rejected(line, column, head, fault.sentence, tuple(fault.values.items()), others)
