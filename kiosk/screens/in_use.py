"""What a prison has under a short code, a room or a place of the storage: the list of them,
where F7 enters one and F8 takes one out of use; and the form of a new one."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from typing import ClassVar, Generic, Protocol, TypeVar

from textual.widget import Widget

from kiosk.screens.screen import DONE, GATE_KEYS, FormScreen, KioskScreen
from kiosk.text import N_, _
from kiosk.widgets.fields import Field
from kiosk.widgets.ink import Ink
from kiosk.widgets.lines import Line, at, line
from kiosk.widgets.rows import Rows, RowsKind


class Coded(Protocol):
    @property
    def code(self) -> str:
        """As it stands on the door or on the shelf."""
        ...


One = TypeVar("One", bound=Coded)


class InUse(KioskScreen, Generic[One]):
    """`ending`: the officer is asked whether the one in focus is used no more. Sentences are
    msgids, `HEADS` the heads of the columns where they begin."""

    NEW: ClassVar[str]
    """The screen that enters another one."""
    HEADS: ClassVar[tuple[tuple[int, str], ...]]
    EMPTY: ClassVar[str]
    ADDS: ClassVar[str]
    """The question while there is none."""
    ADDS_OR_ENDS: ClassVar[str]
    IS_ENDED: ClassVar[str]
    """Asked before one is taken out of use."""
    ENDED: ClassVar[str]

    def __init__(self, rows: int = 20) -> None:
        super().__init__()
        self.rows = Rows(rows=rows)
        self.found: tuple[One, ...] = ()
        self.ending = False

    # ---- what each kind of them gives

    @abstractmethod
    async def read(self) -> tuple[One, ...]:
        """All that are in use."""

    @abstractmethod
    async def end(self, one: One) -> None:
        """Record that it is used no more. Raises KioskError where it may not be."""

    @abstractmethod
    def row(self, one: One) -> Line:
        """One of the list, under its heads."""

    # ---- the common part

    def body(self) -> Iterable[Widget]:
        yield self.rows

    @property
    def keys(self) -> Mapping[int, str]:
        own = {**GATE_KEYS, 7: N_("New")}
        return {**own, 8: N_("Close")} if self.found else own

    def forget(self) -> None:
        self.found, self.ending = (), False

    async def enter(self, *about: object) -> None:
        await self._look()

    async def returned(self) -> None:
        await self._look()

    async def _look(self) -> None:
        self.ending = False
        self.found = await self.read()

    @property
    def chosen(self) -> One | None:
        index = self.rows.index
        return self.found[index] if index is not None and index < len(self.found) else None

    @property
    def consequence(self) -> bool:
        return self.ending

    def draw(self) -> None:
        self.rows.show(
            [self.row(one) for one in self.found],
            head=line(*(at(column, _(head), Ink.HEAD) for column, head in self.HEADS)),
            index=self.rows.index,
            empty=_(self.EMPTY),
        )
        self._question()

    def _question(self) -> None:
        chosen = self.chosen
        if self.ending and chosen is not None:
            self.ask(self.IS_ENDED, code=chosen.code)
        else:
            self.ask(self.ADDS if chosen is None else self.ADDS_OR_ENDS)

    async def typed(self, key: str, character: str | None) -> bool:
        chosen = self.chosen
        if self.ending:
            self.ending = False
            self._question()
            if key == "enter" and chosen is not None:
                await self.end(chosen)
                await self._look()
                self.show()
                self.say(DONE, self.ENDED, code=chosen.code)
            return True
        if key == "f7":
            await self.kiosk.go(self.NEW)
        elif key == "f8" and chosen is not None:
            self.ending = True
            self.quiet()
            self._question()
            self.read_from_now()
        else:
            return self.rows.press(key).kind is not RowsKind.IGNORED
        return True


class NewInUse(FormScreen):
    """One after another: a saved form is ready for the next."""

    ENTERED: ClassVar[str]

    @abstractmethod
    def fields(self) -> Sequence[Field]:
        """What is asked of a new one."""

    @abstractmethod
    async def record(self, values: Mapping[str, str]) -> Coded:
        """Write it down. Raises KioskError where it cannot be."""

    async def enter(self, *about: object) -> None:
        if not self.unsaved:
            self.form.load(self.fields())

    async def save(self) -> None:
        one = await self.record(self.form.values)
        self.form.load(self.fields())
        self.show()
        self.say(DONE, self.ENTERED, code=one.code)
