"""A form of five fields with its keys, and what it shows and says."""

from __future__ import annotations

from datetime import date
from typing import Any

from kiosk.widgets.fields import Choice, Date, Field, Name, Option, Phone, Text
from kiosk.widgets.form import Form, FormAnswer, FormKind

KIN = (Option("spouse", "wife/husband"), Option("parent", "parent"), Option("child", "child"))
FIELDS: tuple[Field, ...] = (
    Name("surname", "Surname", required=True, missing="Surname is missing."),
    Date("birth", "Born", today=date(2026, 11, 24)),
    Phone("phone", "Phone"),
    Choice("relation", "Relation", required=True, options=KIN),
    Text("note", "Note"),
)


def form(**settings: Any) -> Form:
    one = Form()
    one.load(FIELDS, **settings)
    return one


def press(one: Form, *keys: str) -> FormAnswer:
    """Names of keys, or text typed letter by letter; the answer to the last key."""
    answer = FormAnswer(FormKind.IGNORED)
    for key in keys:
        if len(key) > 1 and (key.islower() and key.isascii() and key in NAMED):
            answer = one.press(key, {"enter": "\r", "tab": "\t"}.get(key))
        else:
            for letter in key:
                answer = one.press(letter, letter)
    return answer


_KEYS = "enter tab shift+tab escape up down left right home end insert delete backspace f2 f4"
NAMED = frozenset(_KEYS.split())


def row(one: Form, field: str) -> str:
    """The drawn row with the label of a field."""
    return next(text for text in one.text() if text[3:].startswith(field))


def said(one: Form) -> str:
    return one.message.sentence if one.message else ""
