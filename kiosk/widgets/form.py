"""One widget that draws many fields, and answers what each key did to them.

One widget, because twelve of Textual's cost twenty times as much for a Tab (terminal.md,
measurements); and because only so do typed-ahead keys reach the fields they were meant for:
letters and Tabs go through one queue.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from kiosk.text import N_, _
from kiosk.widgets.choices import NUMBERED, Choice, Choosing, Lookup, Option
from kiosk.widgets.drawing import Drawing
from kiosk.widgets.entry import Entry
from kiosk.widgets.field import Complaint, Edit, Field, Passphrase
from kiosk.widgets.glass import Glass


class FormKind(StrEnum):
    IGNORED = "ignored"  # the key means nothing to a form
    TAKEN = "taken"  # used, and neither value nor place changed
    CHANGED = "changed"  # the text of `field` changed
    MOVED = "moved"  # another field is current, or the same one still after a refusal
    SAVE = "save"  # everything is right; the screen may record it
    BACK = "back"  # Esc with nothing left to undo


@dataclass(frozen=True)
class FormAnswer:
    """What a key did. `field` is the one the key acted on; `changed`: its value is new."""

    kind: FormKind
    field: str = ""
    changed: bool = False


@dataclass(frozen=True)
class Message:
    """For row 23: a sentence (msgid) with its values."""

    marker: str
    sentence: str
    values: Mapping[str, object]


LIST_LINES = 15

_IGNORED = FormAnswer(FormKind.IGNORED)
_UNCHOSEN = Complaint(N_("Not chosen yet. Type letters or a digit, then Enter takes the line."))
_NOTHING_FOUND = Complaint(N_("Nothing found. Type other letters."))


class Form(Glass):
    """Mark in column 1, label 3-19, field 20-49, evidence or choices 52-79."""

    def __init__(self, *, id: str | None = None, rows: int | None = None) -> None:
        super().__init__(id=id, rows=rows)
        self._entries: list[Entry] = []
        self._current = 0
        self._evidence: Mapping[str, str] = {}
        self._dup: Mapping[str, str] = {}
        self._options: tuple[Option, ...] = ()
        self._option = 0
        self._options_stale = False
        self._list_open = False
        self._drawing = Drawing(self.rows)
        self.message: Message | None = None
        self.touched = False
        """A person changed something since the form was loaded: it is unsaved."""

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
        first: str = "",
    ) -> None:
        """Begin with these fields, on the one named `first` unless another is doubtful.

        `values` are recorded values by field name (ISO dates, codes); those named in
        `proposed` come from the machine and stand dim until a person passes them.
        `doubtful` asks for a confirmation by Enter; `evidence` is finished text beside a
        field; `dup` the values of the last record, for Ins.
        """
        given, doubts = values or {}, doubtful or {}
        self._entries = []
        for field in fields:
            entry = Entry(field, proposed=field.name in proposed)
            if given.get(field.name):
                entry.load(given[field.name])
            if field.name in doubts:
                entry.doubt, entry.doubt_given = doubts[field.name], True
            self._entries.append(entry)
        self._evidence = dict(evidence or {})
        self._dup = dict(dup or {})
        self.touched = False
        self.message = None
        self._enter(self._opening(first))
        self._show_doubt()
        self._drawing.begin([entry.field for entry in self._entries])
        self.draw()

    def offer(self, field: str, options: Sequence[Option]) -> None:
        """Lines found for what is typed in a Lookup; at most 15 are shown.

        The line in focus stays in focus when it is offered again for the same text.
        """
        entry = self._find(field)
        if entry is None or entry is not self._entry:
            return
        before = self._options[self._option].code if self._options else ""
        keep = not self._options_stale
        self._options = tuple(options[:LIST_LINES])
        self._option = 0
        if keep:
            codes = [option.code for option in self._options]
            self._option = codes.index(before) if before in codes else 0
        self._options_stale = False
        self._list_open = bool(self._options)
        self.draw()

    def complain(self, field: str, sentence: str, **values: object) -> None:
        """A service refused the value of a field: it is marked and becomes the current one."""
        for index, entry in enumerate(self._entries):
            if entry.field.name == field:
                entry.refuse(Complaint(sentence, values))
                if not entry.field.read_only:
                    self._enter(index)
                break
        self.message = Message("!", sentence, values)
        self.draw()

    def list_choices(self) -> bool:
        """F4: show all choices of the current field; False when it has none."""
        entry = self._entry
        if entry is None or not isinstance(entry.field, Choice):
            return False
        self._options = entry.field.options
        self._list_open = True
        codes = [option.code for option in self._options]
        self._option = codes.index(entry.code) if entry.code in codes else 0
        self.draw()
        return True

    def evidence(self, field: str, text: str) -> None:
        """Change the finished text that stands beside a field."""
        self._evidence = {**self._evidence, field: text}
        self.draw()

    def set(self, field: str, value: str, *, proposed: bool = True) -> None:
        """The machine fills a field after loading; it stays unconfirmed unless told."""
        entry = self._find(field)
        if entry is not None:
            entry.edited()
            entry.load(value)
            entry.fresh, entry.proposed = True, proposed
            self.draw()

    # ---- what the screen asks

    @property
    def values(self) -> Mapping[str, str]:
        """Recorded values by field name, "" where empty or wrong."""
        return {entry.field.name: entry.value for entry in self._entries}

    def typed(self, field: str) -> str:
        """What stands in a field, as typed; for a search."""
        entry = self._find(field)
        return entry.text if entry is not None else ""

    @property
    def current(self) -> str:
        """The name of the field that keys go to."""
        entry = self._entry
        return entry.field.name if entry is not None else ""

    @property
    def question(self) -> str:
        """The help of the current field (msgid), for row 21."""
        entry = self._entry
        return entry.field.help if entry is not None else ""

    @property
    def confirmed_doubts(self) -> frozenset[str]:
        """Fields whose doubtful value a person confirmed; recorded with the officer."""
        return frozenset(
            entry.field.name
            for entry in self._entries
            if entry.doubt is not None and entry.doubt_confirmed
        )

    @property
    def unconfirmed(self) -> frozenset[str]:
        """Fields that still stand as the machine proposed them."""
        return frozenset(entry.field.name for entry in self._entries if entry.proposed)

    # ---- keys

    def press(self, key: str, character: str | None) -> FormAnswer:
        """Act on a key, named as Textual names it."""
        entry = self._entry
        if entry is None:
            return {
                "enter": FormAnswer(FormKind.SAVE),
                "f2": FormAnswer(FormKind.SAVE),
                "escape": FormAnswer(FormKind.BACK),
            }.get(key, _IGNORED)
        answer = self._act(entry, key, character)
        if answer.kind is not FormKind.IGNORED:
            self.draw()
        return answer

    def _act(self, entry: Entry, key: str, character: str | None) -> FormAnswer:
        name = entry.field.name
        match key:
            case "enter":
                return self._confirm(entry)
            case "f2":
                return self._save(entry)
            case "tab":
                return self._move(entry, 1)
            case "shift+tab":
                return self._move(entry, -1)
            case "up" | "down":
                return self._step(entry, -1 if key == "up" else 1)
            case "escape":
                return self._escape(entry)
            case "insert":
                return self._duplicate(entry)
            case "left" | "right" | "home" | "end":
                self._go(entry, key)
                return FormAnswer(FormKind.TAKEN, name)
            case "backspace" | "delete":
                return self._erase(entry, key)
        if character is not None and len(character) == 1 and character.isprintable():
            return self._type(entry, character)
        return _IGNORED

    def _type(self, entry: Entry, character: str) -> FormAnswer:
        field = entry.field
        if isinstance(field, Choice) and (option := field.numbered(character)) is not None:
            entry.take(option)
            return self._chosen(entry)
        base = Edit("", 0) if entry.fresh else Edit(entry.text, entry.at)
        edit = field.put(base.text, base.at, character)
        if edit is None:
            return FormAnswer(FormKind.TAKEN, field.name)
        return self._edit(entry, edit)

    def _edit(self, entry: Entry, edit: Edit) -> FormAnswer:
        same = edit.text == entry.text
        entry.edited()
        entry.text, entry.at = edit.text, edit.at
        self.message = None
        if same and not isinstance(entry.field, Choosing):
            return FormAnswer(FormKind.TAKEN, entry.field.name)
        entry.code = ""
        self.touched = True
        self._search(entry)
        hint = entry.field.hint(entry.text)
        if hint is not None:
            self.message = Message("!", hint.sentence, hint.values)
        return FormAnswer(FormKind.CHANGED, entry.field.name, changed=True)

    def _search(self, entry: Entry) -> None:
        """The text of a choosing field changed: filter its options, or wait for the screen."""
        if isinstance(entry.field, Choice):
            self._options = entry.field.found(entry.text) if entry.text.strip() else ()
            self._option = 0
            self._list_open = bool(self._options)
        elif isinstance(entry.field, Lookup):
            # The old lines stay visible until the screen answers, but can no longer be taken.
            self._options_stale = True
            if len(entry.text.strip()) < 2:
                self._close_list()

    def _erase(self, entry: Entry, key: str) -> FormAnswer:
        if key == "delete" and entry.fresh:
            edit = Edit("", 0)
        elif key == "backspace":
            before = max(0, entry.at - 1)
            edit = Edit(entry.text[:before] + entry.text[entry.at :], before)
        else:
            edit = Edit(entry.text[: entry.at] + entry.text[entry.at + 1 :], entry.at)
        if edit.text == entry.text:
            entry.fresh = False
            return FormAnswer(FormKind.TAKEN, entry.field.name)
        return self._edit(entry, edit)

    def _go(self, entry: Entry, key: str) -> None:
        place = {"left": entry.at - 1, "right": entry.at + 1, "home": 0}.get(
            key, len(entry.text)
        )
        entry.at = max(0, min(place, len(entry.text)))
        entry.fresh = False

    def _step(self, entry: Entry, by: int) -> FormAnswer:
        if self._list_open and self._options:
            self._option = (self._option + by) % len(self._options)
            return FormAnswer(FormKind.TAKEN, entry.field.name)
        if isinstance(entry.field, Choice):
            self.list_choices()
            return FormAnswer(FormKind.TAKEN, entry.field.name)
        stepped = entry.field.step(entry.text, -by)
        if stepped is None:
            return self._move(entry, by)
        answer = self._edit(entry, Edit(stepped, len(stepped)))
        entry.fresh = True
        return answer

    def _escape(self, entry: Entry) -> FormAnswer:
        if self._list_open:
            self._close_list()
            return FormAnswer(FormKind.TAKEN, entry.field.name)
        if entry.changed_since_entry:
            entry.edited()
            entry.restore()
            self.message = None
            return FormAnswer(FormKind.CHANGED, entry.field.name, changed=True)
        return FormAnswer(FormKind.BACK, entry.field.name)

    def _duplicate(self, entry: Entry) -> FormAnswer:
        value = self._dup.get(entry.field.name, "")
        if not value or isinstance(entry.field, Passphrase):
            return FormAnswer(FormKind.TAKEN, entry.field.name)
        entry.edited()
        entry.load(value)
        entry.fresh = True
        self.touched = True
        self.message = None
        self._close_list()
        return FormAnswer(FormKind.CHANGED, entry.field.name, changed=True)

    # ---- leaving, confirming, saving

    def _confirm(self, entry: Entry) -> FormAnswer:
        """Enter: this field is right, the next one; on the last one, save."""
        if isinstance(entry.field, Choosing) and self._list_open and self._options:
            if self._options_stale:
                return FormAnswer(FormKind.TAKEN, entry.field.name)
            chosen = self._options[self._option]
            if chosen.code != entry.code or chosen.label != entry.text:
                entry.take(chosen)
                return self._chosen(entry)
        seen = entry.doubt if self._says(entry.doubt) else None
        self._judge(entry)
        if entry.wrong is None and entry.doubt is not None and not entry.doubt_confirmed:
            if entry.doubt != seen:
                self._say(entry.doubt)
                return FormAnswer(FormKind.MOVED, entry.field.name)
            entry.doubt_confirmed = True
        if entry.wrong is None:
            entry.proposed = False
        return self._go_on(entry)

    def _chosen(self, entry: Entry) -> FormAnswer:
        self.touched = True
        self._close_list()
        answer = self._go_on(entry)
        return FormAnswer(answer.kind, answer.field, changed=True)

    def _go_on(self, entry: Entry) -> FormAnswer:
        """To the next field; behind the last one, save."""
        following = self._neighbour(1)
        if following is None:
            return self._save(entry)
        return self._move(entry, 1, judged=True)

    def _move(self, entry: Entry, by: int, *, judged: bool = False) -> FormAnswer:
        """Leave the field without confirming it; a wrong one keeps its text and its mark."""
        if not judged:
            self._judge(entry)
        target = self._neighbour(by)
        self.message = None
        if target is not None:
            self._enter(target)
            self._show_doubt()
        if entry.wrong is not None:
            self._say(entry.wrong)
        return FormAnswer(FormKind.MOVED, entry.field.name)

    def _save(self, entry: Entry) -> FormAnswer:
        """F2: everything proposed is right; what is missing, wrong or doubtful stops it."""
        for one in self._entries:
            self._judge(one)
        for index, one in enumerate(self._entries):
            stop = self._stops(one)
            if stop is not None:
                self._enter(index)
                self._say(stop)
                return FormAnswer(FormKind.MOVED, entry.field.name)
        for one in self._entries:
            one.proposed = False
        self.message = None
        self._close_list()
        return FormAnswer(FormKind.SAVE, entry.field.name)

    @staticmethod
    def _stops(entry: Entry) -> Complaint | None:
        if entry.field.read_only:
            return None
        if entry.wrong is not None:
            return entry.wrong
        if entry.doubt is not None and not entry.doubt_confirmed:
            return entry.doubt
        if entry.field.required and entry.empty:
            return Complaint(entry.field.missing)
        return None

    def _judge(self, entry: Entry) -> None:
        nothing = isinstance(entry.field, Lookup) and not self._options
        others = self.values
        entry.judge(others, _NOTHING_FOUND if nothing else _UNCHOSEN)

    # ---- places

    @property
    def _entry(self) -> Entry | None:
        if 0 <= self._current < len(self._entries):
            return self._entries[self._current]
        return None

    def _find(self, name: str) -> Entry | None:
        return next((one for one in self._entries if one.field.name == name), None)

    def _opening(self, first: str) -> int:
        """First doubtful, the wished one, first empty required, first proposed, the first."""
        open_fields = [
            (index, entry)
            for index, entry in enumerate(self._entries)
            if not entry.field.read_only
        ]
        for wanted in (
            lambda entry: entry.doubt is not None or entry.wrong is not None,
            lambda entry: entry.field.name == first,
            lambda entry: entry.field.required and entry.empty,
            lambda entry: entry.proposed,
            lambda entry: True,
        ):
            for index, entry in open_fields:
                if wanted(entry):
                    return index
        return len(self._entries)

    def _neighbour(self, by: int) -> int | None:
        index = self._current + by
        while 0 <= index < len(self._entries):
            if not self._entries[index].field.read_only:
                return index
            index += by
        return None

    def _enter(self, index: int) -> None:
        self._close_list()
        self._current = index
        entry = self._entry
        if entry is not None:
            entry.enter()

    def _close_list(self) -> None:
        self._options, self._option, self._list_open = (), 0, False
        self._options_stale = False

    # ---- messages

    def _say(self, complaint: Complaint) -> None:
        self.message = Message("!", complaint.sentence, complaint.values)

    def _says(self, complaint: Complaint | None) -> bool:
        """Whether this very sentence stands on row 23, so that Enter can answer it."""
        return (
            complaint is not None
            and self.message is not None
            and self.message.sentence == complaint.sentence
            and self.message.values == complaint.values
        )

    def _show_doubt(self) -> None:
        entry = self._entry
        if entry is None:
            return
        if entry.wrong is not None:
            self._say(entry.wrong)
        elif entry.doubt is not None and not entry.doubt_confirmed:
            self._say(entry.doubt)

    # ---- the glass

    def draw(self) -> None:
        """Put the state on the glass, in the language now in use."""
        entry = self._entry
        options: tuple[Option, ...] = ()
        numbered = False
        if entry is not None:
            if self._list_open:
                options = self._options
            elif isinstance(entry.field, Choice) and len(entry.field.options) <= NUMBERED:
                options, numbered = entry.field.options, True
        self.put_all(
            self._drawing.lines(
                self._entries,
                self._current,
                self._evidence,
                options,
                self._option if self._list_open else None,
                beside=numbered or (entry is not None and isinstance(entry.field, Choice)),
                translate=_,
            )
        )
