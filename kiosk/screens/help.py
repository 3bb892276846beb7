"""Help (F1): what this screen is for and what its keys do, in one page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from textual.widget import Widget

from kiosk.screens.cards import wrapped
from kiosk.screens.help_pages import ABOUT
from kiosk.screens.screen import DESK, GATE_KEYS, KioskScreen
from kiosk.text import N_, _
from kiosk.widgets.ink import Ink
from kiosk.widgets.lines import Line, at, line
from kiosk.widgets.sheet import Sheet

_Key = tuple[str, int, str]
"""A key, the number of a function key or 0, and what it means."""

_FIELD_KEYS: tuple[_Key, ...] = (
    ("Enter", 0, N_("this field is right, the next one; on the last one: save")),
    ("Tab", 0, N_("the next field, without confirming; Shift+Tab the one before")),
    ("Esc", 0, N_("undo in this field, then one screen back")),
)
_LIST_KEYS: tuple[_Key, ...] = (
    ("↑↓", 0, N_("choose a paper; Home the first one")),
    ("Enter", 0, N_("look at this paper")),
    ("Esc", 0, N_("one screen back")),
)
# Of screens without fields.
_OWN_KEYS: Mapping[str, tuple[_Key, ...]] = {
    "papers": _LIST_KEYS,
    "samples": _LIST_KEYS,
    "restrictions": (
        ("↑↓", 0, N_("choose a line; what stands in it is shown below")),
        ("7", 0, N_("a supervisor: enter a new one")),
        ("6", 0, N_("a supervisor: let it hold longer")),
        ("8", 0, N_("a supervisor: lift it, with the reason")),
        ("Esc", 0, N_("one screen back")),
    ),
    "arrival": (
        ("Enter", 0, N_("do what the question below says")),
        ("↑↓", 0, N_("of a group: look at one person, and what concerns them")),
        ("1-8", 0, N_("what the question below says")),
        ("Esc", 0, N_("one screen back")),
    ),
    "package": (
        ("Enter", 0, N_("the thing, the quantity or the weight is right")),
        ("↑↓", 0, N_("choose the line that a digit, F7 or F8 is about")),
        ("Esc", 0, N_("undo what was begun, then one screen back; the list is kept")),
    ),
    "storage": (
        ("↑↓", 0, N_("choose a line; what stands in it is shown below")),
        ("Enter", 0, N_("open the parcel")),
        ("0-9", 0, N_("the number of a parcel whose label cannot be scanned")),
        ("F5", 5, N_("print the list for the officer of a block")),
        ("F8", 8, N_("a supervisor: destroy what is spoiled, with an act")),
        ("Esc", 0, N_("one screen back")),
    ),
    "parcel": (
        ("↑↓", 0, N_("choose a line of the parcel")),
        ("Enter", 0, N_("hand it over, or give it back; of what was seized: its find")),
        ("1-7", 0, N_("what the question below says")),
        ("F8", 8, N_("a supervisor: make it void, with the reason")),
        ("Esc", 0, N_("one screen back")),
    ),
    "handover": (
        ("F2", 2, N_("the prisoner has all of it and signed")),
        ("8", 0, N_("the prisoner declines all of it; it goes back")),
        ("7", 0, N_("the card of the parcel: all lines, all steps")),
        ("Esc", 0, N_("it stays where it is; one screen back")),
    ),
    "finds": (
        ("↑↓", 0, N_("choose a line")),
        ("Enter", 0, N_("open the find: tell it, or look at its act")),
        ("F7", 7, N_("what was found elsewhere: in the yard, with staff")),
        ("Esc", 0, N_("one screen back")),
    ),
    "reviews": (
        ("↑↓", 0, N_("choose a line; what stands in it is shown below")),
        ("Enter", 0, N_("open what it is about")),
        ("1", 0, N_("something was done about it")),
        ("2", 0, N_("it changes nothing")),
        ("Esc", 0, N_("one screen back")),
    ),
    "prisoner": (
        ("↑↓", 0, N_("the earlier lines; PgUp, PgDn by pages")),
        ("Esc", 0, N_("one screen back")),
    ),
    "report_lines": (
        ("↑↓", 0, N_("choose a line; what stands in it is shown below")),
        ("Enter", 0, N_("open the visit, or the prisoner's card")),
        ("4", 0, N_("write all lines as csv into the state folder")),
        ("Esc", 0, N_("one screen back")),
    ),
    "preview": (
        ("↑↓", 0, N_("the rest of the paper; PgUp, PgDn by pages")),
        ("Esc", 0, N_("one screen back")),
    ),
}
# Of whoever registers visits; which of them holds depends on the paper in focus.
_DESK_KEYS: Mapping[str, tuple[_Key, ...]] = {
    "papers": (
        ("1", 0, N_("asked whether it came out: yes")),
        ("2", 0, N_("asked whether it came out: no, print a marked copy")),
        ("3", 0, N_("asked whether it came out: no, and it is not needed")),
        ("4", 0, N_("asked so: all that were handed over came out")),
        ("F5", 5, N_("print a marked copy of a paper that is done")),
        ("F8", 8, N_("cancel a paper that waits, after a question")),
    ),
}
# A function key is told only where the screen behind has it, and by its
# label there.
_BY_LABEL = {
    N_("Papers"): N_("papers: what waits, what came out"),
    N_("Lang."): N_("the language of the screen"),
    N_("Lock"): N_("lock this kiosk"),
    N_("Next"): N_("demo: the next document is put on the reader"),
    N_("Paper"): N_("demo: the printed paper"),
    N_("Ticket"): N_("a ticket of the queue"),
    N_("Gone"): N_("they left without waiting"),
    N_("Calls"): N_("what the waiting room reads"),
    N_("Book"): N_("book a visit for this session"),
    N_("Close"): N_("close, or open again"),
    N_("Cancel"): N_("call off, after a question"),
    N_("New"): N_("enter another one"),
    N_("Thing"): N_("one thing more of this find"),
    N_("Kind"): N_("another kind of visit, or another session"),
    N_("Other"): N_("a list of the other kind"),
    N_("Outc."): N_("how the visit ended; stop it, or call it off"),
    N_("Annul"): N_("make the visit void"),
    N_("Last"): N_("what this sender brought the last time"),
    N_("Seize"): N_("what was found in a line of the bag"),
    N_("Remove"): N_("take out a line, or the whole bag, after a question"),
    N_("Overr."): N_("ask a second person to sign against the refusal"),
}
_FUNCTION_KEYS: tuple[_Key, ...] = (
    ("F2", 2, N_("save and go on")),
    ("F3", 3, N_("find people and prisoners")),
    ("F4", 4, N_("list of what fits here")),
    ("F5", 5, N_("print a marked copy of this screen's paper")),
    ("F6", 6, N_("take up a scan that waits")),
    ("F7", 7, N_("add a person to this visit")),
    ("F8", 8, N_("drop what was typed here, after a question")),
    ("F9", 9, N_("who is inside")),
    ("F10", 10, N_("menu")),
)


class Help(KioskScreen):
    TITLE_TEXT = N_("HELP")
    help_name = "help"

    def __init__(self) -> None:
        super().__init__()
        self.sheet = Sheet()
        self.about = ""
        self.labels: Mapping[int, str] = {}

    @property
    def keys(self) -> Mapping[int, str]:
        """Of those, the ones that whoever is not signed in can use: none."""
        at_work = self.kiosk.officer is not None and not self.kiosk.locked
        return GATE_KEYS if at_work else {}

    def body(self) -> Iterable[Widget]:
        yield self.sheet

    async def enter(self, *about: object) -> None:
        """`about`: the name of a screen's help, and the labels of the keys it has."""
        name, labels = about
        if name in ABOUT:
            self.about = str(name)
            assert isinstance(labels, Mapping)
            self.labels = dict(labels)

    def _keys_behind(self) -> list[_Key]:
        """The keys of the screen that help is about: its own first, then F2 to F10."""
        officer = self.kiosk.officer
        own = _OWN_KEYS.get(self.about, _FIELD_KEYS)
        if officer is not None and officer.may(*DESK):
            own += _DESK_KEYS.get(self.about, ())
        told = {number for _key, number, _meaning in own}
        common = [
            (key, number, _BY_LABEL.get(self.labels[number], meaning))
            for key, number, meaning in _FUNCTION_KEYS
            if number in self.labels and number not in told
        ]
        return sorted([*own, *common], key=lambda row: row[1])

    def draw(self) -> None:
        lines: list[Line] = [()]
        if self.about:
            lines += [line("  ", *one) for one in wrapped(_(ABOUT[self.about]), 74)]
            lines.append(())
        lines += [
            line(
                at(2, key, Ink.BOLD),
                at(10, _(meaning)),
            )
            for key, number, meaning in self._keys_behind()
        ]
        self.sheet.show(lines)
        self.ask(N_("Esc = back"))
