"""Which list to take in: a file offered, or a path typed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import ClassVar

from textual.widget import Widget

from kiosk.lists.offered import offered
from kiosk.screens.screen import GATE_KEYS, KioskScreen
from kiosk.text import N_, _
from kiosk.widgets.fields import Text
from kiosk.widgets.form import Form, FormKind
from kiosk.widgets.ink import Ink
from kiosk.widgets.lines import at, line, shorten
from kiosk.widgets.rows import Rows, RowsKind

_ENTRY_ROWS = 3
_LIST_KEYS = frozenset({"up", "down", "pageup", "pagedown"})
_FIELD = Text(
    "path", N_("Path of the file"), limit=200, help=N_("↑↓ Enter = take   or type a path")
)


class Files(KioskScreen):
    """What every screen has that asks for a file of a list."""

    KEYS: ClassVar[Mapping[int, str]] = GATE_KEYS
    QUESTION: ClassVar[str] = N_("↑↓ Enter = see what it changes, or a path   Esc = back")
    help_name = "setup"

    def __init__(self) -> None:
        super().__init__()
        self.form = Form(rows=_ENTRY_ROWS)
        self.rows = Rows(rows=20 - _ENTRY_ROWS)
        self.files: tuple[Path, ...] = ()

    # ---- what a screen gives

    def guard(self) -> None:
        """Raises NotAllowed for who may not take in such a list."""
        raise NotImplementedError

    @property
    def what(self) -> str:
        """What stands on such a list."""
        raise NotImplementedError

    @property
    def preview(self) -> str:
        """The screen that says what a file would change."""
        raise NotImplementedError

    # ---- the common part

    def body(self) -> Iterable[Widget]:
        yield self.form
        yield self.rows

    async def enter(self, *about: object) -> None:
        self.guard()
        self.form.load([_FIELD])
        self.files = offered(self.kiosk.settings.state)

    def draw(self) -> None:
        self.form.draw()
        lines = [line(at(3, shorten(str(one), 74))) for one in self.files]
        self.rows.show(
            lines,
            head=line(at(3, self.what, Ink.HEAD)),
            index=self.rows.index,
            empty=_("No list is here. Put a stick in."),
        )
        self.ask(self.QUESTION)

    async def typed(self, key: str, character: str | None) -> bool:
        path = self.form.typed("path").strip()
        if key in _LIST_KEYS or (key == "enter" and not path and self.files):
            answer = self.rows.press(key)
            if answer.kind is RowsKind.TAKE:
                await self._open(self.files[answer.index])
            return True
        if key == "enter" and path:
            await self._open(Path(path))
            return True
        told = self.form.press(key, character)
        if told.kind is FormKind.BACK:
            await self.kiosk.back()
        return told.kind is not FormKind.IGNORED

    async def _open(self, path: Path) -> None:
        await self.kiosk.go(self.preview, path)


class ListFiles(Files):
    """Lists of prisoners; F4 turns to those of the paper counts."""

    TITLE_TEXT = N_("LIST OF PRISONERS")
    KEYS: ClassVar[Mapping[int, str]] = {**GATE_KEYS, 4: N_("Other")}

    def __init__(self) -> None:
        super().__init__()
        self.of_counts = False

    def guard(self) -> None:
        from kiosk.services import duty

        duty.must_administer(self.kiosk.signed_in)

    @property
    def what(self) -> str:
        return _("What the paper journals counted") if self.of_counts else _("Prisoners")

    @property
    def preview(self) -> str:
        return "counts_preview" if self.of_counts else "list_preview"

    async def enter(self, *about: object) -> None:
        self.of_counts = False
        await super().enter(*about)

    def draw(self) -> None:
        super().draw()
        if self.of_counts:
            self.ask(N_("↑↓ Enter = see what it changes, or a path   F4 = prisoners   Esc"))
        else:
            self.ask(N_("↑↓ Enter = see what it changes, or a path   F4 = paper counts   Esc"))

    async def typed(self, key: str, character: str | None) -> bool:
        if key == "f4":
            self.of_counts = not self.of_counts
            self.draw()
            return True
        return await super().typed(key, character)
