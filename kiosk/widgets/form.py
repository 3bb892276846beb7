"""One widget that draws many fields, and answers what each key did to them.

One widget, because twelve of Textual's cost twenty times as much for a Tab; and because only
so do typed-ahead keys reach the fields they were meant for: letters and Tabs go through one
queue.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from kiosk.text import _, language
from kiosk.widgets.choices import NUMBERED, Choice, Option
from kiosk.widgets.drawing import Drawing
from kiosk.widgets.field import Complaint, Field, Marks
from kiosk.widgets.filling import Filling, FormAnswer, FormKind, Message
from kiosk.widgets.glass import Glass

__all__ = ["Form", "FormAnswer", "FormKind", "Message"]


class Form(Glass):
    """Mark in column 1, label 3-19, field 20-49, evidence or choices 52-79."""

    def __init__(self, *, id: str | None = None, rows: int | None = None) -> None:
        super().__init__(id=id, rows=rows)
        self._filling = Filling()
        self._drawing = Drawing(self.rows)
        self._evidence: Mapping[str, str] = {}
        self._language = language()

    # ---- what the screen gives

    def load(
        self,
        fields: Sequence[Field],
        values: Mapping[str, str] | None = None,
        *,
        proposed: Collection[str] = (),
        evidence: Mapping[str, str] | None = None,
        doubtful: Mapping[str, Complaint] | None = None,
        dup: Mapping[str, str] | None = None,
        marked: Mapping[str, Marks] | None = None,
        first: str = "",
    ) -> None:
        """Begin with these fields, on the one named `first` unless another is doubtful.

        `values` are recorded values by field name (ISO dates, codes); those named in
        `proposed` come from the machine and stand dim until a person passes them.
        `doubtful` asks for a confirmation by Enter; `evidence` is finished text beside a
        field; `dup` the values of the last record, for Ins; `marked` the characters that are
        to be compared, shown as such until the field is edited or its doubt confirmed.
        """
        self._filling.begin(
            fields, values or {}, proposed, doubtful or {}, dup or {}, marked or {}, first
        )
        self._evidence = dict(evidence or {})
        self._drawing.begin(fields)
        self.draw()

    def offer(self, field: str, options: Sequence[Option]) -> None:
        """Lines found for what is typed in a Lookup; at most 15 are shown.

        The line in focus stays in focus when it is offered again for the same text.
        """
        self._filling.offer(field, options)
        self.draw()

    def complain(self, field: str, sentence: str, **values: object) -> None:
        """A service refused the value of a field: it is marked and becomes the current one."""
        self._filling.complain(field, Complaint(sentence, values))
        self.draw()

    def list_choices(self) -> bool:
        """F4: show all choices of the current field; False when it has none."""
        shown = self._filling.list_choices()
        self.draw()
        return shown

    def evidence(self, field: str, text: str) -> None:
        """Change the finished text that stands beside a field."""
        self._evidence = {**self._evidence, field: text}
        self.draw()

    def set(self, field: str, value: str, *, proposed: bool = True) -> None:
        """The machine fills a field after loading; it stays unconfirmed unless told."""
        self._filling.set(field, value, proposed=proposed)
        self.draw()

    def press(self, key: str, character: str | None) -> FormAnswer:
        """Act on a key, named as Textual names it."""
        answer = self._filling.press(key, character)
        if answer.kind is not FormKind.IGNORED:
            self.draw()
        return answer

    # ---- what the screen asks

    @property
    def values(self) -> Mapping[str, str]:
        """Recorded values by field name, "" where empty or wrong."""
        return self._filling.values

    def typed(self, field: str) -> str:
        """What stands in a field, as typed; for a search."""
        entry = self._filling.find(field)
        return entry.text if entry is not None else ""

    @property
    def current(self) -> str:
        """The name of the field that keys go to."""
        entry = self._filling.entry
        return entry.field.name if entry is not None else ""

    @property
    def question(self) -> str:
        """The help of the current field (msgid), for row 21."""
        entry = self._filling.entry
        return entry.field.help if entry is not None else ""

    @property
    def confirmed_doubts(self) -> frozenset[str]:
        """Fields whose doubtful value a person confirmed; recorded with the officer."""
        return frozenset(
            entry.field.name
            for entry in self._filling.entries
            if entry.doubt is not None and entry.doubt_confirmed
        )

    @property
    def unconfirmed(self) -> frozenset[str]:
        """Fields that still stand as the machine proposed them."""
        return frozenset(entry.field.name for entry in self._filling.entries if entry.proposed)

    @property
    def message(self) -> Message | None:
        """What row 23 should say about this form now."""
        return self._filling.message

    @property
    def touched(self) -> bool:
        """A person changed something since the form was loaded: it is unsaved."""
        return self._filling.touched

    @touched.setter
    def touched(self, touched: bool) -> None:
        self._filling.touched = touched

    # ---- the glass

    def draw(self) -> None:
        """Put the state on the glass, in the language now in use."""
        filling = self._filling
        if self._language != language():
            self._language = language()
            for one in filling.entries:
                one.follow()
        entry = filling.entry
        options: tuple[Option, ...] = ()
        a_choice = entry is not None and isinstance(entry.field, Choice)
        if filling.list.is_open:
            options = filling.list.options
        elif entry is not None and isinstance(entry.field, Choice):
            options = entry.field.options if len(entry.field.options) <= NUMBERED else ()
        self.put_all(
            self._drawing.lines(
                filling.entries,
                filling.place,
                self._evidence,
                options,
                filling.list.place if filling.list.is_open else None,
                beside=a_choice,
                translate=_,
            )
        )
