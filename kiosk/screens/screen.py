"""What every screen of the kiosk has: status bar, body, question, message, keys."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from time import monotonic
from typing import TYPE_CHECKING, ClassVar, cast

from textual.screen import Screen
from textual.widget import Widget

from kiosk.codes import Role
from kiosk.errors import Invalid, KioskError, Refused
from kiosk.text import N_, _, fill
from kiosk.widgets.form import Form, FormKind
from kiosk.widgets.frame import Foot, StatusBar
from kiosk.widgets.sheet import Sheet

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from devices.events import DocumentRead, WeightRead
    from kiosk.app import KioskApp
    from kiosk.spool import SpoolState

ATTENTION, DONE, PLAIN = "!", "+", " "

BODY_ROWS = 20

# Who stands at the window and registers visits.
DESK = (Role.OFFICER, Role.INSPECTOR, Role.SUPERVISOR)

ANOTHER_POST = N_(
    "This post does not do that step. Nothing was recorded; another post does it."
)

START_KEYS = {1: N_("Help"), 2: N_("Go on"), 4: N_("List")}
GATE_KEYS = {
    1: N_("Help"),
    3: N_("Find"),
    5: N_("Papers"),
    6: N_("Scan"),
    9: N_("Inside"),
    10: N_("Menu"),
}
FORM_KEYS = {**GATE_KEYS, 2: N_("Go on"), 4: N_("List"), 8: N_("Drop")}


# They leave a question as it stands, whatever it is.
_LEAD_AWAY = frozenset({"f1", "f9", "f10"})


class FormUnfinished(Refused):
    """A form of somebody else stands half done; what was scanned waits for it."""


class KioskScreen(Screen[None]):
    """A kept screen. `enter` gets what it is about, `draw` puts its state on the glass.

    Keys come one after another through `press`, each awaited before the next, so a screen may
    ask the database while the officer types ahead.
    """

    AUTO_FOCUS = None
    TITLE_TEXT: ClassVar[str] = ""
    KEYS: ClassVar[Mapping[int, str]] = {}
    NEEDS_OFFICER: ClassVar[bool] = True
    help_name: ClassVar[str] = ""

    def __init__(self) -> None:
        super().__init__()
        self.status = StatusBar()
        self.foot = Foot()
        self._read_since = 0.0
        self._typed_blind = False
        self.said = ""
        """The sentence on the message row (msgid)."""

    def compose(self) -> ComposeResult:
        yield self.status
        yield from self.body()
        yield self.foot

    @property
    def kiosk(self) -> KioskApp:
        return cast("KioskApp", self.app)

    # ---- what a screen gives

    @property
    def keys(self) -> Mapping[int, str]:
        """What the function keys do here now; one that does nothing is left out."""
        return self.KEYS

    def body(self) -> Iterable[Widget]:
        """The widgets of rows 1-20."""
        raise NotImplementedError

    def draw(self) -> None:
        """Put the state on the glass, in the language now in use."""

    async def enter(self, *about: object) -> None:
        """Take up what the screen is about; raise a KioskError to stay where the officer is."""

    async def returned(self) -> None:
        """The officer came back to what was left here."""

    async def opened(self) -> None:
        """The register has been opened behind this screen."""
        self.show()

    async def minute(self) -> None:
        """A minute has passed."""

    async def paper_changed(self, state: SpoolState) -> None:
        """A paper waits, is printing, or came out."""

    async def weighed(self, event: WeightRead | None) -> None:
        """What lies on the scale has changed; only a stable weight may be taken over. None:
        the scale is gone, weights are typed. `kiosk.scale` goes on saying it."""

    def forget(self) -> None:
        """The officer signs out: drop everything personal."""

    async def offered(self, event: DocumentRead) -> bool:
        """A document was scanned; True when this screen asks first what to do with it."""
        return False

    def misread(self) -> None:
        """Something was put on the reader and could not be read."""

    async def typed(self, key: str, character: str | None) -> bool:
        """Do what `key` means here; False when it means nothing here."""
        return False

    @property
    def unsaved(self) -> bool:
        """Whether a scan has to wait because something typed here would be lost."""
        return False

    @property
    def undecided(self) -> str:
        """The name of whoever stands here and was neither recorded nor sent away."""
        return ""

    @property
    def consequence(self) -> bool:
        """Whether the question now on row 21 must be read before a key may answer it."""
        return False

    def answers(self, key: str, character: str | None) -> bool:
        """Whether `key` may answer such a question; others, like arrows, never do harm."""
        return key not in _LEAD_AWAY

    # ---- the common part

    def on_screen_resume(self) -> None:
        self.read_from_now()

    def read_from_now(self) -> None:
        """Keys struck before this moment cannot have answered what is asked now."""
        self._read_since = monotonic()
        self._typed_blind = False

    async def press(self, key: str, character: str | None, time: float) -> None:
        early = time < self._read_since
        if self.consequence and early and self.answers(key, character):
            self.kiosk.bell()
            return
        letter = self.consequence and character is not None and character.isalpha()
        if self._typed_blind and not letter:
            self._typed_blind = False
            if self.consequence and self.answers(key, character):
                self.kiosk.bell()
                self.say(ATTENTION, N_("Nothing was done. Read the question, then answer it."))
                return
        try:
            if not await self.typed(key, character):
                # Whoever types on does not look: their Enter would answer the question.
                self._typed_blind = letter
                await self.kiosk.common_key(key)
        except Invalid as refusal:
            self.invalid(refusal)
        except KioskError as refusal:
            self.kiosk.tell(refusal)

    def invalid(self, refusal: Invalid) -> None:
        """A value that a service refused; a screen with a form marks the field."""
        self.say(ATTENTION, refusal.sentence, **refusal.values)

    def refresh_frame(self) -> None:
        """Status bar, title and keys, from the app's state."""
        self.status.set(**self.kiosk.bar(_(self.TITLE_TEXT)))
        self.foot.set(keys={number: _(label) for number, label in self.keys.items()})

    def show(self) -> None:
        self.refresh_frame()
        self.draw()

    def ask(self, question: str, **values: object) -> None:
        """The one question of row 21; empty when nothing can be done by accident."""
        self.foot.set(question=fill(_(question), **values) if question else "")

    def say(self, marker: str, sentence: str, **values: object) -> None:
        """The message of row 23; stays until the next key that changes something."""
        self.said = sentence
        self.foot.set(marker=marker, message=fill(_(sentence), **values) if sentence else "")

    def quiet(self) -> None:
        self.said = ""
        self.foot.set(marker=PLAIN, message="")


class FormScreen(KioskScreen):
    """A screen whose body is one form; F2, or Enter on its last field, saves."""

    KEYS = FORM_KEYS

    def __init__(self, rows: int | None = None) -> None:
        super().__init__()
        self.form = Form(rows=rows)
        self.dropping = False

    def body(self) -> Iterable[Widget]:
        yield self.form

    async def save(self) -> None:
        """The form is complete: do what it is for."""
        raise NotImplementedError

    async def changed(self, field: str) -> None:
        """The value of a field is new; for screens that offer a list, or fill another field."""

    @property
    def unsaved(self) -> bool:
        return self.form.touched

    def forget(self) -> None:
        self.form.load([])
        self.dropping = False

    async def returned(self) -> None:
        self.dropping = False

    def invalid(self, refusal: Invalid) -> None:
        self.kiosk.bell()
        self.form.complain(refusal.field, refusal.sentence, **refusal.values)
        self.speak()

    async def keep(self) -> None:
        """Keep what was typed outside of the screen; most forms keep nothing."""

    async def typed(self, key: str, character: str | None) -> bool:
        """What is typed is kept as each field is left: a crash costs the one in work."""
        before = self.form.current
        if key == "f10" and self.unsaved:
            await self.keep()
        known = await self._typed(key, character)
        if known and self.unsaved and self.form.current != before:
            await self.keep()
        return known

    async def _typed(self, key: str, character: str | None) -> bool:
        if self.dropping:
            self.dropping = False
            if key == "enter":
                await self.drop()
            else:
                self.speak()
            return True
        if key == "f8" and 8 in self.keys and self.unsaved:
            self.dropping = True
            self.speak()
            return True
        if key == "f4" and self.form.list_choices():
            return True
        answer = self.form.press(key, character)
        if answer.kind is FormKind.IGNORED:
            return False
        self.speak()
        if answer.changed:
            await self.changed(answer.field)
        if answer.kind is FormKind.SAVE:
            await self.save()
        elif answer.kind is FormKind.BACK:
            await self.leave()
        return True

    async def leave(self) -> None:
        """Esc with nothing left to undo; what was typed is kept until saved or dropped."""
        await self.kiosk.back()

    async def drop(self) -> None:
        """F8 and Enter: throw away what was typed."""
        self.form.touched = False
        await self.kiosk.back()

    def draw(self) -> None:
        self.form.draw()
        self.speak()

    def speak(self) -> None:
        """Row 21 asks for the current field, row 23 says what the form has to say."""
        if self.dropping:
            self.ask(N_("Drop what was typed here?  Enter = drop   Esc = keep"))
        else:
            self.ask(self.form.question or N_("Enter = right, the next one   F2 = go on"))
        message = self.form.message
        if message is None:
            self.quiet()
        else:
            self.say(message.marker, message.sentence, **message.values)


class HeadedFormScreen(FormScreen):
    """A form below a few lines that only show."""

    HEAD_ROWS: ClassVar[int] = 6

    def __init__(self) -> None:
        super().__init__(rows=BODY_ROWS - self.HEAD_ROWS)
        self.head = Sheet(rows=self.HEAD_ROWS)

    def body(self) -> Iterable[Widget]:
        yield self.head
        yield self.form
