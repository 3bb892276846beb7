"""What travels between rooms says of nobody who they are when it is printed by accident."""

from __future__ import annotations

import pkgutil
from dataclasses import Field, fields, is_dataclass
from importlib import import_module
from typing import Any

import pytest

from kiosk import papers, values

PERSONAL = frozenset(
    {
        "surname",
        "given",
        "patronymic",
        "birth",
        "birth_year",
        "personal_number",
        "phone",
        "words",
        "person_birth",
        "born",
        "file_number",
        "other_file_number",
        "paper_number",
        "bringer",
        "witness",
        "second_witness",
        "hidden",
        "photos",
        "doctor",
    }
)


def told(kind: type[Any]) -> list[str]:
    """The personal fields that the repr of such a value would show."""
    if kind.__repr__ is object.__repr__:
        return []
    shown: list[Field[Any]] = [one for one in fields(kind) if one.repr]
    return [one.name for one in shown if one.name in PERSONAL]


@pytest.mark.parametrize(
    "module",
    [
        f"{package.__name__}.{one.name}"
        for package in (values, papers)
        for one in pkgutil.iter_modules(package.__path__)
    ],
)
def test_no_value_shows_who_somebody_is(module: str) -> None:
    room = import_module(module)
    kinds = [one for one in vars(room).values() if isinstance(one, type) and is_dataclass(one)]
    assert {kind.__name__: told(kind) for kind in kinds if told(kind)} == {}
