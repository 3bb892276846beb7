"""A small kiosk without a register, for the tests of the terminal and of the widgets."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from kiosk.terminal import KeyedApp, run

from textual.app import ComposeResult  # isort: skip  # after the settings of kiosk.terminal
from textual.screen import Screen  # isort: skip
from textual.widget import Widget  # isort: skip

from kiosk.text import fill
from kiosk.widgets.fields import (
    Choice,
    Date,
    DocumentNumber,
    Lookup,
    Name,
    Option,
    PersonalNumber,
    Phone,
    Side,
    Text,
)
from kiosk.widgets.form import Form, FormKind
from kiosk.widgets.frame import Foot, StatusBar
from kiosk.widgets.lines import Line, at, line
from kiosk.widgets.rows import Rows, RowsKind
from kiosk.widgets.sheet import Sheet

TODAY = date(2026, 11, 24)
KIN = tuple(
    Option(code, label)
    for code, label in (
        ("spouse", "wife/husband"),
        ("parent", "parent"),
        ("child", "child"),
        ("sibling", "brother/sister"),
        ("not_kin", "not kin"),
    )
)
PRISONERS = tuple(Option(f"p{n}", f"Асанов {n:04d}", f"file {n:04d}/19") for n in range(300))

FIELDS = (
    DocumentNumber("document", "Document", required=True),
    Date("expires", "Valid to", side=Side.EXPIRY, today=TODAY),
    PersonalNumber("pin", "PIN"),
    Date("birth", "Born", today=TODAY),
    Name("surname", "Surname", required=True),
    Name("given", "Given name", required=True),
    Name("patronymic", "Patronymic"),
    Phone("phone", "Phone"),
    Lookup("prisoner", "Prisoner", required=True),
    Choice("relation", "Relation", required=True, options=KIN),
    Text("proof", "Proof seen"),
    Text("note", "Note"),
)


class ProbeScreen(Screen[None]):
    AUTO_FOCUS = None

    def __init__(self, title: str, body: Widget) -> None:
        super().__init__()
        self.status = StatusBar()
        self.foot = Foot()
        self.body = body
        self.status.set(
            post="Gate 1",
            title=title,
            operator="Исмаилов Б.",
            reader="Reader ready",
            printer="Printer ready",
            clock="09:42",
        )
        keys = {1: "Help", 2: "Go on", 3: "Find", 4: "List", 9: "Inside", 10: "Menu"}
        self.foot.set(question="F2 form   F3 list   F4 slow", keys=keys)

    def compose(self) -> ComposeResult:
        yield self.status
        yield self.body
        yield self.foot

    async def press(self, key: str, character: str | None, time: float) -> None:
        app = self.app
        assert isinstance(app, Probe)
        await app.go(key)


class Menu(ProbeScreen):
    def __init__(self) -> None:
        self.sheet = Sheet()
        super().__init__("MENU", self.sheet)
        self.pressed = ""
        self.show()

    async def press(self, key: str, character: str | None, time: float) -> None:
        if character is not None and character.isprintable():
            self.pressed += character
            self.show()
        await super().press(key, character, time)

    def show(self) -> None:
        self.sheet.show(
            [
                line(at(2, "the menu")),
                line(at(2, f"pressed: {self.pressed[-60:]}")),
                line(at(2, f"{len(self.pressed)} letters")),
            ]
        )


class FormScreen(ProbeScreen):
    def __init__(self) -> None:
        self.form = Form()
        super().__init__("FORM", self.form)
        self.form.load(FIELDS)

    async def press(self, key: str, character: str | None, time: float) -> None:
        if key == "f2" and not self.form.touched:
            return
        answer = self.form.press(key, character)
        message = self.form.message
        self.foot.set(
            marker=message.marker if message else " ",
            message=fill(message.sentence, **message.values) if message else "",
        )
        if answer.kind is FormKind.CHANGED and answer.field == "prisoner":
            typed = self.form.typed("prisoner")
            # A search that takes its time; letters typed meanwhile wait in the queue.
            await asyncio.sleep(0.002)
            found = [one for one in PRISONERS if one.label.lower().startswith(typed.lower())]
            self.form.offer("prisoner", found if len(typed) >= 2 else ())
        elif answer.kind is FormKind.SAVE:
            self.foot.set(marker="+", message=f"saved {dict(self.form.values)}")
        elif answer.kind is FormKind.BACK:
            await self.app_go("f10")
        elif answer.kind is FormKind.IGNORED:
            await super().press(key, character, time)

    async def app_go(self, key: str) -> None:
        app = self.app
        assert isinstance(app, Probe)
        await app.go(key)


def people(offset: int, count: int) -> Iterable[Line]:
    return [
        line(
            at(3, f"Асанова Айгүл {n:05d}"),
            at(40, f"{1950 + n % 60}"),
            at(52, f"0{n % 900}/19"),
        )
        for n in range(offset, offset + count)
    ]


class ListScreen(ProbeScreen):
    def __init__(self) -> None:
        self.list = Rows()
        super().__init__("LIST", self.list)
        self.list.show(
            lambda offset, count: list(people(offset, count)),
            total=10_000,
            head=line(at(3, "name"), at(40, "born"), at(52, "file")),
        )

    async def press(self, key: str, character: str | None, time: float) -> None:
        answer = self.list.press(key)
        if answer.kind is RowsKind.TAKE:
            self.foot.set(marker="+", message=f"taken {answer.index}")
        elif answer.kind is RowsKind.IGNORED:
            await super().press(key, character, time)


class Probe(KeyedApp):
    """F2 form, F3 list, F4 waits for ever, F5 breaks, F8 breaks in a task, F10 menu."""

    def __init__(self) -> None:
        log = os.environ.get("PROBE_LOG")
        super().__init__(log_path=Path(log) if log else None)
        self.made: set[str] = set()

    async def on_mount(self) -> None:
        await self.show("menu", Menu)
        if os.environ.get("PROBE_BREAKS_AT_START"):
            self.fail_over("Асанова Айгүл")

    async def show(self, name: str, kind: type[ProbeScreen]) -> None:
        if name not in self.made:
            self.made.add(name)
            self.install_screen(kind(), name)
        await self.switch_screen(name)

    async def go(self, key: str) -> None:
        if key == "f2":
            await self.show("form", FormScreen)
        elif key == "f3":
            await self.show("list", ListScreen)
        elif key == "f4":
            await asyncio.Event().wait()
        elif key == "f5":
            self.fail_over("Асанова Айгүл")
        elif key == "f8":
            asyncio.get_running_loop().call_soon(self.fail_over, "Асанова Айгүл")
        elif key == "f10":
            await self.show("menu", Menu)

    @staticmethod
    def fail_over(name: str) -> None:
        raise ValueError(f"cannot record {name}")


if __name__ == "__main__":
    sys.exit(run(Probe()))
