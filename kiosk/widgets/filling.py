"""Filling in a form: what each key does to its fields."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from kiosk.text import N_
from kiosk.widgets.choices import Choice, Choosing, Lookup, Option
from kiosk.widgets.entry import Entry
from kiosk.widgets.field import NO_MARKS, Complaint, Edit, Field, Marks, Passphrase
from kiosk.widgets.open_list import OpenList


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


_IGNORED = FormAnswer(FormKind.IGNORED)
_UNCHOSEN = Complaint(N_("Not chosen yet. Type letters or a digit, then Enter takes the line."))
_NOT_SHOWN = N_("{digit} is not among these lines. Erase the letters, or take a line.")
_FULL = N_("No more than {count} letters fit here. Shorten what stands here.")
_NOTHING_FOUND = Complaint(N_("Nothing found. Type other letters."))


class Filling:
    """The fields of a form, what stands in them, and which one keys go to. Knows no glass."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self.place = 0
        """Index of the current field; behind the last one when none can be filled in."""
        self.list = OpenList()
        self._dup: Mapping[str, str] = {}
        self.message: Message | None = None
        self.touched = False

    # ---- what the screen gives

    def begin(
        self,
        fields: Sequence[Field],
        values: Mapping[str, str],
        proposed: Collection[str],
        doubtful: Mapping[str, Complaint],
        dup: Mapping[str, str],
        marked: Mapping[str, Marks],
        first: str = "",
    ) -> None:
        """As `Form.load` says."""
        self.entries = []
        for field in fields:
            entry = Entry(field, proposed=field.name in proposed)
            if values.get(field.name):
                entry.load(values[field.name])
            if field.name in doubtful:
                entry.doubt, entry.doubt_given = doubtful[field.name], True
            if field.name in marked:
                entry.mark(marked[field.name])
            self.entries.append(entry)
        self._dup = dict(dup)
        self.touched = False
        self.message = None
        self._enter(self._opening(first))
        self._show_doubt()

    def offer(self, field: str, options: Sequence[Option]) -> None:
        """As `Form.offer` says."""
        entry = self.find(field)
        if entry is None or entry is not self.entry:
            return
        self.list.renew(options)
        entry.offered = self.list.options

    def complain(self, field: str, complaint: Complaint) -> None:
        """As `Form.complain` says."""
        for index, entry in enumerate(self.entries):
            if entry.field.name == field:
                entry.refuse(complaint)
                if not entry.field.read_only:
                    self._enter(index)
                break
        self._say(complaint)

    def list_choices(self) -> bool:
        """As `Form.list_choices` says."""
        entry = self.entry
        if entry is None:
            return False
        field = entry.field
        options = field.options if isinstance(field, Choice) else entry.offered
        if not options:
            return False
        self.list.show(options, entry.code)
        return True

    def set(self, field: str, value: str, *, proposed: bool) -> None:
        """As `Form.set` says."""
        entry = self.find(field)
        if entry is not None:
            entry.edited()
            entry.load(value)
            entry.fresh, entry.proposed = True, proposed

    @property
    def values(self) -> Mapping[str, str]:
        # What a number means may hang on another field, such as the country beside it.
        alone = {entry.field.name: entry.value({}) for entry in self.entries}
        return {entry.field.name: entry.value(alone) for entry in self.entries}

    # ---- keys

    def press(self, key: str, character: str | None) -> FormAnswer:
        """Act on a key, named as Textual names it."""
        entry = self.entry
        if entry is None:
            return {
                "enter": FormAnswer(FormKind.SAVE),
                "f2": FormAnswer(FormKind.SAVE),
                "escape": FormAnswer(FormKind.BACK),
            }.get(key, _IGNORED)
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
            # While no list is open, all options stand beside the field with their digits.
            if self.list.is_open and option not in self.list.options:
                self._say(Complaint(_NOT_SHOWN, {"digit": character}))
                return FormAnswer(FormKind.TAKEN, field.name)
            entry.take(option)
            return self._chosen(entry)
        base = Edit("", 0) if entry.fresh else Edit(entry.text, entry.at)
        edit = field.put(base.text, base.at, character)
        if edit is None:
            if field.tells_limit and len(base.text) >= field.limit:
                self._say(Complaint(_FULL, {"count": field.limit}))
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
            self.list.show(entry.field.found(entry.text) if entry.text.strip() else ())
        elif isinstance(entry.field, Lookup):
            # The old lines stay visible until the screen answers, but can no longer be taken.
            self.list.stale = True
            if len(entry.text.strip()) < 2:
                self.list.close()

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
        if self.list.is_open:
            self.list.step(by)
            return FormAnswer(FormKind.TAKEN, entry.field.name)
        reopens = by > 0 and not entry.code  # a Lookup whose list was closed by Esc
        if (isinstance(entry.field, Choice) or reopens) and self.list_choices():
            return FormAnswer(FormKind.TAKEN, entry.field.name)
        stepped = entry.field.step(entry.text, -by)
        if stepped is None:
            return self._move(entry, by)
        answer = self._edit(entry, Edit(stepped, len(stepped)))
        entry.fresh = True
        return answer

    def _escape(self, entry: Entry) -> FormAnswer:
        if self.list.is_open:
            self.list.close()
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
        self.list.close()
        return FormAnswer(FormKind.CHANGED, entry.field.name, changed=True)

    # ---- leaving, confirming, saving

    def _confirm(self, entry: Entry) -> FormAnswer:
        """Enter: this field is right, the next one; on the last one, save."""
        chosen = self.list.focus
        if isinstance(entry.field, Choosing) and chosen is not None:
            if self.list.stale:
                return FormAnswer(FormKind.TAKEN, entry.field.name)
            if chosen.code != entry.code or chosen.label != entry.text:
                entry.take(chosen)
                return self._chosen(entry)
        if self._says(entry.doubt):
            entry.doubt_confirmed, entry.marked = True, NO_MARKS
        self._judge(entry)
        if entry.wrong is not None and not entry.held:
            # A correction typed at once must not land in the next field.
            entry.hold()
            self._say(entry.wrong)
            return FormAnswer(FormKind.MOVED, entry.field.name)
        if entry.wrong is None and entry.doubt is not None and not entry.doubt_confirmed:
            self._say(entry.doubt)
            return FormAnswer(FormKind.MOVED, entry.field.name)
        if entry.wrong is None:
            entry.proposed = False
        return self._go_on(entry)

    def _chosen(self, entry: Entry) -> FormAnswer:
        self.touched = True
        self.list.close()
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
        for one in self.entries:
            self._judge(one)
        for index, one in enumerate(self.entries):
            stop = self._stops(one)
            if stop is not None:
                self._enter(index)
                self._say(stop)
                return FormAnswer(FormKind.MOVED, entry.field.name)
        for one in self.entries:
            one.proposed = False
        self.message = None
        self.list.close()
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
        nothing = isinstance(entry.field, Lookup) and entry.offered == ()
        others = self.values
        entry.judge(others, _NOTHING_FOUND if nothing else _UNCHOSEN)

    # ---- places

    @property
    def entry(self) -> Entry | None:
        if 0 <= self.place < len(self.entries):
            return self.entries[self.place]
        return None

    def find(self, name: str) -> Entry | None:
        return next((one for one in self.entries if one.field.name == name), None)

    def _opening(self, first: str) -> int:
        """First doubtful, the wished one, first empty required, first proposed, the first."""
        open_fields = [
            (index, entry)
            for index, entry in enumerate(self.entries)
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
        return len(self.entries)

    def _neighbour(self, by: int) -> int | None:
        index = self.place + by
        while 0 <= index < len(self.entries):
            if not self.entries[index].field.read_only:
                return index
            index += by
        return None

    def _enter(self, index: int) -> None:
        self.list.close()
        self.place = index
        entry = self.entry
        if entry is not None:
            entry.enter()

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
        entry = self.entry
        if entry is None:
            return
        if entry.wrong is not None:
            self._say(entry.wrong)
        elif entry.doubt is not None and not entry.doubt_confirmed:
            self._say(entry.doubt)
