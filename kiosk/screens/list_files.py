"""Which list to take in, of prisoners or of paper counts: a file offered, or a path typed."""

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


class ListFiles(KioskScreen):
    TITLE_TEXT = N_("LIST OF PRISONERS")
    KEYS: ClassVar[Mapping[int, str]] = {**GATE_KEYS, 4: N_("Other")}
    help_name = "setup"

    def __init__(self) -> None:
        super().__init__()
        self.form = Form(rows=_ENTRY_ROWS)
        self.rows = Rows(rows=20 - _ENTRY_ROWS)
        self.files: tuple[Path, ...] = ()
        self.of_counts = False

    def body(self) -> Iterable[Widget]:
        yield self.form
        yield self.rows

    async def enter(self, *about: object) -> None:
        from kiosk.services import duty

        duty.must_administer(self.kiosk.signed_in)
        self.of_counts = False
        self.form.load([_FIELD])
        self.files = offered(self.kiosk.settings.state)

    def draw(self) -> None:
        self.form.draw()
        lines = [line(at(3, shorten(str(one), 74))) for one in self.files]
        what = _("What the paper journals counted") if self.of_counts else _("Prisoners")
        self.rows.show(
            lines,
            head=line(at(3, what, Ink.HEAD)),
            index=self.rows.index,
            empty=_("No list is here. Put a stick in."),
        )
        if self.of_counts:
            self.ask(N_("↑↓ Enter = see what it changes, or a path   F4 = prisoners   Esc"))
        else:
            self.ask(N_("↑↓ Enter = see what it changes, or a path   F4 = paper counts   Esc"))

    async def typed(self, key: str, character: str | None) -> bool:
        if key == "f4":
            self.of_counts = not self.of_counts
            self.draw()
            return True
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
        await self.kiosk.go("counts_preview" if self.of_counts else "list_preview", path)
