"""A list of what is recorded about somebody: digits act on the line in focus.

What cannot be taken back by the next key is asked first: Enter does it, any other key does not.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import ClassVar, Generic, TypeVar
from uuid import UUID

from textual.widget import Widget

from kiosk.screens.screen import BODY_ROWS, GATE_KEYS, KioskScreen
from kiosk.text import _
from kiosk.values import PersonCard, PrisonerCard
from kiosk.widgets.ink import Ink
from kiosk.widgets.lines import Line, at, line
from kiosk.widgets.rows import Rows, RowsKind
from kiosk.widgets.sheet import Sheet

T = TypeVar("T")

Subject = PersonCard | PrisonerCard


def id_of(subject: Subject) -> UUID:
    """The id of the visitor or of the prisoner."""
    return subject.person_id if isinstance(subject, PersonCard) else subject.prisoner_id


class Listing(KioskScreen, Generic[T]):
    """`subject` is whom the list is about; `FOOT_ROWS` show more of the line in focus."""

    KEYS = GATE_KEYS
    FOOT_ROWS: ClassVar[int] = 0
    EMPTY: ClassVar[str] = ""
    help_name = "card"

    def __init__(self) -> None:
        super().__init__()
        self.head = Sheet(rows=3)
        self.rows = Rows(rows=BODY_ROWS - 3 - self.FOOT_ROWS)
        self.more = Sheet(rows=self.FOOT_ROWS) if self.FOOT_ROWS else None
        self.subject: Subject | None = None
        self.items: tuple[T, ...] = ()
        self._asked = ""
        self._then: Callable[[], Awaitable[None]] | None = None

    def body(self) -> Iterable[Widget]:
        yield self.head
        yield self.rows
        if self.more is not None:
            yield self.more

    def forget(self) -> None:
        self.subject, self.items, self._then = None, (), None
        self.head.show([])
        self.rows.show([])

    # ---- what a list gives

    async def look(self, subject: Subject) -> tuple[T, ...]:
        """What is recorded now."""
        raise NotImplementedError

    def columns(self) -> Line:
        """The heads of the columns."""
        raise NotImplementedError

    def line_of(self, one: T) -> Line:
        raise NotImplementedError

    def more_of(self, one: T) -> Sequence[Line]:
        """More of the line in focus, for the rows below the list."""
        return ()

    def question(self, one: T | None) -> str:
        """The keys that act here, on the line in focus or without one (msgid)."""
        raise NotImplementedError

    async def act(self, key: str, one: T | None) -> bool:
        """Do what a digit or Enter means; False when it means nothing."""
        raise NotImplementedError

    # ---- the common part

    async def enter(self, *about: object) -> None:
        (subject,) = about
        assert isinstance(subject, PersonCard | PrisonerCard)
        self.items = await self.look(subject)
        self.subject, self._then = subject, None

    async def returned(self) -> None:
        self._then = None
        if self.subject is not None:
            self.items = await self.look(self.subject)

    async def again(self) -> None:
        """Show the list as it is now."""
        await self.returned()
        self.show()

    @property
    def current(self) -> T | None:
        index = self.rows.index
        return self.items[index] if index is not None and index < len(self.items) else None

    def confirm(self, question: str, then: Callable[[], Awaitable[None]]) -> None:
        """Ask before something is done; the question names Enter and Esc."""
        self._asked, self._then = question, then
        self.draw()
        self.read_from_now()

    @property
    def consequence(self) -> bool:
        return self._then is not None

    def draw(self) -> None:
        if self.subject is None:
            return
        name = self.subject.name.full
        self.head.show([(), line(at(3, name, Ink.BOLD)), ()])
        self.rows.show(
            [self.line_of(one) for one in self.items],
            head=self.columns(),
            index=self.rows.index,
            empty=_(self.EMPTY),
        )
        self._draw_focus()

    def _draw_focus(self) -> None:
        one = self.current
        if self.more is not None:
            self.more.show(self.more_of(one) if one is not None else [])
        self.ask(self._asked if self._then is not None else self.question(one))

    async def typed(self, key: str, character: str | None) -> bool:
        if self._then is not None:
            then, self._then = self._then, None
            if key == "enter":
                await then()
            else:
                self.draw()
            return True
        if key != "enter" and self.rows.press(key).kind is not RowsKind.IGNORED:
            self.quiet()
            self._draw_focus()
            return True
        return await self.act("enter" if key == "enter" else character or key, self.current)
