"""What a form holds for one of its fields while a person works on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kiosk.widgets.choices import Choice, Choosing, Lookup, Option
from kiosk.widgets.field import NO_MARKS, Complaint, Field, Marks, Reading

_RESTORED = (
    "text",
    "code",
    "proposed",
    "wrong",
    "refused",
    "doubt",
    "doubt_confirmed",
    "doubt_given",
    "marked",
)


@dataclass
class Entry:
    """`text` is what is typed, `at` the cursor in it; `code` the option taken, if any."""

    field: Field
    text: str = ""
    at: int = 0
    code: str = ""
    proposed: bool = False
    """The machine filled it and no person has passed it yet."""
    fresh: bool = True
    """Just entered: the first letter replaces what stands there."""
    wrong: Complaint | None = None
    doubt: Complaint | None = None
    doubt_confirmed: bool = False
    doubt_given: bool = False
    """The doubt came from outside (a check digit) and stays until the text changes."""
    marked: Marks = NO_MARKS
    """What to compare before the doubt is confirmed, of `text` and of the evidence."""
    refused: bool = False
    """`wrong` came from a service and stays until the text changes."""
    held: bool = False
    """Enter was pressed on this wrong text and stayed; the next Enter leaves it."""
    offered: tuple[Option, ...] | None = None
    """What the screen found for this text of a Lookup; None: it has not answered."""
    _on_entry: tuple[object, ...] = ()

    def load(self, value: str) -> None:
        """Take a recorded value as if it stood there from the beginning."""
        if isinstance(self.field, Choice | Lookup):
            self.code = value
            self.text = self.field.label_of(value) or value
        else:
            self.text = self.field.show(value)
        self.at = len(self.text)

    def mark(self, marks: Marks) -> None:
        """Have characters of the value that was loaded compared."""
        shown = frozenset(map(self.field.shown_at, marks.value))
        self.marked = Marks(shown, marks.beside)

    def enter(self) -> None:
        """The field becomes the current one."""
        self.at = len(self.text)
        self.fresh = True
        self.held = False
        self._on_entry = self._state

    @property
    def _state(self) -> tuple[object, ...]:
        return tuple(getattr(self, name) for name in _RESTORED)

    @property
    def changed_since_entry(self) -> bool:
        return self._on_entry[:2] != (self.text, self.code)

    def restore(self) -> None:
        """Back to what stood there on entry, with its marks."""
        for name, value in zip(_RESTORED, self._on_entry, strict=True):
            setattr(self, name, value)
        self._name()
        self.at = len(self.text)
        self.fresh = True

    def follow(self) -> None:
        """The language is another: what was chosen is called by its other name."""
        changed = self.changed_since_entry
        self._name()
        self.at = min(self.at, len(self.text))
        if not changed:
            self._on_entry = self._state

    def _name(self) -> None:
        if isinstance(self.field, Choice) and self.code:
            self.text = self.field.label_of(self.code) or self.text

    def hold(self) -> None:
        """Enter stays on what is wrong: the next letter types it anew, an arrow mends it."""
        self.at = len(self.text)
        self.fresh = self.held = True

    def edited(self) -> None:
        """The text is no longer what was judged or proposed."""
        self.fresh = self.held = False
        self.proposed = False
        self.offered = None
        self.wrong = self.doubt = None
        self.doubt_confirmed = self.doubt_given = self.refused = False
        self.marked = NO_MARKS

    def take(self, option: Option) -> None:
        self.edited()
        self.code, self.text = option.code, option.label
        self.at = len(self.text)

    @property
    def empty(self) -> bool:
        return not self.code if isinstance(self.field, Choosing) else not self.text

    def value(self, others: Mapping[str, str]) -> str:
        """The recorded value among those of the other fields, "" while empty or wrong."""
        if isinstance(self.field, Choosing):
            return self.code
        return self.field.read(self.text, others).value

    def judge(self, others: Mapping[str, str], unchosen: Complaint) -> None:
        """Mark what is typed as right, wrong or doubtful; called on leaving."""
        if isinstance(self.field, Choosing):
            self.wrong = unchosen if self.text.strip() and not self.code else self.wrong
            return
        given = self.doubt if self.doubt_given else None
        open_given = None if self.doubt_confirmed else given
        reading: Reading = self.field.read(self.text, others)
        if reading.text is not None and reading.text != self.text:
            self.text = reading.text
            self.at = len(self.text)
        if reading.wrong is not None or not self.refused:
            self.wrong = reading.wrong
        # A doubt from outside first, then the field's own.
        doubt = open_given or reading.doubtful or given
        if doubt != self.doubt:
            self.doubt, self.doubt_confirmed, self.doubt_given = doubt, False, False

    def refuse(self, complaint: Complaint) -> None:
        """A service cannot record this value."""
        self.wrong = complaint
        self.refused = True
