"""Which list of prisoners to take in: a file offered, or one whose path is typed."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from textual.widget import Widget

from kiosk.lists.offered import offered
from kiosk.screens.screen import GATE_KEYS, KioskScreen
from kiosk.text import N_, _
from kiosk.widgets.fields import Text
from kiosk.widgets.form import Form, FormKind
from kiosk.widgets.lines import at, line, shorten
from kiosk.widgets.rows import Rows, RowsKind

_ENTRY_ROWS = 3
_LIST_KEYS = frozenset({"up", "down", "pageup", "pagedown"})
_FIELD = Text(
    "path", N_("Path of the file"), limit=200, help=N_("↑↓ Enter = take   or type a path")
)


class ListFiles(KioskScreen):
    TITLE_TEXT = N_("LIST OF PRISONERS")
    KEYS = GATE_KEYS
    help_name = "setup"

    def __init__(self) -> None:
        super().__init__()
        self.form = Form(rows=_ENTRY_ROWS)
        self.rows = Rows(rows=20 - _ENTRY_ROWS)
        self.files: tuple[Path, ...] = ()

    def body(self) -> Iterable[Widget]:
        yield self.form
        yield self.rows

    async def enter(self, *about: object) -> None:
        from kiosk.services import duty

        duty.must_administer(self.kiosk.signed_in)
        self.form.load([_FIELD])
        self.files = offered(self.kiosk.settings.state)

    def draw(self) -> None:
        self.form.draw()
        lines = [line(at(3, shorten(str(one), 74))) for one in self.files]
        self.rows.show(
            lines, index=self.rows.index, empty=_("No list is here. Put a stick in.")
        )
        self.ask(N_("↑↓ Enter = see what it would change, or type a path   Esc = back"))

    async def typed(self, key: str, character: str | None) -> bool:
        path = self.form.typed("path").strip()
        if key in _LIST_KEYS or (key == "enter" and not path and self.files):
            answer = self.rows.press(key)
            if answer.kind is RowsKind.TAKE:
                await self.kiosk.go("list_preview", self.files[answer.index])
            return True
        if key == "enter" and path:
            await self.kiosk.go("list_preview", Path(path))
            return True
        told = self.form.press(key, character)
        if told.kind is FormKind.BACK:
            await self.kiosk.back()
        return told.kind is not FormKind.IGNORED
